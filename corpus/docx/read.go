package docx

import (
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"

	"rapporteur/corpus"
)

const (
	maxBold   = 120 // characters; a longer paragraph in bold is no heading
	maxLayout = 3   // paragraphs in a cell, from which on a table is there for the looks
)

// A reader makes parts of the paragraphs of a file.
type reader struct {
	styles styles
	parts  []corpus.Part
	title  string         // the first paragraph in the style of titles
	notes  map[string]int // number of each note that the text refers to, by kind and id

	opened  []*para // paragraphs that are open, for one may hold a box with others
	merged  *para   // whose end was deleted, so that the next one goes on with it
	rows    []*row  // rows of tables that are open
	run     run     // what the letters are like
	words   bool    // whether they are shown
	inProps bool    // whether what comes is of a paragraph's looks
	inRow   bool    // whether what comes is of a row's looks
}

// A para is a paragraph that is being read.
type para struct {
	kind
	text   strings.Builder
	plain  bool // whether some of it is not bold
	goesOn bool // whether the next one goes on with it, since its end was deleted
}

// A run is what is known of some letters.
type run struct{ bold, hidden bool }

// A row is the row of a table that is being read.
type row struct {
	cells   [][]corpus.Part
	deleted bool
}

// open reads the beginning of an element. It skips what was deleted, moved
// away or changed, and what is there for other programs.
func (r *reader) open(e xml.StartElement) (skip bool) {
	switch e.Name.Local {
	case "del", "moveFrom":
		r.delete()
		return true
	case "pPrChange", "rPrChange", "trPrChange", "tcPrChange", "tblPrChange", "sectPr", "Fallback", "rt":
		return true
	case "p":
		r.begin()
	case "pPr":
		r.inProps = true
	case "trPr":
		r.inRow = true
	case "tr":
		r.rows = append(r.rows, new(row))
	case "tc":
		if n := len(r.rows); n > 0 {
			r.rows[n-1].cells = append(r.rows[n-1].cells, nil)
		}
	case "footnoteReference", "endnoteReference":
		r.refer(strings.TrimSuffix(e.Name.Local, "Reference"), attribute(e, "id"))
	default:
		r.look(e)
	}
	return false
}

// look reads an element that says what a paragraph or its letters are like, or
// that stands for a letter.
func (r *reader) look(e xml.StartElement) {
	p := r.last()
	switch name := e.Name.Local; {
	case p == nil:
	case r.inProps && name == "pStyle":
		p.kind = r.styles.kind(attribute(e, "val"))
	case r.inProps && name == "numId":
		p.item = attribute(e, "val") != "0"
	case r.inProps && name == "framePr":
		frame := attribute(e, "dropCap") // a large initial is a paragraph of its own
		p.goesOn = p.goesOn || frame == "drop" || frame == "margin"
	case r.inProps && name == "outlineLvl":
		p.heading = outlined(attribute(e, "val"))
	case r.inProps:
	case name == "b":
		r.run.bold = on(e)
	case name == "vanish":
		r.run.hidden = on(e)
	case name == "t":
		r.words = !r.run.hidden
	case name == "tab", name == "br", name == "cr":
		p.text.WriteString(" ")
	case name == "noBreakHyphen":
		p.text.WriteString("\u2011")
	}
}

// close reads the end of an element.
func (r *reader) close(name string) {
	switch name {
	case "t":
		r.words = false
	case "r":
		r.run = run{}
	case "pPr":
		r.inProps = false
	case "trPr":
		r.inRow = false
	case "p":
		r.end()
	case "tr":
		r.endRow()
	case "tc", "body", "footnote", "endnote":
		r.flush()
	}
}

// text reads letters.
func (r *reader) text(text string) {
	p := r.last()
	if p == nil || !r.words {
		return
	}
	p.text.WriteString(text)
	p.plain = p.plain || !r.run.bold && strings.TrimSpace(text) != ""
}

// last returns the paragraph that is open, nil if none is.
func (r *reader) last() *para {
	if len(r.opened) == 0 {
		return nil
	}
	return r.opened[len(r.opened)-1]
}

// delete notes that the end of a paragraph or a row was deleted, if it is that.
func (r *reader) delete() {
	switch p := r.last(); {
	case r.inProps && p != nil:
		p.goesOn = true
	case r.inRow && len(r.rows) > 0:
		r.rows[len(r.rows)-1].deleted = true
	}
}

// begin begins a paragraph, or goes on with the one whose end was deleted.
func (r *reader) begin() {
	p := r.merged
	if p == nil {
		p = new(para)
	}
	p.goesOn, r.merged = false, nil
	r.opened = append(r.opened, p)
}

// end ends a paragraph.
func (r *reader) end() {
	p := r.last()
	if p == nil {
		return
	}
	r.opened = r.opened[:len(r.opened)-1]
	r.merged = p
	if !p.goesOn {
		r.flush()
	}
}

// flush keeps the paragraph that has ended. Tables of contents are left out.
func (r *reader) flush() {
	p := r.merged
	r.merged = nil
	if p == nil || p.contents {
		return
	}
	text := tidy(p.text.String())
	if text == "" {
		return
	}
	if p.title && r.title == "" {
		r.title = text
	}
	heading := p.title || p.heading || corpus.Announces(text) > 0 || !p.plain && !p.item && len(r.rows) == 0 && short(text)
	r.keep(corpus.Part{Text: text, Heading: heading, Item: p.item && !heading})
}

// short reports whether a bold paragraph may be a heading.
func short(text string) bool {
	return utf8.RuneCountInString(text) <= maxBold && !strings.ContainsAny(text[len(text)-1:], ".,;")
}

// keep adds a part to the cell that is open, or else to the text.
func (r *reader) keep(p corpus.Part) {
	if n := len(r.rows); n > 0 && len(r.rows[n-1].cells) > 0 {
		cells := r.rows[n-1].cells
		cells[len(cells)-1] = append(cells[len(cells)-1], p)
		return
	}
	r.parts = append(r.parts, p)
}

// endRow keeps the row that ends as one paragraph, or as the paragraphs of its
// cells if it is a box around text or there for the looks.
func (r *reader) endRow() {
	n := len(r.rows)
	if n == 0 {
		return
	}
	last := r.rows[n-1]
	r.rows = r.rows[:n-1]
	if last.deleted {
		return
	}
	if last.layout() {
		for _, cell := range last.cells {
			for _, p := range cell {
				r.keep(p)
			}
		}
		return
	}
	r.keep(corpus.Part{Text: last.text()})
}

// layout reports whether a row is a box around text, or columns of text.
func (r *row) layout() bool {
	full := 0
	for _, cell := range r.cells {
		if len(cell) >= maxLayout {
			return true
		}
		if len(cell) > 0 {
			full++
		}
	}
	return full <= 1
}

// text returns the cells of a row as one line.
func (r *row) text() string {
	cells := make([]string, len(r.cells))
	for i, cell := range r.cells {
		texts := make([]string, len(cell))
		for j, p := range cell {
			texts[j] = p.Text
		}
		cells[i] = strings.Join(texts, " ")
	}
	return strings.Join(cells, " | ")
}

// refer writes the mark of a note into the text.
func (r *reader) refer(kind, id string) {
	p := r.last()
	if p == nil || r.notes == nil || r.run.hidden {
		return
	}
	n, ok := r.notes[kind+id]
	if !ok {
		n = len(r.notes) + 1
		r.notes[kind+id] = n
	}
	fmt.Fprintf(&p.text, "[%d]", n)
}
