package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/corpus"
)

// Trim returns s without the list marker it may begin with, such as "- ",
// "• ", "1. ", "3.2. ", "(a) " or "iv) ". It returns s as it is if there is
// none or nothing behind it.
func Trim(text string, s corpus.Span) corpus.Span {
	part := text[s.Start:s.End]
	n := marker(part)
	if n == 0 {
		return s
	}
	body := strings.TrimLeftFunc(part[n:], unicode.IsSpace)
	if body == "" {
		return s
	}
	s.Start = s.End - len(body)
	return s
}

// marker returns the length of the list marker that text begins with, or 0.
// A marker is followed by white space, which is not counted.
func marker(text string) int {
	n := bullet(text)
	if n == 0 {
		n = count(text)
	}
	if n == 0 || n == len(text) {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(text[n:]); !unicode.IsSpace(r) {
		return 0
	}
	return n
}

func bullet(text string) int {
	r, n := utf8.DecodeRuneInString(text)
	switch r {
	case '-', '*', '+', '•', '▪', '●', '◦', '‣', '·', '■', '–', '—', '➢', '✓', '►', '→':
		return n
	}
	return 0
}

// count returns the length of a marker that counts: a short number, a small
// letter or a small roman numeral, in brackets or before one, or before a full
// stop. A number before the name of a month is a date, and a capital letter
// before a full stop an initial.
func count(text string) int {
	body := strings.TrimPrefix(text, "(")
	end := strings.IndexAny(body, ") \u00a0")
	if end <= 0 || end > maxCount {
		return 0
	}
	label := body[:end]
	if body[end] == ')' {
		if isCount(label) || len(label) == 1 && isUpper(label) {
			return len(text) - len(body) + end + 1
		}
		return 0
	}
	label, dotted := strings.CutSuffix(label, ".")
	if !dotted || len(body) < len(text) || !isCount(label) {
		return 0
	}
	if isOrdinalNoun(firstWord(strings.TrimLeft(body[end:], " \u00a0"))) {
		return 0
	}
	return end
}

// maxCount is the length of the longest label that counts, in bytes, such as
// "10.12.3.": what is longer is text.
const maxCount = 8

// isCount reports whether label is a number of up to three digits, such
// numbers parted by full stops, a small letter, or a small roman numeral.
func isCount(label string) bool {
	if len(label) == 1 && 'a' <= label[0] && label[0] <= 'z' {
		return true
	}
	if strings.Trim(label, "ivx") == "" {
		return label != ""
	}
	for part := range strings.SplitSeq(label, ".") {
		if !isDigits(part) || len(part) > 3 {
			return false
		}
	}
	return true
}
