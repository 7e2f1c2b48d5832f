package rank

// A sight is all passages as they look from one question.
type sight struct {
	passages  []seen
	sentences int
	best      float64         // the highest score of a passage
	cover     float64         // the most that one sentence has of the question
	docs      map[int]float64 // the scores of each publication's passages together
	total     float64         // of all scores; more than 0
}

// A seen is one passage as it looks from one question.
type seen struct {
	*Passage
	sentences []match
	whole     set     // terms in any sentence
	exact     set     // terms in the same form in any sentence
	title     set     // terms in the title or the heading
	cover     float64 // the most that one sentence has of the question
	pairs     int     // the most in one sentence
	hits      int     // in all sentences
	touched   int     // sentences that have a term
}

// look compares all passages with the question.
func (q *Query) look(passages []Passage) *sight {
	s := &sight{docs: map[int]float64{}, total: 1e-9}
	glossaries := map[int]*glossary{}
	for i := range passages {
		p := &passages[i]
		g, known := glossaries[p.Doc]
		if !known {
			g = q.glossary(p.Abbreviations)
			glossaries[p.Doc] = g
		}
		s.add(q.see(p, g))
	}
	return s
}

func (s *sight) add(p seen) {
	s.passages = append(s.passages, p)
	s.sentences += len(p.sentences)
	s.cover = max(s.cover, p.cover)
	s.docs[p.Doc] += p.Score
	s.total += p.Score
}

// see compares one passage with the question.
func (q *Query) see(passage *Passage, g *glossary) seen {
	p := seen{Passage: passage, sentences: make([]match, 0, len(passage.Text.sentences))}
	for i := range passage.Text.sentences {
		m := q.match(passage.Text.tokensOf(i), g)
		if m.any()|p.any(i-1) != 0 {
			q.answers(&m, passage.Text, i)
		}
		p.whole |= m.met
		p.exact |= m.at[exact]
		p.pairs = max(p.pairs, m.pairs)
		p.hits += len(m.hits)
		p.cover = max(p.cover, q.share(m.met))
		if m.met != 0 {
			p.touched++
		}
		p.sentences = append(p.sentences, m)
	}
	for _, t := range []*Text{p.Title, p.Heading} {
		if t != nil {
			m := q.match(t.tokens, g)
			p.title |= m.met
		}
	}
	return p
}

// answers finds what in the n-th sentence of a text may be the answer. Where
// neither it nor the one before speaks of the question, nothing is.
func (q *Query) answers(m *match, t *Text, n int) {
	span := t.sentences[n]
	m.answers = q.asked.Answers(t.text[span.start:span.end])
	m.around = q.surroundings(m, t.tokensOf(n), span.start)
}

// any returns the terms that the n-th sentence has at whatever level.
func (p *seen) any(n int) set {
	if n < 0 {
		return 0
	}
	return p.sentences[n].any()
}

// met returns the terms that the n-th sentence has, none if there is none.
func (p *seen) met(n int) set {
	if n < 0 || n >= len(p.sentences) {
		return 0
	}
	return p.sentences[n].met
}
