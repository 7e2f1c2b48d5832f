package bottest_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/bot/slack"
)

// boltEnv names the folder in whose node_modules @slack/bolt is installed.
const boltEnv = "RAPPORTEUR_BOLT"

// An app on Slack's own framework, which knows nothing of us, lives on the fake
// Slack as on the real one.
func TestBoltLivesOnTheFake(t *testing.T) {
	s := bottest.NewSlack(t)
	s.SetInterval(time.Millisecond)
	startNode(t, boltEnv, "@slack/bolt", "bolt/app.cjs", "SLACK_API_URL="+s.URL(), "SLACK_BOT_TOKEN="+s.BotToken, "SLACK_APP_TOKEN="+s.AppToken)
	s.Connected(t, 30*time.Second)
	converse(t, s)
}

// Our own bot is held to the same conversation.
func TestOurBotLivesOnTheFake(t *testing.T) {
	s := bottest.NewSlack(t)
	s.SetInterval(time.Millisecond)
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	var log bottest.Log
	app := slack.New(slack.Config{BotToken: s.BotToken, AppToken: s.AppToken, APIURL: s.URL(), Interval: time.Millisecond}, client, log.Logger(), time.Now)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- app.Run(ctx, func(_ context.Context, c bot.Command) bot.Message {
			if c.Name == bot.ActionNext {
				return bot.Message{Text: "The next passage", Replace: true}
			}
			m := bot.Message{Text: "You asked: " + c.Args, Private: c.Thread == ""}
			if c.Workspace != "" {
				m.Actions = []bot.Action{{Name: bot.ActionNext, Label: "Next passage", ID: "1"}}
			}
			return m
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	s.Connected(t, 30*time.Second)
	converse(t, s)
}

// converse has a person use all that the app offers.
func converse(t *testing.T, s *bottest.Slack) {
	t.Helper()
	asked := s.Slash("/ask", "R&D <b>?", bottest.SlackGeneral, "U0ANN")
	took(t, asked.Envelope)
	m := answer(t, asked)
	if m.Only != "U0ANN" || !strings.HasPrefix(m.Shown(), "You asked: R&D <b>?") {
		t.Errorf("the answer is %q for %q", m.Shown(), m.Only)
	}
	pressed := s.Press(m, "Next passage", "U0ANN")
	took(t, pressed.Envelope)
	if m := answer(t, pressed); !m.Replaces || m.Shown() != "The next passage" {
		t.Errorf("after the button: %q, in its place: %t", m.Shown(), m.Replaces)
	}
	ts, events := s.Mention("hello", bottest.SlackGeneral, "U0ANN")
	for _, e := range events {
		took(t, e)
	}
	until(t, func() bool { return len(s.Replies(bottest.SlackGeneral, ts)) == 1 })
	took(t, s.Shortcut("ask_library", "U0ANN").Envelope)
	until(t, func() bool { _, open := s.Modal("U0ANN"); return open })
	form, _ := s.Modal("U0ANN")
	took(t, s.Submit(form, map[string]map[string]string{"question": {"question": "who?"}}))
	until(t, func() bool { v, _ := s.Modal("U0ANN"); return v.Shown() == "You asked: who?" })
}

func took(t *testing.T, e *bottest.Envelope) {
	t.Helper()
	select {
	case <-e.Acked:
	case <-e.Late:
		t.Fatal("not acknowledged in time")
	}
}

func answer(t *testing.T, a *bottest.Asked) (m bottest.SlackMessage) {
	t.Helper()
	select {
	case m = <-a.Answers:
	case <-time.After(10 * time.Second):
		t.Fatal("no answer within 10 s")
	}
	return m
}

func until(t *testing.T, so func() bool) {
	t.Helper()
	for late := time.Now().Add(10 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("it does not happen within 10 s")
		}
	}
}
