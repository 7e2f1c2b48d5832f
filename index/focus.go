package index

import (
	"strings"
	"unicode"

	"rapporteur/corpus"
	"rapporteur/index/lexicon"
	"rapporteur/index/question"
	"rapporteur/index/rank"
	"rapporteur/index/voice"
)

// mark adds to the quote of a window whose claim its best sentence is, and if it
// is held to answer, where in that sentence the answer itself may stand.
func (r *reading) mark(q *Quote, w rank.Window, answers bool) {
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
	if !answers { // what hardly answers has no answer in it to be marked
		return
	}
	if f := focus(r.asked, s.Text()); f.End > 0 {
		offset := s.Span().Start - q.Span().Start
		q.Focus = corpus.Span{Start: f.Start + offset, End: f.End + offset}
	}
}

// What speaks for a candidate of being the answer, in points. They were chosen,
// on the questions that the ranking was trained on, so that four marks out of
// five are right: no mark is better than a wrong one.
const (
	fitsPoints  = 3.0 // what is asked for stands in it or beside it
	surePoints  = 1.0 // a rule says that it is of the sort that is asked for
	nearPoints  = 2.0 // a word of the question stands near
	closePoints = 4.0 // all words of the question stand right beside it
	leastPoints = 3.5 // what the best candidate must have
	leastLead   = 0.7 // how far it must be ahead of the second one
)

// focus returns the words of a sentence that fit best what is asked for, or
// nothing.
func focus(asked *question.Question, sentence string) corpus.Span {
	var best corpus.Span
	most, second := 0.0, 0.0
	candidates := asked.Answers(sentence)
	if len(candidates) == 0 {
		return best
	}
	places := placesOf(asked, sentence)
	for _, c := range candidates {
		points := closePoints * closeness(places, c.Span)
		for _, p := range [...]struct {
			has    bool
			points float64
		}{{c.Fits, fitsPoints}, {c.Near, nearPoints}, {c.Sure, surePoints}} {
			if p.has {
				points += p.points
			}
		}
		if points > most {
			best, most, second = c.Span, points, most
		} else {
			second = max(second, points)
		}
	}
	if most < leastPoints || most-second < leastLead {
		return corpus.Span{}
	}
	return best
}

// placesOf returns where the words stand in a sentence that the question is
// about, in bytes, for each of them that does.
func placesOf(asked *question.Question, sentence string) [][]int {
	terms := map[string][]int{}
	inWord := -1
	for i, r := range sentence + " " {
		switch {
		case isWordRune(r):
			if inWord < 0 {
				inWord = i
			}
		case inWord >= 0:
			stem := lexicon.Stem(sentence[inWord:i])
			terms[stem] = append(terms[stem], inWord)
			inWord = -1
		}
	}
	var places [][]int
	for _, w := range asked.Words {
		if w.Content {
			places = append(places, terms[lexicon.Stem(strings.TrimSuffix(w.Lower, "."))])
		}
	}
	return places
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// halfAway is how far a word may stand from a candidate until it counts half,
// in bytes.
const halfAway = 30

// closeness returns how close the words of the question stand to span, from 0
// to 1.
func closeness(places [][]int, span corpus.Span) float64 {
	sum := 0.0
	for _, at := range places {
		best := 0.0
		for _, p := range at {
			away := max(span.Start-p, p-span.End, 0)
			best = max(best, halfAway/float64(halfAway+away))
		}
		sum += best
	}
	return sum / float64(max(1, len(places)))
}
