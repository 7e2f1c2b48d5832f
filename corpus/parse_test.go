package corpus_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
)

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func parse(t testing.TB, name, src string) *corpus.Doc {
	t.Helper()
	d, err := corpus.Parse(name, src)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d
}

func paragraphs(d *corpus.Doc) (texts []string) {
	for p := range d.Paragraphs() {
		texts = append(texts, d.Quote(p).Text())
	}
	return texts
}

func takeaways(d *corpus.Doc) (texts []string) {
	for _, s := range d.Takeaways {
		texts = append(texts, d.Quote(s).Text())
	}
	return texts
}

const matter = `---
title: "NATO: a \"summit\""
authors:
  - Ada Smith
  - Bo  Li
published: 2026-06-02
url: https://example.org/summit?a=1&b=2
id: summit-2026
language: pt-BR
section: Energy & water
about: "Ada Smith: an engineer"
layout: post
draft: [1, 2]
---
The text.
`

func TestFrontMatter(t *testing.T) {
	want := &corpus.Doc{
		ID: "summit-2026", Title: `NATO: a "summit"`, Authors: []string{"Ada Smith", "Bo Li"}, URL: "https://example.org/summit?a=1&b=2",
		Published: time.Date(2026, 6, 2, 0, 0, 0, 0, time.UTC), Language: "pt-BR", Section: "Energy & water", About: "Ada Smith: an engineer", Text: "The text.",
	}
	for _, name := range []string{"a.txt", "a.md", "a.MARKDOWN"} {
		for _, src := range []string{matter, strings.ReplaceAll(matter, "\n", "\r\n"), "\ufeff" + matter} {
			got := parse(t, name, src)
			got.Takeaways = nil
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	}
}

func TestFrontMatterIsForgiving(t *testing.T) {
	d := parse(t, "a.txt", "---\ntitle: 1984\nauthors: Ada Smith\npublished:\nid: 007\n# a comment\n---\nThe text.")
	if d.Title != "1984" || d.ID != "007" || !d.Published.IsZero() || len(d.Authors) != 1 {
		t.Errorf("%+v", d)
	}
	d = parse(t, "a.txt", "---\npublished: 2026-06-02T09:30:00+02:00\n---\nThe text.")
	if d.Published.UTC().Hour() != 7 {
		t.Error(d.Published)
	}
	for _, src := range []string{"---\nNo end.", "--- \n\n---\nThe text.", "----\nThe text.\n----"} {
		if d := parse(t, "a.txt", src); d.Title != "A" {
			t.Errorf("%q: %+v", src, d)
		}
	}
}

func TestWhatCannotBeReadSaysWhatToDo(t *testing.T) {
	tests := []struct{ src, want string }{
		{"", "a.txt: there is no text in it: write some, or take the file away"},
		{" \n\u00a0\n", "a.txt: there is no text in it: write some, or take the file away"},
		{"---\ntitle: A\n---\n", "a.txt: there is no text in it: write some, or take the file away"},
		{"a\x00b", "a.txt: this is not a text, for it has zero bytes: save it as plain text in UTF-8"},
		{"One.\nTwo: caf\xe9.", "a.txt: line 2 is not UTF-8: save the file as UTF-8"},
		{"---\ntitle: A\nauthors: {a: b}\n---\nText.", "a.txt: line 3: authors is not a text: write authors: [Ada Smith, Bo Li]"},
		{"---\nauthors: [[a]]\n---\nText.", "a.txt: line 2: authors is not a text: write authors: [Ada Smith, Bo Li]"},
		{"---\ntitle: [a]\n---\nText.", `a.txt: line 2: title is not a text: write title: "A title"`},
		{"---\nurl: javascript:alert(1)\n---\nText.", "a.txt: line 2: url is no web address: write url: https://example.org/page"},
		{"---\nurl: ftp://example.org/\n---\nText.", "a.txt: line 2: url is no web address: write url: https://example.org/page"},
		{"---\n\npublished: 2 June 2026\n---\nText.",
			"a.txt: line 3: published is no date: write published: 2026-06-02 or published: 2026-06-02T09:30:00Z"},
		{"---\nlanguage: Old English\n---\nText.", "a.txt: line 2: language is no language code: write language: en or language: pt-BR"},
		{"---\njust words\n---\nText.",
			`a.txt: line 2: the front matter is no list of keys: write lines such as title: "A title", or take the lines "---" away`},
	}
	for _, test := range tests {
		_, err := corpus.Parse("a.txt", test.src)
		if err == nil {
			t.Errorf("%q: no error", test.src)
			continue
		}
		if diff := cmp.Diff(test.want, err.Error()); diff != "" {
			t.Errorf("%q: %s", test.src, diff)
		}
	}
	for _, src := range []string{"---\nid: a\ntitle: NATO: a summit\n---\nText.", "---\nid: a\ntitle: \"NATO\n---\nText.",
		"---\nid: a\n\ttitle: b\n---\nText."} {
		_, err := corpus.Parse("a.txt", src)
		if err == nil || !strings.HasPrefix(err.Error(), "a.txt: line ") || !strings.Contains(err.Error(), "between quote marks") ||
			strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", src, err)
		}
	}
}

