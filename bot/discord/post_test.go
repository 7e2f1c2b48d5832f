package discord

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/corpus"
)

// brief returns the post of a publication.
func brief(d corpus.Doc) bot.Message {
	d.ID, d.Text = "brief", "Tides turn twice a day."
	return bot.Message{Text: "New publication. Its key takeaways:", Takeaways: true,
		Quotes: []bot.Quote{{Quote: d.Quote(corpus.Span{Start: 0, End: len(d.Text)})}}}
}

// TestForum posts to forums of several kinds: each publication is a thread with
// its title, its words and the tags that fit it, and is found again.
func TestForum(t *testing.T) {
	long := strings.Repeat("👩", 60)
	for name, c := range map[string]struct {
		doc     corpus.Doc
		tags    []string
		require bool
		title   string
		filed   []string
	}{
		"by section": {corpus.Doc{Title: "Tides", Section: "energy"}, []string{"Trade", "Energy"}, false, "Tides", []string{"Energy"}},
		"by all": {corpus.Doc{Title: "Tides", Section: "Energy", Source: "institute", Language: "de-AT"},
			[]string{"Energy", "Institute", "German", "Deutsch", "DE", "de-at"}, false, "Tides", []string{"Energy", "Institute", "German", "Deutsch", "DE"}},
		"none fits":             {corpus.Doc{Title: "Tides", Section: "Ports"}, []string{"Trade"}, false, "Tides", nil},
		"none fits, one needed": {corpus.Doc{Title: "Tides"}, []string{"Trade", "Energy"}, true, "Tides", []string{"Trade"}},
		"a long title":          {corpus.Doc{Title: long}, nil, false, strings.Repeat("👩", 49) + "…", nil},
		"a title in two lines":  {corpus.Doc{Title: "Tides\n @everyone"}, nil, false, "Tides @everyone", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := bottest.NewDiscord(t)
			d, _ := join(t, fake)
			forum, _ := fake.NewForum(c.require, c.tags...)
			if id, found, err := d.Find(t.Context(), forum, "key"); err != nil || found {
				t.Fatalf("Find = %q, %v before the post", id, err)
			}
			id, err := d.Post(t.Context(), forum, "key", brief(c.doc))
			if err != nil || !slices.Equal(fake.Threads(forum), []string{id}) {
				t.Fatalf("Post = %q, %v; the threads are %q", id, err, fake.Threads(forum))
			}
			title, filed := fake.ThreadTitle(id)
			if diff := cmp.Diff(c.filed, filed); title != c.title || diff != "" {
				t.Errorf("the thread is %q, want %q; tags (-want +got):\n%s", title, c.title, diff)
			}
			if shown := fake.Shown(id); len(shown) != 1 || !strings.Contains(shown[0], "Tides turn twice a day.") {
				t.Errorf("the thread says %q", shown)
			}
			refound(t, fake, forum, "key", id)
			if fake.Pings() > 0 {
				t.Error("somebody is notified")
			}
		})
	}
}

// TestModerated sees that no tag is given that only moderators may give.
func TestModerated(t *testing.T) {
	p := place{Flags: requireTag, Tags: []tag{{"1", "Energy", true}, {"2", "Trade", false}}}
	if got := p.file(brief(corpus.Doc{Title: "Tides", Section: "Energy"})); !slices.Equal(got, []string{"2"}) {
		t.Errorf("the tags are %q, want the one that is free", got)
	}
	p.Tags = p.Tags[:1]
	if got := p.file(brief(corpus.Doc{Title: "Tides", Section: "Energy"})); len(got) > 0 {
		t.Errorf("the tags are %q, want none", got)
	}
}

// refound checks that a process which knows nothing of the post finds it, and
// finds nothing else.
func refound(t *testing.T, fake *bottest.Discord, channel, key, want string) {
	t.Helper()
	d, _ := join(t, fake)
	if id, found, err := d.Find(t.Context(), channel, key); err != nil || !found || id != want {
		t.Errorf("Find = %q, %v, %v, want %q", id, found, err, want)
	}
	if id, found, err := d.Find(t.Context(), channel, "another"); err != nil || found {
		t.Errorf("Find = %q, %v, %v for what was not posted", id, found, err)
	}
}

