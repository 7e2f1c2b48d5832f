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
	word = plain(word)
	var all []string
	for _, lemma := range append(bases(word), lemmas(word)...) {
		if items, ok := table(opposites).find(lemma); ok {
			all = append(all, strings.Fields(items)...)
		}
	}
	return all
}

// bases returns the lemmas of which word is an irregular form.
func bases(word string) (all []string) {
	items, _ := table(relations).find(word)
	for item := range strings.SplitSeq(items, " ") {
		lemma, ok := strings.CutPrefix(item, "=")
		if !ok {
			break
		}
		all = append(all, lemma)
	}
	return all
}

// lemmas returns word and what may be the lemmas of which it is a regular form.
func lemmas(word string) []string {
	all, stem := []string{word}, Stem(word)
	for _, end := range inflections() {
		if root, ok := strings.CutSuffix(word, end.form); ok && Stem(root+end.lemma) == stem {
			all = append(all, root+end.lemma)
		}
	}
	return all
}
