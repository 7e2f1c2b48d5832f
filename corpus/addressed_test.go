package corpus_test

import (
	"errors"
	"fmt"
	"testing"

	"rapporteur/corpus"
)

// A publication is found at its address in whatever dress, however many came
// after it.
func TestAddressed(t *testing.T) {
	s := newStore(t)
	for i := range 1000 {
		id := fmt.Sprintf("n%d", i)
		put(t, s, &corpus.Doc{ID: id, URL: "https://www.example.org/briefs/" + id + "?page=2&lang=en", Title: id, Text: "The text of " + id + "."})
	}
	put(t, s, &corpus.Doc{ID: "moved", URL: "https://example.org/new", Addresses: []string{"https://example.org/old"}, Title: "Moved", Text: "It has moved."})
	put(t, s, &corpus.Doc{ID: "one", URL: "https://example.org/news", Title: "One", Text: essay("tide", 30)})
	put(t, s, &corpus.Doc{ID: "two", URL: "https://example.org/news/", Title: "Two", Text: essay("sand", 30)})
	put(t, s, &corpus.Doc{ID: "gone", URL: "https://example.org/gone", Title: "Gone", Text: "It is gone."})
	put(t, s, &corpus.Doc{ID: "gone", Withdrawn: true})
	for address, want := range map[string]string{
		"https://www.example.org/briefs/n0?page=2&lang=en":                                            "n0",
		"http://example.org/briefs/n1/?lang=en&page=2":                                                "n1",
		"https://WWW.Example.org/briefs/n999/?utm_source=mail&lang=en&utm_medium=x&page=2&fbclid=1#s": "n999",
		"https://example.org/briefs/n1?page=3&lang=en":                                                "",
		"https://example.org/briefs/n1":                                                               "",
		"https://example.org/new":                                                                     "moved",
		"https://example.org/old/":                                                                    "moved",
		"https://example.org/news":                                                                    "", // of two
		"https://example.org/gone":                                                                    "",
		"https://example.org/":                                                                        "",
		"n1":                                                                                          "",
		"":                                                                                            "",
		"%":                                                                                           "",
	} {
		d, err := s.Addressed(t.Context(), address)
		switch {
		case want == "" && !errors.Is(err, corpus.ErrNotFound):
			t.Errorf("%s: %v, %v; want none", address, d, err)
		case want != "" && (err != nil || d.ID != want):
			t.Errorf("%s: %v, %v; want %s", address, d, err, want)
		}
	}
}
