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
	"rapporteur/index/question"
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
	asked    *question.Question
	found    []candidate
	passages []rank.Passage
	*rank.Ranking
	doubt Doubt // about the first quote; of quotes
}

// read ranks the sentences of the candidates.
func (x *Index) rank(a *aim, s *search, found []candidate, n int) reading {
	counts := make(map[string]int, len(s.terms))
	for _, t := range s.terms {
		counts[t.text] = t.count
	}
	query := x.cache.words.NewQuery(a.Question, func(stem string) float64 { return rarity(stem, counts[stem], n) })
	for _, t := range a.typos {
		query.Resembles(t.term, t.near)
	}
	r := reading{asked: &a.Question, found: found}
	publications := map[*volume]int{}
	for _, c := range found {
		if _, known := publications[c.volume]; !known {
			publications[c.volume] = len(publications)
		}
		front := x.cache.front(c.volume)
		r.passages = append(r.passages, rank.Passage{
			Text:          x.cache.read(c.volume, c.span),
			Title:         front.title,
			Abbreviations: front.abbreviations,
			Doc:           publications[c.volume],
			Heading:       x.heading(c),
			Score:         c.score,
			Takeaway:      isTakeaway(c.doc, c.span),
		})
	}
	r.Ranking = query.Rank(r.passages)
	return r
}

// heading returns what c stands under, or nil.
func (x *Index) heading(c candidate) *rank.Text {
	h := headingAbove(c.doc, c.span)
	if h.End == 0 {
		return nil
	}
	return x.cache.read(c.volume, h)
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
	for _, s := range r.Sentences {
		chance[s.Passage] += s.Chance
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(chance[b], chance[a]) })
	return order
}

// quotes returns the best windows of sentences. The score of the first one is
// the probability that it answers, and those of the others stand to it as
// their chances do. Nothing is marked as the answer in those whose score is
// below the threshold.
func (r *reading) quotes(limit int, threshold float64) []Quote {
	var quotes []Quote
	var first rank.Window
	sure := 0.0
	for i, w := range rank.Choose(r.Sentences, limit) {
		if i == 0 {
			first = w
			r.doubt = doubt(r.asked, r.quote(w.Passage, w.First, w.Last).Text())
			sure = r.Probability(w) * r.doubt.Left
		}
		quotes = append(quotes, Quote{
			Quote:    r.quote(w.Passage, w.First, w.Last),
			Score:    sure * min(1, w.Chance/first.Chance),
			Takeaway: w.Key,
		})
		r.mark(&quotes[i], w, sure >= threshold && quotes[i].Score >= threshold)
	}
	return quotes
}

// quote cuts sentences out of a passage.
func (r *reading) quote(passage, first, last int) corpus.Quote {
	c, text := r.found[passage], r.passages[passage].Text
	span := corpus.Span{Start: c.span.Start + text.Sentence(first).Start, End: c.span.Start + text.Sentence(last).End}
	return c.doc.Quote(withoutBullet(c.doc, span))
}

// why returns all that was considered for so many quotes, once they were chosen.
func (r *reading) why(limit int, threshold float64) *Reasons {
	reasons := &Reasons{Question: *r.asked, Threshold: threshold}
	windows := rank.Choose(r.Sentences, limit)
	for _, s := range r.Sentences {
		in := slices.IndexFunc(windows, func(w rank.Window) bool {
			return s.Passage == w.Passage && w.First <= s.Number && s.Number <= w.Last
		})
		reasons.Candidates = append(reasons.Candidates, Candidate{r.quote(s.Passage, s.Number, s.Number), s, in + 1})
	}
	if len(windows) > 0 {
		reasons.Certainty = r.Ranking.Certainty(windows[0])
		reasons.Doubt = r.doubt
	}
	return reasons
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
