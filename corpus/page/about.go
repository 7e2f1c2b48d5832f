package page

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

const (
	leastBio = 40 // bytes of a paragraph that tells of somebody; shorter ones are names and titles
	mostBios = 12 // paragraphs; what has more is a list of people
	boxDepth = 5  // elements around a paragraph of which one may be the box of an author
)

// told returns what a page tells of the authors: the paragraphs that begin as
// biographies do, and those below such a heading or in such a box that name
// one of them. It is empty if there are none, or too many to be of an article.
func told(paras []para, names []string) string {
	var found []string
	below := false
	for _, p := range paras {
		if p.level > 0 {
			below = biographies.MatchString(p.text)
			continue
		}
		if len(p.text) < leastBio || len(p.text) > maxBio || p.mostlyLinks() || slices.Contains(found, p.text) {
			continue
		}
		if biography(p.text, names) || (below || boxed(p.node)) && names != nil && tellsOf(p.text, names) {
			found = append(found, p.text)
		}
	}
	if len(found) > mostBios {
		return ""
	}
	return strings.Join(found, "\n\n")
}

// boxed reports whether n stands in the box of an author.
func boxed(n *html.Node) bool {
	for range boxDepth {
		if n == nil || n.Type != html.ElementNode {
			return false
		}
		if tellsOfAuthor(n) {
			return true
		}
		n = n.Parent
	}
	return false
}

// tellsOf reports whether a text has the last word of one of the names.
func tellsOf(text string, names []string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	return slices.ContainsFunc(names, func(name string) bool {
		all := strings.Fields(name)
		return len(all) > 0 && slices.Contains(words, all[len(all)-1])
	})
}