// TestForumArchived sees that a thread is found when it has fallen asleep, and
// among the threads of others.
func TestForumArchived(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(0, 0)
	d, _ := join(t, fake)
	forum, _ := fake.NewForum(false)
	var ids []string
	for _, key := range []string{"a", "b", "c", "d"} {
		id, err := d.Post(t.Context(), forum, key, brief(corpus.Doc{Title: key}))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	other, _ := fake.NewForum(false)
	if _, err := d.Post(t.Context(), other, "a", brief(corpus.Doc{Title: "a"})); err != nil {
		t.Fatal(err)
	}
	if mine, err := d.threads(t.Context(), place{ID: forum, Guild: fake.Guild}); err != nil || len(mine) != len(ids) {
		t.Errorf("the threads of one forum are %q, %v, want %q", mine, err, ids)
	}
	fake.Archive(ids[0], true, false)
	fake.Archive(ids[1], true, true)
	fake.Delete(ids[2])
	for i, key := range []string{"a", "b", "d"} {
		refound(t, fake, forum, key, ids[[]int{0, 1, 3}[i]])
	}
	if id, found, err := d.Find(t.Context(), forum, "c"); err != nil || found {
		t.Errorf("Find = %q, %v, %v for a thread that was deleted", id, found, err)
	}
}

// TestForumWaits sees that a thread which a process has asked for just before it
// was killed is waited for.
func TestForumWaits(t *testing.T) {
	fake := bottest.NewDiscord(t)
	forum, _ := fake.NewForum(false)
	killed, _ := join(t, fake)
	released := make(chan struct{})
	fake.SetHooks(func() { <-released }, nil)
	posted := make(chan string, 1)
	go func() {
		id, _ := killed.Post(t.Context(), forum, "key", brief(corpus.Doc{Title: "Tides"}))
		posted <- id
	}()
	d, _ := join(t, fake)
	d.timing.settle = time.Hour
	d.born = time.Now().Add(100*time.Millisecond - time.Hour)
	time.AfterFunc(50*time.Millisecond, func() { close(released) })
	id, found, err := d.Find(t.Context(), forum, "key")
	if want := <-posted; err != nil || !found || id != want {
		t.Errorf("Find = %q, %v, %v, want %q", id, found, err, want)
	}
}

// TestNotify sees that a role is notified where that is asked for, and that
// nobody else is, whatever the publication says.
func TestNotify(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	role := fake.NewRole("Readers", true)
	forum, _ := fake.NewForum(false)
	for i, channel := range []string{fake.Channel, fake.NewAnnouncement(), forum} {
		m := brief(corpus.Doc{Title: "@everyone <@&" + role + ">"})
		m.Notify = role
		if _, err := d.Post(t.Context(), channel, "key", m); err != nil {
			t.Fatal(err)
		}
		if n := fake.Pings(); n != i+1 {
			t.Errorf("after %d posts, %d were notified", i+1, n)
		}
		refound(t, fake, channel, "key", newest(fake, channel))
	}
	m := brief(corpus.Doc{Title: "Tides"})
	m.Notify = "everyone"
	if _, err := d.Post(t.Context(), fake.NewChannel(), "key", m); err != nil || fake.Pings() != 3 {
		t.Errorf("Post: %v; %d were notified, want 3 still", err, fake.Pings())
	}
}

// newest returns the id of the newest thread or message in a channel.
func newest(fake *bottest.Discord, channel string) string {
	if threads := fake.Threads(channel); len(threads) > 0 {
		return threads[len(threads)-1]
	}
	all := fake.Messages(channel)
	return all[len(all)-1].ID
}

// TestLearnsAgain sees that a channel which has become another kind of channel
// is looked up anew, at the latest after a refusal.
func TestLearnsAgain(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	looked := func() (n int) {
		for _, r := range fake.Requests() {
			if r == "GET /channels/"+fake.Channel {
				n++
			}
		}
		return n
	}
	var refuse atomic.Bool
	fake.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodGet || !refuse.Swap(false) {
			return false
		}
		w.WriteHeader(http.StatusBadRequest)
		w.Write([]byte(`{"code":50024,"message":"Cannot execute action on this channel type"}`))
		return true
	})
	for i, c := range []struct {
		refused bool
		looks   int
	}{{false, 1}, {false, 1}, {true, 1}, {false, 2}} {
		refuse.Store(c.refused)
		_, err := d.Post(t.Context(), fake.Channel, string(rune('a'+i)), hello)
		if (err != nil) != c.refused || looked() != c.looks {
			t.Errorf("post %d: %v; the channel was looked up %d times, want %d", i, err, looked(), c.looks)
		}
	}
}

// TestOverflow posts more takeaways than fit one message: those that fit stand
// whole, and how many do not, and where to read them, is said.
func TestOverflow(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	takeaway := strings.Repeat("Tides turn twice a day. ", 40) // some 1,000 characters
	doc := &corpus.Doc{ID: "brief", Title: "Tides", URL: "https://example.org/tides", Text: strings.Repeat(takeaway, 9)}
	m := bot.Message{Text: "New publication. Its key takeaways:", Takeaways: true}
	for i := range 9 {
		m.Quotes = append(m.Quotes, bot.Quote{Quote: doc.Quote(corpus.Span{Start: i * len(takeaway), End: (i+1)*len(takeaway) - 1})})
	}
	forum, _ := fake.NewForum(false)
	for _, channel := range []string{fake.Channel, forum} {
		id, err := d.Post(t.Context(), channel, "key", m)
		if err != nil {
			t.Fatal(err)
		}
		if channel != forum {
			id = channel
		}
		shown := fake.Shown(id)[0]
		if n := strings.Count(shown, strings.TrimSpace(takeaway)); n != 3 {
			t.Errorf("%d takeaways stand there whole, want 3", n)
		}
		if !strings.Contains(shown, "6 more passages did not fit here. Read on there") || !strings.Contains(shown, "https://example.org/tides") {
			t.Errorf("it says nothing of the others:\n%.300s", shown)
		}
	}
}
