package discord

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/corpus"
)

// TestAnything posts messages of any words and sizes: Discord must take them,
// each quote is shown exactly or counted as missing, and nobody is notified.
func TestAnything(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(0, 0)
	d, _ := join(t, fake)
	rapid.Check(t, func(t *rapid.T) {
		m, channel := anyMessage(t), fake.NewChannel()
		if _, err := d.Post(t.Context(), channel, "key", m); err != nil {
			t.Fatal(err)
		}
		newest := fake.Shown(channel)[0]
		missing := absent(m, newest)
		if missing > 0 && !strings.Contains(newest, fmt.Sprintf("\n%d more passage", missing)) {
			t.Fatalf("%d quotes are missing, which is not said in:\n%s", missing, newest)
		}
		if strings.Contains(newest, "[paragraph") {
			t.Fatalf("a link is not one in:\n%s", newest)
		}
		if fake.Pings() > 0 {
			t.Fatalf("%q notifies", newest)
		}
	})
}

// absent returns how many quotes of m do not stand in what is shown. That they
// stand in the addresses of their own places does not count.
func absent(m bot.Message, shown string) (missing int) {
	shown = fragments.ReplaceAllString(shown, "")
	for _, q := range m.Quotes {
		if !strings.Contains(shown, q.Text()) {
			missing++
		}
	}
	return missing
}

var fragments = regexp.MustCompile(`#:~:text=\S*`)

// pieces are what words are made of: markup, mentions, and what counts twice.
var pieces = []string{"*", "**", "_", "__", "~~", "|", "||", "`", "```", "> ", ">>> ", "# ", "-# ", "- ", "+ ", "1. ", "12.", "\\", "[a](", "http://x.example/",
	")", "<@1>", "<@&1>", "@everyone", "<#1>", "<t:1:R>", ":smile:", "<:a:1>", ":", "a", "word ", "x", " ", "é", "👩\u200d👧", "שלום", "¯\\_(ツ)_/¯", "\u00a0", "1", "."}

func anyWords(t *rapid.T, label string, most int) string {
	return "a" + anyPieces(t, label, most) + "z"
}

func anyPieces(t *rapid.T, label string, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, most).Draw(t, label), "")
}

func anyMessage(t *rapid.T) bot.Message {
	m, number := bot.Message{Text: anyWords(t, "text", 20)}, 0
	for range rapid.IntRange(0, 12).Draw(t, "publications") {
		doc := &corpus.Doc{ID: anyWords(t, "id", 3), Title: anyWords(t, "title", 20)}
		if rapid.Bool().Draw(t, "address") {
			doc.URL = rapid.SampledFrom([]string{"https://x.example/(a)_b*c", "ftp://x.example", "x", "https://x.example/?q=a b<c>"}).Draw(t, "url")
		}
		if rapid.Bool().Draw(t, "author") {
			doc.Authors = []string{anyWords(t, "author", 10)}
		}
		quotes := rapid.IntRange(1, 3).Draw(t, "quotes")
		var spans []corpus.Span
		for range quotes {
			words := anyPieces(t, "words", 20)
			words = strings.Repeat(words, rapid.SampledFrom([]int{1, 1, 1, 30, 200}).Draw(t, "size")) + fmt.Sprintf("z%dq", number)
			number++
			spans = append(spans, corpus.Span{Start: len(doc.Text), End: len(doc.Text) + len(words)})
			doc.Text += words + "\n\n"
		}
		for _, s := range spans {
			m.Quotes = append(m.Quotes, anyQuote(t, doc, s))
		}
	}
	return m
}

// anyQuote cuts s out of doc, with any part of it in bold.
func anyQuote(t *rapid.T, doc *corpus.Doc, s corpus.Span) bot.Quote {
	q := bot.Quote{Quote: doc.Quote(s), Takeaway: rapid.Bool().Draw(t, "takeaway")}
	if rapid.Bool().Draw(t, "voice") {
		q.Voice = anyPieces(t, "who", 5)
	}
	bounds := []int{0} // of the characters
	for i := range q.Text() {
		bounds = append(bounds, i)
	}
	start := rapid.IntRange(0, len(bounds)-1).Draw(t, "focus")
	end := rapid.IntRange(start, min(len(bounds)-1, start+40)).Draw(t, "end of the focus")
	q.Focus = corpus.Span{Start: bounds[start], End: bounds[end]}
	return q
}

func TestOverlong(t *testing.T) {
	doc := &corpus.Doc{ID: "a.txt", URL: "https://x.example/a", Title: "A title", Text: strings.Repeat("👩 ", 3000) + "\n\nshort"}
	q := doc.Quote(corpus.Span{Start: 0, End: len(doc.Text) - len("\n\nshort")})
	p := render(bot.Message{Text: "It says:", Quotes: []bot.Quote{{Quote: q}}}, "")
	if len(p.Embeds) != 1 || !strings.Contains(p.Embeds[0].Description, "[paragraph 1](https://x.example/a#") {
		t.Errorf("the passage that is too long is not linked to: %+v", p.Embeds)
	}
	if p.Content != "It says:\n\n1 more passage did not fit here. [Read on there](https://x.example/a)." {
		t.Errorf("the content is %q", p.Content)
	}
	p = render(bot.Message{Text: strings.Repeat("👩*", 3000)}, "ref 123")
	if n := units(p.Content); n > maxContent || n < maxContent-2*maxNote || !strings.Contains(p.Content, "…") {
		t.Errorf("the bot's own words have %d units", n)
	}
}

func TestParagraphs(t *testing.T) {
	doc := &corpus.Doc{ID: "a.txt", Title: "A title", Text: "One.\n\n- Two."}
	q := doc.Quote(corpus.Span{Start: 0, End: len(doc.Text)})
	p := render(bot.Message{Quotes: []bot.Quote{{Quote: q}}}, "")
	const want = "> One.\n> \n> \\- Two.\nparagraph 1 of a.txt"
	if got := p.Embeds[0].Description; got != want {
		t.Errorf("a quote of two paragraphs is\n%s\nwant\n%s", got, want)
	}
}

// What may be the answer itself is bold, and the words stay as they are.
func TestFocusIsBold(t *testing.T) {
	doc := &corpus.Doc{ID: "a.txt", Title: "A title", Text: "Only *Moreau* came."}
	q := bot.Quote{Quote: doc.Quote(corpus.Span{Start: 0, End: len(doc.Text)}), Focus: corpus.Span{Start: 5, End: 13}, Voice: "quoting *Ada*"}
	p := render(bot.Message{Quotes: []bot.Quote{q}}, "")
	const want = "> Only **\\*Moreau\\*** came.\nparagraph 1 of a.txt · quoting \\*Ada\\*"
	if got := p.Embeds[0].Description; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// BenchmarkRender renders a usual answer.
func BenchmarkRender(b *testing.B) {
	doc := &corpus.Doc{ID: "a.txt", URL: "https://x.example/a", Title: "A title", Text: strings.Repeat("The Indo-Pacific Four, of which one came. ", 10)}
	m := bot.Message{Text: "The publications I know say:", Quotes: []bot.Quote{{Quote: doc.Quote(corpus.Span{Start: 0, End: 400})}}}
	for b.Loop() {
		render(m, "ref 123")
	}
}
