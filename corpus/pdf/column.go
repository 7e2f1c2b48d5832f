package pdf

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

const (
	minRows    = 4    // pieces below each other; fewer make no column
	minLetters = 14   // characters in most pieces of a column; a table's cells have fewer
	minFill    = .3   // of a column's width, which most of its pieces have at least
	maxPieces  = 2500 // pieces of a page in which columns are looked for; more are a map or a table
	maxNested  = 6    // columns inside columns
)

// columns parts the pieces of a page into columns, in the order of reading. A
// piece that spans several ends the columns above it and is one of its own.
func columns(pieces []piece, nested int) [][]piece {
	x, ok := gutter(pieces)
	if !ok || nested == maxNested {
		return [][]piece{pieces}
	}
	pieces = slices.Clone(pieces)
	slices.SortStableFunc(pieces, func(p, q piece) int { return cmp.Compare(q.top, p.top) })
	var all [][]piece
	var left, right, across []piece
	flush := func(side *[]piece) {
		if len(*side) > 0 {
			all = append(all, columns(*side, nested+1)...)
			*side = nil
		}
	}
	for _, p := range pieces {
		switch {
		case p.right <= x:
			flush(&across)
			left = append(left, p)
		case p.left >= x:
			flush(&across)
			right = append(right, p)
		default:
			flush(&left)
			flush(&right)
			across = append(across, p)
		}
	}
	flush(&across)
	flush(&left)
	flush(&right)
	return all
}

// gutter returns where the pieces are best parted into a left and a right
// column, if they stand in columns: where the most of them lie wholly on one
// side.
func gutter(pieces []piece) (at float64, ok bool) {
	if len(pieces) < 2*minRows || len(pieces) > maxPieces {
		return 0, false
	}
	best := 0
	tried := make(map[int]bool)
	for _, p := range pieces {
		x := p.right + p.size/4
		if tried[int(2*x)] {
			continue
		}
		tried[int(2*x)] = true
		if n := parted(pieces, x); n > best {
			at, best = x, n
		}
	}
	return at, best > 0
}

// parted returns how many pieces lie beside x rather than across it, 0 if x is
// no gutter between columns of text.
func parted(pieces []piece, x float64) int {
	var left, right []piece
	for _, p := range pieces {
		switch {
		case p.right <= x:
			left = append(left, p)
		case p.left >= x:
			right = append(right, p)
		}
	}
	across := len(pieces) - len(left) - len(right)
	if across > len(left)+len(right) || !textual(left) || !textual(right) || !beside(left, right) {
		return 0
	}
	return len(left) + len(right) - across
}

// textual reports whether pieces are the lines of a text rather than cells.
func textual(pieces []piece) bool {
	if len(pieces) < minRows {
		return false
	}
	around := pieces[0].box
	for _, p := range pieces {
		around = around.and(p.box)
	}
	all, lines := 0, 0
	for _, p := range pieces {
		n := utf8.RuneCountInString(p.text)
		all += n
		if n >= minLetters && p.width() >= minFill*around.width() {
			lines += n
		}
	}
	return 3*lines >= 2*all
}

// beside reports whether a third at least of the lower column stands beside
// the other.
func beside(left, right []piece) bool {
	l, r := left[0].box, right[0].box
	for _, p := range left {
		l = l.and(p.box)
	}
	for _, p := range right {
		r = r.and(p.box)
	}
	return min(l.top, r.top)-max(l.bottom, r.bottom) >= min(l.height(), r.height())/3
}

// number returns 1 for true.
func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
