package discord

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// run has d answer with h until the test ends, and returns what Run returns.
func run(t *testing.T, d *Discord, h bot.Handler) <-chan error {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended, over := make(chan error, 1), make(chan struct{})
	go func() { ended <- d.Run(ctx, h); close(over) }()
	t.Cleanup(func() { cancel(); <-over })
	return ended
}

// luxon answers everything.
func luxon(context.Context, bot.Command) bot.Message {
	return bot.Message{Text: "Luxon.", Private: true}
}

// answers reports an error unless the bot answers a command.
func answers(t *testing.T, fake *bottest.Discord) {
	t.Helper()
	a := fake.Slash("ask", map[string]any{"question": "who?"}, fake.Channel, fake.NewUser())
	if a.Err != nil || a.Shown != "Luxon." {
		t.Errorf("the answer is %q, %v", a.Shown, a.Err)
	}
}

func TestConnectsAgain(t *testing.T) {
	for name, c := range map[string]struct {
		disturb func(*bottest.Discord)
		resumed int
	}{
		"reconnect":              {func(f *bottest.Discord) { f.Reconnect() }, 1},
		"invalid, resumable":     {func(f *bottest.Discord) { f.Invalidate(true) }, 1},
		"invalid, not resumable": {func(f *bottest.Discord) { f.Invalidate(false) }, 0},
		"cut":                    {func(f *bottest.Discord) { f.Drop(0) }, 1},
		"unknown error":          {func(f *bottest.Discord) { f.Drop(4000) }, 1},
		"going away":             {func(f *bottest.Discord) { f.Drop(1001) }, 1},
		"session timed out":      {func(f *bottest.Discord) { f.Drop(4009) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := bottest.NewDiscord(t)
			d, log := join(t, fake)
			run(t, d, luxon)
			ready(t, fake)
			c.disturb(fake)
			if !fake.Ready(2, soon) {
				t.Fatal("the bot does not connect again")
			}
			if _, resumed := fake.Sessions(); resumed != c.resumed {
				t.Errorf("%d sessions were resumed, want %d; the log:\n%s", resumed, c.resumed, log.String())
			}
			answers(t, fake)
			if fake.Puts() != 1 {
				t.Errorf("the commands were put %d times, want once", fake.Puts())
			}
		})
	}
}

func TestSilentGateway(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Heartbeat = 40 * time.Millisecond
	d, log := join(t, fake)
	d.timing.silence = 150 * time.Millisecond
	run(t, d, luxon)
	ready(t, fake)
	fake.Deaf(true)
	if !fake.Ready(2, soon) {
		t.Fatal("the bot does not notice that no heartbeat is acknowledged")
	}
	fake.Deaf(false)
	if _, resumed := fake.Sessions(); resumed != 1 {
		t.Errorf("%d sessions were resumed, want 1", resumed)
	}
	if !strings.Contains(log.String(), errSilent.Error()) {
		t.Error("the reason is not logged")
	}
	answers(t, fake)
}

func TestFatalClose(t *testing.T) {
	for code := range fatal {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			fake := bottest.NewDiscord(t)
			fake.RefuseIdentify(code)
			d, _ := join(t, fake)
			ends(t, run(t, d, luxon), strconv.Itoa(code), fatal[code])
		})
	}
	t.Run("wrong token", func(t *testing.T) {
		fake := bottest.NewDiscord(t)
		d, _ := join(t, fake)
		fake.Token = "another"
		ends(t, run(t, d, luxon), "401", "DISCORD_TOKEN")
	})
	t.Run("in the midst of a session", func(t *testing.T) {
		fake := bottest.NewDiscord(t)
		d, _ := join(t, fake)
		ended := run(t, d, luxon)
		ready(t, fake)
		fake.RefuseIdentify(4014)
		fake.Invalidate(false)
		ends(t, ended, "4014", "intent")
	})
}

// ends reports an error unless Run ends by itself and says all of words.
func ends(t *testing.T, ended <-chan error, words ...string) {
	t.Helper()
	select {
	case err := <-ended:
		for _, word := range words {
			if err == nil || !strings.Contains(err.Error(), word) {
				t.Errorf("Run returned %v, want an error that says %q", err, word)
			}
		}
	case <-time.After(soon):
		t.Error("Run goes on")
	}
}

func TestOddEvents(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, log := join(t, fake)
	run(t, d, luxon)
	ready(t, fake)
	for _, event := range []string{"INTERACTION_CREATE", "MESSAGE_CREATE", "READY", "RESUMED", "CHANNEL_DELETE", "NEVER_HEARD_OF"} {
		for _, data := range []any{
			map[string]any{},
			map[string]any{"id": "1", "type": 2, "token": "x"},
			map[string]any{"id": "2", "type": 2, "token": "x", "data": map[string]any{"name": "ask"}},
			map[string]any{"id": "3", "type": 2, "token": "x", "data": "text", "user": map[string]any{"id": "1"}},
			map[string]any{"id": "4", "type": 99, "data": map[string]any{}, "member": map[string]any{}},
			map[string]any{"id": 5, "type": "two", "author": []any{}, "content": 7},
			map[string]any{"id": "6", "content": "<@" + fake.App + "> hello", "author": nil},
			[]any{1}, "text", 7,
		} {
			fake.Dispatch(event, data)
		}
	}
	fake.Raw(websocket.TextMessage, []byte("{"))
	fake.Raw(websocket.TextMessage, []byte(`{"op":77}`))
	fake.Raw(websocket.BinaryMessage, []byte("no zlib"))
	fake.Raw(websocket.BinaryMessage, []byte("x\x9c\xff\xff\xff"))
	answers(t, fake)
	if strings.Contains(log.String(), "panic") {
		t.Errorf("a panic is logged:\n%s", log)
	}
}

func TestCompressed(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Compress()
	d, _ := join(t, fake)
	run(t, d, luxon)
	ready(t, fake)
	answers(t, fake)
}

// TestMuteGateway sees that a gateway which takes the connection and says
// nothing is given up.
func TestMuteGateway(t *testing.T) {
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	fake := bottest.NewDiscord(t)
	fake.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/gateway/bot") {
			return false
		}
		fake.Intercept(nil) // the next time, it is the true one
		fmt.Fprintf(w, `{"url":"ws://%s","shards":1,"session_start_limit":{"total":9,"remaining":9,"reset_after":0,"max_concurrency":1}}`, mute.Addr())
		return true
	})
	d, log := join(t, fake)
	d.timing.open = 50 * time.Millisecond
	run(t, d, luxon)
	if fake.Ready(1, 100*time.Millisecond) {
		t.Fatal("the bot did not go where the gateway was said to be")
	}
	ready(t, fake)
	answers(t, fake)
	if !strings.Contains(log.String(), "again") {
		t.Error("that there was no connection is not logged")
	}
}

// TestEndsWhileOpening sees that Run ends in time although Discord does not
// answer.
func TestEndsWhileOpening(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	fake.Latency = time.Minute
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx, luxon) }()
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Second):
		t.Error("Run does not end within a second")
	}
}
