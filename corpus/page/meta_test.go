package page_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"rapporteur/corpus"
	"rapporteur/corpus/page"
)

func TestDate(t *testing.T) {
	for line, want := range map[string]string{
		"2026-11-23": "2026-11-23T00:00:00Z", "2026-11-23T08:30:00+01:00": "2026-11-23T08:30:00+01:00", "2026-11-23T08:30:00.123Z": "2026-11-23T08:30:00Z",
		"2026-11-23 08:30": "2026-11-23T00:00:00Z", "20261123": "2026-11-23T00:00:00Z", "2026/11/23": "2026-11-23T00:00:00Z", "/2026/11/23/cranes": "2026-11-23T00:00:00Z",
		"Posted on November 23, 2026 by Ada": "2026-11-23T00:00:00Z", "Nov. 23rd, 2026": "2026-11-23T00:00:00Z", "23 Nov 2026": "2026-11-23T00:00:00Z", "Monday, 23 November 2026": "2026-11-23T00:00:00Z",
		"23. November 2026": "2026-11-23T00:00:00Z", "3. März 2026": "2026-03-03T00:00:00Z", "1er février 2026": "2026-02-01T00:00:00Z", "12 août 2026": "2026-08-12T00:00:00Z",
		"5 de enero de 2026": "2026-01-05T00:00:00Z", "7 gennaio 2026": "2026-01-07T00:00:00Z", "9 maart 2026": "2026-03-09T00:00:00Z", "23.11.2026": "2026-11-23T00:00:00Z",
		"23/11/2026": "2026-11-23T00:00:00Z", "11/23/2026": "2026-11-23T00:00:00Z", "Mon, 23 Nov 2026 08:30:00 GMT": "2026-11-23T08:30:00Z",
		"5/6/2026": "", "31 February 2026": "", "2026-13-01": "", "in 2026": "", "12 monkeys 2026": "", "": "", "Version 10.2026.1": "",
	} {
		got := ""
		if when, ok := page.Date(line); ok {
			got = when.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", line, got, want)
		}
	}
}

func TestAuthors(t *testing.T) {
	for byline, want := range map[string][]string{
		"By Ada Brook": {"Ada Brook"}, "Ada Brook and Bo Lind": {"Ada Brook", "Bo Lind"}, "Ada Brook, Bo Lind & Cy Dahl": {"Ada Brook", "Bo Lind", "Cy Dahl"},
		"Brook, Ada; Lind, Bo": {"Ada Brook", "Bo Lind"}, "Ada Brook, PhD": {"Ada Brook"}, "Von Ada Brook und Bo Lind": {"Ada Brook", "Bo Lind"},
		"Ada Brook Edited by Bo Lind": {"Ada Brook"}, "Ada Brook, ada brook": {"Ada Brook"}, "Ada Brook – Senior Fellow": {"Ada Brook"},
		"admin": nil, "https://harbour.example/ada": nil, "ada@harbour.example": nil, "@ada": nil, "Harbour Institute": nil, "Cranes": nil, "Vonda Parker": {"Vonda Parker"},
	} {
		src := `<title>Cranes</title><meta property="og:site_name" content="Harbour Institute"><meta name="author" content="` + byline + `">` + sentences
		d, err := page.Parse("https://harbour.example/x", []byte(src), "", fetched)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, d.Authors); diff != "" {
			t.Errorf("%q (-want +got):\n%s", byline, diff)
		}
	}
}

func TestSection(t *testing.T) {
	for head, want := range map[string]string{
		"": "",
		`<meta property="article:section" content=" Energy &amp;amp; water ">`: "Energy & water",
		`<meta property="article:section" content="Harbour">`:                  "",
		`<meta property="article:section" content="Cranes">`:                   "",
		`<meta property="article:section" content="Energy"><script type="application/ld+json">{"@type":"Article","headline":"Cranes","articleSection":["Ports","Energy"]}</script>`: "Ports",
	} {
		d, err := page.Parse("https://harbour.example/cranes", []byte("<title>Cranes</title>"+head+"<h1>Cranes</h1>"+sentences), "", fetched)
		if err != nil || d.Section != want {
			t.Errorf("%s gives %q, want %q (%v)", head, d.Section, want, err)
		}
	}
}

