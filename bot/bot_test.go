package bot_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/corpus"
)

// A world is a bot with a real corpus and a real store, on a network that does
// what the test says, at a time that the test sets.
type world struct {
	t       *testing.T
	dir     string
	now     time.Time
	corpus  *corpus.Store
	store   *bot.Store
	network *network
	bot     *bot.Bot
	log     *bottest.Log
	health  []bot.SourceStatus // of the sources
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, dir: t.TempDir(), now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC), log: &bottest.Log{}}
	w.network = &network{w: w, posts: map[string][]string{}, found: map[string]bool{}}
	store, err := corpus.OpenStore(t.Context(), filepath.Join(w.dir, "corpus.db"), w.clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	w.corpus = store
	w.start()
	return w
}

func (w *world) clock() time.Time { return w.now }

// start begins the program anew on what the store holds.
func (w *world) start() {
	if w.store != nil {
		w.store.Close()
	}
	store, err := bot.OpenStore(w.t.Context(), filepath.Join(w.dir, "bot.db"), w.clock)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { store.Close() })
	w.store = store
	w.bot = bot.New(bot.Config{Store: store, Library: w.corpus, Asker: w.network, Guide: leaflet{}, Platforms: []bot.Platform{w.network},
		Sources: []string{"articles", "briefs"}, Monitor: w, Operators: bot.Channel{Platform: "net", ID: "desk"}, MaxAge: bot.DefaultMaxAge, Interval: time.Second,
		Log: w.log.Logger(), Now: w.clock})
	if err := w.bot.Resume(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// say has somebody in a channel type a command.
func (w *world) say(channel, name, args string) bot.Message {
	return w.bot.Handle(w.t.Context(), bot.Command{Platform: "net", Workspace: "team", Channel: channel, User: "ann", Name: name, Args: args})
}

// arrive has the source articles show these publications for the first time.
func (w *world) arrive(docs ...*corpus.Doc) {
	w.t.Helper()
	if _, err := w.corpus.Take(w.t.Context(), shelf{"articles", docs}); err != nil {
		w.t.Fatal(err)
	}
}

// round announces and delivers until nothing is due for a minute.
func (w *world) round() {
	w.t.Helper()
	if err := w.bot.Announce(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	for range 10_000 {
		next, err := w.bot.Deliver(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if next.IsZero() || next.Sub(w.now) >= time.Minute {
			return
		}
		w.now = next
	}
	w.t.Fatal("deliveries do not come to an end")
}

func (w *world) wantPosts(channel string, want ...string) {
	w.t.Helper()
	if got := w.network.posts[channel]; !slices.Equal(got, want) {
		w.t.Errorf("posts in %s: %q, want %q", channel, got, want)
	}
}

// A shelf is a source that shows what it is made of.
type shelf struct {
	name string
	docs []*corpus.Doc
}

func (s shelf) Name() string { return s.name }

func (s shelf) Fetch(context.Context, []byte) ([]*corpus.Doc, []byte, error) {
	return s.docs, nil, nil
}

// doc is a publication of today.
func (w *world) doc(id string) *corpus.Doc {
	return &corpus.Doc{ID: id, Title: "On " + id, Published: w.now, Text: "All about " + id + ".\n\nIt matters.",
		Takeaways: []corpus.Span{{Start: 0, End: len("All about " + id + ".")}}}
}

// A network is a platform that does as it is told.
type network struct {
	edits    []string     // what each edit of a post made it say
	spoilt   func() error // what an edit fails with; nil for nothing
	w        *world
	mu       sync.Mutex
	posts    map[string][]string // first quoted words of each post, or else what it says, by channel
	found    map[string]bool     // by channel and key
	finds    int
	before   func(channel string) error // refuses a post
	after    func(channel string) error // breaks the connection once it is made
	lost     error                      // what Find fails with
	answer   bot.Answer
	question bot.Question // the last one
	notified []string     // of each post, whom it notifies
	asked    func(context.Context) error
}

func (*network) Name() string                                 { return "net" }
func (*network) Run(ctx context.Context, _ bot.Handler) error { <-ctx.Done(); return nil }

func (n *network) Post(_ context.Context, channel, key string, m bot.Message) (string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.before != nil {
		if err := n.before(channel); err != nil {
			return "", err
		}
	}
	said := m.Text
	if len(m.Quotes) > 0 {
		said = m.Quotes[0].Text()
	}
	n.posts[channel] = append(n.posts[channel], said)
	n.found[channel+key] = true
	n.notified = append(n.notified, m.Notify)
	if n.after != nil {
		if err := n.after(channel); err != nil {
			return "", err
		}
	}
	return fmt.Sprint(len(n.posts[channel])), nil
}

func (n *network) Edit(_ context.Context, channel, id, key string, m bot.Message) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.spoilt != nil {
		if err := n.spoilt(); err != nil {
			return err
		}
	}
	if !n.found[channel+key] || m.Notify != "" {
		return fmt.Errorf("edit of %s in %s, which notifies %q", id, channel, m.Notify)
	}
	n.edits = append(n.edits, bot.Plain(m))
	return nil
}

func (n *network) Find(_ context.Context, channel, key string) (string, bool, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if key != "subscribe" { // which only asks whether the channel is open
		n.finds++
	}
	return "found", n.found[channel+key] && n.lost == nil, n.lost
}

func (n *network) Ask(ctx context.Context, q bot.Question) (bot.Answer, error) {
	n.question = q
	if n.asked != nil {
		if err := n.asked(ctx); err != nil {
			return bot.Answer{}, err
		}
	}
	return n.answer, nil
}

func TestSayings(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ name, args, want string }{
		{"help", "", "/subscribe"},
		{"ask", "Help", "/subscribe"},
		{"nonsense", "", "I do not know /nonsense."},
		{"ask", "", "For example"},
		{"ask", "  \n ", "For example"},
		{"ask", strings.Repeat("why ", 2500), "That is 9999 characters long. Please ask in at most 1000."},
		{"ask", "what is the price of tin?", "do not say."},
		{"latest", "", "no publications yet"},
		{"latest", "many", "a number from 1 to 10"},
		{"latest", "-1", "a number from 1 to 10"},
		{"takeaways", "", "no publications yet"},
		{"takeaways", "the sea", "no publication with such a title"},
		{"subscriptions", "", "No channel follows anything yet"},
		{"unsubscribe", "", "does not follow all sources"},
		{"subscribe", "gossip", "no source called gossip. There is: articles, briefs."},
		{"subscribe", "briefs", "now follows briefs"},
		{"subscribe", "", "now follows all sources"},
		{"subscriptions", "", "channel hall: all sources"},
		{"unsubscribe", "articles", "does not follow articles"},
		{"unsubscribe", "briefs", "no longer follows briefs"},
		{"unsubscribe", "", "no longer follows all sources"},
	} {
		if got := w.say("hall", c.name, c.args).Text; !strings.Contains(got, c.want) {
			t.Errorf("/%s %.20s: %q, want %q in it", c.name, c.args, got, c.want)
		}
	}
	if n, err := w.store.Stats(t.Context()); err != nil || n.Gaps != 1 {
		t.Errorf("gaps noted: %d, %v, want 1", n.Gaps, err)
	}
}

func TestLatestAndTakeaways(t *testing.T) {
	w := newWorld(t)
	plain := w.doc("sand")
	plain.Takeaways, plain.Published = nil, w.now.Add(-time.Hour)
	w.arrive(w.doc("tides"), plain)
	latest := w.say("hall", "latest", "")
	if len(latest.Quotes) != 2 || latest.Quotes[0].Text() != "All about tides." || latest.Quotes[1].Doc().ID != "sand" {
		t.Errorf("latest: %s", bot.Plain(latest))
	}
	if m := w.say("hall", "latest", "1"); len(m.Quotes) != 1 {
		t.Errorf("latest 1: %s", bot.Plain(m))
	}
	if m := w.say("hall", "takeaways", "on tides"); len(m.Quotes) != 1 || !strings.Contains(m.Text, "key takeaways") {
		t.Errorf("takeaways: %s", bot.Plain(m))
	}
	if m := w.say("hall", "takeaways", "sand"); !strings.Contains(m.Text, "states no key takeaways") {
		t.Errorf("takeaways of a text without any: %s", bot.Plain(m))
	}
}

func TestFailuresAreSaidKindly(t *testing.T) {
	w := newWorld(t)
	w.network.asked = func(context.Context) error { return fmt.Errorf("disk on fire") }
	if got := w.say("hall", "ask", "why?").Text; !strings.Contains(got, "went wrong on my side") {
		t.Errorf("answer to a question that failed: %q", got)
	}
	if !strings.Contains(w.log.String(), "disk on fire") {
		t.Error("the failure is not in the log")
	}
	ctx, cancel := context.WithCancel(t.Context())
	w.network.asked = func(context.Context) error { cancel(); return ctx.Err() }
	got := w.bot.Handle(ctx, bot.Command{Name: "ask", Args: "why?"}).Text
	if !strings.Contains(got, "took too long") {
		t.Errorf("answer to a question that took too long: %q", got)
	}
}

// One publication may be the only one that is asked. What it does not say is no
// gap of the corpus.
func TestAskOnePublication(t *testing.T) {
	w := newWorld(t)
	w.arrive(w.doc("tides"), w.doc("sand"))
	c := bot.Command{Platform: "net", Workspace: "team", Channel: "hall", User: "ann", Name: "ask", Args: "why?", Publication: "on sand"}
	if m := w.bot.Handle(t.Context(), c); w.network.question.Publication != "sand" || !m.Private {
		t.Errorf("asked was %+v: %+v", w.network.question, m)
	}
	if n, err := w.store.Stats(t.Context()); err != nil || n.Gaps != 0 {
		t.Errorf("gaps noted: %d, %v, want none", n.Gaps, err)
	}
	c.Publication = "the moon"
	if m := w.bot.Handle(t.Context(), c); !strings.Contains(m.Text, "no publication with such a title") {
		t.Errorf("an unknown publication: %q", m.Text)
	}
	c.Publication, c.Public = "", true
	if m := w.bot.Handle(t.Context(), c); m.Private || w.network.question.Publication != "" {
		t.Errorf("for all to read: %+v", m)
	}
}
