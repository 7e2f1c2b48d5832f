// Package sentence finds where the sentences of a paragraph begin and end.
//
// It goes by the stops and by what stands on both sides of each: abbreviations
// that never end a sentence, those that sometimes do, initials, numbers, quotes
// and names. It knows English well, and the commonest abbreviations of German,
// French, Spanish and Italian. Nothing is learnt from texts, so a paragraph is
// split in the same way whatever it is about and wherever it stands.
package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/corpus"
)

// typical is the length of a sentence in bytes: with room for so many spans
// from the start, nearly all paragraphs need one allocation.
const typical = 80

// Split returns the sentences of one paragraph in their order, each without
// the white space around it. Every byte of text that is not white space is in
// exactly one of them: a heading, a list marker or a text without any stop is
// a sentence too, or part of one. A blank line ends a sentence in any case. A
// text that is all white space has none.
func Split(text string) []corpus.Span {
	spans := make([]corpus.Span, 0, 1+len(text)/typical)
	start := 0
	for at := 0; at < len(text); {
		if !mayStop(text[at]) {
			at++
			continue
		}
		end, ends := stopAt(text, start, at)
		if ends {
			spans = add(spans, text, start, end)
			start = end
		}
		at = end
	}
	return add(spans, text, start, len(text))
}

// mayStop reports whether a stop can begin with the byte c.
func mayStop(c byte) bool {
	switch c {
	case '.', '!', '?', '\n', 0xE2, 0xE3, 0xEF, 0xE0, 0xD8, 0xDB:
		return true
	}
	return false
}

// stopAt looks at a byte where a stop may begin, in a sentence that began at
// start, and returns where to go on and whether the sentence ends there.
func stopAt(text string, start, at int) (end int, ends bool) {
	if text[at] == '\n' {
		return at + 1, breaksLine(text[at+1:])
	}
	stop := stopLen(text[at:])
	if stop == 0 {
		return at + 1, false
	}
	if text[at] == '.' && insideToken(text[at+1:]) {
		return at + 1, false
	}
	m := newMark(text, start, at, at+stop)
	return m.end, m.ends()
}

// insideToken reports whether what follows a full stop shows at once that the
// stop is a part of a number, an address or a file name.
func insideToken(rest string) bool {
	return rest != "" && ('a' <= rest[0] && rest[0] <= 'z' || rest[0] == '/' || rest[0] == '_')
}

// stopLen returns the length of the stop that text begins with, or 0.
func stopLen(text string) int {
	switch text[0] {
	case '.', '!', '?':
		return 1
	}
	r, n := utf8.DecodeRuneInString(text)
	switch r {
	case '…', '‼', '⁇', '⁈', '⁉', '؟', '۔', '।', '॥', '。', '｡', '！', '？', '．':
		return n
	}
	return 0
}

// breaksLine reports whether a new line that begins with rest begins a new
// sentence too: it is blank, or an item of a list.
func breaksLine(rest string) bool {
	for i := range len(rest) {
		switch rest[i] {
		case ' ', '\t', '\r':
			continue
		case '\n':
			return true
		}
		return marker(rest[i:]) > 0
	}
	return false
}

// add appends the part of text between start and end to spans, without the
// white space around it, unless nothing else is there.
func add(spans []corpus.Span, text string, start, end int) []corpus.Span {
	part := text[start:end]
	body := strings.TrimLeftFunc(part, unicode.IsSpace)
	start += len(part) - len(body)
	end = start + len(strings.TrimRightFunc(body, unicode.IsSpace))
	if start == end {
		return spans
	}
	return append(spans, corpus.Span{Start: start, End: end})
}
