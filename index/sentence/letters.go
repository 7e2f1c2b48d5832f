package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isUpper reports whether text begins with a capital letter, or with one of a
// script that has none.
func isUpper(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) && !unicode.IsLower(r)
}

// isLower reports whether text begins with a small letter.
func isLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

// isDigit reports whether text begins with a digit.
func isDigit(text string) bool {
	return text != "" && '0' <= text[0] && text[0] <= '9'
}

// isDigits reports whether word is a number in digits alone.
func isDigits(word string) bool {
	for i := range len(word) {
		if !isDigit(word[i:]) {
			return false
		}
	}
	return word != ""
}

// isNumber reports whether text begins with something that is counted or
// counts: a digit, a roman numeral, a single letter, or a sign such as "§".
func isNumber(text string) bool {
	if isDigit(text) || text != "" && strings.ContainsRune("#§$€£", firstRune(text)) {
		return true
	}
	word := firstWord(text)
	return len(word) == 1 || word != "" && strings.Trim(word, "IVXLC") == ""
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// isPlain reports whether word has small letters only.
func isPlain(word string) bool {
	for _, r := range word {
		if !unicode.IsLower(r) {
			return false
		}
	}
	return word != ""
}

// isCamel reports whether text begins with a name such as "iPhone" or "mRNA":
// up to three small letters, then a capital.
func isCamel(text string) bool {
	for i, r := range text {
		if i > 0 && unicode.IsUpper(r) {
			return true
		}
		if i > 2 || !unicode.IsLower(r) {
			return false
		}
	}
	return false
}
