package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// A box is a place on a page, in points (1/72 inch) from the lower left.
type box struct{ left, bottom, right, top float64 }

func (b box) height() float64 { return b.top - b.bottom }
func (b box) width() float64  { return b.right - b.left }

// and returns the smallest box around both.
func (b box) and(c box) box {
	return box{min(b.left, c.left), min(b.bottom, c.bottom), max(b.right, c.right), max(b.top, c.top)}
}

// level reports whether b and c stand on one line: half of the lower one's
// height at least is beside the other.
func (b box) level(c box) bool {
	return min(b.top, c.top)-max(b.bottom, c.bottom) >= min(b.height(), c.height())/2
}

// apart returns the room between b and c from side to side, negative if they
// overlap.
func (b box) apart(c box) float64 { return max(c.left-b.right, b.left-c.right) }

// A word is what stands between two spaces.
type word struct {
	box
	text   string
	first  int  // number of its first character on the page
	spaced bool // whether white space is before it
	hyphen bool // whether it ended with the hyphen that breaks a word at a line's end
	turn   int  // how it is turned, in quarters; -1 if askew
}

// A piece is words that follow each other on one line.
type piece struct {
	box
	text   string
	size   float64 // points; of the font of most of it
	lead   float64 // points; width of its first word
	bold   bool    // whether it begins and ends in bold
	hyphen bool    // as of its last word
	page   int     // from 1
}

// A scan reads one page.
type scan struct {
	pdf    pdfium.Pdfium
	text   references.FPDF_TEXTPAGE
	chars  []rune // as PDFium numbers them
	words  []word
	pieces []piece
	size   int // bytes of text
}

// Characters to which PDFium and PDF files give a meaning of their own.
const (
	lineHyphen = '\u0002' // PDFium: a hyphen at the end of a line, asked for one character
	textHyphen = '\ufffe' // the same, asked for the whole text
	softHyphen = '\u00ad'
)

// page reads the page n, from 0.
func (s *scan) page(doc references.FPDF_DOCUMENT, n int) error {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: n}}
	loaded, err := s.pdf.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return err
	}
	s.text = loaded.TextPage
	if err := s.characters(); err != nil {
		return err
	}
	if err := s.split(); err != nil {
		return err
	}
	s.keepMain()
	if err := s.join(n + 1); err != nil {
		return err
	}
	_, err = s.pdf.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: s.text})
	return err
}

// characters reads the characters. PDFium gives them all at once, but leaves
// out what has no meaning in Unicode; then each is asked for.
func (s *scan) characters() error {
	count, err := s.pdf.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: s.text})
	if err != nil || count.Count <= 0 {
		return err
	}
	if count.Count > MaxText {
		return errLimit
	}
	all, err := s.pdf.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: s.text, Count: count.Count})
	if err == nil && utf8.RuneCountInString(all.Text) == count.Count {
		s.chars = []rune(all.Text)
		return nil
	}
	for i := range count.Count {
		one, err := s.pdf.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: s.text, Index: i})
		if err != nil {
			return err
		}
		s.chars = append(s.chars, rune(one.Unicode))
	}
	return nil
}

// split finds the words.
func (s *scan) split() error {
	spaced, start := false, -1
	for i := 0; i <= len(s.chars); i++ {
		if i < len(s.chars) && visible(s.chars[i]) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			if err := s.add(start, i, spaced); err != nil {
				return err
			}
		}
		spaced, start = true, -1
		if i < len(s.chars) && (s.chars[i] == lineHyphen || s.chars[i] == textHyphen) && len(s.words) > 0 {
			s.words[len(s.words)-1].hyphen = true
		}
	}
	return nil
}

// visible reports whether r is a part of a word.
func visible(r rune) bool {
	switch r {
	case utf8.RuneError, textHyphen, '\uffff', '\ufeff', '\u200b':
		return false
	}
	return utf8.ValidRune(r) && !unicode.IsSpace(r) && !unicode.IsControl(r)
}

// add adds the characters from first up to but without end as a word, or as
// several if they do not stand on one line.
func (s *scan) add(first, end int, spaced bool) error {
	turn, err := s.turn(first)
	if err != nil {
		return err
	}
	from, err := s.box(first, turn)
	if err != nil {
		return err
	}
	to, err := s.box(end-1, turn)
	if err != nil {
		return err
	}
	if !from.level(to) && !raised(from, to) && !raised(to, from) && end > first+1 {
		middle := (first + end) / 2
		if err := s.add(first, middle, spaced); err != nil {
			return err
		}
		return s.add(middle, end, false)
	}
	text, err := s.spell(first, end, from, to)
	if err != nil || text == "" {
		return err
	}
	w := word{box: from.and(to), text: text, first: first, spaced: spaced, turn: turn}
	w.hyphen = s.chars[end-1] == softHyphen
	s.words = append(s.words, w)
	s.size += len(text) + 1
	return nil
}

