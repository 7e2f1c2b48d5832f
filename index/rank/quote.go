package rank

import (
	"cmp"
	"slices"
)

// A quote is whole sentences that follow each other.
const (
	quoteWords = 60     // words of a quote of several sentences at most
	wordPrice  = 0.0001 // chance that a neighbouring sentence must add for each of its words
)

// A Window is sentences that follow each other in one passage: what may be
// quoted.
type Window struct {
	Passage     int
	First, Last int     // sentences of the passage, Last included
	Chance      float64 // that the answer is in it, if it is anywhere
	Key         bool    // whether a key takeaway says the same
	gain        float64
}

// Choose returns the best windows that do not overlap, best first.
func Choose(all []Sentence, limit int) []Window {
	var windows []Window
	for start := 0; start < len(all); {
		end := start
		for end < len(all) && all[end].Passage == all[start].Passage {
			end++
		}
		windows = append(windows, windowsOf(all[start:end])...)
		start = end
	}
	slices.SortStableFunc(windows, func(a, b Window) int { return cmp.Compare(b.gain, a.gain) })
	var best []Window
	for _, w := range windows {
		if len(best) == limit {
			break
		}
		if !slices.ContainsFunc(best, w.overlaps) {
			best = append(best, w)
		}
	}
	return best
}

func (w Window) overlaps(other Window) bool {
	return w.Passage == other.Passage && w.First <= other.Last && other.First <= w.Last
}

// windowsOf returns all windows of one passage that keep to quoteWords, and
// each sentence by itself.
func windowsOf(sentences []Sentence) []Window {
	var windows []Window
	for i, first := range sentences {
		w := Window{Passage: first.Passage, First: first.Number}
		words, useful := 0, false
		for j := i; j < len(sentences); j++ {
			s := sentences[j]
			words += s.Words
			if s.Repeats || j > i && (words > quoteWords || s.Number != sentences[j-1].Number+1) {
				break
			}
			useful = useful || !s.Stranger
			w.Last = s.Number
			w.Key = w.Key || s.Key
			w.Chance += s.Chance
			w.gain = w.Chance - wordPrice*float64(words)
			if useful {
				windows = append(windows, w)
			}
		}
	}
	return windows
}
