package source

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"net/url"
	"path"
	"slices"
	"strings"

	"rapporteur/corpus"
)

// A Reader makes a publication of a document.
type Reader interface {
	// Read returns the publication that a document says, with the ID set to
	// its name, which is an address or the path of a file. The kind is what
	// the server calls it (Content-Type); empty if nobody does. An error says
	// what to do about it.
	Read(ctx context.Context, name, kind string, src []byte) (*corpus.Doc, error)
}

// A ReadFunc makes a publication of one kind of document, as [Reader] has it.
type ReadFunc func(ctx context.Context, name, kind string, src []byte) (*corpus.Doc, error)

// Readers is a Reader that knows kinds of documents apart, by their first
// bytes, then the word of the server, then the ending of the name. Plain text
// and Markdown it reads by [corpus.Parse]. A kind without a function is not
// read.
type Readers struct {
	HTML, PDF, DOCX ReadFunc
}

// Endings of the files that are read.
var (
	textKinds = []string{".txt", ".md", ".markdown"}
	htmlKinds = []string{".html", ".htm", ".xhtml"}
)

// Read implements Reader.
func (r Readers) Read(ctx context.Context, name, kind string, src []byte) (*corpus.Doc, error) {
	read := r.choose(name, kind, src)
	if read == nil {
		return nil, fmt.Errorf("%s: documents of this kind are not read: save it as .pdf, .docx, .md or .txt", name)
	}
	return read(ctx, name, kind, src)
}

// Reads reports whether documents whose names end like this one are read.
func (r Readers) Reads(name string) bool { return r.byEnding(ending(name)) != nil }

func (r Readers) choose(name, kind string, src []byte) ReadFunc {
	if bytes.HasPrefix(bytes.TrimLeft(src[:min(len(src), 1024)], "\ufeff \r\n\t"), []byte("%PDF-")) {
		return r.PDF
	}
	zip := bytes.HasPrefix(src, []byte("PK\x03\x04"))
	kind, _, _ = mime.ParseMediaType(kind)
	switch kind {
	case "text/html", "application/xhtml+xml":
		return r.HTML
	case "application/pdf":
		return r.PDF
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return r.DOCX
	case "text/markdown", "text/x-markdown":
		return readText
	}
	switch read := r.byEnding(ending(name)); {
	case read != nil:
		return read
	case zip:
		return nil
	case looksHTML(src):
		return r.HTML
	case kind == "text/plain":
		return readText
	}
	return nil
}

func (r Readers) byEnding(end string) ReadFunc {
	switch {
	case slices.Contains(textKinds, end):
		return readText
	case slices.Contains(htmlKinds, end):
		return r.HTML
	case end == ".pdf":
		return r.PDF
	case end == ".docx":
		return r.DOCX
	}
	return nil
}

// ending returns the ending of a file's name or an address's path.
func ending(name string) string {
	if u, err := url.Parse(name); err == nil && onWeb(u) {
		name = u.Path
	}
	return strings.ToLower(path.Ext(name))
}

func readText(_ context.Context, name, _ string, src []byte) (*corpus.Doc, error) {
	return corpus.Parse(name, string(src))
}

// looksHTML reports whether src begins like a web page.
func looksHTML(src []byte) bool {
	start := bytes.ToLower(bytes.TrimLeft(src[:min(len(src), 1024)], "\ufeff \r\n\t"))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html")) ||
		bytes.HasPrefix(start, []byte("<head")) || bytes.HasPrefix(start, []byte("<body")) || bytes.HasPrefix(start, []byte("<!--"))
}
