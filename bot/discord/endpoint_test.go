package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// An outside is Discord as the endpoint sees it: it signs requests.
type outside struct {
	fake *bottest.Discord
	key  ed25519.PrivateKey
	at   time.Time // that requests are signed as sent; zero for now
}

// reach returns the bot without a gateway, running, and who sends it requests.
func reach(t *testing.T, h bot.Handler, change func(*Discord)) (*Discord, *outside, *bottest.Log) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	fake := bottest.NewDiscord(t)
	d, log := join(t, fake)
	d.key, d.noGateway, d.endpoint = public, true, "https://bot.example.org"
	if change != nil {
		change(d)
	}
	run(t, d, h)
	if !fake.Registered(soon) {
		t.Fatal("the bot does not put its commands")
	}
	return d, &outside{fake: fake, key: private}, log
}

// signed returns a request with body as Discord makes it.
func (o *outside) signed(body string) *http.Request {
	at := o.at
	if at.IsZero() {
		at = time.Now()
	}
	stamp := fmt.Sprint(at.Unix())
	r := httptest.NewRequest(http.MethodPost, interactionsPath, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(o.key, append([]byte(stamp), body...))))
	return r
}

// asks returns an interaction that asks a question, as Discord sends it.
func (o *outside) asks(id string) string {
	raw, _ := json.Marshal(map[string]any{
		"id": id, "application_id": o.fake.App, "type": 2, "token": "t" + id, "version": 1, "guild_id": o.fake.Guild, "channel_id": o.fake.Channel,
		"app_permissions": "2147568640", "context": 0, "member": map[string]any{"user": map[string]any{"id": "1", "username": "ann"}, "roles": []any{}},
		"data": map[string]any{"id": "2", "type": 1, "name": "ask", "options": []any{map[string]any{"name": "question", "type": 3, "value": "who?"}}},
	})
	return string(raw)
}

// send has d answer r.
func send(d *Discord, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

func TestEndpointPing(t *testing.T) {
	d, o, _ := reach(t, luxon, nil)
	w := send(d, o.signed(`{"id":"1","type":1,"token":"x"}`))
	if w.Code != http.StatusOK || w.Body.String() != `{"type":1}` || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("a ping is answered %d %s", w.Code, w.Body)
	}
}

// TestEndpointAnswers sees that the first response is the answer to the request,
// and that nothing else is sent; and that an event that comes twice is answered
// once.
func TestEndpointAnswers(t *testing.T) {
	var calls atomic.Int32
	d, o, _ := reach(t, func(_ context.Context, c bot.Command) bot.Message {
		calls.Add(1)
		return bot.Message{Text: c.Name + " " + c.Args, Private: true}
	}, nil)
	before := len(o.fake.Requests())
	r := o.signed(o.asks("11"))
	again := r.Clone(t.Context())
	again.Body = o.signed(o.asks("11")).Body
	w := send(d, r)
	var got struct {
		Type int
		Data struct{ Flags int }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK || got.Type != respondMessage || got.Data.Flags&64 == 0 || !strings.Contains(w.Body.String(), "ask who?") {
		t.Errorf("the answer is %d %s", w.Code, w.Body)
	}
	if w := send(d, again); w.Code != http.StatusUnauthorized {
		t.Errorf("a request that came before is answered %d", w.Code)
	}
	o.at = time.Now().Add(time.Second)
	d.timing.response = 20 * time.Millisecond
	if w := send(d, o.signed(o.asks("11"))); w.Code != http.StatusAccepted {
		t.Errorf("an interaction that was answered is answered again: %d", w.Code)
	}
	if calls.Load() != 1 || len(o.fake.Requests()) != before {
		t.Errorf("the handler was called %d times; Discord was sent %q", calls.Load(), o.fake.Requests()[before:])
	}
}

// TestEndpointLate sees that an answer which takes long is acknowledged as the
// response, and follows by a request of ours.
func TestEndpointLate(t *testing.T) {
	release := make(chan struct{})
	d, o, _ := reach(t, func(context.Context, bot.Command) bot.Message {
		<-release
		return bot.Message{Text: "Luxon.", Private: true}
	}, func(d *Discord) { d.timing.ack = 10 * time.Millisecond })
	patched := make(chan string, 1)
	o.fake.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPatch {
			var body bytes.Buffer
			_, _ = body.ReadFrom(r.Body)
			patched <- r.URL.Path + " " + body.String()
			fmt.Fprint(w, `{}`)
			return true
		}
		return false
	})
	w := send(d, o.signed(o.asks("12")))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), `{"type":5`) {
		t.Fatalf("the acknowledgement is %d %s", w.Code, w.Body)
	}
	close(release)
	select {
	case p := <-patched:
		if !strings.Contains(p, "/t12/messages/@original") || !strings.Contains(p, "Luxon.") {
			t.Errorf("the answer goes to %s", p)
		}
	case <-time.After(soon):
		t.Error("there is no answer")
	}
}

