package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"rapporteur/corpus"
)

// Rules say which of the things that a source shows are taken. The zero Rules
// take everything. When they change, what is taken for the first time then
// counts as Backlog, so that nobody is flooded.
type Rules struct {
	Include    []*regexp.Regexp // one of them matches the address or the title; none for any
	Exclude    []*regexp.Regexp // none of them does
	MinWords   int              // a shorter text is left out
	Language   string           // BCP 47; a text that is known to be in another one is left out; empty for any
	StaleAfter time.Duration    // without anything new, until a StaleError warns of it; 0 for never
}

// passes reports whether what has this address and title may be taken.
func (r Rules) passes(address, title string) bool {
	matches := func(p *regexp.Regexp) bool { return p.MatchString(address) || p.MatchString(title) }
	return (len(r.Include) == 0 || slices.ContainsFunc(r.Include, matches)) && !slices.ContainsFunc(r.Exclude, matches)
}

// takes reports whether d is long enough and in the right language.
func (r Rules) takes(d *corpus.Doc) bool {
	return words(d.Text) >= r.MinWords && (r.Language == "" || d.Language == "" || sameLanguage(r.Language, d.Language))
}

// sameLanguage reports whether a and b are variants of one language.
func sameLanguage(a, b string) bool {
	x, _ := language.Make(a).Base()
	y, _ := language.Make(b).Base()
	return x == y
}

// sum tells these rules from others; how long nothing new may come is none of
// what decides on a publication.
func (r Rules) sum() string {
	return hash(fmt.Appendf(nil, "%v %v %d %s", r.Include, r.Exclude, r.MinWords, r.Language))
}

// A freshness is what a source remembers of how new its publications are, and
// of the rules that it took them by.
type freshness struct {
	Newest time.Time `json:"newest,omitzero"` // date of the newest publication that was seen
	Stale  bool      `json:"stale,omitempty"` // whether it was told that there was none for long
	Rules  string    `json:"rules,omitempty"` // hash of the rules at the last look

	changed bool // whether the rules are others than at the last look
}

// follow notes by which rules things are taken, and reports whether they are
// others than those of the last look or the first of all.
func (f *freshness) follow(rules Rules) bool {
	sum := rules.sum()
	first, other := f.Rules == "", f.Rules != sum
	f.changed, f.Rules = other && !first, sum
	return other
}

// saw notes the date of a publication, or when it was first seen if it has
// none. A date in the future says nothing.
func (f *freshness) saw(published, now time.Time) {
	if published.IsZero() || published.After(now) {
		published = now
	}
	if published.After(f.Newest) {
		f.Newest = published
	}
}

// stale returns an error, once, when the newest publication is older than
// limit; a limit of 0 is none.
func (f *freshness) stale(limit time.Duration, now time.Time) error {
	old := limit > 0 && !f.Newest.IsZero() && now.Sub(f.Newest) > limit
	told := f.Stale
	f.Stale = old
	if !old || told {
		return nil
	}
	return &StaleError{f.Newest}
}

// A StaleError warns that a source may be frozen: it answers, but has shown
// nothing new for longer than its rules expect.
type StaleError struct {
	Newest time.Time // date of the newest publication
}

// Error says since when, and what to do.
func (e *StaleError) Error() string {
	return fmt.Sprintf("nothing new since %s: see on the site whether it publishes elsewhere by now, or give the source a longer stale_after", e.Newest.Format(time.DateOnly))
}

// words returns how many words a text has.
func words(text string) int { return len(strings.Fields(text)) }
