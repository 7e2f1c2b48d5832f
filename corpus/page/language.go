package page

import (
	"strings"

	"golang.org/x/text/language"
)

// tongue returns the language of a text as a BCP 47 tag, empty if unknown: the
// first of the claims that the page makes, unless the words of the text are
// plainly those of another language, as where a site's frame is in English.
func tongue(claims []string, text string) string {
	heard := hear(text)
	for _, claim := range claims {
		tag, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(strings.SplitN(claim, ",", 2)[0]), "_", "-"))
		if err != nil || tag == language.Und {
			continue
		}
		if base, _ := tag.Base(); heard == "" || base.String() == heard {
			return tag.String()
		}
	}
	return heard
}

const (
	heardWords = 2000 // words that are looked at; enough to be sure
	surely     = 3    // times as many words of one language as of any other
	fewest     = 12   // words of a language that make it certain
)

// hear tells the language of a text by its small words, if it is one of six
// and there is no doubt.
func hear(text string) string {
	counts := make(map[string]int)
	read := 0
	for word := range strings.FieldsSeq(text) {
		if read++; read > heardWords {
			break
		}
		for _, lang := range small[strings.ToLower(strings.Trim(word, ".,;:()"))] {
			counts[lang]++
		}
	}
	best, second := "", 0
	for _, lang := range tongues {
		switch n := counts[lang]; {
		case best == "" || n > counts[best]:
			second = counts[best]
			best = lang
		default:
			second = max(second, n)
		}
	}
	if counts[best] < fewest || counts[best] < surely*second {
		return ""
	}
	return best
}

var tongues = []string{"en", "de", "fr", "es", "it", "nl"}

// small holds words that are frequent in a language, and the languages.
var small = smallWords(map[string]string{
	"en": "the and of to that with for was were which this these their from has have not would should between by",
	"de": "der die das und nicht mit von zu den dem ist sind wurde auf für eine einer auch als durch werden über",
	"fr": "le les des et une dans est sont pour qui que sur par avec pas aux cette ces leur mais être",
	"es": "el los las y una del que por con para es son se como más pero sus entre esta este sobre",
	"it": "il gli di che della delle dei nel per non con una sono è anche come più degli questo questa alla",
	"nl": "de het een en van niet met voor zijn dat op te wordt worden door ook aan bij naar deze als",
})

func smallWords(lists map[string]string) map[string][]string {
	table := make(map[string][]string)
	for lang, words := range lists {
		for word := range strings.FieldsSeq(words) {
			table[word] = append(table[word], lang)
		}
	}
	return table
}
