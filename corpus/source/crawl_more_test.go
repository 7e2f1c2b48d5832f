package source_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus/source"
)

// What can happen to the pages of a listing, one thing at a time.
func TestListingOverTime(t *testing.T) {
	tests := map[string]func(x *institute){
		"moved without a word": func(x *institute) {
			p := x.publish("/a")
			x.days(1)
			p.id = x.id(p)
			x.edit(p, func(p *paper) { p.path = "/elsewhere/a" })
			x.days(3)
			x.holds()
			x.expect("On a")
		},
		"withdrawn and back": func(x *institute) {
			p := x.publish("/a")
			x.days(1)
			x.withdraw(p)
			x.days(1)
			if got := x.got("On a"); got != p.text {
				x.t.Errorf("withdrawn too early")
			}
			x.days(5)
			x.holds(p)
			x.papers = append([]*paper{p}, x.papers...)
			x.days(2)
			x.holds()
			x.expect("On a")
		},
		"missing for a day": func(x *institute) {
			p := x.publish("/a")
			x.days(1)
			x.withdraw(p)
			x.days(1)
			x.papers = append([]*paper{p}, x.papers...)
			x.days(9)
			x.holds()
			x.expect("On a")
		},
		"behind the first page": func(x *institute) {
			for n := range 30 {
				x.publish(fmt.Sprintf("/many-%d", n))
				x.look()
			}
			x.days(2)
			x.holds()
			if got := len(x.announced()); got != 30 {
				x.t.Errorf("announced %d", got)
			}
		},
		"half of the text is gone": func(x *institute) {
			p := x.publish("/a")
			x.days(1)
			whole := p.text
			x.edit(p, func(p *paper) { p.text, p.title = strings.Join(strings.Split(whole, "\n\n")[:6], "\n\n"), "On a, cut" })
			x.days(2)
			if got := x.got("On a"); got != whole {
				x.t.Errorf("believed at once")
			}
			x.days(3)
			x.holds()
			x.expect("On a, cut")
		},
		"forbidden by robots.txt": func(x *institute) {
			x.robots = "User-agent: *\nDisallow: /secret"
			x.days(2) // what was read before counts for a day
			p := x.publish("/secret-1")
			faults := x.days(3)
			x.withdraw(p)
			x.holds()
			if len(faults) != 1 || !strings.Contains(faults[0], "robots.txt") {
				x.t.Errorf("told of %q", faults)
			}
		},
		"the same page under two addresses": func(x *institute) {
			p := x.publish("/a")
			x.days(1)
			q := x.publish("/a-print")
			x.edit(q, func(q *paper) { q.text = p.text })
			x.days(2)
			x.withdraw(q)
			x.holds()
			x.expect("On a")
		},
		"one page that always fails": func(x *institute) {
			x.publish("/a")
			x.days(1)
			bad := x.publish("/bad")
			x.breaks(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/bad" {
					w.WriteHeader(500)
					return
				}
				x.answer(w, r)
			})
			x.publish("/b")
			if n := len(x.days(20)); n < 4 || n > 10 {
				x.t.Errorf("told of it %d times", n)
			}
			x.breaks(nil)
			x.withdraw(bad)
			x.holds()
			x.expect("On a", "On b")
		},
		"the site is redone": func(x *institute) {
			x.breaks(func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprint(w, "<!doctype html><title>New</title>"+strings.Repeat("<p>Nothing is where it was.</p>", 100))
			})
			if faults := x.days(1); len(faults) == 0 || !strings.Contains(faults[0], "correct the selector or the pattern") {
				x.t.Errorf("told of %q", faults)
			}
			x.breaks(nil)
			x.days(1)
			x.holds()
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			x := newInstitute(t)
			x.publish("/old")
			x.listing(source.Layout{Selector: "article h2 a"}, source.Rules{})
			x.look()
			test(x)
		})
	}
}

// expect checks what came as new.
func (x *institute) expect(titles ...string) {
	x.t.Helper()
	if diff := cmp.Diff(titles, x.announced()); diff != "" {
		x.t.Errorf("announced (-want +got):\n%s", diff)
	}
}

// The older pages of a listing are read once, and not announced.
func TestListingOfSeveralPages(t *testing.T) {
	h := newHost(t)
	asked := map[string]int{}
	list := func(path, links, next string) {
		h.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			asked[path]++
			fmt.Fprint(w, links+`<a rel=next href="`+next+`">Next</a>`)
		})
	}
	list("/list", "<h2><a href=/p/1>One</a></h2>", "/list/2")
	list("/list/2", "<h2><a href=/p/2>Two</a></h2>", "/list/3")
	list("/list/3", "<h2><a href=/p/3>Three</a></h2>", "/list/4")
	h.HandleFunc("/p/{n}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<html><h1>T"+r.PathValue("n")+"</h1><p>"+strings.ReplaceAll(prose(r.URL.Path), "\n\n", "</p><p>"))
	})
	src, err := source.NewListing("site", h.server.URL+"/list", source.Layout{Selector: "h2 a", Pages: 2}, source.Rules{}, h.fetcher, reader())
	if err != nil {
		t.Fatal(err)
	}
	var state []byte
	var titles []string
	for range 3 {
		docs, next, err := src.Fetch(t.Context(), state)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range docs {
			titles = append(titles, d.Title)
		}
		state = next
	}
	if diff := cmp.Diff([]string{"T2", "T1"}, titles); diff != "" {
		t.Errorf("oldest first (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"/list": 3, "/list/2": 1}, asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

// An index of sitemaps, of which only what has changed is read again.
func TestSitemapIndex(t *testing.T) {
	h := newHost(t)
	asked := map[string]int{}
	serve := func(path, body string) {
		h.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { asked[path]++; fmt.Fprint(w, body) })
	}
	serve("/sitemap.xml", "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-11-01</lastmod></sitemap><sitemap><loc>/b.xml</loc></sitemap><sitemap><loc>/missing.xml</loc></sitemap></sitemapindex>")
	serve("/a.xml", "<urlset><url><loc>/p/1</loc></url></urlset>")
	serve("/b.xml", "<urlset><url><loc>/p/2</loc></url></urlset>")
	h.HandleFunc("/missing.xml", http.NotFound)
	h.HandleFunc("/p/{n}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<html><h1>T"+r.PathValue("n")+"</h1><p>"+strings.ReplaceAll(prose(r.URL.Path), "\n\n", "</p><p>"))
	})
	src := source.NewSitemap("site", h.server.URL+"/sitemap.xml", source.Rules{}, h.fetcher, reader())
	docs, state, err := src.Fetch(t.Context(), nil)
	if len(docs) != 2 || err == nil || !strings.Contains(err.Error(), "missing.xml: 404") {
		t.Errorf("%d publications, error %v", len(docs), err)
	}
	docs, _, _ = src.Fetch(t.Context(), state)
	if diff := cmp.Diff(map[string]int{"/sitemap.xml": 2, "/a.xml": 1, "/b.xml": 2}, asked); diff != "" || len(docs) > 0 {
		t.Errorf("%d publications, asked (-want +got):\n%s", len(docs), diff)
	}
}
