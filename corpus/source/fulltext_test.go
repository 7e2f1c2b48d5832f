package source_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus/source"
)

// got returns the text that the store has under a title, with "partial" before
// it if it is only the feed's.
func (x *institute) got(title string) string {
	x.t.Helper()
	for d, err := range x.store.After(x.t.Context(), 0) {
		if err != nil {
			x.t.Fatal(err)
		}
		if d.Title == title {
			return map[bool]string{true: "partial "}[d.Partial] + d.Text
		}
	}
	return ""
}

// A page that cannot be read is tried again three times, and then every week.
func TestFeedTriesPagesAgain(t *testing.T) {
	for _, lasting := range []bool{false, true} {
		t.Run(fmt.Sprint("for good ", lasting), func(t *testing.T) {
			x := newInstitute(t)
			x.feed()
			p := x.publish("/a")
			x.breaks(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/feed" {
					fmt.Fprint(w, x.rss())
					return
				}
				w.WriteHeader(500)
			})
			if fault := x.look(); !strings.Contains(fault, "/a: 500") {
				t.Errorf("error %q", fault)
			}
			if got := x.got(p.title); !strings.HasPrefix(got, "partial Changed") {
				t.Errorf("first %q", got)
			}
			if !lasting {
				x.breaks(nil)
			}
			pages := 0
			for range 24 * 10 {
				x.look()
				pages += strings.Count(strings.Join(x.asked, " "), "/a")
			}
			want := map[bool]int{false: 2, true: 4}[lasting]
			if pages != want {
				t.Errorf("the page was asked for %d more times, want %d", pages, want)
			}
			if got := x.got(p.title); strings.HasPrefix(got, "partial") != lasting {
				t.Errorf("after ten days %q", got)
			}
			x.breaks(nil)
			x.days(7)
			if got := x.got(p.title); got != p.text {
				t.Errorf("at last %q", got)
			}
		})
	}
}

// Of many new items ten pages are read at a time, and each once.
func TestFeedReadsPagesOnce(t *testing.T) {
	x := newInstitute(t)
	x.feed()
	for n := range 6 {
		x.publish(fmt.Sprintf("/%d", n))
	}
	x.look()
	x.publish("/new")
	x.days(3)
	times := map[string]int{}
	x.look()
	for _, path := range x.asked {
		times[path]++
	}
	if diff := cmp.Diff(map[string]int{"/feed": 1}, times); diff != "" {
		t.Errorf("asked for again (-want +got):\n%s", diff)
	}
	x.holdsPages(7)
}

// holdsPages checks that the store has n publications, all with the text of their
// pages.
func (x *institute) holdsPages(n int) {
	x.t.Helper()
	for d, err := range x.store.After(x.t.Context(), 0) {
		if err != nil {
			x.t.Fatal(err)
		}
		if d.Partial || !strings.HasPrefix(d.Text, "Paragraph 0") {
			x.t.Errorf("%s: %q", d.ID, d.Text)
		}
		n--
	}
	if n != 0 {
		x.t.Errorf("%d are missing", n)
	}
}

// A feed that has the whole text is not asked for more.
func TestFeedWithWholeTexts(t *testing.T) {
	x := newInstitute(t)
	x.feed()
	x.breaks(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, rss("<item><guid>tag:x</guid><link>/a</link><title>A</title><description>"+prose("a")+"</description></item>"))
	})
	x.look()
	if got := x.got("A"); got != prose("a") || len(x.asked) != 1 {
		t.Errorf("asked for %q, text %q", x.asked, got)
	}
}

// The first month of a feed that is cut short, frozen, and given new dates.
func TestFeedOverAMonth(t *testing.T) {
	x := newInstitute(t)
	for n := range 5 {
		x.publish(fmt.Sprintf("/old-%d", n))
	}
	rules := source.Rules{StaleAfter: 10 * 24 * time.Hour}
	x.src = source.NewFeed("institute", x.server.URL+"/feed", rules, x.web(), reader())
	x.look()
	x.publish("/first")
	x.days(3)
	x.breaks(func(w http.ResponseWriter, r *http.Request) { // cut short
		if r.URL.Path == "/feed" {
			fmt.Fprint(w, x.rss()[:500])
			return
		}
		http.NotFound(w, r)
	})
	x.days(3)
	x.breaks(nil)
	x.publish("/second")
	x.days(3)
	x.holds()
	faults := x.days(12) // frozen
	if len(faults) != 1 || !strings.Contains(faults[0], "nothing new since 2026-11-08") {
		t.Errorf("a frozen feed was told of %d times: %q", len(faults), faults)
	}
	for range 7 { // new dates every day
		for _, p := range x.papers {
			x.edit(p, func(p *paper) { p.date, p.changed = x.time, p.changed.Add(-time.Second) })
		}
		x.days(1)
	}
	x.publish("/third")
	x.days(3)
	if diff := cmp.Diff([]string{"On first", "On second", "On third"}, x.announced()); diff != "" {
		t.Errorf("announced (-want +got):\n%s", diff)
	}
	x.holds()
}

// What changed rules let in is no news; what they keep out stays as it was.
func TestRules(t *testing.T) {
	pattern := func(p string) []*regexp.Regexp { return []*regexp.Regexp{regexp.MustCompile(p)} }
	kinds := map[string]func(*institute, source.Rules){
		"listing": func(x *institute, r source.Rules) { x.listing(source.Layout{Selector: "h2 a"}, r) },
		"feed": func(x *institute, r source.Rules) {
			x.src = source.NewFeed("institute", x.server.URL+"/feed", r, x.web(), reader())
		},
	}
	for kind, set := range kinds {
		t.Run(kind, func(t *testing.T) {
			x := newInstitute(t)
			x.publish("/paper-1")
			x.publish("/podcast-1")
			set(x, source.Rules{Exclude: pattern("podcast")})
			x.look()
			if got := x.got("On podcast-1"); got != "" {
				t.Errorf("took %q", got)
			}
			x.publish("/podcast-2")
			x.publish("/paper-2")
			x.days(1)
			set(x, source.Rules{Include: pattern("paper|podcast")})
			x.days(1)
			x.holds()
			if diff := cmp.Diff([]string{"On paper-2"}, x.announced()); diff != "" {
				t.Errorf("announced (-want +got):\n%s", diff)
			}
			set(x, source.Rules{MinWords: 10_000})
			x.publish("/paper-3")
			x.days(1)
			x.withdraw(x.papers[0])
			x.holds()
		})
	}
}

// A site that gets a new name, by which all its addresses change.
func TestSiteIsRenamed(t *testing.T) {
	for _, kind := range []string{"listing", "feed"} {
		t.Run(kind, func(t *testing.T) {
			x := newInstitute(t)
			x.publish("/a")
			x.publish("/b")
			if kind == "feed" {
				x.feed()
			} else {
				x.listing(source.Layout{Selector: "h2 a"}, source.Rules{})
			}
			x.look()
			for _, p := range x.papers {
				p.id = x.id(p)
			}
			old := x.server.URL
			y := newHost(t)
			y.HandleFunc("/{path}", func(w http.ResponseWriter, r *http.Request) {
				x.mu.Lock()
				defer x.mu.Unlock()
				x.answer(w, r)
			})
			x.breaks(func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, y.server.URL+r.URL.Path, http.StatusMovedPermanently)
			})
			x.server.URL = y.server.URL
			x.days(9)
			x.publish("/c")
			x.days(1)
			x.holds()
			x.server.URL = old
			if diff := cmp.Diff([]string{"On c"}, x.announced()); diff != "" {
				t.Errorf("announced (-want +got):\n%s", diff)
			}
		})
	}
}
