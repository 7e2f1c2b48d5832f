package rank

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"rapporteur/index/lexicon"
)

// maxWords is how many different words are remembered, and how many runs of
// them that may name a country, at some 150 bytes each. When there are more,
// all are forgotten and learnt anew.
const maxWords = 50_000

// prefixLength is how many letters two terms must begin with alike, in bytes,
// to be taken for forms of one word.
const prefixLength = 5

// A form is what is known of a word wherever it stands.
type form struct {
	word, stem, prefix uint32 // hashes of the word in small letters, of its term, and of what that begins with
	country            uint32 // hash of the country that the word speaks of, by itself or with its neighbours, or 0
	class              class
}

// Words remembers the forms of the words that were met, so that most texts are
// read without looking any word up. Its zero value is ready; it may be used by
// several goroutines.
type Words struct {
	mu      sync.RWMutex
	known   map[string]*form
	nations map[string]nation // of neighbouring words, also where there is none
}

// A nation is a country as somebody speaks of it.
type nation struct {
	id    uint32  // hash, or 0 for none
	name  bool    // whether it is named, and not spoken of by its people or capital
	forms []*form // of the words that speak of it together
}

// form returns the form of word as it is written. The caller holds mu for
// reading.
func (w *Words) form(word string) *form {
	if f, ok := w.known[word]; ok {
		return f
	}
	f := newForm(word)
	w.mu.RUnlock()
	w.mu.Lock()
	if w.known == nil || len(w.known) >= maxWords {
		w.known = make(map[string]*form)
	}
	w.known[strings.Clone(word)] = f
	w.mu.Unlock()
	w.mu.RLock()
	return f
}

func newForm(word string) *form {
	small := strings.TrimSuffix(strings.ToLower(lexicon.Fold(word)), "'s")
	stem := lexicon.Stem(word)
	f := &form{word: hash(small), stem: hash(stem), class: classOf(word, small)}
	if len(stem) >= prefixLength {
		f.prefix = hash(stem[:prefixLength])
	}
	if f.class.has(capital) {
		f.settle(newNation(word))
	}
	return f
}

// settle says that the word speaks of n.
func (f *form) settle(n nation) {
	if n.id == 0 {
		return
	}
	f.country = n.id
	if n.name {
		f.class |= country
	}
}

func newNation(words ...string) nation {
	found := lexicon.Countries(words)
	if len(found) == 0 || found[0].Start > 0 || found[0].End < len(words) {
		return nation{}
	}
	form := found[0].Form
	return nation{id: hash(found[0].ID), name: form == lexicon.Name || form == lexicon.Code}
}

// nation returns the country that neighbouring words name together. The caller
// holds mu for reading.
func (w *Words) nation(text string, tokens []token) nation {
	said := text[tokens[0].start:tokens[len(tokens)-1].end()]
	if n, ok := w.nations[said]; ok {
		return n
	}
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = text[t.start:t.end()]
	}
	n := newNation(words...)
	for _, t := range tokens {
		f := *t.form
		f.settle(n)
		n.forms = append(n.forms, &f)
	}
	w.mu.RUnlock()
	w.mu.Lock()
	if w.nations == nil || len(w.nations) >= maxWords {
		w.nations = make(map[string]nation)
	}
	w.nations[strings.Clone(said)] = n
	w.mu.Unlock()
	w.mu.RLock()
	return n
}

// hash returns the FNV-1a hash of s, which is never 0.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return max(h, 1)
}

// A class is a set of properties of a word in its place.
type class uint16

const (
	capital  class = 1 << iota // begins with a capital letter
	function                   // holds a sentence together
	content                    // does not
	number                     // 40, 2.1, three, half
	pronoun                    // stands for something named before: he, they, this
	country                    // a country's name
	quoted                     // after an opening quotation mark or a parenthesis
)

func (c class) has(any class) bool { return c&any != 0 }

// classOf returns the properties of a word that it has wherever it stands.
func classOf(word, small string) class {
	c := listed(small)
	first, _ := utf8.DecodeRuneInString(word)
	if unicode.IsUpper(first) {
		c |= capital
	}
	if lexicon.IsFunction(small) {
		c |= function
	} else {
		c |= content
	}
	if unicode.IsDigit(first) {
		c |= number
	}
	return c
}

// listed returns the properties of English words that are told by a list.
func listed(small string) class {
	switch small {
	case "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty",
		"forty", "fifty", "sixty", "hundred", "thousand", "dozen", "half", "third", "quarter", "twice", "several", "many", "dozens", "hundreds", "thousands",
		"million", "billion", "trillion", "millions", "billions":
		return number
	case "he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "that", "those", "him", "them", "such", "both":
		return pronoun
	}
	return 0
}
