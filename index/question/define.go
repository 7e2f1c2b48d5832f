package question

import (
	"strings"

	"rapporteur/corpus"
	"rapporteur/index/answertype"
)

// defined returns the place in sentence that says what the focus is, if there is
// one: behind it ("X is a …", "X, a …", "X (…)", "X means …") or before it
// ("… known as X", "… called X", "… (X)").
func (q *Question) defined(sentence string, ws []spoken) []Candidate {
	var found []Candidate
	for i, w := range ws {
		if !w.head {
			continue
		}
		if span, sure := definition(sentence, ws, i); span.End > span.Start {
			m := answertype.Mention{Type: answertype.Definition, Span: span, Sure: sure}
			found = append(found, Candidate{Mention: m, Near: true, Fits: true})
		}
	}
	return found
}

// definition returns what defines the term that ends with word i of ws.
func definition(sentence string, ws []spoken, i int) (span corpus.Span, sure bool) {
	term := ws[i].span
	behind := sentence[term.End:]
	before := strings.TrimRight(strings.TrimRight(sentence[:term.Start], " "), `"“‘'(`)
	if strings.HasPrefix(behind, ")") && len(before) < term.Start {
		start := max(strings.LastIndexAny(before, ",;:.")+1, 0)
		return trimmed(sentence, corpus.Span{Start: start, End: len(before)}), true
	}
	for _, d := range behindTerm {
		if n := prefixFold(behind, d.words); n > 0 {
			return clauseFrom(sentence, term.End+n), d.sure
		}
	}
	for j := max(0, i-6); j <= i; j++ {
		head := strings.TrimRight(sentence[:ws[j].span.Start], ` "“‘'`)
		for _, words := range beforeTerm {
			if strings.HasSuffix(head, words) {
				start := max(strings.LastIndexAny(head[:len(head)-len(words)], ",;:.")+1, 0)
				return trimmed(sentence, corpus.Span{Start: start, End: len(head) - len(words)}), j == i || i-j < 3
			}
		}
	}
	return span, false
}

// behindTerm are the words that stand between a term and what it means.
var behindTerm = [...]struct {
	words string
	sure  bool
}{
	{" is a ", true}, {" is an ", true}, {" was a ", true}, {" was an ", true}, {" are a ", true}, {" are an ", true}, {" is the ", true}, {" was the ", true},
	{" is one ", true}, {" means ", true}, {" mean ", true}, {" refers to ", true}, {" refer to ", true}, {" stands for ", true}, {" is any ", true}, {" describes ", true},
	{" denotes ", true}, {" is defined as ", true}, {" is short for ", true}, {", a ", true}, {", an ", true}, {", the ", true}, {", which ", true}, {", or ", true},
	{", meaning ", true}, {" meaning ", true}, {" (", true}, {", also ", false}, {" are ", false}, {" is ", false}, {" was ", false}, {" were ", false}, {" consists of ", false}, {": ", false},
}

// beforeTerm are the words that stand between what a term means and the term.
var beforeTerm = [...]string{" known as", " called", " named", " termed", " or", " i.e.", " namely", " include", " such as"}

// prefixFold returns the length of what s begins with up to the end of words:
// a closing mark may stand before them.
func prefixFold(s, words string) int {
	rest := strings.TrimLeft(s, `"”’'s)`)
	if !strings.HasPrefix(rest, words) {
		return 0
	}
	return len(s) - len(rest) + len(words)
}

// clauseFrom returns the clause of sentence from byte start on.
func clauseFrom(sentence string, start int) corpus.Span {
	end := len(sentence)
	if i := strings.IndexAny(sentence[start:], ",;:()."); i > 0 {
		end = start + i
	}
	return trimmed(sentence, corpus.Span{Start: start, End: end})
}

// trimmed returns s without white space and brackets at its ends.
func trimmed(sentence string, s corpus.Span) corpus.Span {
	const marks = " \"“”()"
	text := sentence[s.Start:s.End]
	s.End -= len(text) - len(strings.TrimRight(text, marks))
	s.Start += len(text) - len(strings.TrimLeft(text, marks))
	return s
}
