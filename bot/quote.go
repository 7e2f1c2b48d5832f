package bot

import (
	"strings"

	"rapporteur/corpus"
)

// A Quote is words of a publication and what is known of them.
type Quote struct {
	corpus.Quote
	Focus    corpus.Span // bytes of Text() that are shown bold, since they may be the answer itself; empty for none
	Takeaway bool        // whether one of the publication's key takeaways says the same
	Voice    string      // whose claim it is, such as "quoting Ada Moreau"; empty for the author's own
}

// Remark returns what is to be said of the quote beside its place, such as
// "also a key takeaway · quoting Ada Moreau"; it may be empty. It holds words of
// the publication, so it is shown without markup.
func (q Quote) Remark() string {
	var said []string
	if q.Takeaway {
		said = append(said, "also a key takeaway")
	}
	if q.Voice != "" {
		said = append(said, q.Voice)
	}
	return strings.Join(said, separator)
}

const separator = " · "

// remarked returns place with the remark behind it.
func (q Quote) remarked(place string) string {
	if remark := q.Remark(); remark != "" {
		return place + separator + remark
	}
	return place
}

// Cut returns the quoted words before, in and behind the focus, which together
// are Text(). Without a focus all of them stand in before.
func (q Quote) Cut() (before, focus, after string) {
	text := q.Text()
	if q.Focus.Start < 0 || q.Focus.End <= q.Focus.Start || q.Focus.End > len(text) {
		return text, "", ""
	}
	return text[:q.Focus.Start], text[q.Focus.Start:q.Focus.End], text[q.Focus.End:]
}

// Context returns the whole paragraphs that q is cut from, with the same focus.
func (q Quote) Context() Quote {
	span := q.Span()
	for p := range q.Doc().Paragraphs() {
		if p.Start < q.Span().End && q.Span().Start < p.End {
			span.Start, span.End = min(span.Start, p.Start), max(span.End, p.End)
		}
	}
	wide := q
	wide.Quote = q.Doc().Quote(span)
	if moved := q.Span().Start - span.Start; q.Focus.End > q.Focus.Start {
		wide.Focus = corpus.Span{Start: q.Focus.Start + moved, End: q.Focus.End + moved}
	}
	return wide
}

// InContext returns m with the whole paragraphs around its quotes, each once.
func (m Message) InContext() Message {
	wide := m
	wide.Quotes = nil
	shown := map[string]bool{}
	for _, q := range m.Quotes {
		c := q.Context()
		if key := c.Place() + c.Text(); !shown[key] {
			shown[key] = true
			wide.Quotes = append(wide.Quotes, c)
		}
	}
	return wide
}
