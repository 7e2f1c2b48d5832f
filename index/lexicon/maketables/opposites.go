package main

import (
	"maps"
	"math"
	"slices"
	"strings"

	"rapporteur/index/lexicon"
)

const (
	meant    = 0.2 // weight at least of two opposites, as of two synonyms: "come" and "go" are seldom opposites
	longForm = 8   // letters of the longest adjective that is compared by an ending
)

func makeOpposites(dir, out string) error {
	w, err := readWordnet(dir)
	if err != nil {
		return err
	}
	stems := map[string]map[string]bool{}
	for lemma := range w.senses {
		w.opposites(lemma, func(word, opposite string) {
			if !isWord(word) || !isWord(opposite) || lexicon.IsFunction(opposite) || lexicon.Stem(word) == lexicon.Stem(opposite) {
				return
			}
			if stems[word] == nil {
				stems[word] = map[string]bool{}
			}
			stems[word][lexicon.Stem(opposite)] = true
		})
	}
	lines := map[string]string{}
	for word := range stems {
		lines[word] = strings.Join(slices.Sorted(maps.Keys(stems[word])), " ")
	}
	return writeTable(out, "opposites.txt", lines)
}

// opposites calls add with each form of lemma and of what WordNet calls its
// antonym, regular ones aside, and with those forms of both that compare.
func (w *wordnet) opposites(lemma string, add func(word, opposite string)) {
	for _, sense := range w.senses[lemma] {
		s := w.synsets[sense.synset]
		for _, p := range s.pointers {
			if p.symbol != "!" || p.from == 0 || s.words[p.from-1] != lemma {
				continue
			}
			other := w.synsets[p.targetSynset].words[p.to-1]
			if math.Sqrt(sense.share*w.share(other, p.targetSynset)) < meant {
				continue
			}
			for _, own := range w.written(lemma) {
				for _, form := range w.written(other) {
					add(own, form)
				}
			}
			if strings.HasPrefix(sense.synset, "a") {
				more, most := w.compared(lemma)
				less, least := w.compared(other)
				add(more, less)
				add(most, least)
			}
		}
	}
}

// compared returns the forms of an adjective that compare, such as "larger" and
// "largest"; they are empty for one that takes "more" and "most".
func (w *wordnet) compared(adjective string) (more, most string) {
	for _, form := range w.forms[adjective] {
		switch {
		case form.pos != "a":
		case strings.HasSuffix(form.word, "st"):
			most = form.word
		default:
			more = form.word
		}
	}
	root := strings.TrimSuffix(adjective, "e")
	if more != "" || len(adjective) > longForm {
		return more, most
	}
	return root + "er", root + "est"
}
