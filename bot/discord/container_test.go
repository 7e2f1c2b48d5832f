package discord

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/corpus"
)

// TestAnyAnswer gives answers of any words and sizes: Discord must take them,
// each quote is shown exactly or counted as missing, and nobody is notified.
func TestAnyAnswer(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	var next bot.Message
	run(t, d, func(context.Context, bot.Command) bot.Message { return next })
	ready(t, fake)
	user := fake.NewUser()
	rapid.Check(t, func(t *rapid.T) {
		m := anyMessage(t)
		m.Actions = anyActions(t)
		m.Leaf = bot.Leaf{First: 1, Last: rapid.IntRange(1, 3).Draw(t, "last"), Of: rapid.IntRange(0, 5).Draw(t, "of")}
		next = m
		a := fake.Slash("ask", map[string]any{"question": "who?", "private": rapid.Bool().Draw(t, "private")}, fake.Channel, user)
		if a.Err != nil {
			t.Fatal(a.Err)
		}
		missing := absent(m, a.Shown)
		if missing > 0 && !strings.Contains(a.Shown, fmt.Sprintf("\n%d more passage", missing)) {
			t.Fatalf("%d quotes are missing, which is not said in:\n%s", missing, a.Shown)
		}
		if strings.Contains(a.Shown, "[paragraph") {
			t.Fatalf("a link is not one in:\n%s", a.Shown)
		}
		if fake.Pings() > 0 {
			t.Fatalf("%q notifies", a.Shown)
		}
	})
}

func anyActions(t *rapid.T) (all []bot.Action) {
	for range rapid.IntRange(0, 12).Draw(t, "actions") {
		a := bot.Action{Name: rapid.SampledFrom(bot.ActionNames()).Draw(t, "action"), Label: anyPieces(t, "label", 40), ID: fmt.Sprint("page", len(all))}
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			a.Name, a.URL = bot.ActionOpen, rapid.SampledFrom([]string{"https://x.example/(a)#:~:text=a,b", "ftp://x.example", "x", "https://x.example/" + strings.Repeat("y", 600)}).Draw(t, "url")
		case 1:
			a.ID = strings.Repeat("x", rapid.IntRange(0, 120).Draw(t, "size")) + fmt.Sprint(len(all))
		}
		all = append(all, a)
	}
	return all
}

// hostile are words that Discord would read as something else.
var hostile = []string{
	"@everyone and @here", "<@1> <@!1> <@&1> <#1>", "</ask:1> <id:home> <id:customize> <t:0:R> <t:1>", ":smile: <:blob:1> <a:blob:1>",
	"# heading", "## heading ##", "-# small", "- item", "* item", "+ item", "1. item", "> q", ">>> q",
	"**b** *i* __u__ _i_ ~~s~~ ||spoiler|| `code` ```fence```", "[a](http://b.example) [b", "c] [d]", "<http://b.example> http://b.example/_x_*y*",
	"www.example.org", "C#", "a \\# b \\", "snake_case 2*3*4 5:30 a:b", "one ` tick",
	"\u202eשלום\u202c עולם", "👩\u200d👩\u200d👧 🇳🇿", "zero\u200bwidth\ufeffed", "\u200b# not a heading", "NBSP\u00a0here “so” — …", "¯\\_(ツ)_/¯",
	"two\nlines", "# one\n- two\n> three", "trailing \\",
}

// TestHostileWords sees that whatever stands in a publication is shown exactly,
// as title, author, quote and what is said of it.
func TestHostileWords(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	var next bot.Message
	run(t, d, func(context.Context, bot.Command) bot.Message { return next })
	ready(t, fake)
	user := fake.NewUser()
	for i, words := range hostile {
		line := oneLine(words)
		doc := &corpus.Doc{ID: "words.txt", Title: line, Authors: []string{line}, Text: words}
		if i%2 == 1 {
			doc.URL = "https://example.org/words"
		}
		for _, focus := range []corpus.Span{{}, {Start: 0, End: len(words)}, {Start: 0, End: 1}} {
			q := bot.Quote{Quote: doc.Quote(corpus.Span{Start: 0, End: len(words)}), Focus: focus, Voice: "quoting " + line}
			if strings.HasPrefix(words, "\u200b") || words[0] > 127 {
				q.Focus = corpus.Span{}
			}
			next = bot.Message{Text: words, Quotes: []bot.Quote{q}}
			a := fake.Slash("ask", map[string]any{"question": "who?", "private": false}, fake.Channel, user)
			if a.Err != nil {
				t.Fatalf("%q: %v", words, a.Err)
			}
			if exact, lines := strings.Count(a.Shown, words), strings.Count(a.Shown, line); exact < 2 || lines < 3 {
				t.Errorf("%q is not shown as text and quote (%d) and as title, author and remark (%d), in:\n%s", words, exact, lines, a.Shown)
			}
		}
	}
	if fake.Pings() > 0 {
		t.Errorf("%d were notified", fake.Pings())
	}
}

