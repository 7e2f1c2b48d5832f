package corpus

import (
	"fmt"
	"net/url"
	"strings"
)

// A Quote is words cut out of a publication. Only [Doc.Quote] makes one, so its
// text stands in the publication byte for byte.
type Quote struct {
	doc  *Doc
	span Span
	text string
}

// Quote cuts s out of d. It panics if s is not a part of the text or would cut
// a character in two.
func (d *Doc) Quote(s Span) Quote {
	if !d.holds(s) {
		panic(fmt.Sprintf("corpus: quote %v of %s, whose text has %d bytes", s, d.ID, len(d.Text)))
	}
	return Quote{d, s, d.Text[s.Start:s.End]}
}

// Text returns the quoted words.
func (q Quote) Text() string { return q.text }

// Doc returns the publication that was quoted, which must not be changed.
func (q Quote) Doc() *Doc { return q.doc }

// Span returns the place of the quoted words in the publication's Text.
func (q Quote) Span() Span { return q.span }

// Paragraph returns the number of the paragraph in which the quote begins,
// counted from 1 as readers do.
func (q Quote) Paragraph() int {
	n := 0
	for p := range q.doc.Paragraphs() {
		if p.Start > q.span.Start {
			break
		}
		n++
	}
	return n
}

// Link returns the address that opens the publication at the quoted words, by
// a text fragment (https://wicg.github.io/scroll-to-text-fragment/), or at
// their page if it has pages (https://www.rfc-editor.org/rfc/rfc8118), or the
// empty string if the publication has no address.
func (q Quote) Link() string {
	if q.doc.URL == "" {
		return ""
	}
	address, _, _ := strings.Cut(q.doc.URL, "#")
	if page := q.Page(); page > 0 {
		return fmt.Sprintf("%s#page=%d", address, page)
	}
	return address + "#:~:text=" + fragment(q.text)
}

// Page returns the number of the page on which the quoted paragraph begins,
// from 1, or 0 if the publication has no pages.
func (q Quote) Page() int {
	if n := q.Paragraph(); n <= len(q.doc.Pages) {
		return q.doc.Pages[n-1]
	}
	return 0
}

// Spot returns where in the publication the quote stands, such as "paragraph 3"
// or "p. 7": what to write on the link.
func (q Quote) Spot() string {
	if page := q.Page(); page > 0 {
		return fmt.Sprintf("p. %d", page)
	}
	return fmt.Sprintf("paragraph %d", q.Paragraph())
}

// Place returns where the quote stands in words, such as "paragraph 3 of
// brief.txt" or "p. 7 of report.pdf": what to say beside the link, and instead
// of one.
func (q Quote) Place() string { return q.Spot() + " of " + q.doc.ID }

// fragmentWords is the number of words at each end of a quote that a text
// fragment names; a quote of up to twice as many is named whole.
const fragmentWords = 6

func fragment(text string) string {
	words := strings.Fields(text)
	if len(words) <= 2*fragmentWords {
		return fragmentEscape(words)
	}
	return fragmentEscape(words[:fragmentWords]) + "," + fragmentEscape(words[len(words)-fragmentWords:])
}

// fragmentEscape escapes "-" too, which has a meaning of its own in a fragment.
func fragmentEscape(words []string) string {
	escaped := url.QueryEscape(strings.Join(words, " "))
	return strings.NewReplacer("+", "%20", "-", "%2D").Replace(escaped)
}
