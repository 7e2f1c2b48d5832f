package source_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapporteur/corpus"
)

// What the corpus has to say about the same things seen again.
func TestStoreTakesNothingTwice(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	store, err := corpus.OpenStore(t.Context(), filepath.Join(t.TempDir(), "corpus.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	take := func(src corpus.Source, want int) {
		t.Helper()
		if got, err := store.Take(t.Context(), src); err != nil || got != want {
			t.Errorf("%d changes, want %d; error %v", got, want, err)
		}
	}

	d, s := newDesk(t), newSite(t)
	d.save("a.md", "# A\n\nAlpha.")
	d.time = d.time.Add(time.Minute)
	take(d.src, 1)
	d.save("a.md", "# A\r\n\r\nAlpha.\r\n")
	d.move("a.md", "b.md")
	d.time = d.time.Add(time.Minute)
	take(d.src, 0)

	s.next = answer{body: rss(second, first)}
	take(s.src, 2)
	for _, other := range []string{"Tue, 24 Nov 2026 10:00:00 GMT", "yesterday"} {
		s.next = answer{body: rss(first, strings.ReplaceAll(second, "Mon, 23 Nov 2026 08:30:00 GMT", other))}
		take(s.src, 0)
	}
}
