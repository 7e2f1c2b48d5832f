package docx

import (
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"

	"rapporteur/corpus"
)

// A noteReader reads the notes of one kind, of which only those stay that the
// text refers to.
type noteReader struct {
	reader
	kind    string         // "footnote" or "endnote"
	numbers map[string]int // by kind and id
	id      string         // of the note that is open
	texts   map[int]string // of the notes, by their numbers
}

func (n *noteReader) open(e xml.StartElement) (skip bool) {
	if e.Name.Local == n.kind {
		n.id = attribute(e, "id")
		_, used := n.numbers[n.kind+n.id]
		return !used
	}
	return n.reader.open(e)
}

func (n *noteReader) close(name string) {
	n.reader.close(name)
	if name != n.kind {
		return
	}
	texts := make([]string, len(n.parts))
	for i, p := range n.parts {
		texts[i] = p.Text
	}
	n.texts[n.numbers[n.kind+n.id]] = strings.Join(texts, " ")
	n.parts = nil
}

// readNotes returns the notes that have numbers, in the order of these.
func (p *pack) readNotes(styles styles, numbers map[string]int) (notes []corpus.Part, err error) {
	texts := make(map[int]string)
	for _, kind := range []string{"footnote", "endnote"} {
		n := &noteReader{reader: reader{styles: styles}, kind: kind, numbers: numbers, texts: texts}
		if err := p.walk(p.beside(kind+"s.xml"), n); err != nil {
			return nil, err
		}
	}
	for _, number := range slices.Sorted(maps.Keys(texts)) {
		if texts[number] != "" {
			notes = append(notes, corpus.Part{Text: fmt.Sprintf("[%d] %s", number, texts[number])})
		}
	}
	return notes, nil
}