// TestTooLongAnswer sees that a passage which cannot be shown is linked to, and
// that others are shown all the same.
func TestTooLongAnswer(t *testing.T) {
	doc := &corpus.Doc{ID: "a.txt", URL: "https://x.example/a", Title: "A title", Text: strings.Repeat("👩 ", 2000) + "\n\nshort"}
	spans := []corpus.Span{}
	for p := range doc.Paragraphs() {
		spans = append(spans, p)
	}
	m := bot.Message{Text: strings.Repeat("*", 5000), Quotes: []bot.Quote{{Quote: doc.Quote(spans[0])}, {Quote: doc.Quote(spans[len(spans)-1])}}}
	said := show(m, "").Components[0].Components
	if len(said) != 2 || !strings.Contains(said[1].Content, "too long to be shown here: [paragraph 1](https://x.example/a#") || !strings.Contains(said[1].Content, "> short") {
		t.Fatalf("it is shown so: %+v", said)
	}
	if n := units(said[0].Content); n > maxOwn+maxNote || !strings.Contains(said[0].Content, "…\n\n1 more passage did not fit here.") {
		t.Errorf("the bot's own words have %d units", n)
	}
}

// TestRoom sees that what the bot takes for a message's worth of passages is.
func TestRoom(t *testing.T) {
	text := strings.Repeat("The Indo-Pacific Four, of which one came. ", 12)
	doc := &corpus.Doc{ID: "a.txt", URL: "https://x.example/" + strings.Repeat("a", 60), Title: "A title of some length", Authors: []string{"Ada Moreau"}, Text: text}
	var m bot.Message
	for left := room; left > 0; left -= len(text) + 250 {
		m.Quotes = append(m.Quotes, bot.Quote{Quote: doc.Quote(corpus.Span{Start: 0, End: len(text)})})
	}
	m.Text = strings.Repeat("x", maxOwn/2)
	if shown := texts(m); strings.Contains(shown[0].Content, "did not fit") {
		t.Errorf("%d passages do not fit: %s", len(m.Quotes), shown[0].Content[maxOwn/2:])
	}
}

func TestButtons(t *testing.T) {
	long := "https://x.example/a#:~:text=" + strings.Repeat("%C3%A9", 100)
	for name, c := range map[string]struct {
		action bot.Action
		want   string // address or id; empty if it is left out
	}{
		"a place":                  {bot.Action{Name: bot.ActionOpen, Label: "Open", URL: "https://x.example/a#:~:text=b"}, "https://x.example/a#:~:text=b"},
		"a place too long":         {bot.Action{Name: bot.ActionOpen, Label: "Open", URL: long}, "https://x.example/a"},
		"an address too long":      {bot.Action{Name: bot.ActionOpen, Label: "Open", URL: "https://x.example/" + strings.Repeat("a", 600)}, ""},
		"no address for a browser": {bot.Action{Name: bot.ActionOpen, Label: "Open", URL: "ftp://x.example"}, ""},
		"an action":                {bot.Action{Name: bot.ActionNext, Label: "Next", ID: "p"}, "next p"},
		"on nothing":               {bot.Action{Name: bot.ActionNext, Label: "Next"}, ""},
		"on too much":              {bot.Action{Name: bot.ActionNext, Label: "Next", ID: strings.Repeat("x", 96)}, ""},
		"without words":            {bot.Action{Name: bot.ActionNext, ID: "p"}, ""},
	} {
		b, ok := button(c.action)
		if got := b.URL + b.CustomID; ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s: %+v, %v; want %q", name, b, ok, c.want)
		}
		if _, err := url.Parse(b.URL); err != nil {
			t.Error(err)
		}
	}
	b, _ := button(bot.Action{Name: bot.ActionWhy, Label: strings.Repeat("👩", 60), ID: "p"})
	if units(b.Label) > maxLabel {
		t.Errorf("a label has %d units", units(b.Label))
	}
}
