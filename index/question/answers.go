package question

import (
	"strings"

	"rapporteur/corpus"
	"rapporteur/index/answertype"
)

// How far from a mention, in words, what is asked about may stand to be Near it,
// and what is counted or named to Fit it.
const (
	nearWords = 5
	fitWords  = 2
)

// A Candidate is words of a sentence that may be the answer itself.
type Candidate struct {
	answertype.Mention

	// Near tells that a word that the question is about stands within a few
	// words of it.
	Near bool

	// Fits tells that the head of the question's focus stands in it or beside
	// it: "two universities" for "how many universities", or "the Treaty of
	// Rome" for "which treaty".
	Fits bool
}

// Answers returns the mentions in sentence of what the question wants, in their
// order, without those that only repeat words of the question. A question that
// wants nothing of a sort has none.
func (q *Question) Answers(sentence string) []Candidate {
	if q.Wants == 0 {
		return nil
	}
	var room [64]spoken
	if q.Wants == answertype.Definition && q.Focus != "" {
		return q.defined(sentence, q.spoken(room[:0], sentence))
	}
	var some [16]answertype.Mention
	mentions := answertype.Append(some[:0], sentence, q.Wants)
	if len(mentions) == 0 {
		return nil
	}
	ws := q.spoken(room[:0], sentence)
	var kept []Candidate
	for _, m := range mentions {
		if c, ok := candidate(m, ws); ok {
			kept = append(kept, c)
		}
	}
	return kept
}

// A spoken word is one of a sentence that may answer, and what it repeats of
// the question.
type spoken struct {
	span    corpus.Span
	repeats bool // a word of the question, or one that only links
	content bool // a word that the question is about
	head    bool // the head of its focus
}

// spoken appends the words of sentence to ws.
func (q *Question) spoken(ws []spoken, sentence string) []spoken {
	for i := 0; i < len(sentence); {
		n := plainLength(sentence[i:])
		switch {
		case n > 0:
			ws = append(ws, q.compare(sentence[i:i+n], i))
			i += n
		case strings.HasPrefix(sentence[i:], punctuation):
			i = min(i+len("—"), len(sentence))
		default:
			i++
		}
	}
	return ws
}

// punctuation is what the dashes and quotation marks beyond ASCII begin with, in
// UTF-8.
const punctuation = "\xe2\x80"

// plainLength returns the length of the word that s begins with, up to the next
// mark, or 0 if it begins with one.
func plainLength(s string) int {
	n := 0
	for n < len(s) {
		c := s[n]
		if c < 0x80 && !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9') || c == punctuation[0] && strings.HasPrefix(s[n:], punctuation) {
			break
		}
		n++
	}
	return n
}

// compare returns what word, at byte start of a sentence, repeats.
func (q *Question) compare(word string, start int) spoken {
	s := spoken{span: corpus.Span{Start: start, End: start + len(word)}}
	s.repeats = isLink(word) || word == "s"
	for i := range q.Words {
		w := &q.Words[i]
		if !alike(w.Lower, word) {
			continue
		}
		s.repeats = s.repeats || len(w.Lower) == len(word)
		s.content = s.content || w.Content && !w.Focus
		s.head = s.head || w.Lower == q.Head && (w.Focus || q.Wants == answertype.Definition)
	}
	return s
}

// alike reports whether a word of the question, in small letters, and one of
// a sentence are the same but for their endings.
func alike(asked, word string) bool {
	if asked[0]|0x20 != word[0]|0x20 {
		return false
	}
	if len(asked) == len(word) {
		return strings.EqualFold(asked, word)
	}
	short := min(len(asked), len(word))
	if short < 3 || max(len(asked), len(word))-short > 3 {
		return false
	}
	stem := max(3, short-1-short/6)
	return strings.EqualFold(asked[:stem], word[:stem]) && (short > 4 || strings.EqualFold(asked[:short], word[:short]))
}

// candidate returns m with what stands around it in ws; it is none if it only
// repeats words of the question.
func candidate(m answertype.Mention, ws []spoken) (c Candidate, ok bool) {
	c.Mention = m
	first, last := 0, -1
	for i, w := range ws {
		if w.span.End <= m.Span.Start {
			first = i + 1
		}
		if w.span.Start < m.Span.End {
			last = i
		}
	}
	for i := max(0, first-nearWords); i < min(len(ws), last+1+nearWords); i++ {
		inside := first <= i && i <= last
		ok = ok || inside && !ws[i].repeats
		c.Near = c.Near || ws[i].content
		c.Fits = c.Fits || ws[i].head && first-fitWords <= i && i <= last+fitWords
	}
	return c, ok
}
