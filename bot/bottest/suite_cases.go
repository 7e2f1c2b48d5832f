package bottest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
)

// cases are the promises, each with a way to see that it is kept.
var cases = []struct {
	name string
	try  func(*testing.T, *Rig)
}{
	{"a post is found by its key", tryFind},
	{"a key that was not posted is not found", tryUnknownKey},
	{"a gone channel is ErrGone", tryGone},
	{"a post that is edited says what is new, and is found", tryEdit},
	{"a refused post is a RetryError and not made", tryRefused},
	{"what is too long loses whole quotes and says so", tryTooLong},
	{"words are shown exactly and ping nobody", tryExact},
	{"a command arrives as it was typed", tryCommand},
	{"the acknowledgement does not wait for the answer", tryAck},
	{"a long answer is given", tryLongAnswer},
	{"actions are shown or left out", tryActions},
	{"an action comes back as a command", tryPress},
	{"a handler that panics harms nobody else", tryPanic},
	{"Run ends within a second", tryEnd},
	{"an answer under way when Run is to end is given", tryLastAnswer},
	{"a handler that does not end does not hold up the end", tryStuck},
}

func tryFind(t *testing.T, r *Rig) {
	want := r.post(t, "key-1", bot.Message{Text: "first"})
	for i := range 3 {
		id, found, err := r.Platform.Find(t.Context(), r.Channel, "key-1")
		if err != nil || !found || id != want {
			t.Fatalf("after %d more posts: Find = %q, %v, %v; want %q", i, id, found, err, want)
		}
		r.post(t, fmt.Sprint("key-1", i), bot.Message{Text: "another"})
	}
}

func tryUnknownKey(t *testing.T, r *Rig) {
	r.post(t, "key-12", bot.Message{Text: "first"})
	for _, key := range []string{"key-1", "key-123", "first"} {
		if id, found, err := r.Platform.Find(t.Context(), r.Channel, key); err != nil || found {
			t.Errorf("Find %q = %q, %v, %v; want none", key, id, found, err)
		}
	}
}

func tryEdit(t *testing.T, r *Rig) {
	editor, ok := r.Platform.(bot.Editor)
	if !ok {
		t.Skip("posts on this network cannot be changed")
	}
	want := r.post(t, "key-1", bot.Message{Text: "first"})
	for range 2 {
		if err := editor.Edit(t.Context(), r.Channel, want, "key-1", bot.Message{Text: "second"}); err != nil {
			t.Fatalf("Edit: %v", err)
		}
	}
	if shown := r.Shown(r.Channel); len(shown) != 1 || !strings.HasPrefix(shown[0], "second") {
		t.Errorf("shown is %q, want what is new alone", shown)
	}
	if id, found, err := r.Platform.Find(t.Context(), r.Channel, "key-1"); err != nil || !found || id != want {
		t.Errorf("Find = %q, %v, %v; want %q", id, found, err, want)
	}
	if r.Pings() > 0 {
		t.Error("somebody was notified")
	}
	other := want[:len(want)-1] + string('0'+(want[len(want)-1]-'0'+1)%10)
	if err := editor.Edit(t.Context(), r.Channel, other, "key-2", bot.Message{Text: "third"}); !errors.Is(err, bot.ErrGone) {
		t.Errorf("Edit of a message that is not there: %v, want bot.ErrGone", err)
	}
	if r.Gone != "" {
		if err := editor.Edit(t.Context(), r.Gone, want, "key-1", bot.Message{Text: "third"}); !errors.Is(err, bot.ErrGone) {
			t.Errorf("Edit in a channel that is gone: %v, want bot.ErrGone", err)
		}
	}
}

func tryGone(t *testing.T, r *Rig) {
	if r.Gone == "" {
		t.Skip("channels of this network do not go")
	}
	_, err := r.Platform.Post(t.Context(), r.Gone, "key-1", bot.Message{Text: "first"})
	if !errors.Is(err, bot.ErrGone) {
		t.Errorf("Post: %v, want bot.ErrGone", err)
	}
}

func tryRefused(t *testing.T, r *Rig) {
	if r.Refuse == nil {
		t.Skip("this network refuses nothing")
	}
	const after = 2 * time.Second
	r.Refuse(after)
	_, err := r.Platform.Post(t.Context(), r.Channel, "key-1", bot.Message{Text: "first"})
	var retry *bot.RetryError
	if !errors.As(err, &retry) || retry.After != after {
		t.Fatalf("Post: %v, want a RetryError after %v", err, after)
	}
	if shown := r.Shown(r.Channel); len(shown) != 0 {
		t.Errorf("the refused post is shown: %q", shown)
	}
	r.post(t, "key-1", bot.Message{Text: "first"})
	if shown := r.Shown(r.Channel); len(shown) != 1 {
		t.Errorf("%d messages are shown after the second try, want 1", len(shown))
	}
}

func tryCommand(t *testing.T, r *Rig) {
	if r.Ask == nil {
		t.Skip("nobody can ask here")
	}
	const question = `Who said "R&D <b>" & why, in #1 at 5 > 3?`
	came := make(chan bot.Command, 1)
	r.start(t, func(_ context.Context, c bot.Command) bot.Message {
		came <- c
		return bot.Message{Text: "Nobody."}
	})
	r.Ask(t, question)
	c := receive(t, "command", came)
	if c.Name != "ask" || c.Args != question {
		t.Errorf("the command is %q %q, want ask %q", c.Name, c.Args, question)
	}
	if c.Platform != r.Platform.Name() || c.Channel == "" || c.User == "" {
		t.Errorf("the command is from %q %q %q, want the platform %q, a channel and a user",
			c.Platform, c.Channel, c.User, r.Platform.Name())
	}
	if strings.Contains(r.Log.String(), "R&D") {
		t.Error("the question is logged")
	}
}

