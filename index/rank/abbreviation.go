package rank

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths of what can be an abbreviation, in bytes, and of what it stands for.
const (
	shortest, longest = 2, 10
	usualLong         = 80 // bytes before the parenthesis that are looked at
)

// An Abbreviation is one that a publication explains: "Court of Auditors (CoA)".
type Abbreviation struct {
	short uint32   // hash of the abbreviation's term
	long  []uint32 // hashes of the terms of what it stands for
}

// Abbreviations returns those that text explains in parentheses, by the rule
// of Schwartz and Hearst (2003): all characters of the short form stand in the
// long one, in this order, and the first one begins it.
func (w *Words) Abbreviations(text string) []Abbreviation {
	var all []Abbreviation
	for at := 0; ; {
		open := strings.IndexByte(text[at:], '(')
		if open < 0 {
			return all
		}
		at += open + 1
		end := strings.IndexByte(text[at:min(len(text), at+longest+1)], ')')
		if end < shortest || !isAbbreviation(text[at:at+end]) {
			continue
		}
		long := longForm(text[at:at+end], before(text[:at-1]))
		short := w.Read(text[at : at+end]).tokens
		if long == "" || len(short) != 1 {
			continue
		}
		a := Abbreviation{short: short[0].stem}
		for _, t := range w.Read(long).tokens {
			if t.class.has(content) {
				a.long = append(a.long, t.stem)
			}
		}
		all = append(all, a)
	}
}

// isAbbreviation reports whether s is one word with two capitals or more, or
// with a digit among them.
func isAbbreviation(s string) bool {
	marks := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r), '0' <= r && r <= '9':
			marks++
		case !unicode.IsLetter(r) && r != '-' && r != '.':
			return false
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	return marks >= 2 && unicode.IsLetter(first)
}

// before returns the end of text, up to a sentence's worth.
func before(text string) string {
	text = strings.TrimRight(text[max(0, len(text)-usualLong):], " “\"")
	if i := strings.LastIndexAny(text, ".;:()\n"); i >= 0 {
		text = text[i+1:]
	}
	return text
}

// longForm returns what at the end of text the abbreviation short stands for,
// or nothing.
func longForm(short, text string) string {
	letters := []rune(strings.ToLower(short))
	rest := strings.ToLower(text)
	if len(rest) != len(text) {
		return ""
	}
	for i := len(letters) - 1; i >= 0; i-- {
		if letters[i] == '-' || letters[i] == '.' {
			continue
		}
		at := lastWith(rest, letters[i], i == 0)
		if at < 0 {
			return ""
		}
		rest = rest[:at]
	}
	long := text[len(rest):]
	if words := strings.Fields(long); len(words) < 2 || len(words) > min(len(letters)+5, 2*len(letters)) {
		return ""
	}
	return long
}

// lastWith returns where in text r stands last, or the word for it if it is a
// digit; at the beginning of a word if so wanted.
func lastWith(text string, r rune, begins bool) int {
	said := string(r)
	if '2' <= r && r <= '9' {
		said, begins = [...]string{"two", "three", "four", "five", "six", "seven", "eight", "nine"}[r-'2'], true
	}
	for at := len(text); ; {
		at = strings.LastIndex(text[:at], said)
		if at < 0 || !begins {
			return at
		}
		if last, _ := utf8.DecodeLastRuneInString(text[:at]); at == 0 || !unicode.IsLetter(last) && !unicode.IsDigit(last) {
			return at
		}
	}
}

// A glossary is what the abbreviations of one publication mean for a question.
type glossary struct {
	shorts map[uint32]set // the terms that an abbreviation stands for
	longs  []phrase
}

// A phrase stands for an abbreviation of the question.
type phrase struct {
	stems []uint32
	terms set
}

// glossary returns what abbreviations mean for q, or nil if nothing.
func (q *Query) glossary(all []Abbreviation) *glossary {
	var g glossary
	for _, a := range all {
		var short, long set
		met := 0
		for i := range q.terms {
			if q.terms[i].stem == a.short {
				short |= 1 << i
			}
		}
		for _, stem := range a.long {
			for i := range q.terms {
				if q.terms[i].stem == stem {
					long |= 1 << i
					met++
				}
			}
		}
		if short != 0 {
			g.longs = append(g.longs, phrase{a.long, short})
		}
		if len(a.long) > 0 && met >= len(a.long) {
			if g.shorts == nil {
				g.shorts = map[uint32]set{}
			}
			g.shorts[a.short] |= long
		}
	}
	if g.shorts == nil && g.longs == nil {
		return nil
	}
	return &g
}

// explain enters what tokens say in the other form, short or long.
func (m *match) explain(g *glossary, tokens []token) {
	for i := range tokens {
		m.at[near] |= g.shorts[tokens[i].stem]
		for _, p := range g.longs {
			if p.begins(tokens[i:]) {
				m.at[near] |= p.terms
			}
		}
	}
}

// begins reports whether the content words of tokens begin with p.
func (p phrase) begins(tokens []token) bool {
	n := 0
	for _, t := range tokens {
		switch {
		case n == len(p.stems):
			return true
		case t.stem == p.stems[n]:
			n++
		case n == 0 || t.class.has(content):
			return false
		}
	}
	return n == len(p.stems)
}
