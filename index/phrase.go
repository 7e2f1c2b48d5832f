package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"rapporteur/corpus"
	"rapporteur/index/lexicon"
)

// headingWords bounds the passages that are looked at as headings, in terms
// beside those of the title.
const headingWords = 16

// withPhrases finds the best passages in which all phrases of the question
// occur: in the passage, the title of its publication or the heading that it
// stands under. Every such passage is considered. If there is none, the notes
// tell which phrase occurs nowhere.
func (x *Index) withPhrases(ctx context.Context, r *reader, terms []string, a *aim, limit int) (s *search, err error) {
	var numbers []uint64
	for i, phrase := range a.Phrases {
		those, err := x.numbersWith(ctx, r, phrase)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			numbers = those
		}
		numbers = slices.DeleteFunc(numbers, func(n uint64) bool {
			_, both := slices.BinarySearch(those, n)
			return !both
		})
	}
	if s, err = x.among(ctx, r, terms, numbers, a, a.Phrases, limit); err != nil || len(s.hits) > 0 {
		return s, err
	}
	return s, x.lack(ctx, r, a)
}

// among finds the best of the passages with these numbers that are in view and
// hold the phrases.
func (x *Index) among(ctx context.Context, r *reader, terms []string, numbers []uint64, a *aim, phrases []string, limit int) (s *search, err error) {
	if s, err = newSearch(ctx, r, terms, limit); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	s.passes = func(number uint64) (bool, error) {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		c, err := x.candidate(ctx, r, hit{number: number})
		return c.doc != nil && a.sees(c.doc.ID) && c.holds(phrases), err
	}
	return s, s.among(numbers)
}

func (a *aim) sees(id string) bool { return a.view == nil || a.view[id] }

// holds reports whether each of the phrases occurs in c, its heading or title.
func (c candidate) holds(phrases []string) bool {
	texts := []string{spoken(c.doc.Text[c.span.Start:c.span.End]), spoken(c.doc.Title), ""}
	if h := headingAbove(c.doc, c.span); h.End > 0 {
		texts[2] = spoken(c.doc.Text[h.Start:h.End])
	}
	for _, phrase := range phrases {
		said := spoken(phrase)
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, said) }) {
			return false
		}
	}
	return true
}

// spoken returns the words of s in small letters without accents, with a blank
// before and behind each.
func spoken(s string) string {
	words := strings.FieldsFunc(strings.ToLower(lexicon.Fold(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return " " + strings.Join(words, " ") + " "
}

// lack notes which phrases occur nowhere in view, or that they do not occur
// together.
func (x *Index) lack(ctx context.Context, r *reader, a *aim) error {
	where := "in the publications I know"
	if a.view != nil {
		where = "in those publications"
	}
	everywhere := true
	for _, phrase := range a.Phrases {
		known, err := false, error(nil)
		if len(a.Phrases) > 1 { // else it was looked for already
			known, err = x.knows(ctx, r, phrase, a)
		}
		if err != nil {
			return err
		}
		if !known {
			a.notes = append(a.notes, fmt.Sprintf("“%s” stands nowhere %s.", phrase, where))
			everywhere = false
		}
	}
	if everywhere {
		a.notes = append(a.notes, fmt.Sprintf("No passage %s has all the phrases you quoted.", where))
	}
	return nil
}

// knows reports whether a phrase occurs in view.
func (x *Index) knows(ctx context.Context, r *reader, phrase string, a *aim) (bool, error) {
	numbers, err := x.numbersWith(ctx, r, phrase)
	if err != nil {
		return false, err
	}
	s, err := x.among(ctx, r, distinct(x.terms(phrase)), numbers, a, []string{phrase}, 1)
	return err == nil && len(s.hits) > 0, err
}

// numbersWith returns the numbers of the passages that have all terms of a
// phrase, themselves or in the heading above them, in rising order.
func (x *Index) numbersWith(ctx context.Context, r *reader, phrase string) (numbers []uint64, err error) {
	terms := distinct(x.terms(phrase))
	s, err := newSearch(ctx, r, terms, 1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if len(s.cursors) < min(len(terms), maxTerms) { // one of them occurs nowhere
		return nil, nil
	}
	if numbers, err = s.common(); err != nil {
		return nil, err
	}
	for _, n := range numbers[:len(numbers):len(numbers)] {
		section, err := x.section(ctx, r, n)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, section...)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), nil
}

// common returns the numbers of the passages that have all terms.
func (s *search) common() ([]uint64, error) {
	var numbers []uint64
	for n := uint64(0); len(s.cursors) > 0; {
		at := n
		for _, c := range s.cursors {
			if err := c.seek(at); err != nil {
				return nil, err
			}
			at = max(at, c.number)
		}
		switch at {
		case end:
			return numbers, nil
		case n:
			numbers = append(numbers, n)
			n++
		default:
			n = at
		}
	}
	return numbers, nil
}

// section returns the numbers of the passages that stand under a passage, if
// that is a heading.
func (x *Index) section(ctx context.Context, r *reader, number uint64) ([]uint64, error) {
	p, err := r.passage(number)
	if err != nil || p.span.End-p.span.Start > headingWords*16 {
		return nil, err
	}
	doc, err := x.cache.get(ctx, x.docs, p.doc, p.seq)
	if err != nil || doc == nil || !slices.Contains(doc.Headings, p.span) {
		return nil, err
	}
	numbers, err := r.numbersOf(p.doc)
	if err != nil {
		return nil, err
	}
	var under []uint64
	for _, n := range numbers {
		other, err := r.passage(n)
		if err != nil {
			return nil, err
		}
		if headingAbove(doc, other.span) == p.span {
			under = append(under, n)
		}
	}
	return under, nil
}

// headingAbove returns the heading that span stands under, or nothing.
func headingAbove(doc *corpus.Doc, span corpus.Span) corpus.Span {
	var last corpus.Span
	for _, h := range doc.Headings {
		if h.Start >= span.Start {
			break
		}
		last = h
	}
	return last
}
