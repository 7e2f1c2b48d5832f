package main

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/bot/bottest"
)

// A guild is a Discord server, and a rapporteur that serves it.
type guild struct {
	*bottest.Discord
	t         *testing.T
	config    config
	log       *bottest.Log
	ann, boss string // somebody there, and who manages the server
	joined    int    // how many times the rapporteur has come
	stop      func() // ends the rapporteur, which can be started again
}

// newGuild starts a rapporteur that knows these publications, by file name.
func newGuild(t *testing.T, publications map[string]string) *guild {
	t.Helper()
	dir := t.TempDir()
	g := &guild{Discord: bottest.NewDiscord(t), t: t, log: &bottest.Log{}, config: defaults()}
	g.Limit(0, 0)
	g.ann, g.boss = g.NewUser(), g.NewAdmin()
	g.config.Data, g.config.Sources[0].Folder = filepath.Join(dir, "data"), filepath.Join(dir, "publications")
	g.config.Sample, g.config.Listen, g.config.PostInterval = false, "", duration(time.Millisecond)
	for name, text := range publications {
		g.file(name, text)
	}
	t.Cleanup(func() {
		g.stop()
		for i, secret := range g.Secrets() {
			if strings.Contains(g.log.String(), secret) {
				t.Errorf("secret %d is in the log", i)
			}
		}
		if t.Failed() {
			t.Logf("the end of the log:\n%s", tail(g.log.String(), 4000))
		}
	})
	g.start()
	return g
}

// file puts a publication into the folder, as it was saved a while ago.
func (g *guild) file(name, text string) {
	g.t.Helper()
	o := office{t: g.t, config: g.config}
	o.file(name, text)
}

// start begins a rapporteur, and waits until it has come to Discord.
func (g *guild) start() {
	g.t.Helper()
	env := map[string]string{"DISCORD_API_URL": g.URL(), "DISCORD_TOKEN": g.Token}
	p := program{env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.serve(ctx, g.config, g.log.Logger(), nil) }()
	g.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			g.t.Errorf("serve: %v", err)
		}
	})
	if g.joined++; !g.Ready(g.joined, patience) || !g.Registered(patience) {
		g.t.Fatal("it does not come to Discord")
	}
}

// say has ann type a command, and returns what she sees.
func (g *guild) say(command string, options map[string]any) bottest.DiscordAnswer {
	g.t.Helper()
	return g.ok(g.Slash(command, options, g.Channel, g.ann))
}

// order has who manages the server type a command.
func (g *guild) order(command string, options map[string]any) string {
	g.t.Helper()
	return g.ok(g.Slash(command, options, g.Channel, g.boss)).Shown
}

// press has somebody press the button whose label begins so.
func (g *guild) press(a bottest.DiscordAnswer, label, user string) bottest.DiscordAnswer {
	g.t.Helper()
	for _, b := range a.Message.Buttons() {
		if strings.HasPrefix(b.Label, label) {
			return g.ok(<-g.Press(a.Message, b.CustomID, user).Answer)
		}
	}
	g.t.Fatalf("there is no button %q below:\n%s", label, a.Shown)
	return a
}

func (g *guild) ok(a bottest.DiscordAnswer) bottest.DiscordAnswer {
	g.t.Helper()
	if a.Err != nil {
		g.t.Fatal(a.Err)
	}
	return a
}

func TestDiscordAnswer(t *testing.T) {
	g := newGuild(t, islands)
	a := g.say("ask", map[string]any{"question": "who opened the first tidal plant?"})
	wants(t, a.Shown, "The publications I know say:", "Tidal Power in Small States (https://www.example.org/tides)", "Ruth Amadi opened the first",
		"Ada Moreau · 2 March 2025 · publications", "https://www.example.org/tides#:~:text=", "1 of ", "Open source", "Next passage (2 of ",
		"+ Context", "Share in channel", "Why this?", "not Previous", "not third")
	if !a.Private || a.Deferred {
		t.Errorf("the answer is not private, or not at once: %+v", a)
	}
	all := g.say("ask", map[string]any{"question": "who opened the first tidal plant?", "private": false, "publication": "tidal power"})
	wants(t, all.Shown, "Ruth Amadi opened the first", "not Share in channel")
	if all.Private || g.Pings() != 0 {
		t.Error("the answer is not for all, or somebody is notified")
	}
	wants(t, g.say("ask", map[string]any{"question": "who opened it?", "publication": "moon"}).Shown, "no publication with such a title")
}

