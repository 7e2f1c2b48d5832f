package pdf

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A row is one line of a column.
type row struct {
	box
	cells  []string // more than one in a table
	size   float64  // points; of the font of most of it
	lead   float64  // points; width of its first word
	bold   bool     // whether all of it is
	hyphen bool     // whether it ends within a word
	page   int      // from 1
	column int      // number of its column in the file
	left0  float64  // left edge of its column
	right0 float64  // right edge of its column
}

// text returns the words of the row.
func (r row) text() string { return strings.Join(r.cells, " | ") }

// table reports whether the row is one of a table.
func (r row) table() bool { return len(r.cells) > 1 }

// rows returns the lines of a column from top to bottom.
func rows(pieces []piece, column int) (all []row) {
	lines := lines(pieces)
	around := pieces[0].box
	for _, p := range pieces {
		around = around.and(p.box)
	}
	for i, line := range lines {
		r := rowOf(line)
		r.column, r.left0, r.right0 = column, around.left, around.right
		alone := (i == 0 || !gapped(lines[i-1])) && (i+1 == len(lines) || !gapped(lines[i+1]))
		if alone && r.table() { // a table has two rows at least
			r.cells = []string{strings.Join(r.cells, " ")}
		}
		all = append(all, r)
	}
	return all
}

// lines sorts pieces into lines, each from left to right.
func lines(pieces []piece) (lines [][]piece) {
	pieces = slices.Clone(pieces)
	slices.SortStableFunc(pieces, func(p, q piece) int { return cmp.Compare(q.bottom+q.top, p.bottom+p.top) })
	for _, p := range pieces {
		if n := len(lines); n > 0 && levelWith(lines[n-1], p) {
			lines[n-1] = append(lines[n-1], p)
			continue
		}
		lines = append(lines, []piece{p})
	}
	for _, line := range lines {
		slices.SortStableFunc(line, func(p, q piece) int { return cmp.Compare(p.left, q.left) })
	}
	return lines
}

// levelWith reports whether p stands on the line of pieces without overlapping
// any of them.
func levelWith(line []piece, p piece) bool {
	return !slices.ContainsFunc(line, func(q piece) bool { return !q.level(p.box) || q.apart(p.box) < -q.size/2 })
}

// gapped reports whether line has a gap as between the cells of a table.
func gapped(line []piece) bool { return len(rowOf(line).cells) > 1 }

// rowOf makes a row of the pieces of a line.
func rowOf(line []piece) row {
	r := row{box: line[0].box, lead: line[0].lead, bold: true, page: line[0].page}
	long := 0
	for i, p := range line {
		switch {
		case i > 0 && !(i == 1 && lone.MatchString(r.cells[0])) && line[i-1].apart(p.box) >= related*p.size:
			r.cells = append(r.cells, p.text)
		case i > 0 && line[i-1].apart(p.box) > glued*p.size:
			r.cells[len(r.cells)-1] += " " + p.text
		case i > 0:
			r.cells[len(r.cells)-1] += p.text
		default:
			r.cells = []string{p.text}
		}
		if len(p.text) > long {
			long, r.size = len(p.text), p.size
		}
		r.box = r.box.and(p.box)
		r.bold = r.bold && p.bold
		r.hyphen = p.hyphen
	}
	return r
}

// lone matches the mark of a list item or the number of a heading, which a gap
// parts from its text.
var lone = regexp.MustCompile(`^(` + marks + `|\d{1,2}(\.\d{1,2})*)$`)

// marks matches the mark of a list item.
const marks = `[-*+·–—•‣▪◦●■□○➢➤►▶✓✔❑❖→⁃]|\(?(\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.|[a-z]\.`

// mark matches the mark of a list item at the beginning of its text.
var mark = regexp.MustCompile(`^(` + marks + `) +\S|^[•‣▪◦●■□○➢➤►▶✓✔❑❖→⁃]`)

// markOf returns the mark that text begins with, empty if it is no item.
func markOf(text string) string {
	if !mark.MatchString(text) {
		return ""
	}
	if m, _, ok := strings.Cut(text, " "); ok && lone.MatchString(m) {
		return m
	}
	return string([]rune(text)[:1])
}
