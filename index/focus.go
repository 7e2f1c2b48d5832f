package index

import (
	"rapporteur/corpus"
	"rapporteur/index/question"
	"rapporteur/index/rank"
	"rapporteur/index/voice"
)

// mark adds to the quote of a window whose claim its best sentence is, and
// where in that the answer itself may stand.
func (r *reading) mark(q *Quote, w rank.Window) {
	best := -1
	for i, s := range r.Sentences {
		inside := s.Passage == w.Passage && w.First <= s.Number && s.Number <= w.Last
		if inside && (best < 0 || s.Chance > r.Sentences[best].Chance) {
			best = i
		}
	}
	if best < 0 {
		return
	}
	s := r.quote(w.Passage, r.Sentences[best].Number, r.Sentences[best].Number)
	q.Voice = voice.Of(s.Text())
	if f := focus(r.asked, s.Text()); f.End > 0 {
		offset := s.Span().Start - q.Span().Start
		q.Focus = corpus.Span{Start: f.Start + offset, End: f.End + offset}
	}
}

// focus returns the words of a sentence that fit best what is asked for, or
// nothing: no word is better marked than a wrong one.
func focus(asked *question.Question, sentence string) corpus.Span {
	var best corpus.Span
	most := leastFit
	for _, c := range asked.Answers(sentence) {
		fit := 0
		for _, points := range [...]struct {
			has  bool
			fits int
		}{{c.Fits, 3}, {c.Near, 2}, {c.Sure, 1}} {
			if points.has {
				fit += points.fits
			}
		}
		if fit > most {
			best, most = c.Span, fit
		}
	}
	return best
}

// leastFit is what a candidate must exceed to be marked: near, or fitting, and
// sure.
const leastFit = 2
