package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/bot/console"
	"rapporteur/corpus"
	"rapporteur/corpus/pdf"
	"rapporteur/corpus/source"
	"rapporteur/index"
)

// A wall is a platform on which everything that is posted can be read.
type wall struct {
	mu    sync.Mutex
	posts map[string][]bot.Message // by channel
}

func (w *wall) Name() string                                 { return console.Name }
func (w *wall) Run(ctx context.Context, _ bot.Handler) error { <-ctx.Done(); return nil }

func (w *wall) Post(_ context.Context, channel, key string, m bot.Message) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.posts[channel] = append(w.posts[channel], m)
	return key, nil
}

func (w *wall) Find(context.Context, string, string) (string, bool, error) { return "", false, nil }

// posted returns how often each title was posted in a channel.
func (w *wall) posted(channel string) map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	times := map[string]int{}
	for _, m := range w.posts[channel] {
		for _, part := range m.Parts() {
			times[part.Doc.Title]++
		}
	}
	return times
}

// An era is weeks of a rapporteur that reads a think tank, told by a clock
// that goes as fast as it can.
type era struct {
	t      *testing.T
	site   *thinkTank
	wall   *wall
	server *server
	log    *bottest.Log
	step   time.Duration // between two looks at whatever is due
	mu     sync.Mutex
	time   time.Time
}

func (e *era) now() time.Time { e.mu.Lock(); defer e.mu.Unlock(); return e.time }

func (e *era) pass(d time.Duration) { e.mu.Lock(); defer e.mu.Unlock(); e.time = e.time.Add(d) }

// newEra returns a rapporteur with these sources, of which %s is the site.
func newEra(t *testing.T, sources ...sourceConfig) *era {
	e := &era{t: t, wall: &wall{posts: map[string][]bot.Message{}}, log: &bottest.Log{}, step: time.Hour, time: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}
	e.site = newThinkTank(t, e.now)
	c := defaults()
	c.Data, c.Sample, c.Sources = t.TempDir(), false, nil
	for _, s := range sources {
		for _, address := range []*string{&s.Feed, &s.Listing, &s.Sitemap} {
			*address = strings.ReplaceAll(*address, "%s", e.site.host.URL)
		}
		s.Intranet = true
		c.Sources = append(c.Sources, s)
	}
	c.Operators = "console/desk" // the wall plays the console
	if p := c.check(); p != nil {
		t.Fatal(p.says)
	}
	sharePDFium(t, c.Data)
	log := slog.New(slog.NewTextHandler(e.log, nil))
	s := &server{config: c, log: log, platforms: []bot.Platform{e.wall}, meter: newMeter(e.now), health: newHealth(), now: e.now}
	s.library, s.press = e.library(c, log), e.press(c, log)
	s.wire()
	e.server = s
	s.bot.Handle(t.Context(), bot.Command{Platform: console.Name, Channel: "hall", Name: "subscribe"})
	return e
}

// library opens the data folder by the clock of the era.
func (e *era) library(c config, log *slog.Logger) *library {
	var l library
	var err error
	if l.corpus, err = corpus.OpenStore(e.t.Context(), filepath.Join(c.Data, "corpus.db"), e.now); err != nil {
		e.t.Fatal(err)
	}
	if l.state, err = bot.OpenStore(e.t.Context(), filepath.Join(c.Data, "bot.db"), e.now); err != nil {
		e.t.Fatal(err)
	}
	if l.index, err = index.OpenMemory(kept{l.corpus, c.folders()}, log); err != nil {
		e.t.Fatal(err)
	}
	e.t.Cleanup(func() { l.close() })
	return &l
}

// press makes sources that wait by the clock of the era.
func (e *era) press(c config, log *slog.Logger) *press {
	reader, err := pdf.Open(filepath.Join(c.Data, "pdfium"))
	if err != nil {
		e.t.Fatal(err)
	}
	client := source.NewClient(true)
	e.t.Cleanup(func() { client.CloseIdleConnections(); reader.Close() })
	web := source.NewFetcher(client, "mailto:ann@example.org", e.now, func(ctx context.Context, d time.Duration) error {
		e.pass(d)
		return ctx.Err()
	})
	return &press{web: web, intranet: web, readers: readersOf(reader, e.now), pdf: reader, log: log, now: e.now}
}

// days lets so many days go by.
func (e *era) days(n int) {
	e.t.Helper()
	all := func(*place) bool { return true }
	for range 24 * n / int(e.step/time.Hour) {
		e.pass(e.step)
		for next := e.server.rounds.round(e.t.Context(), all); next.Before(e.now().Add(2 * soon)); {
			e.pass(soon)
			next = e.server.rounds.round(e.t.Context(), all)
		}
		for due := e.now(); !due.IsZero() && due.Before(e.now().Add(time.Minute)); {
			e.pass(time.Second)
			var err error
			if due, err = e.server.bot.Deliver(e.t.Context()); err != nil {
				e.t.Fatal(err)
			}
		}
	}
}

