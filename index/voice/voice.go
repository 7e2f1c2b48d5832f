// Package voice tells whose claim a sentence is: its author's own, one that the
// author reports of somebody else, or one that is quoted from somebody else.
//
// It goes by English verbs of saying and by quotation marks. It errs towards
// the author: what it does not recognise is the author's own claim.
package voice

import (
	"strings"
	"unicode"
)

// A Kind is how a sentence comes by its claim.
type Kind uint8

// The kinds.
const (
	Own    Kind = iota // the author claims it
	Report             // the author says that somebody said it
	Quoted             // the author quotes somebody
)

var kindNames = [...]string{"", "reporting", "quoting"}

// A Voice tells whose claim a sentence is.
type Voice struct {
	Kind Kind
	Who  string // who said it, in words of the sentence; empty for Own and if that is not told
}

// String says the voice as it stands beside a quote: "reporting Mark Rutte",
// "quoting somebody", or nothing for the author's own claim.
func (v Voice) String() string {
	switch {
	case v.Kind == Own:
		return ""
	case v.Who == "":
		return kindNames[v.Kind] + " somebody"
	}
	return kindNames[v.Kind] + " " + v.Who
}

// longQuotation is how many words in quotation marks are speech and not a term
// or a title.
const longQuotation = 4

// Of returns the voice of a sentence, or of a few of which the first that is
// somebody else's tells.
func Of(sentence string) Voice {
	t := read(sentence)
	if v := t.accordingTo(); v.Kind != Own {
		return v
	}
	for i := range t {
		if v := t.saying(i); v.Kind != Own {
			return v
		}
	}
	return Voice{}
}

// A text is the words of a sentence.
type text []word

// A word is one of them.
type word struct {
	as     string // as it is written, without the marks around it
	lower  string
	owner  bool // whether an 's was taken off it
	quoted bool // whether it stands in double quotation marks
	comma  bool // whether a mark stands behind it
	opens  bool // whether a quotation begins with it
	closes bool // whether one ends with it
}

// read returns the words of s.
func read(s string) text {
	var t text
	quoted := false
	for _, field := range strings.Fields(strings.NewReplacer("—", " — ", "–", " – ").Replace(s)) {
		w := word{as: strings.TrimFunc(field, isMark)}
		head, tail, _ := strings.Cut(field, w.as)
		w.opens = strings.ContainsAny(head, `"“„«`) && (!quoted || strings.ContainsAny(head, "“„«"))
		quoted = quoted || w.opens
		w.quoted = quoted
		w.closes = quoted && strings.ContainsAny(tail, `"”»`)
		quoted = quoted && !w.closes
		w.comma = tail != "" || w.as == ""
		w.as, w.owner = withoutPossessive(w.as)
		w.lower = strings.ToLower(w.as)
		if w.as == "" && len(t) > 0 {
			t[len(t)-1].comma = true
			continue
		}
		t = append(t, w)
	}
	return t
}

func isMark(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '%' && r != '$'
}

func withoutPossessive(w string) (whole string, owner bool) {
	whole = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
	return whole, whole != w
}

// at returns word i in small letters, or nothing.
func (t text) at(i int) string {
	if i < 0 || i >= len(t) {
		return ""
	}
	return t[i].lower
}

// speech reports whether a quotation of some length stands in t.
func (t text) speech() bool {
	n := 0
	for _, w := range t {
		if w.opens {
			n = 0
		}
		if w.quoted {
			n++
		}
		if n >= longQuotation {
			return true
		}
	}
	return false
}

// kind returns the kind of what somebody says in t.
func (t text) kind() Kind {
	if t.speech() {
		return Quoted
	}
	return Report
}
