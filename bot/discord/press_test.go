package discord

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/corpus"
)

// leaf returns an answer of which the nth passage of three is shown, as the bot
// gives it: with all that can be done next.
func leaf(n int, private bool) bot.Message {
	doc := &corpus.Doc{ID: "a.txt", URL: "https://x.example/a", Title: "Tides", Authors: []string{"Ada Moreau"}, Source: "institute",
		Published: time.Date(2026, 6, 2, 0, 0, 0, 0, time.UTC), Text: "First words.\n\nSecond words.\n\nThird words."}
	var spans []corpus.Span
	for p := range doc.Paragraphs() {
		spans = append(spans, p)
	}
	q := bot.Quote{Quote: doc.Quote(spans[n-1]), Focus: corpus.Span{Start: 0, End: 5}, Takeaway: n == 2}
	m := bot.Message{Text: "The publications I know say:", Quotes: []bot.Quote{q}, Private: private, Leaf: bot.Leaf{First: n, Last: n, Of: 3},
		Actions: []bot.Action{{Name: bot.ActionOpen, Label: "Open source", URL: q.Link()}}}
	for _, a := range []struct{ name, label string }{{bot.ActionBack, "Previous passage"}, {bot.ActionNext, "Next passage (2 of 3)"},
		{bot.ActionContext, "+ Context"}, {bot.ActionShare, "Share in channel"}, {bot.ActionWhy, "Why this?"},
		{bot.ActionGood, "Helpful"}, {bot.ActionBad, "Not helpful"}} {
		m.Actions = append(m.Actions, bot.Action{Name: a.name, Label: a.label, ID: "page1"})
	}
	return m
}

// reader answers questions with a leaf, and presses as the bot does.
func reader(_ context.Context, c bot.Command) bot.Message {
	switch c.Name {
	case bot.ActionNext:
		m := leaf(2, !c.Public)
		m.Replace = true
		return m
	case bot.ActionShare:
		m := leaf(1, false)
		m.Text = c.UserName + " asked: who?"
		return m
	case bot.ActionWhy, bot.ActionGood:
		return bot.Message{Text: "Told to you: " + c.Name + " " + c.Args, Private: true}
	case bot.ActionBad:
		return bot.Message{}
	}
	return leaf(1, !c.Public)
}

// reading has d answer with h, and somebody ask /ask in channel.
func reading(t *testing.T, fake *bottest.Discord, d *Discord, h bot.Handler, channel, user string, options map[string]any) bottest.DiscordMessage {
	t.Helper()
	run(t, d, h)
	ready(t, fake)
	if options == nil {
		options = map[string]any{}
	}
	options["question"] = "who?"
	a := fake.Slash("ask", options, channel, user)
	if a.Err != nil {
		t.Fatal(a.Err)
	}
	return a.Message
}

// got returns the answer to a press, or reports an error.
func got(t *testing.T, ask bottest.DiscordAsk) bottest.DiscordAnswer {
	t.Helper()
	select {
	case a := <-ask.Answer:
		if a.Err != nil {
			t.Fatal(a.Err)
		}
		return a
	case <-time.After(soon):
		t.Fatal("no answer to the press")
	}
	return bottest.DiscordAnswer{}
}

// TestShownAnswer sees what an answer looks like.
func TestShownAnswer(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	m := reading(t, fake, d, reader, fake.Channel, fake.NewUser(), nil)
	const link = "https://x.example/a#:~:text=First%20words."
	want := strings.Join([]string{"The publications I know say:", "Tides (https://x.example/a)", "First words.", "paragraph 1 (" + link + ")",
		"Ada Moreau · 2 June 2026 · institute", "1 of 3"}, "\n")
	if shown := m.Shown(); !strings.HasPrefix(shown, want) {
		t.Errorf("an answer looks so:\n%s\nwant\n%s", shown, want)
	}
	box := m.Components[0]
	if box.Type != componentContainer || box.AccentColor == nil || m.Content != "" || len(m.Embeds) > 0 || m.Flags&int(flagComponents) == 0 {
		t.Errorf("an answer is no container: %+v", m)
	}
	if text := box.Components[1].Content; !strings.Contains(text, "### [Tides](") || !strings.Contains(text, "\n> **First** words.\n-# [paragraph 1](") {
		t.Errorf("a passage is written so:\n%s", text)
	}
	var labels [][]string
	for _, row := range box.Components[len(box.Components)-2:] {
		var of []string
		for _, b := range row.Components {
			of = append(of, b.Label)
		}
		labels = append(labels, of)
	}
	wantLabels := [][]string{{"Open source", "Previous passage", "Next passage (2 of 3)", "+ Context"}, {"Share in channel", "Why this?", "Helpful", "Not helpful"}}
	if diff := cmp.Diff(wantLabels, labels); diff != "" {
		t.Errorf("the buttons (-want +got):\n%s", diff)
	}
}

