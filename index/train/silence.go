package main

import (
	"fmt"
	"slices"
	"strings"
)

// silence tells how well w tells answers from the lack of them: for each kind
// of question without an answer, how often one with an answer scores higher,
// and how often it is right to answer or to be silent at some thresholds, of
// which the last is the best one.
func silence(trials []trial, w []float64) string {
	scores := map[string][]float64{}
	right := 0
	for _, t := range trials {
		scores[t.kind] = append(scores[t.kind], t.probability(w))
		if t.right {
			scores["right"] = append(scores["right"], t.probability(w))
			right++
		}
	}
	var b strings.Builder
	good := scores["answerable"]
	for _, kind := range []string{"absent", "removed", "adversarial", "changed"} {
		bad := scores[kind]
		if len(bad) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n  %-12s AUROC %.3f, right or silent", kind, auroc(good, bad))
		useful := func(threshold float64) float64 {
			return (share(scores["right"], threshold)*float64(right)/float64(len(good)) + 1 - share(bad, threshold)) / 2
		}
		for _, threshold := range []float64{0.2, 0.3, 0.4, 0.5, best(useful)} {
			fmt.Fprintf(&b, " %.3f@%.2f", useful(threshold), threshold)
		}
	}
	return b.String()
}

// probability returns how likely w holds the first quote to answer; 0 if there
// is none.
func (t trial) probability(w []float64) float64 {
	if t.features == nil {
		return 0
	}
	z := 0.0
	for i, f := range t.features {
		z += w[i] * f
	}
	return sigmoid(z)
}

// best returns the threshold at which useful is most.
func best(useful func(threshold float64) float64) float64 {
	best := 0.0
	for i := range 100 {
		if threshold := float64(i) / 100; useful(threshold) > useful(best) {
			best = threshold
		}
	}
	return best
}

func share(scores []float64, threshold float64) float64 {
	n := 0.0
	for _, s := range scores {
		n += is(s >= threshold)
	}
	return n / float64(max(1, len(scores)))
}

// auroc returns how often a good one has the higher score than a bad one; a tie
// counts half.
func auroc(good, bad []float64) float64 {
	bad = slices.Sorted(slices.Values(bad))
	sum := 0.0
	for _, s := range good {
		lower, _ := slices.BinarySearch(bad, s)
		notHigher, _ := slices.BinarySearchFunc(bad, s, func(b, s float64) int {
			if b <= s {
				return -1
			}
			return 1
		})
		sum += float64(lower+notHigher) / 2
	}
	return sum / float64(len(good)) / float64(len(bad))
}
