package rank

import "rapporteur/index/question"

// A hit is a word of a sentence that is a term of the question, or a form of it.
type hit struct {
	at   int // token of the sentence
	term int
}

// A match is what a sentence has of a question.
type match struct {
	at      [levels]set          // the terms at each level, also those at a closer one
	met     set                  // at the levels up to near
	hits    []hit                // of these
	new     class                // of the words that the question does not have
	fresh   int                  // number of content words that the question does not have
	size    int                  // number of content words
	pairs   int                  // neighbouring words that are neighbours in the question too
	around  float64              // how close the terms stand to a word that may be the answer
	answers []question.Candidate // what may be the answer itself
	starts  bool                 // whether it begins with a pronoun
}

// match compares the words of one sentence with the question. The glossary may
// be nil.
func (q *Query) match(tokens []token, g *glossary) match {
	var m match
	for i := range tokens {
		t := &tokens[i]
		if i > 0 && q.sieve.may(t.stem) && q.pairs[pair(tokens[i-1].stem, t.stem)] {
			m.pairs++
		}
		if !t.class.has(content) {
			continue
		}
		m.size++
		if !q.matchToken(&m, t, i) {
			m.fresh++
			m.new |= t.class
		}
	}
	if g != nil {
		m.explain(g, tokens)
	}
	m.met = m.at[exact] | m.at[stem] | m.at[near]
	m.starts = len(tokens) > 0 && tokens[0].class.has(pronoun)
	return m
}

// matchToken enters what one word matches, and reports whether the question
// has that word.
func (q *Query) matchToken(m *match, t *token, i int) bool {
	met := false
	for _, l := range q.links(t.stem) {
		m.at[l.level] |= 1 << l.term
		if l.level <= near {
			met = true
			m.hits = append(m.hits, hit{i, l.term})
			if q.terms[l.term].word == t.word {
				m.at[exact] |= 1 << l.term
			}
		}
	}
	if t.country != 0 && len(q.nations) > 0 {
		terms := q.nations[t.country]
		m.at[abroad] |= terms
		if t.class.has(country) && terms&q.named != 0 {
			m.at[near] |= terms & q.named
			met = true
		}
	}
	if !met && q.sieve.may(t.prefix) {
		for _, l := range q.prefix[t.prefix] {
			m.at[similar] |= 1 << l.term
		}
	}
	return met
}

// reach is how far a term may stand from the answer until it counts half, in
// words.
const reach = 6

// surroundings returns how close the terms stand to the word that is nearest
// to them among those that may be the answer: 1 if all of them touch it, 0 if
// there is no such word.
func (q *Query) surroundings(m *match, tokens []token, start int32) float64 {
	best := 0.0
	next := 0
	for i := range tokens {
		for next < len(m.hits) && m.hits[next].at < i {
			next++
		}
		if next < len(m.hits) && m.hits[next].at == i || !q.mayAnswer(m, &tokens[i], start) {
			continue
		}
		best = max(best, q.closeness(m.hits, i))
	}
	return best
}

// mayAnswer reports whether a word of the sentence that begins at start may be
// the answer or a part of it.
func (q *Query) mayAnswer(m *match, t *token, start int32) bool {
	if q.asked.Wants == 0 {
		return t.class.has(content)
	}
	for i := range m.answers {
		if span := m.answers[i].Span; int(t.start-start) < span.End && span.Start < int(t.end()-start) {
			return true
		}
	}
	return false
}

// closeness returns how close the terms stand to the i-th word.
func (q *Query) closeness(hits []hit, i int) float64 {
	var nearest [maxTerms]int
	for _, h := range hits {
		d := max(h.at-i, i-h.at)
		if nearest[h.term] == 0 || d < nearest[h.term] {
			nearest[h.term] = d
		}
	}
	sum := 0.0
	for term := range q.terms {
		if d := nearest[term]; d > 0 {
			sum += q.terms[term].weight * reach / float64(reach+d-1)
		}
	}
	return sum
}

// inOrder returns the share of the terms that stand in the sentence close
// behind the term that they follow in the question.
func (q *Query) inOrder(hits []hit) float64 {
	var s set
	for i := 1; i < len(hits); i++ {
		a, b := hits[i-1], hits[i]
		gap := q.terms[b.term].place - q.terms[a.term].place
		if b.term == a.term+1 && b.at-a.at <= max(2, gap+1) {
			s |= 1<<a.term | 1<<b.term
		}
	}
	return q.share(s)
}

// tightness returns how much of the stretch between the first and the last hit
// is terms.
func tightness(hits []hit) float64 {
	if len(hits) < 2 {
		return 0
	}
	return float64(len(hits)) / float64(hits[len(hits)-1].at-hits[0].at+1)
}
