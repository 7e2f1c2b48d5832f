package source

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	maxLinks  = 50_000             // links that a source remembers; as many as one sitemap may have
	watched   = 20                 // of the newest publications, that are looked at for edits
	watchWait = 7 * 24 * time.Hour // between two such looks
	editWait  = 24 * time.Hour     // least time between two looks at one page because its entry changed
	goneTries = 3                  // times that a page must be missing to count as withdrawn
	dayWait   = 24 * time.Hour     // least time between two of them
)

// A link is what a listing or a sitemap says of one page.
type link struct {
	address string
	title   string    // empty if unknown
	date    time.Time // when it was published; zero if unknown
	mark    string    // becomes another one when the page is changed; empty if nothing tells
	deep    bool      // whether it stands on one of the older pages of a listing, which are read once
}

// A crawlState is what a crawler knows after a fetch.
type crawlState struct {
	courtesy
	Asked   time.Time         `json:"asked,omitzero"`   // when the links were last asked for
	Rest    time.Time         `json:"rest,omitzero"`    // until when no pages are asked for
	Read    bool              `json:"read,omitempty"`   // whether links were ever found
	Next    string            `json:"next,omitempty"`   // the next older page of a listing, if it is still to be read
	Depth   int               `json:"depth,omitempty"`  // pages of the listing that were read
	Maps    map[string]string `json:"maps,omitempty"`   // when each sitemap of an index was last changed
	Entries []*entry          `json:"entries,omitzero"` // what was linked to, newest first
}

// An entry is what is known of one page.
type entry struct {
	ID     string    `json:"id"`               // the address that it was first seen with
	Link   string    `json:"link,omitempty"`   // its address now; empty if that is the ID
	Moved  string    `json:"moved,omitempty"`  // where that leads for good
	Title  string    `json:"title,omitempty"`  // that its link had
	Date   time.Time `json:"date,omitzero"`    // first date that was found
	Mark   string    `json:"mark,omitempty"`   // what its link said when it was last seen
	First  time.Time `json:"first,omitzero"`   // when it was first seen
	Here   bool      `json:"here,omitempty"`   // whether there still is a link to it
	Left   bool      `json:"left,omitempty"`   // whether its link has just gone
	Old    bool      `json:"old,omitempty"`    // whether it is Backlog and was not taken yet
	Taken  bool      `json:"taken,omitempty"`  // whether it ever was
	Gone   bool      `json:"gone,omitempty"`   // whether it was withdrawn
	Due    time.Time `json:"due,omitzero"`     // when to read the page; zero for not now
	Read   time.Time `json:"read,omitzero"`    // when it was last read well
	ETag   string    `json:"etag,omitempty"`   // of the page that was read
	Change string    `json:"change,omitempty"` // Last-Modified of that
	Hash   string    `json:"hash,omitempty"`   // of its text
	Words  int       `json:"words,omitempty"`  // of its text
	Calm   int       `json:"calm,omitempty"`   // times in a row that it was read and had not changed
	Tries  int       `json:"tries,omitempty"`  // failures in a row to read it
	Missed int       `json:"missed,omitempty"` // times in a row that it was not there
	Last   time.Time `json:"last,omitzero"`    // the last of them
	Doubt  string    `json:"doubt,omitempty"`  // hash of a text that may be none
	Doubts int       `json:"doubts,omitempty"` // times in a row that it came
}

// link returns the address that the page is asked for at.
func (e *entry) link() string {
	if e.Link != "" {
		return e.Link
	}
	return e.ID
}

func loadCrawl(data []byte, address string, rules Rules) (s crawlState) {
	if err := json.Unmarshal(data, &s); err != nil {
		s = crawlState{}
	}
	s.begin(address, rules)
	s.Entries = slices.DeleteFunc(s.Entries, func(e *entry) bool { return e == nil || e.ID == "" })
	return s
}

// key returns what two addresses of one page have in common: neither the
// scheme nor "www.", a final slash, a fragment or marks of a campaign tell
// pages apart.
func key(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	k := host + strings.TrimRight(u.EscapedPath(), "/")
	if query := cleanQuery(u); query != "" {
		k += "?" + query
	}
	return k
}

