package rank

import (
	"math/bits"
	"strings"

	"rapporteur/index/lexicon"
	"rapporteur/index/question"
)

// maxTerms is how many terms of a question count: a set of them is the bits of
// a word.
const maxTerms = 64

// A set of the terms of a query.
type set uint64

func (s set) has(term int) bool { return s&(1<<term) != 0 }

func (s set) size() int { return bits.OnesCount64(uint64(s)) }

// A level is how closely a word of a text is one of a question's terms.
type level uint8

const (
	exact   level = iota // the same word
	stem                 // the same term
	near                 // another spelling or form, a word made from it
	synonym              // nearly the same meaning
	wider                // a word for more
	special              // a word for less
	abroad               // the same country, by its people or capital
	similar              // begins alike
	levels
)

// A link says which term a word matches, and how closely.
type link struct {
	term  int
	level level
}

// A term is a word of the question that tells what it is about.
type term struct {
	token
	text   string
	weight float64 // its share of all weights
	place  int     // its place among the words of the question
}

// A Query is a question as it is compared with texts.
type Query struct {
	asked   question.Question
	focus   set // the terms that say what sort of thing is asked for ("city" in "which city")
	terms   []term
	all     set
	names   set
	number  set
	others  set // neither names nor numbers nor of the focus
	words   []token
	stems   map[uint32][]link // by the hash of a term
	prefix  map[uint32][]link // by the hash of what terms begin with
	nations map[uint32]set    // the terms that speak of a country, by the hash of its id
	named   set               // those that name one
	pairs   map[uint64]bool   // the words that follow each other
	sieve   sieve             // of what stems, prefix and pairs know
}

// NewQuery reads a question. A term counts as much as idf says.
func (w *Words) NewQuery(asked question.Question, idf func(stem string) float64) *Query {
	q := &Query{asked: asked, stems: map[uint32][]link{}, prefix: map[uint32][]link{}, nations: map[uint32]set{}, pairs: map[uint64]bool{}}
	text := strings.ToValidUTF8(asked.Text, " ")
	q.words = w.Read(text).tokens
	sum := 0.0
	for i, t := range q.words {
		said := text[t.start:t.end()]
		if t.class.has(function) || q.idle(t) || len(q.terms) == maxTerms || q.knows(t) {
			continue
		}
		if q.isFocus(t) {
			q.focus |= 1 << len(q.terms)
		}
		q.terms = append(q.terms, term{t, said, idf(lexicon.Stem(said)), i})
		sum += q.terms[len(q.terms)-1].weight
	}
	for i := range q.terms {
		q.terms[i].weight /= sum
		q.link(i)
	}
	for i := 1; i < len(q.words); i++ {
		q.pairs[pair(q.words[i-1].stem, q.words[i].stem)] = true
		q.sieve.add(q.words[i].stem)
	}
	return q
}

// idle reports whether t holds the question together.
func (q *Query) idle(t token) bool {
	for _, w := range q.asked.Words {
		if int(t.start) < w.Span.End && w.Span.Start < int(t.end()) {
			return !w.Content && !w.Focus
		}
	}
	return false
}

// isFocus reports whether t only tells what sort of thing is asked for.
func (q *Query) isFocus(t token) bool {
	for _, w := range q.asked.Words {
		if w.Focus && int(t.start) < w.Span.End && w.Span.Start < int(t.end()) {
			return true
		}
	}
	return false
}

func pair(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

func (q *Query) knows(t token) bool {
	for _, other := range q.terms {
		if other.stem == t.stem {
			return true
		}
	}
	return false
}

// A sieve tells of most hashes at once that they are not in a set: hardly any
// word of a text is one of the question's.
type sieve [32]uint64

func (s *sieve) add(h uint32) { s[h>>6%32] |= 1 << (h % 64) }

// may reports whether h may have been added; if not, it was not.
func (s *sieve) may(h uint32) bool { return s[h>>6%32]&(1<<(h%64)) != 0 }

// links returns what a word matches whose term has the hash h.
func (q *Query) links(h uint32) []link {
	if !q.sieve.may(h) {
		return nil
	}
	return q.stems[h]
}

// link enters what matches the i-th term.
func (q *Query) link(i int) {
	t := q.terms[i]
	q.all |= 1 << i
	switch {
	case t.class.has(number):
		q.number |= 1 << i
	case t.class.has(capital) && t.place > 0:
		q.names |= 1 << i
	case !q.focus.has(i):
		q.others |= 1 << i
	}
	for other, r := range lexicon.Expand(t.text) {
		h := hash(other)
		q.stems[h] = append(q.stems[h], link{i, levelOf(r)})
		q.sieve.add(h)
	}
	if t.prefix != 0 {
		q.prefix[t.prefix] = append(q.prefix[t.prefix], link{i, similar})
		q.sieve.add(t.prefix)
	}
	if t.country != 0 {
		q.nations[t.country] |= 1 << i
		if t.class.has(country) {
			q.named |= 1 << i
		}
	}
}

// Resembles says that a term of the question, as package lexicon stems it, may be
// misspelt and stand for another one. That is as little as if they merely began
// alike: a name that a text has not does not come into it by resembling one.
func (q *Query) Resembles(stem, other string) {
	for i := range q.terms {
		if h := hash(other); q.terms[i].stem == hash(stem) {
			q.stems[h] = append(q.stems[h], link{i, similar})
			q.sieve.add(h)
		}
	}
}

func levelOf(r lexicon.Relation) level {
	switch r.Kind {
	case lexicon.Same:
		return stem
	case lexicon.Spelling, lexicon.Inflection, lexicon.Derivation:
		return near
	case lexicon.Synonym:
		return synonym
	case lexicon.Broader:
		return wider
	}
	return special
}

// share returns how much of the question the terms of s make up, from 0 to 1.
func (q *Query) share(s set) float64 {
	sum := 0.0
	for s != 0 {
		i := bits.TrailingZeros64(uint64(s))
		sum += q.terms[i].weight
		s &= s - 1
	}
	return sum
}

// part returns how much of the terms of one set those of another are, by
// weight; 0 if the set is empty.
func (q *Query) part(s, of set) float64 {
	if of == 0 {
		return 0
	}
	return q.share(s&of) / q.share(of)
}
