package question

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/corpus"
)

// A word is one of a question that is being parsed.
type word struct {
	span    corpus.Span
	lower   string // without an 's
	owner   bool   // whether an 's follows it
	comma   bool   // whether a mark stands between the word before and it
	first   bool   // whether a sentence begins with it
	capital bool   // whether it has a capital letter
	quoted  bool
}

// words returns the words of text: what is parted by white space or a slash,
// without the marks around it.
func words(text string) []word {
	ws := make([]word, 0, 24)
	quoted, broken, first := false, false, true
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) {
			switch {
			case r == '"', r == '“', r == '”':
				quoted = !quoted && strings.ContainsAny(text[i+size:], `"”`)
			case r == '.', r == '!', r == '?':
				first, broken = true, true
			case !unicode.IsSpace(r) && r != '\'' && r != '’':
				broken = true
			}
			i += size
			continue
		}
		end := i + wordLength(text[i:])
		w := newWord(text, corpus.Span{Start: i, End: end})
		w.quoted, w.comma, w.first = quoted, broken && !first, first
		ws = append(ws, w)
		broken, first = false, false
		i = end
	}
	return ws
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// wordLength returns the length of the word that s begins with: letters and
// digits, and single marks between them that do not part words.
func wordLength(s string) int {
	end := 0
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if isWordRune(r) {
			end += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[end+size:])
		if !strings.ContainsRune("'’-.&–,:", r) || !isWordRune(next) || strings.ContainsRune(",:", r) && !unicode.IsDigit(next) {
			break
		}
		end += size
	}
	if end >= 3 && end < len(s) && s[end] == '.' && s[end-2] == '.' {
		end++ // "U.S."
	}
	return end
}

func newWord(text string, span corpus.Span) word {
	s := text[span.Start:span.End]
	w := word{span: span}
	for _, suffix := range [...]string{"'s", "’s"} {
		if len(s) > len(suffix) && strings.HasSuffix(s, suffix) {
			s, w.owner = s[:len(s)-len(suffix)], true
		}
	}
	w.capital = strings.IndexFunc(s, unicode.IsUpper) >= 0
	w.lower = strings.ToLower(s)
	return w
}

// phrases returns what stands in double quotes, straight or curly.
func phrases(text string) []string {
	var found []string
	for {
		start := strings.IndexAny(text, `"“`)
		if start < 0 {
			return found
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		text = text[start+size:]
		end := strings.IndexAny(text, `"”`)
		if end < 0 {
			return found
		}
		if phrase := strings.TrimSpace(text[:end]); phrase != "" {
			found = append(found, strings.TrimRight(phrase, ",.?!;:"))
		}
		_, size = utf8.DecodeRuneInString(text[end:])
		text = text[end+size:]
	}
}
