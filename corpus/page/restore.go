package page

import (
	"golang.org/x/net/html"
)

// restore returns the paragraphs of the article with those put back in their
// places that go-readability took for something else, such as a paragraph that
// is half a link. All are the paragraphs of the whole page, in order; what is
// put back stands right beside some of the article and reads like them.
func restore(body, all []para) (whole []para) {
	places := align(body, all)
	next := 0 // in all
	var last *html.Node
	for i, p := range body {
		if places[i] >= 0 {
			here := all[places[i]].node
			whole = append(whole, missed(all[next:places[i]], last, here)...)
			next, last = places[i]+1, here
		}
		whole = append(whole, p)
	}
	return append(whole, missed(all[next:], last, nil)...)
}

// align returns for each paragraph of the article its place among all, -1 if
// it is not found.
func align(body, all []para) (places []int) {
	at := make(map[string][]int)
	for i, p := range all {
		at[p.text] = append(at[p.text], i)
	}
	last := -1
	for _, p := range body {
		same := at[p.text]
		for len(same) > 0 && same[0] <= last {
			same = same[1:]
		}
		at[p.text] = same
		if len(same) == 0 {
			places = append(places, -1)
			continue
		}
		last = same[0]
		places = append(places, last)
	}
	return places
}

// missed returns those paragraphs that belong to the article, of which one
// paragraph stands before them and one after: whole sentences that are not
// mostly links, beside one of the two. Either may be nil.
func missed(paras []para, before, after *html.Node) (found []para) {
	for _, p := range paras {
		if p.level == 0 && len(p.text) >= minProse && !p.mostlyLinks() && bodied[p.node.Data] && !pictured(p.node) &&
			(beside(before, p.node) || beside(after, p.node)) {
			found = append(found, p)
		}
	}
	return found
}

var (
	bodied   = set("p li blockquote dd tr pre")                                                                                           // blocks that are made for text
	asides   = set("aside form fieldset footer header figure figcaption nav dialog address")                                              // blocks that are set beside it
	pictures = set("caption captions credit credits gallery photo photos slide slides slideshow carousel media image copyright citation") // classes of what belongs to a picture or a page
)

// pictured reports whether the markup of n, or of what it stands in, says that
// it belongs to a picture.
func pictured(n *html.Node) bool {
	for range 3 {
		if n == nil {
			return false
		}
		for _, word := range markupWords(n) {
			if pictures[word] {
				return true
			}
		}
		n = n.Parent
	}
	return false
}

// beside reports whether two blocks stand in the same element, or in elements
// that stand beside each other and are part of the text.
func beside(a, b *html.Node) bool {
	a, b = outermost(a), outermost(b)
	if a == nil || b == nil || a.Parent == nil || b.Parent == nil || asides[b.Parent.Data] && a.Parent != b.Parent {
		return false
	}
	outer := []*html.Node{a.Parent, a.Parent.Parent}
	return b.Parent == outer[0] || b.Parent == outer[1] || b.Parent.Parent == outer[0] || b.Parent.Parent != nil && b.Parent.Parent == outer[1]
}

// outermost returns the item or quotation that a paragraph is in, else n.
func outermost(n *html.Node) *html.Node {
	if n != nil && n.Parent != nil && (n.Parent.Data == "li" || n.Parent.Data == "blockquote" || n.Parent.Data == "dd") {
		return n.Parent
	}
	return n
}
