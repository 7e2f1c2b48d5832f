package page

import (
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// authors returns those who wrote the article, from the first voice that names
// any. Neither the site nor the title is an author.
func (t teller) authors(article thing, title string) []string {
	voices := []func() []string{
		func() []string { return t.linked.authors(article) },
		func() []string { return t.metaAuthors() },
		func() []string { return t.shownAuthors() },
	}
	for _, voice := range voices {
		found := slices.DeleteFunc(unique(voice()), func(name string) bool { return t.site(name) || sameWords(name, title) })
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// metaAuthors returns the authors in the meta elements; those of one name are
// a list, and each may name several.
func (t teller) metaAuthors() (found []string) {
	for _, name := range []string{"citation_author", "citation_authors", "dc.creator", "dcterms.creator", "dc.contributor.author",
		"author", "article:author", "parsely-author", "sailthru.author", "og:author", "twitter:data1"} {
		if name == "twitter:data1" && !slices.ContainsFunc(t.meta("twitter:label1"), func(l string) bool {
			return strings.EqualFold(l, "written by")
		}) {
			continue
		}
		for _, content := range t.named[name] {
			found = append(found, names(content)...)
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// bylines are where readers see who wrote an article, best first.
var bylines = []string{
	`[itemprop~="author"] [itemprop~="name"]`, `[itemprop~="author"]`, `a[rel~="author"]`,
	`[class*="byline"] a`, `.byline, .by-line, [class*="byline"]`,
	`[class*="author-name"], [class*="author__name"], [class*="authorName"], .authors a, .author a`, `.authors, .author, .post-author`,
}

// maxByline is the length in bytes above which an element is no byline.
const maxByline = 200

// shownAuthors returns the authors in the first kind of byline that names
// some, above or in the article: not those of comments and other articles.
func (t teller) shownAuthors() (found []string) {
	for _, selector := range bylines {
		var first *html.Node
		t.doc.Find(selector).Each(func(_ int, s *goquery.Selection) {
			n := s.Nodes[0]
			if other(s) || len(textOf(n)) > maxByline || first != nil && !sameLine(first, n) {
				return
			}
			first = n
			for _, p := range read(n) {
				found = append(found, names(p.text)...)
			}
		})
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// sameLine reports whether b stands in the same line as a.
func sameLine(a, b *html.Node) bool {
	for range 2 {
		if a = a.Parent; a != nil && within(a, b) && len(textOf(a)) <= maxByline {
			return true
		}
	}
	return false
}

// maxDates is how many dates are looked at: beyond that the page lists other
// articles.
const maxDates = 20

// other reports whether s belongs to something else than the page's article.
func other(s *goquery.Selection) bool {
	return s.Closest(`aside, footer, nav, [class*="comment"], [class*="related"], [class*="recommend"], [class*="teaser"], [class*="card"]`).Length() > 0
}

// published returns when the article was published, from the first voice that
// says so, never when it was changed; the zero time if none does.
func (t teller) published(article thing) time.Time {
	claims := []string{article.text("datePublished"), article.text("dateCreated")}
	for _, name := range []string{"citation_publication_date", "article:published_time", "og:published_time", "og:article:published_time", "citation_date", "citation_online_date",
		"dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate",
		"publish-date", "publish_date", "publication_date", "published_date", "date", "pub_date"} {
		claims = append(claims, t.named[name]...)
	}
	for _, claim := range claims {
		if when, ok := Date(claim); ok && t.credible(when) {
			return when
		}
	}
	if when := t.shownDate(); !when.IsZero() {
		return when
	}
	return t.dateInPath()
}

// earliest is the year before which no page on the Web was published; a
// default such as 1970 is no date.
const earliest = 1985

func (t teller) credible(when time.Time) bool {
	return when.Year() >= earliest && when.Before(t.latest)
}

// dates are where readers see a date, best first.
var dates = []string{
	`[itemprop~="datePublished"]`, `time[pubdate]`, `time[class*="publish"], [class*="publish"] time`, `article header time, header time`,
	`article time`, `time`,
	`[class*="publish-date"], [class*="published"], [class*="pub-date"], [class*="pubdate"], [class*="publication-date"], [class*="post-date"], [class*="entry-date"], [class*="article-date"], [class*="posted-on"], [class*="field--name-field-date"]`,
	`.date, [class*="date"]`, `[class*="byline"], [class*="meta"]`,
}

// shownDate returns the first date that readers see and that is not that of a
// change, the zero time if there is none.
func (t teller) shownDate() (when time.Time) {
	for _, selector := range dates {
		t.doc.Find(selector).EachWithBreak(func(i int, s *goquery.Selection) bool {
			when = t.dateIn(s)
			return when.IsZero() && i < maxDates
		})
		if !when.IsZero() {
			break
		}
	}
	return when
}

// dateIn returns the date that one element shows, the zero time if none.
func (t teller) dateIn(s *goquery.Selection) time.Time {
	text := fold(s.Text())
	if len(text) > maxByline || other(s) || changes(s, text) {
		return time.Time{}
	}
	for _, claim := range []string{s.AttrOr("datetime", ""), s.AttrOr("content", ""), text} {
		if when, ok := Date(claim); ok && t.credible(when) {
			return when
		}
	}
	return time.Time{}
}

// changes reports whether a date is that of a change or of an event.
func changes(s *goquery.Selection, text string) bool {
	names := strings.ToLower(s.AttrOr("class", "") + " " + s.AttrOr("itemprop", "") + " " + s.Parent().AttrOr("class", ""))
	text = strings.ToLower(text)
	for _, word := range []string{"updated", "modified", "update-date", "event", "actualis", "aktualisiert"} {
		if strings.Contains(names, word) || strings.HasPrefix(text, word) || strings.HasPrefix(text, "last "+word) || strings.HasPrefix(text, "zuletzt "+word) {
			return true
		}
	}
	return false
}

// dateInPath returns the day in an address such as /2026/11/23/name.
func (t teller) dateInPath() time.Time {
	path := t.found.Path
	if when, span := findDate(path); span != "" && t.credible(when) {
		return when
	}
	return time.Time{}
}
