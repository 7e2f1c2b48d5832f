package rank

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// said returns the words of a text, those of each sentence parted by a bar.
func said(t *Text) string {
	var sentences []string
	for n := range t.sentences {
		var words []string
		for _, tok := range t.tokensOf(n) {
			words = append(words, t.text[tok.start:tok.end()])
		}
		sentences = append(sentences, strings.Join(words, " "))
	}
	return strings.Join(sentences, " | ")
}

func TestRead(t *testing.T) {
	long := strings.Repeat("ab", maxWord)
	tests := map[string]string{
		"":                                     "",
		" \n ":                                 "",
		"The sea rose. It fell.":               "The sea rose | It fell",
		"Ada's boat isn’t here":                "Ada's boat isn’t here",
		"the U.S. and J. K. Moreau":            "the U.S and J K Moreau",
		"2.1 or 1,200, not 3. Four":            "2.1 or 1,200 not 3 | Four",
		"Indo-Pacific and/or East–West":        "Indo Pacific and or East West",
		"$5 million, 40 %, £3":                 "$ 5 million 40 % £3",
		"São Paulo e\u0301t":                   "São Paulo e\u0301t",
		"日本 rice":                              "日 本 rice",
		"(“Salt”) [tin]":                       "Salt tin",
		"dog's' 'cat":                          "dog's cat",
		"\xff broken \xf0\x9f":                 "broken",
		long + " end":                          long[:maxWord-3] + " " + long[maxWord-3:2*(maxWord-3)] + " " + long[2*(maxWord-3):] + " end",
		"No stop at the end of a line\n- item": "No stop at the end of a line | item",
	}
	var words Words
	for text, want := range tests {
		if diff := cmp.Diff(want, said(words.Read(text))); diff != "" {
			t.Errorf("words of %q (-want +got):\n%s", text, diff)
		}
	}
}

func TestSameTerm(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{"attended", "attending", true}, {"São", "sao", true}, {"Ada’s", "Ada", true}, {"NATO", "nato", true},
		{"tide", "tidal", false}, {"2025", "2026", false},
	}
	for _, test := range tests {
		if got := newForm(test.a).stem == newForm(test.b).stem; got != test.same {
			t.Errorf("%q and %q have the same term: %t", test.a, test.b, got)
		}
	}
}

func TestCountries(t *testing.T) {
	named := func(text string) (ids []uint32, names bool) {
		var words Words
		for _, tok := range words.Read(text).tokens {
			if tok.country != 0 && !slices.Contains(ids, tok.country) {
				ids = append(ids, tok.country)
			}
			names = names || tok.class.has(country)
		}
		return ids, names
	}
	tests := []struct {
		a, b          string
		same          bool
		aNames, bName bool // whether the country's name is used, and not that of its people or capital
	}{
		{"The United States left", "the US left", true, true, true},
		{"in the U.S. only", "the United States of America", true, true, true},
		{"South Korea came", "Seoul came", true, true, false},
		{"South Korea came", "South Koreans came", true, true, false},
		{"the Republic of Korea", "the ROK", true, true, true},
		{"North Korea fired", "South Korea fired", false, true, true},
		{"New Zealand", "Zealand", false, true, false},
	}
	for _, test := range tests {
		a, aNames := named(test.a)
		b, bNames := named(test.b)
		if slices.Equal(a, b) != test.same || aNames != test.aNames || bNames != test.bName {
			t.Errorf("%q (%v, named: %t) and %q (%v, named: %t)", test.a, a, aNames, test.b, b, bNames)
		}
	}
}

// What is remembered is bounded, whatever is read.
func TestWordsForget(t *testing.T) {
	var words Words
	var text strings.Builder
	for i := range maxWords + 10 {
		for n := i; n > 0; n /= 26 {
			text.WriteByte(byte('a' + n%26))
		}
		text.WriteByte(' ')
	}
	words.Read(text.String())
	if len(words.known) > maxWords {
		t.Errorf("%d words are remembered", len(words.known))
	}
	if got := said(words.Read("still reads")); got != "still reads" {
		t.Errorf("then it reads %q", got)
	}
}

func TestAbbreviations(t *testing.T) {
	tests := []struct{ text, want string }{
		{"the Court of Auditors (CoA) said", "CoA: Court Auditors"},
		{"The so-called Indo-Pacific Four (IP4) met", "IP4: Indo Pacific Four"},
		{"the Group of Seven (G7) and the European Union (EU)", "G7: Group Seven; EU: European Union"},
		{"an offer (OK) of help", ""},
		{"the council (see above) met", ""},
		{"Tides (T) rise", ""},
		{"the Very Large (VLARRAYSXYZW) Array", ""},
		{"World Trade. Organisation (WTO)", ""},
		{"nested ((NN)) and unclosed (UN", ""},
		{"((((((((((((((", ""},
		{")(", ""},
		{"Ärzte ohne Grenzen (ÄOG)", "ÄOG: Ärzte ohne Grenzen"},
		{"Kelvin K\u212A (KK)", ""}, // a letter whose small form is shorter
		{strings.Repeat("x", 500) + " (XX)", ""},
	}
	var words Words
	for _, test := range tests {
		var got []string
		for _, a := range words.Abbreviations(test.text) {
			var long []string
			for word := range strings.FieldsFuncSeq(test.text, func(r rune) bool { return strings.ContainsRune(" -()", r) }) {
				f := newForm(word)
				switch {
				case f.stem == a.short:
					long = slices.Insert(long, 0, word+":")
				case slices.Contains(a.long, f.stem):
					long = append(long, word)
				}
			}
			got = append(got, strings.Join(long, " "))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}
