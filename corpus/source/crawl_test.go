package source_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
	"rapporteur/corpus/source"
)

var (
	_ corpus.Source = (*source.Listing)(nil)
	_ corpus.Source = (*source.Sitemap)(nil)
)

// A paper is one publication of the institute.
type paper struct {
	path    string
	title   string
	text    string
	date    time.Time
	changed time.Time
	id      string // that it must have; empty for the address that it first had
}

// An institute is a site that publishes, edits, moves, withdraws and breaks.
type institute struct {
	t      *testing.T
	server *httptest.Server
	time   time.Time
	store  *corpus.Store
	src    corpus.Source

	mu     sync.Mutex
	papers []*paper          // newest first
	moved  map[string]string // paths that lead elsewhere for good
	broken http.HandlerFunc  // answers instead, if set
	robots string
	asked  []string // paths since the last look
	agents []string
}

func newInstitute(t *testing.T) *institute {
	x := &institute{t: t, time: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC), moved: map[string]string{}}
	x.server = httptest.NewServer(x)
	t.Cleanup(x.server.Close)
	store, err := corpus.OpenStore(t.Context(), filepath.Join(t.TempDir(), "corpus.db"), x.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	x.store = store
	return x
}

func (x *institute) now() time.Time { x.mu.Lock(); defer x.mu.Unlock(); return x.time }

func (x *institute) web() *source.Fetcher {
	client := source.NewClient(true)
	x.t.Cleanup(client.CloseIdleConnections)
	return source.NewFetcher(client, "mailto:ann@example.org", x.now, func(ctx context.Context, d time.Duration) error {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.time = x.time.Add(d)
		return ctx.Err()
	})
}

// reader reads the institute's pages: their h1 is the title, each p a paragraph.
func reader() source.Reader {
	return source.Readers{HTML: func(_ context.Context, name, _ string, src []byte) (*corpus.Doc, error) {
		d := &corpus.Doc{ID: name, URL: name}
		if m := regexp.MustCompile(`<h1>(.*?)</h1>`).FindSubmatch(src); m != nil {
			d.Title = string(m[1])
		}
		var paras []string
		for _, m := range regexp.MustCompile(`<p>(.*?)</p>`).FindAllSubmatch(src, -1) {
			paras = append(paras, string(m[1]))
		}
		if d.Text = strings.Join(paras, "\n\n"); d.Text == "" {
			return nil, fmt.Errorf("%s: there is no text in it", name)
		}
		return d, nil
	}}
}

func (x *institute) listing(layout source.Layout, rules source.Rules) {
	src, err := source.NewListing("institute", x.server.URL+"/publications", layout, rules, x.web(), reader())
	if err != nil {
		x.t.Fatal(err)
	}
	x.src = src
}

func (x *institute) sitemap() {
	x.src = source.NewSitemap("institute", x.server.URL+"/sitemap.xml", source.Rules{}, x.web(), reader())
}

func (x *institute) feed() {
	x.src = source.NewFeed("institute", x.server.URL+"/feed", source.Rules{}, x.web(), reader())
}

func (x *institute) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if r.URL.Path == "/robots.txt" {
		fmt.Fprint(w, x.robots)
		return
	}
	x.asked = append(x.asked, r.URL.Path)
	x.agents = append(x.agents, r.Header.Get("User-Agent"))
	if x.broken != nil {
		x.broken(w, r)
		return
	}
	x.answer(w, r)
}

// answer answers as a site does that is not broken.
func (x *institute) answer(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/publications":
		fmt.Fprint(w, x.list())
	case "/sitemap.xml":
		fmt.Fprint(w, x.urlset())
	case "/feed":
		fmt.Fprint(w, x.rss())
	default:
		x.page(w, r)
	}
}

// shown are how many papers the listing and the feed show.
const shown = 6

