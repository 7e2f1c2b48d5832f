// Package lexicon knows English as far as the search for answers needs it: how
// common a word is, which other words may stand for it, how else it is spelt,
// which words merely hold a question together, and what countries are called.
//
// All of it is in tables that lie inside the program and are searched in place;
// tables/README.md tells what they were made of. Every function is pure, may be
// called from several goroutines, and answers in microseconds.
package lexicon

import (
	_ "embed" // the tables
	"strings"
)

//go:embed tables/relations.txt
var relations string

// A Kind is a way in which one word may stand for another.
type Kind uint8

// The kinds, from the closest to the farthest.
const (
	Unrelated  Kind = iota
	Same            // the same stem: attend, attended
	Spelling        // another spelling: defence, defense
	Inflection      // an irregular form: win, won
	Derivation      // made from one another: die, death
	Synonym         // the same or nearly the same meaning: buy, purchase
	Broader         // a word for more than the given one: car, vehicle
	Narrower        // a word for less: author, poet
)

// String returns the kind in a word.
func (k Kind) String() string {
	return [...]string{"unrelated", "same", "spelling", "inflection", "derivation", "synonym", "broader", "narrower"}[k]
}

// A Relation is how one word may stand for another.
type Relation struct {
	Kind Kind

	// Weight is how likely it is that the two words are used in the senses
	// that relate them, from 0 to 1; it is 1 for Same and Spelling.
	Weight float64
}

// closer reports whether r tells more than other.
func (r Relation) closer(other Relation) bool {
	if (r.Kind <= Derivation) != (other.Kind <= Derivation) {
		return r.Kind <= Derivation
	}
	return r.Weight > other.Weight || r.Weight == other.Weight && r.Kind < other.Kind
}

// Expand returns the terms, as Stem returns them, of the words that may stand
// for word, with the closest relation of each. Its own term is always among
// them. A sentence is matched by looking up the terms of its words, without
// those of its function words: "at" is the term of "ate".
func Expand(word string) map[string]Relation {
	e := expansion{}
	e.add(Stem(word), Relation{Same, 1})
	e.addLemmas(plain(word))
	for _, other := range Spellings(word) {
		e.add(Stem(other), Relation{Spelling, 1})
		e.addLemmas(other)
	}
	return e
}

type expansion map[string]Relation

func (e expansion) add(stem string, r Relation) {
	if old, ok := e[stem]; !ok || r.closer(old) {
		e[stem] = r
	}
}

// addLemmas adds what is related to the word and to what it is a form of.
func (e expansion) addLemmas(word string) {
	for _, lemma := range bases(word) {
		e.add(Stem(lemma), Relation{Inflection, 1})
		e.addItems(lemma)
	}
	for _, lemma := range lemmas(word) {
		e.addItems(lemma)
	}
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

// An inflectionEnd is a regular ending and what the lemma has instead.
type inflectionEnd struct{ form, lemma string }

func inflections() []inflectionEnd {
	return []inflectionEnd{
		{"s", ""}, {"es", ""}, {"ies", "y"}, {"ed", ""}, {"ed", "e"}, {"ied", "y"}, {"ing", ""}, {"ing", "e"},
		{"er", ""}, {"er", "e"}, {"est", ""}, {"est", "e"},
	}
}

// A line of the table is items parted by spaces. The first ones may be "=" and
// the lemma of which the key is an irregular form; the others are the letter
// of a relation, its weight in ninths, and a stem.

// addItems adds the words related to lemma.
func (e expansion) addItems(lemma string) {
	items, ok := table(relations).find(lemma)
	if !ok {
		return
	}
	for item := range strings.SplitSeq(items, " ") {
		if item[0] != '=' {
			e.add(item[2:], Relation{kindOf(item[0]), float64(item[1]-'0') / 9})
		}
	}
}

func kindOf(code byte) Kind {
	switch code {
	case 'i':
		return Inflection
	case 'd':
		return Derivation
	case 's':
		return Synonym
	case 'b':
		return Broader
	case 'n':
		return Narrower
	}
	return Unrelated
}
