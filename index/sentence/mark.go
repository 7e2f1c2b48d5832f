package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A mark is one stop, or several in a row, with all that decides whether a
// sentence ends there.
type mark struct {
	text  string
	start int // where the sentence began
	at    int // the first byte of the stop
	stop  int // after the last stop of the row
	end   int // after the closing quotes, brackets and footnotes that belong to it

	quoted bool // whether a closing quote is among them
	closed bool // whether a closing bracket or a footnote is
	again  bool // whether a second stop is, as in "(spp.)."

	spaced bool   // whether white space follows
	opened bool   // whether the next word stands behind a quote or bracket
	bullet bool   // whether a bullet stands before the next word
	next   string // the text from the next word on; empty at the end
}

// newMark returns the mark of the stop that lies between at and stop.
func newMark(text string, start, at, stop int) mark {
	m := mark{text: text, start: start, at: at, stop: stop}
	m.takeStops()
	m.end = m.stop
	m.takeClosers()
	m.takeNext()
	return m
}

// takeStops joins further stops to the first one, such as those of "?!" and
// "..." and ". . .".
func (m *mark) takeStops() {
	for m.stop < len(m.text) {
		rest := m.text[m.stop:]
		if n := stopLen(rest); n > 0 {
			m.stop += n
			continue
		}
		if !strings.HasPrefix(rest, " .") || len(rest) > 2 && rest[2] != ' ' && rest[2] != '.' {
			return
		}
		m.stop += len(" .")
	}
}

// takeClosers moves the end of m behind closing quotes and brackets and behind
// footnotes, and behind a second stop that follows those.
func (m *mark) takeClosers() {
	for m.end < len(m.text) {
		rest := m.text[m.end:]
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case (r == '“' || r == '«') && isUpper(rest[n:]):
			return
		case isCloseQuote(r):
			m.quoted = true
		case r == ')' || r == ']' || r == '}' || r == '）' || r == '】':
			m.closed = true
		case footnote(rest) > 0:
			m.closed, n = true, footnote(rest)
		case spacedQuote(rest) > 0:
			m.quoted, n = true, spacedQuote(rest)
		case m.end > m.stop && stopLen(rest) > 0 && !insideToken(rest[stopLen(rest):]):
			n, m.again = stopLen(rest), true
		case m.end == m.stop && m.noteNumber(rest) > 0:
			m.closed, n = true, m.noteNumber(rest)
		default:
			return
		}
		m.end += n
	}
}

func isCloseQuote(r rune) bool {
	switch r {
	case '"', '\'', '”', '’', '»', '›', '«', '“', '」', '』', '*':
		return true
	}
	return false
}

// maxNote is the length of the longest footnote mark in bytes, such as
// "[citation needed]"; what is longer is an insertion.
const maxNote = 24

// footnote returns the length of the footnote mark that text begins with, such
// as "[12]" or "³", or 0.
func footnote(text string) int {
	if text[0] == '[' {
		end := strings.IndexByte(text, ']')
		if end < 2 || end > maxNote || unicode.IsUpper(rune(text[1])) && !isDigit(text[end-1:]) {
			return 0
		}
		return end + 1
	}
	r, n := utf8.DecodeRuneInString(text)
	switch r {
	case '¹', '²', '³', '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '†', '‡':
		return n
	}
	return 0
}

// spacedQuote returns the length of the white space and the closing quote that
// text begins with, as French sets them, or 0.
func spacedQuote(text string) int {
	r, n := utf8.DecodeRuneInString(text)
	if !unicode.IsSpace(r) {
		return 0
	}
	for _, quote := range []string{"»", "”"} {
		if strings.HasPrefix(text[n:], quote) {
			return n + len(quote)
		}
	}
	return 0
}

// noteNumber returns the length of the number of a footnote that lost its
// raised place, as in "peace.12 The", or 0.
func (m *mark) noteNumber(rest string) int {
	n := 0
	for n < len(rest) && '0' <= rest[n] && rest[n] <= '9' {
		n++
	}
	if n == 0 || n > 3 || m.at == 0 || m.text[m.at] != '.' {
		return 0
	}
	if n < len(rest) && (rest[n] != ' ' || n+1 == len(rest) || !isUpper(rest[n+1:])) {
		return 0
	}
	if word := m.prev(); len(word) < 4 || !isPlain(word) || kindOf(word) != ordinary {
		return 0
	}
	return n
}

// takeNext finds the word that follows m.
func (m *mark) takeNext() {
	rest := m.text[m.end:]
	m.next = strings.TrimLeftFunc(rest, unicode.IsSpace)
	m.spaced = len(m.next) < len(rest)
	for m.next != "" {
		r, n := utf8.DecodeRuneInString(m.next)
		switch r {
		case '"', '\'', '“', '‘', '«', '‹', '„', '‚', '(', '[', '{', '¿', '¡', '「', '『', '»', '”', '’', '*', '_':
			m.opened = true
		case '•', '▪', '●', '◦', '‣', '·', '■':
			m.bullet = true
		case '-', '–', '—', ' ', '\u00a0', '…', '.':
		default:
			return
		}
		m.next = m.next[n:]
	}
}

// prev returns the word before the stop, without the brackets and quotes it
// may stand in; inner full stops belong to it, as in "U.S".
func (m *mark) prev() string {
	return lastWord(m.text[m.start:m.at])
}

// beforePrev returns the word before the one that prev returns.
func (m *mark) beforePrev() string {
	text := m.text[m.start:m.at]
	text = text[:len(text)-len(lastWord(text))]
	return lastWord(strings.TrimRight(text, " \u00a0"))
}

// maxWord bounds, in bytes, how far back a word is looked for.
const maxWord = 40

// lastWord returns the word at the end of text.
func lastWord(text string) string {
	for i := len(text); i > 0 && len(text)-i < maxWord; {
		r, n := utf8.DecodeLastRuneInString(text[:i])
		switch r {
		case '(', '[', '{', '"', '“', '”', '‘', '«', '»', '„', '/', '-', '–', '—', '*', '>', ',', ';', ':', ')', ']':
			return text[i:]
		case '\'', '’':
			if i == n || text[i-n-1] == ' ' {
				return text[i:]
			}
		}
		if unicode.IsSpace(r) {
			return text[i:]
		}
		i -= n
		if i == 0 {
			return text
		}
	}
	return ""
}

// firstWord returns the word that text begins with: letters, digits, and the
// apostrophes, hyphens and full stops between them.
func firstWord(text string) string {
	end := 0
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			end = i + utf8.RuneLen(r)
		case r != '\'' && r != '’' && r != '-' && r != '.' || i-end > 0:
			return text[:end]
		}
	}
	return text[:end]
}
