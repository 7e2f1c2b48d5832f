package slack

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// message returns a message with quotes of these sizes in bytes, n to a
// publication.
func message(url string, n int, sizes ...int) bot.Message {
	m := bot.Message{Text: "The library says:"}
	for i, size := range sizes {
		doc := &corpus.Doc{ID: fmt.Sprintf("%d.txt", i/n), Title: fmt.Sprintf("Brief %d", i/n), URL: url,
			Text: strings.Repeat("ab d", size/4+1)[:size]}
		m.Quotes = append(m.Quotes, bot.Quote{Quote: doc.Quote(corpus.Span{Start: 0, End: size})})
	}
	return m
}

// shown returns the texts of all elements, each on a line, and the quotes
// apart.
func shown(blocks []slack.Block) (all string, quotes []string) {
	var b strings.Builder
	for _, block := range blocks {
		for _, e := range block.(*slack.RichTextBlock).Elements {
			inside := []slack.RichTextSectionElement(nil)
			switch e := e.(type) {
			case *slack.RichTextSection:
				inside = e.Elements
			case *slack.RichTextQuote:
				inside = e.Elements
				quote := ""
				for _, piece := range e.Elements {
					quote += piece.(*slack.RichTextSectionTextElement).Text
				}
				quotes = append(quotes, quote)
			}
			for _, e := range inside {
				switch e := e.(type) {
				case *slack.RichTextSectionTextElement:
					fmt.Fprintln(&b, e.Text)
				case *slack.RichTextSectionLinkElement:
					fmt.Fprintln(&b, e.Text, e.URL)
				}
			}
		}
	}
	return b.String(), quotes
}

func TestRenderStaysInBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.OneOf(rapid.IntRange(1, 300), rapid.IntRange(1, 14_000)), 0, 120).Draw(t, "sizes")
		url := rapid.SampledFrom([]string{"", "https://example.org/a", "javascript:alert(1)",
			"https://example.org/" + strings.Repeat("x", 3000)}).Draw(t, "url")
		m := message(url, rapid.IntRange(1, 5).Draw(t, "quotes of one publication"), sizes...)
		for i := range m.Quotes {
			start := rapid.IntRange(0, sizes[i]).Draw(t, "focus")
			m.Quotes[i].Focus = corpus.Span{Start: start, End: rapid.IntRange(start, sizes[i]).Draw(t, "end of the focus")}
			m.Quotes[i].Takeaway = rapid.Bool().Draw(t, "takeaway")
			m.Quotes[i].Voice = rapid.SampledFrom([]string{"", "quoting Ada", strings.Repeat("quoting ", 200)}).Draw(t, "voice")
		}
		m.Text = rapid.String().Draw(t, "text") + strings.Repeat("y", rapid.IntRange(0, 9000).Draw(t, "length"))
		blocks := render(m)
		total := 0
		for _, b := range blocks {
			total += size(b.(*slack.RichTextBlock).Elements...)
		}
		if total > 10_000 || len(blocks) > maxBlocks {
			t.Fatalf("%d characters in %d blocks", total, len(blocks))
		}
		all, quotes := shown(blocks)
		for _, got := range quotes {
			if strings.Trim(got, "ab d") != "" {
				t.Fatalf("%q is quoted", got)
			}
		}
		if hidden := len(m.Quotes) - len(quotes); hidden > 0 && !strings.Contains(all, tooLong(hidden)) {
			t.Fatalf("%d quotes are hidden, and nobody is told", hidden)
		}
		if n := chars(plain(m)); n > maxText {
			t.Fatalf("the text has %d characters", n)
		}
	})
}

func TestQuoteTooLongForSlack(t *testing.T) {
	for _, url := range []string{"https://example.org/a", ""} {
		all, quotes := shown(render(message(url, 1, 13_000)))
		if len(quotes) != 0 || !strings.Contains(all, "1 more passage did not fit: ") || !strings.Contains(all, "Brief 0") {
			t.Errorf("%d quotes in:\n%s", len(quotes), all)
		}
		if !strings.Contains(all, "paragraph 1 of ") || !strings.Contains(all, url) {
			t.Errorf("where it stands is not said in:\n%s", all)
		}
	}
}

func TestPlainIsTheAnswer(t *testing.T) {
	m := message("", 1, 20, 9000, 30)
	m.Quotes[0].Doc().Authors = []string{"Ada Smith"}
	want := "The library says:\n\nBrief 0\nAda Smith\n> ab dab dab dab dab d\n  paragraph 1 of 0.txt\n\n" +
		"Brief 2\n> ab dab dab dab dab dab dab dab\n  paragraph 1 of 2.txt\n\n1 more passage did not fit"
	if got := plain(m); got != want {
		t.Errorf("%q\nwant\n%q", got, want)
	}
}

// What may be the answer itself is bold, and the words stay as they are.
func TestFocusIsBold(t *testing.T) {
	m := message("", 1, 20)
	m.Quotes[0].Focus, m.Quotes[0].Takeaway, m.Quotes[0].Voice = corpus.Span{Start: 4, End: 7}, true, "quoting *Ada*"
	all, quotes := shown(render(m))
	if want := []string{"ab dab dab dab dab d"}; !slices.Equal(quotes, want) || !strings.Contains(all, "\nab d\nab \ndab dab dab d\n") {
		t.Errorf("%q is quoted, in the pieces\n%s", quotes, all)
	}
	if !strings.Contains(all, " · also a key takeaway · quoting *Ada*") {
		t.Errorf("what is known of the quote is not said in\n%s", all)
	}
	bold := render(m)[1].(*slack.RichTextBlock).Elements[1].(*slack.RichTextQuote).Elements[1].(*slack.RichTextSectionTextElement)
	if bold.Text != "ab " || bold.Style == nil || !bold.Style.Bold {
		t.Errorf("%+v is not bold", bold)
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"", 3, ""}, {"äöüß", 3, "äö…"}, {"🇳🇿", 3, "🇳…"}, {"🙂🙂", 2, "…"},
	} {
		if got := cut(c.text, c.n); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestOwnWordsCannotReachAnybody(t *testing.T) {
	m := bot.Message{Text: "<!channel> & <@U1>"}
	api, values, err := slack.UnsafeApplyMsgOptions("token", "C1", "http://x/", dress(m)...)
	if err != nil || api == "" {
		t.Fatal(err)
	}
	if got, want := values.Get("text"), "&lt;!channel&gt; &amp; &lt;@U1&gt;"; got != want {
		t.Errorf("the text for notifications is %q, want %q", got, want)
	}
	if values.Get("unfurl_links") != "false" || values.Get("unfurl_media") != "false" {
		t.Errorf("links are unfolded: %v", values)
	}
}
