package slack_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/bot/slack"
)

// A talk is a Run that answers with what it was asked.
type talk struct {
	commands chan bot.Command // what came, as it is being answered
	stop     func()           // ends the Run
}

// answering starts a talk, and returns when the bot is connected.
func answering(t *testing.T, fake *bottest.Slack, platform *slack.Slack) talk {
	t.Helper()
	commands := make(chan bot.Command, 100)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- platform.Run(ctx, func(_ context.Context, c bot.Command) bot.Message {
			commands <- c
			return bot.Message{Text: "You asked: " + c.Args, Private: c.Args == "psst"}
		})
	}()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
		close(commands)
	})
	t.Cleanup(stop)
	fake.Connected(t, 10*time.Second)
	return talk{commands, stop}
}

// essence leaves out of a command what is the same for all of them, and the name
// of who asks, which Slack does not always tell.
var essence = cmpopts.IgnoreFields(bot.Command{}, "Manner", "UserName")

func next[T any](t *testing.T, c <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-c:
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came within 10 s")
	}
	return got
}

// all ends a talk and returns what came in it. The envelopes that were sent
// before are read before, since they come in order.
func (k talk) all(t *testing.T, fake *bottest.Slack) (came []bot.Command) {
	t.Helper()
	next(t, fake.Slash("/help", "", bottest.SlackGeneral, "U0ANN").Acked)
	k.stop()
	for c := range k.commands {
		if c.Name != "help" || c.Thread != "" {
			came = append(came, c)
		}
	}
	return came
}

func TestSlashCommands(t *testing.T) {
	fake, platform, _ := join(t)
	talk := answering(t, fake, platform)
	for _, c := range []struct {
		slash, text, channel string
		want                 bot.Command
	}{
		{"/ask", " who? ", bottest.SlackGeneral, bot.Command{Name: "ask", Args: "who?"}},
		{"/latest", "", bottest.SlackPrivate, bot.Command{Name: "latest"}},
		{"/subscribe", "ISPI", bottest.SlackDirect, bot.Command{Name: "subscribe", Args: "ISPI"}},
		{"/unheard", "of", bottest.SlackGeneral, bot.Command{Name: "help"}},
		{"/briefs", "", bottest.SlackGeneral, bot.Command{Name: "help"}},
		{"/briefs", " Latest  3 ", bottest.SlackGeneral, bot.Command{Name: "latest", Args: "3"}},
		{"/briefs", "takeaways The Hague", bottest.SlackGeneral, bot.Command{Name: "takeaways", Args: "The Hague"}},
		{"/briefs", "list", bottest.SlackGeneral, bot.Command{Name: "subscriptions"}},
		{"/briefs", "ask who?", bottest.SlackGeneral, bot.Command{Name: "help"}},
		{"/briefs", "nonsense", bottest.SlackGeneral, bot.Command{Name: "help"}},
	} {
		asked := fake.Slash(c.slash, c.text, c.channel, "U0ANN")
		next(t, asked.Acked)
		c.want.Platform, c.want.Channel, c.want.User = "slack", c.channel, "U0ANN"
		if c.channel != bottest.SlackDirect {
			c.want.Workspace = bottest.SlackTeam
		}
		if diff := cmp.Diff(c.want, next(t, talk.commands), essence); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.slash, diff)
		}
		if got, want := next(t, asked.Answers).Shown(), "You asked: "+c.want.Args; got != strings.TrimSpace(want) {
			t.Errorf("%s: answer %q, want %q", c.slash, got, want)
		}
	}
}

func TestPrivateAnswersAreSeenByOneOnly(t *testing.T) {
	fake, platform, _ := join(t)
	answering(t, fake, platform)
	if m := next(t, fake.Slash("/ask", "psst", bottest.SlackGeneral, "U0ANN").Answers); m.Only != "U0ANN" {
		t.Errorf("a private answer is seen by %q", m.Only)
	}
	if m := next(t, fake.Slash("/ask", "who?", bottest.SlackGeneral, "U0ANN").Answers); m.Only != "" {
		t.Errorf("a public answer is seen by %q only", m.Only)
	}
}

func TestMentionIsAnsweredOnceInItsThread(t *testing.T) {
	fake, platform, _ := join(t)
	talk := answering(t, fake, platform)
	ts, events := fake.Mention("who?", bottest.SlackGeneral, "U0ANN")
	for range 3 {
		for _, e := range events {
			next(t, e.Acked)
			next(t, fake.Resend(e).Acked)
		}
	}
	want := []bot.Command{{Platform: "slack", Workspace: bottest.SlackTeam, Channel: bottest.SlackGeneral,
		Thread: ts, User: "U0ANN", Name: "ask", Args: "who?"}}
	if diff := cmp.Diff(want, talk.all(t, fake), essence); diff != "" {
		t.Errorf("commands (-want +got):\n%s", diff)
	}
	if got := fake.Replies(bottest.SlackGeneral, ts); len(got) != 1 || got[0].Shown() != "You asked: who?" {
		t.Errorf("the thread holds %v, want one answer", got)
	}
}

