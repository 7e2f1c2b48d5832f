package index

import (
	"math"
	"strings"
	"testing"

	"rapporteur/index/rank"
)

// What is explained is what was computed: the parts add up to the scores and
// to the probability.
func TestReasonsAddUp(t *testing.T) {
	docs := newShelf()
	docs.add(brief(t))
	x := fill(t, docs)
	for _, text := range []string{"who attended The Hague?", "what is the price of tin?", "why was the agenda reduced?", "what was not discussed at the summit in Canada?"} {
		a := put(t, x, Question{Text: text, Why: true})
		for _, c := range a.Why.Candidates {
			sum := 0.0
			for _, p := range parts(rank.Features(), rank.SentenceWeights(), c.Features) {
				sum += p.sum
			}
			if math.Abs(sum-c.Score) > 1e-9 {
				t.Errorf("%s: the parts of %q make %v, its score is %v", text, c.Text(), sum, c.Score)
			}
		}
		if p := a.Why.probability(); len(a.Quotes) > 0 && math.Abs(p-a.Confidence) > 1e-9 {
			t.Errorf("%s: explained as %v likely, answered with %v", text, p, a.Confidence)
		}
	}
}

func TestReasons(t *testing.T) {
	docs := chronicle()
	docs.add(brief(t))
	x := fill(t, docs)
	for _, test := range []struct {
		question string
		want     []string // each stands in the long form
		short    string   // stands in the short form too
	}{
		{"Who teaches economic history?", []string{"Understood as who; what answers is person or organisation", "Ada Moreau teaches economic history in Lagos.", "→ quote 1", "chance", "passage score (passage)", "(margin)"}, "is asked for, so it"},
		{"author:moreau salt", []string{"only publications: by moreau"}, "only publications: by moreau"},
		{`"white gold" not mined`, []string{"phrases: white gold", "negated"}, "likeliest of"},
		{"author:moreau", []string{"no sentence was looked for"}, "no sentence was looked for"},
		{"Who wrote this brief? author:moreau", []string{"no sentence was looked for"}, "no sentence was looked for"},
		{"zyzzyva", []string{"No passage has a word of it."}, "No passage"},
		{"", []string{"No passage has a word of it."}, "No passage"},
	} {
		why := put(t, x, Question{Text: test.question, Why: true}).Why
		for _, want := range test.want {
			if long := why.Long(); !strings.Contains(long, want) {
				t.Errorf("%s: %q is not explained in\n%s", test.question, want, long)
			}
		}
		if short := why.Short(); !strings.Contains(short, test.short) || strings.Count(short, "\n") > 3 {
			t.Errorf("%s: %q is not in a short form of\n%s", test.question, test.short, short)
		}
	}
}
