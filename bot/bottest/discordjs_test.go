package bottest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot/bottest"
)

// discordjsEnv names the folder in whose node_modules discord.js is installed.
const discordjsEnv = "RAPPORTEUR_DISCORDJS"

// An app on the library that most bots are made with, which knows nothing of
// us, lives on the fake Discord as on the real one.
func TestDiscordJSLivesOnTheFake(t *testing.T) {
	d := bottest.NewDiscord(t)
	startNode(t, discordjsEnv, "discord.js", "discordjs/app.cjs", "DISCORD_API_URL="+d.URL(), "DISCORD_TOKEN="+d.Token)
	if !d.Ready(1, 30*time.Second) || !d.Registered(30*time.Second) {
		t.Fatal("discord.js does not log in and set its commands")
	}
	askOnDiscord(t, d)
	publishOnDiscord(t, d)
	d.Reconnect()
	if !d.Ready(2, 30*time.Second) {
		t.Fatal("discord.js does not connect again")
	}
	if _, resumed := d.Sessions(); resumed != 1 {
		t.Errorf("%d sessions were resumed, want 1", resumed)
	}
	if a := d.Mention("hello", d.Channel, d.NewUser()); a.Shown != "You mentioned me" {
		t.Errorf("the mention gets %q, %v", a.Shown, a.Err)
	}
	if n := d.Pings(); n > 0 {
		t.Errorf("%d were notified", n)
	}
}

// askOnDiscord has a person ask, press and pick, in a server and where only
// that person has the app.
func askOnDiscord(t *testing.T, d *bottest.Discord) {
	t.Helper()
	user := d.NewUser()
	for _, channel := range []string{d.Channel, d.NewDM(), d.NewPrivate()} {
		if c := d.Complete("ask", map[string]any{"question": "who"}, "question", channel, user); len(c.Choices) != 1 || c.Choices[0].Name != "who?" {
			t.Errorf("offered is %+v", c)
		}
		a := d.Slash("ask", map[string]any{"question": "who?"}, channel, user)
		if a.Shown != "You asked: who?\n[Next] [Open] (https://x.example/a)" || !a.Deferred || !a.Private {
			t.Fatalf("the answer is %+v", a)
		}
		pressed := answerOf(t, d.PressLabel(a.Message, "Next", user))
		if pressed.Shown != "The next passage\n[Next] [Open] (https://x.example/a)" || !pressed.Updated {
			t.Errorf("after the button: %+v", pressed)
		}
		until(t, func() bool { return len(d.Messages(channel)) == 1 })
		picked := answerOf(t, d.Menu("Ask about this", d.Messages(channel)[0], user))
		if picked.Shown != "You asked about: For everybody" {
			t.Errorf("after the menu: %+v", picked)
		}
	}
}

// publishOnDiscord has a person who may do so subscribe channels of each kind.
func publishOnDiscord(t *testing.T, d *bottest.Discord) {
	t.Helper()
	text, news := d.NewChannel(), d.NewAnnouncement()
	forum, _ := d.NewForum(true, "Briefs")
	for _, channel := range []string{text, news, forum} {
		if a := d.Slash("subscribe", map[string]any{"channel": channel}, d.Channel, d.NewAdmin()); a.Err != nil || !a.Private {
			t.Fatalf("the answer is %+v", a)
		}
	}
	corrected := []string{"A corrected publication\nhttps://x.example/a\nWords of it"}
	for _, channel := range []string{text, news} {
		until(t, func() bool { return cmp.Equal(d.Shown(channel), corrected) })
	}
	until(t, func() bool { return d.Messages(news)[0].Published() && len(d.Threads(forum)) == 1 })
	title, tags := d.ThreadTitle(d.Threads(forum)[0])
	if title != "A publication" || !cmp.Equal(tags, []string{"Briefs"}) {
		t.Errorf("the thread is %q, with %v", title, tags)
	}
}

func answerOf(t *testing.T, ask bottest.DiscordAsk) (a bottest.DiscordAnswer) {
	t.Helper()
	select {
	case a = <-ask.Answer:
	case <-time.After(10 * time.Second):
		t.Fatal("no answer within 10 s")
	}
	return a
}
