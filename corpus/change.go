package corpus

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pmezard/go-difflib/difflib"
)

// A Change is how a text differs from an earlier one, word by word. White
// space, and the kinds of quotation marks and dashes, make no difference.
type Change struct {
	Edits []Edit
}

// Cosmetic reports whether the texts say the same in the same words.
func (c Change) Cosmetic() bool { return len(c.Edits) == 0 }

// An Edit is words that stand in the place of others.
type Edit struct {
	Paragraph int    // of the later text that it lies in, from 1
	Old, New  string // the words before and after, as they stand; one may be empty

	// What came or went with the words: the things that change what is said.
	Number, Name, Negation bool
}

// maxCompared is the number of words in a run of changed paragraphs above which
// the run is one edit. Comparing takes time that grows with its square.
const maxCompared = 20_000

// Compare returns how one text became another.
func Compare(before, after string) Change {
	old, new := compared(before), compared(after)
	var c Change
	for _, op := range opcodes(keys(old), keys(new)) {
		if op.Tag == 'e' {
			continue
		}
		c.compareWords(old[op.I1:op.I2], new[op.J1:op.J2], op.J1+1)
	}
	return c
}

// compareWords compares the words of two runs of paragraphs, of which those of
// the later text begin at number first.
func (c *Change) compareWords(before, after []passage, first int) {
	old, new := words(before, 0), words(after, first)
	if len(old)+len(new) > maxCompared {
		c.add(old, new, first)
		return
	}
	for _, op := range opcodes(keys(old), keys(new)) {
		if op.Tag == 'e' {
			continue
		}
		paragraph := first
		if op.J1 < len(new) {
			paragraph = new[op.J1].paragraph
		}
		c.add(old[op.I1:op.I2], new[op.J1:op.J2], paragraph)
	}
}

func (c *Change) add(old, new []word, paragraph int) {
	e := Edit{Paragraph: paragraph, Old: joined(old), New: joined(new)}
	for _, w := range append(old[:len(old):len(old)], new...) {
		e.Number = e.Number || w.isNumber()
		e.Name = e.Name || w.isName()
		e.Negation = e.Negation || w.among(negations)
	}
	c.Edits = append(c.Edits, e)
}

// opcodes returns the steps that lead from a to b.
func opcodes(a, b []string) []difflib.OpCode {
	return difflib.NewMatcherWithJunk(a, b, false, nil).GetOpCodes()
}

// A keyed thing is compared by its key.
type keyed interface{ compareBy() string }

func keys[T keyed](things []T) []string {
	all := make([]string, len(things))
	for i, t := range things {
		all[i] = t.compareBy()
	}
	return all
}

// A passage is a paragraph that is compared.
type passage struct{ text, key string }

func (p passage) compareBy() string { return p.key }

func compared(text string) (all []passage) {
	d := Doc{Text: text}
	for p := range d.Paragraphs() {
		text := d.Text[p.Start:p.End]
		all = append(all, passage{text, strings.Join(keys(words([]passage{{text: text}}, 0)), " ")})
	}
	return all
}

// A word is a word or a mark of punctuation of a text.
type word struct {
	text      string // with the white space before it
	key       string // without, and with one kind of quotation marks and dashes
	begins    bool   // whether it begins a sentence
	paragraph int
}

func (w word) compareBy() string { return w.key }

func (w word) isNumber() bool {
	return strings.ContainsFunc(w.key, unicode.IsDigit) || w.among(numbers)
}

// isName reports whether w is written like a name; the first word of a
// sentence, which tells nothing, is taken for one only if it is all capitals.
func (w word) isName() bool {
	first, size := utf8.DecodeRuneInString(w.key)
	return unicode.IsUpper(first) && (!w.begins || size < len(w.key) && w.key == strings.ToUpper(w.key))
}

// wordPattern finds words, among them those with an apostrophe and numbers with
// points, and single marks.
var wordPattern = regexp.MustCompile(`[\p{L}\p{M}\p{N}\x{ad}]+(?:['’.,][\p{L}\p{M}\p{N}\x{ad}]+)*|[^\s\p{Z}]`)

// marks are what stands for the same mark in print.
var marks = strings.NewReplacer("‘", "'", "’", "'", "‚", "'", "‛", "'", "′", "'", "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`,
	"‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-", "−", "-", "\u00ad", "")

// words returns the words of paragraphs whose first one has this number.
func words(paragraphs []passage, number int) (all []word) {
	for i, p := range paragraphs {
		end, begins := 0, true
		for _, at := range wordPattern.FindAllStringIndex(p.text, -1) {
			w := word{text: p.text[end:at[1]], key: marks.Replace(p.text[at[0]:at[1]]), begins: begins, paragraph: number + i}
			end = at[1]
			if w.key == "" { // a soft hyphen
				continue
			}
			if strings.ContainsFunc(w.key, isWordRune) {
				begins = false
			} else if strings.Contains(".!?:", w.key) {
				begins = true
			}
			all = append(all, w)
		}
	}
	return all
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func joined(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.text)
	}
	return strings.TrimSpace(b.String())
}

// The commonest number words, and the words that turn what is said into its
// opposite, in small letters, each between two spaces.
const (
	numbers = ` one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen` +
		` eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion` +
		` dozen half third quarter double twice percent `
	negations = ` not no never none nobody nothing nowhere neither nor without cannot can't don't doesn't didn't won't wouldn't` +
		` shouldn't couldn't isn't aren't wasn't weren't hasn't haven't hadn't unless hardly barely` +
		` nicht kein keine keinen keiner nie niemals ohne pas jamais aucun aucune sans nunca ningún ninguna sin` +
		` mai nessun nessuna senza niet geen nooit zonder `
)

// among reports whether w is in a list of words, whatever its capitals.
func (w word) among(list string) bool { return strings.Contains(list, " "+strings.ToLower(w.key)+" ") }