// A holding is what the corpus must have of a paper.
type holding struct {
	Text, Author string
	Takeaways    []string
	Withdrawn    bool
}

// holds checks that the corpus has what the site has published, word for word,
// each once and nothing else.
func (e *era) holds(gone ...*paper) {
	e.t.Helper()
	want, got := map[string]holding{}, map[string]holding{}
	for _, p := range append(append([]*paper{}, e.site.papers...), gone...) {
		h := holding{Text: p.text(), Author: p.author, Takeaways: p.takeaways}
		if p.print {
			h.Takeaways = nil
		}
		want[p.title] = h
	}
	for _, p := range gone {
		h := want[p.title]
		h.Withdrawn = true
		want[p.title] = h
	}
	docs := 0
	for d, err := range e.server.library.corpus.After(e.t.Context(), 0) {
		if err != nil {
			e.t.Fatal(err)
		}
		docs++
		h := holding{Text: d.Text, Author: strings.Join(d.Authors, "; "), Withdrawn: d.Withdrawn}
		for _, s := range d.Takeaways {
			if !d.Extracted {
				h.Takeaways = append(h.Takeaways, d.Text[s.Start:s.End])
			}
		}
		got[d.Title] = h
	}
	if diff := cmp.Diff(want, got); diff != "" || docs != len(want) {
		e.t.Errorf("%d publications in the corpus, %d were published (-want +got):\n%s", docs, len(want), diff)
	}
}

// mishaps are the ways in which the site breaks for a day.
var mishaps = map[string]func(x *thinkTank) http.HandlerFunc{
	"500": func(*thinkTank) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }
	},
	"429": func(*thinkTank) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(429)
		}
	},
	"challenge": func(*thinkTank) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<!doctype html><title>Just a moment...</title><p>Checking your browser before you go on.</p>")
		}
	},
	"error page with 200": func(*thinkTank) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<!doctype html><title>Error | Institute of Towns</title><nav><a href=/about>About us</a></nav><h1>Something went wrong</h1><p>Our editors have been told of it.</p>"+strings.Repeat("<div></div>", 400))
		}
	},
	"cut short": func(x *thinkTank) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for path, whole := range map[string]func() string{"/feed": x.feed, "/publications/": x.list, "/sitemap.xml": x.sitemap} {
				if r.URL.Path == path {
					fmt.Fprint(w, whole()[:350])
					return
				}
			}
			http.NotFound(w, r)
		}
	},
	"all gone": func(*thinkTank) http.HandlerFunc { return http.NotFound },
}

// TestWeeks plays six weeks in the life of a think tank, for each way to read
// it and for all of them at once: in the end the corpus holds what was
// published, and each paper was posted once.
func TestWeeks(t *testing.T) {
	feed := sourceConfig{Name: "feed", Feed: "%s/feed"}
	list := sourceConfig{Name: "list", Listing: "%s/publications/", Selector: "h3 a"}
	site := sourceConfig{Name: "site", Sitemap: "%s/sitemap.xml", Include: []string{"/papers/"}}
	for name, sources := range map[string][]sourceConfig{"feed": {feed}, "listing": {list}, "sitemap": {site}, "all": {feed, list, site}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEra(t, sources...)
			e.step = 4 * time.Hour
			x := e.site
			for n := range 4 {
				p := x.publish(fmt.Sprintf("/papers/%d", n), fmt.Sprintf("Harbours of the %d. century", 12+n))
				p.date = p.date.AddDate(0, -2, n)
			}
			e.days(2)
			e.holds()
			e.weeks(t)
			if diff := cmp.Diff(map[string]int{"Ferries": 1, "Bridges of the north": 1, "Markets": 1, "Mills": 1, "Schools": 1, "Libraries": 1, "Lamps": 1}, e.wall.posted("hall")); diff != "" {
				t.Errorf("posted (-want +got):\n%s", diff)
			}
			if t.Failed() {
				t.Logf("the log:\n%.20000s", e.log.String())
			}
		})
	}
}

