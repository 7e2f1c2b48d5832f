package lexicon_test

import (
	"slices"
	"testing"

	"rapporteur/index/lexicon"
)

func TestExpand(t *testing.T) {
	tests := []struct {
		word, other string
		want        lexicon.Kind
	}{
		{"attended", "attending", lexicon.Same},
		{"attend", "attendance", lexicon.Same}, // by its stem
		{"attendee", "attended", lexicon.Synonym},
		{"die", "death", lexicon.Derivation},
		{"Inventor", "invention", lexicon.Derivation},
		{"city", "urban", lexicon.Derivation},
		{"win", "won", lexicon.Inflection},
		{"won", "win", lexicon.Inflection},
		{"men", "man", lexicon.Inflection},
		{"wives", "wife", lexicon.Inflection},
		{"bought", "purchased", lexicon.Synonym},
		{"purchase", "bought", lexicon.Synonym},
		{"countries", "nation", lexicon.Synonym},
		{"leader", "chief", lexicon.Narrower},
		{"car", "automobile", lexicon.Synonym},
		{"defence", "defense", lexicon.Spelling},
		{"colour", "colored", lexicon.Spelling},
		{"organisation", "organization", lexicon.Spelling},
		{"cancelled", "canceled", lexicon.Same}, // by its stem
		{"sceptics", "skeptical", lexicon.Spelling},
		{"centre", "centers", lexicon.Spelling},
		{"war", "peace", lexicon.Unrelated},
		{"table", "river", lexicon.Unrelated},
		{"xyzzy", "xyzzies", lexicon.Same},
	}
	for _, tt := range tests {
		if got := lexicon.Expand(tt.word)[lexicon.Stem(tt.other)].Kind; got != tt.want {
			t.Errorf("%s may stand for %s: %v, want %v", tt.other, tt.word, got, tt.want)
		}
	}
}

func TestExpandWeights(t *testing.T) {
	for _, word := range []string{"win", "large", "founded", "dog", "running", "us", ""} {
		for stem, r := range lexicon.Expand(word) {
			if r.Weight <= 0 || r.Weight > 1 || r.Kind == lexicon.Unrelated {
				t.Errorf("Expand(%q)[%q] = %+v", word, stem, r)
			}
		}
	}
	if e := lexicon.Expand("founded"); e["establish"].Weight <= e["institut"].Weight {
		t.Errorf("founded: establish %v, institute %v; the more usual sense weighs more", e["establish"], e["institut"])
	}
}

func BenchmarkExpand(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		lexicon.Expand("attended")
	}
}

// A question of ten words against 2,000 words of sentences.
func BenchmarkLookUp(b *testing.B) {
	question := []string{"which", "leaders", "attended", "defence", "summit", "won", "country", "large", "began", "war"}
	terms := make([]string, 0, 2000)
	for len(terms) < cap(terms) {
		for stem := range lexicon.Expand("large") {
			terms = append(terms, stem)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		related := make(map[string]lexicon.Relation)
		for _, word := range question {
			for stem, r := range lexicon.Expand(word) {
				related[stem] = r
			}
		}
		for _, term := range terms {
			_ = related[term]
		}
	}
}

func TestOpposites(t *testing.T) {
	for word, want := range map[string]string{
		"won": "lost", "lost": "won", "Buying": "sold", "private": "public", "Northern": "southern", "largest": "smallest",
		"worse": "better", "decreased": "increase", "least": "most", "late": "early",
	} {
		if got := lexicon.Opposites(word); !slices.Contains(got, lexicon.Stem(want)) {
			t.Errorf("the opposites of %s are %q, without %s", word, got, want)
		}
	}
	for _, word := range []string{"table", "teapot", "xyzzy", ""} {
		if got := lexicon.Opposites(word); len(got) > 0 {
			t.Errorf("the opposites of %s are %q, want none", word, got)
		}
	}
}
