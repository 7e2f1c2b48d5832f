package source

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func gzipped(t testing.TB, text string) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write([]byte(text))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSitemapParse(t *testing.T) {
	const urls = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">` +
		`<url><loc> https://site.example/one?utm_x=1&amp;y=2 </loc><lastmod>2026-11-23T10:00:00+01:00</lastmod></url>` +
		`<url><loc>/2026/11/22/two</loc><lastmod>yesterday</lastmod><news:news><news:publication><news:name>S</news:name></news:publication><news:publication_date>2026-11-21</news:publication_date><news:title>Two &amp; more</news:title></news:news></url>` +
		`<url><loc>mailto:ann@site.example</loc></url><url/><url><loc>https://site.example/x</loc></url></urlset>`
	want := []string{"https://site.example/one?y=2||2026-11-23T09:00:00Z|", "https://site.example/2026/11/22/two|Two & more|yesterday|2026-11-21", "https://site.example/x|||"}
	base := &url.URL{Scheme: "https", Host: "site.example", Path: "/sitemap.xml"}
	tests := map[string]struct {
		body  string
		want  []string
		maps  int
		fault string
	}{
		"urlset":        {body: urls, want: want},
		"packed":        {body: gzipped(t, urls), want: want},
		"no namespace":  {body: `<urlset><url><loc>/x</loc></url></urlset>`, want: []string{"https://site.example/x|||"}},
		"bare &":        {body: `<urlset><url><loc>/x?a=1&b=2</loc></url></urlset>`, fault: "broken"},
		"index":         {body: `<sitemapindex><sitemap><loc>/a.xml.gz</loc><lastmod>2026-11-23</lastmod></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>`, maps: 2},
		"blank lines":   {body: "\n\n\ufeff" + urls, want: want},
		"cut short":     {body: urls[:len(urls)-20], fault: "cut short"},
		"cut packed":    {body: gzipped(t, urls)[:200], fault: "unpack it"},
		"a web page":    {body: "<!doctype html><title>x</title>", fault: "a web page came instead of a sitemap"},
		"a feed":        {body: `<rss><channel/></rss>`, fault: "begins with <rss>"},
		"text":          {body: "https://site.example/x\n", fault: "something else came instead of a sitemap"},
		"nothing":       {body: "", fault: "something else came"},
		"entities":      {body: `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>/&b;</loc></url></urlset>`, fault: "broken"},
		"deep":          {body: "<urlset>" + strings.Repeat("<url>", 100_000), fault: "inside each other"},
		"packed bomb":   {body: gzipped(t, strings.Repeat(" ", MaxSitemap+1)), fault: "more than 52428800 bytes"},
		"outer entity":  {body: `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>/&a;</loc></url></urlset>`, fault: "broken"},
		"long address":  {body: "<urlset><url><loc>/" + strings.Repeat("x", 3000) + "</loc></url></urlset>"},
		"UTF-16":        {body: utf16be(strings.Replace(urls, "UTF-8", "UTF-16", 1)), want: want},
		"an empty list": {body: "<urlset></urlset>"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m, err := parseSitemap(&Answer{Body: []byte(test.body), Address: base})
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Errorf("error %v does not say %q", err, test.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range m.links {
				day := ""
				if !l.date.IsZero() {
					day = l.date.Format(time.DateOnly)
				}
				got = append(got, fmt.Sprintf("%s|%s|%s|%s", l.address, l.title, l.mark, day))
			}
			if diff := cmp.Diff(test.want, got); diff != "" || len(m.maps) != test.maps {
				t.Errorf("%d maps, links (-want +got):\n%s", len(m.maps), diff)
			}
		})
	}
}

func utf16be(text string) string {
	out := "\xfe\xff"
	for _, r := range text {
		out += string([]byte{byte(r >> 8), byte(r)})
	}
	return out
}

// A sitemap of more links than are wanted takes no more memory for it.
func TestSitemapOfManyLinks(t *testing.T) {
	body := "<urlset>" + strings.Repeat("<url><loc>/a/paper</loc></url>", 200_000) + "</urlset>"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m, err := parseSitemap(&Answer{Body: []byte(body), Address: &url.URL{Scheme: "https", Host: "site.example"}})
	runtime.GC()
	runtime.ReadMemStats(&after)
	if err != nil || len(m.links) != maxLinks+1 {
		t.Errorf("%v", err)
	}
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 64<<20 {
		t.Errorf("%d bytes more", grown)
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(`<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/x</loc><lastmod>2026-11-23</lastmod><n:news><n:title>T</n:title></n:news></url></urlset>`), "application/xml")
	f.Add([]byte(`<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap></sitemapindex>`), "")
	f.Add([]byte(gzipped(f, "<urlset><url><loc>https://site.example/\xff</loc></url></urlset>")), "application/gzip")
	f.Fuzz(func(t *testing.T, src []byte, kind string) {
		m, err := parseSitemap(&Answer{Body: src, Kind: kind, Address: &url.URL{Scheme: "https", Host: "site.example"}})
		if err != nil {
			return
		}
		for _, l := range append(m.links, m.maps...) {
			if u, err := url.Parse(l.address); err != nil || !onWeb(u) || u.User != nil {
				t.Errorf("link to %q: %v", l.address, err)
			}
		}
	})
}
