package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ligatures holds what the characters from U+FB00 stand for.
var ligatures = [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}

// accents holds the accents that TeX puts before the letter that bears them,
// and what Unicode puts after it.
var accents = map[rune]rune{'¨': 0x308, '´': 0x301, 'ˆ': 0x302, '˜': 0x303, 'ˇ': 0x30c, '˚': 0x30a, '¸': 0x327}

// symbols holds the marks of lists in the fonts Symbol and Wingdings, which
// have no places in Unicode of their own.
var symbols = map[rune]rune{0xf0b7: '•', 0xf0a7: '▪', 0xf0d8: '➢', 0xf0fc: '✓', 0xf0e0: '→', 0xf02d: '-', 0xf06e: '■', 0xf071: '❑', 0xf076: '❖'}

// letters returns text with ligatures spelt out, accents on their letters, and
// without invisible hyphens.
func letters(text []rune) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		r := text[i]
		if symbol, ok := symbols[r]; ok {
			r = symbol
		}
		over, ok := accents[r]
		switch {
		case ok && i+1 < len(text) && unicode.IsLetter(text[i+1]):
			i++
			b.WriteString(accented(text[i], over))
		case '\ufb00' <= r && r <= '\ufb06':
			b.WriteString(ligatures[r-'\ufb00'])
		case r != softHyphen:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// accented returns a letter under an accent.
func accented(letter, over rune) string {
	switch letter {
	case 'ı':
		letter = 'i'
	case 'ȷ':
		letter = 'j'
	}
	return norm.NFC.String(string([]rune{letter, over}))
}
