package discord

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// A mishap is how Discord fails one request, or several one after the other.
type mishap struct {
	method, path string // of the request; the path ends so
	status       int
	kind, body   string
	times        int32
	pause        time.Duration
	lost         bool // whether the answer cannot be given
}

const (
	callbackPath = "/callback"
	originalPath = "/messages/@original"
	messagesEnd  = "/messages"
)

var mishaps = map[string]mishap{
	"unknown interaction": {http.MethodPost, callbackPath, 404, "application/json", `{"code":10062,"message":"Unknown interaction"}`, 1, 0, true},
	"500":                 {http.MethodPost, callbackPath, 500, "text/html", "<html>", 1, 0, false},
	"502":                 {http.MethodPost, callbackPath, 502, "text/html", "<html>", 1, 0, false},
	"503":                 {http.MethodPost, callbackPath, 503, "", "", 1, 0, false},
	"504":                 {http.MethodPost, callbackPath, 504, "text/html", "<html>", 1, 0, false},
	"429 as a page":       {http.MethodPost, callbackPath, 429, "text/html", "<html>", 1, 0, false},
	"429 for this":        {http.MethodPost, callbackPath, 429, "application/json", `{"message":"","retry_after":0.2,"global":false}`, 1, 0, false},
	"429 for all":         {http.MethodPost, callbackPath, 429, "application/json", `{"message":"","retry_after":0.2,"global":true}`, 1, 0, false},
	"429 for an hour":     {http.MethodPost, callbackPath, 429, "application/json", `{"message":"","retry_after":3600,"global":false}`, 1, 0, true},
	"3.2 s late":          {http.MethodPost, callbackPath, 0, "", "", 1, 3200 * time.Millisecond, true},
	"later, 500":          {http.MethodPatch, originalPath, 500, "text/html", "<html>", 2, 0, false},
	"later, 429":          {http.MethodPatch, originalPath, 429, "text/html", "<html>", 2, 0, false},
	"later, webhook gone": {http.MethodPatch, originalPath, 404, "application/json", `{"code":10015,"message":"Unknown Webhook"}`, 1, 0, true},
	"later, token old":    {http.MethodPatch, originalPath, 401, "application/json", `{"code":50027,"message":"Invalid Webhook Token"}`, 1, 0, true},
	"later, deleted":      {http.MethodPatch, originalPath, 404, "application/json", `{"code":10008,"message":"Unknown Message"}`, 1, 0, true},
	"reply, 502":          {http.MethodPost, messagesEnd, 502, "text/html", "<html>", 1, 0, false},
	"reply, no right":     {http.MethodPost, messagesEnd, 403, "application/json", `{"code":50013,"message":"Missing Permissions"}`, 1, 0, true},
	"reply, no access":    {http.MethodPost, messagesEnd, 403, "application/json", `{"code":50001,"message":"Missing Access"}`, 1, 0, true},
	"reply, channel gone": {http.MethodPost, messagesEnd, 404, "application/json", `{"code":10003,"message":"Unknown Channel"}`, 1, 0, true},
}

// TestMishaps sees that an answer is given once in spite of what can be got over,
// that nothing is given twice, and that whatever happens, the next one is
// answered and no secret is logged.
func TestMishaps(t *testing.T) {
	for name, c := range mishaps {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tryMishap(t, c)
		})
	}
}

func tryMishap(t *testing.T, c mishap) {
	fake := bottest.NewDiscord(t)
	d, log := join(t, fake)
	d.timing.ack = 100 * time.Millisecond
	run(t, d, func(_ context.Context, asked bot.Command) bot.Message {
		if asked.Args == "slow" {
			time.Sleep(2 * d.timing.ack)
		}
		return bot.Message{Text: "Luxon.", Private: asked.Args == "who?"}
	})
	ready(t, fake)
	var tries atomic.Int32
	fake.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != c.method || !strings.HasSuffix(r.URL.Path, c.path) || tries.Add(1) > c.times {
			return false
		}
		time.Sleep(c.pause)
		if c.status == 0 {
			return false
		}
		w.Header().Set("Content-Type", c.kind)
		w.WriteHeader(c.status)
		w.Write([]byte(c.body))
		return true
	})
	given := suffer(fake, log, c)
	if c.lost == given {
		t.Errorf("the answer is given: %v", given)
	}
	if n := len(fake.Shown(fake.Channel)); given && n != 1 {
		t.Errorf("it is given %d times", n)
	}
	answers(t, fake)
	for _, secret := range fake.Secrets() {
		if strings.Contains(log.String(), secret) {
			t.Error("a token is logged")
		}
	}
}

// suffer has somebody ask so that c befalls the answer, and reports whether they
// get it. That they do not is in the log.
func suffer(fake *bottest.Discord, log *bottest.Log, c mishap) bool {
	answer := make(<-chan bottest.DiscordAnswer)
	if c.path == messagesEnd {
		fake.Say("<@"+fake.App+"> who was there?", fake.Channel, bottest.DiscordUser{ID: fake.NewUser()})
	} else {
		question := map[bool]string{true: "slow", false: "quick"}[c.path == originalPath]
		answer = fake.Begin("ask", map[string]any{"question": question, "private": false}, fake.Channel, fake.NewUser()).Answer
	}
	for end := time.Now().Add(soon); time.Now().Before(end); {
		select {
		case a := <-answer:
			return a.Err == nil
		case <-time.After(time.Millisecond):
		}
		if c.path == messagesEnd && len(fake.Shown(fake.Channel)) > 0 {
			return true
		}
		if strings.Contains(log.String(), "discord: answer a command") || strings.Contains(log.String(), "discord: reply to a message") {
			return false
		}
	}
	return false
}