func (e *era) weeks(t *testing.T) {
	x := e.site
	ferries := x.publish("/papers/ferries", "Ferries")
	e.days(1)
	x.publish("/papers/bridges.pdf", "Bridges of the north")
	e.days(1)
	e.holds()
	x.edit(ferries, func(p *paper) { p.paras[2] = strings.ReplaceAll(p.paras[2], "is not mended", "is mended") })
	e.days(8)
	e.holds()

	for _, name := range slices.Sorted(maps.Keys(mishaps)) {
		x.do(func() { x.broken = mishaps[name](x) })
		e.days(1)
		x.do(func() { x.broken = nil })
		e.days(1)
		t.Log(name)
		e.holds()
	}

	markets := x.publish("/papers/markets", "Markets")
	e.days(1)
	x.edit(markets, func(p *paper) { p.path = "/papers/archive/markets" })
	x.do(func() { x.moved["/papers/markets"] = markets.path })
	e.days(2)
	x.publish("/papers/mills", "Mills")
	x.rename(t)
	e.days(2)
	e.holds()

	schools := x.publish("/papers/schools", "Schools")
	e.days(1)
	x.withdraw(schools)
	e.days(12)
	e.holds(schools)
	m := e.server.bot.Handle(t.Context(), bot.Command{Platform: console.Name, Channel: "hall", Name: "ask", Args: "On the mill, what does Schools have to say?"})
	if said := bot.Plain(m); !strings.Contains(said, "On the mill, Schools has this to say") || !strings.Contains(said, "withdrawn by its publisher") {
		t.Errorf("what was withdrawn is not quoted, or not marked: %s", said)
	}

	x.freeze()
	e.days(3)
	x.do(func() { x.frozen = nil })
	x.publish("/papers/libraries", "Libraries")
	e.days(1)
	for range 5 { // every day all papers are dated anew
		x.do(func() {
			for _, p := range x.papers {
				p.date = x.now()
			}
		})
		e.days(1)
	}
	x.publish("/papers/lamps", "Lamps")
	e.days(1)
	e.holds(schools)
}

// TestOperatorsAreTold breaks the site, has it fall silent, and puts a file
// into the folder that cannot be read: the operators' channel is told of each
// once, the status for as long as it lasts.
func TestOperatorsAreTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := newEra(t, sourceConfig{Name: "feed", Feed: "%s/feed", StaleAfter: duration(10 * 24 * time.Hour)}, sourceConfig{Name: "files", Folder: dir})
	x := e.site
	x.publish("/papers/ferries", "Ferries")
	e.days(2)
	e.told(t)
	x.do(func() { x.broken = mishaps["500"](x) })
	e.days(3)
	failing := `The source feed has a problem. It could not be read \(times in a row: 3\): 500 Internal Server Error: the site has a fault`
	e.told(t, failing)
	e.status(t, `(?s)\nfeed: read 3 days ago.*PROBLEM: It could not be read \(times in a row: [0-9]+\): 500`)
	x.do(func() { x.broken = nil })
	e.days(2)
	well := "All is well again with the source feed."
	e.told(t, failing, well)
	e.days(9)
	stale := "The source feed has a problem. nothing new since 2026-11-0"
	e.told(t, failing, well, stale)
	e.status(t, `(?s)feed: read 1 second ago, .*newest publication of 2 November 2026\nPROBLEM: nothing new since`)
	scan := filepath.Join(dir, "scan.pdf")
	if err := os.WriteFile(scan, []byte("%PDF-1.4\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	e.days(1)
	file := `The source files has a problem. scan.pdf: it is damaged or no PDF: get it again, or print it into a new PDF`
	e.told(t, failing, well, stale, file)
	e.status(t, `files: read .*\nPROBLEM: scan.pdf: it is damaged`)
	if err := os.Remove(scan); err != nil {
		t.Fatal(err)
	}
	x.publish("/papers/mills", "Mills")
	e.days(2)
	e.told(t, failing, well, stale, file, "All is well again with the source f", "All is well again with the source f")
	e.status(t, `^The sources that I read:\nfeed: read [0-9]+ seconds? ago.*\nfiles: read [0-9]+ seconds? ago.*$`)
}

// told checks what the operators were told, by patterns.
func (e *era) told(t *testing.T, want ...string) {
	t.Helper()
	posts := e.wall.posts["desk"]
	for i, m := range posts {
		if i >= len(want) || !regexp.MustCompile("^"+want[i]).MatchString(m.Text) {
			t.Errorf("the operators were told in place %d: %s", i, m.Text)
		}
	}
	if len(posts) < len(want) {
		t.Errorf("the operators were not told: %q", want[len(posts):])
	}
}

// status checks what the bot says of the sources.
func (e *era) status(t *testing.T, want string) {
	t.Helper()
	m := e.server.bot.Handle(t.Context(), bot.Command{Platform: console.Name, Channel: "hall", Name: "status"})
	if !regexp.MustCompile(want).MatchString(m.Text) {
		t.Errorf("the status is %q, want %q", m.Text, want)
	}
}