// Buttons work, also when the program was started anew since.
func TestDiscordButtons(t *testing.T) {
	g := newGuild(t, islands)
	a := g.say("ask", map[string]any{"question": "who opened the first tidal plant?"})
	wide := g.press(a, "+ Context", g.ann)
	wants(t, wide.Shown, "She called it a beginning", "The ministry had waited", "− Context")
	g.stop()
	g.start()
	narrow := g.press(wide, "− Context", g.ann)
	wants(t, narrow.Shown, "not had waited", "+ Context")
	next := g.press(narrow, "Next passage (2", g.ann)
	wants(t, next.Shown, "2 of ", "Next passage (3 of ", "Previous passage", "not Ruth Amadi opened the first")
	back := g.press(next, "Previous passage", g.ann)
	wants(t, back.Shown, "Ruth Amadi opened the first", "1 of ")
	for _, m := range []bottest.DiscordAnswer{wide, narrow, next, back} {
		if !m.Updated || !m.Private {
			t.Errorf("a button does not change the message in its place: %+v", m)
		}
	}
	for label, says := range map[string]string{"Why this?": "probability", "Helpful": "Thank you", "Not helpful": "Thank you"} {
		if told := g.press(back, label, g.ann); !told.Private || told.Updated || !strings.Contains(told.Shown, says) {
			t.Errorf("%s: %+v", label, told)
		}
	}
	shared := g.press(back, "Share in channel", g.ann)
	wants(t, shared.Shown, "asked: who opened the first tidal plant?", "Ruth Amadi", "not Share in channel")
	if shared.Private || shared.Updated || g.Pings() != 0 {
		t.Errorf("it is not shared as a new message for all, or somebody is notified: %+v", shared)
	}
	wants(t, g.press(back, "Share in channel", g.ann).Shown, "shared already")
	turned := g.press(shared, "Next passage", g.NewUser())
	if !turned.Updated || len(g.Shown(g.Channel)) != 1 {
		t.Errorf("somebody else cannot leaf through what was shared: %+v", turned)
	}
}

// Two who press at once turn the page once or one after the other, and both are
// answered; buttons whose answer is no longer kept say so to who presses them.
func TestDiscordPressed(t *testing.T) {
	g := newGuild(t, islands)
	a := g.say("ask", map[string]any{"question": "which plant was opened?", "private": false})
	var both []bottest.DiscordAsk
	for _, b := range a.Message.Buttons() {
		if strings.HasPrefix(b.Label, "Next passage") {
			both = append(both, g.Press(a.Message, b.CustomID, g.NewUser()), g.Press(a.Message, b.CustomID, g.NewUser()))
		}
	}
	for _, press := range both {
		select {
		case <-press.Acked:
		case <-time.After(patience):
			t.Error("a press is not answered")
		}
	}
	if shown := g.Shown(g.Channel); len(shown) != 1 || !strings.Contains(shown[0], "2 of ") && !strings.Contains(shown[0], "3 of ") {
		t.Errorf("after two presses, all see %q", shown)
	}
	g.stop()
	g.forget()
	g.start()
	late := g.press(a, "Next passage", g.ann)
	wants(t, late.Shown, "I keep the buttons of an answer for 30 days", "/ask and your question")
	if !late.Private || late.Updated {
		t.Errorf("that is not said to who pressed alone: %+v", late)
	}
}

// forget takes all answers out of what the rapporteur keeps.
func (g *guild) forget() {
	g.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(g.config.Data, "bot.db"))
	if err != nil {
		g.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(g.t.Context(), "DELETE FROM pages"); err != nil {
		g.t.Fatal(err)
	}
}

// A private channel is one where the app was brought along: there the bot is no
// member, and can answer and share all the same.
func TestDiscordPrivateChannel(t *testing.T) {
	g := newGuild(t, islands)
	private := g.NewPrivate()
	a := g.ok(g.Slash("ask", map[string]any{"question": "who opened the first tidal plant?"}, private, g.ann))
	wants(t, g.press(a, "Next passage", g.ann).Shown, "2 of ")
	if shared := g.press(a, "Share in channel", g.ann); shared.Private || len(g.Shown(private)) != 1 {
		t.Errorf("it is not shared: %+v", shared)
	}
}

// What the publications do not say is said, and the nearest passages are called
// what they are.
func TestDiscordSilence(t *testing.T) {
	g := newGuild(t, islands)
	g.stop()
	g.config.Threshold = 0.9
	g.start()
	a := g.say("ask", map[string]any{"question": "how many whales died of the governor?"})
	wants(t, a.Shown, "The publications I know do not say", "Nowhere in them: whales, died.", "The nearest passages, which may not answer:", "Why this?")
}