// TestPress sees what comes of each button, in each kind of place, at once and
// late.
func TestPress(t *testing.T) {
	for _, late := range []bool{false, true} {
		fake := bottest.NewDiscord(t)
		fake.Limit(0, 0)
		d, _ := join(t, fake)
		var slow atomic.Bool
		run(t, d, func(ctx context.Context, c bot.Command) bot.Message {
			if slow.Load() {
				time.Sleep(20 * time.Millisecond)
			}
			return reader(ctx, c)
		})
		ready(t, fake)
		if late {
			d.timing.ack = time.Millisecond
			slow.Store(true)
		}
		for where, channel := range map[string]string{"server": fake.Channel, "private channel": fake.NewPrivate(), "foreign server": fake.NewForeign()} {
			user := fake.NewUser()
			a := fake.Slash("ask", map[string]any{"question": "who?"}, channel, user)
			if a.Err != nil || !a.Private || a.Deferred != late {
				t.Fatalf("%s, late %v: the answer is %+v", where, late, a)
			}
			next := got(t, fake.PressLabel(a.Message, "Next passage (2 of 3)", user))
			if !next.Updated || !strings.Contains(next.Shown, "Second words.") || strings.Contains(next.Shown, "First words.") {
				t.Errorf("%s, late %v: the next passage is shown so: %+v", where, late, next)
			}
			share := got(t, fake.PressLabel(a.Message, "Share in channel", user))
			if share.Updated || share.Private || !strings.Contains(share.Shown, "user"+user[len(user)-6:]+" asked") {
				t.Errorf("%s, late %v: shared is %+v", where, late, share)
			}
			why := got(t, fake.PressLabel(a.Message, "Why this?", user))
			if why.Updated || !why.Private || why.Shown != "Told to you: why page1" {
				t.Errorf("%s, late %v: why is %+v", where, late, why)
			}
		}
		if fake.Pings() > 0 {
			t.Errorf("%d were notified", fake.Pings())
		}
	}
}

// TestPressByOthers sees that anybody may press below an answer that all see,
// and that a press which changes nothing is acknowledged.
func TestPressByOthers(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	m := reading(t, fake, d, reader, fake.Channel, fake.NewUser(), map[string]any{"private": false})
	if len(fake.Messages(fake.Channel)) != 1 {
		t.Fatal("private: false does not show the answer to all")
	}
	first, second := fake.PressLabel(m, "Helpful", fake.NewUser()), fake.PressLabel(m, "Not helpful", fake.NewUser())
	if a := got(t, first); !a.Private || a.Shown != "Told to you: good page1" {
		t.Errorf("feedback is answered by %+v", a)
	}
	select {
	case <-second.Acked:
	case <-time.After(soon):
		t.Error("a press that changes nothing is not acknowledged")
	}
}

// TestPressAgain sees that one press which comes several times is done once.
func TestPressAgain(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	var presses atomic.Int32
	run(t, d, func(ctx context.Context, c bot.Command) bot.Message {
		if c.Name == bot.ActionShare {
			presses.Add(1)
		}
		return reader(ctx, c)
	})
	ready(t, fake)
	user := fake.NewUser()
	press := map[string]any{"id": "9", "application_id": fake.App, "type": 3, "token": "x", "channel_id": fake.Channel, "guild_id": fake.Guild,
		"member": map[string]any{"user": map[string]any{"id": user}}, "data": map[string]any{"component_type": 2, "custom_id": "share page1"}}
	for range 5 {
		fake.Dispatch("INTERACTION_CREATE", press)
	}
	if a := fake.Slash("ask", map[string]any{"question": "who?"}, fake.Channel, user); a.Err != nil {
		t.Fatal(a.Err)
	}
	if n := presses.Load(); n != 1 {
		t.Errorf("one press was done %d times", n)
	}
}

