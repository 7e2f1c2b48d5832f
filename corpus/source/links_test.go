package source

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// dotted finds a date such as 23.11.2026.
func dotted(line string) (time.Time, bool) {
	when, err := time.Parse("2.1.2006", regexp.MustCompile(`\b[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}\b`).FindString(line))
	return when, err == nil
}

func newLinks(t testing.TB, selector, pattern string) *Listing {
	layout := Layout{Selector: selector, Date: dotted}
	if pattern != "" {
		layout.Pattern = regexp.MustCompile(pattern)
	}
	l, err := NewListing("site", "https://site.example/papers", layout, Rules{}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestListingFinds(t *testing.T) {
	const one, two = "https://site.example/papers/one", "https://site.example/papers/two"
	tests := map[string]struct {
		selector, pattern string
		page              string
		want              []string // address, title and date
		next              string
	}{
		"by selector": {selector: "main a", page: `<nav><a href=/papers/about>About</a></nav><main><a href=/papers/one>One</a> <a href="two">Two</a></main>`,
			want: []string{one + " One ", "https://site.example/two Two "}},
		"by pattern": {pattern: "^/papers/[a-z]+$", page: `<a href=/papers/one>One</a><a href=/about>About</a><a href="mailto:x@y">x</a><a href="javascript:go()">y</a><a href=https://site.example/papers/two>Two</a>`,
			want: []string{one + " One ", two + " Two "}},
		"by cards": {selector: ".card", page: `<div class=card><a href=/authors/ann>Ann</a><h3><a href=/papers/one>One</a></h3></div><div class=card><a href=/papers/two><img></a></div>`,
			want: []string{one + " One ", two + "  "}},
		"several links to one page": {pattern: "/papers/", page: `<a href=/papers/one?utm_source=x><img></a><a href=/papers/one#top>One and only</a><a href=/papers/one>More</a>`,
			want: []string{one + " One and only "}},
		"the listing itself": {pattern: "/papers", page: `<a href=/papers/>All</a><a href="#main">Skip</a><a href=/papers/one>One</a>`, want: []string{one + " One "}},
		"another base":       {pattern: "/papers/", page: `<base href="https://site.example/papers/x/"><a href=../one>One</a>`, want: []string{one + " One "}},
		"a date in the card": {pattern: "/papers/", page: `<ul><li><a href=/papers/one>One</a><p>by Ann, 23.11.2026</p></li><li><p>22.11.2026</p><a href=/papers/two>Two</a></li></ul>`,
			want: []string{one + " One 2026-11-23", two + " Two 2026-11-22"}},
		"a date that is marked up": {pattern: "/papers/", page: `<li><a href=/papers/one>One</a><time datetime="2026-11-23T10:00:00+01:00">yesterday</time> 1.1.2020</li>`,
			want: []string{one + " One 2026-11-23"}},
		"dates before": {pattern: "/papers/", page: `<p>23.11.2026</p><p><a href=/papers/one>One</a></p><p>22.11.2026</p><p><a href=/papers/two>Two</a></p><p>Contact</p>`,
			want: []string{one + " One 2026-11-23", two + " Two 2026-11-22"}},
		"dates after": {pattern: "/papers/", page: `<p><a href=/papers/one>One</a></p><p>23.11.2026</p><p><a href=/papers/two>Two</a></p><p>22.11.2026</p>`,
			want: []string{one + " One 2026-11-23", two + " Two 2026-11-22"}},
		"dates in a table": {pattern: "/papers/", page: `<table><tr><td>23.11.2026<td><a href=/papers/one>One</a><tr><td>22.11.2026<td><a href=/papers/two>Two</a></table>`,
			want: []string{one + " One 2026-11-23", two + " Two 2026-11-22"}},
		"a date in the path": {pattern: "/20", page: `<a href=/2026/11/23/one>One</a><a href=/2026/11/two>Two</a><a href=/files/paper_20261122.pdf>Three</a><a href=/2026-13-45>Four</a>`,
			want: []string{"https://site.example/2026/11/23/one One 2026-11-23", "https://site.example/2026/11/two Two ", "https://site.example/2026-13-45 Four "}},
		"a date in the file name": {pattern: "pdf$", page: `<a href=/files/paper_20261122.pdf>Three</a>`, want: []string{"https://site.example/files/paper_20261122.pdf Three 2026-11-22"}},
		"the next page":           {pattern: "/papers/", page: `<a href=/papers/one>One</a><a href="?page=2">Next ›</a>`, want: []string{one + " One "}, next: "https://site.example/papers?page=2"},
		"the next page by rel":    {pattern: "/papers/", page: `<link rel=next href=/papers/page/2><a href=/papers/one>One</a>`, want: []string{one + " One "}, next: "https://site.example/papers/page/2"},
		"next elsewhere":          {pattern: "/papers/", page: `<a rel=next href=https://other.example/papers>Next</a><a href=/papers/one>One</a>`, want: []string{one + " One "}},
		"Latin-1":                 {pattern: "/papers/", page: "<meta charset=iso-8859-1><a href=/papers/one>Caf\xe9</a>", want: []string{one + " Café "}},
	}
	base := &url.URL{Scheme: "https", Host: "site.example", Path: "/papers"}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			links, next, err := newLinks(t, test.selector, test.pattern).find([]byte(test.page), "text/html", base)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range links {
				day := ""
				if !l.date.IsZero() {
					day = l.date.Format(time.DateOnly)
				}
				got = append(got, l.address+" "+l.title+" "+day)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || next != test.next {
				t.Errorf("next %q, links (-want +got):\n%s", next, diff)
			}
		})
	}
	if _, err := NewListing("x", "", Layout{Selector: "a["}, Rules{}, nil, nil); err == nil || !strings.Contains(err.Error(), `"a["`) {
		t.Errorf("a wrong selector: %v", err)
	}
}

