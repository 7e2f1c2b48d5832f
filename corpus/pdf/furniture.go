package pdf

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode"
)

const (
	edge      = 3   // lines at the top and at the bottom of a page that may be running heads and feet
	minRepeat = 3   // pages on which such a line stands
	maxHead   = 1.3 // times the size of the text: larger lines that differ in numbers are headings of chapters
)

// numbers matches what differs between the running heads of two pages.
var numbers = regexp.MustCompile(`[0-9]+|\b[ivxlc]+\b`)

// strip takes the running heads and feet and the page numbers off the pages:
// the outermost lines, if they stand at the same height on several pages and
// differ in numbers only. A page's own number goes
// even if no other page has one.
func strip(pages [][]piece, body float64) {
	layouts := make([][][]piece, len(pages))
	pagesWith := make(map[string]int)
	for i, page := range pages {
		layouts[i] = lines(page)
		for key := range keysOf(outer(layouts[i])) {
			pagesWith[key]++
		}
	}
	for i, layout := range layouts {
		goes := func(p piece) bool {
			small := p.size <= maxHead*body || !numbers.MatchString(p.text)
			return small && (pagesWith[key(p, 0)] >= minRepeat && !isData(p.text) || isNumber(p.text, i+1))
		}
		from, to := 0, len(layout)
		for from < min(edge, to) && thin(layout, from, goes) {
			from++
		}
		for to > max(len(layout)-edge, from) && thin(layout, to-1, goes) {
			to--
		}
		pages[i] = nil
		for _, line := range layout {
			pages[i] = append(pages[i], line...)
		}
	}
}

// thin takes off the pieces of one line that go, and reports whether there
// were any.
func thin(layout [][]piece, at int, goes func(piece) bool) bool {
	var kept []piece
	for _, p := range layout[at] {
		if !goes(p) {
			kept = append(kept, p)
		}
	}
	some := len(kept) < len(layout[at])
	layout[at] = kept
	return some
}

// outer returns the pieces of the lines at the edges of a page.
func outer(layout [][]piece) (pieces []piece) {
	for i, line := range layout {
		if i < edge || i >= len(layout)-edge {
			pieces = append(pieces, line...)
		}
	}
	return pieces
}

// keysOf returns the keys of pieces, each for its own height and for those a
// little above and below, since a page may hang lower than the others.
func keysOf(pieces []piece) map[string]bool {
	keys := make(map[string]bool)
	for _, p := range pieces {
		for _, off := range []float64{-1, 0, 1} {
			keys[key(p, off)] = true
		}
	}
	return keys
}

// key returns what is alike in the running heads of two pages: the text without
// its numbers, and the height in steps of 3 points, moved by off steps.
func key(p piece, off float64) string {
	text := numbers.ReplaceAllString(strings.ToLower(p.text), "#")
	return fmt.Sprintf("%g %s", math.Round(p.bottom/3)+off, strings.TrimSpace(text))
}

// isData reports whether text is several numbers and nothing else, as in the
// rows of a table that goes on over pages.
func isData(text string) bool {
	return !strings.ContainsFunc(text, unicode.IsLetter) && len(numbers.FindAllString(text, 2)) > 1
}

// isNumber reports whether text is the number of this page and nothing else.
func isNumber(text string, page int) bool {
	return strings.Trim(text, " -–—|·[]") == fmt.Sprint(page)
}
