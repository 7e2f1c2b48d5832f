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

// words returns how many words a text has.
func words(text string) int { return len(strings.Fields(text)) }
