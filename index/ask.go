package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"rapporteur/corpus"
	"rapporteur/index/question"
)

// usualLimit is the number of quotes of a Question that names none.
const usualLimit = 3

// candidates is the number of passages that quotes are looked for in, unless
// more are wanted. Twice as many took twice the time and found nothing better.
const candidates = 25

// Passages whose score is below this share of the best one's are left out, but
// for the first few: of 100 answers, they held less than one.
const (
	tooLow   = 0.6
	firstFew = 5
)

// A candidate is a passage that may hold an answer, with the publication that
// it was found in.
type candidate struct {
	volume *volume
	doc    *corpus.Doc // of the volume
	span   corpus.Span
	score  float64 // share of what the best imaginable passage would have, from 0 to 1
}

// Ask returns what the corpus says to q. A question that has no word in common
// with the corpus has an empty Answer. It waits while maxAsks other questions
// are being answered, and returns the error of ctx if that ends first.
func (x *Index) Ask(ctx context.Context, q Question) (Answer, error) {
	select {
	case x.asks <- struct{}{}:
		defer func() { <-x.asks }()
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	}
	if q.Limit <= 0 {
		q.Limit = usualLimit
	}
	var answer Answer
	err := x.read(ctx, func(r *reader) (err error) {
		answer, err = x.reply(ctx, r, q)
		return err
	})
	if err != nil {
		return Answer{}, fmt.Errorf("answer a question: %w", err)
	}
	return answer, nil
}

// reply answers q from one state of the index.
func (x *Index) reply(ctx context.Context, r *reader, q Question) (answer Answer, err error) {
	a, err := x.understand(ctx, r, q)
	if err != nil {
		return Answer{}, err
	}
	defer func() {
		answer.Notes = append(a.notes, answer.Notes...)
		if !a.hopeless { // which a note tells
			answer.Filters = a.filters()
		}
		if q.Why && answer.Why == nil {
			answer.Why = &Reasons{Question: a.Question, Unranked: true}
		}
	}()
	switch {
	case a.hopeless:
		return Answer{}, nil
	case a.asksOnlyForFilters():
		return x.newest(ctx, r, a, q.Limit)
	case a.About.Asks != question.NotAbout:
		if answer, err := x.about(ctx, r, &a); err != nil || answer.Answered {
			return answer, err
		}
	}
	s, found, err := x.find(ctx, r, q.Limit, &a)
	if err != nil {
		return Answer{}, err
	}
	for _, t := range a.typos {
		if note := t.note(found); note != "" {
			a.notes = append(a.notes, note)
		}
	}
	return x.answer(q, &a, s, x.rank(&a, s, found, int(r.passages))), nil
}

// distinct returns terms without repetitions.
func distinct(terms []string) []string {
	seen := make(map[string]bool, len(terms))
	return slices.DeleteFunc(terms, func(t string) bool {
		again := seen[t]
		seen[t] = true
		return again
	})
}

// find returns the best passages for a, best first, and the search that found
// them.
func (x *Index) find(ctx context.Context, r *reader, wanted int, a *aim) (s *search, _ []candidate, err error) {
	terms := distinct(x.terms(a.Text))
	limit := max(candidates, wanted) + 1                                                          // fetch leaves the last one
	a.Phrases = slices.DeleteFunc(a.Phrases, func(p string) bool { return len(x.terms(p)) == 0 }) // small words only
	if len(a.Phrases) > 0 {
		if s, err = x.withPhrases(ctx, r, terms, a, limit); err != nil {
			return nil, nil, err
		}
		a.phraseless = len(s.hits) == 0
	}
	if len(a.Phrases) == 0 || a.phraseless {
		if a.typos, err = x.typos(ctx, r, a); err != nil {
			return nil, nil, err
		}
		for _, t := range a.typos {
			terms = append(terms, t.near)
		}
		if s, err = x.scan(ctx, r, distinct(terms), a.view, limit); err != nil {
			return nil, nil, err
		}
	}
	found, err := x.fetch(ctx, r, s, max(firstFew, wanted))
	return s, found, err
}

// scan finds the best passages in view.
func (x *Index) scan(ctx context.Context, r *reader, terms []string, v view, limit int) (s *search, err error) {
	if s, err = newSearch(ctx, r, terms, limit); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	return s, s.run(ctx, r, v)
}