func TestHostileTextTakesNoTime(t *testing.T) {
	for _, src := range []string{
		"---\na: " + strings.Repeat("[", 8000) + "\n---\nText.", "---\ntitle:\n  " + strings.Repeat("- ", 4000) + "\n---\nText.",
		"---\na: " + strings.Repeat("[", 1<<20) + "\n---\nText.", strings.Repeat(">", 1<<20), strings.Repeat("> ", 1<<20), strings.Repeat("- ", 1<<20) + "a",
	} {
		begun := time.Now()
		if _, err := corpus.Parse("a.md", src); err == nil {
			t.Errorf("%.20q was read", src)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%.20q took %v", src, took)
		}
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"a.txt", "A Summit in The Hague\n\nThe text of it.", "A Summit in The Hague"},
		{"a.txt", "A Summit in The Hague\nThe leaders met. They agreed on little,\nand left.", "A Summit in The Hague"},
		{"the-hague_summit.txt", "The text of it.\n\nMore text.", "The hague summit"},
		{"https://example.org/briefs/ip4.html", "Only one line", "Ip4"},
		{"élan.txt", "One.", "Élan"},
		{".txt", "One.", ".txt"},
		{"a.md", "Intro.\n\n# The *real* title\n\n# Another", "The real title"},
		{"a-b.md", "## Not the title\n\nText.", "A b"},
	}
	for _, test := range tests {
		if got := parse(t, test.name, test.src).Title; got != test.want {
			t.Errorf("%s: %q has the title %q, want %q", test.name, test.src, got, test.want)
		}
	}
}

func TestParseLiteral(t *testing.T) {
	src := "---\ntitle: \"A \\u00e9 \\\"b\\\"\"\nid: x-1\n---\n\n\\# no heading\n\n\\- no *item*\n\n\\12 men\n\n\n\n" +
		"wrapped\nline\u00a0here\n\n\\\\twice\n\n \nstill\n\n\t\n\nlast\n"
	d, err := corpus.ParseLiteral("x.md", src)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"# no heading", "- no *item*", "12 men", "wrapped line here", `\\twice`, "still", "last"}
	if diff := cmp.Diff(want, paragraphs(d)); diff != "" {
		t.Error(diff)
	}
	if d.ID != "x-1" || d.Title != `A é "b"` || len(d.Takeaways) != 0 {
		t.Errorf("%+v", d)
	}
	if _, err := corpus.ParseLiteral("x.md", "---\nid: x\n---\n"); err == nil {
		t.Error("no text is no error")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a.txt", "Title line\nKey Takeaways:\n- One\n  more.\n• Two.\n\nText\u00a0here.\r\nEnd.")
	f.Add("a.md", "# T\n\n**Key points**\n\n* a\n  - b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<!-- c -->\n\n> q[^1]\n\n[^1]: note")
	f.Add("a.md", "<div title=\"\n\n<script>\n\n</li></a><p class=footnote-ref>")
	f.Add("a.txt", matter)
	f.Add("a.txt", "---\n? a\n: &x [*x, !!int 3]\n---\n1. a\n2) b")
	f.Fuzz(func(t *testing.T, name, src string) {
		literal, err := corpus.ParseLiteral(name, src)
		if err == nil {
			checkText(t, literal)
		}
		d, err := corpus.Parse(name, src)
		if err != nil {
			return
		}
		checkText(t, d)
		plain := !strings.HasSuffix(strings.ToLower(name), ".md") && !strings.HasSuffix(strings.ToLower(name), ".markdown")
		if plain && !strings.HasPrefix(strings.TrimPrefix(src, "\ufeff"), "---") {
			if got, want := fold(d.Text), fold(strings.TrimPrefix(src, "\ufeff")); got != want {
				t.Errorf("the text says %q, the source %q", got, want)
			}
		}
	})
}

func checkText(t *testing.T, d *corpus.Doc) {
	t.Helper()
	if d.ID != "" {
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
	if !utf8.ValidString(d.Title) || strings.Contains(d.Title, "\n") {
		t.Errorf("title %q", d.Title)
	}
	for _, p := range paragraphs(d) {
		if p != fold(p) || p == "" {
			t.Errorf("paragraph %q", p)
		}
	}
	for _, s := range takeaways(d) {
		if strings.Contains(s, "\n") {
			t.Errorf("takeaway %q", s)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	src := strings.Repeat("The leaders of the four met again in the spring, and their ministers with\n"+
		"them. They agreed on little.\n\nKey Takeaways:\n- One of them\n  was absent.\n\n", 100)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		parse(b, "a.txt", src)
	}
}
