package page

import (
	"strings"

	"golang.org/x/net/html"
)

// blocks are the elements that begin and end a paragraph.
var blocks = set("p div h1 h2 h3 h4 h5 h6 pre blockquote hr ul ol li menu dl dt dd " +
	"table caption thead tbody tfoot tr td th article section aside header footer main nav address hgroup " +
	"figure figcaption details summary form fieldset legend center body html dialog option noscript")

// silent are the elements of which nobody sees the words.
var silent = set("script style template noscript head svg iframe object embed canvas audio video map " +
	"select textarea input datalist dialog annotation annotation-xml rt rp")

// offscreen are classes of text that is for screen readers only.
var offscreen = set("sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only element-invisible u-hidden-visually a11y-hidden")

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// unseen reports whether a reader of the page does not see n.
func unseen(n *html.Node) bool {
	if silent[n.Data] {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return a.Val != "until-found"
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			if hides(a.Val) {
				return true
			}
		case "class":
			for c := range strings.FieldsSeq(a.Val) {
				if offscreen[c] {
					return true
				}
			}
		}
	}
	return false
}

// hides reports whether an inline style makes its element invisible.
func hides(style string) bool {
	if !strings.Contains(style, "none") && !strings.Contains(style, "hidden") {
		return false
	}
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// attr returns the value of an attribute of n, empty if it has none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// within reports whether n is outer or stands in it.
func within(outer, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// remove takes n out of its tree.
func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// elements returns the elements below n that have one of these names.
func elements(n *html.Node, names ...string) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		for _, name := range names {
			if d.Data == name {
				found = append(found, d)
			}
		}
	}
	return found
}