func tryAck(t *testing.T, r *Rig) {
	if r.Ask == nil {
		t.Skip("nobody can ask here")
	}
	release := make(chan struct{})
	r.start(t, func(ctx context.Context, _ bot.Command) bot.Message {
		select {
		case <-release:
		case <-ctx.Done():
		}
		return bot.Message{Text: "Luxon."}
	})
	acked, answer := r.Ask(t, "who?")
	if acked != nil {
		receive(t, "acknowledgement", acked)
	}
	close(release)
	if got := receive(t, "answer", answer); !strings.Contains(got, "Luxon.") {
		t.Errorf("the answer is %q, want one with Luxon", got)
	}
}

// actions returns m with all actions, on what is called id.
func actions(m bot.Message, id string) bot.Message {
	m.Actions = []bot.Action{{Name: bot.ActionOpen, Label: "Open source", URL: "https://example.org/long"}}
	for _, name := range bot.ActionNames() {
		m.Actions = append(m.Actions, bot.Action{Name: name, Label: "Do " + name, ID: id})
	}
	return m
}

func tryActions(t *testing.T, r *Rig) {
	m := actions(tooLong(), "id1")
	r.post(t, "key-1", m)
	whole(t, m, strings.Join(r.Shown(r.Channel), "\n"))
}

func tryPress(t *testing.T, r *Rig) {
	if r.AskAndPress == nil {
		t.Skip("there are no buttons here")
	}
	came := make(chan bot.Command, 2)
	r.start(t, func(_ context.Context, c bot.Command) bot.Message {
		came <- c
		if c.Name != "ask" {
			return bot.Message{Text: "Turned.", Replace: true, Private: true}
		}
		return actions(bot.Message{Text: "Luxon.", Private: true}, "id1")
	})
	pressed := r.AskAndPress(t, "who?", "Do "+bot.ActionNext)
	if c := receive(t, "question", came); c.Manner == nil || c.Manner.Passages < 1 {
		t.Error("a platform with buttons says nothing of its manner")
	}
	if c := receive(t, "action", came); c.Name != bot.ActionNext || c.Args != "id1" || c.User == "" {
		t.Errorf("the action comes as %q %q from %q", c.Name, c.Args, c.User)
	}
	if got := receive(t, "answer", pressed); !strings.Contains(got, "Turned.") {
		t.Errorf("after the action, %q is shown", got)
	}
}

func tryPanic(t *testing.T, r *Rig) {
	if r.Ask == nil {
		t.Skip("nobody can ask here")
	}
	called := make(chan struct{}, 2)
	r.start(t, func(_ context.Context, c bot.Command) bot.Message {
		called <- struct{}{}
		if c.Args == "panic" {
			panic("on purpose")
		}
		return bot.Message{Text: "Luxon."}
	})
	r.Ask(t, "panic")
	receive(t, "call of the handler", called)
	_, answer := r.Ask(t, "who?")
	if got := receive(t, "answer", answer); !strings.Contains(got, "Luxon.") {
		t.Errorf("the answer is %q, want one with Luxon", got)
	}
}

func tryEnd(t *testing.T, r *Rig) {
	r.start(t, func(context.Context, bot.Command) bot.Message { return bot.Message{} })()
}

func tryLastAnswer(t *testing.T, r *Rig) {
	if r.Ask == nil {
		t.Skip("nobody can ask here")
	}
	called, release := make(chan struct{}), make(chan struct{})
	stop := r.start(t, func(context.Context, bot.Command) bot.Message {
		close(called)
		<-release
		return bot.Message{Text: "Luxon."}
	})
	_, answer := r.Ask(t, "who?")
	receive(t, "call of the handler", called)
	time.AfterFunc(100*time.Millisecond, func() { close(release) })
	stop()
	if got := receive(t, "answer", answer); !strings.Contains(got, "Luxon.") {
		t.Errorf("the answer is %q, want one with Luxon", got)
	}
}

func tryStuck(t *testing.T, r *Rig) {
	if r.Ask == nil {
		t.Skip("nobody can ask here")
	}
	called, release := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(release) })
	stop := r.start(t, func(context.Context, bot.Command) bot.Message {
		close(called)
		<-release
		return bot.Message{}
	})
	r.Ask(t, "who?")
	receive(t, "call of the handler", called)
	stop()
}

// tryFault sees that whatever fails is an error that says no secret.
func tryFault(t *testing.T, r *Rig, fault string) {
	r.Faults[fault]()
	_, err := r.Platform.Post(t.Context(), r.Channel, "key-1", bot.Message{Text: "first"})
	if err == nil {
		t.Error("Post succeeds")
	}
	r.leaks(t, fmt.Sprintf("%v %+v", err, err))
	if _, _, err = r.Platform.Find(t.Context(), r.Channel, "key-1"); err == nil {
		t.Error("Find succeeds")
	}
	r.leaks(t, fmt.Sprintf("%v %+v", err, err))
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	err = r.Platform.Run(ctx, func(context.Context, bot.Command) bot.Message { return bot.Message{} })
	r.leaks(t, fmt.Sprintf("%v %+v", err, err))
	r.leaks(t, r.Log.String())
}
