package index

import (
	"strings"

	"rapporteur/index/question"
)

// undenied is what is left of the probability of an answer if the question is
// negated and the quote denies nothing: "who did not come?" is not answered by
// who came. Of 463 such quotes, from encyclopaedic articles, 5 in 100 answered
// where 57 were expected to; of those that deny something, 29 in 100 did.
const undenied = 0.15

// doubt returns what is left of the probability that a quote answers a question.
func doubt(asked *question.Question, quote string) float64 {
	if asked.Negated && !denies(quote) {
		return undenied
	}
	return 1
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
