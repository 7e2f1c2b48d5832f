//go:build unix

package page_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapporteur/corpus/page"
)

// slow is how much time of a processor a page may take that was made to take
// long; without limits it would be minutes.
const slow = 10 * time.Second

// FuzzParse holds Parse to what it promises of any page: no panic, an answer in
// bounded time, and either an error or a Doc that the corpus takes.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.html")
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add("https://harbour.example/cranes", src, "text/html; charset=utf-8")
	}
	f.Add("a%zz", []byte("<p>\xff\xfe</p>"), "text/html; charset=utf-16")
	f.Add("", []byte(strings.Repeat("<table><tr><td>", 200)), "")
	f.Add("x.html", []byte("<h1>Abstract<sup>1</sup></h1><a href=#a>1</a><li id=a><br><br>"+strings.Repeat("word ", 60)), "")
	f.Fuzz(func(t *testing.T, address string, src []byte, contentType string) {
		if len(src) > 1<<20 {
			return
		}
		alarm := time.AfterFunc(time.Minute, func() { panic("Parse does not end") })
		defer alarm.Stop()
		d, err := page.Parse(address, src, contentType, fetched)
		if err != nil {
			if d != nil {
				t.Error("there is a Doc beside an error")
			}
			return
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
		if strings.Contains(d.Text, "\n\n\n") || strings.Join(strings.Fields(d.Text), "") != strings.NewReplacer("\n\n", "", " ", "").Replace(d.Text) {
			t.Errorf("white space is not folded: %q", d.Text)
		}
		for _, s := range d.Takeaways {
			if strings.Contains(d.Text[s.Start:s.End], "\n") {
				t.Errorf("takeaway %v is more than one paragraph", s)
			}
		}
	})
}

// TestBombs reads pages that were made to keep their reader busy.
func TestBombs(t *testing.T) {
	const size = 1 << 20 // bytes
	sentence := "<p>Nine ports bought everything from one maker, and six of them paid for it in March of that year.</p>\n"
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	bombs := map[string]struct {
		src  string
		want error // nil if it may be read
	}{
		"megabytes of prose":         {"<article>" + fill(sentence) + "</article>", nil},
		"one paragraph":              {"<p>" + fill("Nine ports bought everything, "), nil},
		"no end of elements":         {fill("<div>"), page.ErrTooMuch},
		"deep, then prose":           {strings.Repeat("<div>", 480) + fill(sentence), page.ErrTooMuch},
		"deep inline, then prose":    {strings.Repeat("<span><b>", 240) + fill("Nine ports bought everything, "), page.ErrTooMuch},
		"no end of formatting":       {fill("<b><i><p>x"), nil},
		"tables in tables":           {strings.Repeat("<table><tr><td>", 160) + fill(sentence), page.ErrTooMuch},
		"line breaks":                {fill("word<br>"), nil},
		"double line breaks":         {"<div>" + fill("Nine ports bought everything from one maker<br><br>"), nil},
		"links to notes":             {fill(`<a href="#n1">1</a><p id="n1">Note</p>`), nil},
		"headings of takeaways":      {fill("<h2>Key takeaways</h2><p>Nine ports bought everything from one maker.</p>"), nil},
		"headings without takeaways": {fill("<h2>Key takeaways</h2>"), page.ErrNoArticle},
		"parts":                      {fill("<p><b>What’s new?</b> Nine ports bought everything</p>"), nil},
		"attributes":                 {"<div " + fill(`a="b" `) + ">" + sentence, nil},
		"one class of many":          {`<div class="` + fill("share ") + `">` + sentence, nil},
		"unclosed comment":           {sentence + "<!--" + fill("-"), nil},
		"metas":                      {fill(`<meta name="author" content="Ada Brook">`) + sentence, nil},
		"a byline without end":       {`<meta name="author" content="` + fill("Ada and ") + `">` + sentence, nil},
		"JSON in JSON":               {`<script type="application/ld+json">` + fill("[") + "</script>" + sentence, nil},
		"a table of many cells":      {"<table>" + fill("<tr><td>Norhaven<td>8<td>9") + "</table>" + sentence, nil},
		"lists in lists":             {strings.Repeat("<ul><li>x", 200) + sentence, nil},
		"titles":                     {"<title>" + fill("a | b - ") + "</title>" + sentence, nil},
		"spaces":                     {sentence + "<p>" + fill(" \n") + "</p>", nil},
		"dates":                      {fill("<time>1 2 3 4 5 6</time>") + sentence, nil},
	}
	for name, bomb := range bombs {
		t.Run(name, func(t *testing.T) {
			if testing.Short() || raced {
				t.Skip("it reads megabytes, for which the race detector needs minutes")
			}
			begin := worked(t)
			d, err := page.Parse("https://harbour.example/bomb", []byte(bomb.src), "", fetched)
			took := worked(t) - begin
			t.Logf("%v, %v", took, err)
			if took > slow {
				t.Errorf("it took %v", took)
			}
			if bomb.want != nil && !errors.Is(err, bomb.want) {
				t.Errorf("error %v, want %v", err, bomb.want)
			}
			if err == nil && d.Check() != nil {
				t.Error(d.Check())
			}
		})
	}
}
