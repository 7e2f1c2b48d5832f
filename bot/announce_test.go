package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// Whatever comes after a channel has subscribed is posted there, once.
func TestAnnounceOnce(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	w.say("hall", "subscribe", "")
	tides := w.doc("tides")
	w.arrive(tides)
	w.round()
	w.wantPosts("hall", "All about tides.")

	redated, edited := *tides, *tides
	redated.Published = w.now.Add(time.Hour)
	w.arrive(&redated)
	w.round()
	edited.Text += " More so today."
	w.arrive(&edited)
	w.round()
	w.arrive(&corpus.Doc{ID: "tides", Withdrawn: true})
	w.round()
	w.arrive(tides)
	w.round()
	w.wantPosts("hall", "All about tides.")
}

func TestWhatIsNews(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		name      string
		published time.Duration // before it arrives; 0 if undated
		backlog   bool
		want      bool
	}{
		{"of yesterday", day, false, true},
		{"of last week", 7 * day, false, false},
		{"of tomorrow", -day, false, true},
		{"undated", 0, false, true},
		{"of yesterday, there from the first", day, true, true},
		{"of last week, there from the first", 7 * day, true, false},
		{"undated, there from the first", 0, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.say("hall", "subscribe", "")
			if !c.backlog {
				w.arrive()
			}
			d := w.doc("tides")
			d.Published = time.Time{}
			if c.published != 0 {
				d.Published = w.now.Add(-c.published)
			}
			w.arrive(d)
			w.round()
			if got := len(w.network.posts["hall"]) > 0; got != c.want {
				t.Errorf("posted: %t, want %t", got, c.want)
			}
			redated := *d
			redated.Published = w.now
			w.arrive(&redated)
			w.round()
			if got := len(w.network.posts["hall"]) > 0; got != c.want {
				t.Errorf("posted once it was re-dated: %t, want %t", got, c.want)
			}
		})
	}
}

func TestChannelsGetWhatTheyFollow(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	w.arrive(w.doc("before"))
	w.round()
	w.say("everything", "subscribe", "")
	w.say("twice", "subscribe", "")
	w.say("twice", "subscribe", "articles")
	w.say("articles", "subscribe", "articles")
	w.say("briefs", "subscribe", "briefs")
	w.say("left", "subscribe", "")
	w.say("left", "unsubscribe", "")
	w.arrive(w.doc("tides"))
	w.round()
	for channel, want := range map[string][]string{
		"everything": {"All about tides."}, "twice": {"All about tides."}, "articles": {"All about tides."}, "briefs": nil, "left": nil,
	} {
		w.wantPosts(channel, want...)
	}
}

// A publication that changes between its arrival and the decision is news all
// the same.
func TestChangedBeforeItWasDecidedOn(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	w.say("hall", "subscribe", "")
	first := w.doc("tides")
	edited := *first
	edited.Title = "On tides, corrected"
	w.arrive(first, w.doc("sand"))
	w.arrive(&edited)
	w.round()
	slices.Sort(w.network.posts["hall"])
	w.wantPosts("hall", "All about sand.", "All about tides.")
}

func TestManyAtOnceKeepTheirOrder(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	var docs []*corpus.Doc
	var want []string
	for i := range 450 {
		docs = append(docs, w.doc(fmt.Sprint("n", i)))
		want = append(want, fmt.Sprintf("All about n%d.", i))
	}
	w.say("hall", "subscribe", "")
	w.say("loft", "subscribe", "")
	w.arrive(docs...)
	w.round()
	w.wantPosts("hall", want...)
	w.wantPosts("loft", want...)
}

// A platform that says wait is waited for, and one that breaks is asked
// before the next try.
func TestTries(t *testing.T) {
	broken := errors.New("connection reset")
	for _, c := range []struct {
		name          string
		before, after error
		wait          time.Duration // until the second try
		finds         int
	}{
		{"refused, with a time", &bot.RetryError{After: 90 * time.Second, Err: broken}, nil, 90 * time.Second, 0},
		{"refused, without", &bot.RetryError{Err: broken}, nil, time.Minute, 0},
		{"broken before it was posted", broken, nil, time.Minute, 1},
		{"broken after it was posted", nil, broken, time.Minute, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.arrive()
			w.say("hall", "subscribe", "")
			w.network.before = func(string) error { return c.before }
			w.network.after = func(string) error { return c.after }
			w.arrive(w.doc("tides"))
			w.round()
			next, err := w.bot.Deliver(t.Context())
			if got := next.Sub(w.now); err != nil || got != c.wait {
				t.Errorf("next try after %v, %v, want %v", got, err, c.wait)
			}
			w.network.before, w.network.after = nil, nil
			w.now = next
			w.round()
			w.wantPosts("hall", "All about tides.")
			if w.network.finds != c.finds {
				t.Errorf("the platform was asked %d times, want %d", w.network.finds, c.finds)
			}
		})
	}
}

