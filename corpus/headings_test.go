package corpus_test

import (
	"slices"
	"strings"
	"testing"

	"rapporteur/corpus"
)

func TestHeadings(t *testing.T) {
	s := newStore(t)
	for _, title := range []string{"Rivers of the north", "The north in winter", "North by ship", "Roads"} {
		put(t, s, &corpus.Doc{ID: "id of " + title, Title: title, Text: "One."})
	}
	put(t, s, &corpus.Doc{ID: "gone", Title: "North no more", Text: "One."})
	put(t, s, &corpus.Doc{ID: "gone", Withdrawn: true})
	for _, c := range []struct {
		words string
		n     int
		want  []string
	}{
		{"", 2, []string{"Roads", "North by ship"}},
		{"nor", 9, []string{"North by ship", "The north in winter", "Rivers of the north"}},
		{"nor", 2, []string{"North by ship", "The north in winter"}},
		{"RIVERS, north", 9, []string{"Rivers of the north"}},
		{"id of Roads", 9, []string{"Roads"}},
		{"tin", 9, nil},
		{"gone", 9, nil},
	} {
		found, err := s.Headings(t.Context(), c.words, c.n)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range found {
			got = append(got, strings.TrimPrefix(h.ID, "id of "))
			if h.ID != "id of "+h.Title {
				t.Errorf("%q has the title %q", h.ID, h.Title)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.words, got, c.want)
		}
	}
}
