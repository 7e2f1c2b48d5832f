package corpus_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rapporteur/corpus"
)

func TestEveryQuoteStandsInThePublication(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &corpus.Doc{ID: "a", Text: rapid.String().Draw(t, "text"), URL: "https://example.org/a"}
		s := corpus.Span{Start: rapid.IntRange(-2, len(d.Text)+2).Draw(t, "start"), End: rapid.IntRange(-2, len(d.Text)+2).Draw(t, "end")}
		q, ok := tryQuote(d, s)
		if !ok {
			return
		}
		if q.Text() != d.Text[s.Start:s.End] || q.Text() == "" || !utf8.ValidString(q.Text()) || q.Doc() != d || q.Span() != s {
			t.Fatalf("%v of %q is %q", s, d.Text, q.Text())
		}
		if _, err := url.Parse(q.Link()); err != nil {
			t.Fatal(err)
		}
	})
}

// tryQuote reports whether s can be quoted; Quote panics if not.
func tryQuote(d *corpus.Doc, s corpus.Span) (q corpus.Quote, ok bool) {
	defer func() { ok = recover() == nil }()
	return d.Quote(s), true
}

func TestQuoteCutsNoCharacterInTwo(t *testing.T) {
	d := &corpus.Doc{ID: "a", Text: "né."}
	for s, want := range map[corpus.Span]bool{
		{0, 4}: true, {1, 3}: true, {0, 2}: false, {2, 4}: false, {1, 1}: false, {3, 1}: false, {-1, 1}: false, {0, 5}: false,
	} {
		if _, ok := tryQuote(d, s); ok != want {
			t.Errorf("%v of %q can be quoted: %v", s, d.Text, ok)
		}
	}
}

// quoteOf returns the quote of words in a publication of three paragraphs.
func quoteOf(words, address string) corpus.Quote {
	d := &corpus.Doc{ID: "brief.txt", URL: address, Text: "Before it.\n\nHere: " + words + "\n\nAfter it."}
	at := strings.Index(d.Text, words)
	return d.Quote(corpus.Span{Start: at, End: at + len(words)})
}

func TestLink(t *testing.T) {
	tests := []struct{ words, url, want string }{
		{"two words", "", ""},
		{"two words", "https://example.org/a", "https://example.org/a#:~:text=two%20words"},
		{"two words", "https://example.org/a?b=c#part", "https://example.org/a?b=c#:~:text=two%20words"},
		{"a-b, c & d 10% e+f #g", "https://example.org/", "https://example.org/#:~:text=a%2Db%2C%20c%20%26%20d%2010%25%20e%2Bf%20%23g"},
		{"São Tomé’s 한국", "https://example.org/", "https://example.org/#:~:text=S%C3%A3o%20Tom%C3%A9%E2%80%99s%20%ED%95%9C%EA%B5%AD"},
		{"1 2 3 4 5 6 7 8 9 10 11 12", "https://example.org/", "https://example.org/#:~:text=1%202%203%204%205%206%207%208%209%2010%2011%2012"},
		{"1 2 3 4 5 6, 7 8 9 10 11 12 -13", "https://example.org/",
			"https://example.org/#:~:text=1%202%203%204%205%206%2C,8%209%2010%2011%2012%20%2D13"},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, quoteOf(test.words, test.url).Link()); diff != "" {
			t.Errorf("%q: %s", test.words, diff)
		}
	}
}

func TestPlaceCountsParagraphsAsReadersDo(t *testing.T) {
	if got := quoteOf("words", "").Place(); got != "paragraph 2 of brief.txt" {
		t.Error(got)
	}
	d := &corpus.Doc{ID: "a", Text: "One.\n\nTwo.\n\nThree."}
	n := 0
	for p := range d.Paragraphs() {
		n++
		for _, s := range []corpus.Span{p, {Start: p.End - 1, End: p.End}} {
			if got := d.Quote(s).Paragraph(); got != n {
				t.Errorf("%q is in paragraph %d, want %d", d.Quote(s).Text(), got, n)
			}
		}
	}
}

func TestPlaceNamesThePage(t *testing.T) {
	d := corpus.Doc{ID: "report.pdf", URL: "https://example.org/report.pdf#top", Title: "A", Text: "One.\n\nTwo.", Pages: []int{6, 7}}
	q := d.Quote(corpus.Span{Start: 6, End: 10})
	if q.Page() != 7 || q.Place() != "p. 7 of report.pdf" || q.Link() != "https://example.org/report.pdf#page=7" {
		t.Errorf("page %d, place %q, link %q", q.Page(), q.Place(), q.Link())
	}
}

func TestCheck(t *testing.T) {
	good := corpus.Doc{ID: "a", Title: "A", Text: "né.", Takeaways: []corpus.Span{{Start: 1, End: 3}}}
	tests := map[string]func(*corpus.Doc){
		"":                               func(*corpus.Doc) {},
		"a publication needs an id":      func(d *corpus.Doc) { d.ID = "" },
		"a: a publication needs a title": func(d *corpus.Doc) { d.Title = " " },
		"a: pages are known of 2 paragraphs, and there are 1":    func(d *corpus.Doc) { d.Pages = []int{1, 2} },
		"a: a publication needs a text":                          func(d *corpus.Doc) { d.Text = "\n\n" },
		"a: the text is not UTF-8":                               func(d *corpus.Doc) { d.Text = "n\xe9e." },
		"a: takeaway or heading {1 2} is not a part of the text": func(d *corpus.Doc) { d.Takeaways = []corpus.Span{{Start: 1, End: 2}} },
	}
	for want, change := range tests {
		d := good
		change(&d)
		got := ""
		if err := d.Check(); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if err := (&corpus.Doc{ID: "a", Withdrawn: true}).Check(); err != nil {
		t.Error(err)
	}
}
