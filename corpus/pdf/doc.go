package pdf

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/corpus"
)

const (
	maxHeading = 200 // characters; what is longer is no heading, however large
	maxBold    = 120 // characters of a heading that is not larger than the text
	larger     = 1.1 // times the size of the text: headings that are not bold have it at least
)

// doc makes a publication of what was read.
func (f *file) doc(name string) (*corpus.Doc, error) {
	f.body = bodySize(f.pages)
	strip(f.pages, f.body)
	text, below := f.rows()
	paras := paragraphs(text)
	paras = append(paras, paragraphs(below)...)
	bold := mostlyBold(paras)
	paras = slices.DeleteFunc(paras, func(p para) bool { return !strings.ContainsFunc(p.text, worded) || contents.MatchString(p.text) })
	parts := make([]corpus.Part, len(paras))
	for i, p := range paras {
		parts[i] = corpus.Part{Text: p.text, Mark: p.mark, Item: p.mark != "", Page: p.rows[0].page, Heading: p.heading(f.body, bold)}
		if parts[i].Heading {
			parts[i].Item, parts[i].Mark = false, ""
		}
	}
	d := &corpus.Doc{ID: strings.ToValidUTF8(name, "\ufffd"), Authors: authors(f.info["Author"]), Published: date(f.info["CreationDate"]), Language: language(f.lang)}
	d.Compose(parts)
	if strings.TrimSpace(d.Text) == "" {
		return nil, fmt.Errorf("%s: it holds pictures of pages and no text: run OCR (such as ocrmypdf) first", name)
	}
	d.Title = f.title(name, paras)
	return d, nil
}

// contents matches a line of a table of contents, with dots before the page.
var contents = regexp.MustCompile(`(\.{4,}|(\. ){4,}|…{2,}[.…]*) *(\d+|[ivxl]+)$`)

// worded reports whether r is a part of words and numbers.
func worded(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) }

// rows returns the rows of all pages in the order of reading, and those of the
// footnotes.
func (f *file) rows() (text, below []row) {
	column := 0
	for _, page := range f.pages {
		if len(page) == 0 {
			continue
		}
		for _, pieces := range columns(page, 0) {
			t, n := notes(rows(pieces, column), f.body)
			text, below = append(text, t...), append(below, n...)
			column++
		}
	}
	return text, below
}

// mostlyBold reports whether more of the text is bold than not, so that bold
// says nothing.
func mostlyBold(paras []para) bool {
	bold := 0
	for _, p := range paras {
		for _, r := range p.rows {
			bold += (2*number(r.bold) - 1) * len(r.text())
		}
	}
	return bold > 0
}

// heading reports whether the paragraph is a heading, in a text of that size
// that is bold or not.
func (p para) heading(body float64, bold bool) bool {
	n := utf8.RuneCountInString(p.text)
	switch {
	case p.table || n > maxHeading || !strings.ContainsFunc(p.text, unicode.IsLetter):
		return false
	case corpus.Announces(p.text) > 0:
		return true
	case strings.HasSuffix(p.text, ".") || strings.HasSuffix(p.text, ",") || p.mark != "" && !unicode.IsDigit(rune(p.mark[0])):
		return false
	case p.rows[0].size >= larger*body:
		return true
	}
	heavy := !bold && !slices.ContainsFunc(p.rows, func(r row) bool { return !r.bold })
	return n <= maxBold && p.rows[0].size >= small*body && (heavy || capital(p.text) && len(p.rows) == 1 && n > 3)
}

// capital reports whether text has no small letters.
func capital(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) && !unicode.IsUpper(r) })
}
