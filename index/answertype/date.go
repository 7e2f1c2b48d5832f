package answertype

import "strings"

// date reads a date or a time of the day.
func (t *text) date(i int) reading {
	tok := t.tokens[i]
	switch {
	case tok.is(month) && tok.named():
		return t.monthDate(i)
	case tok.is(relative | season):
		return t.relativeDate(i)
	case tok.shape == digits:
		return t.digitDate(i)
	case tok.is(century) && t.follows(i+1, blank) && t.isCentury(i+1):
		return reading{2, Date, 0}
	case tok.is(number):
		return t.elapsed(i, t.quantity(i))
	}
	return reading{}
}

// monthDate reads a date that begins with a month or a day of the week.
func (t *text) monthDate(i int) reading {
	n := 1
	for i+n < len(t.tokens) && t.tokens[i+n].gap <= comma && t.isDatePart(i+n) {
		n++
	}
	if n == 1 && t.tokens[i].gap == stop {
		return reading{n, 0, Date}
	}
	return reading{n, Date, 0}
}

// isDatePart reports whether word i can go on a date: a day, a year or a month.
func (t *text) isDatePart(i int) bool {
	tok := t.tokens[i]
	return tok.is(month) && tok.named() || tok.shape == digits && (tok.end-tok.start <= 2 || t.ordinal(i) || t.year(i))
}

// relativeDate reads "last April", "early 2016", "next week", "yesterday".
func (t *text) relativeDate(i int) reading {
	n := 1
	for i+n < len(t.tokens) && t.tokens[i+n].gap <= joined {
		next := t.tokens[i+n]
		if !next.is(timeUnit|season|relative) && !t.isDatePart(i+n) && !t.decade(i+n) {
			break
		}
		n++
	}
	switch word := t.word(i); {
	case n > 1:
		return reading{n, Date, 0}
	case t.tokens[i].is(season), word == "yesterday", word == "today", word == "tomorrow", word == "tonight":
		return reading{n, 0, Date}
	}
	return reading{}
}

// digitDate reads a date that begins with digits.
func (t *text) digitDate(i int) reading {
	next := token{gap: stop}
	if i+1 < len(t.tokens) {
		next = t.tokens[i+1]
	}
	switch {
	case next.is(month) && next.named() && next.gap <= joined:
		return reading{1 + t.monthDate(i+1).n, Date, 0}
	case t.ordinal(i) && next.is(timeUnit) && next.gap <= joined:
		return reading{2, Date, 0}
	case t.ordinal(i) && i > 0 && t.tokens[i-1].is(month):
		return reading{1, Date, 0}
	case t.decade(i), t.clock(i):
		return reading{1, Date, 0}
	case t.halfDay(i + 1), t.era(i + 1):
		return reading{2, Date, 0}
	case i > 0 && t.era(i-1) && t.tokens[i].gap == blank:
		return reading{1, Date, 0}
	case t.year(i):
		return t.yearDate(i, next)
	}
	return t.elapsed(i, t.quantity(i))
}

// yearDate reads a year, and the one that follows in "1980–85".
func (t *text) yearDate(i int, next token) reading {
	if next.gap == joined && next.shape == digits && next.end-next.start <= 4 {
		return reading{2, Date, 0}
	}
	if next.gap == blank && next.is(timeUnit|unit|money|scale|people) || t.counts(i) {
		return reading{}
	}
	return reading{1, Date, 0}
}

// counts reports whether the sign or the word before word i says that a number
// follows.
func (t *text) counts(i int) bool {
	if sign(t.string[:t.tokens[i].start], "") > 0 {
		return true
	}
	if i == 0 {
		return false
	}
	switch t.word(i - 1) {
	case "about", "approximately", "nearly", "almost", "over", "some", "than", "exactly":
		return true
	}
	return false
}

// elapsed reads "three years later" and "ago", a date told by the time between.
func (t *text) elapsed(i, n int) reading {
	if n == 0 || i+n+1 >= len(t.tokens) || !t.tokens[i+n].is(timeUnit) {
		return reading{}
	}
	switch t.word(i + n + 1) {
	case "later", "ago", "earlier", "before", "after":
		return reading{n + 2, Date, Duration}
	}
	return reading{}
}

// isCentury reports whether word i is one that is counted from the beginning of
// the era.
func (t *text) isCentury(i int) bool {
	switch t.word(i) {
	case "century", "centuries", "millennium", "millennia":
		return true
	}
	return false
}

func (t *text) word(i int) string {
	return t.string[t.tokens[i].start:t.tokens[i].end]
}

// year reports whether word i is a number that can be a year.
func (t *text) year(i int) bool {
	word := t.word(i)
	return len(word) == 4 && (word[0] == '1' || word[0] == '2' && word[1] <= '1') && allDigits(word)
}

func (t *text) decade(i int) bool {
	word := strings.TrimPrefix(strings.TrimPrefix(t.word(i), "'"), "’")
	return len(word) >= 3 && strings.HasSuffix(word, "0s") && allDigits(word[:len(word)-1])
}

func (t *text) clock(i int) bool {
	hour, minute, ok := strings.Cut(t.word(i), ":")
	return ok && len(hour) <= 2 && len(minute) == 2
}

func (t *text) ordinal(i int) bool {
	word := t.word(i)
	if len(word) < 3 || !isDigit(word[0]) {
		return false
	}
	switch word[len(word)-2:] {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

func (t *text) halfDay(i int) bool {
	if !t.follows(i, blank) && !t.follows(i, joined) {
		return false
	}
	switch t.word(i) {
	case "a.m.", "p.m.", "am", "pm", "AM", "PM", "o'clock":
		return true
	}
	return false
}

func (t *text) era(i int) bool {
	if i >= len(t.tokens) {
		return false
	}
	switch t.word(i) {
	case "BC", "BCE", "AD", "CE", "B.C.", "A.D.":
		return true
	}
	return false
}

func allDigits(word string) bool {
	for i := 0; i < len(word); i++ {
		if !isDigit(word[i]) {
			return false
		}
	}
	return true
}