// eventually waits until what another process or goroutine does is seen.
func eventually(t *testing.T, seen func() bool) {
	t.Helper()
	for late := time.Now().Add(10 * time.Second); !seen(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("it does not happen within 10 s")
		}
	}
}

func TestDirectMessageIsAnswered(t *testing.T) {
	fake, platform, _ := join(t)
	answering(t, fake, platform)
	for _, text := range []string{"who?", "psst"} {
		ts, _ := fake.Mention(text, bottest.SlackDirect, "U0ANN")
		eventually(t, func() bool { return len(fake.Replies(bottest.SlackDirect, ts)) == 1 })
	}
}

// event is what Slack tells of a message, with changes.
func event(changes map[string]any) map[string]any {
	e := map[string]any{"type": "app_mention", "channel": bottest.SlackGeneral, "user": "U0ANN",
		"text": "<@" + bottest.SlackBotUser + "> who?", "ts": fmt.Sprint(time.Now().UnixNano())}
	for k, v := range changes {
		e[k] = v
	}
	return e
}

func TestWhatIsAnswered(t *testing.T) {
	im := map[string]any{"type": "message", "channel": bottest.SlackDirect, "channel_type": "im"}
	with := func(more map[string]any) map[string]any {
		for k, v := range im {
			if _, ok := more[k]; !ok {
				more[k] = v
			}
		}
		return more
	}
	for name, c := range map[string]struct {
		change map[string]any
		want   int
	}{
		"a mention":           {nil, 1},
		"a direct message":    {with(map[string]any{}), 1},
		"with a file":         {with(map[string]any{"subtype": "file_share"}), 1},
		"also to the channel": {with(map[string]any{"subtype": "thread_broadcast"}), 1},
		"by a bot":            {map[string]any{"bot_id": "B1"}, 0},
		"by itself":           {map[string]any{"user": bottest.SlackBotUser}, 0},
		"by Slackbot":         {map[string]any{"user": "USLACKBOT"}, 0},
		"by nobody":           {map[string]any{"user": nil}, 0},
		"edited":              {map[string]any{"edited": map[string]any{"user": "U0ANN", "ts": "1.2"}}, 0},
		"nowhere":             {map[string]any{"channel": nil}, 0},
		"at no time":          {map[string]any{"ts": nil}, 0},
		"no text":             {map[string]any{"text": nil}, 1},
		"a bot's message":     {with(map[string]any{"subtype": "bot_message", "bot_id": "B1"}), 0},
		"its own answer":      {with(map[string]any{"user": bottest.SlackBotUser, "bot_id": bottest.SlackBotID}), 0},
		"an edit": {with(map[string]any{"subtype": "message_changed", "user": nil,
			"message": map[string]any{"user": "U0ANN", "text": "who?", "ts": "1.2"}}), 0},
		"a deletion":       {with(map[string]any{"subtype": "message_deleted", "deleted_ts": "1.2"}), 0},
		"a join":           {with(map[string]any{"subtype": "channel_join"}), 0},
		"to the channel":   {map[string]any{"type": "message", "channel_type": "channel"}, 0},
		"of another type":  {map[string]any{"type": "reaction_added"}, 0},
		"of no known type": {map[string]any{"type": "telepathy"}, 0},
		"of no type":       {map[string]any{"type": nil}, 0},
		"with odd blocks":  {map[string]any{"blocks": []any{map[string]any{"type": "hologram", "x": 1}, map[string]any{}}}, 1},
		"with null blocks": {map[string]any{"blocks": nil, "files": nil, "attachments": nil}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			fake, platform, _ := join(t)
			talk := answering(t, fake, platform)
			next(t, fake.Event(event(c.change)).Acked)
			if got := talk.all(t, fake); len(got) != c.want {
				t.Errorf("%d commands, want %d", len(got), c.want)
			}
		})
	}
}

// A message that is first told of as one of the channel is still answered when
// it is told of as a mention, and then once.
func TestMentionAfterMessage(t *testing.T) {
	fake, platform, _ := join(t)
	talk := answering(t, fake, platform)
	e := event(map[string]any{"type": "message", "channel_type": "channel"})
	next(t, fake.Event(e).Acked)
	e["type"] = "app_mention"
	for range 2 { // Slack tells of some mentions in several events
		next(t, fake.Event(e).Acked)
	}
	if got := talk.all(t, fake); len(got) != 1 {
		t.Errorf("%d commands, want 1", len(got))
	}
}

func TestSlashCommandSentTwice(t *testing.T) {
	fake, platform, _ := join(t)
	talk := answering(t, fake, platform)
	asked := fake.Slash("/ask", "who?", bottest.SlackGeneral, "U0ANN")
	next(t, fake.Resend(asked.Envelope).Acked)
	if got := talk.all(t, fake); len(got) != 1 {
		t.Errorf("%d commands, want 1", len(got))
	}
}

// failing has the first n answers to response addresses fail, and counts them.
func failing(fake *bottest.Slack, n int32, fail func(http.ResponseWriter)) *atomic.Int32 {
	var tries atomic.Int32
	fake.Intercept(func(method string, w http.ResponseWriter, _ *http.Request) bool {
		if method != "response_url" || tries.Add(1) > n {
			return false
		}
		fail(w)
		return true
	})
	return &tries
}

