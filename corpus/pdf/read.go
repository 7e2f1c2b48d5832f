package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// errLimit means that a file is sound and too large.
var errLimit = errors.New("it is too large")

// A file is what was read of a PDF file.
type file struct {
	pages [][]piece
	info  map[string]string // what the file says of itself, by PDF's own keys, such as "Title"
	lang  string            // BCP 47, or empty
	body  float64           // points; size of the font of most of the text, once that is known
}

// readFile reads all of src. A page that cannot be read is an error, since a
// text with a hole in it misquotes.
func readFile(ctx context.Context, pdf pdfium.Pdfium, src []byte) (*file, error) {
	opened, err := pdf.OpenDocument(&requests.OpenDocument{File: &src})
	if err != nil {
		return nil, err
	}
	doc := opened.Document
	count, err := pdf.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
	if err != nil {
		return nil, err
	}
	if count.PageCount > MaxPages {
		return nil, fmt.Errorf("%w: it has %d pages, and %d are read at most: split it", errLimit, count.PageCount, MaxPages)
	}
	f := &file{info: info(pdf, doc), lang: lang(pdf, doc)}
	size := 0
	for n := range count.PageCount {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s := scan{pdf: pdf}
		if err := s.page(doc, n); err != nil {
			return nil, fmt.Errorf("page %d: %w", n+1, err)
		}
		f.pages = append(f.pages, once(s.pieces))
		if size += s.size; size > MaxText {
			return nil, fmt.Errorf("%w: its text has more than %d bytes: split it", errLimit, MaxText)
		}
	}
	return f, nil
}

// info returns what the file says of itself. What cannot be read is left out.
func info(pdf pdfium.Pdfium, doc references.FPDF_DOCUMENT) map[string]string {
	said := make(map[string]string)
	for _, key := range []string{"Title", "Author", "CreationDate"} {
		meta, err := pdf.GetMetaData(&requests.GetMetaData{Document: doc, Tags: &[]string{key}})
		if err != nil {
			continue
		}
		for _, tag := range meta.Tags {
			said[key] = tidy(tag.Value)
		}
	}
	return said
}

// lang returns the language that the file says it is in, empty if it does not.
func lang(pdf pdfium.Pdfium, doc references.FPDF_DOCUMENT) string {
	said, err := pdf.FPDFCatalog_GetLanguage(&requests.FPDFCatalog_GetLanguage{Document: doc})
	if err != nil {
		return ""
	}
	return tidy(said.Language)
}

// tidy returns text as UTF-8 without control characters, and with white space
// folded.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.Join(strings.Fields(text), " ")
}
