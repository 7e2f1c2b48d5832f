// Package question understands what somebody asks: what kind of question it
// is, what sort of thing would answer it, which of its words must be looked for
// and which only narrow down where to look.
//
// It goes by English word order and short lists of common words, and knows
// nothing of any topic. What it does not recognise is of the kind [Other], for
// which every word counts alike; so a question is never refused.
package question

import (
	"time"

	"rapporteur/corpus"
	"rapporteur/index/answertype"
)

// A Question is what Parse understood.
type Question struct {
	Text string // what is asked, as it was typed, but without the filters

	Kind  Kind
	Wants answertype.Type // what sort of thing answers; 0 if anything may
	Focus string          // the words of Text that name what is asked for: "Olympic sport" of "which Olympic sport is oldest?"
	Head  string          // the last word of Focus, in small letters

	Words   []Word   // all words of Text
	Names   []string // what has a name: "Bank of England", "IP4"
	Phrases []string // what stands in double quotes, which must occur as it is
	Years   []int    // years that are spoken of, filters aside
	Negated bool     // whether a word such as "not" or "without" is among the words

	Filters  []Filter // which publications to look in: those that pass all of them
	Problems []string // a sentence for each filter that makes no sense, saying what to write instead; it is left out

	About About // what is asked of a publication as such, if that is the question
}

// A Word is one word of a Question.
type Word struct {
	Span    corpus.Span // bytes of the question's Text
	Lower   string      // in small letters, without an 's
	Content bool        // whether it says what the question is about, and does not only hold it together
	Focus   bool        // whether it is in the Focus and only tells what sort of thing is wanted, so that what answers need not repeat it
	Name    bool        // whether it is a part of one of the Names
	Capital bool        // whether it has a capital letter, and not because it begins the question
	Number  bool        // whether it begins with a digit
	Quoted  bool        // whether it stands in double quotes
}

// Parse understands text. Dates such as "since June" are taken as they are meant
// at the time now, in its time zone.
func Parse(text string, now time.Time) Question {
	q := Question{}
	text = q.explicit(text, now)
	return q.parse(q.natural(text, now))
}

// Literal is Parse without natural filters: "articles since June" are words to
// look for. It is for a question whose natural filters turned out to be none.
func Literal(text string, now time.Time) Question {
	q := Question{}
	return q.parse(q.explicit(text, now))
}

// parse understands text, from which the filters were taken out.
func (q Question) parse(text string) Question {
	q.Text = text
	ws := words(text)
	q.Phrases = phrases(text)
	p := parser{q: &q, ws: ws}
	p.kind()
	q.About = about(ws[p.start:], text)
	if q.About.Title != "" {
		q.Phrases = nil // it need not stand in the text
	}
	q.Names = p.names()
	q.Words = p.content()
	return q
}
