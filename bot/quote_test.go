package bot_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// However a quote is cut or widened, its words and those in bold stay the same.
func TestQuoteKeepsItsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paragraphs := rapid.SliceOfN(rapid.StringMatching(`[a-c é]{1,12}`), 1, 5).Draw(t, "paragraphs")
		doc := &corpus.Doc{ID: "d", Title: "D", Text: strings.Join(paragraphs, "\n\n")}
		q := bot.Quote{Quote: doc.Quote(anySpan(t, doc.Text, 1))}
		q.Focus = anySpan(t, q.Text(), 0)
		before, focus, after := q.Cut()
		if before+focus+after != q.Text() {
			t.Fatalf("%q + %q + %q is not %q", before, focus, after, q.Text())
		}
		wide := q.Context()
		_, moved, _ := wide.Cut()
		if !strings.Contains(wide.Text(), q.Text()) || moved != focus {
			t.Fatalf("%q with %q in bold, from %q with %q", wide.Text(), moved, q.Text(), focus)
		}
		if start, end := wide.Span().Start, wide.Span().End; start > 0 && doc.Text[start-1] != '\n' && doc.Text[start] != '\n' ||
			end < len(doc.Text) && doc.Text[end] != '\n' && doc.Text[end-1] != '\n' {
			t.Fatalf("%q is no whole paragraph of %q", wide.Text(), doc.Text)
		}
	})
}

// anySpan returns a part of text with at least so many characters.
func anySpan(t *rapid.T, text string, least int) corpus.Span {
	bounds := []int{}
	for i := range text + "." {
		bounds = append(bounds, i)
	}
	start := rapid.IntRange(0, len(bounds)-1-least).Draw(t, "start")
	return corpus.Span{Start: bounds[start], End: bounds[rapid.IntRange(start+least, len(bounds)-1).Draw(t, "end")]}
}

func TestRemark(t *testing.T) {
	for want, q := range map[string]bot.Quote{
		"":                                     {},
		"also a key takeaway":                  {Takeaway: true},
		"quoting Ada":                          {Voice: "quoting Ada"},
		"also a key takeaway · reporting some": {Takeaway: true, Voice: "reporting some"},
	} {
		if got := q.Remark(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
