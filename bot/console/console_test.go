package console_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/bot/console"
	"rapporteur/corpus"
)

// A person types lines and sees what is written, one answer a line.
type person struct {
	lines chan string
	seen  bottest.Log
	mu    sync.Mutex
	waits []chan string // for the answers to come
}

func newPerson() *person { return &person{lines: make(chan string)} }

// ask types a line and returns where its answer will be.
func (p *person) ask(line string) <-chan string {
	answer := make(chan string, 1)
	p.mu.Lock()
	p.waits = append(p.waits, answer)
	p.mu.Unlock()
	p.lines <- line
	return answer
}

func (p *person) ReadLine() (string, error) {
	line, ok := <-p.lines
	if !ok {
		return "", io.EOF
	}
	return line, nil
}

func (p *person) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.waits) > 0 {
		p.waits[0] <- string(text)
		p.waits = p.waits[1:]
	}
	return p.seen.Write(text)
}

func TestConform(t *testing.T) {
	bottest.Conform(t, func(t *testing.T) *bottest.Rig {
		p := newPerson()
		return &bottest.Rig{
			Platform: console.New(p, console.Plain),
			Channel:  console.Channel,
			Gone:     "elsewhere",
			Shown: func(string) []string {
				return strings.Split(strings.TrimSuffix(p.seen.String(), "\n\n"), "\n\n\n")
			},
			Pings: func() int { return 0 },
			Ask: func(_ testing.TB, question string) (<-chan struct{}, <-chan string) {
				return nil, p.ask(question)
			},
			Log: &bottest.Log{},
		}
	})
}

func TestLinesAreCommands(t *testing.T) {
	for line, want := range map[string]bot.Command{
		"who attended?":        {Name: "ask", Args: "who attended?"},
		" /ask  who attended?": {Name: "ask", Args: " who attended?"},
		"/latest":              {Name: "latest"},
		"/latest 3":            {Name: "latest", Args: "3"},
		"/":                    {},
	} {
		p := newPerson()
		got := make(chan bot.Command, 1)
		ctx, cancel := context.WithCancel(t.Context())
		go console.New(p, console.Plain).Run(ctx, func(_ context.Context, c bot.Command) bot.Message {
			got <- c
			return bot.Message{}
		})
		p.lines <- line
		want.Platform, want.Channel, want.User = console.Name, console.Channel, "you"
		if c := <-got; c != want {
			t.Errorf("%q is read as %+v, want %+v", line, c, want)
		}
		cancel()
		close(p.lines)
	}
}

func TestRunEndsWithTheTerminal(t *testing.T) {
	for name, input := range map[string]string{"end of input": "hello\n\n", "quit": "/quit\n/never\n", "no last line end": "hello"} {
		var out strings.Builder
		handled := 0
		c := console.New(console.Lines(strings.NewReader(input), &out), console.Plain)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		err := c.Run(ctx, func(context.Context, bot.Command) bot.Message { handled++; return bot.Message{Text: "well"} })
		cancel()
		if !errors.Is(err, console.ErrQuit) || handled > 1 {
			t.Errorf("%s: ended with %v after %d answers", name, err, handled)
		}
	}
}

// What a publication holds cannot steer the terminal, and is seen to be there.
func TestHarmless(t *testing.T) {
	d := &corpus.Doc{ID: "d", Title: "T\x1b]0;owned\x07", Text: "red \x1b[31malert\u009b2J"}
	m := bot.Message{Quotes: []bot.Quote{{Quote: d.Quote(corpus.Span{Start: 0, End: len(d.Text)})}}}
	for name, shown := range map[string]string{"plain": console.Plain(m), "pretty": console.Pretty(80)(m)} {
		if strings.Contains(shown, "\x1b]") || strings.Contains(shown, "\x1b[31m") || strings.Contains(shown, "\u009b") {
			t.Errorf("%s: control characters got through: %q", name, shown)
		}
		if !strings.Contains(shown, "red \uFFFD[31malert") {
			t.Errorf("%s: the words are not all there: %q", name, shown)
		}
	}
}

// What may be the answer itself is bold, also across lines, and the words stay
// as they are.
func TestFocusIsBold(t *testing.T) {
	d := &corpus.Doc{ID: "d", Title: "On Tides", Text: "Of all who were asked only the old harbour master of Port Lagos came."}
	q := bot.Quote{Quote: d.Quote(corpus.Span{Start: 0, End: len(d.Text)}), Takeaway: true}
	q.Focus.Start = strings.Index(d.Text, "the old")
	q.Focus.End = strings.Index(d.Text, " came")
	shown := console.Pretty(40)(bot.Message{Quotes: []bot.Quote{q}})
	for _, word := range []string{"old", "master", "Lagos"} {
		if !strings.Contains(shown, "\x1b[1m"+word+"\x1b[") {
			t.Errorf("%s is not bold in:\n%q", word, shown)
		}
	}
	if strings.Contains(shown, "\x1b[1masked") || !strings.Contains(shown, "also a key takeaway") {
		t.Errorf("shown:\n%q", shown)
	}
	if plain := console.Plain(bot.Message{Quotes: []bot.Quote{q}}); !strings.Contains(plain, d.Text) || strings.Contains(plain, "\x1b") {
		t.Errorf("plain:\n%s", plain)
	}
}

// "/context" shows the last answer with the paragraphs around its quotes.
func TestContext(t *testing.T) {
	d := &corpus.Doc{ID: "d", Title: "On Tides", Text: "Before.\n\nOne came. Nobody else did.\n\nBehind."}
	one := bot.Quote{Quote: d.Quote(corpus.Span{Start: 9, End: 18})}
	none := bot.Quote{Quote: d.Quote(corpus.Span{Start: 19, End: 35})}
	var out strings.Builder
	c := console.New(console.Lines(strings.NewReader("/context\nwho?\n/context\n"), &out), console.Plain)
	c.Run(t.Context(), func(context.Context, bot.Command) bot.Message {
		return bot.Message{Text: "They say:", Quotes: []bot.Quote{one, none}}
	})
	const quotes = "They say:\n\nOn Tides\n> One came.\n  paragraph 2 of d\n> Nobody else did.\n  paragraph 2 of d\n\n"
	const wide = "They say:\n\nOn Tides\n> One came. Nobody else did.\n  paragraph 2 of d\n\n"
	if diff := cmp.Diff("There is nothing yet to be shown in its context. Ask something first.\n\n"+quotes+wide, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPrettyWrapsToTheWidth(t *testing.T) {
	d := &corpus.Doc{ID: "d", Title: "On Tides", Authors: []string{"Ada Moreau"}, Text: strings.Repeat("The tide comes in. ", 20) + "End."}
	m := bot.Message{Text: "They say:", Quotes: []bot.Quote{{Quote: d.Quote(corpus.Span{Start: 0, End: len(d.Text)})}}}
	shown := console.Pretty(40)(m)
	words := strings.Join(strings.Fields(strings.ReplaceAll(shown, "┃", "")), " ")
	if !strings.Contains(words, d.Text) {
		t.Errorf("the quote lost words:\n%s", shown)
	}
	for line := range strings.Lines(shown) {
		if n := len([]rune(strings.TrimSpace(line))); n > 60 { // colours take some
			t.Errorf("a line has %d characters: %q", n, line)
		}
	}
}
