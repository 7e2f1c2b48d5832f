package bottest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// harmful are words that some network would read as markup or as the address
// of somebody to notify, or that are easily damaged on the way.
var harmful = []string{
	"@everyone and @here, and @channel",
	"<!channel> <!here> <!everyone>",
	"<!subteam^S1|all> <!date^1^{date}|x>",
	"<@U1> and <@W1|ann>", "<#C1> and <#C1|general>", "<@&1> <@1> <@!1> <#1> </ask:1>",
	"*bold* _it_ ~s~ |x| ||y|| **b** __u__ ~~d~~ ***z***",
	"a > q", "> q", ">>> q", "# h", "### h", "-# small", "- item", "* item", "1. item",
	"`code` and ```fence``` and ``two``", "one ` tick",
	"& < > &amp; &lt;b&gt; &#42;",
	"[a](http://b.example)", "<http://b.example|a>", "http://b.example/_x_*y*", "<http://b.example>",
	`a \* b \\ c \_ d`, "snake_case_name and 2*3*4",
	":smile: <:blob:1> <a:blob:1> <t:0:R>",
	"\u202eשלום\u202c עולם, مرحبا", "👩\u200d👩\u200d👧 🇳🇿 naïve", "zero\u200bwidth\u200djoin\ufeffed",
	"“curly” ‘quotes’ — dash … NBSP\u00a0here",
}

// tryExact posts each of the harmful words as text, title, author and quote,
// some of the quotes in bold.
func tryExact(t *testing.T, r *Rig) {
	before := r.Pings()
	for i, words := range harmful {
		doc := &corpus.Doc{ID: "words.txt", Title: words, Authors: []string{words}, Text: words}
		if i%2 == 1 {
			doc.URL = "https://example.org/words"
		}
		q := bot.Quote{Quote: doc.Quote(corpus.Span{Start: 0, End: len(words)})}
		if i%3 == 0 {
			q.Focus, q.Voice = corpus.Span{Start: 0, End: len(words)}, "quoting "+words
		}
		m := bot.Message{Text: words, Quotes: []bot.Quote{q}}
		r.post(t, fmt.Sprint("key-", i), m)
		if shown := r.last(t); strings.Count(shown, words) < 4 {
			t.Errorf("%q is not shown four times, as text, title, author and quote, in:\n%s", words, shown)
		}
	}
	if pings := r.Pings() - before; pings != 0 {
		t.Errorf("%d were notified, want nobody", pings)
	}
}

// tooLong returns a message with quotes of 2 to 13,000 characters each, more
// than any network takes.
func tooLong() bot.Message {
	doc := &corpus.Doc{ID: "long.txt", URL: "https://example.org/long", Title: "A long read",
		Authors: []string{"Ada Smith"}, Published: time.Date(2026, 6, 2, 0, 0, 0, 0, time.UTC)}
	var spans []corpus.Span
	for i, size := range []int{3000, 13_000, 2, 2500, 3900, 40, 5000, 900, 1200, 60, 7000, 100} {
		start := len(doc.Text)
		doc.Text += fmt.Sprintf("begin%d %s end%d", i, strings.Repeat("wörds ", size/6), i)
		spans = append(spans, corpus.Span{Start: start, End: len(doc.Text)})
		doc.Text += "\n\n"
	}
	m := bot.Message{Text: "The library says:"}
	for _, s := range spans {
		m.Quotes = append(m.Quotes, bot.Quote{Quote: doc.Quote(s)})
	}
	return m
}

func tryTooLong(t *testing.T, r *Rig) {
	m := tooLong()
	r.post(t, "key-1", m)
	whole(t, m, strings.Join(r.Shown(r.Channel), "\n"))
	if _, found, err := r.Platform.Find(t.Context(), r.Channel, "key-1"); err != nil || !found {
		t.Errorf("Find = %v, %v", found, err)
	}
}

func tryLongAnswer(t *testing.T, r *Rig) {
	if r.Ask == nil {
		t.Skip("nobody can ask here")
	}
	m := tooLong()
	r.start(t, func(context.Context, bot.Command) bot.Message { return m })
	_, answer := r.Ask(t, "everything?")
	whole(t, m, receive(t, "answer", answer))
	if strings.Contains(r.Log.String(), "wörds") {
		t.Error("the answer is logged")
	}
}

// whole reports quotes of m that shown cuts, and hidden ones that it does not
// count. A platform without a limit shows all.
func whole(t *testing.T, m bot.Message, shown string) {
	t.Helper()
	hidden := 0
	for i, q := range m.Quotes {
		begin, end := fmt.Sprintf("begin%d ", i), fmt.Sprintf(" end%d", i)
		switch {
		case strings.Contains(shown, q.Text()):
		case strings.Contains(shown, begin), strings.Contains(shown, end+"\n"):
			t.Errorf("quote %d is shown cut", i)
		default:
			hidden++
		}
	}
	if hidden == len(m.Quotes) {
		t.Error("no quote at all is shown")
	}
	if note := fmt.Sprintf("%d more", hidden); hidden > 0 && !strings.Contains(shown, note) {
		t.Errorf("%d quotes are hidden, and %q is not said in:\n%.3000s", hidden, note, shown)
	}
	if hidden > 0 && !strings.Contains(shown, m.Quotes[0].Doc().URL) && !strings.Contains(shown, m.Quotes[0].Doc().ID) {
		t.Error("where the hidden quotes stand is not said")
	}
}
