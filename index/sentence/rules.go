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
	case !m.hasContent():
		return false
	case isWide(m.text[m.at:]) || m.bullet:
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
	if said == "" || said[len(said)-1] == '(' || said[len(said)-1] == '[' {
		return false
	}
	return strings.ContainsFunc(said, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
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
	case m.quoted && saysNext(m.next):
		return false
	case !m.quoted && !m.closed && isExclaimed(m.prev()):
		return starts(firstWord(m.next))
	}
	return true
}

// maxNames is how many words the name of a speaker has at most.
const maxNames = 4

// saysNext reports whether text goes on with who said it, as in "Smith asked".
func saysNext(text string) bool {
	for range maxNames {
		name := firstWord(text)
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
		return !isNumber(m.next) && (starts(next) || !isUpper(prev))
	case no:
		return !isNumber(m.next) || next == "I" || next == "A"
	case closer:
		return starts(next)
	case era:
		return isUpper(m.next) && (starts(next) || isDigits(m.beforePrev()))
	case clock:
		return isUpper(m.next) && !isZone(next)
	case month:
		return !isNumber(m.next)
	case usual:
		return !isDigit(m.next)
	case initial:
		return m.endsInitial(prev, next)
	case number:
		return m.endsNumber(prev, next)
	}
	return true
}

// endsInitial decides on a single letter, which is an initial of a name unless
// what is around shows otherwise, as in "vitamin C. The".
func (m *mark) endsInitial(prev, next string) bool {
	before := m.beforePrev()
	if m.sentence() == prev || strings.HasSuffix(before, ".") {
		return false
	}
	if isLabelled(before) || prev == "I" && isPlain(before) {
		return !isDigit(m.next)
	}
	return starts(next) && !isDigit(m.next)
}

// endsNumber decides on a number, which may count a list or, in other
// languages, be an ordinal, as in "5. Juli".
func (m *mark) endsNumber(prev, next string) bool {
	said := m.sentence()
	if said == prev {
		return len(prev) > 3 && !strings.Contains(prev, ".") // a year is no list marker
	}
	before := m.beforePrev()
	if strings.HasSuffix(strings.TrimRight(said[:len(said)-len(prev)], " "), ":") {
		return false
	}
	if isLabelled(before) && len(said) == len(before)+len(" ")+len(prev) {
		return false
	}
	if len(prev) > 2 || isDigit(m.next) {
		return true
	}
	return !isOrdinalNoun(next) && (starts(next) || !takesOrdinal(before))
}

// endsGlued decides on a stop without a space behind it. It is taken for a
// slip of the keyboard only where no name or address looks like that.
func (m *mark) endsGlued() bool {
	prev := m.prev()
	if m.isEllipsis() && m.stop > m.at+1 || !isUpper(m.next) || isAddress(m.token()) {
		return false
	}
	next := firstWord(m.next)
	if m.text[m.at] == '.' && !isWord(kindOf(prev)) && !(isDigits(prev) && starts(next)) {
		return false
	}
	return m.text[m.at] != '.' || m.quoted || m.closed || m.opened || starts(next)
}

func isWord(k kind) bool { return k == ordinary || k == no }

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
