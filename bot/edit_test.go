package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// posted returns a world in which tides was posted in the hall, to notify the
// readers.
func posted(t *testing.T) (*world, *corpus.Doc) {
	w := newWorld(t)
	w.arrive(w.doc("before"))
	w.round()
	w.bot.Handle(t.Context(), bot.Command{Platform: "net", Workspace: "team", Channel: "hall", Name: "subscribe", Notify: "readers"})
	doc := w.doc("tides")
	w.arrive(doc)
	w.round()
	w.wantPosts("hall", "All about tides.")
	return w, doc
}

// change has the publication tides say something else.
func (w *world) change(text string) {
	doc := w.doc("tides")
	doc.Text = text + "\n\nIt matters."
	doc.Takeaways[0].End = len(text)
	w.arrive(doc)
}

// wantEdits fails unless the edits so far held these words, one each.
func (w *world) wantEdits(words ...string) {
	w.t.Helper()
	w.wantPosts("hall", "All about tides.")
	ok := len(w.network.edits) == len(words)
	for i := 0; ok && i < len(words); i++ {
		ok = strings.Contains(w.network.edits[i], words[i])
	}
	if !ok {
		w.t.Errorf("the edits are %q, want one with each of %q", w.network.edits, words)
	}
}

func TestPostsFollowTheirPublication(t *testing.T) {
	w, doc := posted(t)
	w.change("All of the tides.")
	if err := w.bot.Announce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := w.store.Stats(t.Context()); err != nil || n.Outdated != 1 {
		t.Errorf("outdated posts: %d, %v, want 1", n.Outdated, err)
	}
	w.round()
	w.wantEdits("All of the tides.")
	if n, err := w.store.Stats(t.Context()); err != nil || n.Outdated != 0 {
		t.Errorf("outdated posts: %d, %v, want none", n.Outdated, err)
	}
	if !strings.HasPrefix(w.network.edits[0], "New publication, changed since it was posted here.") {
		t.Errorf("the change is not told: %q", w.network.edits[0])
	}
	doc.Text += "\n\nA word on ebb, of which the post says nothing."
	doc.Text, doc.Takeaways[0].End = strings.Replace(doc.Text, "All about tides.", "All of the tides.", 1), len("All of the tides.")
	w.arrive(doc)
	w.now = w.now.Add(time.Hour)
	w.round()
	w.wantEdits("All of the tides.")
	w.arrive(&corpus.Doc{ID: "tides", Withdrawn: true})
	w.round()
	w.wantEdits("All of the tides.", "Withdrawn by its publisher since it was posted here.")
}

// A publisher who saves every sentence does not have a post edited as often.
func TestEditsKeepApart(t *testing.T) {
	w, _ := posted(t)
	w.change("One.")
	w.round()
	for _, text := range []string{"Two.", "Three."} {
		w.now = w.now.Add(time.Minute)
		w.change(text)
		w.round()
	}
	w.wantEdits("One.")
	w.now = w.now.Add(10 * time.Minute)
	w.round()
	w.wantEdits("One.", "Three.")
}

func TestEditsAreTriedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		edits int
	}{
		"refused": {&bot.RetryError{After: 3 * time.Minute, Err: errors.New("busy")}, 1},
		"unknown": {errors.New("broken pipe"), 1},
		"deleted": {bot.ErrGone, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := posted(t)
			fails := 2
			w.network.spoilt = func() error {
				if fails--; fails >= 0 {
					return c.err
				}
				return nil
			}
			w.change("All of the tides.")
			for range 3 {
				w.round()
				w.start()
				w.now = w.now.Add(5 * time.Minute)
			}
			if len(w.network.edits) != c.edits {
				t.Errorf("the edits are %q, want %d", w.network.edits, c.edits)
			}
			if next, err := w.bot.Deliver(t.Context()); err != nil || !next.IsZero() {
				t.Errorf("something is still to be done at %v, %v", next, err)
			}
		})
	}
}

// What changes while it is being posted is not missed.
func TestChangedWhileItIsPosted(t *testing.T) {
	w := newWorld(t)
	w.arrive(w.doc("before"))
	w.round()
	w.say("hall", "subscribe", "")
	w.network.after = func(string) error {
		w.network.after = nil
		w.change("All of the tides.")
		return w.bot.Announce(t.Context())
	}
	w.arrive(w.doc("tides"))
	w.round()
	w.wantEdits("All of the tides.")
}