func FuzzListing(f *testing.F) {
	f.Add([]byte(`<main><article><h2><a href="/papers/one">One</a></h2><time datetime=2026-11-23>x</time></article><p>1.1.2026<a href=two>Two</a><a rel=next href="?p=2">Next</a></main>`), "text/html")
	f.Add([]byte("<meta charset=utf-16><base href='//x:99999'><a href=\"http://[::1]/\xff\">\x00</a>"), "text/html; charset=koi8-r")
	f.Add([]byte(strings.Repeat("<b>", 600)+"<a href=/a>x"), "")
	base := &url.URL{Scheme: "https", Host: "site.example", Path: "/papers"}
	listings := []*Listing{newLinks(f, "a, article", ""), newLinks(f, "", ".")}
	f.Fuzz(func(t *testing.T, src []byte, kind string) {
		for _, l := range listings {
			links, next, err := l.find(src, kind, base)
			if err != nil {
				continue
			}
			seen := map[string]bool{}
			for _, one := range links {
				u, err := url.Parse(one.address)
				if err != nil || !onWeb(u) || u.User != nil || seen[one.address] {
					t.Errorf("link to %q: %v", one.address, err)
				}
				seen[one.address] = true
			}
			if u, err := url.Parse(next); next != "" && (err != nil || u.Host != base.Host) && !strings.Contains(string(src), "<base") {
				t.Errorf("next page %q: %v", next, err)
			}
		}
	})
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nCrawl-delay: 1e9\nAllow: /"), "/axb")
	f.Add([]byte("\ufeffuser-agent:rapporteur\r\ndisallow:\r\nDisallow: [(\x00"), "/")
	f.Add([]byte("User-agent\f\f: *\nDisallow: /"), "/axb")
	f.Fuzz(func(t *testing.T, src []byte, path string) {
		group, err := parseRobots(src)
		if err != nil {
			t.Fatal(err)
		}
		group.Test(path)
		if d := gap(group.CrawlDelay); d < leastGap || d > maxGap {
			t.Errorf("gap %v", d)
		}
	})
}
