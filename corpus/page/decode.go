package page

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// decode returns src in UTF-8. What is valid UTF-8 is taken as that, whatever
// the page says, for guessing is wrong more often, and so is what would be but
// for a few bytes; else the header decides, then the page's own word. Bytes
// that have no meaning become U+FFFD.
func decode(src []byte, contentType string) ([]byte, error) {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if !bytes.ContainsRune(src, 0) && nearlyUTF8(src) {
		return bytes.ToValidUTF8(src, []byte("\ufffd")), nil
	}
	encoding, _, _ := charset.DetermineEncoding(src, contentType)
	decoded, err := io.ReadAll(encoding.NewDecoder().Reader(bytes.NewReader(src)))
	if err != nil {
		return nil, fmt.Errorf("decode the page: %w", err)
	}
	return bytes.TrimPrefix(bytes.ToValidUTF8(decoded, []byte("\ufffd")), []byte("\ufeff")), nil
}

// slips is the number of characters beyond ASCII of which one may be broken
// in a page in UTF-8, as where a program cut a line in the middle of one.
const slips = 50

func nearlyUTF8(src []byte) bool {
	good, bad := 0, 0
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		src = src[n:]
	}
	return bad*slips <= good
}

// formats are the first bytes of what is no page.
var formats = map[string]string{
	"%PDF-": "PDF", "PK\x03\x04": "ZIP archive or DOCX", "\xd0\xcf\x11\xe0": "old Word file", "\x89PNG": "picture", "GIF8": "picture",
	"\xff\xd8\xff": "picture", "\x1f\x8b": "gzip archive", "{\\rtf": "RTF file",
}

// format says what src is, if it is no page; empty if it may be one.
func format(src []byte) string {
	src = bytes.TrimLeft(src, " \t\r\n")
	for first, name := range formats {
		if bytes.HasPrefix(src, []byte(first)) {
			return name
		}
	}
	return ""
}
