package discord

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/corpus"
)

var hello = bot.Message{Text: "Hello."}

// TestRefusals sees what Post makes of each way in which Discord fails, and
// that it asks once only.
func TestRefusals(t *testing.T) {
	const json, page = "application/json", "text/html"
	for name, c := range map[string]struct {
		status     int
		kind, body string
		wait       string // Retry-After
		gone       bool
		retry      bool
		after      time.Duration
	}{
		"unknown channel":       {status: 404, kind: json, body: `{"code":10003,"message":"Unknown Channel"}`, gone: true},
		"missing access":        {status: 403, kind: json, body: `{"code":50001,"message":"Missing Access"}`, gone: true},
		"missing permissions":   {status: 403, kind: json, body: `{"code":50013,"message":"Missing Permissions"}`, gone: true},
		"archived thread":       {status: 400, kind: json, body: `{"code":50083,"message":"Thread is archived"}`, gone: true},
		"no direct messages":    {status: 403, kind: json, body: `{"code":50007,"message":"Cannot send messages to this user"}`, gone: true},
		"form":                  {status: 400, kind: json, body: `{"code":50035,"message":"Invalid Form Body"}`, retry: true},
		"token":                 {status: 401, kind: json, body: `{"code":0,"message":"401: Unauthorized"}`, retry: true},
		"too many":              {status: 429, kind: json, body: `{"message":"","retry_after":1.5,"global":false}`, wait: "2", retry: true, after: 1500 * time.Millisecond},
		"too many, header only": {status: 429, kind: json, body: `{}`, wait: "3", retry: true, after: 3 * time.Second},
		"too many, a page":      {status: 429, kind: page, body: "<html>banned", wait: "7", retry: true, after: 7 * time.Second},
		"too many, silent":      {status: 429, kind: page, retry: true},
		"too many, nonsense":    {status: 429, kind: json, body: `{"retry_after":"soon"}`, wait: "soon", retry: true},
		"too many, negative":    {status: 429, kind: json, body: `{"retry_after":-4}`, retry: true},
		"500":                   {status: 500, kind: json, body: `{"message":"500: Internal Server Error","code":0}`},
		"502":                   {status: 502, kind: page, body: "<html>"},
		"503":                   {status: 503, kind: page},
		"504":                   {status: 504, kind: page},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := bottest.NewDiscord(t)
			d, _ := join(t, fake)
			fake.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodGet {
					return false
				}
				w.Header().Set("Content-Type", c.kind)
				if c.wait != "" {
					w.Header().Set("Retry-After", c.wait)
				}
				w.WriteHeader(c.status)
				w.Write([]byte(c.body))
				return true
			})
			_, err := d.Post(t.Context(), fake.Channel, "key", hello)
			var retry *bot.RetryError
			if errors.Is(err, bot.ErrGone) != c.gone || errors.As(err, &retry) != c.retry || err == nil {
				t.Fatalf("Post: %v, want gone %v, to be tried again %v", err, c.gone, c.retry)
			}
			if c.retry && retry.After != c.after {
				t.Errorf("Post: to be tried again after %v, want %v", retry.After, c.after)
			}
			if posts := slices.DeleteFunc(fake.Requests(), func(r string) bool { return !strings.HasPrefix(r, "POST ") }); len(posts) != 1 {
				t.Errorf("%q: want one post", posts)
			}
		})
	}
}

// TestBroken sees that a post whose answer does not come is neither refused
// nor gone: nobody knows whether it was made.
func TestBroken(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	var drop atomic.Bool
	fake.SetHooks(nil, func() {
		if drop.CompareAndSwap(true, false) {
			panic(http.ErrAbortHandler) // the connection breaks once the post is made
		}
	})
	drop.Store(true)
	_, err := d.Post(t.Context(), fake.Channel, "key", hello)
	var retry *bot.RetryError
	if err == nil || errors.As(err, &retry) || errors.Is(err, bot.ErrGone) {
		t.Fatalf("Post: %v, want an error that leaves it open", err)
	}
	found, _, err := d.Find(t.Context(), fake.Channel, "key")
	if err != nil || found == "" {
		t.Fatalf("Find = %q, %v", found, err)
	}
	if id, err := d.Post(t.Context(), fake.Channel, "key", hello); err != nil || id != found {
		t.Errorf("Post again = %q, %v, want %q", id, err, found)
	}
	if n := len(fake.Messages(fake.Channel)); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
}

func TestUnreachable(t *testing.T) {
	d := New(Config{Token: "secret", APIURL: "http://127.0.0.1:1"}, &http.Client{}, (&bottest.Log{}).Logger(), time.Now)
	_, err := d.Post(t.Context(), "1", "key", hello)
	var retry *bot.RetryError
	if !errors.As(err, &retry) {
		t.Errorf("Post: %v, want a RetryError, since nothing was sent", err)
	}
	d = New(Config{Token: "secret", APIURL: "no address"}, &http.Client{}, (&bottest.Log{}).Logger(), time.Now)
	if _, err := d.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "DISCORD_API_URL") {
		t.Errorf("Check: %v, want it to name DISCORD_API_URL", err)
	}
}

