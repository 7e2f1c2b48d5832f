package source

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// wide are the first bytes of texts whose characters take two or four bytes.
var wide = []struct {
	prefix   string
	encoding encoding.Encoding
}{
	{"\x00\x00\xFE\xFF", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xFF\xFE\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\x00\x00\x00<", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"<\x00\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\xFE\xFF", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	{"\xFF\xFE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	{"\x00<", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	{"<\x00", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
}

// decode returns body in UTF-8. What is valid UTF-8 is taken for it whatever
// the server and the feed itself say, since they are wrong more often.
func decode(body []byte, kind string) string {
	for _, w := range wide {
		if bytes.HasPrefix(body, []byte(w.prefix)) {
			return decoded(body, w.encoding)
		}
	}
	if utf8.Valid(body) {
		return string(body)
	}
	if enc := declared(body, kind); enc != nil {
		return decoded(body, enc)
	}
	return mend(body)
}

func decoded(body []byte, enc encoding.Encoding) string {
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return mend(body)
	}
	return string(text)
}

var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']`)

// declared returns the encoding that the server or else the feed names, or nil
// if that is UTF-8, which body is not, or is unknown.
func declared(body []byte, kind string) encoding.Encoding {
	_, params, _ := mime.ParseMediaType(kind)
	labels := []string{params["charset"]}
	if m := declaration.FindSubmatch(body); m != nil {
		labels = append(labels, string(m[1]))
	}
	for _, label := range labels {
		enc, name := charset.Lookup(label)
		if enc != nil && name != "replacement" && !strings.HasPrefix(name, "utf-") {
			return enc
		}
	}
	return nil
}

// mend returns body with each byte that is not UTF-8 read as Windows-1252,
// from which most of them come.
func mend(body []byte) string {
	var out strings.Builder
	for len(body) > 0 {
		r, size := utf8.DecodeRune(body)
		if r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(body[0])
		}
		out.WriteRune(r)
		body = body[size:]
	}
	return out.String()
}
