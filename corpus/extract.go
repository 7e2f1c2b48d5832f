package corpus

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
)

const (
	// Of a longer text only so many sentences are compared, since the time
	// grows with their square: those that come first, and the last ones are
	// seldom what a publication has to say.
	maxWeighed = 400

	// A sentence outside of these, in characters, is a fragment or a knot.
	minSentence, maxSentence = 50, 320

	fewSentences, manySentences = 12, 40 // below the first three are picked, above the second five
)

// ExtractTakeaways picks three to five sentences of a publication that has no
// takeaways of its own, and sets Extracted to say so: those that come early,
// share their words with most others and do not repeat each other. A text of
// fewer sentences gives as many as it has. It does nothing if there are
// takeaways. The spans that split returns are the sentences of a paragraph.
func (d *Doc) ExtractTakeaways(split func(paragraph string) []Span) {
	if len(d.Takeaways) > 0 {
		return
	}
	all := d.sentences(split)
	weigh(all)
	picked := pickSentences(all)
	if len(picked) == 0 {
		return
	}
	for _, s := range picked {
		d.Takeaways = append(d.Takeaways, s.span)
	}
	d.Extracted = true
}

// A sentence is one that may be picked.
type sentence struct {
	span   Span
	words  []string           // without doubles, in order
	vector map[string]float64 // weight of each word; all together have the length 1
	lead   float64            // for its place, from 1 down
	score  float64
}

// sentences returns those that may be picked: whole sentences in paragraphs
// that are no headings, table rows, captions or sources.
func (d *Doc) sentences(split func(string) []Span) (all []sentence) {
	paragraph := 0
	for p := range d.Paragraphs() {
		if slices.Contains(d.Headings, p) {
			continue
		}
		for i, s := range split(d.Text[p.Start:p.End]) {
			span := Span{p.Start + s.Start, p.Start + s.End}
			if !d.holds(span) || !quotable(d.Text[span.Start:span.End]) {
				continue
			}
			lead := 1 / (1 + 0.15*float64(paragraph)) / (1 + 0.5*float64(i))
			all = append(all, sentence{span: span, words: contentWords(d.Text[span.Start:span.End]), lead: lead})
			if len(all) == maxWeighed {
				return all
			}
		}
		paragraph++
	}
	return all
}

// quotable reports whether a sentence can stand alone: it is whole, states
// something, and does not lean on the sentence before it.
func quotable(text string) bool {
	length := utf8.RuneCountInString(text)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "”\"’»)]0123456789"))
	first, _ := utf8.DecodeRuneInString(text)
	return length >= minSentence && length <= maxSentence && (last == '.' || last == '!' || last == '。') &&
		!unicode.IsLower(first) && !strings.ContainsAny(text, "|") && !strings.Contains(text, "://") && balanced(text) && !leans(text)
}

// balanced reports whether what opens in text is closed in it.
func balanced(text string) bool {
	for _, pair := range []string{"“”", "„“", "«»", "()"} {
		open, size := utf8.DecodeRuneInString(pair)
		if pair == "„“" && strings.Count(text, "„") == 0 || pair == "“”" && strings.Count(text, "„") > 0 {
			continue
		}
		if strings.Count(text, string(open)) != strings.Count(text, pair[size:]) {
			return false
		}
	}
	return strings.Count(text, `"`)%2 == 0
}

// leans reports whether a sentence begins with a word that points back.
func leans(text string) bool {
	first, _, _ := strings.Cut(cases.Fold().String(text), " ")
	return leaning[strings.TrimRight(first, ",:")]
}

// leaning holds the words with which a sentence points back, in the six
// languages of Announces.
var leaning = wordSet("this that these those it they he she his her its their such but and however yet also so thus therefore moreover furthermore instead meanwhile still then here there " +
	"dies diese dieser dieses er sie es aber und doch jedoch auch deshalb daher dennoch zudem außerdem damit dabei hier dort " +
	"cela ceci ce cette ces il elle ils elles mais et pourtant aussi ainsi donc cependant toutefois " +
	"esto eso este esta estos estas él ella ellos pero y sin además también así " +
	"questo questa questi queste egli esso essi ma e tuttavia anche quindi inoltre " +
	"dit deze die hij zij ze het maar en echter ook daarom toch bovendien hier daar")

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// contentWords returns the words of four letters or more, and all with
// digits, each once, in the order in which they come.
func contentWords(text string) (words []string) {
	seen := make(map[string]bool)
	for _, w := range folded(text) {
		if (utf8.RuneCountInString(w) >= 4 || strings.ContainsFunc(w, unicode.IsDigit)) && !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return words
}

// weigh gives each sentence its vector, in which rare words count more than
// frequent ones, and its score: how much it has in common with all others, and
// how early it comes.
func weigh(all []sentence) {
	in := make(map[string]int)
	for _, s := range all {
		for _, w := range s.words {
			in[w]++
		}
	}
	for i := range all {
		all[i].vector = make(map[string]float64)
		length := 0.0
		for _, w := range all[i].words {
			weight := math.Log(1 + float64(len(all))/float64(in[w]))
			all[i].vector[w] = weight
			length += weight * weight
		}
		for _, w := range all[i].words {
			all[i].vector[w] /= math.Sqrt(length)
		}
	}
	rank(all)
}

// rank sets the scores of sentences that have their vectors.
func rank(all []sentence) {
	central, most := make([]float64, len(all)), 0.0
	for i := range all {
		for j := range all {
			if i != j {
				central[i] += alike(all[i], all[j])
			}
		}
		most = max(most, central[i])
	}
	for i := range all {
		all[i].score = all[i].lead + 2*central[i]/max(most, math.SmallestNonzeroFloat64)
	}
}

// alike returns how far two sentences share their words, from 0 to 1.
func alike(a, b sentence) (sum float64) {
	for _, w := range a.words {
		sum += a.vector[w] * b.vector[w]
	}
	return sum
}

// pickSentences returns the best sentences in the order of the text. Each is
// worth less the more it is like one that was picked before.
func pickSentences(all []sentence) (picked []sentence) {
	want := 4
	if len(all) < fewSentences {
		want = 3
	} else if len(all) > manySentences {
		want = 5
	}
	left := slices.Clone(all)
	for len(picked) < want && len(left) > 0 {
		best := 0
		for i := range left {
			if worth(left[i], picked) > worth(left[best], picked) {
				best = i
			}
		}
		picked = append(picked, left[best])
		left = slices.Delete(left, best, best+1)
	}
	slices.SortFunc(picked, func(a, b sentence) int { return a.span.Start - b.span.Start })
	return picked
}

// worth returns the score of s less what the picked ones have said already.
func worth(s sentence, picked []sentence) float64 {
	said := 0.0
	for _, p := range picked {
		said = max(said, alike(s, p))
	}
	return s.score - 1.5*said
}
