package discord

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/bot/bottest"
)

// TestInvalidRequestsRest sees that after a number of invalid requests no more
// are made for a while, that this is logged once and told, and that they are
// made again after it.
func TestInvalidRequestsRest(t *testing.T) {
	const limit = 6
	fake := bottest.NewDiscord(t)
	d, log := join(t, fake)
	var mu sync.Mutex
	now := time.Now()
	pass := func(wait time.Duration) { mu.Lock(); defer mu.Unlock(); now = now.Add(wait) }
	d.now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	counted := &invalid{limit: limit, now: d.now, tell: d.rests}
	d.rest = newREST(Config{Token: fake.Token, APIURL: fake.URL()}, d.rest.session.Client, counted)
	sent := 0
	answer := func(status int, scope string) {
		fake.Intercept(func(w http.ResponseWriter, _ *http.Request) bool {
			sent++
			w.Header().Set("X-RateLimit-Scope", scope)
			w.WriteHeader(status)
			fmt.Fprint(w, `{"code":0,"message":"no","retry_after":0}`)
			return true
		})
	}
	ask := func() error { return d.rest.call(t.Context(), "x", http.MethodGet, "/users/@me", nil, nil) }
	for range 3 * limit { // none of these counts
		answer(429, "shared")
		_ = ask()
		answer(404, "")
		_ = ask()
	}
	sent = 0
	for range limit {
		for _, status := range []int{401, 403, 429} {
			answer(status, "user")
			if err := ask(); err == nil {
				t.Error("a refusal is no error")
			}
		}
		pass(time.Second)
	}
	if sent != limit {
		t.Errorf("%d requests were sent, want %d", sent, limit)
	}
	if !strings.Contains(d.Trouble(), "requests: so many were invalid that all of them rest until ") {
		t.Errorf("the trouble is %q", d.Trouble())
	}
	if n := strings.Count(log.String(), "too many invalid requests"); n != 1 {
		t.Errorf("it is logged %d times, want once", n)
	}
	pass(invalidMemory)
	fake.Intercept(nil)
	if err := ask(); err != nil || d.Trouble() != "" {
		t.Errorf("after the rest: %v, trouble %q", err, d.Trouble())
	}
}

// TestInvalidWindow sees that requests which are invalid now and then never add
// up to a rest.
func TestInvalidWindow(t *testing.T) {
	now := time.Now()
	c := &invalid{limit: 10, now: func() time.Time { return now }, tell: func(time.Time) { t.Error("a rest is told") }}
	for range 100 {
		c.count(&http.Response{StatusCode: 403})
		now = now.Add(invalidMemory / 9)
		if c.rest() > 0 {
			t.Fatal("requests rest")
		}
	}
	if len(c.at) > 10 {
		t.Errorf("%d are remembered", len(c.at))
	}
}
