package source

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks are the elements that begin and end a paragraph.
var blocks = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true,
	atom.Caption: true, atom.Center: true, atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true,
	atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true,
	atom.Hr: true, atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.P: true,
	atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tr: true, atom.Ul: true,
}

// unread are the elements that hold no words of the text.
var unread = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true,
	atom.Iframe: true, atom.Object: true, atom.Svg: true, atom.Math: true, atom.Canvas: true, atom.Audio: true,
	atom.Video: true, atom.Form: true, atom.Button: true, atom.Select: true, atom.Textarea: true,
}

var (
	tag   = regexp.MustCompile(`<[A-Za-z/!]`)
	blank = regexp.MustCompile(`\r?\n[ \t]*\r?\n`)
)

// paragraphs returns the paragraphs of a piece of HTML without its markup:
// each block, item of a list and row of a table is one, and two line breaks
// part them. In a text without any tags blank lines do. It returns none for
// HTML of more than 512 elements inside each other.
func paragraphs(src string) []string {
	var b builder
	if !tag.MatchString(src) {
		for _, part := range blank.Split(html.UnescapeString(src), -1) {
			b.line.WriteString(part)
			b.end()
		}
		return b.paras
	}
	doc, err := html.Parse(strings.NewReader(src))
	if err != nil {
		return nil
	}
	b.walk(doc)
	b.end()
	return b.paras
}

// A builder puts words together to paragraphs.
type builder struct {
	paras  []string
	line   strings.Builder // the paragraph that is not ended yet
	broken bool            // whether the last thing was a line break
}

func (b *builder) end() {
	if text := fold(b.line.String()); text != "" {
		b.paras = append(b.paras, text)
	}
	b.line.Reset()
	b.broken = false
}

func (b *builder) walk(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.line.WriteString(n.Data)
		b.broken = b.broken && strings.TrimSpace(n.Data) == ""
		return
	case n.Type == html.ElementNode && unread[n.DataAtom]:
		return
	case n.DataAtom == atom.Br:
		b.lineBreak()
		return
	}
	if blocks[n.DataAtom] {
		b.end()
		defer b.end()
	}
	for c := range n.ChildNodes() {
		b.walk(c)
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
		b.line.WriteByte(' ')
	}
}

// lineBreak parts words, and paragraphs if it follows another one.
func (b *builder) lineBreak() {
	if b.broken {
		b.end()
	}
	b.line.WriteByte(' ')
	b.broken = true
}

// fold makes every run of white space one space, with none at the ends, and
// leaves out what is not a character.
func fold(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.Join(strings.Fields(text), " ")
}
