package discord

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/corpus"
)

// published waits until so many messages of a channel were published.
func published(t *testing.T, fake *bottest.Discord, channel string, want int) {
	t.Helper()
	n := 0
	for end := time.Now().Add(soon); time.Now().Before(end); time.Sleep(time.Millisecond) {
		n = 0
		for _, m := range fake.Messages(channel) {
			if m.Published() {
				n++
			}
		}
		if n == want {
			return
		}
	}
	t.Fatalf("%d messages were published, want %d", n, want)
}

// TestPublish sees that a publication in an announcement channel is published
// to those who follow it, and a notice is not.
func TestPublish(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	channel := fake.NewAnnouncement()
	for key, m := range map[string]bot.Message{"brief": brief(corpus.Doc{Title: "Tides"}), "notice": hello} {
		if _, err := d.Post(t.Context(), channel, key, m); err != nil {
			t.Fatal(err)
		}
	}
	published(t, fake, channel, 1)
	if n := len(fake.Messages(channel)); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
}

// TestPublishLater sees that what Discord does not publish at once is
// published later, and is never posted a second time.
func TestPublishLater(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter){
		"too many": func(w http.ResponseWriter) {
			w.WriteHeader(429)
			fmt.Fprint(w, `{"retry_after":0.02,"global":false,"message":""}`)
		},
		"500":    func(w http.ResponseWriter) { w.WriteHeader(500) },
		"broken": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := bottest.NewDiscord(t)
			d, _ := join(t, fake)
			d.timing.publish = 10 * time.Millisecond
			channel := fake.NewAnnouncement()
			refuseCrosspost(fake, answer)
			if _, err := d.Post(t.Context(), channel, "key", brief(corpus.Doc{Title: "Tides"})); err != nil {
				t.Fatalf("Post: %v, though the message was made", err)
			}
			published(t, fake, channel, 0)
			fake.Intercept(nil)
			run(t, d, luxon)
			published(t, fake, channel, 1)
			if n := len(fake.Messages(channel)); n != 1 {
				t.Errorf("%d messages, want 1", n)
			}
		})
	}
}

func refuseCrosspost(fake *bottest.Discord, answer func(http.ResponseWriter)) {
	fake.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/crosspost") {
			return false
		}
		answer(w)
		return true
	})
}

// TestPublishLeftBehind sees that what a process has left unpublished is
// published by the next one: when it looks for the post, or posts another.
func TestPublishLeftBehind(t *testing.T) {
	for name, next := range map[string]func(d *Discord, channel string) error{
		"found": func(d *Discord, channel string) error {
			_, _, err := d.Find(t.Context(), channel, "key")
			return err
		},
		"another post": func(d *Discord, channel string) error {
			_, err := d.Post(t.Context(), channel, "another", hello)
			if err == nil {
				_, err = d.Post(t.Context(), channel, "a third", brief(corpus.Doc{Title: "Ferries"}))
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			fake := bottest.NewDiscord(t)
			killed, _ := join(t, fake)
			channel := fake.NewAnnouncement()
			refuseCrosspost(fake, func(w http.ResponseWriter) { w.WriteHeader(503) })
			if _, err := killed.Post(t.Context(), channel, "key", brief(corpus.Doc{Title: "Tides"})); err != nil {
				t.Fatal(err)
			}
			fake.Intercept(nil)
			d, _ := join(t, fake)
			d.timing.publish = 10 * time.Millisecond
			run(t, d, luxon)
			if err := next(d, channel); err != nil {
				t.Fatal(err)
			}
			published(t, fake, channel, map[string]int{"found": 1, "another post": 2}[name])
			idle, _ := join(t, fake)
			if _, err := idle.Post(t.Context(), channel, "a fourth", brief(corpus.Doc{Title: "Harbours"})); err != nil {
				t.Fatal(err)
			}
			if waits, _ := idle.publisher.take(time.Now().Add(time.Hour)); len(waits) > 0 {
				t.Errorf("%q are published again", waits)
			}
		})
	}
}

// TestPublishRefused sees that a refusal for good is logged with what to do, and
// not tried again.
func TestPublishRefused(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, log := join(t, fake)
	refuseCrosspost(fake, func(w http.ResponseWriter) {
		w.WriteHeader(403)
		fmt.Fprint(w, `{"code":50013,"message":"Missing Permissions"}`)
	})
	if _, err := d.Post(t.Context(), fake.NewAnnouncement(), "key", brief(corpus.Doc{Title: "Tides"})); err != nil {
		t.Fatal(err)
	}
	if waits, _ := d.publisher.take(time.Now().Add(24 * time.Hour)); len(waits) > 0 {
		t.Errorf("%q wait to be published", waits)
	}
	if !strings.Contains(log.String(), "publish it by hand, or grant the bot Send Messages") {
		t.Errorf("what to do is not logged:\n%s", log)
	}
}

// TestPublishTen sees that the eleventh publication of an hour is posted, and
// waits to be published for as long as Discord asks.
func TestPublishTen(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(0, 0)
	d, _ := join(t, fake)
	channel := fake.NewAnnouncement()
	for i := range 12 {
		if _, err := d.Post(t.Context(), channel, fmt.Sprint(i), brief(corpus.Doc{Title: "Tides"})); err != nil {
			t.Fatal(err)
		}
	}
	published(t, fake, channel, 10)
	if n := fake.Invalid(); n != 1 {
		t.Errorf("%d requests were refused, want one", n)
	}
	if n := len(fake.Messages(channel)); n != 12 {
		t.Errorf("%d messages, want 12", n)
	}
	if waits, _ := d.publisher.take(time.Now().Add(24 * time.Hour)); len(waits) != 2 {
		t.Errorf("%q wait to be published, want two", waits)
	}
}
