package rank

import (
	"cmp"
	"math"
	"slices"

	"rapporteur/index/question"
)

// certaintyNames are what tells whether the best quote answers, beside the
// features of its best sentence. None of them grows with the corpus.
var certaintyNames = [...]Feature{
	{"chance", "margin"},                 // that the answer is in the quote rather than elsewhere
	{"odds", "margin"},                   // their logarithm
	{"score", "score"},                   // of its best sentence
	{"quote cover", "coverage"},          // terms that the quote has
	{"quote cover, loosely", "coverage"}, // also by synonyms and the like
	{"quote count", "coverage"},          // number of terms that the quote has, as a share of all
	{"passage cover, loosely", "coverage"},
	{"passage count", "coverage"},
	{"all covered", "coverage"},   // whether the passage has all terms
	{"rarest", "coverage"},        // whether the quote has the rarest term
	{"names covered", "named"},    // names that the quote has
	{"names absent", "named"},     // whether a name is missing there
	{"numbers absent", "named"},   // whether a number is missing there
	{"name in question", "named"}, // whether there is any name
	{"others absent", "named"},    // other terms that are missing there
	{"few terms", "question"},     // 1 for a question of one term, 1/2 for two …
	{"other", "question"},         // how it asks
	{"who", "question"},
	{"when", "question"},
	{"where", "question"},
	{"how many", "question"},
	{"how much", "question"},
	{"how long", "question"},
	{"how often", "question"},
	{"why", "question"},
	{"how", "question"},
	{"which", "question"},
	{"what", "question"},
	{"definition", "question"},
	{"yes or no", "question"},
	{"wants anything", "question"}, // whether nothing is known of what would answer
	{"constant", "question"},
}

// CertaintyFeatures returns what the features of Ranking.Certainty are.
func CertaintyFeatures() []Feature {
	return append(Features(), certaintyNames[:]...)
}

// A Ranking is the sentences of the passages that were found for one question.
type Ranking struct {
	Sentences []Sentence // in their order
	query     *Query
	sight     *sight
}

// Probability returns how likely w holds the answer to the question, from 0 to
// 1: what the weights learnt make of Certainty.
func (r *Ranking) Probability(w Window) float64 {
	return 1 / (1 + math.Exp(-dot(certaintyWeights[:], r.Certainty(w))))
}

// Certainty returns the features of a quote as an answer.
func (r *Ranking) Certainty(w Window) []float64 {
	best := r.best(w)
	v := slices.Clone(best.Features)
	q, p := r.query, &r.sight.passages[w.Passage]
	var quote, loose, far set
	for n := w.First; n <= w.Last; n++ {
		quote |= p.sentences[n].met
		loose |= p.sentences[n].any()
	}
	for n := range p.sentences {
		far |= p.sentences[n].any()
	}
	around := p.whole | p.title
	odds := math.Log(max(w.Chance, 1e-3) / max(1-w.Chance, 1e-3))
	v = append(v, w.Chance, odds/7, best.Score/20,
		q.share(quote), q.share(loose), q.count(quote), q.share(far|around), q.count(around),
		is(around == q.all), is(quote&q.rarest() != 0),
		q.part(quote, q.names), is(q.names&^around != 0), is(q.number&^around != 0), is(q.names != 0),
		q.part(q.others&^around, q.others), 1/float64(1+len(q.terms)))
	for k := question.Other; k <= question.YesNo; k++ {
		v = append(v, is(q.asked.Kind == k))
	}
	return append(v, is(q.asked.Wants == 0), 1)
}

// best returns the likeliest sentence of w.
func (r *Ranking) best(w Window) *Sentence {
	var best *Sentence
	for i := range r.Sentences {
		s := &r.Sentences[i]
		if s.Passage == w.Passage && w.First <= s.Number && s.Number <= w.Last && (best == nil || cmp.Less(best.Chance, s.Chance)) {
			best = s
		}
	}
	return best
}

// any returns the terms that the sentence has at whatever level.
func (m *match) any() set {
	var all set
	for _, s := range m.at {
		all |= s
	}
	return all
}

func (q *Query) count(s set) float64 {
	return float64(s.size()) / float64(max(1, len(q.terms)))
}

// rarest returns the term with the highest weight.
func (q *Query) rarest() set {
	if len(q.terms) == 0 {
		return 0
	}
	best := 0
	for i := range q.terms {
		if q.terms[i].weight > q.terms[best].weight {
			best = i
		}
	}
	return 1 << best
}
