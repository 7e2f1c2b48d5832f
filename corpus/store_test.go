package corpus_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rapporteur/corpus"
)

// A clock that goes on by one second whenever somebody looks.
type clock struct{ t time.Time }

func (c *clock) now() time.Time {
	c.t = c.t.Add(time.Second)
	return c.t
}

func newStore(t testing.TB) *corpus.Store {
	c := &clock{time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
	return openStore(t, filepath.Join(t.TempDir(), "corpus.db"), c.now)
}

func openStore(t testing.TB, path string, now func() time.Time) *corpus.Store {
	t.Helper()
	s, err := corpus.OpenStore(t.Context(), path, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func doc(id, text string) *corpus.Doc {
	return &corpus.Doc{ID: id, Title: "On " + id, Text: text}
}

func put(t testing.TB, s *corpus.Store, d *corpus.Doc) bool {
	t.Helper()
	changed, err := s.Put(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func get(t testing.TB, s *corpus.Store, id string) *corpus.Doc {
	t.Helper()
	d, err := s.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// after returns the ids of the publications after seq.
func after(t testing.TB, s *corpus.Store, seq int64) (ids []string) {
	t.Helper()
	for d, err := range s.After(t.Context(), seq) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.ID)
	}
	return ids
}

func TestPutKeepsEverything(t *testing.T) {
	s := newStore(t)
	d := &corpus.Doc{
		ID: "https://example.org/a", URL: "https://example.org/a", Title: "The Hague’s “summit”", Authors: []string{"Ada Smith", "Bo Li"},
		Published: time.Date(2026, 5, 30, 0, 30, 0, 0, time.FixedZone("", 9*3600)), Language: "en",
		Text: "One.\n\nTwo – três.", Takeaways: []corpus.Span{{0, 4}}, Source: "feed x", Backlog: true,
		Extracted: true, Headings: []corpus.Span{{0, 4}}, Pages: []int{1, 2}, Partial: true, Addresses: []string{"https://example.org/b"},
		Section: "Energy", About: "Ada Smith leads the institute.",
	}
	if !put(t, s, d) {
		t.Fatal("a new publication is no change")
	}
	if d.Seq != 1 || d.First != 1 || d.Arrived.IsZero() {
		t.Errorf("Seq %d, First %d, Arrived %v", d.Seq, d.First, d.Arrived)
	}
	if diff := cmp.Diff(d, get(t, s, d.ID)); diff != "" {
		t.Error(diff)
	}
	again := *d
	again.Seq, again.First, again.Backlog, again.Arrived = 0, 0, false, time.Time{}
	if put(t, s, &again) {
		t.Error("the same publication again is a change")
	}
	if diff := cmp.Diff(d, &again); diff != "" {
		t.Error("what Put tells of it:", diff)
	}
}

func TestPutTakesEveryChange(t *testing.T) {
	changes := map[string]func(*corpus.Doc){
		"text":      func(d *corpus.Doc) { d.Text += " More." },
		"title":     func(d *corpus.Doc) { d.Title += "!" },
		"authors":   func(d *corpus.Doc) { d.Authors = []string{"Ada Smith"} },
		"date":      func(d *corpus.Doc) { d.Published = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC) },
		"url":       func(d *corpus.Doc) { d.URL = "https://example.org/a" },
		"language":  func(d *corpus.Doc) { d.Language = "en" },
		"section":   func(d *corpus.Doc) { d.Section = "Energy" },
		"about":     func(d *corpus.Doc) { d.About = "Ada Smith leads it." },
		"takeaways": func(d *corpus.Doc) { d.Takeaways = []corpus.Span{{0, 3}} },
		"extracted": func(d *corpus.Doc) { d.Extracted = true },
		"headings":  func(d *corpus.Doc) { d.Headings = []corpus.Span{{0, 3}} },
		"pages":     func(d *corpus.Doc) { d.Pages = []int{7} },
		"partial":   func(d *corpus.Doc) { d.Partial = true },
		"addresses": func(d *corpus.Doc) { d.Addresses = []string{"https://example.org/b"} },
		"withdrawn": func(d *corpus.Doc) { *d = corpus.Doc{ID: d.ID, Withdrawn: true} },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			put(t, s, doc("a", "One."))
			put(t, s, doc("b", "Two."))
			d := doc("a", "One.")
			change(d)
			if !put(t, s, d) || d.Seq != 3 || d.First != 1 {
				t.Errorf("Seq %d, First %d, want 3 and 1", d.Seq, d.First)
			}
			if diff := cmp.Diff([]string{"b", "a"}, after(t, s, 0)); diff != "" {
				t.Error(diff)
			}
			if put(t, s, d) {
				t.Error("the same change again is a change")
			}
		})
	}
}

func TestPutKeepsTheTextThatWasReplaced(t *testing.T) {
	s := newStore(t)
	put(t, s, doc("a", "One."))
	put(t, s, doc("b", "Other."))
	put(t, s, doc("a", "Two."))
	put(t, s, &corpus.Doc{ID: "a", Title: "A new title", Text: "Two."})
	put(t, s, doc("a", "Three."))
	got, err := s.Revisions(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) == 2 && !got[0].Replaced.Before(got[1].Replaced) {
		t.Errorf("replaced at %v, then at %v", got[0].Replaced, got[1].Replaced)
	}
	want := []corpus.Revision{
		{Seq: 1, Text: "One.", Hash: fmt.Sprintf("%x", sha256.Sum256([]byte("One.")))},
		{Seq: 4, Text: "Two.", Hash: fmt.Sprintf("%x", sha256.Sum256([]byte("Two.")))},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(corpus.Revision{}, "Replaced")); diff != "" {
		t.Error(diff)
	}
}

// A quote is cut again out of the text that it came from, whatever came after.
func TestAtGivesTheTextOfThatTime(t *testing.T) {
	s := newStore(t)
	first := doc("a", "One.")
	put(t, s, doc("before", "Other."))
	put(t, s, first)
	quote := first.Quote(corpus.Span{Start: 0, End: 3})
	put(t, s, &corpus.Doc{ID: "a", Title: "A new title", Text: "One."}) // the text is still the first
	put(t, s, doc("a", "Two."))
	put(t, s, &corpus.Doc{ID: "a", Withdrawn: true})
	put(t, s, doc("a", "Three."))
	for seq, want := range map[int64]string{2: "One.", 3: "One.", 4: "Two.", 5: "Two.", 6: "Three.", 99: "Three."} {
		d, err := s.At(t.Context(), "a", seq)
		if err != nil || d.Text != want {
			t.Errorf("as of %d: %v, want %q; error %v", seq, d, want, err)
		}
	}
	again, err := s.At(t.Context(), "a", first.Seq)
	if err != nil || again.Quote(quote.Span()).Text() != "One" {
		t.Errorf("the quote is cut again as %v, error %v", again, err)
	}
	for id, seq := range map[string]int64{"a": 1, "none": 9} {
		if _, err := s.At(t.Context(), id, seq); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("%s as of %d: error %v", id, seq, err)
		}
	}
}

