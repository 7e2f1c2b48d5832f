package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/index/lexicon"
)

const (
	weakest    = 0.15 // share of the senses of two words below which they are left apart
	derived    = 0.3  // weight at least of a derivation: its form alone tells that much
	loosely    = 0.5  // weight of meanings that are near but not the same
	most       = 16   // words that have one relation to one word; those narrower than "plant" are thousands
	commonWord = 2    // paragraphs; rarer words are hardly met where they would serve
)

// symbols tells what the pointers of WordNet say about the words at their ends.
var symbols = map[string]struct {
	code   byte // as in the table; see package lexicon
	factor float64
}{
	"+": {'d', 1}, `\`: {'d', 1}, // derivations
	"@": {'b', 1}, "~": {'n', 1}, // broader, narrower
	"&": {'s', loosely}, "$": {'s', loosely}, "=": {'s', loosely}, ">": {'s', loosely}, "*": {'s', loosely},
}

// related are the words related to one word, by code and word, with weights.
type related map[byte]map[string]float64

func (r related) add(code byte, word string, weight float64) {
	if r[code] == nil {
		r[code] = map[string]float64{}
	}
	r[code][word] += weight
}

func makeRelations(dir, out string) error {
	w, err := readWordnet(dir)
	if err != nil {
		return err
	}
	w.linkBack()
	lines := map[string]string{}
	for lemma := range w.senses {
		if isWord(lemma) {
			if items := w.items(lemma); items != "" {
				lines[lemma] = items
			}
		}
	}
	for _, form := range slices.Sorted(maps.Keys(w.lemmas)) {
		if isWord(form) {
			lines[form] = strings.TrimSpace(references(form, w.lemmas[form], lines) + lines[form])
		}
	}
	maps.DeleteFunc(lines, func(_, items string) bool { return items == "" })
	if err := writeTable(out, "relations.txt", lines); err != nil {
		return err
	}
	return copyLicence(dir, out)
}

// isWord reports whether lemma is one word, as texts are taken apart into.
func isWord(lemma string) bool {
	return len(lemma) > 1 && strings.Trim(lemma, "abcdefghijklmnopqrstuvwxyz") == ""
}

// linkBack adds the pointers from nouns to their adjectives and from
// adjectives to their adverbs, which WordNet has in the other direction only.
func (w *wordnet) linkBack() {
	for _, id := range slices.Sorted(maps.Keys(w.synsets)) {
		for _, p := range w.synsets[id].pointers {
			if p.symbol == `\` {
				target := w.synsets[p.targetSynset]
				target.pointers = append(target.pointers, pointer{"+", p.to, p.from, id})
			}
		}
	}
}

// related returns the words related to lemma.
func (w *wordnet) related(lemma string) related {
	r := related{}
	for _, sense := range w.senses[lemma] {
		s := w.synsets[sense.synset]
		for _, word := range s.words {
			if word != lemma {
				r.add('s', word, math.Sqrt(sense.share*w.share(word, sense.synset)))
			}
		}
		for _, p := range s.pointers {
			if p.from == 0 || s.words[p.from-1] == lemma {
				w.follow(r, p, sense.share)
			}
		}
	}
	return r
}

// follow adds the words that p leads to.
func (w *wordnet) follow(r related, p pointer, share float64) {
	symbol, known := symbols[p.symbol]
	if !known {
		return
	}
	for i, word := range w.synsets[p.targetSynset].words {
		if p.to == 0 || p.to == i+1 {
			r.add(symbol.code, word, symbol.factor*math.Sqrt(share*w.share(word, p.targetSynset)))
		}
	}
}

// family adds the derivations of the derivations of lemma that look like it,
// as "attendee" looks like "attendance", and gives all of them their weight.
func (w *wordnet) family(lemma string, r related) {
	for _, near := range slices.Sorted(maps.Keys(r['d'])) {
		for far, weight := range w.related(near)['d'] {
			if far != lemma && r['d'][far] == 0 && resemble(lemma, far) {
				r.add('d', far, weight*loosely)
			}
		}
	}
	for word, weight := range r['d'] {
		r['d'][word] = max(weight, derived)
	}
}

// resemble reports whether a and b begin alike for most of the shorter one.
func resemble(a, b string) bool {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n >= 4 && 3*n >= 2*min(len(a), len(b))
}

// items returns the value of lemma in the table: a letter that tells the
// relation, a digit from 1 to 9 that tells its weight, and a stem, for each
// related word whose stem is not that of lemma.
func (w *wordnet) items(lemma string) string {
	r := w.related(lemma)
	w.family(lemma, r)
	prune(r, lemma)
	own := lexicon.Stem(lemma)
	weights := map[string]float64{}
	codes := map[string]byte{}
	for _, code := range []byte("idsbn") {
		if code == 'i' {
			r = w.withForms(r, lemma)
		}
		for word, weight := range r[code] {
			for _, form := range w.written(word) {
				stem := lexicon.Stem(form)
				if stem != own && isWord(form) && (codes[stem] == 0 || codes[stem] == code) {
					codes[stem], weights[stem] = code, max(weights[stem], min(weight, 1))
				}
			}
		}
	}
	return format(codes, weights)
}

// withForms adds the irregular forms of lemma itself.
func (w *wordnet) withForms(r related, lemma string) related {
	for _, form := range w.forms[lemma] {
		r.add('i', form.word, 1)
	}
	return r
}

// written returns word and its irregular forms, without those that compare.
func (w *wordnet) written(word string) []string {
	forms := []string{word}
	for _, form := range w.forms[word] {
		if form.pos != "a" {
			forms = append(forms, form.word)
		}
	}
	return forms
}

// prune leaves the words that are common and close enough, and few of them.
// Derivations are left whatever they are; what is broader than a rare word
// tells nothing about it that a sentence would say.
func prune(r related, lemma string) {
	if df, _ := lexicon.WordDF(lemma); df < commonWord {
		delete(r, 'b')
	}
	for _, code := range []byte("sbn") {
		maps.DeleteFunc(r[code], func(word string, weight float64) bool {
			df, _ := lexicon.WordDF(word)
			return df < commonWord || weight < weakest || lexicon.IsFunction(word)
		})
		words := slices.SortedFunc(maps.Keys(r[code]), func(a, b string) int {
			return cmp.Or(cmp.Compare(r[code][b], r[code][a]), cmp.Compare(a, b))
		})
		for _, word := range words[min(len(words), most):] {
			delete(r[code], word)
		}
	}
}

// format writes the items with the strongest relations first.
func format(codes map[string]byte, weights map[string]float64) string {
	stems := slices.SortedFunc(maps.Keys(codes), func(a, b string) int {
		return cmp.Or(
			strings.IndexByte("idsbn", codes[a])-strings.IndexByte("idsbn", codes[b]),
			cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	var items []string
	for _, stem := range stems {
		items = append(items, fmt.Sprintf("%c%d%s", codes[stem], max(1, int(math.Round(9*weights[stem]))), stem))
	}
	return strings.Join(items, " ")
}

// references returns the items that lead from an irregular form to its lemmas.
func references(form string, lemmas []string, lines map[string]string) string {
	var b strings.Builder
	for _, lemma := range lemmas {
		if isWord(lemma) && (lines[lemma] != "" || lexicon.Stem(lemma) != lexicon.Stem(form)) {
			fmt.Fprintf(&b, "=%s ", lemma)
		}
	}
	return b.String()
}

// copyLicence writes the licence that stands at the top of each WordNet file.
func copyLicence(dir, out string) error {
	data, err := os.ReadFile(filepath.Join(dir, "data.adv"))
	if err != nil {
		return err
	}
	var b strings.Builder
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "  ") {
			break
		}
		_, text, _ := strings.Cut(strings.TrimSpace(line), " ") // the line's number
		b.WriteString(strings.TrimSpace(text) + "\n")
	}
	return os.WriteFile(filepath.Join(out, "LICENSE-wordnet"), []byte(b.String()), 0o644)
}