// fetch turns the hits of s into candidates, without those that are gone and
// those that score too low; but the first few it takes in any case.
func (x *Index) fetch(ctx context.Context, r *reader, s *search, few int) ([]candidate, error) {
	var found []candidate
	least := s.least(few)
	for i, h := range s.hits {
		if i >= few && s.share(h) < least {
			break
		}
		c, err := x.candidate(ctx, r, h)
		if err != nil {
			return nil, err
		}
		if c.doc != nil {
			c.score = s.share(h)
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, before)
	return found, nil
}

// share returns how much h has of the score that the best imaginable passage
// would have: in single precision, so that the order does not tell in which it
// was summed up.
func (s *search) share(h hit) float64 {
	most := 0.0
	for _, t := range s.terms {
		most += t.idf
	}
	return float64(float32(h.score / most))
}

// least returns what share a hit must have to be taken after the first few. Of
// hits with the same share all are taken or none, since it is up to bleve which
// of them comes first.
func (s *search) least(few int) float64 {
	if len(s.hits) <= few {
		return 0
	}
	least := min(tooLow*s.share(s.hits[0]), s.share(s.hits[few-1]))
	if len(s.hits) == s.limit {
		least = max(least, math.Nextafter(s.share(s.hits[s.limit-1]), 2))
	}
	return least
}

// before orders candidates, the best one first. Of equals the one comes first
// that stands first in the corpus, wherever bleve put it.
func before(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc.Seq, b.doc.Seq), cmp.Compare(a.span.Start, b.span.Start))
}

// candidate returns the passage of a hit. It is empty if the publication has
// changed since it was indexed, or is gone: the next Sync will see to that.
func (x *Index) candidate(ctx context.Context, r *reader, h hit) (candidate, error) {
	p, err := r.passage(h.number)
	if err != nil {
		return candidate{}, err
	}
	v, err := x.cache.volume(ctx, x.docs, p.doc, p.seq)
	if err != nil || v == nil || p.span.End > len(v.doc.Text) {
		return candidate{}, err
	}
	return candidate{v, v.doc, p.span, h.score}, nil
}

// isFound reports whether a asks nothing, as "tidal power" does, and the quote
// has all its words. It then says what was looked for, however unlikely it is
// to answer a question.
func (x *Index) isFound(a *aim, quote string) bool {
	if a.Kind != question.Other || strings.Contains(a.Text, "?") {
		return false
	}
	there := x.terms(quote)
	return !slices.ContainsFunc(x.terms(a.Text), func(t string) bool { return !slices.Contains(there, t) })
}

// answer chooses what to quote.
func (x *Index) answer(q Question, a *aim, s *search, r reading) Answer {
	var answer Answer
	for _, p := range r.order()[:min(len(r.found), q.Limit)] {
		c := r.found[p]
		answer.Passages = append(answer.Passages, c.doc.Quote(withoutBullet(c.doc, c.span)))
	}
	threshold := cmp.Or(q.Threshold, DefaultThreshold)
	least := threshold
	if a.phraseless {
		least = math.Inf(1)
	}
	answer.Quotes = r.quotes(q.Limit, least)
	if q.Why {
		answer.Why = r.why(q.Limit, threshold)
	}
	if len(answer.Quotes) > 0 {
		answer.Confidence = answer.Quotes[0].Score
		found := !a.phraseless && x.isFound(a, answer.Quotes[0].Text())
		answer.Answered = answer.Confidence >= least || found
		if found && q.Why {
			answer.Why.Found = true
		}
	}
	if !answer.Answered {
		answer.Missing = x.missing(a, s)
		if r.doubt.Why != "" {
			answer.Notes = append(answer.Notes, r.doubt.Why)
		}
	}
	return answer
}

// missing returns the words of the question that tell what it is about and
// stand in no publication, as they were typed.
func (x *Index) missing(a *aim, s *search) []string {
	counts := make(map[string]int, len(s.terms))
	for _, t := range s.terms {
		counts[t.text] = t.count
	}
	var missing []string
	for _, w := range a.Words {
		word := a.Text[w.Span.Start:w.Span.End]
		terms := x.terms(word)
		known := slices.ContainsFunc(terms, func(t string) bool {
			count, looked := counts[t]
			return count > 0 || !looked // it is a part of a longer term
		})
		if w.Content && len(terms) > 0 && !known && !slices.Contains(missing, word) {
			missing = append(missing, word)
		}
	}
	return missing
}
