package index

import (
	"fmt"
	"strings"

	"rapporteur/index/lexicon"
	"rapporteur/index/question"
)

// undenied is what is left of the probability of an answer if the question is
// negated and the quote denies nothing: "who did not come?" is not answered by
// who came. Of 463 such quotes, from encyclopaedic articles, 5 in 100 answered
// where 57 were expected to; of those that deny something, 29 in 100 did.
const undenied = 0.15

// opposed is what is left of it if the quote has the opposite of a word of the
// question in its place: "who lost?" is not answered by who won. Of 317 such
// quotes, from the same articles, 12 in 100 answered where 44 were expected to.
const opposed = 0.25

// A Doubt is why a quote may not answer though it has the words of the question.
type Doubt struct {
	Left float64 // of the probability that it answers; 1 if nothing is the matter
	Why  string  // a whole sentence; empty if nothing is the matter
}

// doubt returns what is the matter with a quote as the answer to a question.
func doubt(asked *question.Question, quote string) Doubt {
	if asked.Negated && !denies(quote) {
		return Doubt{undenied, "The question has a negation, which the nearest passage has not: it may say the opposite."}
	}
	if word := contradicted(asked, quote); word != "" {
		return Doubt{opposed, fmt.Sprintf("Where the question says “%s”, the nearest passage has an opposite word: it may say the opposite.", word)}
	}
	return Doubt{Left: 1}
}

// contradicted returns a word of the question that is not in the quote, while a
// word for its opposite is. One that has both, such as "north or south?", is
// left alone.
func contradicted(asked *question.Question, quote string) string {
	var there, own []string // words
	for _, w := range asked.Words {
		opposites := lexicon.Opposites(w.Lower)
		if !w.Content || w.Quoted || len(opposites) == 0 {
			continue
		}
		if there == nil {
			there, own = strings.Fields(spoken(quote)), strings.Fields(spoken(asked.Text))
		}
		if has(there, opposites) && !has(own, opposites) && !has(there, meant(w.Lower)) {
			return asked.Text[w.Span.Start:w.Span.End]
		}
	}
	return ""
}

// has reports whether one of words has one of stems, which begins as it does.
func has(words, stems []string) bool {
	for _, w := range words {
		for _, s := range stems {
			if w[0] == s[0] && lexicon.Stem(w) == s {
				return true
			}
		}
	}
	return false
}

// meant returns the stems of word and of those that are as good.
func meant(word string) (stems []string) {
	for stem, r := range lexicon.Expand(word) {
		if r.Kind <= lexicon.Synonym {
			stems = append(stems, stem)
		}
	}
	return stems
}

// denies reports whether a text denies something, in so many words or by a verb
// such as "skipped".
func denies(text string) bool {
	for _, w := range strings.Fields(spoken(strings.ReplaceAll(text, "’", "'"))) {
		if isDenial(w) {
			return true
		}
		for _, stem := range denials {
			if strings.HasPrefix(w, stem) {
				return true
			}
		}
	}
	return false
}

// isDenial reports whether w denies by itself. Of "didn't" the parts are "didn"
// and "t".
func isDenial(w string) bool {
	switch w {
	case "not", "no", "never", "without", "none", "nor", "neither", "nobody", "nothing", "nowhere", "cannot", "unable", "hardly", "rarely",
		"seldom", "few", "little", "instead", "unlike", "despite", "beyond", "other",
		"didn", "don", "doesn", "isn", "wasn", "weren", "aren", "hasn", "haven", "hadn", "couldn", "wouldn", "shouldn", "won", "non":
		return true
	}
	return false
}

// denials are what verbs begin with that deny what they are said of.
var denials = [...]string{"fail", "refus", "lack", "except", "skip", "declin", "absen", "avoid", "reject", "deny", "deni", "prevent", "prohibit",
	"forbid", "exclud", "cancel", "abstain", "abandon", "omit", "withdr", "boycott", "oppos"}
