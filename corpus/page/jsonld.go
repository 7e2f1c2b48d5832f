package page

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"

	xhtml "golang.org/x/net/html"
)

// A thing is one object of JSON-LD.
type thing map[string]any

// linked holds what a page says of itself in JSON-LD.
type linked struct {
	articles []thing          // those of a kind that has authors, in order; pages after articles
	byID     map[string]thing // everything that has an @id
	sites    []string         // names of the site and the publisher
}

// readLinked reads all JSON-LD of a page. What is broken beyond repair is left out.
func readLinked(doc *xhtml.Node) linked {
	l := linked{byID: make(map[string]thing)}
	var pages []thing
	for _, script := range elements(doc, "script") {
		if kind := strings.ToLower(attr(script, "type")); !strings.HasPrefix(strings.TrimSpace(kind), "application/ld+json") {
			continue
		}
		l.collect(repaired(rawText(script)), &pages, 0)
	}
	l.articles = append(l.articles, pages...)
	return l
}

// maxNesting is how deep an article may stand in JSON-LD.
const maxNesting = 6

// collect notes the objects in value and below it.
func (l *linked) collect(value any, pages *[]thing, depth int) {
	switch value := value.(type) {
	case []any:
		for _, v := range value {
			if depth < maxNesting {
				l.collect(v, pages, depth+1)
			}
		}
	case map[string]any:
		l.note(value, pages)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "publisher", "isPartOf", "author", "creator"} {
			if depth < maxNesting {
				l.collect(value[key], pages, depth+1)
			}
		}
	}
}

func (l *linked) note(t thing, pages *[]thing) {
	if id, ok := t["@id"].(string); ok && len(t) > 1 && l.byID[id] == nil {
		l.byID[id] = t
	}
	switch kind := t.kind(); {
	case strings.HasSuffix(kind, "Article") || articleKinds[kind]:
		l.articles = append(l.articles, t)
	case kind == "WebPage":
		*pages = append(*pages, t)
	case kind == "WebSite" || strings.HasSuffix(kind, "Organization"):
		l.sites = append(l.sites, t.text("name"))
	}
}

var articleKinds = set("Report BlogPosting SocialMediaPosting LiveBlogPosting AnalysisNewsArticle PublicationIssue Thesis Book Chapter")

// kind returns the type of t; of several, the first that is an article's.
func (t thing) kind() string {
	first := ""
	for _, kind := range values(t["@type"]) {
		name, _ := kind.(string)
		name = name[strings.LastIndexAny(name, "/:#")+1:]
		if strings.HasSuffix(name, "Article") || articleKinds[name] {
			return name
		}
		if first == "" {
			first = name
		}
	}
	return first
}

// text returns a property that is text, in one language if there are several.
func (t thing) text(keys ...string) string {
	for _, key := range keys {
		for _, v := range values(t[key]) {
			if m, ok := v.(map[string]any); ok {
				v = m["@value"]
			}
			if s, ok := v.(string); ok && strings.TrimSpace(s) != "" {
				return fold(html.UnescapeString(tags.ReplaceAllString(s, "")))
			}
		}
	}
	return ""
}

// addresses returns the addresses that t gives as its own.
func (t thing) addresses() (found []string) {
	for _, key := range []string{"url", "mainEntityOfPage", "@id"} {
		for _, v := range values(t[key]) {
			if m, ok := v.(map[string]any); ok {
				v = m["@id"]
			}
			if s, ok := v.(string); ok && strings.Contains(s, "/") {
				found = append(found, s)
			}
		}
	}
	return found
}

// authors returns the names of those who wrote t: of people, and if there are
// none, of an organisation that is not the publisher.
func (l linked) authors(t thing) (people []string) {
	var bodies []string
	for _, key := range []string{"author", "creator"} {
		for _, v := range values(t[key]) {
			name, body := l.author(v)
			if body {
				bodies = append(bodies, names(name)...)
				continue
			}
			people = append(people, names(name)...)
		}
		if len(people) > 0 {
			return people
		}
	}
	return bodies
}

// author returns the name in one value of "author", and whether it is that of
// an organisation.
func (l linked) author(v any) (name string, body bool) {
	switch v := v.(type) {
	case string:
		return v, false
	case map[string]any:
		t := thing(v)
		if id, ok := v["@id"].(string); ok && t.text("name") == "" {
			t = l.byID[id]
		}
		if name = t.text("name"); name == "" {
			name = strings.TrimSpace(t.text("givenName") + " " + t.text("familyName"))
		}
		return name, strings.HasSuffix(t.kind(), "Organization")
	}
	return "", false
}

// values returns the values of a property that may have one or many.
func values(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

var (
	tags      = regexp.MustCompile(`<[^>]*>`)
	wrapper   = regexp.MustCompile(`(?s)^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*$`)
	trailing  = regexp.MustCompile(`,\s*([}\]])`)
	finished  = regexp.MustCompile(`;\s*$`)
	lineBreak = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")
)

// repaired reads JSON that people wrote: with comments around it, line breaks
// inside texts, and commas and semicolons too many. It returns nil if it
// cannot.
func repaired(src string) (value any) {
	src = wrapper.ReplaceAllString(src, "")
	if json.Unmarshal([]byte(src), &value) == nil {
		return value
	}
	src = trailing.ReplaceAllString(finished.ReplaceAllString(lineBreak.Replace(src), ""), "$1")
	if json.Unmarshal([]byte(src), &value) == nil {
		return value
	}
	return nil
}

// rawText returns the text in n as it was written.
func rawText(n *xhtml.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		if c.Type == xhtml.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
