package source

import (
	"encoding/json"
	"slices"
	"time"
)

// maxSeen is the number of items that are remembered after they have left the
// feed: they may come back, as when an editor touches an old article.
const maxSeen = 1000

// A feedState is what a Feed knows after a fetch.
type feedState struct {
	courtesy
	Asked  time.Time  `json:"asked,omitzero"`   // when the feed was last asked for
	Read   bool       `json:"read,omitempty"`   // whether the feed was ever read
	Seen   []seenItem `json:"seen,omitempty"`   // what is in the feed, then what was, latest first
	Shared []string   `json:"shared,omitempty"` // guids and links that several items had, latest first

	now time.Time
}

// A seenItem is an item that was in the feed.
type seenItem struct {
	ID        string    `json:"id"`
	GUID      string    `json:"guid,omitempty"`
	Link      string    `json:"link,omitempty"`
	Published time.Time `json:"published,omitzero"` // first date that it had
	First     time.Time `json:"first,omitzero"`     // when it was first seen
	Old       bool      `json:"old,omitempty"`      // whether it is Backlog and was not taken yet
	Taken     bool      `json:"taken,omitempty"`    // whether it ever was

	Here  bool      `json:"here,omitempty"`  // whether it is in the feed now
	Mark  string    `json:"mark,omitempty"`  // hash of what the feed said of it when its page was last read
	Full  bool      `json:"full,omitempty"`  // whether its text is that of the page
	Tries int       `json:"tries,omitempty"` // failures to read the page since then
	Due   time.Time `json:"due,omitzero"`    // when to try again; zero for not at all

	seenPage
}

// A seenPage is what is known of the page behind an item, and what the feed
// said of the item.
type seenPage struct {
	Page     string    `json:"page,omitempty"`     // its address
	Title    string    `json:"title,omitempty"`    // by the feed
	Authors  []string  `json:"authors,omitempty"`  // likewise
	Language string    `json:"language,omitempty"` // likewise
	Met      bool      `json:"met,omitempty"`      // whether the page was ever there
	Checked  time.Time `json:"checked,omitzero"`   // when it was last asked for
	ETag     string    `json:"etag,omitempty"`     // of the page that was read
	Change   string    `json:"change,omitempty"`   // Last-Modified of that
	Hash     string    `json:"hash,omitempty"`     // of its text
	Words    int       `json:"words,omitempty"`    // of its text
	Missed   int       `json:"missed,omitempty"`   // times in a row that it was not there
	Gone     bool      `json:"gone,omitempty"`     // whether the publication was withdrawn
	Doubt    string    `json:"doubt,omitempty"`    // hash of a text that may be none
	Doubts   int       `json:"doubts,omitempty"`   // times in a row that it came
}

// loadFeed returns the state that was saved as data. Data that cannot be read
// is as good as none. If the address is another one than before, only what is
// known of the items stays; if the rules are, the feed is read as a whole again.
func loadFeed(data []byte, address string, rules Rules, now time.Time) (s feedState) {
	if err := json.Unmarshal(data, &s); err != nil {
		s = feedState{}
	}
	s.begin(address, rules)
	s.now = now.UTC()
	return s
}

// entry returns what is known of an item.
func (s *feedState) entry(id string) *seenItem {
	for i := range s.Seen {
		if s.Seen[i].ID == id {
			return &s.Seen[i]
		}
	}
	return &seenItem{ID: id} // its state was not kept, so that it is read again
}

func (s feedState) save() []byte { return save(s) }

// save returns a state as JSON.
func save(state any) []byte {
	data, err := json.Marshal(state)
	if err != nil {
		panic(err) // only a date beyond the year 9999 cannot be written, and none is kept
	}
	return data
}

// remember puts what is in the feed now before what was.
func (s *feedState) remember(present []seenItem) {
	now := map[string]bool{}
	for i := range present {
		present[i].Here = true
		now[present[i].ID] = true
	}
	for _, item := range s.Seen {
		if len(present) >= maxSeen {
			break
		}
		if !now[item.ID] {
			item.Here = false
			present = append(present, item)
		}
	}
	s.Seen = present
}

// share notes guids and links that name no single item.
func (s *feedState) share(names []string) {
	for _, name := range names[:min(len(names), maxSeen)] {
		if !slices.Contains(s.Shared, name) {
			s.Shared = slices.Insert(s.Shared, 0, name)
		}
	}
	s.Shared = s.Shared[:min(len(s.Shared), maxSeen)]
}
