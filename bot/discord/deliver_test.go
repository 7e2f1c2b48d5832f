package discord

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/corpus"
)

// A newsroom is a bot that posts to three kinds of channels of a fake Discord,
// by a clock that is moved on to whatever is due.
type newsroom struct {
	t        *testing.T
	fake     *bottest.Discord
	bot      *bot.Bot
	library  *corpus.Store
	state    *bot.Store
	log      *bottest.Log
	channels []string // text, announcement, forum
	mu       sync.Mutex
	time     time.Time
}

func (n *newsroom) now() time.Time { n.mu.Lock(); defer n.mu.Unlock(); return n.time }

func (n *newsroom) moveTo(then time.Time) { n.mu.Lock(); defer n.mu.Unlock(); n.time = then }

// nobody answers no question.
type nobody struct{}

func (nobody) Ask(context.Context, bot.Question) (bot.Answer, error) { return bot.Answer{}, nil }

func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	n := &newsroom{t: t, fake: bottest.NewDiscord(t), time: time.Now()}
	n.fake.Limit(0, 0)
	forum, _ := n.fake.NewForum(true, "News")
	n.channels = []string{n.fake.Channel, n.fake.NewAnnouncement(), forum}
	var err error
	if n.library, err = corpus.OpenStore(t.Context(), filepath.Join(t.TempDir(), "corpus.db"), n.now); err != nil {
		t.Fatal(err)
	}
	if n.state, err = bot.OpenStore(t.Context(), filepath.Join(t.TempDir(), "bot.db"), n.now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.library.Close(); n.state.Close() })
	var d *Discord
	d, n.log = join(t, n.fake)
	n.bot = bot.New(bot.Config{Store: n.state, Library: n.library, Asker: nobody{}, Platforms: []bot.Platform{d},
		MaxAge: bot.DefaultMaxAge, Interval: bot.DefaultInterval, Log: slog.New(slog.NewTextHandler(n.log, nil)), Now: n.now})
	for _, channel := range n.channels {
		n.bot.Handle(t.Context(), bot.Command{Platform: name, Workspace: n.fake.Guild, Channel: channel, User: "1", Name: "subscribe"})
	}
	return n
}

// appear has a publication come, which is to be posted everywhere.
func (n *newsroom) appear(id string) {
	n.t.Helper()
	text := "All about " + id + "."
	d := &corpus.Doc{ID: id, Title: "On " + id, Text: text, Published: n.now(), Takeaways: []corpus.Span{{Start: 0, End: len(text)}}}
	if _, err := n.library.Put(n.t.Context(), d); err != nil {
		n.t.Fatal(err)
	}
	if err := n.bot.Announce(n.t.Context()); err != nil {
		n.t.Fatal(err)
	}
}

// deliver tries until nothing is due any more, at most so many times, and
// returns how much time that took by the clock.
func (n *newsroom) deliver(tries int) time.Duration {
	n.t.Helper()
	began := n.now()
	for range tries {
		next, err := n.bot.Deliver(n.t.Context())
		if err != nil {
			n.t.Fatal(err)
		}
		if next.IsZero() {
			break
		}
		n.moveTo(next.Add(time.Second))
	}
	return n.now().Sub(began)
}

// posts returns how often id stands in each channel.
func (n *newsroom) posts(id string) (times [3]int) {
	for i, channel := range n.channels {
		for _, place := range append(n.fake.Threads(channel), channel) {
			for _, shown := range n.fake.Shown(place) {
				times[i] += strings.Count(shown, "All about "+id+".")
			}
		}
	}
	return times
}

// sending are the kinds of requests that make posts.
var sending = []string{"POST /channels/*/messages", "POST /channels/*/threads"}

