package lexicon

import (
	_ "embed" // the table
	"strings"
)

//go:embed tables/opposites.txt
var opposites string

// Opposites returns the terms, as Stem returns them, of the words that mean the
// opposite of word, in whatever form either is: of "won", the terms of "lose"
// and "lost". It is empty for most words.
func Opposites(word string) []string {
	var all []string
	for _, lemma := range lemmas(plain(word)) {
		if items, ok := table(opposites).find(lemma); ok {
			all = append(all, strings.Fields(items)...)
		}
	}
	return all
}