// cleanQuery returns the query of an address without marks of a campaign.
func cleanQuery(u *url.URL) string {
	parts := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(part string) bool {
		return part == "" || strings.HasPrefix(part, "utm_") || strings.HasPrefix(part, "fbclid=") || strings.HasPrefix(part, "gclid=")
	})
	return strings.Join(parts, "&")
}

// clean returns the address of a page without what tells only how somebody
// came there.
func clean(u *url.URL) string {
	c := *u
	c.Fragment, c.RawFragment, c.User, c.RawQuery = "", "", nil, cleanQuery(u)
	return c.String()
}

// merge notes the links that were found. What had a link before and has none
// any more, if these are all, is looked at once more.
func (s *crawlState) merge(links []link, all bool, rules Rules, now time.Time) {
	known := s.byKey()
	var here, deep, rest []*entry
	seen := map[*entry]bool{}
	for _, l := range links {
		if !rules.passes(l.address, l.title) {
			continue
		}
		e := s.meet(known, l, now)
		if seen[e] {
			continue
		}
		seen[e] = true
		if l.deep {
			deep = append(deep, e)
			continue
		}
		e.Here, e.Left = true, false
		here = append(here, e)
	}
	for _, e := range s.Entries {
		if seen[e] {
			continue
		}
		if all && e.Here && !e.Gone {
			e.Here, e.Left, e.Due = false, true, now
		}
		rest = append(rest, e)
	}
	s.Entries = slices.Concat(here, deep, rest)
	s.Read = true
	s.forget()
}

// forget drops what has no link any more and nothing to be done about, but for
// the latest of it.
func (s *crawlState) forget() {
	n := 0
	s.Entries = slices.DeleteFunc(s.Entries, func(e *entry) bool {
		n++
		return n > maxSeen && !e.Here && (e.Due.IsZero() || e.Tries > maxSeen/100)
	})
}

// byKey returns the entries by all addresses that they have.
func (s *crawlState) byKey() map[string]*entry {
	all := map[string]*entry{}
	for _, e := range slices.Backward(s.Entries) {
		for _, address := range []string{e.Moved, e.ID, e.Link} {
			if address != "" {
				all[key(address)] = e
			}
		}
	}
	return all
}

// meet returns the entry of a link, a new one if it leads to nothing known.
func (s *crawlState) meet(known map[string]*entry, l link, now time.Time) *entry {
	e := known[key(l.address)]
	if e == nil {
		if e = known[key(s.before(l.address))]; e != nil {
			e.Link = l.address // the same page under the site's new name
		}
	}
	switch {
	case e == nil:
		e = &entry{ID: l.address, First: now, Mark: l.mark, Due: now, Old: !s.Read || s.changed || l.deep}
		known[key(l.address)] = e
	case e.Gone && !e.Here:
		e.Due = now
	case e.Mark != l.mark && !e.Read.IsZero() && e.Due.IsZero():
		e.Due = later(now, e.Read.Add(editWait<<min(e.Calm, 4)))
	case s.changed && !e.Taken:
		e.Due, e.Old = now, true
	}
	e.Mark, e.Title = l.mark, l.title
	if e.Date.IsZero() {
		e.Date = l.date
	}
	return e
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// due returns the entries whose pages are to be read now: at first those that
// have lost their link, since they may have moved, and then the newest.
func (s *crawlState) due(now time.Time) (due []*entry) {
	var others []*entry
	for i, e := range s.Entries {
		if i < watched && e.Due.IsZero() && e.Here && now.Sub(e.Read) >= watchWait {
			e.Due = now
		}
		switch {
		case e.Due.IsZero() || now.Before(e.Due):
		case e.Left:
			due = append(due, e)
		default:
			others = append(others, e)
		}
	}
	return append(due, others...)
}

// drop forgets an entry that turned out to be another one's page.
func (s *crawlState) drop(e *entry) {
	s.Entries = slices.DeleteFunc(s.Entries, func(other *entry) bool { return other == e })
}
