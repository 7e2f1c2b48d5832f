package lexicon

import (
	_ "embed" // the table
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed tables/countries.txt
var countries string

// A Form is a way to speak of a country.
type Form uint8

// The forms of a country's name.
const (
	Name    Form = iota + 1 // South Korea, Republic of Korea
	Demonym                 // South Korean, Koreans
	Capital                 // Seoul; also another seat of its government or its largest city
	Code                    // ROK
)

// A Mention is a country, or an international body, that a text speaks of.
type Mention struct {
	ID         string // ISO 3166 code, such as "KR"; for a body "org-" and its letters, such as "org-EU"
	Form       Form
	Start, End int // the words that speak of it, from Start up to but without End
}

// Country returns the id of the country that phrase names in whatever form, or
// the empty string. A phrase of which two countries make use, such as "Congo",
// is that of the first of them in the order of their ids. It goes by case where
// that matters: "US" is a country, "us" is not.
func Country(phrase string) string {
	words := strings.Fields(phrase)
	for _, m := range Countries(words) {
		if m.Start == 0 && m.End == len(words) {
			return m.ID
		}
	}
	return ""
}

// Countries returns the countries that words speak of, in their order, the
// longest form first taken. The words are those of a sentence as it is
// written: where any has a capital letter, only such words can begin a form.
// A name that people and other places have too, such as "Jordan", counts
// only if no other name stands beside it. A form of two countries makes two
// mentions.
func Countries(words []string) []Mention {
	s := spoken{words, make([]string, len(words))}
	for i, word := range words {
		s.keys[i] = CountryKey(word)
	}
	var found []Mention
	cased := hasCapital(words)
	for i := 0; i < len(words); {
		if cased && !isCapital(words[i]) && !strings.Contains(words[i], ".") {
			i++
			continue
		}
		items, n := longestForm(s.keys[i:])
		mentions := s.mentions(items, i, i+n)
		found = append(found, mentions...)
		if len(mentions) == 0 {
			n = 1
		}
		i += n
	}
	return found
}

// A spoken is the words of a sentence and their keys.
type spoken struct{ words, keys []string }

// mentions returns the mentions of those items of the table, for the words
// from start to end, that their marks allow.
func (s spoken) mentions(items string, start, end int) []Mention {
	var found []Mention
	first := s.words[start]
	for item := range strings.FieldsSeq(items) {
		id := strings.TrimLeft(item[1:], "^~!")
		marks := item[1 : len(item)-len(id)]
		switch {
		case strings.Contains(marks, "!") && strings.ToUpper(first) != first && !strings.Contains(first, "."),
			strings.Contains(marks, "^") && !isCapital(first),
			strings.Contains(marks, "~") && (s.isName(start-1) || s.isName(end)):
			continue
		}
		found = append(found, Mention{id, formOf(item[0]), start, end})
	}
	return found
}

// isName reports whether word i is there and is a name that is no country's.
func (s spoken) isName(i int) bool {
	if i < 0 || i >= len(s.words) || !isCapital(s.words[i]) || IsFunction(s.keys[i]) {
		return false
	}
	_, n := longestForm(s.keys[i:])
	return n == 0
}

func formOf(code byte) Form {
	return Form(strings.IndexByte(" ndck", code))
}

// longestForm returns the items of the longest form that the keys of words
// begin with, and how many words that is.
func longestForm(keys []string) (items string, n int) {
	if keys[0] == "" {
		return "", 0
	}
	for line := range strings.Lines(table(countries).from(keys[0])) {
		form, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if rest, ok := strings.CutPrefix(form, keys[0]); !ok || rest != "" && rest[0] != ' ' {
			break
		}
		if count := beginWith(keys, form); count > n {
			items, n = value, count
		}
	}
	return items, n
}

// beginWith returns how many of the keys make up form, or 0 if they do not
// begin with it.
func beginWith(keys []string, form string) int {
	for i, key := range keys {
		rest, ok := strings.CutPrefix(form, key)
		if !ok || key == "" {
			return 0
		}
		if rest == "" {
			return i + 1
		}
		if form, ok = strings.CutPrefix(rest, " "); !ok {
			return 0
		}
	}
	return 0
}

// CountryKey returns a form of a country's name as the table holds it: folded,
// in small letters, without full stops and 's, and with spaces for hyphens.
func CountryKey(form string) string {
	key := plain(form)
	if !strings.ContainsAny(key, ".-, ") {
		return key
	}
	words := strings.Fields(strings.NewReplacer(".", "", "-", " ", ",", "").Replace(key))
	for i, word := range words {
		words[i] = strings.TrimSuffix(word, "'s")
	}
	return strings.Join(words, " ")
}

func hasCapital(words []string) bool {
	for _, word := range words {
		if isCapital(word) {
			return true
		}
	}
	return false
}

func isCapital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}
