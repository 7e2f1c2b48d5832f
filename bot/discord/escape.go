package discord

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// inline holds the characters that begin markup, a mention or an emoji
// anywhere in a line. A colon is one only if something follows it at once.
const inline = "\\`*_~|<@["

// units returns the length of s as Discord counts it.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// escape returns text so that Discord shows it exactly: a backslash stands
// before each character that would be read as markup, and before the colon of
// an address, which would be made a link of with the backslashes in it.
func escape(text string) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		rest := strings.TrimLeftFunc(line, unicode.IsSpace)
		b.WriteString(line[:len(line)-len(rest)])
		rest = escapeStart(&b, rest)
		escapeInline(&b, rest)
	}
	return b.String()
}

// escapeStart writes what makes line a heading, a quotation, an item or small
// letters, escaped, and returns the rest.
func escapeStart(b *strings.Builder, line string) (rest string) {
	rest = strings.TrimLeft(line, "0123456789")
	number := line[:len(line)-len(rest)]
	b.WriteString(number)
	if rest == "" || number == "" && !strings.ContainsRune("#>-+", rune(rest[0])) || number != "" && rest[0] != '.' {
		return rest
	}
	b.WriteByte('\\')
	b.WriteByte(rest[0])
	return rest[1:]
}

func escapeInline(b *strings.Builder, line string) {
	for i, r := range line {
		next := strings.TrimLeftFunc(line[i+1:min(i+2, len(line))], unicode.IsSpace)
		if strings.ContainsRune(inline, r) || r == ':' && next != "" {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
}

// cut returns as much of text as has at most limit units once dressed, with an
// ellipsis in place of the rest. It is for words that are no quotation.
func cut(text string, limit int, dressed func(string) string) string {
	if whole := dressed(text); units(whole) <= limit {
		return whole
	}
	runes := []rune(text)
	low, high := 0, len(runes) // what low runes make fits
	for low+1 < high {
		if mid := (low + high) / 2; units(dressed(string(runes[:mid])+"…")) <= limit {
			low = mid
		} else {
			high = mid
		}
	}
	return dressed(string(runes[:low]) + "…")
}

// plain is for what Discord shows as it is.
func plain(text string) string { return text }
