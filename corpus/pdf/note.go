package pdf

import "regexp"

// footnote matches the beginning of a footnote.
var footnote = regexp.MustCompile(`^(\[?\d{1,3}\]?[.)]?|[*†‡§¶]+) ?[\p{L}"“‘«(]`)

const small = .95 // times the size of the text: footnotes are smaller than this

// notes parts the rows of a column into its text and the footnotes below it:
// the small rows at its end, from the first that begins like a footnote.
func notes(column []row, body float64) (text, notes []row) {
	from := len(column)
	for i := len(column) - 1; i >= 0 && column[i].size < small*body; i-- {
		if footnote.MatchString(column[i].text()) {
			from = i
		}
	}
	return column[:from], column[from:]
}

// bodySize returns the size of the font in which most of the text is.
func bodySize(pages [][]piece) float64 {
	letters := make(map[int]int)
	for _, page := range pages {
		for _, p := range page {
			letters[int(p.size*4+.5)] += len(p.text)
		}
	}
	best := 0
	for size, n := range letters {
		if n > letters[best] || n == letters[best] && size > best {
			best = size
		}
	}
	return float64(best) / 4
}
