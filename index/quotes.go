package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/corpus"
	"rapporteur/index/sentence"
)

// passageShare is how much of a quote's score is that of its passage; the rest
// is that of its sentence.
const passageShare = 0.6

// weights is what each term of a question is worth.
type weights map[string]float64

func weigh(terms []term) weights {
	w := make(weights, len(terms))
	for _, t := range terms {
		w[t.text] = t.idf
	}
	return w
}

// sum returns what all terms are worth together.
func (w weights) sum() float64 {
	sum := 0.0
	for _, idf := range w {
		sum += idf
	}
	return sum
}

// A scored is a sentence of a candidate.
type scored struct {
	doc   *corpus.Doc
	span  corpus.Span
	terms string // all its terms in their order
	key   bool   // whether it is a key takeaway
	score float64
}

// quotes returns the best sentences of the candidates, each only once.
func (x *Index) quotes(w weights, found []candidate, limit int) []Quote {
	var all []scored
	for _, c := range found {
		all = append(all, x.sentences(w, c)...)
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var quotes []Quote
	for _, s := range once(all, limit) {
		quotes = append(quotes, Quote{s.doc.Quote(s.span), s.score})
	}
	return quotes
}

// sentences returns the sentences of c that have a term of the question.
func (x *Index) sentences(w weights, c candidate) []scored {
	var all []scored
	most := w.sum()
	text := c.doc.Text[c.span.Start:c.span.End]
	for _, s := range sentence.Split(text) {
		terms := x.terms(text[s.Start:s.End])
		overlap := 0.0
		for _, t := range distinct(slices.Clone(terms)) {
			overlap += w[t]
		}
		if overlap == 0 {
			continue
		}
		span := corpus.Span{Start: c.span.Start + s.Start, End: c.span.Start + s.End}
		all = append(all, scored{
			doc:   c.doc,
			span:  withoutBullet(c.doc, span),
			terms: " " + strings.Join(terms, " ") + " ",
			key:   isTakeaway(c.doc, span),
			score: passageShare*c.score + (1-passageShare)*overlap/most,
		})
	}
	return all
}

func isTakeaway(doc *corpus.Doc, span corpus.Span) bool {
	return slices.ContainsFunc(doc.Takeaways, func(t corpus.Span) bool {
		return span.Start < t.End && t.Start < span.End
	})
}

// once returns the first sentences of all that say different things, as many
// as the limit. Of a key takeaway and the sentence of the body that it repeats,
// wholly or up to a comma, it is the body's that stands, at the better place of
// the two.
func once(all []scored, limit int) []scored {
	var kept []scored
	for _, s := range all {
		i := slices.IndexFunc(kept, func(k scored) bool { return same(k, s) })
		switch {
		case i >= 0 && kept[i].key && !s.key:
			s.score = kept[i].score
			kept[i] = s
		case i < 0 && len(kept) < limit:
			kept = append(kept, s)
		}
	}
	return kept
}

// same reports whether two sentences have the same terms, or one of them is a
// key takeaway that has the first or last terms of the other.
func same(a, b scored) bool {
	if a.terms == b.terms {
		return true
	}
	if a.key == b.key || a.doc != b.doc {
		return false
	}
	key, body := a.terms, b.terms
	if b.key {
		key, body = body, key
	}
	return strings.HasPrefix(body, key) || strings.HasSuffix(body, key)
}

// withoutBullet returns span without the mark of a list's item before it.
func withoutBullet(doc *corpus.Doc, span corpus.Span) corpus.Span {
	text := doc.Text[span.Start:span.End]
	r, size := utf8.DecodeRuneInString(text)
	if !strings.ContainsRune("-*+•‣▪◦–—·", r) {
		return span
	}
	item := strings.TrimLeftFunc(text[size:], unicode.IsSpace)
	if item == "" || len(item) == len(text)-size {
		return span
	}
	return corpus.Span{Start: span.End - len(item), End: span.End}
}
