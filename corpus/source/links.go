package source

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

const (
	maxClimb = 8    // elements around a link that may be its card; more hold the whole page
	maxStep  = 6    // siblings of a card in which its date is looked for
	maxCard  = 2000 // bytes of the text in which a link's date is looked for
	maxLabel = 300  // bytes of the longest text of a link that is a title
)

// find returns the links of a page that fit, in their order, and the address
// of the next page. Several links to one address are one.
func (l *Listing) find(src []byte, kind string, base *url.URL) (links []link, next string, err error) {
	text := decode(src, kind)
	if enc, _, sure := charset.DetermineEncoding(src, kind); sure && text != string(src) {
		text = decoded(src, enc)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return nil, "", err
	}
	if b, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if u, err := base.Parse(b); err == nil && onWeb(u) {
			base = u
		}
	}
	c := cards{listing: l, base: base, self: key(base.String()), of: map[*html.Node]string{}, nodes: map[string][]*html.Node{}, leading: map[*html.Node]bool{}}
	order := c.collect(doc)
	for _, address := range order {
		links = append(links, c.link(address))
	}
	return links, nextPage(doc, base), nil
}

// cards finds what a page says around its links.
type cards struct {
	listing *Listing
	base    *url.URL
	self    string
	of      map[*html.Node]string // address of each link that fits
	nodes   map[string][]*html.Node
	leading map[*html.Node]bool // whether dates stand before their links in an element
}

// collect notes the links that fit and returns their addresses in order.
func (c *cards) collect(doc *goquery.Document) (order []string) {
	for _, n := range c.anchors(doc) {
		address := c.address(n)
		if address == "" || key(address) == c.self {
			continue
		}
		if c.nodes[address] == nil {
			order = append(order, address)
		}
		c.of[n] = address
		c.nodes[address] = append(c.nodes[address], n)
	}
	return order
}

// anchors returns the links that the selector means.
func (c *cards) anchors(doc *goquery.Document) (all []*html.Node) {
	if c.listing.links == nil {
		return doc.Find("a[href]").Nodes
	}
	doc.FindMatcher(c.listing.links).Each(func(_ int, s *goquery.Selection) {
		if s.Is("a[href]") {
			all = append(all, s.Nodes...)
			return
		}
		inside := s.Find("h1 a[href], h2 a[href], h3 a[href], h4 a[href], h5 a[href], h6 a[href]")
		if inside.Length() == 0 {
			inside = s.Find("a[href]")
		}
		for _, n := range inside.Nodes {
			if c.address(n) != "" {
				all = append(all, n)
				return
			}
		}
	})
	return all
}

