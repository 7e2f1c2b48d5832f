package answertype

import "strings"

// longestClause is the number of words that a reason or a definition has at
// most: what stands farther behind its connective is something else.
const longestClause = 14

// clause reads a cause, a manner, a frequency, a definition or a span of time: a connective and
// what stands behind it in its clause.
func (t *text) clause(i int) reading {
	if !t.tokens[i].is(connective) {
		return t.adverb(i)
	}
	word, after := strings.ToLower(t.word(i)), t.next(i+1)
	r := t.cause(i, word, after)
	if r.n == 0 {
		r = t.manner(i, word, after)
	}
	if r.n == 0 {
		r = t.definition(i, word, after)
	}
	if r.n == 0 {
		r = t.frequency(i, word)
	}
	if r.n == 0 {
		r = t.span(i, word, after)
	}
	return r
}

// rest returns the number of words from word i on to the end of its clause.
func (t *text) rest(i int) int {
	n := 1
	for i+n < len(t.tokens) && n < longestClause && t.tokens[i+n].gap <= joined && !t.tokens[i+n].is(breaker) {
		n++
	}
	return n
}

// next returns word i in small letters, or nothing if there is none or
// a mark stands before it.
func (t *text) next(i int) string {
	if i < len(t.tokens) && t.tokens[i].gap <= joined {
		return strings.ToLower(t.word(i))
	}
	return ""
}

func (t *text) cause(i int, word, after string) reading {
	sure := false
	switch word {
	case "because", "therefore", "thus", "hence", "reason", "reasons", "owing", "prompted", "motivated", "caused", "causes", "causing", "cause":
		sure = true
	case "due", "thanks", "leads", "leading", "lead", "led", "attributed":
		sure = after == "to"
	case "so":
		sure = after == "that" || t.tokens[i].gap == comma
	case "in":
		sure = after == "order" || after == "response"
	case "since", "as":
		return t.since(i, after)
	case "result", "results", "resulted", "resulting":
		sure = after == "from" || after == "in" || after == "of"
	case "for":
		sure = strings.HasSuffix(after, "ing") || after == "not"
	case "fear":
		sure = after == "of" || after == "that"
	case "to":
		return t.purpose(i)
	}
	if !sure {
		return reading{}
	}
	return reading{t.rest(i), Cause, 0}
}

// since reads "since" and "as" where they give a reason, which is uncertain, and
// "as a result".
func (t *text) since(i int, after string) reading {
	if after == "a" && t.next(i+2) == "result" {
		return reading{t.rest(i), Cause, 0}
	}
	if i+1 < len(t.tokens) && t.tokens[i+1].shape == digits || t.tokens[i].gap < comma {
		return reading{}
	}
	return reading{t.rest(i), 0, Cause}
}

// purpose reads "to" before a verb.
func (t *text) purpose(i int) reading {
	if i+1 < len(t.tokens) && t.tokens[i+1].shape == small && !t.tokens[i+1].is(opener|link|at) && t.tokens[i].gap != joined {
		return reading{t.rest(i), 0, Cause | Manner}
	}
	return reading{}
}

func (t *text) manner(i int, word, after string) reading {
	switch word {
	case "by":
		if strings.HasSuffix(after, "ing") || after == "means" || after == "way" {
			return reading{t.rest(i), Manner, 0}
		}
		return reading{t.rest(i), 0, Manner}
	case "through", "via", "using":
		return reading{t.rest(i), Manner, 0}
	}
	return reading{}
}

// adverb reads an adverb that may tell how something is done.
func (t *text) adverb(i int) reading {
	if word := t.word(i); t.tokens[i].shape == small && len(word) > 5 && strings.HasSuffix(word, "ly") {
		return reading{1, 0, Manner}
	}
	return reading{}
}

func (t *text) definition(i int, word, after string) reading {
	switch word {
	case "is", "was", "are", "were":
		switch after {
		case "a", "an":
			return reading{t.rest(i), Definition, 0}
		case "the", "any", "one", "known", "called", "defined", "considered":
			return reading{t.rest(i), 0, Definition}
		}
	case "refers", "refer", "referred", "stands", "describes", "term", "termed", "called", "defined":
		return reading{t.rest(i), Definition, 0}
	case "known":
		if after == "as" {
			return reading{t.rest(i), Definition, 0}
		}
	case "means":
		if i > 0 && strings.ToLower(t.word(i-1)) != "by" {
			return reading{t.rest(i), Definition, 0}
		}
	}
	return reading{}
}

func (t *text) frequency(i int, word string) reading {
	n := 0
	switch word {
	case "every", "each", "per":
		for i+n+1 < len(t.tokens) && n < 3 && t.tokens[i+n+1].is(timeUnit|number|fraction|month) {
			n++
		}
		if n > 0 {
			return reading{n + 1, Frequency, 0}
		}
	case "annually", "monthly", "weekly", "daily", "yearly", "hourly", "quarterly", "biennial", "annual":
		return reading{1, Frequency, 0}
	case "twice":
		return reading{1, Frequency, Number}
	case "often", "usually", "frequently", "rarely", "regularly", "always", "sometimes", "occasionally", "seldom", "never":
		return reading{1, 0, Frequency}
	}
	return reading{}
}

// span reads how long or when something was that is told by another event:
// "since 1979", "until the vote", "when the ice melts". All of it is uncertain.
func (t *text) span(i int, word, after string) reading {
	switch word {
	case "since", "until", "from":
		if i+1 < len(t.tokens) && (t.tokens[i+1].shape == digits || t.tokens[i+1].is(month|season|relative)) {
			return reading{t.rest(i), 0, Duration}
		}
	case "when", "during", "after", "before":
		if after != "" {
			return reading{t.rest(i), 0, Date}
		}
	case "double", "triple", "twice":
		return reading{1, 0, Number}
	}
	return reading{}
}
