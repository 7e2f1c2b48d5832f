package index

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/corpus"
	"rapporteur/index/lexicon"
	"rapporteur/index/rank"
)

// background is how many passages of general English the corpus counts for
// where it is asked how rare a term is. A small corpus cannot tell that by
// itself; a large one hardly needs to be told.
const background = 500

// rarity returns what a term is worth that stands in count of n passages: the
// more the rarer it is there and in English.
func rarity(stem string, count, n int) float64 {
	df, of := lexicon.DF(stem)
	share := (float64(df) + 0.5) / float64(of+1)
	return -math.Log((float64(count) + background*share) / float64(n+background+1))
}

// A reading is what ranking makes of one question.
type reading struct {
	found     []candidate
	passages  []rank.Passage
	sentences []rank.Sentence
}

// read ranks the sentences of the candidates.
func (x *Index) rank(q Question, s *search, found []candidate, n int) reading {
	counts := make(map[string]int, len(s.terms))
	for _, t := range s.terms {
		counts[t.text] = t.count
	}
	query := x.words.NewQuery(q.Text, func(stem string) float64 { return rarity(stem, counts[stem], n) })
	r := reading{found: found}
	publications := map[*corpus.Doc]int{}
	titles := map[*corpus.Doc]*rank.Text{}
	for _, c := range found {
		if titles[c.doc] == nil {
			publications[c.doc] = len(publications)
			titles[c.doc] = x.words.Read(c.doc.Title)
		}
		r.passages = append(r.passages, rank.Passage{
			Text:     x.words.Read(c.doc.Text[c.span.Start:c.span.End]),
			Title:    titles[c.doc],
			Doc:      publications[c.doc],
			Heading:  x.heading(c),
			Score:    c.score,
			Takeaway: isTakeaway(c.doc, c.span),
		})
	}
	r.sentences = query.Rank(r.passages)
	return r
}

// heading returns what c stands under, or nil.
func (x *Index) heading(c candidate) *rank.Text {
	var last corpus.Span
	for _, h := range c.doc.Headings {
		if h.Start >= c.span.Start {
			break
		}
		last = h
	}
	if last.End == 0 {
		return nil
	}
	return x.words.Read(c.doc.Text[last.Start:last.End])
}

func isTakeaway(doc *corpus.Doc, span corpus.Span) bool {
	return slices.ContainsFunc(doc.Takeaways, func(t corpus.Span) bool {
		return span.Start < t.End && t.Start < span.End
	})
}

// order returns the numbers of the candidates, the likeliest to hold the answer
// first.
func (r *reading) order() []int {
	chance := make([]float64, len(r.found))
	order := make([]int, len(r.found))
	for i := range order {
		order[i] = i
	}
	for _, s := range r.sentences {
		chance[s.Passage] += s.Chance
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(chance[b], chance[a]) })
	return order
}

// quotes returns the best sentences, each only once.
func (r *reading) quotes(limit int) []Quote {
	var quotes []Quote
	for _, w := range rank.Choose(r.sentences, limit) {
		c := r.found[w.Passage]
		text := r.passages[w.Passage].Text
		span := corpus.Span{Start: c.span.Start + text.Sentence(w.First).Start, End: c.span.Start + text.Sentence(w.Last).End}
		quotes = append(quotes, Quote{Quote: c.doc.Quote(withoutBullet(c.doc, span)), Score: w.Chance, Takeaway: w.Key})
	}
	return quotes
}

// why returns all sentences that were considered.
func (r *reading) why() []Candidate {
	var all []Candidate
	for _, s := range r.sentences {
		c := r.found[s.Passage]
		in := r.passages[s.Passage].Text.Sentence(s.Number)
		span := corpus.Span{Start: c.span.Start + in.Start, End: c.span.Start + in.End}
		all = append(all, Candidate{c.doc.Quote(span), s})
	}
	return all
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
