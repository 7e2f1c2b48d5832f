package corpus_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rapporteur/corpus"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, before, after string
		want                []corpus.Edit
	}{
		{"the same", "One.\n\nTwo.", "One.\n\nTwo.", nil},
		{"quotes, dashes and spaces", "It's \"fine\" - or not.", "It’s “fine” —or\u00a0not.", nil},
		{"a soft hyphen", "co\u00adoperation", "cooperation", nil},
		{"a number", "It cost 40 million crowns.", "It cost 45 million crowns.",
			[]corpus.Edit{{Paragraph: 1, Old: "40", New: "45", Number: true}}},
		{"a number word", "Two of three agreed.", "Two of four agreed.",
			[]corpus.Edit{{Paragraph: 1, Old: "three", New: "four", Number: true}}},
		{"a decimal", "It rose by 2.1 percent.", "It rose by 2.3 percent.",
			[]corpus.Edit{{Paragraph: 1, Old: "2.1", New: "2.3", Number: true}}},
		{"a sign", "It was 5 degrees.", "It was -5 degrees.",
			[]corpus.Edit{{Paragraph: 1, New: "-"}}},
		{"a name", "Then Minister Ruth Amadi spoke.", "Then Minister Ada Amadi spoke.",
			[]corpus.Edit{{Paragraph: 1, Old: "Ruth", New: "Ada", Name: true}}},
		{"the first word of a sentence", "Rivers rise. Dams break.", "Rivers rise. Walls break.",
			[]corpus.Edit{{Paragraph: 1, Old: "Dams", New: "Walls"}}},
		{"a negation", "They agreed.\n\nThe plan will work.", "They agreed.\n\nThe plan will not work.",
			[]corpus.Edit{{Paragraph: 2, New: "not", Negation: true}}},
		{"a negation in German", "Der Plan ist gut.", "Der Plan ist nicht gut.",
			[]corpus.Edit{{Paragraph: 1, New: "nicht", Negation: true}}},
		{"a new paragraph", "One is here.\n\nThree is here.", "One is here.\n\nTwo is here.\n\nThree is here.",
			[]corpus.Edit{{Paragraph: 2, New: "Two is here.", Number: true}}},
		{"a lost paragraph", "One is here.\n\nGone it is.", "One is here.",
			[]corpus.Edit{{Paragraph: 2, Old: "Gone it is."}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := corpus.Compare(c.before, c.after)
			if diff := cmp.Diff(c.want, got.Edits); diff != "" {
				t.Error(diff)
			}
			if got.Cosmetic() != (c.want == nil) {
				t.Errorf("cosmetic: %t", got.Cosmetic())
			}
		})
	}
}

// Whatever is changed, the edits hold words that came or went, and a text
// compared with itself has none.
func TestCompareProperties(t *testing.T) {
	vocabulary := rapid.SampledFrom([]string{"the", "sea", "rose", "40", "not", "Ada", ",", ".", "—", "\n\n"})
	rapid.Check(t, func(t *rapid.T) {
		before := strings.Join(rapid.SliceOfN(vocabulary, 0, 40).Draw(t, "before"), " ")
		after := strings.Join(rapid.SliceOfN(vocabulary, 0, 40).Draw(t, "after"), " ")
		if c := corpus.Compare(before, before); !c.Cosmetic() {
			t.Fatalf("%q differs from itself: %v", before, c)
		}
		for _, e := range corpus.Compare(before, after).Edits {
			if e.Old == "" && e.New == "" || e.Paragraph < 1 {
				t.Fatalf("%q, %q: empty edit %+v", before, after, e)
			}
			if !strings.Contains(before, e.Old) && !strings.Contains(e.Old, " ") {
				t.Fatalf("%q was never there", e.Old)
			}
		}
	})
}

func TestCompareOfLongTextsEnds(t *testing.T) {
	long := strings.Repeat("word ", 200_000)
	if c := corpus.Compare(long, long+" more"); len(c.Edits) != 1 {
		t.Errorf("%d edits, want one", len(c.Edits))
	}
}
