package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rapporteur/bot/bottest"
)

// until waits for what happens without an answer of its own.
func (o *office) until(what string, so func() bool) {
	o.t.Helper()
	for late := time.Now().Add(answerTime); !so(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(late) {
			o.t.Fatalf("after %v, not so: %s", answerTime, what)
		}
	}
}

// acked waits for the acknowledgement of e.
func (o *office) acked(e *bottest.Envelope) {
	o.t.Helper()
	select {
	case <-e.Acked:
	case <-e.Late:
		o.t.Fatal("not acknowledged in time")
	}
}

func TestSlackAskAboutThis(t *testing.T) {
	o := newOffice(t, islands)
	post := func(text string) bottest.SlackMessage {
		ts := o.Reply(text, bottest.SlackGeneral, "", "U0BO")
		all := o.Messages(bottest.SlackGeneral)
		return all[slices.IndexFunc(all, func(m bottest.SlackMessage) bool { return m.TS == ts })]
	}
	m := o.answer(o.MessageShortcut("ask_about", post("They say that <@U1> opened a *tidal plant* &amp; nobody noticed."), ann))
	wants(t, m.Shown(), "message", "tidal plant", "Why this?", "Share in channel")
	if m.Only != ann {
		t.Error("it is not private")
	}
	wants(t, o.answer(o.MessageShortcut("ask_about", post(strings.Repeat("tidal plant 🌊 ", 3000)), ann)).Shown(), "tidal plant was")
	wants(t, o.answer(o.MessageShortcut("ask_about", post(" "), ann)).Shown(), "no words in that message")
	wants(t, o.answer(o.MessageShortcut("ask_about", post("zzz qqq"), ann)).Shown(), "no passages that bear")
}

func TestSlackAskTheLibrary(t *testing.T) {
	o := newOffice(t, islands)
	o.Shortcut("ask_library", ann)
	o.until("the form is open", func() bool { _, open := o.Modal(ann); return open })
	v, _ := o.Modal(ann)
	o.acked(o.Submit(v, map[string]map[string]string{"question": {"question": "who opened the first tidal plant?"}}))
	v, _ = o.Modal(ann)
	wants(t, v.Shown(), "Ruth Amadi opened", "Next passage (2 of", "not Share in channel", "not Looking")
	o.PressInView(v, "Next passage (2 of")
	o.until("the next passage is shown", func() bool { v, _ := o.Modal(ann); return strings.Contains(v.Shown(), "Next passage (3 of") })
	v, _ = o.Modal(ann)
	o.PressInView(v, "Why this?")
	o.until("it is told why", func() bool { v, _ := o.Modal(ann); return strings.Contains(v.Shown(), "Understood as") })
	if len(o.Shown(bottest.SlackGeneral)) > 0 {
		t.Error("something is shown to all")
	}
}

func TestSlackHome(t *testing.T) {
	o := newOffice(t, islands)
	o.say("/briefs", "subscribe publications")
	o.OpenApp(ann, "home")
	o.until("the home view is there", func() bool { _, ok := o.Home(ann); return ok })
	v, _ := o.Home(ann)
	wants(t, v.Shown(), "Newest publications", "Tidal Power in Small States", "The grid, not the turbine", "Subscriptions of this workspace",
		bottest.SlackGeneral+": publications", "Ask the library", "not Sources")
	o.Promote("U0BO")
	o.OpenApp("U0BO", "home")
	o.until("an administrator's home view is there", func() bool { _, ok := o.Home("U0BO"); return ok })
	admins, _ := o.Home("U0BO")
	wants(t, admins.Shown(), "Sources", "The sources that I read:", "publications: read")
	o.PressInView(v, "Ask the library")
	o.until("the form is open", func() bool { _, open := o.Modal(ann); return open })
}

func TestSlackSuggestedPrompts(t *testing.T) {
	o := newOffice(t, islands)
	o.OpenApp(ann, "messages")
	o.until("prompts are suggested", func() bool { return len(o.Prompts(bottest.SlackDirect)) > 0 })
	prompts := o.Prompts(bottest.SlackDirect)
	if want := []string{"takeaways Tidal Power in Small States", "takeaways The Price of Salt"}; !slices.Equal(prompts, want) {
		t.Errorf("%q is suggested, want %q", prompts, want)
	}
	ts, _ := o.Mention(prompts[0], bottest.SlackDirect, ann)
	wants(t, o.replies(bottest.SlackDirect, ts, 1)[0].Shown(), "Islands with a strait")
}

func TestSlackUnfurl(t *testing.T) {
	o := newOffice(t, islands)
	link := "http://example.org/tides/?utm_source=mail&utm_medium=x#top"
	_, e := o.PostLink(bottest.SlackGeneral, ann, "https://www.example.org/unknown", link)
	o.Resend(e)
	o.until("the link is shown", func() bool { _, ok := o.Unfurled(link); return ok })
	shown, _ := o.Unfurled(link)
	wants(t, shown, "Tidal Power in Small States", "Its key takeaways", "Islands with a strait", "not New publication")
	if _, ok := o.Unfurled("https://www.example.org/unknown"); ok {
		t.Error("a link to nothing of ours is shown")
	}
}

// A channel that goes takes its subscriptions to rest.
func TestSlackChannelsThatGo(t *testing.T) {
	o := newOffice(t, islands)
	for _, event := range []map[string]any{
		{"type": "channel_archive", "channel": bottest.SlackGeneral, "user": ann},
		{"type": "member_left_channel", "channel": bottest.SlackGeneral, "user": bottest.SlackBotUser, "channel_type": "C", "team": bottest.SlackTeam},
	} {
		o.say("/briefs", "subscribe")
		o.Event(map[string]any{"type": "member_left_channel", "channel": bottest.SlackGeneral, "user": ann})
		wants(t, o.say("/briefs", "list").Shown(), "not paused")
		o.Event(event)
		o.until("the subscription rests", func() bool { return strings.Contains(o.say("/briefs", "list").Shown(), "paused") })
	}
}
