package pdf

import (
	"unicode"
	"unicode/utf8"
)

const (
	glued   = .15 // times the font's size: words that are nearer than this are one, unless white space is between them
	related = 1.0 // times the font's size: words that are farther apart stand in different columns or cells
)

// join makes pieces of the words, in the order in which the file has them.
func (s *scan) join(page int) error {
	first := 0
	for i := 1; i <= len(s.words); i++ {
		if i < len(s.words) && follows(s.words[first:i], s.words[i]) {
			continue
		}
		p := pieceOf(s.words[first:i], page)
		begins, err := s.heavy(s.words[first].first)
		if err != nil {
			return err
		}
		ends, err := s.heavy(s.words[i-1].first)
		if err != nil {
			return err
		}
		p.bold = begins && ends
		s.pieces = append(s.pieces, p)
		first = i
	}
	return nil
}

// follows reports whether w goes on with the piece of those words.
func follows(words []word, w word) bool {
	last := words[len(words)-1]
	size := max(last.height(), w.height())
	if initial(words[len(words)-1:], w) {
		return len(words) == 1 && w.left >= last.left && w.left-last.right < size
	}
	return !last.hyphen && last.level(w.box) && last.apart(w.box) < related*min(size, 1.5*min(last.height(), w.height()))
}

// initial reports whether words are one large letter that begins w, as at the
// beginning of a chapter.
func initial(words []word, w word) bool {
	if len(words) != 1 || words[0].height() < 1.8*w.height() || utf8.RuneCountInString(words[0].text) != 1 {
		return false
	}
	large, _ := utf8.DecodeRuneInString(words[0].text)
	small, _ := utf8.DecodeRuneInString(w.text)
	return unicode.IsUpper(large) && unicode.IsLower(small)
}

// pieceOf makes one piece of words.
func pieceOf(words []word, page int) piece {
	p := piece{box: words[0].box, page: page, lead: words[0].width()}
	for i, w := range words {
		switch {
		case i == 1 && initial(words[:1], w):
			p.box = w.box // the line is that of the small letters
		case i > 0 && noteMark(words[i-1], w):
			w.text = "[" + w.text + "]"
		case i > 0 && (w.spaced || words[i-1].apart(w.box) > glued*w.height()):
			p.text += " "
		}
		p.text += w.text
		p.box = p.box.and(w.box)
		if n := utf8.RuneCountInString(w.text); n > p.long {
			p.long, p.size = n, w.height()
		}
	}
	p.hyphen = words[len(words)-1].hyphen
	return p
}

// noteMark reports whether w is the mark of a note on the word before it.
func noteMark(before, w word) bool {
	if !raised(before.box, w.box) || len(w.text) > maxMark || before.apart(w.box) > before.height()/2 {
		return false
	}
	for _, r := range w.text {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return notable([]rune(before.text))
}
