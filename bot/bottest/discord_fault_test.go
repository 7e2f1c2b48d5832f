package bottest

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"
)

func TestDiscordFaults(t *testing.T) {
	a := newDiscordApp(t, "")
	path := "/channels/" + a.Channel + "/messages"
	a.Fail("POST /channels/*/messages", 1, DiscordTooMany(time.Second))
	a.Fail("POST /channels/*/messages", 1, DiscordTooManyPage(time.Second))
	a.Fail("POST /channels/*/messages", 1, DiscordTooManyBare())
	lost := DiscordBroken(http.StatusBadGateway)
	lost.Done = true
	a.Fail("*", 1, lost)
	a.refused("another kind", "GET", "/users/@me", "", 502, 0)
	for i, want := range []int{429, 429, 429, 200} {
		if status, raw := a.request("POST", path, `{"content":"x"}`); status != want || i == 1 && json.Valid(raw) {
			t.Errorf("request %d: %d %s", i, status, raw)
		}
	}
	a.Fail("POST /channels/*/messages", -1, lost)
	for range 2 {
		a.refused("the answer is lost", "POST", path, `{"content":"x"}`, 502, 0)
	}
	a.Heal()
	if n := len(a.Messages(a.Channel)); n != 3 {
		t.Errorf("%d messages, want 3: two had only their answers lost", n)
	}
	a.LimitAll(time.Hour)
	a.refused("everything", "GET", "/users/@me", "", 429, 0)
	a.refused("but interactions", "POST", a.hook(map[string]any{"token": "x"}), `{"content":"x"}`, 404, codeUnknownWebhook)
	a.refused("of either kind", "POST", "/interactions/1/x/callback", said, 404, codeUnknownInteraction)
	a.LimitAll(0)
	a.RefuseNext(time.Second)
	a.refused("what others used up", "POST", path, `{"content":"x"}`, 429, 0)
	if n := a.Invalid(); n != 4 {
		t.Errorf("%d invalid requests, want 4: what others used up does not count", n)
	}
}

// TestDiscordTooMany sees what each refusal for too many requests says.
func TestDiscordTooMany(t *testing.T) {
	a := newDiscordApp(t, "")
	for name, c := range map[string]struct {
		fault  DiscordFault
		header map[string]string
		global bool
	}{
		"one route": {DiscordTooMany(1500 * time.Millisecond),
			map[string]string{"Retry-After": "2", "X-RateLimit-Reset-After": "1.500", "X-RateLimit-Remaining": "0", "X-RateLimit-Scope": "user"}, false},
		"global": {DiscordTooManyGlobal(time.Second),
			map[string]string{"Retry-After": "1", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global", "X-RateLimit-Remaining": ""}, true},
		"page": {DiscordTooManyPage(time.Second), map[string]string{"Retry-After": "1", "Content-Type": "text/html; charset=UTF-8"}, false},
		"bare": {DiscordTooManyBare(), map[string]string{"Retry-After": ""}, false},
	} {
		a.Fail("GET /gateway", 1, c.fault)
		resp, err := http.Get(a.URL() + "/api/v10/gateway")
		if err != nil {
			t.Fatal(err)
		}
		var said struct{ Global bool }
		_ = json.NewDecoder(resp.Body).Decode(&said) // a page is not global
		resp.Body.Close()
		for h, want := range c.header {
			if got := resp.Header.Get(h); got != want {
				t.Errorf("%s: %s is %q, want %q", name, h, got, want)
			}
		}
		if resp.StatusCode != 429 || said.Global != c.global {
			t.Errorf("%s: %d, global: %t", name, resp.StatusCode, said.Global)
		}
	}
}

func TestDiscordForgets(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	a.answered(a.Channel, a.NewUser(), 0)
	a.Forget()
	if n := len(a.Messages(a.Channel)) + len(a.Requests()) + len(a.Secrets()); n != 1 {
		t.Errorf("%d things are kept, want the token", n)
	}
	a.answered(a.Channel, a.NewUser(), 0)
}
