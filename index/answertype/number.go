package answertype

import "strings"

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
	rest := t.string[last.end:]
	if kind := currency(t.string[:first.start], rest); kind != 0 {
		return reading{n, kind, Number}
	}
	if strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, " %") {
		return reading{n, Percent, Number}
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
	case word == "percent", word == "per" && i+n+1 < len(t.tokens) && t.word(i+n+1) == "cent":
		return reading{n + 1, Percent, Number}
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
	if t.word(i) == "half" || i > 0 && t.word(i-1) == "a" && i+1 < len(t.tokens) && t.word(i+1) == "of" {
		return reading{1, Percent, Number}
	}
	return reading{}
}

// currency returns Money if a sign of a currency stands right before or behind
// a number, or Measure for a sign of degrees.
func currency(before, behind string) Type {
	for _, sign := range [...]string{"$", "€", "£", "¥"} {
		if strings.HasSuffix(before, sign) || strings.HasPrefix(behind, sign) || strings.HasPrefix(behind, " "+sign) {
			return Money
		}
	}
	if strings.HasPrefix(behind, "°") || strings.HasPrefix(behind, " °") {
		return Measure
	}
	return 0
}