// Where the response address is refused, the answer takes another way. Where it
// is unknown whether it arrived, it is not given twice, and the asker is told.
func TestResponseAddressOfNoUse(t *testing.T) {
	const told = "Slack did not tell me whether my answer reached you. If you do not see it, please ask again."
	for name, c := range map[string]struct {
		fail func(http.ResponseWriter)
		want string
	}{
		"expired": {func(w http.ResponseWriter) { http.Error(w, "expired_url", http.StatusNotFound) }, "You asked: who?"},
		"not ok": {func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte(`{"ok":false,"error":"used_url"}`))
		}, "You asked: who?"},
		"a page":       {func(w http.ResponseWriter) { w.Write([]byte("<html>oops</html>")) }, told},
		"server error": {func(w http.ResponseWriter) { http.Error(w, "<html>oops</html>", http.StatusInternalServerError) }, told},
		"broken off":   {func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, told},
	} {
		t.Run(name, func(t *testing.T) {
			fake, platform, log := join(t)
			failing(fake, 9, c.fail)
			answering(t, fake, platform)
			asked := fake.Slash("/ask", "who?", bottest.SlackGeneral, "U0ANN")
			if m := next(t, asked.Answers); m.Only != "U0ANN" || m.Shown() != c.want {
				t.Errorf("the answer is %q for %q", m.Shown(), m.Only)
			}
			if !strings.Contains(log.String(), "response address") || strings.Contains(log.String(), fake.LinkSecret) {
				t.Errorf("the failure is not logged, or the address is:\n%s", log)
			}
		})
	}
}

func TestResponseAddressAsksToWait(t *testing.T) {
	fake, platform, _ := join(t)
	tries := failing(fake, 1, func(w http.ResponseWriter) {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	answering(t, fake, platform)
	asked := fake.Slash("/ask", "who?", bottest.SlackGeneral, "U0ANN")
	if m := next(t, asked.Answers); m.Only != "" {
		t.Errorf("the answer came another way: %v", m)
	}
	if got := tries.Load(); got != 2 {
		t.Errorf("%d tries, want 2", got)
	}
}

func TestReplyWaitsWhenAskedTo(t *testing.T) {
	fake, platform, _ := join(t)
	answering(t, fake, platform)
	fake.Refuse(time.Second)
	ts, _ := fake.Mention("who?", bottest.SlackGeneral, "U0ANN")
	eventually(t, func() bool { return len(fake.Replies(bottest.SlackGeneral, ts)) == 1 })
}

// Who waits for a slow answer in direct messages is told that it will come, and
// who gets a quick one is told nothing but that.
func TestSlowAnswerHasAStatus(t *testing.T) {
	fake, platform, _ := join(t)
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	var run sync.WaitGroup
	run.Go(func() {
		platform.Run(ctx, func(_ context.Context, c bot.Command) bot.Message {
			if c.Args == "slow?" {
				<-release
			}
			return bot.Message{Text: "Luxon."}
		})
	})
	t.Cleanup(func() { cancel(); run.Wait() })
	fake.Connected(t, 10*time.Second)
	quick, _ := fake.Mention("quick?", bottest.SlackDirect, "U0ANN")
	eventually(t, func() bool { return len(fake.Replies(bottest.SlackDirect, quick)) == 1 })
	slow, _ := fake.Mention("slow?", bottest.SlackDirect, "U0ANN")
	eventually(t, func() bool { return len(fake.Statuses()) == 1 })
	close(release)
	eventually(t, func() bool { return len(fake.Replies(bottest.SlackDirect, slow)) == 1 })
	if got := fake.Statuses(); len(got) != 1 || got[0] == "" {
		t.Errorf("the statuses are %q", got)
	}
}

// A reply waits until its channel takes it, however often Slack asks to wait.
func TestReplyWaitsForItsTurn(t *testing.T) {
	fake, platform, _ := join(t)
	answering(t, fake, platform)
	var refused atomic.Int32
	fake.Intercept(func(method string, w http.ResponseWriter, _ *http.Request) bool {
		if method != "chat.postMessage" || refused.Add(1) > 5 {
			return false
		}
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	})
	ts, _ := fake.Mention("who?", bottest.SlackGeneral, "U0ANN")
	eventually(t, func() bool { return len(fake.Replies(bottest.SlackGeneral, ts)) == 1 })
}

// A command that comes without a response address is answered nevertheless.
func TestNoResponseAddress(t *testing.T) {
	fake, platform, _ := join(t)
	answering(t, fake, platform)
	asked := fake.Slash("/ask", "who?", bottest.SlackGeneral, "U0ANN")
	next(t, asked.Answers)
	fake.Send("slash_commands", map[string]any{"command": "/ask", "text": "what?", "team_id": bottest.SlackTeam,
		"channel_id": bottest.SlackGeneral, "user_id": "U0ANN", "trigger_id": "t1"})
	if m := next(t, asked.Answers); m.Shown() != "You asked: what?" || m.Only != "U0ANN" {
		t.Errorf("the answer is %q for %q", m.Shown(), m.Only)
	}
}
