package lexicon

import (
	_ "embed" // the tables
	"strings"
)

//go:embed tables/american.txt
var american string

//go:embed tables/british.txt
var british string

// shortestRoot is the length of the shortest beginning of a word that the
// tables of spellings hold, in bytes.
const shortestRoot = 3

// An ending is spelt in two ways.
type ending struct{ british, american string }

// Variant returns the form of word that stands for all its spellings, which is
// the American one: "defense" for "defence", "organization" for "organisation".
// It is word itself, in small letters, where there is but one.
func Variant(word string) string {
	word = plain(word)
	if respelt, known := respell(table(american), word); known {
		return respelt
	}
	for _, e := range endings() {
		root, ok := strings.CutSuffix(word, e.british)
		if ok && len(root) >= shortestRoot && !(e.british[0] == 'i' && keepsS(root)) {
			return root + e.american
		}
	}
	return word
}

// Spellings returns the other ways to spell word, in small letters; there are
// mostly none, and seldom more than one.
func Spellings(word string) []string {
	word = plain(word)
	var others []string
	canonical := Variant(word)
	if canonical != word {
		others = append(others, canonical)
	}
	if other := britishOf(canonical); other != word && other != canonical {
		others = append(others, other)
	}
	return others
}

// britishOf returns the British spelling of a word that is in American.
func britishOf(word string) string {
	if respelt, known := respell(table(british), word); known {
		return respelt
	}
	for _, e := range endings() {
		if root, ok := strings.CutSuffix(word, e.american); ok && len(root) >= shortestRoot {
			return root + e.british
		}
	}
	return word
}

// respell looks for word, and for the longest beginning of it, in a table of
// spellings. The end of a word is marked there by "$".
func respell(t table, word string) (respelt string, known bool) {
	if value, ok := t.find(word + "$"); ok {
		return strings.TrimSuffix(value, "$"), true
	}
	key, value, ok := t.findPrefix(word, shortestRoot)
	if !ok {
		return word, false
	}
	return value + word[len(key):], true
}

// keepsS reports whether the word that begins with root and goes on with "ise"
// or the like has its s everywhere, as "advise" and "unpromising" have.
func keepsS(root string) bool {
	switch root {
	case "advert", "anchov", "bru", "cer", "chast", "chem", "cru", "dem", "desp", "expert", "lia", "marqu", "moonr", "mort", "parad",
		"prem", "reg", "rem", "sunr", "surm", "treat", "turquo", "upr":
		return true
	}
	if strings.HasSuffix(root, "v") {
		return !strings.HasSuffix(root, "iv") // revise, supervise; not collectivise
	}
	for _, end := range []string{
		"w", "ra", "la", "na", "no", "po", "to", "franch", "merchand", "pr", "prom", "gu", "prec", "conc", "exerc", "exc",
		"inc", "circumc",
	} {
		if strings.HasSuffix(root, end) {
			return true
		}
	}
	return false
}

// endings returns the endings that are spelt in two ways after whatever root,
// the longer ones first.
func endings() []ending {
	return []ending{
		{"isational", "izational"}, {"isations", "izations"}, {"isation", "ization"}, {"isable", "izable"},
		{"isers", "izers"}, {"iser", "izer"}, {"ising", "izing"}, {"ises", "izes"}, {"ised", "ized"}, {"ise", "ize"},
		{"lysing", "lyzing"}, {"lysed", "lyzed"}, {"lyser", "lyzer"}, {"lyse", "lyze"},
		{"metres", "meters"}, {"metre", "meter"}, {"litres", "liters"}, {"litre", "liter"},
		{"grammes", "grams"}, {"gramme", "gram"}, {"aemia", "emia"}, {"aemic", "emic"},
	}
}
