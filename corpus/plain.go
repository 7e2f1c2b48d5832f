package corpus

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// People wrap lines at 65 to 100 characters. Where the lines are longer
	// than that they are not wrapped, so each is a paragraph.
	minWrap, maxWrap = 60, 120

	// A run of more lines than this without a blank one is not one paragraph:
	// the writer does not part paragraphs by blank lines there.
	maxLines = 25

	maxHeading = 120 // characters; a longer line is no heading
)

// readPlain reads plain text. Blank lines part paragraphs, and where there are
// none the lines themselves tell: one that ends a sentence and leaves room for
// the next word was not wrapped, so it ends a paragraph.
func readPlain(body string) ([]para, error) {
	blocks := blocks(body)
	wrap := wrapWidth(blocks)
	var paras []para
	for _, block := range blocks {
		l := layout{wrap: wrap, dense: len(blocks) == 1 || len(block) > maxLines}
		paras = append(paras, l.split(block)...)
	}
	if len(paras) > 1 && looksLikeTitle(paras[0].text) {
		paras[0].title = true
	}
	return paras, nil
}

// looksLikeTitle reports whether the first line or paragraph is a heading.
func looksLikeTitle(text string) bool {
	return utf8.RuneCountInString(text) <= maxHeading && bullet(text) == 0 && Announces(text) == 0 &&
		strings.Contains(text, " ") && strings.ContainsFunc(text, unicode.IsLetter) &&
		!strings.ContainsAny(text[len(text)-1:], ".,;:") && !strings.HasSuffix(text, "…")
}

// A row is one line of plain text that is not blank.
type row struct {
	text   string // with white space folded
	indent int    // characters of white space before it
}

// width returns the number of characters of the line.
func (r row) width() int { return r.indent + utf8.RuneCountInString(r.text) }

// blocks returns the runs of lines that are not blank.
func blocks(body string) (blocks [][]row) {
	fresh := true
	for line := range strings.SplitSeq(body, "\n") {
		text := fold(line)
		if text == "" {
			fresh = true
			continue
		}
		if fresh {
			blocks = append(blocks, nil)
			fresh = false
		}
		last := &blocks[len(blocks)-1]
		*last = append(*last, row{text, indent(line)})
	}
	return blocks
}

func indent(line string) int {
	return utf8.RuneCountInString(line) - utf8.RuneCountInString(strings.TrimLeftFunc(line, unicode.IsSpace))
}

// wrapWidth returns the width in characters at which the lines were wrapped,
// or math.MaxInt if they were not: it is the width that explains the most line
// ends, each by the next word that would have gone beyond it. So a few lines
// that somebody joined or broke by hand do not matter.
func wrapWidth(blocks [][]row) int {
	var widths []int
	var votes [maxWrap + 1]int
	for _, block := range blocks {
		for i, r := range block {
			widths = append(widths, r.width())
			if i+1 < len(block) {
				vote(&votes, r.width(), r.width()+firstWord(block[i+1]))
			}
		}
	}
	slices.Sort(widths)
	if len(widths) > 0 && widths[(len(widths)-1)*9/10] > maxWrap {
		return math.MaxInt
	}
	best := minWrap
	for width := minWrap; width <= maxWrap; width++ {
		if votes[width] > 0 && votes[width] >= votes[best] {
			best = width
		}
	}
	return best
}

// vote counts a line end for the widths from least to most, both included.
func vote(votes *[maxWrap + 1]int, least, most int) {
	for width := max(least, minWrap); width <= min(most, maxWrap); width++ {
		votes[width]++
	}
}

// firstWord returns the number of characters of the first word of a line.
func firstWord(r row) int {
	word, _, _ := strings.Cut(r.text, " ")
	return utf8.RuneCountInString(word)
}

// A layout is how a block of lines was laid out.
type layout struct {
	wrap  int  // width in characters, as wrapWidth tells it
	dense bool // whether it may hold many paragraphs without a sign between them
}

// split makes paragraphs of the lines of a block.
func (l layout) split(block []row) (paras []para) {
	start := 0
	for end := 1; end <= len(block); end++ {
		if end == len(block) || l.ends(block, start, end) {
			paras = append(paras, join(block[start:end]))
			start = end
		}
	}
	return paras
}

// join makes one paragraph of lines.
func join(rows []row) para {
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = r.text
	}
	mark := bullet(lines[0])
	return para{text: strings.Join(lines, " "), item: mark > 0, bullet: mark}
}

// ends reports whether the paragraph that begins with the line start of the
// block ends before the line at.
func (l layout) ends(block []row, start, at int) bool {
	begin, last, next := block[start], block[at-1], block[at]
	alone, item := at == start+1, bullet(begin.text) > 0
	room, closed := l.room(last, next), closes(last.text)
	fresh := closed && (room || l.brokenEarly(block[at:])) || l.wrap == math.MaxInt
	switch {
	case alone && Announces(last.text) > 0, room && Announces(next.text) > 0:
		return true
	case bullet(next.text) > 0:
		return item || closed || room
	case item:
		return next.indent <= begin.indent && fresh
	case closed && next.indent > last.indent, alone && room && strings.HasSuffix(last.text, ":"):
		return true
	case l.dense && start == 0 && alone && room && looksLikeTitle(last.text) && startsAnew(next.text):
		return true
	}
	return l.dense && fresh
}

// room reports whether the first word of the next line would have fitted on
// the line before it, so that it was not wrapping that broke the line there.
func (l layout) room(line, next row) bool {
	width := line.width()
	return width > l.wrap || width+1+firstWord(next) <= l.wrap
}

// brokenEarly reports whether the first of the lines is a short one that ends
// no sentence and is not the last: a heading, or the odd first line that some
// programs write. Wrapping makes no such line within a paragraph.
func (l layout) brokenEarly(lines []row) bool {
	return len(lines) > 1 && lines[0].width() < l.wrap/2 && !closes(lines[0].text)
}

// ending matches the end of a sentence at the end of a line.
var ending = regexp.MustCompile(`[.!?…:。！？]["'”’»)\]}]*$`)

func closes(line string) bool { return ending.MatchString(line) }

// startsAnew reports whether text begins like a sentence.
func startsAnew(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return !unicode.IsLower(first)
}

// marked matches the mark of a list item and the space after it.
var marked = regexp.MustCompile(`^([-*+·–] |[•‣▪◦●■] ?|\d{1,2}[.)] |\(\d{1,2}\) )[^ ]`)

// bullet returns the length in bytes of the mark of a list item with the space
// after it, 0 if text does not begin with one.
func bullet(text string) int {
	if at := marked.FindStringSubmatchIndex(text); at != nil {
		return at[3]
	}
	return 0
}
