package slack_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// An answer that is too long for an acknowledgement, or comes too late for one,
// takes the place of a word that it is being looked for.
func TestFormIsAnsweredLater(t *testing.T) {
	fake, platform, _ := join(t)
	text := strings.Repeat("漢字", 3600) // in 21,600 bytes
	release := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	var run sync.WaitGroup
	run.Go(func() {
		platform.Run(ctx, func(_ context.Context, c bot.Command) bot.Message {
			if c.Args == "slow?" {
				<-release
				return bot.Message{Text: "Luxon."}
			}
			doc := &corpus.Doc{ID: "long", Title: "Long", Text: text}
			return bot.Message{Text: "They say:", Quotes: []bot.Quote{{Quote: doc.Quote(corpus.Span{Start: 0, End: len(text)})}}}
		})
	})
	t.Cleanup(func() { cancel(); run.Wait() })
	fake.Connected(t, 10*time.Second)
	shows := func(words string) func() bool {
		return func() bool { v, _ := fake.Modal("U0ANN"); return strings.Contains(v.Shown(), words) }
	}
	ask := func(question string) {
		fake.Shortcut("ask_library", "U0ANN")
		eventually(t, shows("What would you like to know?"))
		v, _ := fake.Modal("U0ANN")
		next(t, fake.Submit(v, map[string]map[string]string{"question": {"question": question}}).Acked)
	}
	ask("long?")
	eventually(t, shows(text))
	ask("slow?")
	eventually(t, shows("Looking in the publications"))
	close(release)
	eventually(t, shows("Luxon."))
}

// A form that Slack sends twice is asked once.
func TestFormSentTwice(t *testing.T) {
	fake, platform, _ := join(t)
	talk := answering(t, fake, platform)
	fake.Shortcut("ask_library", "U0ANN")
	eventually(t, func() bool { _, open := fake.Modal("U0ANN"); return open })
	v, _ := fake.Modal("U0ANN")
	e := fake.Submit(v, map[string]map[string]string{"question": {"question": "who?"}})
	next(t, e.Acked)
	next(t, fake.Resend(e).Acked)
	if got := talk.all(t, fake); len(got) != 1 {
		t.Errorf("%d commands, want 1", len(got))
	}
}