func (x *institute) list() string {
	var out strings.Builder
	out.WriteString("<!doctype html><title>Publications</title><nav><a href=/about>About</a></nav><main>")
	for _, p := range x.papers[:min(shown, len(x.papers))] {
		fmt.Fprintf(&out, `<article><h2><a href="%s">%s</a></h2><span>%s</span><a href="%[1]s">Read more</a></article>`, p.path, p.title, p.date.Format(time.DateOnly))
	}
	return out.String() + "</main>"
}

func (x *institute) urlset() string {
	var out strings.Builder
	for _, p := range x.papers {
		fmt.Fprintf(&out, "<url><loc>%s%s</loc><lastmod>%s</lastmod></url>", x.server.URL, p.path, p.changed.Format(time.RFC3339))
	}
	return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + out.String() + "</urlset>"
}

func (x *institute) rss() string {
	var items []string
	for _, p := range x.papers[:min(shown, len(x.papers))] {
		items = append(items, fmt.Sprintf("<item><guid>%s%s</guid><link>%[1]s%[2]s</link><title>%s</title><pubDate>%s</pubDate><description>Changed %s.</description></item>",
			x.server.URL, p.path, p.title, p.date.Format(time.RFC1123Z), p.changed))
	}
	return rss(items...)
}

func (x *institute) page(w http.ResponseWriter, r *http.Request) {
	if to := x.moved[r.URL.Path]; to != "" {
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return
	}
	for _, p := range x.papers {
		if p.path == r.URL.Path {
			fmt.Fprintf(w, "<!doctype html><title>%s | Institute</title><h1>%[1]s</h1><p>%s</p>", p.title, strings.ReplaceAll(p.text, "\n\n", "</p><p>"))
			return
		}
	}
	http.NotFound(w, r)
}

// prose returns a text of about 400 words that no other seed gives.
func prose(seed string) string {
	var paras []string
	for n := range 20 {
		paras = append(paras, fmt.Sprintf("Paragraph %d of %s says that the tide comes in twice on most days, and that boats wait for it in the harbour.", n, seed))
	}
	return strings.Join(paras, "\n\n")
}

// publish puts a paper at the top of the site.
func (x *institute) publish(path string) *paper {
	x.mu.Lock()
	defer x.mu.Unlock()
	p := &paper{path: path, title: "On " + strings.Trim(path, "/"), text: prose(path), date: x.time.Truncate(24 * time.Hour), changed: x.time}
	x.papers = slices.Insert(x.papers, 0, p)
	return p
}

func (x *institute) edit(p *paper, change func(*paper)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	p.changed = x.time
	change(p)
}

func (x *institute) withdraw(p *paper) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.papers = slices.DeleteFunc(x.papers, func(q *paper) bool { return q == p })
}

func (x *institute) breaks(how http.HandlerFunc) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.broken = how
}

// look takes the source once, and again as long as it has more, an hour after
// the last time.
func (x *institute) look() (fault string) {
	x.t.Helper()
	x.mu.Lock()
	x.time, x.asked = x.time.Add(time.Hour), nil
	x.mu.Unlock()
	for more := true; more; more = x.src.(interface{ Pending() bool }).Pending() {
		if _, err := x.store.Take(x.t.Context(), x.src); err != nil {
			fault += err.Error()
		}
	}
	return fault
}

// days lets time go by, with a look every hour.
func (x *institute) days(n int) (faults []string) {
	x.t.Helper()
	for range 24 * n {
		if fault := x.look(); fault != "" {
			faults = append(faults, fault)
		}
	}
	return faults
}

// A holding is what the store must have of a publication.
type holding struct {
	Title, Text string
	Withdrawn   bool
}

