package page

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// A para is one paragraph of a page.
type para struct {
	text   string
	node   *html.Node // block that holds it
	level  int        // of a heading, 1 to 6, or looksLike; 0 if it is none
	item   bool       // whether it stands in a list
	label  bool       // whether it is the term of a definition
	linked int        // bytes of text that are links
	lead   string     // the bold words that it begins with, if others follow
}

// looksLike is the level of a line that is no heading but is set in bold.
const looksLike = 7

// maxBoldHeading is the length in bytes above which a line in bold is no heading.
const maxBoldHeading = 120

// mostlyLinks reports whether more than half of the paragraph is links.
func (p para) mostlyLinks() bool { return 2*p.linked > len(p.text) }

// read returns the paragraphs of the nodes in the order in which they stand.
// What nobody sees, such as scripts and hidden elements, is left out.
func read(nodes ...*html.Node) []para {
	var w walker
	for _, n := range nodes {
		w.node(n, place{block: n})
		w.flush(place{block: n})
	}
	return w.paras
}

// A place is where in the page a word stands.
type place struct {
	block *html.Node
	level int
	item  bool
	label bool
	bold  bool
	link  bool
}

// A walker collects the paragraphs of a tree of nodes.
type walker struct {
	paras  []para
	text   strings.Builder // of the paragraph that is open
	size   int             // bytes of it that are not white space
	bold   int             // bytes of those in bold
	linked int             // bytes of those in links
	lead   string          // text up to the first word that is not bold
	breaks int             // line breaks since the last word
}

func (w *walker) node(n *html.Node, at place) {
	switch n.Type {
	case html.TextNode:
		w.write(n.Data, at)
	case html.ElementNode:
		w.element(n, at)
	case html.DocumentNode:
		w.children(n, at)
	}
}

func (w *walker) children(n *html.Node, at place) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, at)
	}
}

func (w *walker) element(n *html.Node, at place) {
	switch {
	case unseen(n) || noteBack(n) || n.Data == "button" && at.level == 0:
	case n.Data == "br":
		w.breaks++
	case n.Data == "table" && !layout(n):
		w.flush(at)
		w.table(n, at)
	case noteMark(n) != "":
		w.write(noteMark(n), at)
	case n.Data == "sup":
		w.superscript(n, at)
	case blocks[n.Data]:
		w.flush(at)
		inner := at.enter(n)
		w.children(n, inner)
		w.flush(inner)
	default:
		at.bold = at.bold || n.Data == "b" || n.Data == "strong"
		at.link = at.link || n.Data == "a"
		w.children(n, at)
	}
}

// enter returns the place within the block n that stands at at.
func (at place) enter(n *html.Node) place {
	at.block = n
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		at.level = int(n.Data[1] - '0')
	case "li", "dd":
		at.item, at.label = true, false
	case "dt":
		at.item, at.label = false, true
	}
	return at
}

// write adds the words of a text node. Two line breaks before them begin a new
// paragraph, and so does one before a word that a bullet stands at.
func (w *walker) write(text string, at place) {
	text = invisible.Replace(text)
	solid := size(text)
	if solid > 0 && w.breaks > 0 {
		if w.breaks > 1 || bulleted.MatchString(text) {
			w.flush(at)
		}
		w.text.WriteByte(' ')
		w.breaks = 0
	}
	if solid > 0 && !at.bold && w.bold > 0 && w.bold == w.size && w.lead == "" {
		w.lead = fold(w.text.String())
	}
	w.text.WriteString(text)
	w.size += solid
	if at.bold {
		w.bold += solid
	}
	if at.link {
		w.linked += solid
	}
}

// flush ends the paragraph that is open, if it has any words.
func (w *walker) flush(at place) {
	if text := fold(w.text.String()); text != "" && strings.ContainsFunc(text, isWord) {
		p := para{text: text, node: at.block, level: at.level, item: at.item, label: at.label, linked: w.linked, lead: w.lead}
		if p.level == 0 && w.bold == w.size && !p.item && !p.label && headingLike(text) {
			p.level = looksLike
		}
		w.paras = append(w.paras, p)
	}
	w.text.Reset()
	w.size, w.bold, w.linked, w.lead, w.breaks = 0, 0, 0, "", 0
}

// headingLike reports whether a line in bold reads like a heading.
func headingLike(text string) bool {
	return len(text) <= maxBoldHeading && !strings.ContainsAny(text[len(text)-1:], ".,;") && !bulleted.MatchString(text)
}

// superscript writes the words of a raised element. Raised digits are an
// exponent after a digit or a unit, which must not run into the number before
// it, and the mark of a footnote after anything else.
func (w *walker) superscript(n *html.Node, at place) {
	text := fold(textOf(n))
	switch before := w.text.String(); {
	case !digits.MatchString(text) || before == "":
		w.children(n, at)
	case unit.MatchString(before[max(0, len(before)-4):]):
		w.write(raised.Replace(text), at)
	default:
		w.write("["+text+"]", at)
	}
}

var (
	digits   = regexp.MustCompile(`^[0-9]{1,3}$`)
	unit     = regexp.MustCompile(`(?:[0-9]|\b[kcmd]?m)$`)
	raised   = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	bulleted = regexp.MustCompile(`^\s*(?:[•●▪■◦‣·–—*-]\s|[0-9]{1,2}[.)]\s)`)

	// invisible takes out what only tells a browser where it may break a word.
	invisible = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "", "\x00", "", "\x7f", "")
)

// fold makes every run of white space one space, and none at the ends.
func fold(text string) string { return strings.Join(strings.Fields(text), " ") }

// size returns the bytes of text that are not white space.
func size(text string) (n int) {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n += len(string(r))
		}
	}
	return n
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// textOf returns the words of n as they stand.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return invisible.Replace(b.String())
}
