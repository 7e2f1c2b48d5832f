package answertype

import (
	"strings"

	"rapporteur/corpus"
)

// number reads a number with its unit.
func (t *text) number(i int) reading {
	n := t.quantity(i)
	if n == 0 {
		return t.fraction(i)
	}
	if t.clock(i) {
		return reading{n, Date, Duration}
	}
	first, last := t.tokens[i], t.tokens[i+n-1]
	before, behind := t.string[:first.start], t.string[last.end:]
	switch {
	case sign(before, behind) > 0:
		return reading{n, Money, Number}
	case strings.HasPrefix(strings.TrimPrefix(behind, " "), "%"):
		return reading{n, Percent, Number}
	case strings.HasPrefix(strings.TrimPrefix(behind, " "), "°"):
		return reading{n, Measure, Number}
	}
	if i+n < len(t.tokens) && t.tokens[i+n].gap <= joined {
		if r := t.counted(i, n); r.n > 0 {
			return r
		}
	}
	if n == 1 && t.word(i) == "one" {
		return reading{n, 0, Number}
	}
	return reading{n, Number, Measure}
}

// counted reads the unit behind n words of a number.
func (t *text) counted(i, n int) reading {
	next := t.tokens[i+n]
	switch word := t.word(i + n); {
	case next.is(timeUnit):
		return reading{n + 1, Duration, Number}
	case word == "percent":
		return reading{n + 1, Percent, Number}
	case word == "per" && t.next(i+n+1) == "cent":
		return reading{n + 2, Percent, Number}
	case next.is(money):
		return reading{n + 1, Money, Number}
	case next.is(unit):
		return reading{n + 1, Measure, Number}
	case next.is(fraction):
		return reading{n + 1, Percent | Number, 0}
	}
	return reading{}
}

// quantity returns how many words the number has that begins with word i, or 0.
func (t *text) quantity(i int) int {
	n := 0
	for i+n < len(t.tokens) && (n == 0 || t.tokens[i+n].gap <= joined) {
		tok := t.tokens[i+n]
		if !tok.is(number) && (tok.shape != digits || n > 0 && tok.gap != joined) || t.ordinal(i+n) {
			break
		}
		n++
	}
	return n
}

// fraction reads "half" and "a third of".
func (t *text) fraction(i int) reading {
	if !t.tokens[i].is(fraction) {
		return reading{}
	}
	if t.next(i) == "half" || t.word(i) == "Half" || i > 0 && t.word(i-1) == "a" && i+1 < len(t.tokens) && t.word(i+1) == "of" {
		return reading{1, Percent, Number}
	}
	return reading{}
}

// sign returns the length of the sign of a currency that stands right before or
// right behind a number, or 0.
func sign(before, behind string) int {
	for _, sign := range [...]string{"$", "€", "£", "¥"} {
		rest, ok := strings.CutPrefix(behind, sign)
		if ok && (rest == "" || !isDigit(rest[0])) || strings.HasSuffix(before, sign) {
			return len(sign)
		}
	}
	return 0
}

// withSign returns the span of a number with the signs that stand around it.
func (t *text) withSign(s corpus.Span) corpus.Span {
	s.Start -= sign(t.string[:s.Start], "")
	s.End += sign("", t.string[s.End:])
	for _, percent := range [...]string{"%", " %"} {
		if strings.HasPrefix(t.string[s.End:], percent) {
			s.End += len(percent)
		}
	}
	return s
}