// TestPressAfterRestart sees that the buttons of an answer still work when the
// program was started anew.
func TestPressAfterRestart(t *testing.T) {
	fake := bottest.NewDiscord(t)
	user := fake.NewUser()
	var m bottest.DiscordMessage
	t.Run("before", func(t *testing.T) {
		d, _ := join(t, fake)
		m = reading(t, fake, d, reader, fake.Channel, user, nil)
	})
	d, _ := join(t, fake)
	run(t, d, reader)
	if !fake.Ready(2, soon) {
		t.Fatal("the bot does not connect again")
	}
	if a := got(t, fake.PressLabel(m, "Next passage (2 of 3)", user)); !a.Updated || !strings.Contains(a.Shown, "Second words.") {
		t.Errorf("after a restart, the next passage is %+v", a)
	}
}

// TestPressOddly sees that a button is taken for what it is whatever the message
// around it is made of, and that what is no button of ours is passed over.
func TestPressOddly(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	came := make(chan bot.Command, 10)
	run(t, d, func(_ context.Context, c bot.Command) bot.Message {
		came <- c
		return bot.Message{Text: "Luxon.", Private: true}
	})
	ready(t, fake)
	id := 0
	press := func(customID any, message any) {
		id++
		fake.Dispatch("INTERACTION_CREATE", map[string]any{"id": string(rune('0' + id)), "application_id": fake.App, "type": 3, "token": "x",
			"channel_id": fake.Channel, "user": map[string]any{"id": "7", "username": "ada"}, "message": message,
			"data": map[string]any{"component_type": 2, "custom_id": customID}})
	}
	odd := map[string]any{"components": []any{map[string]any{"type": 99, "components": "none"}, 7, nil, map[string]any{"type": "x"},
		map[string]any{"type": 17, "id": threadBase + 5, "components": []any{map[string]any{"type": 77}}}}}
	for _, c := range []any{"", "next", "next ", " next page1", "nothing page1", "ask page1", 7, nil} {
		press(c, odd)
	}
	press("next page1", odd)
	select {
	case c := <-came:
		if c.Name != bot.ActionNext || c.Args != "page1" || c.User != "7" || c.UserName != "ada" {
			t.Errorf("the press comes as %+v", c)
		}
	case <-time.After(soon):
		t.Error("a press in a message with unknown components is lost")
	}
	if len(came) > 0 {
		t.Errorf("what is no button of ours comes as %+v", <-came)
	}
}

// TestLateAndPrivate sees that what turns out to be for the asker alone is not
// shown to all, though the answer was promised to them.
func TestLateAndPrivate(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	d.timing.ack = 10 * time.Millisecond
	release := make(chan struct{})
	run(t, d, func(context.Context, bot.Command) bot.Message {
		<-release
		return bot.Message{Text: "I know no such publication.", Private: true}
	})
	ready(t, fake)
	user := fake.NewUser()
	asked := fake.Begin("ask", map[string]any{"question": "who?", "private": false}, fake.Channel, user)
	<-asked.Acked
	close(release)
	waitFor(t, "POST /webhooks/"+fake.App, fake)
	for end := time.Now().Add(soon); len(fake.Ephemeral(user)) == 0 && time.Now().Before(end); time.Sleep(time.Millisecond) {
	}
	if shown := fake.Shown(fake.Channel); len(shown) > 0 || len(fake.Ephemeral(user)) != 1 {
		t.Errorf("all see %q, and the asker %d messages of their own", shown, len(fake.Ephemeral(user)))
	}
}

// TestFirstResponseAgain sees that an answer is given although Discord fails
// when it comes, and once.
func TestFirstResponseAgain(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	run(t, d, reader)
	ready(t, fake)
	var tries atomic.Int32
	fake.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/callback") || tries.Add(1) > 1 {
			return false
		}
		w.WriteHeader(http.StatusBadGateway)
		return true
	})
	if a := fake.Slash("ask", map[string]any{"question": "who?", "private": false}, fake.Channel, fake.NewUser()); a.Err != nil {
		t.Error(a.Err)
	}
	if n := len(fake.Messages(fake.Channel)); n != 1 {
		t.Errorf("%d answers, want 1", n)
	}
	if !slices.ContainsFunc(fake.Requests(), func(r string) bool { return strings.HasSuffix(r, "/callback") }) {
		t.Error("nothing was intercepted")
	}
}