func TestWaitsDouble(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	w.say("hall", "subscribe", "")
	w.network.before = func(string) error { return errors.New("bad gateway") }
	w.arrive(w.doc("tides"))
	if err := w.bot.Announce(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360} {
		next, err := w.bot.Deliver(t.Context())
		if err != nil || next.Sub(w.now) != want*time.Minute {
			t.Fatalf("next try after %v, %v, want %v", next.Sub(w.now), err, want*time.Minute)
		}
		w.now = next
	}
}

// While it is not known whether an earlier try was posted, nothing is posted.
func TestNoPostInDoubt(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	w.say("hall", "subscribe", "")
	w.network.after = func(string) error { return errors.New("time-out") }
	w.network.lost = &bot.RetryError{After: 90 * time.Second, Err: errors.New("too many requests")}
	w.arrive(w.doc("tides"))
	for range 5 {
		w.round()
		w.now = w.now.Add(time.Hour)
	}
	w.network.lost = nil
	w.round()
	w.wantPosts("hall", "All about tides.")
	if n, err := w.store.Stats(t.Context()); err != nil || n.Done != 1 || n.Due != 0 {
		t.Errorf("deliveries: %+v, %v, want one done", n, err)
	}
}

func TestGoneChannelRestsAndComesBack(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	w.say("hall", "subscribe", "")
	w.say("loft", "subscribe", "")
	w.network.before = func(channel string) error {
		if channel == "hall" {
			return fmt.Errorf("post: %w", bot.ErrGone)
		}
		return nil
	}
	w.arrive(w.doc("tides"), w.doc("sand"))
	w.round()
	w.arrive(w.doc("wind"))
	w.round()
	w.wantPosts("hall")
	w.wantPosts("loft", "All about tides.", "All about sand.", "All about wind.")
	if got := w.say("loft", "subscriptions", "").Text; !strings.Contains(got, "channel hall: all sources (paused") {
		t.Errorf("subscriptions: %q", got)
	}
	if n := strings.Count(w.log.String(), "a subscription is paused"); n != 1 {
		t.Errorf("it was said %d times that the subscription is paused, want once", n)
	}
	w.network.before = nil
	w.say("hall", "subscribe", "")
	w.round()
	w.wantPosts("hall", "All about tides.", "All about sand.")
}

// A channel that the bot is not in is not subscribed in vain.
func TestSubscribeWhereTheBotIsNot(t *testing.T) {
	w := newWorld(t)
	w.network.lost = fmt.Errorf("read: %w", bot.ErrGone)
	if got := w.say("hall", "subscribe", "").Text; !strings.Contains(got, "Invite me") {
		t.Errorf("answer: %q", got)
	}
	w.network.lost = errors.New("time-out") // says nothing about the channel
	if got := w.say("hall", "subscribe", "").Text; !strings.Contains(got, "now follows") {
		t.Errorf("answer: %q", got)
	}
}

func TestUnsubscribedOrWithdrawnMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	w.say("hall", "subscribe", "")
	w.say("loft", "subscribe", "")
	w.arrive(w.doc("tides"), w.doc("sand"))
	if err := w.bot.Announce(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.say("hall", "unsubscribe", "")
	w.arrive(&corpus.Doc{ID: "tides", Withdrawn: true})
	w.round()
	w.wantPosts("hall")
	w.wantPosts("loft", "All about sand.")
}

// The program ends while a post is under way: it is finished and written down.
func TestEndDuringPost(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	w.say("hall", "subscribe", "")
	w.arrive(w.doc("tides"))
	ctx, cancel := context.WithCancel(t.Context())
	w.network.before = func(string) error { cancel(); return nil }
	if err := w.bot.Announce(ctx); err != nil {
		t.Fatal(err)
	}
	w.bot.Deliver(ctx)
	if n, err := w.store.Stats(t.Context()); err != nil || n.Done != 1 {
		t.Errorf("deliveries: %+v, %v, want one done", n, err)
	}
}

// The program dies after the post and before the mark: the next one asks.
func TestDeathAfterPost(t *testing.T) {
	w := newWorld(t)
	w.arrive()
	w.say("hall", "subscribe", "")
	w.arrive(w.doc("tides"))
	if err := w.bot.Announce(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.network.after = func(string) error { w.store.Close(); return nil } // nothing can be written any more
	w.bot.Deliver(t.Context())
	w.network.after = nil
	w.start()
	w.round()
	w.wantPosts("hall", "All about tides.")
	if w.network.finds != 1 {
		t.Errorf("the platform was asked %d times, want once", w.network.finds)
	}
}

func TestRolesAreNotifiedWhereWanted(t *testing.T) {
	w := newWorld(t)
	w.arrive(w.doc("before"))
	w.round()
	c := bot.Command{Platform: "net", Workspace: "team", Channel: "hall", User: "ann", Name: "subscribe", Args: "articles", Notify: "readers"}
	w.bot.Handle(t.Context(), c)
	w.arrive(w.doc("tides"))
	w.round()
	c.Notify = ""
	w.bot.Handle(t.Context(), c)
	w.arrive(w.doc("sand"))
	w.round()
	if want := []string{"readers", ""}; !slices.Equal(w.network.notified, want) {
		t.Errorf("notified were %q, want %q", w.network.notified, want)
	}
}
