package page

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// mark is the text of a link to a footnote.
var mark = regexp.MustCompile(`^[\[(]?([0-9]{1,3}|\*{1,3}|[†‡])[\])]?\.?$`)

// back is the text of the link that leads from a footnote to its mark.
var back = regexp.MustCompile(`^(?:[↩↑⤴⬆←↵^\x{fe0e}\x{fe0f}\s]+|(?i:back|back to text|jump up|return to text|zurück|retour))$`)

// noteMark returns the mark of a footnote that n is, such as "[1]", or the
// empty string if it is none. A mark that would run into the word before it
// would misquote it, so it stands between brackets.
func noteMark(n *html.Node) string {
	if n.Data == "sup" {
		n = onlyElement(n)
	}
	if n == nil || n.Data != "a" || !strings.Contains(attr(n, "href"), "#") {
		return ""
	}
	found := mark.FindStringSubmatch(fold(textOf(n)))
	if found == nil {
		return ""
	}
	return "[" + found[1] + "]"
}

// onlyElement returns the element that is all that n holds, or nil.
func onlyElement(n *html.Node) (only *html.Node) {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.ElementNode && only == nil:
			only = c
		case c.Type == html.ElementNode || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return nil
		}
	}
	return only
}

// noteBack reports whether n leads from a footnote back to the text.
func noteBack(n *html.Node) bool {
	return n.Data == "a" && strings.HasPrefix(attr(n, "href"), "#") && back.MatchString(fold(textOf(n)))
}

// maxNotes is the number of footnotes that are looked for; a page that has
// more was made to keep its reader busy.
const maxNotes = 2000

// takeNotes takes the footnotes out of the page, which extractors lose or put
// anywhere, and returns their paragraphs in the order of their marks.
func takeNotes(doc *html.Node) (notes []para) {
	targets := byID(doc)
	taken := make(map[*html.Node]bool)
	for _, a := range elements(doc, "a") {
		if len(taken) == maxNotes {
			break
		}
		note := noteOf(a, targets)
		if note == nil || taken[note] || within(note, a) {
			continue
		}
		taken[note] = true
		notes = append(notes, read(note)...)
	}
	for note := range taken {
		remove(note)
	}
	for i := range notes {
		notes[i].level, notes[i].item = 0, false
	}
	return notes
}

// byID returns the elements below n by their id or, for old pages, name.
func byID(n *html.Node) map[string]*html.Node {
	found := make(map[string]*html.Node)
	for d := range n.Descendants() {
		for _, key := range []string{"name", "id"} {
			if id := attr(d, key); id != "" && found[id] == nil {
				found[id] = d
			}
		}
	}
	return found
}

// noteOf returns the block of the footnote that the link a leads to, or nil if
// a is no such link. A mark stands before its note, and the link in a note
// leads back to a mark, which is a line of the text: hence a note must begin
// with its own anchor and end where the next begins.
func noteOf(a *html.Node, targets map[string]*html.Node) *html.Node {
	if noteMark(a) == "" {
		return nil
	}
	_, id, _ := strings.Cut(attr(a, "href"), "#")
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	block := targets[id]
	for ; block != nil && !noteBlock(block); block = block.Parent {
		if block.Parent == nil || blocks[block.Data] {
			return nil
		}
	}
	if block == nil || !leads(block, targets[id]) || len(textOf(block)) > maxNote {
		return nil
	}
	return block
}

// maxNote is the length in bytes of the longest footnote; what is longer is a
// part of the text that the writer linked to.
const maxNote = 5000

func noteBlock(n *html.Node) bool {
	switch n.Data {
	case "li", "p", "div", "dd", "tr", "aside":
		return true
	}
	return false
}

// leads reports whether no words stand in block before n.
func leads(block, n *html.Node) bool {
	for d := range block.Descendants() {
		if d == n {
			return true
		}
		if d.Type == html.TextNode && strings.ContainsFunc(d.Data, isWord) {
			return false
		}
	}
	return block == n
}
