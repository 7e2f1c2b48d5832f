package main

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A paper is one publication of a think tank, on a page or in a PDF file.
type paper struct {
	path      string
	title     string
	author    string
	date      time.Time
	changed   time.Time
	takeaways []string
	paras     []string
	print     bool // whether it is a PDF file
}

// A thinkTank is a web site that publishes, edits, moves, withdraws and breaks.
// It has a feed of summaries, a page that lists what is new, and a sitemap.
type thinkTank struct {
	mu     sync.Mutex
	host   *httptest.Server // what it is called now
	now    func() time.Time
	papers []*paper          // newest first
	moved  map[string]string // paths that lead elsewhere for good
	broken http.HandlerFunc  // answers instead, if set
	frozen map[string]string // what the feed and the list said when they froze; nil while they live
}

func newThinkTank(t *testing.T, now func() time.Time) *thinkTank {
	x := &thinkTank{now: now, moved: map[string]string{}}
	x.host = httptest.NewServer(x)
	t.Cleanup(x.host.Close)
	return x
}

// rename gives the site another name; the old one leads there for good.
func (x *thinkTank) rename(t *testing.T) {
	x.mu.Lock()
	defer x.mu.Unlock()
	old := x.host
	x.host = httptest.NewServer(x)
	t.Cleanup(x.host.Close)
	to := x.host.URL
	old.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, to+r.URL.RequestURI(), http.StatusMovedPermanently)
	})
}

// do changes the site.
func (x *thinkTank) do(change func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	change()
}

// publish puts a paper at the top of the site.
func (x *thinkTank) publish(path, title string) *paper {
	p := &paper{path: path, title: title, author: "Ada Moreau", date: x.now().Truncate(time.Hour), changed: x.now(), print: strings.HasSuffix(path, ".pdf")}
	p.takeaways = []string{"What " + title + " costs is paid by the towns.", "Nobody has asked the towns about " + title + "."}
	for n, noun := range []string{"harbour", "market", "council", "ferry", "school", "mill", "library", "bridge"} {
		p.paras = append(p.paras, fmt.Sprintf("On the %s, %s has this to say in part %d: it was built when the town was small, and it is not mended by those who use it.", noun, title, n+1))
	}
	x.do(func() { x.papers = slices.Insert(x.papers, 0, p) })
	return p
}

func (x *thinkTank) withdraw(p *paper) {
	x.do(func() { x.papers = slices.DeleteFunc(x.papers, func(q *paper) bool { return p == q }) })
}

// edit changes a paper.
func (x *thinkTank) edit(p *paper, change func(*paper)) {
	x.do(func() { change(p); p.changed = x.now() })
}

func (x *thinkTank) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x.mu.Lock()
	defer x.mu.Unlock()
	lists := map[string]func() string{"/feed": x.feed, "/publications/": x.list, "/sitemap.xml": x.sitemap}
	switch {
	case r.URL.Path == "/robots.txt":
		fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
	case x.broken != nil:
		x.broken(w, r)
	case lists[r.URL.Path] != nil && x.frozen != nil:
		fmt.Fprint(w, x.frozen[r.URL.Path])
	case lists[r.URL.Path] != nil:
		fmt.Fprint(w, lists[r.URL.Path]())
	case x.moved[r.URL.Path] != "":
		http.Redirect(w, r, x.moved[r.URL.Path], http.StatusMovedPermanently)
	default:
		x.page(w, r)
	}
}

// freeze has the feed and the lists say what they say now.
func (x *thinkTank) freeze() {
	x.do(func() {
		x.frozen = map[string]string{"/feed": x.feed(), "/publications/": x.list(), "/sitemap.xml": x.sitemap()}
	})
}

func (x *thinkTank) page(w http.ResponseWriter, r *http.Request) {
	i := slices.IndexFunc(x.papers, func(p *paper) bool { return p.path == r.URL.Path })
	switch {
	case i < 0:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, "<!doctype html><title>Page not found</title><p>There is nothing here.")
	case x.papers[i].print:
		w.Header().Set("Content-Type", "application/pdf")
		w.Write(x.papers[i].pdf())
	default:
		fmt.Fprint(w, x.papers[i].html(x.host.URL))
	}
}

