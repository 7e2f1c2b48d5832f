package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A para is a paragraph.
type para struct {
	text  string
	rows  []row
	mark  string // of a list item; else empty
	table bool   // whether it is one row of a table
}

func (p *para) last() row { return p.rows[len(p.rows)-1] }

// A setter makes paragraphs of rows.
type setter struct {
	pitch map[int]float64 // usual distance between two lines, by size in half points
	words map[string]bool // that stand within the lines, in lower case
	paras []para
}

// paragraphs makes paragraphs of rows, which come in the order of reading.
func paragraphs(rows []row) []para {
	s := setter{pitch: pitches(rows), words: vocabulary(rows)}
	for _, r := range rows {
		if len(s.paras) == 0 || s.begins(r) {
			s.paras = append(s.paras, para{text: r.text(), rows: []row{r}, table: r.table(), mark: markOf(r.text())})
			continue
		}
		p := &s.paras[len(s.paras)-1]
		p.text = s.concat(p.text, r.text(), p.last().hyphen)
		p.rows = append(p.rows, r)
	}
	return s.paras
}

// concat joins two lines, of which the first ended with a hyphen or not.
func (s *setter) concat(text, next string, hyphen bool) string {
	switch {
	case hyphen && s.whole(lastWord.FindString(tail(text)), firstWord.FindString(next)):
		return text + next
	case hyphen:
		return text + "-" + next
	case hyphenated.MatchString(tail(text)), wide(text) && wide(next):
		return text + next
	}
	return text + " " + next
}

// whole reports whether two parts of a word that a hyphen parts at the end of
// a line are one word, rather than a compound with a hyphen of its own. The
// rest of the text tells: by the word, the compound, or its two parts.
func (s *setter) whole(begin, end string) bool {
	first, _ := utf8.DecodeRuneInString(end)
	begin, end = strings.ToLower(begin), strings.ToLower(end)
	switch {
	case s.words[begin+"-"+end]:
		return false
	case s.words[begin+end]:
		return true
	case !unicode.IsLower(first) || begin == "":
		return false
	}
	return !(s.words[begin] && s.words[end] && len(end) > 2)
}

var (
	aWord     = regexp.MustCompile(`\pL+(-\pL+)*`)
	lastWord  = regexp.MustCompile(`\pL+$`)
	firstWord = regexp.MustCompile(`^\pL+`)
	// hyphenated matches a line that ends in a hyphen that PDFium knows to be
	// the word's own, or in a dash between numbers.
	hyphenated = regexp.MustCompile(`[\pL\pN][-‐‑]$|\pN–$`)
)

// vocabulary returns the words that stand wholly within a row.
func vocabulary(rows []row) map[string]bool {
	words := make(map[string]bool)
	for _, r := range rows {
		found := aWord.FindAllString(strings.ToLower(r.text()), -1)
		if r.hyphen && len(found) > 0 {
			found = found[:len(found)-1]
		}
		for i, w := range found {
			if i > 0 || startsAnew(r.text()) || !strings.HasPrefix(r.text(), w) {
				words[w] = true
			}
		}
	}
	return words
}

// wide reports whether text is in a script that has no spaces.
func wide(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// pitches returns the usual distance between two lines of each size.
func pitches(rows []row) map[int]float64 {
	all := make(map[int][]float64)
	for i := 1; i < len(rows); i++ {
		r, q := rows[i-1], rows[i]
		if d := r.bottom - q.bottom; r.column == q.column && similar(r.size, q.size) && d > 0 && d < 2.5*q.size {
			all[half(q.size)] = append(all[half(q.size)], d)
		}
	}
	usual := make(map[int]float64)
	for size, ds := range all {
		slices.Sort(ds)
		usual[size] = ds[len(ds)*2/5] // below the median, since the room between paragraphs counts too
	}
	return usual
}

func half(size float64) int { return int(math.Round(2 * size)) }

// similar reports whether two sizes are that of one text.
func similar(a, b float64) bool { return math.Abs(a-b) <= .08*max(a, b) }

// begins reports whether r begins a new paragraph after the last.
func (s *setter) begins(r row) bool {
	p := &s.paras[len(s.paras)-1]
	last := p.last()
	switch {
	case p.table || r.table():
		return true
	case last.hyphen && (similar(last.size, r.size) || r.column != last.column):
		return false
	case !similar(last.size, r.size), last.bold != r.bold && (len(p.rows) > 1 || last.bold):
		return true
	case markOf(r.text()) != "":
		return p.mark != "" || closes(p.text) || last.room(r) || s.spaced(last, r)
	case last.column != r.column:
		return !p.goesOn(r)
	}
	return s.spaced(last, r) || p.ends(r)
}

// spaced reports whether there is more room above r than lines usually have,
// or r stands above last.
func (s *setter) spaced(last, r row) bool {
	pitch, ok := s.pitch[half(r.size)]
	if !ok {
		pitch = 1.25 * r.size
	}
	d := last.bottom - r.bottom
	return d > 1.25*pitch+.5 || d < -r.size/2
}

// goesOn reports whether the paragraph goes on with r in the next column.
func (p *para) goesOn(r row) bool {
	first, _ := utf8.DecodeRuneInString(r.text())
	switch {
	case closes(p.text) || p.last().bold:
		return false
	case unicode.IsLower(first) || strings.HasSuffix(p.text, ","):
		return true
	}
	return !p.last().room(r) && r.left-r.left0 < r.size/2 && len(p.rows) > 1
}

// ends reports whether the paragraph ends before r, which stands close below
// it in the same column.
func (p *para) ends(r row) bool {
	last, room, indent := p.last(), p.last().room(r), r.size*.8
	switch {
	case p.mark != "": // the lines of an item hang below its text
		return r.left < p.rows[0].left-indent/2 && (room || closes(p.text)) || r.left < p.rows[0].left+indent/4 && len(p.rows) > 1 && p.rows[1].left > p.rows[0].left+indent/2 ||
			room && closes(p.text)
	case room && closes(p.text):
		return true
	case r.left > last.left+indent && r.left-r.left0 < 6*r.size: // the indent of a first line
		return closes(p.text) && len(p.rows) > 1 || room
	case r.left < last.left-indent && len(p.rows) > 1: // the hanging lines of a source end
		return closes(p.text) || room
	}
	return room && last.right < r.right0-3*r.size-r.lead && startsAnew(r.text()) && r.size < 13
}

// room reports whether the first word of next would have fitted on the line,
// so that somebody broke it there.
func (r row) room(next row) bool {
	return r.right+r.size/2+next.lead < r.right0-r.size/4
}

// ending matches the end of a sentence, with the marks of notes after it.
var ending = regexp.MustCompile(`[.!?…:;。！？]["'”’»)\]}]*(\[\d+\])*$`)

func closes(text string) bool { return ending.MatchString(tail(text)) }

// tail returns the end of text, where all that tells how it ends stands.
func tail(text string) string {
	at := max(0, len(text)-64)
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return text[at:]
}

func startsAnew(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return !unicode.IsLower(first)
}