// TestEndpointRefuses sees that what is not Discord's is refused before it is
// looked into.
func TestEndpointRefuses(t *testing.T) {
	d, o, log := reach(t, func(context.Context, bot.Command) bot.Message {
		t.Error("the handler is called")
		return bot.Message{}
	}, nil)
	body := o.asks("13")
	for name, c := range map[string]struct {
		change func(r *http.Request) *http.Request
		status int
	}{
		"no signature": {func(r *http.Request) *http.Request { r.Header.Del("X-Signature-Ed25519"); return r }, 401},
		"no digits":    {func(r *http.Request) *http.Request { r.Header.Set("X-Signature-Ed25519", "zz"); return r }, 401},
		"too short":    {func(r *http.Request) *http.Request { r.Header.Set("X-Signature-Ed25519", "ab"); return r }, 401},
		"another's": {func(r *http.Request) *http.Request {
			return (&outside{fake: o.fake, key: ed25519.NewKeyFromSeed(make([]byte, 32))}).signed(body)
		}, 401},
		"no time":       {func(r *http.Request) *http.Request { r.Header.Del("X-Signature-Timestamp"); return r }, 401},
		"time in words": {func(r *http.Request) *http.Request { r.Header.Set("X-Signature-Timestamp", "now"); return r }, 401},
		"another time": {func(r *http.Request) *http.Request {
			r.Header.Set("X-Signature-Timestamp", fmt.Sprint(time.Now().Unix()-1))
			return r
		}, 401},
		"too old": {func(*http.Request) *http.Request {
			return (&outside{o.fake, o.key, time.Now().Add(-6 * time.Minute)}).signed(body)
		}, 401},
		"too early": {func(*http.Request) *http.Request {
			return (&outside{o.fake, o.key, time.Now().Add(6 * time.Minute)}).signed(body)
		}, 401},
		"another body": {func(r *http.Request) *http.Request { r.Body = o.signed(o.asks("14")).Body; return r }, 401},
		"too large":    {func(*http.Request) *http.Request { return o.signed(strings.Repeat(" ", maxRequest) + body) }, 413},
		"not JSON":     {func(*http.Request) *http.Request { return o.signed("hello") }, 400},
		"null":         {func(*http.Request) *http.Request { return o.signed("null") }, 400},
		"empty":        {func(*http.Request) *http.Request { return o.signed("{}") }, 400},
		"no POST":      {func(r *http.Request) *http.Request { r.Method = http.MethodGet; return r }, 405},
		"another path": {func(r *http.Request) *http.Request { r.URL.Path = "/discord/"; return r }, 404},
	} {
		if w := send(d, c.change(o.signed(body))); w.Code != c.status {
			t.Errorf("%s: %d %s, want %d", name, w.Code, strings.TrimSpace(w.Body.String()), c.status)
		}
	}
	if strings.Contains(log.String(), "who?") || strings.Contains(log.String(), "t13") {
		t.Error("what was refused is logged")
	}
}

// TestEndpointClosed sees that nothing is taken in before Run and without a key.
func TestEndpointClosed(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	o := &outside{fake: fake, key: ed25519.NewKeyFromSeed(make([]byte, 32))}
	if w := send(d, o.signed(o.asks("1"))); w.Code != http.StatusNotFound {
		t.Errorf("without a key: %d", w.Code)
	}
	d.key = o.key.Public().(ed25519.PublicKey)
	if w := send(d, o.signed(o.asks("1"))); w.Code != http.StatusServiceUnavailable {
		t.Errorf("before Run: %d", w.Code)
	}
}

// TestEndpointAlone sees that no gateway is opened where none is wanted, and
// that a wrong token ends Run.
func TestEndpointAlone(t *testing.T) {
	d, o, _ := reach(t, luxon, nil)
	if w := send(d, o.signed(o.asks("15"))); w.Code != http.StatusOK {
		t.Errorf("the answer is %d", w.Code)
	}
	if began, _ := o.fake.Sessions(); began != 0 || slices.Contains(o.fake.Requests(), "GET /gateway/bot") {
		t.Errorf("%d sessions were begun", began)
	}
	fake := bottest.NewDiscord(t)
	d, _ = join(t, fake)
	d.noGateway = true
	fake.Token = "another"
	ends(t, run(t, d, luxon), "401", "DISCORD_TOKEN")
}

func TestPublicKey(t *testing.T) {
	for text, good := range map[string]bool{
		strings.Repeat("ab", 32): true, strings.Repeat("AB", 32): true, "": false, "abc": false,
		strings.Repeat("ab", 31): false, strings.Repeat("xy", 32): false,
	} {
		if _, err := PublicKey(text); (err == nil) != good || err != nil && (!strings.Contains(err.Error(), "DISCORD_PUBLIC_KEY") || text != "" && strings.Contains(err.Error(), text)) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
