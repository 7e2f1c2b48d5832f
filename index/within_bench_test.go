package index

import (
	"testing"
	"time"
)

// BenchmarkAskWithin compares questions with filters and phrases with the same
// questions without any, over 20,000 passages of real text: half of the
// publications have one author, and one in a hundred has another.
func BenchmarkAskWithin(b *testing.B) {
	text := readProse(b)
	docs, _ := text.library(20_000)
	for _, doc := range docs.docs {
		doc.Published = time.Date(2020, 1, int(doc.Seq), 0, 0, 0, 0, time.UTC)
		switch {
		case doc.Seq%100 == 1:
			doc.Authors = []string{"Cleo Rare"}
		case doc.Seq%2 == 0:
			doc.Authors = []string{"Ada Usual"}
		}
	}
	x := fill(b, docs)
	for _, within := range []struct{ name, words string }{
		{"all", ""}, {"half", "author:usual "}, {"few", "author:rare "}, {"since", "since:2021 "}, {"none", "author:nobody "},
		{"phrase", `"united states" `}, {"no such phrase", `"new great" `},
	} {
		b.Run(within.name, func(b *testing.B) {
			questions := make([]string, 1000)
			for i := range questions {
				questions[i] = within.words + text.questions[i]
			}
			measure(b, questions, func(question string) error {
				_, err := x.Ask(b.Context(), Question{Text: question})
				return err
			})
		})
	}
}
