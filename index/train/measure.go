package main

import (
	"fmt"
	"slices"

	"rapporteur/index/rank"
)

// A result is how good the answers were.
type result struct {
	questions                             int
	passage, sentence, quote, three, seen float64
	words                                 int // of the median quote
}

func (r result) String() string {
	return fmt.Sprintf("%d questions: passage@1 %.4f, sentence@1 %.4f, quote@1<=60w %.4f, quote@3 %.4f, found %.4f, median %d words",
		r.questions, r.passage, r.sentence, r.quote, r.three, r.seen, r.words)
}

// measure ranks the sentences by w.
func measure(examples []example, w []float64) result {
	var r result
	var words []int
	for _, e := range examples {
		if len(e.question.Gold) == 0 {
			continue
		}
		r.questions++
		if len(e.sentences) == 0 {
			continue
		}
		p, _ := chances(&e, w)
		passages := map[int]float64{}
		best, seen := 0, false
		for k, s := range e.sentences {
			passages[s.Passage] += p[k]
			if p[k] > p[best] {
				best = k
			}
			seen = seen || s.right
		}
		r.seen += is(seen)
		r.sentence += is(e.sentences[best].right)
		top := e.sentences[best].Passage
		for n, chance := range passages {
			if chance > passages[top] {
				top = n
			}
		}
		r.passage += is(slices.ContainsFunc(e.sentences, func(s sentence) bool { return s.gold && s.Passage == top }))
		quotes := e.quotes(p)
		for n, q := range quotes {
			right, size := false, 0
			for _, s := range q {
				right = right || s.right
				size += s.words
			}
			if n == 0 {
				words = append(words, size)
				r.quote += is(right && size <= 60)
			}
			if right {
				r.three++
				break
			}
		}
	}
	n := float64(r.questions)
	slices.Sort(words)
	return result{r.questions, r.passage / n, r.sentence / n, r.quote / n, r.three / n, r.seen / n, words[len(words)/2]}
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// quotes returns the sentences of the first three quotes.
func (e *example) quotes(p []float64) [][]sentence {
	var all []rank.Sentence
	for k, s := range e.sentences {
		s.Chance = p[k]
		all = append(all, s.Sentence)
	}
	var quotes [][]sentence
	for _, w := range rank.Choose(all, 3) {
		var q []sentence
		for _, s := range e.sentences {
			if s.Passage == w.Passage && w.First <= s.Number && s.Number <= w.Last {
				q = append(q, s)
			}
		}
		quotes = append(quotes, q)
	}
	return quotes
}
