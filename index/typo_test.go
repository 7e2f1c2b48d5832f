package index

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTypos(t *testing.T) {
	docs := newShelf()
	docs.put("tides", "Francesca Lindqvarnis measured the tides at Ostrovaar.", "The barrage at Ostrovaar was never built.", "Lindqvarnos was a fishing port.")
	docs.put("gone", "Brimsvatten was mentioned once.")
	docs.put("more", "Lindqvarnis left for Oslo, and Lindqvarnis came back.", "Zürborgum lies on the coast.", "Kalpo exports fish.")
	x := fill(t, docs)
	docs.withdraw("gone")
	mustSync(t, x)
	for _, test := range []struct{ name, question, quote, note string }{
		{"one letter", "what did Lindqvarnes measure?", "Francesca Lindqvarnis measured the tides at Ostrovaar.",
			"Nothing has “Lindqvarnes”; I looked for “Lindqvarnis” as well."},
		{"a letter too few", "what was planned at Ostrvaar?", "The barrage at Ostrovaar was never built.",
			"Nothing has “Ostrvaar”; I looked for “Ostrovaar” as well."},
		{"two letters of a long word", "who was Lyndqvarnes?", "Lindqvarnis left for Oslo, and Lindqvarnis came back.",
			"Nothing has “Lyndqvarnes”; I looked for “Lindqvarnis” as well."},
		{"no accent either", "where is Zurborgun?", "Zürborgum lies on the coast.", "Nothing has “Zurborgun”; I looked for “Zürborgum” as well."},
		{"two letters of a short word", "where is Ostravar?", "", ""},
		{"another first letter", "where is Estrovaar?", "", ""},
		{"a short word", "Kalp", "", ""},
		{"an English word", "cost", "", ""},
		{"a number", "the year 20257", "", ""},
		{"only a publication that is gone has it", "Brimsvattan", "", ""},
		{"a word that is there", "Lindqvarnos", "Lindqvarnos was a fishing port.", ""},
		{"two words and no more", "Lindqvarnes Ostrvaar Zurborgun", "Francesca Lindqvarnis measured the tides at Ostrovaar.",
			"Nothing has “Lindqvarnes”; I looked for “Lindqvarnis” as well.\nNothing has “Ostrvaar”; I looked for “Ostrovaar” as well."},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := put(t, x, Question{Text: test.question, Limit: 1})
			var quote string
			if len(a.Quotes) > 0 {
				quote = a.Quotes[0].Text()
			}
			got := []string{quote, strings.Join(a.Notes, "\n")}
			if diff := cmp.Diff([]string{test.quote, test.note}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A name that no passage has is not made present by one that resembles it: the
// same quote is less likely to answer.
func TestTypoDoubts(t *testing.T) {
	docs := newShelf()
	docs.put("tides", "Francesca Lindqvarnis measured the tides at Ostrovaar in 1912.", "The barrage was never built.")
	x := fill(t, docs)
	right := put(t, x, Question{Text: "when did Lindqvarnis measure the tides?"})
	wrong := put(t, x, Question{Text: "when did Lindqvarnes measure the tides?"})
	if diff := cmp.Diff(texts(right), texts(wrong)); diff != "" {
		t.Errorf("quotes (-right +misspelt):\n%s", diff)
	}
	odds := func(a Answer) float64 { return a.Confidence / (1 - a.Confidence) }
	if odds(wrong) > odds(right)/3 {
		t.Errorf("misspelt, it answers with %.2f; spelt right, with %.2f", wrong.Confidence, right.Confidence)
	}
}

// BenchmarkTypos compares questions of two words that no passage has with those
// in which nothing resembles these, in one index of 20,000 passages.
func BenchmarkTypos(b *testing.B) {
	text := readProse(b)
	docs, _ := text.library(20_000)
	x := fill(b, docs)
	for _, test := range []struct{ name, words string }{
		{"none", ""}, {"English", " barrage tide"}, {"unlike", " Xqzvwkjy Qwxzkjvyq"}, {"misspelt", " Normamdy Constantinopel"},
	} {
		b.Run(test.name, func(b *testing.B) {
			measure(b, text.questions, func(question string) error {
				_, err := x.Ask(b.Context(), Question{Text: question + test.words})
				return err
			})
		})
	}
}
