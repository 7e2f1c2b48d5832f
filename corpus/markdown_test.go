package corpus_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rapporteur/corpus"
)

func TestMarkdownParagraphs(t *testing.T) {
	tests := []struct {
		about, src string
		want       []string
	}{
		{"headings are paragraphs", "# One #\nText\nwrapped.\n\nTwo\n---\nText.", []string{"One", "Text wrapped.", "Two", "Text."}},
		{"markup is dropped", "*One* __two__ ~~three~~ `four` [five](https://example.org \"title\") <https://example.org/> ![alt](a.png)six  \nseven",
			[]string{"One two three four five https://example.org/ six seven"}},
		{"what only looks like markup stays", "2 * 3 * 4, a_b_c, \\*five\\*, AT&amp;T, &copy; \\&amp; 1 < 2", []string{"2 * 3 * 4, a_b_c, *five*, AT&T, © &amp; 1 < 2"}},
		{"items are paragraphs", "- One\n  wrapped\n- Two\n  - Three\n\n1. Four\n\n   Five\n2. [x] Six", []string{"One wrapped", "Two", "Three", "Four", "Five", "Six"}},
		{"quotes and code are text", "> One\ntwo\n> > three\n\n```go\nx := 1\n\n<b>\n```\n\n    four", []string{"One two", "three", "x := 1 <b>", "four"}},
		{"tables go row by row", "| a | b |\n|---|--:|\n| c d | **e** |\n| f |", []string{"a | b", "c d | e", "f |"}},
		{"comments are dropped", "One <!-- not\nthis --> two.\n\n<!-- nor\n\nthis -->\n\nThree.", []string{"One two.", "Three."}},
		{"HTML is read", "<div class=\"a\"><p>One <b>two</b></p>three<br>four</div>\n<script>\n\nnot this\n</script>\n\nFive<sup>6</sup>", []string{"One two", "three four", "Five6"}},
		{"a slip hides nothing", "One <script> two.\n\nThree <title> four.\n\n<textarea>\n\nFive.", []string{"One two.", "Three four.", "Five."}},
		{"notes are numbered", "One.[^a] Two.\n\n[^a]: The note.", []string{"One.[1] Two.", "The note."}},
		{"a long rule is a rule", "One\n\n" + strings.Repeat("* ", 80) + "\n\nTwo", []string{"One", "Two"}},
		{"white space is folded", "One\u00a0&nbsp;two\tthree", []string{"One two three"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, paragraphs(parse(t, "a.md", test.src))); diff != "" {
			t.Errorf("%s: %s", test.about, diff)
		}
	}
}

func TestMarkdownLosesNoWord(t *testing.T) {
	word := rapid.StringMatching(`[a-zé]{1,8}`)
	shapes := []string{"%s", "# %s", "- %s", "  - %s", "3. %s", "> %s", "**%s**", "[%s](x)", "| %s | b |\n|---|---|\n", "`%s`", "<p>%s</p>", "<i>%s", "    %s", "%s\n==="}
	rapid.Check(t, func(t *rapid.T) {
		var src strings.Builder
		words := rapid.SliceOfN(word, 1, 12).Draw(t, "words")
		for _, w := range words {
			src.WriteString(strings.Replace(rapid.SampledFrom(shapes).Draw(t, "shape"), "%s", w, 1))
			src.WriteString(rapid.SampledFrom([]string{"\n", "\n\n"}).Draw(t, "end"))
		}
		d, err := corpus.Parse("a.md", src.String())
		if err != nil {
			t.Fatal(err)
		}
		rest := d.Text
		for _, w := range words {
			at := strings.Index(rest, w)
			if at < 0 {
				t.Fatalf("%q is not in %q, read from %q", w, d.Text, src.String())
			}
			rest = rest[at+len(w):]
		}
	})
}
