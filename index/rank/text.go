package rank

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"rapporteur/corpus"
	"rapporteur/index/sentence"
)

// maxWord is how long a word may be, in bytes; what is longer is several, so
// that few bytes are kept of each.
const maxWord = 64

// A token is a word in its place. Many are kept, so it is small.
type token struct {
	*form
	start  int32 // byte of the text
	length uint8 // in bytes
	class  class // that of the form, and what the place adds
}

// end returns the byte of the text after the word.
func (t *token) end() int32 { return t.start + int32(t.length) }

// A sentenceSpan is where a sentence stands in a text.
type sentenceSpan struct {
	start, end  int32 // bytes of the text
	first, last int32 // its tokens, from first up to but without last
	words       int32 // as a reader counts them
	asks        bool  // whether it is a question
}

// A Text is a paragraph that was read: its words and its sentences.
type Text struct {
	text      string
	tokens    []token
	sentences []sentenceSpan
}

// usualTokens is the number of words that a paragraph seldom exceeds.
const usualTokens = 256

// Read reads a paragraph.
func (w *Words) Read(text string) *Text {
	spans := sentence.Split(text)
	t := &Text{text: text, sentences: make([]sentenceSpan, 0, len(spans))}
	var room [usualTokens]token
	tokens := room[:0]
	w.mu.RLock()
	defer w.mu.RUnlock()
	for _, span := range spans {
		first, said := len(tokens), text[span.Start:span.End]
		tokens = w.read(tokens, text, span)
		mark(text, tokens[first:])
		w.markCountries(text, tokens[first:])
		t.sentences = append(t.sentences, sentenceSpan{int32(span.Start), int32(span.End), int32(first), int32(len(tokens)),
			int32(countWords(said)), strings.HasSuffix(said, "?")})
	}
	t.tokens = slices.Clone(tokens)
	return t
}

// tokensOf returns the words of the n-th sentence.
func (t *Text) tokensOf(n int) []token {
	return t.tokens[t.sentences[n].first:t.sentences[n].last]
}

// countWords returns how many words a reader counts in text: what white space
// parts.
func countWords(text string) int {
	n, inside := 0, false
	for _, r := range text {
		space := r == ' ' || unicode.IsSpace(r)
		if !space && !inside {
			n++
		}
		inside = !space
	}
	return n
}

// Size returns about how many bytes t takes, the paragraph itself aside.
func (t *Text) Size() int {
	return cap(t.tokens)*int(unsafe.Sizeof(token{})) + cap(t.sentences)*int(unsafe.Sizeof(sentenceSpan{}))
}

// read appends the tokens of one sentence of text. The caller holds mu for
// reading.
func (w *Words) read(tokens []token, text string, span corpus.Span) []token {
	for at := span.Start; at < span.End; {
		n := wordLength(text[at:span.End])
		if n == 0 {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		f := w.form(text[at : at+n])
		tokens = append(tokens, token{f, int32(at), uint8(n), f.class})
		at += n
	}
	return tokens
}

// wordLength returns the length of the word that text begins with, in bytes:
// letters and digits with the apostrophes, points and commas among them.
func wordLength(text string) int {
	if c := text[0]; c < utf8.RuneSelf && !isWordByte(c) {
		if c == '$' || c == '%' {
			return 1
		}
		return 0
	}
	at := 0
	for at < len(text) && at <= maxWord-utf8.UTFMax {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		switch {
		case isIdeograph(r):
			return max(at, size*b2i(at == 0))
		case isWord(r):
		case at > 0 && joins(text[:at], r, text[at+size:]):
		default:
			return at
		}
		at += size
	}
	return at
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isWordByte(byte(r))
	}
	switch r {
	case '£', '€':
		return true
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// isIdeograph reports whether r is a word by itself.
func isIdeograph(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// joins reports whether r stands inside a word, between what is before and
// after it.
func joins(before string, r rune, after string) bool {
	if after == "" {
		return false
	}
	next, _ := utf8.DecodeRuneInString(after)
	last := before[len(before)-1]
	switch r {
	case '\'', '’':
		return unicode.IsLetter(next)
	case ',':
		return isDigit(last) && next < utf8.RuneSelf && isDigit(byte(next))
	case '.':
		return isDigit(last) && next < utf8.RuneSelf && isDigit(byte(next)) || unicode.IsUpper(next) && isInitials(before)
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isInitials reports whether a word so far is one of letters parted by stops.
func isInitials(word string) bool {
	return len(word) == 1 || len(word) >= 3 && word[len(word)-2] == '.'
}

// mark adds to the classes of the words of one sentence what their places tell.
func mark(text string, tokens []token) {
	if len(tokens) > 0 && tokens[0].class.has(function) {
		tokens[0].class &^= capital
	}
	for i := range tokens {
		if before := text[:tokens[i].start]; before != "" && opensQuote(before) {
			tokens[i].class |= quoted
		}
	}
}

// opensQuote reports whether text ends with a mark that opens a quotation or
// an insertion.
func opensQuote(text string) bool {
	switch text[len(text)-1] {
	case '"', '(', '[':
		return true
	case "“"[2]:
		return strings.HasSuffix(text, "“")
	}
	return false
}

// farApart is how far the first and the last word of a country's name may be
// apart, in bytes.
const farApart = 6

// markCountries marks the words that name a country together, such as "South
// Korea" and "Republic of Korea".
func (w *Words) markCountries(text string, tokens []token) {
	for i := 1; i < len(tokens); i++ {
		if !tokens[i].class.has(capital) {
			continue
		}
		for n := 2; n <= min(3, i+1); n++ {
			run := tokens[i+1-n : i+1]
			if !run[0].class.has(capital) || run[n-1].start-run[0].end() > farApart {
				continue
			}
			if found := w.nation(text, run); found.id != 0 {
				for k, f := range found.forms {
					run[k].form = f
					run[k].class |= f.class & country
				}
			}
		}
	}
}

// Sentence returns the place of the n-th sentence, counted from 0.
func (t *Text) Sentence(n int) corpus.Span {
	return corpus.Span{Start: int(t.sentences[n].start), End: int(t.sentences[n].end)}
}
