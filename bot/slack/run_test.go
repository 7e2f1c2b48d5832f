package slack_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// alive sees that a command is still answered.
func alive(t *testing.T, fake *bottest.Slack) {
	t.Helper()
	fake.Connected(t, 10*time.Second)
	asked := fake.Slash("/ask", "still there?", bottest.SlackGeneral, "U0ANN")
	if got := next(t, asked.Answers).Shown(); got != "You asked: still there?" {
		t.Errorf("the answer is %q", got)
	}
}

func TestLostConnections(t *testing.T) {
	for name, lose := range map[string]func(*bottest.Slack){
		"refresh":      func(s *bottest.Slack) { s.Disconnect("refresh_requested") },
		"warning":      func(s *bottest.Slack) { s.Disconnect("warning") },
		"too many":     func(s *bottest.Slack) { s.Disconnect("too_many_websockets") },
		"without word": (*bottest.Slack).Break,
	} {
		t.Run(name, func(t *testing.T) {
			fake, platform, _ := join(t)
			answering(t, fake, platform)
			for range 2 {
				opened := fake.Opened()
				lose(fake)
				fake.Reconnected(t, opened, 10*time.Second)
				alive(t, fake)
			}
		})
	}
}

func TestStrangeFrames(t *testing.T) {
	fake, platform, log := join(t)
	answering(t, fake, platform)
	for _, raw := range []string{
		"", "{", "null", "[]", `"text"`, "17", "{}", `{"type":null}`, `{"type":"events_api"}`, "\x00\xff",
		`{"type":"events_api","payload":null}`, `{"type":"events_api","payload":{}}`,
		`{"type":"events_api","payload":{"type":"event_callback"}}`,
		`{"type":"events_api","payload":{"type":"event_callback","event":null}}`,
		`{"type":"events_api","payload":{"type":"event_callback","event":[]}}`,
		`{"type":"events_api","payload":{"type":"event_callback","event":{"type":"message","message":null,"channel_type":"im"}}}`,
		`{"type":"events_api","payload":{"type":"app_rate_limited"}}`,
		`{"type":"slash_commands","payload":null}`, `{"type":"slash_commands","payload":[]}`,
		`{"type":"interactive","payload":null}`, `{"type":"interactive","payload":{"actions":null}}`,
		`{"type":"telepathy","payload":{}}`, `{"type":"hello"}`,
		`{"envelope_id":17,"type":"events_api"}`, strings.Repeat("[", 20_000),
	} {
		fake.Connected(t, 10*time.Second)
		fake.Push(raw)
	}
	alive(t, fake)
	if strings.Contains(log.String(), "panic") {
		t.Errorf("something panicked:\n%s", log)
	}
}

func TestEverythingIsAcknowledged(t *testing.T) {
	fake, platform, _ := join(t)
	answering(t, fake, platform)
	for kind, payloads := range map[string][]any{
		"events_api": {map[string]any{}, map[string]any{"type": "event_callback"}, []any{}, nil, "text",
			map[string]any{"type": "event_callback", "event": map[string]any{"type": "telepathy"}}},
		"slash_commands": {map[string]any{}, nil, []any{}, map[string]any{"is_enterprise_install": "perhaps"}},
		"interactive":    {map[string]any{}, nil, map[string]any{"type": "block_actions"}},
		"telepathy":      {map[string]any{"text": strings.Repeat("x", 70_000)}},
	} {
		for _, payload := range payloads {
			e := fake.Send(kind, payload)
			select {
			case <-e.Acked:
			case <-e.Late:
				t.Errorf("%s %.100v was not acknowledged", kind, payload)
			}
		}
	}
}

func TestManyCommandsAtOnce(t *testing.T) {
	const commands, atOnce = 100, 32
	fake, platform, _ := join(t)
	var running, most atomic.Int32
	release := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	var run sync.WaitGroup
	run.Go(func() {
		platform.Run(ctx, func(context.Context, bot.Command) bot.Message {
			defer running.Add(-1)
			if n := running.Add(1); n > most.Load() {
				most.Store(n)
			}
			<-release
			return bot.Message{Text: "Luxon."}
		})
	})
	t.Cleanup(func() { cancel(); run.Wait() })
	fake.Connected(t, 10*time.Second)
	var asked []*bottest.Asked
	for range commands {
		asked = append(asked, fake.Slash("/ask", "who?", bottest.SlackGeneral, "U0ANN"))
	}
	for _, a := range asked {
		next(t, a.Acked)
	}
	close(release)
	for _, a := range asked {
		next(t, a.Answers)
	}
	if got := most.Load(); got > atOnce {
		t.Errorf("%d commands were answered at the same time, want at most %d", got, atOnce)
	}
}

func TestRunWaitsForSlackToComeUp(t *testing.T) {
	fake, platform, _ := join(t)
	var calls atomic.Int32
	fake.Intercept(func(_ string, w http.ResponseWriter, _ *http.Request) bool {
		if calls.Add(1) > 1 {
			return false
		}
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	})
	answering(t, fake, platform)
	alive(t, fake)
}

// What cannot be shown, by a mistake of the program, takes nothing else with it.
func TestPanicTakesNothingWithIt(t *testing.T) {
	fake, platform, log := join(t)
	ctx, cancel := context.WithCancel(t.Context())
	var run sync.WaitGroup
	run.Go(func() {
		platform.Run(ctx, func(_ context.Context, c bot.Command) bot.Message {
			if c.Args == "boom" {
				return bot.Message{Quotes: []bot.Quote{{}}} // of no publication
			}
			return bot.Message{Text: "You asked: " + c.Args}
		})
	})
	t.Cleanup(func() { cancel(); run.Wait() })
	fake.Connected(t, 10*time.Second)
	next(t, fake.Slash("/ask", "boom", bottest.SlackGeneral, "U0ANN").Acked)
	fake.Mention("boom", bottest.SlackGeneral, "U0ANN")
	eventually(t, func() bool { return strings.Count(log.String(), "slack: panic") == 2 })
	alive(t, fake)
}
