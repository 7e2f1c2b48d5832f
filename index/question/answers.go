package question

import (
	"strings"

	"rapporteur/index/answertype"
)

// Answers returns the mentions in sentence of what the question wants, in their
// order, without those that only repeat words of the question. A question that
// wants nothing of a sort has none.
func (q *Question) Answers(sentence string) []answertype.Mention {
	found := answertype.Find(sentence, q.Wants)
	kept := found[:0]
	for _, m := range found {
		if !q.repeats(sentence[m.Span.Start:m.Span.End]) {
			kept = append(kept, m)
		}
	}
	return kept
}

// repeats reports whether each word of mention is one of the question.
func (q *Question) repeats(mention string) bool {
	for w := range strings.FieldsFuncSeq(mention, func(r rune) bool { return !isWordRune(r) }) {
		if !q.has(w) {
			return false
		}
	}
	return true
}

// has reports whether w is a word of the question, whatever its case.
func (q *Question) has(w string) bool {
	if isLink(w) || w == "s" {
		return true
	}
	for i := range q.Words {
		if strings.EqualFold(q.Words[i].Lower, w) {
			return true
		}
	}
	return false
}
