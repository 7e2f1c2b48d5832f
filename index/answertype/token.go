package answertype

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// usualTokens is the number of words that a sentence hardly ever exceeds.
const usualTokens = 96

// A token is a word or a number of the text.
type token struct {
	start, end int // bytes of the text, without an 's at its end
	class      class
	shape      shape
	gap        gap
	owner      bool // whether an 's follows it
}

// A shape is how a word looks.
type shape uint8

const (
	small   shape = iota // word
	capital              // Word
	upper                // NATO, U.S., IP4
	digits               // 1957, 2.1, 19th, 1990s
)

// A gap is what stands before a word.
type gap uint8

const (
	blank  gap = iota // white space
	joined            // a hyphen or a dash
	comma             // a comma
	mark              // a quotation mark, a bracket, a colon or another mark
	stop              // the end of a sentence, or the beginning of the text
)

// is reports whether the word is of one of the classes c.
func (t token) is(c class) bool { return t.class&c != 0 }

// named reports whether the word has a capital letter.
func (t token) named() bool { return t.shape == capital || t.shape == upper }

// tokens appends the words of s to ts.
func tokens(ts []token, s string) []token {
	rest := 0 // end of the last word
	for i := 0; i < len(s); {
		if c := s[i]; c == ' ' || !isWord(s, i) {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		t := token{start: i, end: wordEnd(s, i)}
		t.gap = gapOf(s[rest:i], ts)
		rest = t.end
		if n := possessive(s[i:rest]); n > 0 {
			t.end, t.owner = t.end-n, true
		}
		t.shape = shapeOf(s[t.start:t.end])
		t.class = lookUp(s[t.start:t.end])
		ts = append(ts, t)
		i = rest
	}
	return ts
}

// isWord reports whether a letter or a digit begins at byte i of s.
func isWord(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	if c := s[i]; c < utf8.RuneSelf {
		return isPlain(c)
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// isPlain reports whether c is a letter or a digit of ASCII.
func isPlain(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || isDigit(c)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// wordEnd returns where the word or number ends that begins at byte i of s. An
// apostrophe between letters belongs to it, and so do the marks inside "1,200",
// "8:10", "V&A", "p.m." and "U.S.", with the final stop of the last two.
func wordEnd(s string, i int) int {
	start := i
	for {
		for i < len(s) && isPlain(s[i]) {
			i++
		}
		for i < len(s) && isWord(s, i) {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
		}
		n := inside(s, i)
		if n == 0 {
			break
		}
		i += n
	}
	if i < len(s) && s[i] == '.' && i-start > 2 && s[i-2] == '.' {
		i++
	}
	return i
}

// inside returns the length of the mark at byte i of s if it stands inside
// a word, or 0.
func inside(s string, i int) int {
	if i == 0 || i+1 >= len(s) {
		return 0
	}
	before, after := s[i-1], s[i+1]
	switch s[i] {
	case '.':
		if isDigit(before) && isDigit(after) || alone(s, i-1) && isWord(s, i+1) && !(i+2 < len(s) && isWord(s, i+2)) {
			return 1
		}
	case ',', ':':
		if isDigit(before) && isDigit(after) {
			return 1
		}
	case '\'', '&':
		if isWord(s, i+1) && !isDigit(after) {
			return 1
		}
	case "’"[0]:
		if strings.HasPrefix(s[i:], "’") && isWord(s, i+len("’")) {
			return len("’")
		}
	}
	return 0
}

// alone reports whether byte i of s is a letter with no other one before it.
func alone(s string, i int) bool {
	return isWord(s, i) && !isDigit(s[i]) && (i == 0 || s[i-1] == '.' || !isWord(s, i-1) && s[i-1] < utf8.RuneSelf)
}

// possessive returns the length of the 's that word closes with, or 0.
func possessive(word string) int {
	if word[len(word)-1] != 's' {
		return 0
	}
	for _, end := range [...]string{"'s", "’s"} {
		if strings.HasSuffix(word, end) {
			return len(end)
		}
	}
	return 0
}

// gapOf returns the gap that between makes after the words ts.
func gapOf(between string, ts []token) gap {
	switch {
	case len(ts) == 0:
		return stop
	case between == " ":
		return blank
	case between == "." || between == ". ":
		if last := ts[len(ts)-1]; last.is(shortened) || last.shape != small && last.end-last.start == 1 {
			return blank // "Dr. Moreau", "J. Moreau"
		}
		return stop
	case between == "-" || between == "–" || between == "—":
		return joined
	case between == ", ":
		return comma
	case strings.TrimSpace(between) == "":
		return blank
	case strings.ContainsAny(between, ".!?;") && strings.ContainsAny(between, " \n"):
		return stop
	}
	return mark
}

// shapeOf returns the shape of a word that is not empty.
func shapeOf(word string) shape {
	if isDigit(word[0]) {
		return digits
	}
	r, size := rune(word[0]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(word)
	}
	switch {
	case !unicode.IsUpper(r):
		return inner(word[size:])
	case hasSmall(word[size:]):
		return capital
	}
	return upper
}

// inner returns the shape of a word whose first letter is small, which is a name
// all the same if another one is not, as in "iPhone".
func inner(rest string) shape {
	for i := 0; i < len(rest); i++ {
		if 'A' <= rest[i] && rest[i] <= 'Z' {
			return capital
		}
	}
	return small
}

// hasSmall reports whether a word has a small letter.
func hasSmall(word string) bool {
	for i := 0; i < len(word); i++ {
		if c := word[i]; 'a' <= c && c <= 'z' {
			return true
		}
	}
	return word == "" || strings.IndexFunc(word, unicode.IsLower) >= 0
}

// lookUp returns what is known of word, whatever its case.
func lookUp(word string) class {
	if len(word) > longestKnown {
		return 0
	}
	var lower [longestKnown]byte
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	return classes[string(lower[:len(word)])]
}