// address returns where a link leads, or the empty string if that does not fit.
func (c *cards) address(n *html.Node) string {
	u, err := c.base.Parse(strings.TrimSpace(attr(n, "href")))
	if err != nil || !c.listing.fits(u) {
		return ""
	}
	return clean(u)
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// link returns what the page says of an address.
func (c *cards) link(address string) link {
	l := link{address: address}
	for _, n := range c.nodes[address] {
		if text := label(n); len(text) > len(l.title) && len(text) <= maxLabel {
			l.title = text
		}
	}
	for _, n := range c.nodes[address] {
		if l.date = c.date(n, address); !l.date.IsZero() {
			break
		}
	}
	if l.date.IsZero() {
		l.date = dateInPath(address)
	}
	l.mark = hash([]byte(l.title + "\n" + l.date.String()))
	return l
}

func label(n *html.Node) string { return fold(goquery.NewDocumentFromNode(n).Text()) }

// date returns the date that stands nearest to a link: in the largest element
// around it that holds no other link that fits, else in the one beside that.
func (c *cards) date(n *html.Node, address string) time.Time {
	card, levels := n, 0
	for p := n.Parent; p != nil && p.Type == html.ElementNode && !c.holdsOther(p, address); p = p.Parent {
		if levels++; levels > maxClimb {
			break
		}
		card = p
		if when := c.dateIn(card); !when.IsZero() {
			return when
		}
	}
	before, after := c.beside(card, previous), c.beside(card, following)
	if !before.IsZero() && c.leads(card) {
		return before
	}
	if !after.IsZero() {
		return after
	}
	return before
}

// holdsOther reports whether there is a link to another publication in n.
func (c *cards) holdsOther(n *html.Node, address string) bool {
	for d := range n.Descendants() {
		if other, ok := c.of[d]; ok && other != address {
			return true
		}
	}
	return false
}

// beside returns the date in the nearest sibling of n that has one, if no
// other link comes before it.
func (c *cards) beside(n *html.Node, step func(*html.Node) *html.Node) time.Time {
	steps := 0
	for s := step(n); s != nil && steps < maxStep; s = step(s) {
		steps++
		if c.of[s] != "" || c.holdsOther(s, "") {
			break
		}
		if when := c.dateIn(s); !when.IsZero() {
			return when
		}
	}
	return time.Time{}
}

func previous(n *html.Node) *html.Node  { return n.PrevSibling }
func following(n *html.Node) *html.Node { return n.NextSibling }

// leads reports whether dates stand before their links where n stands: whether
// one comes before the first link there.
func (c *cards) leads(n *html.Node) bool {
	p := n.Parent
	if p == nil {
		return false
	}
	leads, known := c.leading[p]
	if !known {
		leads = c.dateFirst(p)
		c.leading[p] = leads
	}
	return leads
}

func (c *cards) dateFirst(p *html.Node) bool {
	for s := range p.ChildNodes() {
		if c.of[s] != "" || c.holdsOther(s, "") {
			return false
		}
		if !c.dateIn(s).IsZero() {
			return true
		}
	}
	return false
}

// dateIn returns the date in an element: one that is marked up, else the first
// in its text.
func (c *cards) dateIn(n *html.Node) time.Time {
	if n.Type == html.ElementNode {
		doc := goquery.NewDocumentFromNode(n)
		for _, m := range doc.Find("[datetime]").AddBack().Filter("[datetime]").Nodes {
			if when := isoDate(attr(m, "datetime")); !when.IsZero() {
				return when
			}
		}
	}
	var text strings.Builder
	for d := range n.Descendants() {
		if text.Len() > maxCard {
			break
		}
		if d.Type == html.TextNode {
			text.WriteString(d.Data + " ")
		}
	}
	if n.Type == html.TextNode {
		text.WriteString(n.Data)
	}
	return c.listing.dateOf(fold(text.String()))
}

// dateOf returns the first date in a text.
func (l *Listing) dateOf(text string) time.Time {
	if text == "" || len(text) > 2*maxCard {
		return time.Time{}
	}
	if l.layout.Date != nil {
		if when, found := l.layout.Date(text); found {
			return when
		}
	}
	return isoDate(isoDay.FindString(text))
}

var (
	isoDay  = regexp.MustCompile(`\b(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]\b`)
	pathDay = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})[-_/.]?([01][0-9])[-_/.]?([0-3][0-9])(?:[^0-9]|$)`)
)

// isoDate reads a date as ISO 8601 has it, with or without a time.
func isoDate(text string) time.Time {
	text = strings.TrimSpace(text)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02"} {
		if when, err := time.Parse(layout, text); err == nil && when.Year() >= 1000 {
			return when.UTC()
		}
	}
	return time.Time{}
}

// dateInPath returns the day that stands in the path or the file name of an
// address. A month alone says too little: it would make what is new look old.
func dateInPath(address string) time.Time {
	u, err := url.Parse(address)
	if err != nil {
		return time.Time{}
	}
	for _, m := range pathDay.FindAllStringSubmatch(u.Path, -1) {
		if when := isoDate(m[1] + "-" + m[2] + "-" + m[3]); !when.IsZero() {
			return when
		}
	}
	return time.Time{}
}

// nextLabels are the texts of links to the next page.
var nextLabels = []string{
	"next", "next page", "next ›", "next »", "next >", "older", "older posts", "older entries", "›", "»", "→", ">",
	"weiter", "nächste", "nächste seite", "ältere beiträge", "suivant", "page suivante", "siguiente", "página siguiente",
	"successivo", "pagina successiva", "volgende", "volgende pagina",
}

// nextPage returns the address of the next page of a listing, or the empty
// string. It is on the same host.
func nextPage(doc *goquery.Document, base *url.URL) string {
	next := doc.Find(`link[rel~="next"][href], a[rel~="next"][href], a.next[href], .next > a[href], .pager__item--next a[href]`).Nodes
	for _, n := range append(next, doc.Find("a[href]").Nodes...) {
		marked := slices.Contains(next, n)
		if !marked && !slices.Contains(nextLabels, strings.ToLower(label(n))) {
			continue
		}
		u, err := base.Parse(strings.TrimSpace(attr(n, "href")))
		if err == nil && onWeb(u) && u.Host == base.Host && key(u.String()) != key(base.String()) {
			u.Fragment, u.User = "", base.User
			return u.String()
		}
	}
	return ""
}
