package rank

import "slices"

// merge has each thing that is said twice count once: of sentences with the
// same terms the likeliest one stays, and of a key takeaway and the sentence
// of the body that it repeats, wholly or at its beginning or end, the body's.
// What stays gets the chances of all.
func merge(passages []Passage, all []Sentence) {
	known := make(map[uint32]int, len(all))
	for i := range all {
		terms := all[i].terms(passages)
		key := digest(terms)
		if k, ok := known[key]; ok {
			known[key] = combine(passages, all, k, i)
		} else {
			known[key] = i
		}
	}
	for i := range all {
		if !passages[all[i].Passage].Takeaway || all[i].Repeats {
			continue
		}
		for k := range all {
			if !all[i].Repeats && passages[all[i].Passage].isSummaryOf(&passages[all[k].Passage]) && begins(all[i].terms(passages), all[k].terms(passages)) {
				combine(passages, all, k, i)
			}
		}
	}
}

// isSummaryOf reports whether p is a key takeaway of the publication whose
// body other is of.
func (p *Passage) isSummaryOf(other *Passage) bool {
	return p.Takeaway && !other.Takeaway && p.Doc == other.Doc
}

// combine leaves one of two sentences that say the same, and returns which.
func combine(passages []Passage, all []Sentence, a, b int) int {
	first, second := &passages[all[a].Passage], &passages[all[b].Passage]
	switch {
	case second.isSummaryOf(first):
	case first.isSummaryOf(second), all[b].Chance > all[a].Chance:
		a, b = b, a
	}
	all[a].Key = all[a].Key || passages[all[b].Passage].isSummaryOf(&passages[all[a].Passage])
	all[a].Chance += all[b].Chance
	all[b].Chance, all[b].Repeats = 0, true
	return a
}

func (s *Sentence) terms(passages []Passage) []token {
	return passages[s.Passage].Text.tokensOf(s.Number)
}

func digest(terms []token) uint32 {
	h := uint32(2166136261)
	for _, t := range terms {
		h = (h ^ t.stem) * 16777619
	}
	return h
}

// begins reports whether a is what b begins or ends with.
func begins(a, b []token) bool {
	same := func(x, y token) bool { return x.stem == y.stem }
	return len(a) > 0 && len(a) <= len(b) &&
		(slices.EqualFunc(a, b[:len(a)], same) || slices.EqualFunc(a, b[len(b)-len(a):], same))
}
