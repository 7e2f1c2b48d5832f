package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth is the number of elements that may stand inside each other. Word
// writes about 20, and twice that for tables in tables.
const maxDepth = 200

var errDeep = fmt.Errorf("more than %d elements stand inside each other", maxDepth)

// A visitor is told of the elements of a part in their order, by their names
// without the name space.
type visitor interface {
	open(e xml.StartElement) (skip bool)
	close(name string)
	text(text string)
}

// walk tells v of all elements of the part of that name that are of Word or of
// its formulas. What v skips it is not told of.
func (p *pack) walk(name string, v visitor) error {
	data, err := p.part(name)
	if err != nil || data == nil {
		return err
	}
	if err := walk(data, v); err != nil {
		return damaged(fmt.Errorf("%s: %w", name, err))
	}
	return nil
}

func walk(data []byte, v visitor) error {
	x := xml.NewDecoder(bytes.NewReader(data))
	for depth := 0; ; {
		t, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if known(t.Name.Space) && v.open(t) {
				if err := x.Skip(); err != nil {
					return err
				}
				continue
			}
			depth++
		case xml.EndElement:
			if known(t.Name.Space) {
				v.close(t.Name.Local)
			}
			depth--
		case xml.CharData:
			v.text(string(t))
		}
		if depth > maxDepth {
			return errDeep
		}
	}
}

// known reports whether a name space is that of Word's texts, of its formulas,
// or of what it writes twice for older programs.
func known(space string) bool {
	return strings.Contains(space, "wordprocessingml") || strings.Contains(space, "officeDocument") && strings.HasSuffix(space, "math") ||
		strings.Contains(space, "markup-compatibility")
}

// attribute returns the attribute of that name, empty if there is none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on reports whether an element that switches something on does so.
func on(e xml.StartElement) bool {
	switch attribute(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
