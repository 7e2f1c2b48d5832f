package rank

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"rapporteur/corpus"
	"rapporteur/index/sentence"
)

// A token is a word in its place.
type token struct {
	form
	start, end int32 // bytes of the text
}

// A sentenceOf a text.
type sentenceSpan struct {
	corpus.Span
	first, last int  // its tokens, from first up to but without last
	words       int  // as a reader counts them
	asks        bool // whether it is a question
}

// A Text is a paragraph that was read: its words and its sentences.
type Text struct {
	text      string
	tokens    []token
	sentences []sentenceSpan
}

// Read reads a paragraph.
func (w *Words) Read(text string) *Text {
	t := &Text{text: text, tokens: make([]token, 0, len(text)/5)}
	w.mu.RLock()
	defer w.mu.RUnlock()
	for _, span := range sentence.Split(text) {
		s := sentenceSpan{Span: span, first: len(t.tokens)}
		said := text[span.Start:span.End]
		t.read(w, span)
		s.last = len(t.tokens)
		s.words = len(strings.Fields(said))
		s.asks = strings.HasSuffix(said, "?")
		mark(text, t.tokens[s.first:s.last])
		w.markCountries(text, t.tokens[s.first:s.last])
		t.sentences = append(t.sentences, s)
	}
	return t
}

// Size returns about how many bytes t takes, the paragraph itself aside.
func (t *Text) Size() int {
	return cap(t.tokens)*int(unsafe.Sizeof(token{})) + cap(t.sentences)*int(unsafe.Sizeof(sentenceSpan{}))
}

// read adds the tokens of one sentence.
func (t *Text) read(w *Words, span corpus.Span) {
	for at := span.Start; at < span.End; {
		n := wordLength(t.text[at:span.End])
		if n == 0 {
			_, size := utf8.DecodeRuneInString(t.text[at:])
			at += size
			continue
		}
		t.tokens = append(t.tokens, token{w.form(t.text[at : at+n]), int32(at), int32(at + n)})
		at += n
	}
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
	for at < len(text) {
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
	for i := range tokens {
		t := &tokens[i]
		if i == 0 {
			t.class |= opening
			if t.class.has(function) {
				t.class &^= capital
			}
		}
		if t.start > 0 {
			if c := text[t.start-1]; c == '"' || c == '(' || c == '[' || t.start > 2 && (text[t.start-3:t.start] == "“") {
				t.class |= quoted
			}
		}
		if i == 0 {
			continue
		}
		before := &tokens[i-1]
		near := t.start-before.end <= 2
		if t.class.has(capital) && near {
			markName(t, before)
		}
		if before.class.has(number) && t.class.has(unit) && near {
			before.class |= unit
		}
		if t.class.has(number) && before.class.has(money) {
			t.class |= money
		}
		if before.class.has(number) && t.class.has(money) {
			before.class |= money
		}
	}
}

// markCountries marks the words that name a country together, such as "South
// Korea" and "Republic of Korea".
func (w *Words) markCountries(text string, tokens []token) {
	for i := 1; i < len(tokens); i++ {
		if !tokens[i].class.has(capital) {
			continue
		}
		for n := 2; n <= min(3, i+1); n++ {
			run := tokens[i+1-n : i+1]
			if !run[0].class.has(capital) || int(run[n-1].start-run[0].end) > 6 {
				continue
			}
			if found := w.nation(text, run); found.id != 0 {
				for k := range run {
					run[k].settle(found)
				}
			}
		}
	}
}

// markName marks a capitalised word that follows another word closely.
func markName(t, before *token) {
	switch {
	case before.class.has(capital) && !before.class.has(function|month):
		before.class |= named
		t.class |= named | before.class&(located|agent)
	case before.word == inWord || before.word == atWord || before.word == nearWord || before.word == fromWord || before.word == toWord:
		t.class |= located
	case before.word == byWord:
		t.class |= agent
	}
	if before.class.has(title) {
		t.class |= named
	}
}

var (
	inWord   = hash("in")
	atWord   = hash("at")
	nearWord = hash("near")
	fromWord = hash("from")
	toWord   = hash("to")
	byWord   = hash("by")
)

// Sentence returns the place of the n-th sentence, counted from 0.
func (t *Text) Sentence(n int) corpus.Span { return t.sentences[n].Span }
