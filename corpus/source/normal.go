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
	return mendReferences(src)
}

// legal returns r, or -1 if XML allows it nowhere.
func legal(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}

var reference = regexp.MustCompile(`&(#[0-9]+;|#[xX][0-9a-fA-F]+;|[A-Za-z][A-Za-z0-9]*;)?`)

// mendReferences mends the references of src other than in CDATA sections,
// where there are none.
func mendReferences(src string) string {
	var out strings.Builder
	for src != "" {
		text, rest, found := strings.Cut(src, "<![CDATA[")
		out.WriteString(reference.ReplaceAllStringFunc(text, mendReference))
		if !found {
			break
		}
		data, after, closed := strings.Cut(rest, "]]>")
		out.WriteString("<![CDATA[" + data)
		if closed {
			out.WriteString("]]>")
		}
		src = after
	}
	return out.String()
}

// mendReference returns ref, but a reference to the ampersand for one that
// stands alone, and nothing for the number of a character that XML lacks.
func mendReference(ref string) string {
	digits, isNumber := strings.CutPrefix(ref, "&#")
	switch {
	case ref == "&":
		return "&amp;"
	case !isNumber:
		return ref
	}
	base := 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(strings.TrimSuffix(digits, ";"), base, 21)
	if r := rune(n); err != nil || !utf8.ValidRune(r) || legal(r) < 0 {
		return ""
	}
	return ref
}
