package source

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParagraphs(t *testing.T) {
	tests := map[string]struct {
		src  string
		want []string
	}{
		"nothing":            {" <p> </p> ", nil},
		"plain text":         {"One\nline.\n \nTwo &amp; three.", []string{"One line.", "Two & three."}},
		"a sum":              {"It holds that 1 < 2.", []string{"It holds that 1 < 2."}},
		"blocks":             {"<h2>Head</h2>Loose<p>A <b>b</b>c.</p><div>D<div>E</div>F</div>", []string{"Head", "Loose", "A bc.", "D", "E", "F"}},
		"unclosed":           {"<p>A<p>B<li>C<li>D", []string{"A", "B", "C", "D"}},
		"lists":              {"<ul><li>A<ul><li>B</li></ul>C</li><li><p>D</p></li></ul>", []string{"A", "B", "C", "D"}},
		"line breaks":        {"A<br>b<br/> <br>C<br>d", []string{"A b", "C d"}},
		"a table":            {"<table><tr><th>A</th><td>B</td></tr><tr><td>C</td></tr></table>", []string{"A B", "C"}},
		"no words":           {"<p>A<script>x</script><style>y</style><iframe>z</iframe><noscript>n</noscript></p><form>f</form><!-- c -->", []string{"A"}},
		"a whole page":       {"<html><head><title>T</title></head><body><p>A</p></body></html>", []string{"A"}},
		"references":         {"<p>Caf&eacute;&nbsp;&#8212; &lt;b&gt; &#1;x</p>", []string{"Café — <b> x"}},
		"white space":        {"<pre>A\n\n\tB</pre>", []string{"A B"}},
		"too deep":           {strings.Repeat("<b>", 1000) + "A", nil},
		"a quotation inside": {"<blockquote>He said<br><br>no.</blockquote>", []string{"He said", "no."}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, paragraphs(test.src)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever comes, a paragraph has words and no line breaks.
func TestParagraphsAreLines(t *testing.T) {
	parts := rapid.SampledFrom([]string{"<p>", "</p>", "<br>", "<li>", "<table>", "<td>", "<script>", "<!--", "&nbsp;", "&#13;", "\n\n", "\r", "\x00", "\xff", "a", " ", "é", "<"})
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOf(parts).Draw(t, "parts"), "")
		for _, p := range paragraphs(src) {
			if p != fold(p) || p == "" || strings.ContainsFunc(p, unicode.IsControl) {
				t.Fatalf("%q gave the paragraph %q", src, p)
			}
		}
	})
}