func TestWithdrawnComesBackAsItself(t *testing.T) {
	s := newStore(t)
	gone := &corpus.Doc{ID: "a", Withdrawn: true}
	if put(t, s, gone) {
		t.Error("to withdraw what never came is a change")
	}
	put(t, s, doc("a", "One."))
	put(t, s, gone)
	d := get(t, s, "a")
	if !d.Withdrawn || d.Text != "One." || d.Title != "On a" || d.Seq != 2 {
		t.Errorf("withdrawn: %+v", d)
	}
	put(t, s, doc("a", "One."))
	if d := get(t, s, "a"); d.Withdrawn || d.Seq != 3 || d.First != 1 {
		t.Errorf("come back: %+v", d)
	}
}

func TestPutRefusesWhatCannotBeKept(t *testing.T) {
	s := newStore(t)
	if _, err := s.Put(t.Context(), &corpus.Doc{ID: "a", Title: "A"}); err == nil {
		t.Error("a publication without text was kept")
	}
	if _, err := s.Get(t.Context(), "a"); !errors.Is(err, corpus.ErrNotFound) {
		t.Error(err)
	}
}

func TestAfterMayBeInterrupted(t *testing.T) {
	s := newStore(t)
	for _, id := range []string{"a", "b", "c"} {
		put(t, s, doc(id, "One."))
	}
	var ids []string
	for d, err := range s.After(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		put(t, s, doc("b", "Two.")) // neither waits for the reader
		ids = append(ids, d.ID)
	}
	if diff := cmp.Diff([]string{"b", "c", "b"}, ids); diff != "" {
		t.Error(diff)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range s.After(ctx, 0) {
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

func TestTitled(t *testing.T) {
	s := newStore(t)
	for i, title := range []string{"NATO’s Summit", "NATO’s Summit: one year on", "The Hague Summit", "Der Fußball"} {
		put(t, s, &corpus.Doc{ID: "file-" + string(rune('0'+i)) + ".txt", Title: title, Text: "One."})
	}
	put(t, s, &corpus.Doc{ID: "gone", Title: "Gone", Text: "One."})
	put(t, s, &corpus.Doc{ID: "gone", Withdrawn: true})
	tests := []struct{ words, want string }{
		{"nato's summit", "NATO’s Summit"},
		{"NATO's", "NATO’s Summit: one year on"},
		{"hague summit", "The Hague Summit"},
		{"summit", "The Hague Summit"},
		{"file-1.txt", "NATO’s Summit: one year on"},
		{"FUSSBALL", "Der Fußball"},
		{"gone", ""},
		{"", ""},
		{"🤷", ""},
		{"tin", ""},
	}
	for _, test := range tests {
		d, err := s.Titled(t.Context(), test.words)
		switch {
		case test.want == "" && !errors.Is(err, corpus.ErrNotFound):
			t.Errorf("%q: %v, %v", test.words, d, err)
		case test.want != "" && (err != nil || d.Title != test.want):
			t.Errorf("%q: %v, %v, want %q", test.words, d, err, test.want)
		}
	}
}

func TestLatestAndStats(t *testing.T) {
	s := newStore(t) // the clock stands at 1 June 2026
	put(t, s, &corpus.Doc{ID: "old", Title: "Old", Text: "One.", Published: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)})
	put(t, s, doc("undated", "One."))
	put(t, s, &corpus.Doc{ID: "future", Title: "Future", Text: "One.", Published: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)})
	put(t, s, doc("gone", "One."))
	put(t, s, &corpus.Doc{ID: "gone", Withdrawn: true})
	docs, err := s.Latest(t.Context(), 2)
	if err != nil || len(docs) != 2 || docs[0].ID != "future" || docs[1].ID != "undated" {
		t.Errorf("got %v, %v", docs, err)
	}
	stats, err := s.Stats(t.Context())
	if want := (corpus.Stats{Publications: 3, Withdrawn: 1, Seq: 5}); err != nil || stats != want {
		t.Errorf("got %+v, %v, want %+v", stats, err, want)
	}
}