func TestAddresses(t *testing.T) {
	const found = "https://www.harbour.example/cranes?utm_source=x&id=4#top"
	for canonical, want := range map[string]string{
		"":                               "https://www.harbour.example/cranes?id=4",
		"/topics/cranes":                 "https://www.harbour.example/topics/cranes",
		"https://harbour.example/cranes": "https://harbour.example/cranes",
		"https://harbour.example/":       "https://www.harbour.example/cranes?id=4",
		"https://evil.example/cranes":    "https://www.harbour.example/cranes?id=4",
		"javascript:alert(1)":            "https://www.harbour.example/cranes?id=4",
		"http://[":                       "https://www.harbour.example/cranes?id=4",
	} {
		d, err := page.Parse(found, []byte(`<link rel="canonical" href="`+canonical+`">`+sentences), "", fetched)
		if err != nil {
			t.Fatal(err)
		}
		if d.URL != want || d.ID != want || !cmp.Equal(d.Addresses, []string{found}) {
			t.Errorf("%q gives %s, id %s, also at %v; want %s", canonical, d.URL, d.ID, d.Addresses, want)
		}
	}
	d, err := page.Parse("notes/cranes-and-ports.html", []byte(sentences), "", fetched)
	if err != nil || d.ID != "notes/cranes-and-ports.html" || d.URL != "" || d.Title != "Cranes and ports" {
		t.Errorf("a file gives %+v, %v", d, err)
	}
}

func TestTitles(t *testing.T) {
	for title, want := range map[string]string{
		"Cranes | Harbour Institute": "Cranes", "Harbour Institute: Cranes": "Harbour Institute: Cranes", "Harbour – Cranes – and ports": "Cranes – and ports",
		"Cranes - Ports - HARBOUR INSTITUTE": "Cranes - Ports", "Cranes &amp; ports": "Cranes & ports", "Fish | Chips": "Fish | Chips",
	} {
		src := `<title>` + title + `</title><meta property="og:site_name" content="Harbour Institute">` + sentences
		d, err := page.Parse("https://www.harbour.example/x", []byte(src), "", fetched)
		if err != nil || d.Title != want {
			t.Errorf("%q gives %q, want %q (%v)", title, d.Title, want, err)
		}
	}
}

// Whatever blocks an article is made of, all of its words come out, in order
// and without a space too many or too few.
func TestNoWordIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var src, want strings.Builder
		n := 0
		sentence := func() string {
			n++
			return fmt.Sprintf("Sentence %d tells, at some length, of the ports on the northern coast, of their cranes and of bolts numbered %d.", n, n*7)
		}
		for range rapid.IntRange(4, 25).Draw(t, "blocks") {
			s := sentence()
			head, tail := s[:len(s)/2], s[len(s)/2:]
			markup := rapid.SampledFrom([]string{"<p>%s%s</p>", "<p>%s<b>%s</b></p>", "<p><i>%s</i><span>%s</span></p>", "<div><p><a href='/x'>Link</a> %s%s</p></div>", "<ul><li>%s%s</li></ul>",
				"<blockquote>%s%s</blockquote>", "<ol><li><p>%s<em>%s</em></p></li></ol>", "<section><div>%s%s</div></section>", "<div>%s<font>%s</font></div>", "<p>%s\n\t<!-- x -->%s</p>"}).Draw(t, "markup")
			fmt.Fprintf(&src, markup+"\n", html.EscapeString(head), html.EscapeString(tail))
			if strings.Contains(markup, "Link") {
				want.WriteString(" Link")
			}
			fmt.Fprintf(&want, " %s", strings.ReplaceAll(s, head+tail, head+map[bool]string{true: " "}[strings.Contains(markup, "\n")]+tail))
		}
		d, err := page.Parse("https://harbour.example/x", []byte("<title>Cranes</title><main><article>"+src.String()+"</article></main>"), "", fetched)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Fields(want.String()), strings.Fields(d.Text)); diff != "" {
			t.Fatalf("%s\n(-want +got):\n%s", src.String(), diff)
		}
	})
}

// BenchmarkParse reads a page of about 60 kB, as long as an article with its
// frame often is.
func BenchmarkParse(b *testing.B) {
	frame := strings.Repeat(`<nav><ul><li class="menu-item"><a href="/a">An entry of the menu</a></li></ul></nav>`, 150)
	article := "<article><h1>Cranes</h1><h2>Key takeaways</h2><ul><li>Ports with two suppliers lost less than a tenth.</li><li>Leases can ask for parts.</li></ul>" + strings.Repeat("<h2>A part</h2>"+sentences, 150) + "</article>"
	src := []byte("<html lang=en><head><title>Cranes</title></head><body>" + frame + article + frame + "</body></html>")
	b.SetBytes(int64(len(src)))
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			var d *corpus.Doc
			if d, _ = page.Parse("https://harbour.example/x", src, "", fetched); d == nil || len(d.Takeaways) != 2 {
				b.Error("the page was not read")
			}
		}
	})
}
