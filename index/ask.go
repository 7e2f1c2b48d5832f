package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"rapporteur/corpus"
)

// usualLimit is the number of quotes of a Question that names none.
const usualLimit = 3

// candidates is the number of passages that quotes are looked for in, unless
// more are wanted. Twice as many took twice the time and found nothing better.
const candidates = 25

// A candidate is a passage that may hold an answer, with the publication that
// it was found in.
type candidate struct {
	doc   *corpus.Doc
	span  corpus.Span
	score float64 // share of what the best imaginable passage would have, from 0 to 1
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
	terms := distinct(x.terms(strings.ToValidUTF8(q.Text, " ")))
	var answer Answer
	err := x.read(ctx, func(r *reader) error {
		s, found, err := x.find(ctx, r, q, terms)
		if err != nil {
			return err
		}
		answer = x.answer(q, x.rank(q, s, found, int(r.passages)))
		return nil
	})
	if err != nil {
		return Answer{}, fmt.Errorf("answer a question: %w", err)
	}
	return answer, nil
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

// find returns the best passages for the terms of q, best first, and the
// search that found them.
func (x *Index) find(ctx context.Context, r *reader, q Question, terms []string) (_ *search, _ []candidate, err error) {
	s, err := newSearch(ctx, r, terms, max(candidates, q.Limit))
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.run(ctx, r, q.Scope); err != nil {
		return nil, nil, err
	}
	most := 0.0
	for _, t := range s.terms {
		most += t.idf
	}
	found, err := x.fetch(ctx, r, s.hits, most)
	return s, found, err
}

// fetch turns hits into candidates. A passage whose publication has changed
// since it was indexed, or is gone, is left out: the next Sync will see to it.
func (x *Index) fetch(ctx context.Context, r *reader, hits []hit, most float64) ([]candidate, error) {
	var found []candidate
	for _, h := range hits {
		p, err := r.passage(h.number)
		if err != nil {
			return nil, err
		}
		doc, err := x.cache.get(ctx, x.docs, p.doc, p.seq)
		if err != nil {
			return nil, err
		}
		if doc != nil && p.span.End <= len(doc.Text) {
			found = append(found, candidate{doc, p.span, h.score / most})
		}
	}
	return found, nil
}

// answer chooses what to quote.
func (x *Index) answer(q Question, r reading) Answer {
	var a Answer
	for _, p := range r.order()[:min(len(r.found), q.Limit)] {
		c := r.found[p]
		a.Passages = append(a.Passages, c.doc.Quote(withoutBullet(c.doc, c.span)))
	}
	a.Quotes = r.quotes(q.Limit)
	if q.Why {
		a.Why = r.why()
	}
	if len(a.Quotes) > 0 {
		a.Confidence = a.Quotes[0].Score
		a.Answered = a.Confidence >= cmp.Or(q.Threshold, DefaultThreshold)
	}
	return a
}
