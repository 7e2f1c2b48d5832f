package pdf

import (
	"slices"
	"strings"
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
		p, err := s.piece(s.words[first:i], page)
		if err != nil {
			return err
		}
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

// once drops pieces that are printed a second time over the first, which some
// programs do for bold letters and shadows.
func once(pieces []piece) []piece {
	type place struct {
		text string
		x, y int
	}
	seen := make(map[place]bool)
	return slices.DeleteFunc(pieces, func(p piece) bool {
		at := place{p.text, int(p.left / 4), int(p.bottom / 4)}
		again := seen[at]
		seen[at] = true
		return again
	})
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

// piece makes one piece of words.
func (s *scan) piece(words []word, page int) (piece, error) {
	p := piece{box: words[0].box, page: page, lead: words[0].width()}
	for i, w := range words {
		note, err := s.noteMark(words[:i], w)
		if err != nil {
			return p, err
		}
		switch {
		case i == 1 && initial(words[:1], w):
			p.box = w.box // the line is that of the small letters
		case note:
			w.text = "[" + w.text + "]"
		case i > 0 && (w.spaced || words[i-1].apart(w.box) > glued*w.height()):
			p.text += " "
		}
		p.text += w.text
		p.box = p.box.and(w.box)
	}
	p.hyphen = words[len(words)-1].hyphen
	main := usual(words)
	size, err := s.font(main.first)
	if h := main.height(); size < h/2 || size > 2*h { // a font may have units of its own
		size = h
	}
	p.size = size
	return p, err
}

// usual returns a word that is as high as most of the letters of words.
func usual(words []word) (main word) {
	letters := make(map[int]int)
	best := 0
	for _, w := range words {
		h := half(w.height())
		if letters[h] += len(w.text); letters[h] > best {
			best, main = letters[h], w
		}
	}
	return main
}

// noteMark reports whether w is the mark of a note on the last of the words
// before it.
func (s *scan) noteMark(words []word, w word) (bool, error) {
	if len(words) == 0 || len(w.text) > maxMark || strings.ContainsFunc(w.text, func(r rune) bool { return !unicode.IsDigit(r) }) {
		return false, nil
	}
	before := words[len(words)-1]
	if !raised(before.box, w.box) || before.apart(w.box) > before.height()/2 || !notable([]rune(before.text)) {
		return false, nil
	}
	return s.smaller(before.first, w.first)
}
