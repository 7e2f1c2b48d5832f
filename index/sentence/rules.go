package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ends reports whether the sentence ends with m.
func (m *mark) ends() bool {
	switch {
	case strings.TrimSpace(m.text[m.end:]) == "":
		return true
	case !m.hasContent() || m.isLabel() || !m.goesOn():
		return false
	case isWide(m.text[m.at:]) || m.bullet || m.again && m.spaced && !isLower(m.next):
		return true
	case !m.spaced:
		return m.endsGlued()
	case m.text[m.at] == '.' && m.stop == m.at+1:
		return m.endsStop()
	case m.isEllipsis():
		return !isLower(m.next)
	}
	return m.endsCall()
}

// hasContent reports whether something was said before the stop: what begins
// with dots, or holds nothing but them in its brackets, is not yet a sentence.
func (m *mark) hasContent() bool {
	said := m.text[m.start:m.at]
	if strings.HasSuffix(said, "(") || strings.HasSuffix(said, "[") {
		return m.isEllipsis() && m.spaced && m.startsNext()
	}
	return strings.ContainsFunc(said, isWordRune)
}

// goesOn reports whether a new sentence can begin with what follows the stop:
// it holds a word, and does not begin with a sign that goes on with the old one.
func (m *mark) goesOn() bool {
	r := firstRune(m.next)
	if isWordRune(r) {
		return true
	}
	return !strings.ContainsRune(",;:)]}%", r) && strings.ContainsFunc(m.next, isWordRune)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isLabel reports whether nothing but a list marker or the number of a heading
// stands before the stop.
func (m *mark) isLabel() bool {
	said := m.sentence()
	if len(said) > maxCount {
		return false
	}
	from := m.at - len(said)
	return marker(m.text[from:]) == m.stop-from || strings.Trim(said, "IVX") == ""
}

// isWide reports whether text begins with a stop of a script that puts no
// space behind it, or uses it for nothing else.
func isWide(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	switch r {
	case '。', '｡', '！', '？', '।', '॥', '۔':
		return true
	}
	return false
}

// sentence returns what was said up to the stop.
func (m *mark) sentence() string {
	return strings.TrimSpace(m.text[m.start:m.at])
}

func (m *mark) isEllipsis() bool {
	return strings.Trim(m.text[m.at:m.stop], ".… ") == ""
}

// endsCall decides on "!" and "?" before a space.
func (m *mark) endsCall() bool {
	switch {
	case isLower(m.next):
		return isCamel(m.next) || !m.quoted && !m.closed && isPlain(m.prev()) && startsLower(firstWord(m.next))
	case strings.ContainsRune("+=−×/^≤≥", firstRune(m.next)), m.quoted && saysNext(m.next):
		return false
	case !m.quoted && !m.closed && isExclaimed(m.prev()):
		return m.startsNext()
	}
	return true
}

// startsNext reports whether the next word is one that begins sentences.
func (m *mark) startsNext() bool {
	word := firstWord(m.next)
	if len(word) <= len("No") && strings.HasPrefix(m.next[len(word):], ".") {
		return false // an initial, or "No. 5"
	}
	return starts(word)
}

// maxNames is how many words the name of a speaker has at most.
const maxNames = 4

// saysNext reports whether text goes on with who said it, as in "Smith asked".
func saysNext(text string) bool {
	for i := range maxNames {
		name := firstWord(text)
		if i == 0 && starts(name) && !isPronoun(name) {
			return false
		}
		text = strings.TrimLeft(text[len(name):], " .")
		if !isUpper(text) {
			break
		}
	}
	return isSpeech(firstWord(text))
}

// endsStop decides on a single full stop before a space.
func (m *mark) endsStop() bool {
	prev := m.prev()
	kind := kindOf(prev)
	if isLower(m.next) {
		return kind == ordinary && m.endsBeforeLower(prev)
	}
	return m.endsAfter(prev, kind)
}

// endsBeforeLower decides on a full stop between an ordinary word and one
// without a capital: a name such as "iPhone" or "de Gaulle" begins a sentence,
// and in a forum many other words do.
func (m *mark) endsBeforeLower(prev string) bool {
	if isCamel(m.next) || count(m.next) > 0 && marker(m.sentence()) > 0 {
		return true
	}
	if m.quoted || m.closed || !isPlain(prev) || len(prev) < 2 {
		return false
	}
	if end := strings.IndexAny(m.next, " -'’"); end > 0 && isParticle(m.next[:end]) {
		return isUpper(strings.TrimLeft(m.next[end:], " -'’"))
	}
	return startsLower(firstWord(m.next))
}

// endsAfter decides on a full stop after prev and before a word with a
// capital, a number or a sign.
func (m *mark) endsAfter(prev string, kind kind) bool {
	next := firstWord(m.next)
	switch kind {
	case never:
		return false
	case counter:
		return !isNumber(m.next) && (m.startsNext() || !isUpper(prev))
	case worded:
		return !isNumber(m.next) || next == "I" || next == "A"
	case closer:
		return m.startsNext()
	case era:
		return isUpper(m.next) && (m.startsNext() || isDigits(m.beforePrev()))
	case clock:
		return isUpper(m.next) && !isZone(next)
	case month:
		return !isNumber(m.next)
	case usual:
		return !isDigit(m.next)
	case initial:
		return m.endsInitial(prev)
	case number:
		return m.endsNumber(prev, next)
	}
	return true
}

// endsInitial decides on a single letter, which is an initial of a name unless
// what is around shows otherwise, as in "vitamin C. The".
func (m *mark) endsInitial(prev string) bool {
	before := m.beforePrev()
	if m.sentence() == prev || strings.HasSuffix(before, ".") {
		return false
	}
	if m.quoted || isLabelled(before) || prev == "I" && isPlain(before) {
		return !isDigit(m.next)
	}
	return m.startsNext()
}

// endsNumber decides on a number, which may count a list or, in other
// languages, be an ordinal, as in "5. Juli".
func (m *mark) endsNumber(prev, next string) bool {
	said := m.sentence()
	before := m.beforePrev()
	if isLabelled(before) && len(said) == len(before)+len(" ")+len(prev) || prev == "1" && strings.HasSuffix(said, ": 1") {
		return false
	}
	if len(prev) > 2 || isDigit(m.next) {
		return true
	}
	return !isOrdinalNoun(next) && (m.startsNext() || !takesOrdinal(before))
}

// endsGlued decides on a stop without a space behind it. It is taken for a
// slip of the keyboard only where no name or address looks like that.
func (m *mark) endsGlued() bool {
	prev := m.prev()
	if m.isEllipsis() && m.stop > m.at+1 || !isUpper(m.next) || isAddress(m.token()) {
		return false
	}
	if m.text[m.at] == '.' && !isGluable(prev) || prev == m.sentence() {
		return false
	}
	return m.text[m.at] != '.' || m.quoted || m.closed || m.opened || m.startsNext()
}

// isGluable reports whether prev can end a sentence without a space behind its
// full stop: it is no abbreviation, and ends with a small letter or a digit.
func isGluable(prev string) bool {
	if isDigits(prev) {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(prev)
	kind := kindOf(prev)
	return !unicode.IsUpper(r) && (kind == ordinary || kind == worded)
}

// token returns what stands between the white space on both sides of m.
func (m *mark) token() string {
	from := strings.LastIndexAny(m.text[:m.at], " \n\t") + 1
	if to := strings.IndexAny(m.text[m.end:], " \n\t"); to >= 0 {
		return m.text[from : m.end+to]
	}
	return m.text[from:]
}

// isAddress reports whether token looks like an address, a path, a file or a
// piece of a program.
func isAddress(token string) bool {
	return strings.ContainsAny(token, "/@\\_=<>&") || strings.Contains(token, "()") ||
		strings.Count(strings.TrimRight(token, `."')”’`), ".") > 1
}
