// Package corpus keeps what was published, in the order in which it arrived.
//
// A [Doc] is one publication, a [Quote] is words cut out of it, and a [Store]
// holds all of them in one sequence. Whoever follows the corpus (the index,
// the announcer) remembers the last Seq it has seen and asks for what came
// after it, so nothing has to be told to anybody.
package corpus

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// ErrNotFound is returned for a publication that the corpus does not have.
var ErrNotFound = errors.New("not found")

// A Doc is one publication.
type Doc struct {
	Seq   int64 // place in the order of arrival and change; set by the Store, from 1
	First int64 // Seq of its first arrival, which no later change moves; set by the Store

	ID        string    // names it for good, such as its address or a file's name
	URL       string    // where people read it; empty if it has no address
	Title     string    // never empty in the Store
	Authors   []string  // in the order given
	Published time.Time // zero if unknown
	Language  string    // BCP 47, such as "en"; empty if unknown
	Section   string    // part of its site or series that it is filed under, such as "Energy"; empty if unknown
	About     string    // what is told of the authors apart from the text, in paragraphs as in Text; empty if nothing
	Text      string    // UTF-8, paragraphs parted by one blank line, no other line breaks
	Takeaways []Span    // its key takeaways, each a part of Text
	Extracted bool      // whether the takeaways were picked for it, and are not its own
	Headings  []Span    // the paragraphs of Text that are headings
	Pages     []int     // page on which each paragraph begins, from 1; empty if there are no pages
	Partial   bool      // whether Text is only what a feed carries of it
	Addresses []string  // where else it stands, beside URL

	Source    string    // Name of the Source that it came from; set by the Store
	Arrived   time.Time // when it first came; set by the Store
	Backlog   bool      // whether its source had it before it was first looked at; set by the Store or the Source
	Withdrawn bool      // whether its source no longer has it
}

// A Span is a part of a Doc's Text, in bytes from Start up to but without End.
type Span struct{ Start, End int }

// Check reports why d cannot be kept: it returns nil for a Doc that has an ID,
// a title, a text of valid UTF-8, takeaways and headings that lie inside that
// text, and a page for each paragraph if for any.
// A withdrawn Doc needs an ID only.
func (d *Doc) Check() error {
	switch {
	case d.ID == "":
		return errors.New("a publication needs an id")
	case d.Withdrawn:
		return nil
	case strings.TrimSpace(d.Title) == "":
		return fmt.Errorf("%s: a publication needs a title", d.ID)
	case strings.TrimSpace(d.Text) == "":
		return fmt.Errorf("%s: a publication needs a text", d.ID)
	case !utf8.ValidString(d.Text):
		return fmt.Errorf("%s: the text is not UTF-8", d.ID)
	}
	for _, s := range slices.Concat(d.Takeaways, d.Headings) {
		if !d.holds(s) {
			return fmt.Errorf("%s: takeaway or heading %v is not a part of the text", d.ID, s)
		}
	}
	if n := d.paragraphs(); len(d.Pages) > 0 && len(d.Pages) != n {
		return fmt.Errorf("%s: pages are known of %d paragraphs, and there are %d", d.ID, len(d.Pages), n)
	}
	return nil
}

// paragraphs returns how many paragraphs the text has.
func (d *Doc) paragraphs() (n int) {
	for range d.Paragraphs() {
		n++
	}
	return n
}

// holds reports whether s is a part of the text that is not empty and cuts no
// character in two.
func (d *Doc) holds(s Span) bool {
	return 0 <= s.Start && s.Start < s.End && s.End <= len(d.Text) &&
		utf8.RuneStart(d.Text[s.Start]) && (s.End == len(d.Text) || utf8.RuneStart(d.Text[s.End]))
}

// Paragraphs returns the paragraphs of the text from first to last, without
// the blank lines between them.
func (d *Doc) Paragraphs() iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for start := 0; start < len(d.Text); {
			end := strings.Index(d.Text[start:], "\n\n")
			if end < 0 {
				end = len(d.Text) - start
			}
			if end > 0 && !yield(Span{start, start + end}) {
				return
			}
			start += end + len("\n\n")
		}
	}
}
