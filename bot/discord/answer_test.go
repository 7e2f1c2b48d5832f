package discord

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

func TestLateAnswer(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, log := join(t, fake)
	d.timing.ack = 10 * time.Millisecond
	release := make(chan struct{})
	run(t, d, func(context.Context, bot.Command) bot.Message {
		<-release
		return bot.Message{Text: "Luxon."}
	})
	ready(t, fake)
	var tries atomic.Int32
	fake.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPatch || tries.Add(1) > 2 {
			return false
		}
		w.WriteHeader(map[int32]int{1: 429, 2: 500}[tries.Load()])
		return true
	})
	asked := fake.Begin("ask", map[string]any{"question": "who?"}, fake.Channel, fake.NewUser())
	<-asked.Acked
	close(release)
	a := <-asked.Answer
	if a.Err != nil || !a.Deferred || !a.Private || a.Shown != "Luxon." {
		t.Errorf("the answer is %+v, want Luxon, deferred, for the asker only", a)
	}
	for _, secret := range fake.Secrets() {
		if strings.Contains(log.String(), secret) {
			t.Error("a token is logged")
		}
	}
}

func TestAnswerFor(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	run(t, d, func(_ context.Context, c bot.Command) bot.Message {
		return bot.Message{Text: c.Name, Private: c.Name == "help"}
	})
	ready(t, fake)
	for name, private := range map[string]bool{"help": true, "latest": false} {
		a := fake.Slash(name, nil, fake.Channel, fake.NewUser())
		if a.Err != nil || a.Deferred || a.Private != private {
			t.Errorf("/%s: %+v, want private %v, at once", name, a, private)
		}
	}
	if shown := fake.Shown(fake.Channel); !cmp.Equal(shown, []string{"latest"}) {
		t.Errorf("all see %q, want the answer to latest", shown)
	}
}

func TestEmptyAnswer(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	d.timing.ack = 10 * time.Millisecond
	release := make(chan struct{})
	run(t, d, func(context.Context, bot.Command) bot.Message {
		<-release
		return bot.Message{}
	})
	ready(t, fake)
	asked := fake.Begin("help", nil, fake.Channel, fake.NewUser())
	<-asked.Acked
	close(release)
	ready(t, fake)
	waitFor(t, "DELETE /webhooks/"+fake.App+"/messages/@original", fake)
	if shown := fake.Shown(fake.Channel); len(shown) > 0 {
		t.Errorf("%q is shown", shown)
	}
}

// waitFor waits until Discord has got a request.
func waitFor(t *testing.T, request string, fake *bottest.Discord) {
	t.Helper()
	for end := time.Now().Add(soon); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if all := fake.Requests(); all[len(all)-1] == request {
			return
		}
	}
	t.Fatalf("no request %s; the last ones are %q", request, fake.Requests())
}

func TestTooLate(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	d.timing.ack, d.timing.answer = 10*time.Millisecond, 50*time.Millisecond
	release := make(chan struct{})
	run(t, d, func(context.Context, bot.Command) bot.Message {
		<-release // whatever the context says
		return bot.Message{Text: "Luxon."}
	})
	defer close(release)
	ready(t, fake)
	if a := fake.Slash("help", nil, fake.Channel, fake.NewUser()); a.Err != nil || a.Shown != tooLate {
		t.Errorf("the answer is %q, %v, want an excuse", a.Shown, a.Err)
	}
}

func TestMentions(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(0, 0)
	d, _ := join(t, fake)
	came := make(chan bot.Command, 10)
	run(t, d, func(_ context.Context, c bot.Command) bot.Message {
		came <- c
		return bot.Message{Text: "Luxon.", Private: true}
	})
	ready(t, fake)
	user, dm := fake.NewUser(), fake.NewDM()
	for _, c := range []struct{ channel, text, name, args string }{
		{fake.Channel, "who was there?", "ask", "who was there?"},
		{fake.Channel, "", "help", ""},
		{fake.Channel, "Latest 3", "latest", "3"},
		{fake.Channel, "latest news on tides?", "ask", "latest news on tides?"},
		{fake.Channel, "Help small states how?", "ask", "Help small states how?"},
		{fake.Channel, "/takeaways  The Hague", "takeaways", "The Hague"},
		{dm, "who was there?", "ask", "who was there?"},
		{dm, "subscribe", "subscribe", ""},
	} {
		a := fake.Mention(c.text, c.channel, user)
		if a.Err != nil || a.Shown != "Luxon." {
			t.Fatalf("%q: the reply is %q, %v", c.text, a.Shown, a.Err)
		}
		want := bot.Command{Platform: "discord", Workspace: fake.Guild, Channel: c.channel, Thread: thread(user), User: user,
			UserName: "user" + user[len(user)-6:], Name: c.name, Args: c.args, Manner: manner()}
		if c.channel == dm {
			want.Workspace, want.Thread = "", dm
		}
		if diff := cmp.Diff(want, <-came); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
	if a := fake.Mention("subscribe", fake.Channel, user); a.Shown != useSlash {
		t.Errorf("whoever mentions the bot in a server can subscribe: %q", a.Shown)
	}
	if fake.Pings() > 0 {
		t.Errorf("%d were notified", fake.Pings())
	}
}

func TestNoReply(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	var calls atomic.Int32
	run(t, d, func(context.Context, bot.Command) bot.Message {
		calls.Add(1)
		return bot.Message{Text: "Luxon."}
	})
	ready(t, fake)
	user, mention := fake.NewUser(), "<@"+fake.App+"> who?"
	fake.Say("who?", fake.Channel, bottest.DiscordUser{ID: user})
	fake.Say(mention, fake.Channel, bottest.DiscordUser{ID: user, Bot: true})
	fake.Say(mention, fake.Channel, bottest.DiscordUser{ID: fake.App})
	if a := fake.Mention("who?", fake.Channel, user); a.Err != nil {
		t.Fatal(a.Err)
	}
	said := fake.Messages(fake.Channel)
	again := said[len(said)-2]
	again.GuildID = fake.Guild
	fake.Dispatch("MESSAGE_CREATE", again)
	if a := fake.Slash("help", nil, fake.Channel, user); a.Err != nil {
		t.Fatal(a.Err)
	}
	if n := calls.Load(); n != 2 {
		t.Errorf("the handler was called %d times, want twice: for one mention and one command", n)
	}
}

// TestParallel sees that the answers of many do not wait for each other.
func TestParallel(t *testing.T) {
	const askers, latency = 20, 200 * time.Millisecond
	fake := bottest.NewDiscord(t)
	fake.Latency = latency
	d, _ := join(t, fake)
	d.timing.ack = time.Millisecond
	release := make(chan struct{})
	run(t, d, func(context.Context, bot.Command) bot.Message {
		<-release
		return bot.Message{Text: "Luxon."}
	})
	ready(t, fake)
	var asked []bottest.DiscordAsk
	for range askers {
		asked = append(asked, fake.Begin("help", nil, fake.Channel, fake.NewUser()))
	}
	for _, a := range asked {
		<-a.Acked
	}
	begin := time.Now()
	close(release)
	var all sync.WaitGroup
	for _, a := range asked {
		all.Go(func() {
			if a := <-a.Answer; a.Err != nil || !a.Deferred {
				t.Errorf("the answer is %+v", a)
			}
		})
	}
	all.Wait()
	took := time.Since(begin)
	t.Logf("%d answers took %v", askers, took)
	if took > time.Second {
		t.Errorf("%d deferred answers took %v, want at most 1 s", askers, took)
	}
}
