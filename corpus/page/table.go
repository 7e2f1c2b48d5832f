package page

import (
	"strings"

	"golang.org/x/net/html"
)

// maxCell is the length in bytes above which a cell holds no figure or label
// but a text, for which the table is only a frame.
const maxCell = 1000

// layout reports whether a table only puts parts of the page beside each other.
func layout(table *html.Node) bool {
	if role := attr(table, "role"); role == "presentation" || role == "none" {
		return true
	}
	columns := 0
	for d := range table.Descendants() {
		switch d.Data {
		case "table", "h1", "h2", "h3", "h4", "h5", "h6":
			return true
		case "tr":
			columns = max(columns, len(cells(d)))
		case "td":
			if len(textOf(d)) > maxCell {
				return true
			}
		}
	}
	return columns < 2
}

// cells returns the cells of one row.
func cells(row *html.Node) (cells []*html.Node) {
	for c := range row.ChildNodes() {
		if c.Data == "td" || c.Data == "th" {
			cells = append(cells, c)
		}
	}
	return cells
}

// table adds the caption of a table and its rows, each a paragraph.
func (w *walker) table(table *html.Node, at place) {
	at.block = table
	for _, caption := range elements(table, "caption") {
		w.paras = append(w.paras, read(caption)...)
	}
	for _, row := range elements(table, "tr") {
		if unseen(row) {
			continue
		}
		at.block = row
		if p := readRow(row); strings.ContainsFunc(p.text, isWord) {
			p.node, p.item = row, at.item
			w.paras = append(w.paras, p)
		}
	}
}

// readRow reads the cells of a row as one paragraph.
func readRow(row *html.Node) (p para) {
	var texts []string
	for _, cell := range cells(row) {
		var words []string
		for _, q := range read(cell) {
			words = append(words, q.text)
			p.linked += q.linked
		}
		texts = append(texts, strings.Join(words, " "))
	}
	p.text = fold(strings.Join(texts, " | "))
	return p
}
