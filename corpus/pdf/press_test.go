package pdf_test

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// A press prints small PDF files: text in Courier, of which every character is
// 0.6 times as wide as its size.
type press struct {
	info   string // of the trailer, such as "/Title (A brief)"
	lang   string
	locked bool
	sheets []*sheet
}

// A sheet is one page of 595 by 842 points.
type sheet struct {
	ops    bytes.Buffer
	rotate int
}

// sheet adds a page.
func (p *press) sheet() *sheet {
	s := new(sheet)
	p.sheets = append(p.sheets, s)
	return s
}

// text puts one line at a place, and bold if it begins with "**".
func (s *sheet) text(x, y, size float64, line string) {
	font := "F1"
	if rest, ok := strings.CutPrefix(line, "**"); ok {
		font, line = "F2", rest
	}
	fmt.Fprintf(&s.ops, "BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", font, size, x, y, escape(line))
}

// lines puts lines of size 10 below each other, 13 points apart, and returns
// where the next would stand. An empty one leaves half a line free, and one
// that begins with ">" is indented.
func (s *sheet) lines(x, y float64, lines ...string) float64 {
	for _, line := range lines {
		in := 0.0
		if rest, ok := strings.CutPrefix(line, ">"); ok {
			in, line = 18, rest
		}
		if line == "" {
			y -= 7
			continue
		}
		s.text(x+in, y, 10, line)
		y -= 13
	}
	return y
}

// turned puts one line that is turned by the matrix.
func (s *sheet) turned(matrix, line string) {
	fmt.Fprintf(&s.ops, "BT /F1 10 Tf %s Tm (%s) Tj ET\n", matrix, escape(line))
}

// picture fills the page with a grey picture.
func (s *sheet) picture() {
	s.ops.WriteString("q 500 0 0 700 40 70 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n")
}

// escape returns text as the inside of a PDF string.
func escape(text string) string {
	text, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		panic(err) // the fixtures are ours
	}
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(text)
}

// print returns the file.
func (p *press) print() []byte {
	objects := []string{
		fmt.Sprintf("<< /Type /Catalog /Pages 2 0 R /Lang (%s) >>", p.lang),
		"", // the pages, known below
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>",
		fmt.Sprintf("<< %s >>", p.info),
	}
	var kids []string
	for _, s := range p.sheets {
		page := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate %d /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>", s.rotate, page+1),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", s.ops.Len(), s.ops.String()))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	return assemble(objects, p.locked)
}

// assemble writes objects, the fifth of which is the info, into a file that
// opens with a password only if it is locked.
func assemble(objects []string, locked bool) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var xref strings.Builder
	fmt.Fprintf(&xref, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, object := range objects {
		fmt.Fprintf(&xref, "%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	lock := ""
	if locked {
		key := strings.Repeat("5a", 32) // no password makes this
		lock = fmt.Sprintf("/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>", key, key)
	}
	fmt.Fprintf(&out, "%strailer\n<< /Size %d /Root 1 0 R /Info 5 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", xref.String(), len(objects)+1, lock, out.Len())
	return out.Bytes()
}