// TestSameKey sees that one key makes one post in each channel, however often
// it is tried.
func TestSameKey(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	other := fake.NewChannel()
	for _, channel := range []string{fake.Channel, other, fake.Channel, other} {
		if _, err := d.Post(t.Context(), channel, "key", hello); err != nil {
			t.Fatal(err)
		}
	}
	if here, there := len(fake.Messages(fake.Channel)), len(fake.Messages(other)); here != 1 || there != 1 {
		t.Errorf("%d and %d messages, want one in each channel", here, there)
	}
}

func TestFindQuotes(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	doc := &corpus.Doc{ID: "a.txt", Title: "A title", Text: "Some words."}
	m := bot.Message{Quotes: []bot.Quote{{Quote: doc.Quote(corpus.Span{Start: 0, End: 11})}}}
	ref := reference(mark(fake.Channel, "key"))
	fake.Say("quoting\n"+small+ref, fake.Channel, bottest.DiscordUser{ID: fake.NewUser()})
	if id, found, err := d.Find(t.Context(), fake.Channel, "key"); err != nil || found {
		t.Fatalf("Find = %q, %v before the post, for the message of somebody else", id, err)
	}
	want, err := d.Post(t.Context(), fake.Channel, "key", m)
	if err != nil {
		t.Fatal(err)
	}
	if id, found, err := d.Find(t.Context(), fake.Channel, "key"); err != nil || !found || id != want {
		t.Errorf("Find = %q, %v, %v; want %q", id, found, err, want)
	}
}

// TestRate sees that a limit that Discord states is kept: by a short wait, or
// without a request.
func TestRate(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(2, 100*time.Millisecond)
	d, _ := join(t, fake)
	for _, key := range strings.Fields("1 2 3 4 5 6 7") {
		if _, err := d.Post(t.Context(), fake.Channel, key, hello); err != nil {
			t.Fatal(err)
		}
	}
	if n := fake.RateRefusals(); n > 0 {
		t.Errorf("%d posts came too fast", n)
	}
}

func TestRateWait(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(1, time.Hour)
	d, _ := join(t, fake)
	if _, err := d.Post(t.Context(), fake.Channel, "1", hello); err != nil {
		t.Fatal(err)
	}
	before := fake.Requests()
	_, err := d.Post(t.Context(), fake.Channel, "2", hello)
	var retry *bot.RetryError
	if !errors.As(err, &retry) || retry.After < 59*time.Minute || retry.After > time.Hour {
		t.Errorf("Post: %v, want a RetryError after almost an hour", err)
	}
	if after := fake.Requests(); !slices.Equal(before, after) {
		t.Errorf("Discord was asked: %q", after[len(before):])
	}
	if _, _, err := d.Find(t.Context(), fake.Channel, "1"); err != nil {
		t.Errorf("Find: %v, though reading has a limit of its own", err)
	}
}

// TestGlobalRate sees that a limit on everything holds back what goes other ways
// as well, but no answer, for which it does not count.
func TestGlobalRate(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	run(t, d, luxon)
	ready(t, fake)
	before := len(fake.Requests())
	fake.LimitAll(time.Hour)
	for i, try := range []func() error{
		func() error { _, err := d.Post(t.Context(), fake.Channel, "1", hello); return err },
		func() error { _, _, err := d.Find(t.Context(), fake.NewChannel(), "1"); return err },
		func() error { _, err := d.Check(t.Context()); return err },
	} {
		err := try()
		if n := len(fake.Requests()) - before; err == nil || n != 1 {
			t.Errorf("try %d: %v; Discord was sent %d requests, want the first only", i, err, n)
		}
	}
	answers(t, fake)
}

func TestEndsWhileWaiting(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(1, maxPatience)
	d, _ := join(t, fake)
	if _, err := d.Post(t.Context(), fake.Channel, "1", hello); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Post(ctx, fake.Channel, "2", hello); !errors.Is(err, context.Canceled) {
		t.Errorf("Post: %v, want it to end with its context", err)
	}
}

func TestCheck(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	all, err := d.Check(t.Context())
	said := all[0]
	const want = "connected as Rapporteur; invite it: https://discord.com/oauth2/authorize?client_id="
	if err != nil || !strings.HasPrefix(said, want+fake.App+"&") || !strings.HasSuffix(said, "&permissions=274877991936") {
		t.Errorf("Check = %q, %v", said, err)
	}
	d = New(Config{Token: "wrong", APIURL: fake.URL()}, http.DefaultClient, (&bottest.Log{}).Logger(), time.Now)
	if _, err := d.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "DISCORD_TOKEN") || strings.Contains(err.Error(), "wrong") {
		t.Errorf("Check: %v, want what to do about the token", err)
	}
	http.DefaultClient.CloseIdleConnections()
}
