package rank

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"rapporteur/index/lexicon"
)

// maxWords is how many different words are remembered, at some 100 bytes each.
// When there are more, all are forgotten and learnt anew.
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
	mu        sync.RWMutex
	known     map[string]form
	countries map[uint64]nation // of neighbouring words, also where there is none
}

// A nation is a country as somebody speaks of it.
type nation struct {
	id   uint32 // hash, or 0 for none
	name bool   // whether it is named, and not spoken of by its people or capital
}

// form returns the form of word as it is written. The caller holds mu for
// reading.
func (w *Words) form(word string) form {
	if f, ok := w.known[word]; ok {
		return f
	}
	w.mu.RUnlock()
	f := newForm(word)
	w.mu.Lock()
	if w.known == nil || len(w.known) >= maxWords {
		w.known = make(map[string]form)
	}
	w.known[strings.Clone(word)] = f
	w.mu.Unlock()
	w.mu.RLock()
	return f
}

func newForm(word string) form {
	small := strings.TrimSuffix(strings.ToLower(lexicon.Fold(word)), "'s")
	stem := lexicon.Stem(word)
	f := form{word: hash(small), stem: hash(stem), class: classOf(word, small)}
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
	f.class |= place
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
	return nation{hash(found[0].ID), form == lexicon.Name || form == lexicon.Code}
}

// nation returns the country that neighbouring words name together. The caller
// holds mu for reading.
func (w *Words) nation(text string, tokens []token) nation {
	key := pair(tokens[0].word, tokens[len(tokens)-1].word) + uint64(len(tokens))
	if n, ok := w.countries[key]; ok {
		return n
	}
	var words []string
	for _, t := range tokens {
		words = append(words, text[t.start:t.end])
	}
	n := newNation(words...)
	w.mu.RUnlock()
	w.mu.Lock()
	if w.countries == nil || len(w.countries) >= maxWords {
		w.countries = make(map[uint64]nation)
	}
	w.countries[key] = n
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
type class uint32

const (
	capital  class = 1 << iota // begins with a capital letter
	function                   // holds a sentence together
	number                     // 40, 2.1, three, half
	year                       // a number from 1000 to 2199, or 1990s
	month                      // also a day of the week
	pronoun                    // stands for something named before: he, they, this
	title                      // stands before a person's name: Mr, President
	place                      // a country, capital or nationality
	country                    // a country's name
	unit                       // follows a number: percent, miles, million
	cause                      // because, due, therefore
	manner                     // by, through, using
	opening                    // the first word of its sentence
	named                      // one of two or more capitalised words in a row
	located                    // capitalised, after in, at, near
	agent                      // capitalised, after by
	quoted                     // after an opening quotation mark or a parenthesis
	money                      // an amount of it
	content                    // none of the function words
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
		if isYear(small) {
			c |= year
		}
	}
	return c
}

func isYear(word string) bool {
	word = strings.TrimSuffix(strings.TrimSuffix(word, "s"), "'")
	if len(word) != 4 || word[0] != '1' && (word[0] != '2' || word[1] > '1') {
		return false
	}
	return strings.Trim(word, "0123456789") == ""
}

// listed returns the properties of English words that are told by a list.
func listed(small string) class {
	switch small {
	case "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "may",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "century", "centuries", "today", "yesterday":
		return month
	case "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty",
		"forty", "fifty", "sixty", "hundred", "thousand", "dozen", "half", "third", "quarter", "twice", "several", "many", "dozens", "hundreds", "thousands":
		return number
	case "million", "billion", "trillion", "millions", "billions":
		return number | unit
	case "percent", "%", "per", "cent", "miles", "mile", "km", "kilometres", "kilometers", "metres", "meters", "feet", "acres", "degrees", "tons", "tonnes",
		"kg", "years", "year", "months", "days", "hours", "minutes", "seconds", "weeks", "people", "times":
		return unit
	case "he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "that", "those", "him", "them", "such", "both":
		return pronoun
	case "mr", "mrs", "ms", "dr", "prof", "sir", "lord", "lady", "president", "king", "queen", "prince", "princess", "pope", "saint", "st", "minister",
		"secretary", "senator", "governor", "general", "captain", "chancellor", "ambassador", "director", "professor", "chairman", "chief", "emperor",
		"bishop", "judge", "justice", "mayor", "founder", "author", "ceo", "pm", "coach", "premier", "commander", "colonel", "admiral":
		return title
	case "because", "due", "since", "caused", "cause", "reason", "reasons", "therefore", "thus", "hence", "result", "resulted", "order", "led", "leading", "owing":
		return cause
	case "by", "through", "using", "via", "means", "use", "used":
		return manner
	case "dollars", "euros", "pounds", "yen", "$", "£", "€":
		return unit | money
	}
	return 0
}
