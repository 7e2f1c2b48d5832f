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
	Address      string     `json:"address"`                // hash of the address that the rest is about
	ETag         string     `json:"etag,omitempty"`         // of the last feed that was read
	LastModified string     `json:"lastModified,omitempty"` // likewise
	NotBefore    time.Time  `json:"notBefore,omitzero"`     // when the site may be asked again
	Read         bool       `json:"read,omitempty"`         // whether the feed was ever read
	Seen         []seenItem `json:"seen,omitempty"`         // what is in the feed, then what was, latest first
	Shared       []string   `json:"shared,omitempty"`       // guids and links that several items had, latest first
}

// A seenItem is an item that was in the feed.
type seenItem struct {
	ID        string    `json:"id"`
	GUID      string    `json:"guid,omitempty"`
	Link      string    `json:"link,omitempty"`
	Published time.Time `json:"published,omitzero"` // first date that it had
}

// loadFeed returns the state that was saved as data. Data that cannot be read
// is as good as none. If the address is another one than before, only what is
// known of the items stays.
func loadFeed(data []byte, address string) (s feedState) {
	if err := json.Unmarshal(data, &s); err != nil {
		s = feedState{}
	}
	if sum := hash([]byte(address)); s.Address != sum {
		s.Address, s.ETag, s.LastModified, s.NotBefore = sum, "", "", time.Time{}
	}
	return s
}

func (s feedState) save() []byte {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // only a date beyond the year 9999 cannot be written, and none is kept
	}
	return data
}

// remember puts what is in the feed now before what was.
func (s *feedState) remember(present []seenItem) {
	now := map[string]bool{}
	for _, item := range present {
		now[item.ID] = true
	}
	for _, item := range s.Seen {
		if len(present) >= maxSeen {
			break
		}
		if !now[item.ID] {
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