// holds checks that the store has what was published, nothing else, and each
// once.
func (x *institute) holds(gone ...*paper) {
	x.t.Helper()
	want, got := map[string]holding{}, map[string]holding{}
	for _, p := range x.papers {
		want[x.id(p)] = holding{p.title, p.text, false}
	}
	for _, p := range gone {
		want[x.id(p)] = holding{p.title, p.text, true}
	}
	for d, err := range x.store.After(x.t.Context(), 0) {
		if err != nil {
			x.t.Fatal(err)
		}
		got[d.ID] = holding{d.Title, d.Text, d.Withdrawn}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		x.t.Errorf("the store (-want +got):\n%s", diff)
	}
}

func (x *institute) id(p *paper) string {
	if p.id != "" {
		return p.id
	}
	return x.server.URL + p.path
}

// announced returns the titles of what came as new, in order.
func (x *institute) announced() (titles []string) {
	type arrival struct {
		first int64
		title string
	}
	var all []arrival
	for d, err := range x.store.After(x.t.Context(), 0) {
		if err != nil {
			x.t.Fatal(err)
		}
		if !d.Backlog {
			all = append(all, arrival{d.First, d.Title})
		}
	}
	slices.SortFunc(all, func(a, b arrival) int { return int(a.first - b.first) })
	for _, a := range all {
		titles = append(titles, a.title)
	}
	return titles
}

// troubles are the ways in which a site breaks; none may change what is known.
var troubles = map[string]http.HandlerFunc{
	"error": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500); fmt.Fprint(w, "oops") },
	"challenge": func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<!doctype html><title>Just a moment...</title><p>Checking your browser before you go on.</p>")
	},
	"error 200": func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<!doctype html><title>Institute</title><h1>Sorry</h1><p>Our editors are busy.</p>"+strings.Repeat("<div></div>", 300))
	},
	"hang up": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "9999")
		fmt.Fprint(w, "<html>")
	},
	"busy": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(429)
	},
	"empty":    func(http.ResponseWriter, *http.Request) {},
	"all gone": http.NotFound,
}

// Weeks in the life of a site, by each way to read it.
func TestInstitute(t *testing.T) {
	kinds := map[string]func(*institute){
		"listing": func(x *institute) {
			x.listing(source.Layout{Selector: "article h2 a"}, source.Rules{})
		},
		"sitemap": (*institute).sitemap,
		"feed":    (*institute).feed,
	}
	for kind, set := range kinds {
		t.Run(kind, func(t *testing.T) {
			x := newInstitute(t)
			for n := range 4 {
				x.publish(fmt.Sprintf("/old-%d", n))
			}
			set(x)
			if fault := x.look(); fault != "" {
				t.Fatal(fault)
			}
			x.holds()
			if got := x.announced(); len(got) > 0 {
				t.Errorf("announced the backlog: %q", got)
			}
			x.weeks()
		})
	}
}

// weeks plays the weeks.
func (x *institute) weeks() {
	first := x.publish("/first")
	x.days(1)
	x.holds()
	x.edit(first, func(p *paper) { p.text += "\n\nA correction." })
	x.days(8) // a listing does not tell
	x.holds()
	for name, how := range troubles {
		x.breaks(how)
		faults := x.days(1)
		x.breaks(nil)
		if len(faults) == 0 {
			x.t.Errorf("%s: nobody was told", name)
		}
		x.days(2)
		x.holds()
	}
	second := x.publish("/second")
	x.days(1)
	second.id = x.id(second)
	x.edit(second, func(p *paper) { p.path = "/archive/second" })
	x.mu.Lock()
	x.moved["/second"] = "/archive/second"
	x.mu.Unlock()
	x.days(2)
	x.holds()
	third := x.publish("/third")
	x.days(1)
	x.withdraw(third)
	x.days(12)
	x.holds(third)
	x.edit(second, func(p *paper) { p.text += "\n\nA word more."; p.changed = p.date })
	x.days(9) // nothing tells
	x.holds(third)
	if diff := cmp.Diff([]string{"On first", "On second", "On third"}, x.announced()); diff != "" {
		x.t.Errorf("announced (-want +got):\n%s", diff)
	}
}