// spell returns the text of the characters from first up to but without end,
// of which the first stands in one box and the last in another. The digits of
// a note's mark, which are small and high, are put in brackets behind a word,
// and parted from it before one.
func (s *scan) spell(first, end int, from, to box) (string, error) {
	isDigit := func(r rune) bool { return unicode.IsDigit(r) }
	word := s.chars[first:end]
	switch {
	case raised(from, to):
		mark := len(strings.TrimRightFunc(string(word), isDigit))
		rest := []rune(string(word)[:mark])
		if n := len(word) - len(rest); n == 0 || n > maxMark || len(rest) == 0 || !notable(rest) {
			break
		}
		smaller, err := s.smaller(first, end-1)
		if smaller {
			return letters(rest) + "[" + string(word[len(rest):]) + "]", err
		}
		return letters(word), err
	case raised(to, from):
		rest := []rune(strings.TrimLeftFunc(string(word), isDigit))
		if len(rest) == len(word) || len(rest) == 0 {
			break
		}
		smaller, err := s.smaller(end-1, first)
		if smaller {
			return string(word[:len(word)-len(rest)]) + " " + letters(rest), err
		}
		return letters(word), err
	}
	return letters(word), nil
}

// smaller reports whether the font of the second character is smaller than
// that of the first. Boxes alone do not tell, since some fonts have none for
// their lines, and then that of a digit is smaller than that of a "p".
func (s *scan) smaller(first, second int) (bool, error) {
	a, err := s.font(first)
	if err != nil {
		return false, err
	}
	b, err := s.font(second)
	return b < .85*a, err
}

// font returns the size of the font of the character i, in points.
func (s *scan) font(i int) (float64, error) {
	size, err := s.pdf.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: s.text, Index: i})
	if err != nil {
		return 0, err
	}
	scale, err := s.pdf.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: s.text, Index: i})
	if err != nil {
		return size.FontSize, nil // a character that PDFium made up has none
	}
	return size.FontSize * math.Hypot(float64(scale.Matrix.C), float64(scale.Matrix.D)), nil
}

// maxMark is the number of digits in the largest number of a note.
const maxMark = 3

// notable reports whether digits raised after text are the mark of a note and
// not an exponent, as in m² or 10⁶.
func notable(text []rune) bool {
	letters := 0
	for i := len(text) - 1; i >= 0 && unicode.IsLetter(text[i]); i-- {
		letters++
	}
	return letters > 2 || letters == 0 && !unicode.IsDigit(text[len(text)-1])
}

// raised reports whether c is small and high beside b.
func raised(b, c box) bool {
	return c.height() < .8*b.height() && c.bottom > b.bottom+.1*b.height() && c.top > b.bottom+.6*b.height()
}

// box returns where the character i stands once its word, which is turned by so
// many quarters, is upright: its whole height in the font, whatever its shape.
func (s *scan) box(i, turn int) (box, error) {
	loose, err := s.pdf.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: s.text, Index: i})
	if err != nil {
		return box{}, err
	}
	x1, y1 := upright(float64(loose.Rect.Left), float64(loose.Rect.Bottom), turn)
	x2, y2 := upright(float64(loose.Rect.Right), float64(loose.Rect.Top), turn)
	return box{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}, nil
}

// upright turns a point back by so many quarters.
func upright(x, y float64, turn int) (float64, float64) {
	switch turn {
	case 1:
		return -y, x
	case 2:
		return -x, -y
	case 3:
		return y, -x
	}
	return x, y
}

// turn returns how the character i is turned, in quarters, -1 if it is askew.
func (s *scan) turn(i int) (int, error) {
	angle, err := s.pdf.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: s.text, Index: i})
	if err != nil {
		return 0, err
	}
	quarters := float64(angle.CharAngle) / (math.Pi / 2)
	if math.IsNaN(quarters) || math.Abs(quarters-math.Round(quarters)) > .25 {
		return -1, nil
	}
	return (int(math.Round(quarters))%4 + 4) % 4, nil
}

// keepMain keeps the words that are turned as most are. The others are stamps
// and watermarks, or label the axis of a chart.
func (s *scan) keepMain() {
	var letters [4]int
	for _, w := range s.words {
		if w.turn >= 0 {
			letters[w.turn] += len(w.text)
		}
	}
	main := 0
	for turn, n := range letters {
		if n > letters[main] {
			main = turn
		}
	}
	s.words = slices.DeleteFunc(s.words, func(w word) bool { return w.turn != main })
}

// heavy reports whether the character i is bold.
func (s *scan) heavy(i int) (bool, error) {
	weight, err := s.pdf.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: s.text, Index: i})
	if err == nil && weight.FontWeight >= 600 {
		return true, nil
	}
	font, err := s.pdf.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: s.text, Index: i})
	if err != nil {
		return false, nil // a character that PDFium made up has no font
	}
	name := strings.ToLower(font.FontName)
	const forceBold = 1 << 18
	return strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy") || font.Flags&forceBold != 0, nil
}
