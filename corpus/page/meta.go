package page

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// A meta is what a page says of its article beside the text. Of several
// voices JSON-LD comes first, then the head's meta elements, then what
// readers see.
type meta struct {
	title     string
	authors   []string
	published time.Time // zero if unknown
	own       []string  // addresses that it gives as its own, best first
	languages []string  // claims of its language, best first
	section   string    // of the site; empty if unknown
}

// A teller reads the meta of one page.
type teller struct {
	doc    *goquery.Document
	linked linked
	named  map[string][]string // contents of meta elements by name, in lower case
	sites  []string            // names of the site
	found  *url.URL            // where the page was found
	latest time.Time           // a date after that is none of a publication
}

// maxAhead is how far after its fetching a page may be dated: some journals
// date an issue that appears today months ahead.
const maxAhead = 366 * 24 * time.Hour

func tell(root *html.Node, found *url.URL, fetched time.Time) meta {
	t := teller{
		doc:    goquery.NewDocumentFromNode(root),
		linked: readLinked(root),
		named:  readNamed(root),
		found:  found,
		latest: fetched.Add(maxAhead),
	}
	t.sites = append(t.named["og:site_name"], t.linked.sites...)
	article := t.article()
	m := meta{
		title:     t.title(article),
		own:       t.own(article),
		languages: t.languages(article),
	}
	m.authors = t.authors(article, m.title)
	m.published = t.published(article)
	m.section = t.section(article, m.title)
	return m
}

// readNamed returns the contents of the meta elements of a page.
func readNamed(root *html.Node) map[string][]string {
	named := make(map[string][]string)
	for _, n := range elements(root, "meta") {
		content := fold(attr(n, "content"))
		if content == "" {
			continue
		}
		for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
			for name := range strings.FieldsSeq(strings.ToLower(attr(n, key))) {
				named[name] = append(named[name], content)
			}
		}
	}
	return named
}

// meta returns the contents of the first of these meta elements that is there.
func (t teller) meta(names ...string) []string {
	for _, name := range names {
		if len(t.named[name]) > 0 {
			return t.named[name]
		}
	}
	return nil
}

// article returns the object of JSON-LD that tells of this page: the one with
// its address or its title, for a page may also tell of others; else the only
// one there is. It is nil if there is none.
func (t teller) article() thing {
	visible := append(t.headings(), append(t.meta("og:title", "citation_title"), t.doc.Find("title").First().Text())...)
	for _, a := range t.linked.articles {
		for _, own := range a.addresses() {
			if u, err := t.found.Parse(own); err == nil && isWeb(t.found) && bare(u).String() == bare(t.found).String() {
				return a
			}
		}
		headline := words(a.text("headline", "name"))
		for _, title := range visible {
			if headline != "" && strings.HasPrefix(words(title), headline) {
				return a
			}
		}
	}
	if len(t.linked.articles) == 1 && t.linked.articles[0].kind() != "WebPage" {
		return t.linked.articles[0]
	}
	return nil
}

// headings returns the main headings that readers see.
func (t teller) headings() (found []string) {
	for _, n := range t.doc.Find("h1").Nodes {
		for _, p := range read(n) {
			found = append(found, p.text)
		}
	}
	return found
}

// title returns the title without the name of the site. A heading that
// readers see and that says the same at more length is preferred, since
// others are cut for search engines.
func (t teller) title(article thing) string {
	candidates := []string{article.text("headline", "name")}
	candidates = append(candidates, t.meta("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title", "parsely-title", "sailthru.title")...)
	headings := t.headings()
	candidates = append(candidates, t.doc.Find("head title").First().Text())
	candidates = append(candidates, headings...)
	kept := candidates[:0]
	for _, c := range candidates {
		if title := t.bareTitle(c); title != "" {
			kept = append(kept, title)
		}
	}
	for i, title := range kept {
		if i+1 == len(kept) || seconded(title, kept[i+1:]) {
			return longer(unsigned(title, headings), headings)
		}
	}
	return ""
}

