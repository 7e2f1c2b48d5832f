package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	porter "github.com/blevesearch/go-porterstemmer"
	"golang.org/x/text/unicode/norm"
)

// Fold returns s as somebody would type it on a plain keyboard: "São" as
// "Sao", "Müller" as "Muller", curly quotes straight, and every hyphen and
// dash as "-". Case and all scripts but Latin and Greek stay as they are, and
// invisible characters are left out. It serves to compare texts, never to show
// them.
func Fold(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	plain := false // whether the last letter was Latin or Greek, whose marks are dropped
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "\ufffd")) {
		if isInvisible(r) || plain && r >= 0x300 && r <= 0x36F {
			continue
		}
		if !unicode.Is(unicode.Mn, r) {
			folded := foldRune(r)
			plain = folded < 0x250 || folded >= 0x370 && folded < 0x400
		}
		writeFolded(&b, r)
	}
	return norm.NFC.String(b.String())
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isInvisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return false
}

func writeFolded(b *strings.Builder, r rune) {
	switch r {
	case 'ß':
		b.WriteString("ss")
	case 'ẞ':
		b.WriteString("SS")
	case 'æ':
		b.WriteString("ae")
	case 'Æ':
		b.WriteString("AE")
	case 'œ':
		b.WriteString("oe")
	case 'Œ':
		b.WriteString("OE")
	case 'þ':
		b.WriteString("th")
	case 'Þ':
		b.WriteString("Th")
	default:
		b.WriteRune(foldRune(r))
	}
}

func foldRune(r rune) rune {
	switch r {
	case 'ø':
		return 'o'
	case 'Ø':
		return 'O'
	case 'ł':
		return 'l'
	case 'Ł':
		return 'L'
	case 'đ', 'ð':
		return 'd'
	case 'Đ', 'Ð':
		return 'D'
	case 'ħ':
		return 'h'
	case 'Ħ':
		return 'H'
	case 'ı':
		return 'i'
	case 'ŧ':
		return 't'
	case 'Ŧ':
		return 'T'
	case 'ŋ':
		return 'n'
	case 'Ŋ':
		return 'N'
	case '‘', '’', '‚', '‛', 'ʼ', 'ʻ', '′', '´', 'ʾ', 'ʿ':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	case '⁄':
		return '/'
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// Stem returns the term of word that passages are indexed by: folded, without
// case, the possessive 's and the English endings, by Porter's rules.
func Stem(word string) string {
	return porterStem(plain(word))
}

func porterStem(word string) string {
	return string(porter.StemWithoutLowerCasing([]rune(word)))
}

// plain returns word folded, in small letters and without the possessive 's.
func plain(word string) string {
	word = Fold(strings.ToLower(Fold(word))) // some small letters fold where their capitals do not
	return strings.TrimSuffix(word, "'s")
}
