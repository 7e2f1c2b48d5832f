package page

import (
	"slices"
	"strings"

	"rapporteur/corpus"
)

// A text is a publication's Text in the making.
type text struct {
	words     strings.Builder
	takeaways []corpus.Span
	headings  []corpus.Span
}

// newText joins the paragraphs of the article. The takeaways are parts of it
// where it has them, and stand before it where it has not.
func newText(takeaways []line, body []para) text {
	var t text
	places := locate(takeaways, body)
	if places == nil {
		body = without(takeaways, body)
		t.prepend(takeaways)
	}
	for i, p := range body {
		for _, l := range takeaways {
			if l.heading && p.text == l.text {
				p.level = l.level
			}
		}
		span := t.add(p.text, p.level)
		for _, l := range places[i] {
			t.takeaways = append(t.takeaways, corpus.Span{Start: span.Start + l.from, End: span.End})
		}
	}
	return t
}

// add adds one paragraph and returns its place.
func (t *text) add(paragraph string, level int) corpus.Span {
	if t.words.Len() > 0 {
		t.words.WriteString("\n\n")
	}
	start := t.words.Len()
	t.words.WriteString(paragraph)
	span := corpus.Span{Start: start, End: t.words.Len()}
	if level > 0 {
		t.headings = append(t.headings, span)
	}
	return span
}

// prepend adds takeaways that the article itself does not have.
func (t *text) prepend(takeaways []line) {
	for _, l := range takeaways {
		span := t.add(l.text, l.level)
		if !l.heading {
			t.takeaways = append(t.takeaways, corpus.Span{Start: span.Start + l.from, End: span.End})
		}
	}
}

// locate returns which paragraphs of the article are takeaways, or nil if it
// does not have them all, in their order.
func locate(takeaways []line, body []para) map[int][]line {
	places := make(map[int][]line)
	next := 0
	for _, l := range takeaways {
		if l.heading {
			continue
		}
		i := slices.IndexFunc(body[next:], func(p para) bool { return p.text == l.text })
		if i < 0 {
			return nil
		}
		next += i + 1
		places[next-1] = append(places[next-1], l)
	}
	return places
}

// without returns the article without what it has of the takeaways below their
// heading, since they are to stand before it as a whole.
func without(takeaways []line, body []para) (kept []para) {
	var heading, entry = make(map[string]bool), make(map[string]bool)
	for _, l := range takeaways {
		if l.heading {
			heading[l.text] = true
		} else {
			entry[l.text] = true
		}
	}
	below := false
	for _, p := range body {
		below = heading[p.text] || below && entry[p.text]
		if !below {
			kept = append(kept, p)
		}
	}
	return kept
}