// newest are the papers that the feed and the list show.
func (x *thinkTank) newest() []*paper { return x.papers[:min(6, len(x.papers))] }

func (x *thinkTank) feed() string {
	var b strings.Builder
	for _, p := range x.newest() {
		fmt.Fprintf(&b, "<item><guid isPermaLink=\"false\">tag:%s</guid><link>%s%s</link><title>%s</title><pubDate>%s</pubDate><description>A paper by %s.</description></item>\n",
			p.title, x.host.URL, p.path, p.title, p.date.Format(time.RFC1123Z), p.author)
	}
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Institute</title>` + b.String() + "</channel></rss>"
}

func (x *thinkTank) list() string {
	var b strings.Builder
	for _, p := range x.newest() {
		fmt.Fprintf(&b, `<div class="card"><time datetime="%s">%[1]s</time><h3><a href="%s?utm_source=list">%s</a></h3><a href="%[2]s">Read more</a></div>`, p.date.Format(time.DateOnly), p.path, p.title)
	}
	return `<!doctype html><title>Publications</title><nav><a href="/about">About us</a><a href="/papers/">Papers</a></nav>` + b.String()
}

func (x *thinkTank) sitemap() string {
	var b strings.Builder
	for _, p := range x.papers {
		fmt.Fprintf(&b, "<url><loc>%s%s</loc><lastmod>%s</lastmod></url>", x.host.URL, p.path, p.changed.Format(time.RFC3339))
	}
	return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>` + x.host.URL + `/about</loc></url>` + b.String() + "</urlset>"
}

// html is the page of a paper with all that is around it.
func (p *paper) html(host string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>%[1]s | Institute of Towns</title><link rel="canonical" href="%[2]s%[3]s">
<meta property="article:published_time" content="%[4]s"><meta name="author" content="%[5]s"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About us</a></li></ul></nav><div class="cookie-banner">We use cookies. <button>Accept</button></div>
<article><h1>%[1]s</h1><p class="byline">By <a rel="author" href="/people">%[5]s</a></p><h2>Key Takeaways</h2><ul><li>%[6]s</li></ul><h2>Findings</h2><p>%[7]s</p></article>
<div class="share"><a href="https://social.example/">Share</a></div><section class="newsletter"><p>Stay informed about our latest news</p></section>
<aside><h3>Related</h3><a href="/papers/other">Another paper that has nothing to do with this one</a></aside><footer>© Institute of Towns</footer></body></html>`,
		html.EscapeString(p.title), host, p.path, p.date.Format(time.RFC3339), p.author, strings.Join(p.takeaways, "</li><li>"), strings.Join(p.paras, "</p><p>"))
}

// pdf is the paper in print: a title, and lines of 70 characters.
func (p *paper) pdf() []byte {
	var b bytes.Buffer
	y := 780
	line := func(size int, text string) {
		fmt.Fprintf(&b, "BT /F1 %d Tf 1 0 0 1 60 %d Tm (%s) Tj ET\n", size, y, strings.NewReplacer("(", `\(`, ")", `\)`).Replace(text))
		y -= size + 3
	}
	line(20, p.title)
	for _, para := range p.paras {
		y -= 9
		row := ""
		for _, word := range strings.Fields(para) {
			if len(row)+len(word) > 70 {
				line(10, row)
				row = ""
			}
			row = strings.TrimSpace(row + " " + word)
		}
		line(10, row)
	}
	return fmt.Appendf(nil, `%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>> endobj
4 0 obj <</Length %d>>
stream
%sendstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Courier>> endobj
6 0 obj <</Title (%s)/Author (%s)>> endobj
trailer <</Root 1 0 R/Info 6 0 R>>
%%%%EOF
`, b.Len(), b.String(), p.title, p.author)
}

// text is what the publication must say.
func (p *paper) text() string {
	all := p.paras
	if p.print {
		all = append([]string{p.title}, all...)
	} else {
		all = slices.Concat([]string{"Key Takeaways"}, p.takeaways, []string{"Findings"}, p.paras)
	}
	return strings.Join(all, "\n\n")
}
