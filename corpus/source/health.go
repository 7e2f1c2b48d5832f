package source

import (
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"time"
)

// A Health is how a source is after its last Fetch.
type Health struct {
	Items    int       // things that it shows: items of a feed, links of a listing, files of a folder
	Newest   time.Time // date of the newest publication that was seen; zero if none was
	Rest     time.Time // until when it is not asked; zero if it may be asked at once
	Problems []Problem // what is wrong and stays so until something changes
}

// A Problem is something that is wrong with a source.
type Problem struct {
	Key     string // the same as long as it lasts: "failing", "stale", "pages" or the name of a file
	Says    string // what is wrong, and what to do about it
	Lasting bool   // whether it is worth telling somebody, and not over before that is read
}

const (
	lastingFailures = 3 // in a row, an hour at least; sites have bad minutes
	mostProblems    = 50
)

// A pulse holds the health of a source, to be asked for by anybody.
type pulse struct{ last atomic.Pointer[Health] }

// Health returns how the source is after its last Fetch; before the first one
// nothing is wrong.
func (p *pulse) Health() Health {
	if h := p.last.Load(); h != nil {
		return *h
	}
	return Health{}
}

// problem is the only thing that is wrong.
func (p *pulse) problem(key string, err error) {
	h := p.Health()
	h.Problems = []Problem{{key, err.Error(), true}}
	p.last.Store(&h)
}

// health returns that of a source on the web, which shows so many items, of
// which so many have pages that cannot be read.
func (c *courtesy) health(items, failing int) *Health {
	h := &Health{Items: items, Newest: c.Newest, Rest: c.NotBefore}
	if c.Failures > 0 {
		says := fmt.Sprintf("It could not be read (times in a row: %d): %s", c.Failures, c.Fault)
		h.Problems = append(h.Problems, Problem{"failing", says, c.Failures >= lastingFailures})
	}
	if c.Stale {
		h.Problems = append(h.Problems, Problem{"stale", (&StaleError{c.Newest}).Error(), true})
	}
	if failing > 0 {
		h.Problems = append(h.Problems, Problem{"pages", fmt.Sprintf("pages that cannot be read, and are tried again: %d; the log says why", failing), false})
	}
	return h
}

// health returns that of a crawled source.
func (s *crawlState) health() *Health {
	failing, here := 0, 0
	for _, e := range s.Entries {
		failing += one(e.Tries > 0 && !e.Due.IsZero())
		here += one(e.Here)
	}
	return s.courtesy.health(here, failing)
}

// health returns that of a feed.
func (s *feedState) health() *Health {
	failing, here := 0, 0
	for _, e := range s.Seen {
		failing += one(e.Tries > 0 && !e.Full)
		here += one(e.Here)
	}
	return s.courtesy.health(here, failing)
}

// health returns that of a folder: each file that cannot be taken is a problem.
func (s *folderState) health() *Health {
	h := &Health{Items: len(s.Files), Newest: s.Newest}
	for _, name := range slices.Sorted(maps.Keys(s.Files)) {
		if e := s.Files[name]; e.Fault != "" && e.Gone == 0 && len(h.Problems) < mostProblems {
			h.Problems = append(h.Problems, Problem{name, e.Fault, true})
		}
	}
	if s.Stale {
		h.Problems = append(h.Problems, Problem{"stale", (&StaleError{s.Newest}).Error(), true})
	}
	return h
}