// TestFaultsWhilePosting breaks posting in each of the ways in which Discord
// breaks, in a text channel, an announcement channel and a forum: the
// publication is posted there once, and no secret is logged.
func TestFaultsWhilePosting(t *testing.T) {
	soonAgain := 50 * time.Millisecond
	lost := func(status int) bottest.DiscordFault {
		f := bottest.DiscordBroken(status)
		f.Done = true
		return f
	}
	fail := func(fault bottest.DiscordFault, kinds ...string) func(*bottest.Discord) {
		return func(f *bottest.Discord) {
			for _, kind := range kinds {
				f.Fail(kind, 2, fault)
			}
		}
	}
	for name, disturb := range map[string]func(*bottest.Discord){
		"429 of one route":          fail(bottest.DiscordTooMany(soonAgain), sending...),
		"429 of everything":         fail(bottest.DiscordTooManyGlobal(soonAgain), sending...),
		"429 of everything, really": func(f *bottest.Discord) { f.LimitAll(soonAgain) },
		"429 as a page":             fail(bottest.DiscordTooManyPage(soonAgain), sending...),
		"429 without a time":        fail(bottest.DiscordTooManyBare(), sending...),
		"500":                       fail(bottest.DiscordBroken(500), sending...),
		"501":                       fail(bottest.DiscordBroken(501), sending...),
		"502":                       fail(bottest.DiscordBroken(502), sending...),
		"503":                       fail(bottest.DiscordBroken(503), sending...),
		"504":                       fail(bottest.DiscordBroken(504), sending...),
		"502, though it was posted": fail(lost(502), sending...),
		"504, though it was posted": fail(lost(504), sending...),
		"200 with a page instead":   fail(bottest.DiscordFault{Status: 200, Body: "<html>hotel", Done: true}, sending...),
		"looking it up fails":       fail(bottest.DiscordBroken(503), "GET /channels/*", "GET /channels/*/messages", "GET /guilds/*/threads/active"),
		"looking again fails": func(f *bottest.Discord) {
			fail(lost(502), sending...)(f)
			fail(bottest.DiscordBroken(500), "GET /channels/*/messages", "GET /guilds/*/threads/active", "GET /channels/*/threads/archived/public", "GET /channels/*/messages/*")(f)
		},
		"cut before it is posted": func(f *bottest.Discord) { f.SetHooks(cutting(3), nil) },
		"cut once it is posted":   func(f *bottest.Discord) { f.SetHooks(nil, cutting(3)) },
		"publishing fails":        fail(bottest.DiscordBroken(500), "POST /channels/*/messages/*/crosspost"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			n.appear("before")
			n.deliver(20)
			disturb(n.fake)
			n.appear("tides")
			took := n.deliver(40)
			n.fake.Heal()
			n.appear("after")
			n.deliver(20)
			for _, id := range []string{"before", "tides", "after"} {
				if got := n.posts(id); got != [3]int{1, 1, 1} {
					t.Errorf("%s: posts in the three channels: %v, want one in each; the log:\n%s", id, got, n.log)
				}
			}
			for _, secret := range n.fake.Secrets() {
				if strings.Contains(n.log.String(), secret) {
					t.Error("a secret is logged")
				}
			}
			t.Logf("posted after %v", took.Round(time.Second))
		})
	}
}

// cutting returns a hook that cuts the connection so many times.
func cutting(times int32) func() {
	var left atomic.Int32
	left.Store(times)
	return func() {
		if left.Add(-1) >= 0 {
			panic(http.ErrAbortHandler)
		}
	}
}

// TestSlowWhilePosting has Discord take 3.2 s for each answer.
func TestSlowWhilePosting(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.fake.Latency = 3200 * time.Millisecond
	n.appear("tides")
	n.deliver(1)
	if got := n.posts("tides"); got != [3]int{1, 1, 1} {
		t.Errorf("posts in the three channels: %v, want one in each; the log:\n%s", got, n.log)
	}
}

// TestClosedWhilePosting closes the three channels in each of the ways in which
// Discord closes them: nothing is posted, the subscriptions rest, and what was
// held back is posted once when the channels are open and subscribed again.
func TestClosedWhilePosting(t *testing.T) {
	for name, c := range map[string]struct{ status, code int }{
		"50013": {403, 50013}, "50001": {403, 50001}, "10003": {404, 10003},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			f := bottest.DiscordFault{Status: c.status, Header: map[string]string{"Content-Type": "application/json"}, Body: fmt.Sprintf(`{"code":%d,"message":"no"}`, c.code)}
			for _, kind := range sending {
				n.fake.Fail(kind, -1, f)
			}
			n.appear("tides")
			n.deliver(5)
			stats, err := n.state.Stats(t.Context())
			if err != nil || stats.Paused != 3 || stats.Held != 3 {
				t.Errorf("%+v, %v; want three subscriptions to rest", stats, err)
			}
			if got := n.posts("tides"); got != [3]int{} || n.fake.Invalid() > 3 {
				t.Errorf("posts in the three channels: %v; %d invalid requests", got, n.fake.Invalid())
			}
			n.fake.Heal()
			for _, channel := range n.channels {
				n.bot.Handle(t.Context(), bot.Command{Platform: "discord", Workspace: n.fake.Guild, Channel: channel, User: "1", Name: "subscribe"})
			}
			n.deliver(5)
			if got := n.posts("tides"); got != [3]int{1, 1, 1} {
				t.Errorf("posts in the three channels: %v, want one in each", got)
			}
		})
	}
}
