package corpus_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
)

// essay returns a text of so many sentences that no other name shares.
func essay(name string, sentences int) string {
	var b strings.Builder
	for i := range sentences {
		fmt.Fprintf(&b, "The %s of %s%d went to %s%d by %s%d. ", name, name, i, name, i*i, name, i*7)
	}
	return strings.TrimSpace(b.String())
}

// A display is a source of one publication.
type display struct {
	name string
	doc  *corpus.Doc
}

func (d display) Name() string { return d.name }

func (d display) Fetch(context.Context, []byte) ([]*corpus.Doc, []byte, error) {
	return []*corpus.Doc{d.doc}, nil, nil
}

// seen has source show one publication and returns the ID that it has then.
func seen(t *testing.T, s *corpus.Store, source string, d *corpus.Doc) string {
	t.Helper()
	if _, err := s.Take(t.Context(), display{source, d}); err != nil {
		t.Fatal(err)
	}
	return d.ID
}

func TestOnePublicationUnderSeveralNames(t *testing.T) {
	text := essay("tide", 30)
	for _, c := range []struct {
		name            string
		source          string // of the second look
		first, second   corpus.Doc
		same            bool
		wantURL         string
		wantElsewhere   []string
		wantTextChanged bool
	}{
		{name: "another guid at the same address", source: "a", same: true, wantURL: "https://example.org/tides",
			first:  corpus.Doc{ID: "1", URL: "https://example.org/tides", Text: text},
			second: corpus.Doc{ID: "2", URL: "https://example.org/tides", Text: text}},
		{name: "the same address in other dress", source: "b", same: true, wantURL: "https://example.org/tides",
			wantElsewhere: []string{"http://www.Example.org/tides/?utm_source=x#top"},
			first:         corpus.Doc{ID: "1", URL: "https://example.org/tides", Text: text},
			second:        corpus.Doc{ID: "2", URL: "http://www.Example.org/tides/?utm_source=x#top", Text: text}},
		{name: "an excerpt in a feed, the whole on the page", source: "b", same: true, wantURL: "https://example.org/tides",
			first:  corpus.Doc{ID: "1", URL: "https://example.org/tides", Text: text},
			second: corpus.Doc{ID: "2", URL: "https://example.org/tides", Text: text[:400]}},
		{name: "an edited text at another guid", source: "a", same: true, wantURL: "https://example.org/tides", wantTextChanged: true,
			first:  corpus.Doc{ID: "1", URL: "https://example.org/tides", Text: text},
			second: corpus.Doc{ID: "2", URL: "https://example.org/tides", Text: text + " Corrected."}},
		{name: "a source with one address for all", source: "a", same: false,
			first:  corpus.Doc{ID: "1", URL: "https://example.org/news", Text: text},
			second: corpus.Doc{ID: "2", URL: "https://example.org/news", Text: essay("sand", 30)}},
		{name: "the address of the site", source: "b", same: false,
			first:  corpus.Doc{ID: "1", URL: "https://example.org/", Text: "A short text."},
			second: corpus.Doc{ID: "2", URL: "https://example.org", Text: "A short text."}},
		{name: "the same text elsewhere", source: "b", same: true, wantURL: "https://example.org/tides",
			wantElsewhere: []string{"https://example.com/reprint"},
			first:         corpus.Doc{ID: "1", URL: "https://example.org/tides", Text: text},
			second:        corpus.Doc{ID: "2", URL: "https://example.com/reprint", Text: text + " Reprinted."}},
		{name: "a file, and the page that it is from", source: "b", same: true, wantURL: "https://example.org/tides",
			first:  corpus.Doc{ID: "tides.txt", Text: text},
			second: corpus.Doc{ID: "2", URL: "https://example.org/tides", Text: text}},
		{name: "the same text twice in one source", source: "a", same: false,
			first:  corpus.Doc{ID: "1", URL: "https://example.org/tides", Text: text},
			second: corpus.Doc{ID: "2", URL: "https://example.org/tides-2", Text: text}},
		{name: "a short text elsewhere", source: "b", same: false,
			first:  corpus.Doc{ID: "1", Text: "The office is closed today."},
			second: corpus.Doc{ID: "2", Text: "The office is closed today."}},
		{name: "another text", source: "b", same: false,
			first:  corpus.Doc{ID: "1", Text: text},
			second: corpus.Doc{ID: "2", Text: essay("sand", 30)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStore(t)
			c.first.Title, c.second.Title = "Tides", "Tides"
			second := c.second
			seen(t, s, "a", &c.first)
			id := seen(t, s, c.source, &c.second)
			if (id == c.first.ID) != c.same {
				t.Fatalf("it is %s, the first one %s", id, c.first.ID)
			}
			if !c.same {
				return
			}
			d := get(t, s, c.first.ID)
			if diff := cmp.Diff(c.wantElsewhere, d.Addresses); d.URL != c.wantURL || diff != "" {
				t.Errorf("address %s, elsewhere %s", d.URL, diff)
			}
			if got := d.Text != c.first.Text; got != c.wantTextChanged {
				t.Errorf("the text has changed: %t", got)
			}
			seq := d.Seq
			if again := second; seen(t, s, c.source, &again) != d.ID || get(t, s, d.ID).Seq != seq {
				t.Error("seen once more, it is something else, or has changed")
			}
			if ids := after(t, s, 0); !slices.Equal(ids, []string{d.ID}) {
				t.Errorf("the store has %v", ids)
			}
		})
	}
}

// What another source withdraws stays as long as its own shows it.
func TestWithdrawnElsewhere(t *testing.T) {
	s := newStore(t)
	d := &corpus.Doc{ID: "1", Title: "Tides", Text: essay("tide", 30)}
	seen(t, s, "a", d)
	seen(t, s, "b", &corpus.Doc{ID: "2", Title: "Tides", Text: d.Text})
	seen(t, s, "b", &corpus.Doc{ID: "2", Withdrawn: true})
	if get(t, s, "1").Withdrawn {
		t.Error("it was withdrawn by a source that only repeats it")
	}
	seen(t, s, "a", &corpus.Doc{ID: "1", Withdrawn: true})
	if !get(t, s, "1").Withdrawn {
		t.Error("its own source could not withdraw it")
	}
}