func TestDiscordCommands(t *testing.T) {
	g := newGuild(t, islands)
	wants(t, g.say("help", nil).Shown, "/ask QUESTION", "/subscribe [SOURCE]")
	wants(t, g.say("latest", map[string]any{"count": 2}).Shown, "Tidal Power in Small States", "The Price of Salt")
	wants(t, g.say("latest", map[string]any{"count": 1}).Shown, "not Salt")
	wants(t, g.say("takeaways", map[string]any{"publication": "tidal"}).Shown, "Its key takeaways:", "Islands with a strait")
	wants(t, g.say("takeaways", nil).Shown, "Islands with a strait")
	wants(t, g.order("status", nil), "The sources that I read:")
	wants(t, g.order("subscriptions", nil), "No channel follows anything yet")
	wants(t, g.order("subscribe", map[string]any{"source": "gossip"}), "no source called gossip")
	other := g.NewChannel()
	wants(t, g.order("subscribe", map[string]any{"source": "publications", "channel": other}), "That channel now follows publications", "there, once")
	wants(t, g.order("subscriptions", nil), "‹#"+other+"›: publications")
	wants(t, g.order("unsubscribe", map[string]any{"channel": other}), "no longer follows")
	said := g.Say("Who dried salt in Port Lagos?", g.Channel, bottest.DiscordUser{ID: g.ann})
	for _, m := range g.Messages(g.Channel) {
		if m.ID == said {
			wants(t, g.ok(<-g.Menu("Ask about this", m, g.ann).Answer).Shown, "Passages that bear on the message:", "The first plant to dry salt")
		}
	}
}

// What is begun to be typed is completed, by what the publications hold and not
// by what anybody has typed.
func TestDiscordCompletes(t *testing.T) {
	g := newGuild(t, islands)
	g.say("ask", map[string]any{"question": "Who keeps the secret of the strait?"})
	titles := g.Complete("ask", map[string]any{"question": "who?", "publication": "tid"}, "publication", g.Channel, g.ann)
	if len(titles.Choices) != 1 || titles.Choices[0].Name != "Tidal Power in Small States" {
		t.Fatalf("titles: %+v", titles)
	}
	wants(t, g.say("ask", map[string]any{"question": "who opened the first plant?", "publication": titles.Choices[0].Value}).Shown, "Ruth Amadi", "not governor")
	for _, typed := range []string{"", "who", "secret", "xyzzy"} {
		offered := g.Complete("ask", map[string]any{"question": typed}, "question", g.Channel, g.ann)
		if offered.Err != nil || len(offered.Choices) == 0 {
			t.Errorf("%q: %+v", typed, offered)
		}
		for _, c := range offered.Choices {
			if strings.Contains(c.Name, "secret of") {
				t.Errorf("%q: a question that somebody typed is offered: %s", typed, c.Name)
			}
		}
	}
	sources := g.Complete("subscribe", map[string]any{"source": "pub"}, "source", g.Channel, g.boss)
	if len(sources.Choices) != 1 || sources.Choices[0].Name != "publications" {
		t.Errorf("sources: %+v", sources)
	}
}

// A mention is answered for all by a reply, and what goes on from it is a
// mention again; in direct messages, no mention is needed.
func TestDiscordConversation(t *testing.T) {
	g := newGuild(t, islands)
	dm := g.NewDM()
	for _, channel := range []string{g.Channel, g.NewThread(g.Channel), dm} {
		first := g.ok(g.Mention("which plant was opened?", channel, g.ann))
		wants(t, first.Shown, "plant", "1 of ", "not Share in channel")
		more := g.ok(g.Mention("more", channel, g.ann))
		wants(t, more.Shown, "2 of ")
		if first.Shown == more.Shown {
			t.Errorf("more shows the same again:\n%s", more.Shown)
		}
		wants(t, g.ok(g.Mention("only 2023", channel, g.ann)).Shown, "The Price of Salt", "not Tidal")
		wants(t, g.press(first, "+ Context", g.ann).Shown, "− Context")
	}
	wants(t, g.ok(g.Mention("more", g.NewChannel(), g.NewUser())).Shown, "not That is all")
	wants(t, g.ok(g.Mention("help", dm, g.ann)).Shown, "/ask QUESTION")
	if g.Pings() > 0 {
		t.Errorf("%d were notified", g.Pings())
	}
}