// seconded reports whether one of the others has half of the words of title or
// more: a page tells of other things too, and a title that nothing else on it
// agrees with is that of one of those.
func seconded(title string, others []string) bool {
	own := strings.Fields(words(title))
	for _, other := range others {
		has, same := set(words(other)), 0
		for _, w := range own {
			same += number(has[w])
		}
		if 2*same >= len(own) {
			return true
		}
	}
	return false
}

// longer returns the heading that title is the beginning of, else title.
func longer(title string, headings []string) string {
	short := words(strings.TrimRight(title, ".… "))
	for _, h := range headings {
		if w := words(h); short != "" && (w == short || strings.HasPrefix(w, short+" ") && len(h) < maxTitle) {
			return h
		}
	}
	return title
}

// unsigned returns the part of title before a separator if a heading says the
// same: what follows is then the name of a site that is not otherwise known.
func unsigned(title string, headings []string) string {
	for _, cut := range separator.FindAllStringIndex(title, -1) {
		for _, h := range headings {
			if words(h) == words(title[:cut[0]]) && words(h) != "" {
				return h
			}
		}
	}
	return title
}

// maxTitle is the length in bytes above which a title is not believed.
const maxTitle = 400

// separator stands between a title and the name of the site.
var separator = regexp.MustCompile(`\s+(?:\||-|–|—|·|•|::|»|«|›|:)\s+|\s*\|\s*`)

// bareTitle returns a title without the name of the site before or after it,
// or the empty string if no more is left or it is no title.
func (t teller) bareTitle(raw string) string {
	title := fold(html.UnescapeString(invisible.Replace(raw)))
	for range 3 {
		cuts := separator.FindAllStringIndex(title, -1)
		if len(cuts) == 0 {
			break
		}
		first, last := cuts[0], cuts[len(cuts)-1]
		switch {
		case t.site(title[last[1]:]):
			title = title[:last[0]]
		case t.site(title[:first[0]]):
			title = title[first[1]:]
		}
	}
	if t.site(title) || len(title) > maxTitle || !strings.ContainsFunc(title, isWord) {
		return ""
	}
	return title
}

// site reports whether a part of a title names the site: as the page itself
// does, or as the host's name does.
func (t teller) site(part string) bool {
	folded := words(part)
	if folded == "" {
		return true
	}
	for _, name := range t.sites {
		if words(name) == folded {
			return true
		}
	}
	name, _, _ := strings.Cut(owner(t.found), ".")
	squeezed := strings.ReplaceAll(folded, " ", "")
	return len(name) > 2 && (squeezed == strings.ReplaceAll(name, "-", "") || squeezed == strings.NewReplacer(".", "", "-", "").Replace(owner(t.found)))
}

// own returns the addresses that the page gives as its own.
func (t teller) own(article thing) (found []string) {
	t.doc.Find(`link[rel~="canonical"]`).Each(func(_ int, s *goquery.Selection) {
		found = append(found, s.AttrOr("href", ""))
	})
	found = append(found, t.meta("og:url")...)
	found = append(found, article.addresses()...)
	kept := found[:0]
	for _, raw := range found {
		if strings.TrimSpace(raw) != "" {
			kept = append(kept, raw)
		}
	}
	return kept
}

func (t teller) languages(article thing) (found []string) {
	found = append(found, article.text("inLanguage"))
	found = append(found, t.doc.Find("html").AttrOr("lang", ""))
	found = append(found, t.meta("citation_language")...)
	found = append(found, t.meta("dc.language", "dcterms.language")...)
	found = append(found, t.meta("og:locale")...)
	return append(found, t.meta("content-language")...)
}

// maxSection is the length in bytes above which the name of a section is not
// believed.
const maxSection = 80

// section returns the part of the site that the article is filed under. Neither
// the site nor the title is one.
func (t teller) section(article thing, title string) string {
	for _, name := range append([]string{article.text("articleSection")}, t.meta("article:section", "parsely-section", "og:section", "section", "dc.subject.section")...) {
		name = fold(html.UnescapeString(name))
		if name != "" && len(name) <= maxSection && !t.site(name) && !sameWords(name, title) && strings.ContainsFunc(name, isWord) {
			return name
		}
	}
	return ""
}
