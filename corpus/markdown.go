package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html/atom"

	xhtml "golang.org/x/net/html"
)

// readMarkdown reads the visible words of Markdown. It lets HTML be made of it
// and reads that, since Markdown may hold HTML of its own.
func readMarkdown(body string) ([]para, error) {
	if nested.MatchString(body) {
		return nil, errors.New("more than 50 quotes or lists stand inside each other: write fewer marks before the line")
	}
	markdown := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote),
		goldmark.WithRendererOptions(html.WithUnsafe()), // it is read here and shown nowhere
	)
	var made bytes.Buffer
	if err := markdown.Convert([]byte(body), &made); err != nil {
		return nil, fmt.Errorf("read the Markdown: %w", err)
	}
	var p page
	p.read(unseen.ReplaceAll(made.Bytes(), nil))
	return p.paras, nil
}

// nested matches a line with more marks of quotes and lists before it than any
// writer makes, for reading them takes time that grows with their square.
var nested = regexp.MustCompile(`(?m)^(?:[ \t]*(?:>|[-+*][ \t])){51}.*[^\s*-]`)

// unseen matches what a page holds for the browser only. One that is not
// closed is no program but a slip, and must not hide the rest of the page.
var unseen = regexp.MustCompile(`(?is)<script\b[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>`)

// A page collects the paragraphs of HTML.
type page struct {
	paras []para
	text  strings.Builder // of the paragraph that is open
	title bool            // whether that is the first heading of level 1
	items int             // list items that are open
	cells int             // cells of the table row that is open
	note  string          // class of the footnote link that is open
}

const (
	noteRef  = "footnote-ref"     // from the text to the note: shown as "[1]"
	noteBack = "footnote-backref" // from the note to the text: an arrow, left out
)

// read adds the paragraphs of the HTML in src, which need not be well-formed.
func (p *page) read(src []byte) {
	tokens := xhtml.NewTokenizer(bytes.NewReader(src))
	for {
		switch tokens.Next() {
		case xhtml.ErrorToken: // the end, for reading from memory never fails
			p.flush()
			return
		case xhtml.TextToken:
			if p.note != noteBack {
				p.text.WriteString(tokens.Token().Data)
			}
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			tokens.NextIsNotRawText()
			p.open(tokens.Token())
		case xhtml.EndTagToken:
			p.close(tokens.Token())
		}
	}
}

func (p *page) open(tag xhtml.Token) {
	if block(tag.DataAtom) {
		p.flush()
	}
	switch tag.DataAtom {
	case atom.H1:
		p.title = true
	case atom.Li:
		p.items++
	case atom.Tr:
		p.cells = 0
	case atom.Td, atom.Th:
		if p.cells > 0 {
			p.text.WriteString(" | ")
		}
		p.cells++
	case atom.Br:
		p.text.WriteString(" ")
	case atom.A:
		p.openNote(tag)
	}
}

func (p *page) openNote(tag xhtml.Token) {
	for _, a := range tag.Attr {
		if a.Key == "class" && (a.Val == noteRef || a.Val == noteBack) {
			p.note = a.Val
		}
	}
	if p.note == noteRef {
		p.text.WriteString("[")
	}
}

func (p *page) close(tag xhtml.Token) {
	if block(tag.DataAtom) {
		p.flush()
	}
	switch tag.DataAtom {
	case atom.H1:
		p.title = false
	case atom.Li:
		p.items = max(0, p.items-1)
	case atom.A:
		if p.note == noteRef {
			p.text.WriteString("]")
		}
		p.note = ""
	}
}

// flush ends the paragraph that is open, if it has any words.
func (p *page) flush() {
	if text := fold(p.text.String()); text != "" {
		p.paras = append(p.paras, para{text: text, title: p.title, item: p.items > 0})
	}
	p.text.Reset()
}

// block reports whether a tag begins or ends a paragraph.
func block(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre, atom.Blockquote, atom.Hr,
		atom.Ul, atom.Ol, atom.Li, atom.Menu, atom.Dl, atom.Dt, atom.Dd,
		atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr,
		atom.Article, atom.Section, atom.Aside, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Address,
		atom.Figure, atom.Figcaption, atom.Details, atom.Summary, atom.Form, atom.Fieldset, atom.Legend, atom.Center:
		return true
	}
	return false
}
