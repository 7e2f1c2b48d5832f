package source

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// prolog is the XML declaration, which names an encoding that is not that of
// the text any more once this is decoded.
var prolog = regexp.MustCompile(`^<\?xml\s[^>]*>`)

// normal returns a feed in UTF-8 and with the faults mended that keep parsers
// from reading it.
func normal(body []byte, kind string) string {
	src := strings.Map(legal, decode(body, kind))
	src = strings.TrimLeft(src, "\ufeff \t\r\n")
	if !strings.HasPrefix(src, "<") {
		return src
	}
	src = strings.TrimLeft(prolog.ReplaceAllString(src, ""), " \t\r\n")
	return reference.ReplaceAllStringFunc(src, keepLegal)
}

// legal returns r, or -1 if XML allows it nowhere.
func legal(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}

// reference is a character given by its number.
var reference = regexp.MustCompile(`&#([0-9]+|[xX][0-9a-fA-F]+);`)

// keepLegal returns ref, or nothing if XML lacks the character, which would
// end the parser's work. A bare ampersand does not: the parser takes it as it is.
func keepLegal(ref string) string {
	digits, base := ref[len("&#"):len(ref)-len(";")], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 21) // as many bits as Unicode has
	if r := rune(n); err != nil || !utf8.ValidRune(r) || legal(r) < 0 {
		return ""
	}
	return ref
}
