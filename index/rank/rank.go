// Package rank chooses the sentences that answer a question from the passages
// that a search has found.
//
// It is pure: it knows words, not files or indexes. Each sentence gets some
// features, numbers from about 0 to 1 that tell one thing each (features.go);
// their sum, weighted as train learnt it (weights.go), says how likely the
// sentence is to hold the answer.
package rank

import (
	"cmp"
	"math"
	"slices"
)

// A Passage is a paragraph that may hold the answer.
type Passage struct {
	Text          *Text
	Title         *Text          // of its publication
	Heading       *Text          // that it stands under; nil if there is none
	Doc           int            // which publication it is of: any number
	Score         float64        // share of the best imaginable score, from 0 to 1
	Abbreviations []Abbreviation // that its publication explains
	Takeaway      bool           // whether it is one of the publication's key takeaways
}

// A Sentence is one that may hold the answer.
type Sentence struct {
	Passage  int // among those given
	Number   int // within the passage
	Words    int // as a reader counts them
	Features []float64
	Stranger bool    // whether it has nothing of the question
	Repeats  bool    // whether another one says the same and counts for both
	Key      bool    // whether a key takeaway says the same
	Score    float64 // the sum of the features, weighted
	Chance   float64 // that the answer is in this sentence, if it is in any
}

// Rank returns all sentences of the passages, in their order, with features
// and chances. The passages are given best first.
func (q *Query) Rank(passages []Passage) *Ranking {
	sight := q.look(passages)
	var all []Sentence
	values := make([]float64, 0, len(featureNames)*sight.sentences)
	for p := range sight.passages {
		for n := range sight.passages[p].sentences {
			start := len(values)
			values = q.features(values, sight, p, n)
			f := values[start:len(values):len(values)]
			all = append(all, Sentence{Passage: p, Number: n, Features: f, Score: dot(sentenceWeights[:], f),
				Words:    int(passages[p].Text.sentences[n].words),
				Stranger: sight.passages[p].sentences[n].any() == 0})
		}
	}
	chances(all)
	merge(passages, all)
	return &Ranking{all, q, sight}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range min(len(a), len(b)) {
		sum += a[i] * b[i]
	}
	return sum
}

// chances turns scores into chances that add up to 1.
func chances(all []Sentence) {
	if len(all) == 0 {
		return
	}
	top := slices.MaxFunc(all, func(a, b Sentence) int { return cmp.Compare(a.Score, b.Score) }).Score
	sum := 0.0
	for i := range all {
		all[i].Chance = math.Exp(all[i].Score - top)
		sum += all[i].Chance
	}
	for i := range all {
		all[i].Chance /= sum
	}
}
