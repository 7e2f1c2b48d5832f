package index

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// The parameters of BM25, as they did best on paragraphs of several corpora.
const (
	bm25K1 = 0.9 // how slowly a term that is repeated stops to count
	bm25B  = 0.4 // how much a long passage is held against it: 0 not at all, 1 in full
)

// maxTerms is how many terms of a question are looked for, the rarest ones. It
// bounds the time of a question that is a whole page.
const maxTerms = 64

// A hit is a passage that holds some of the terms looked for.
type hit struct {
	number uint64 // bleve's
	score  float64
}

// A term is a term of the question.
type term struct {
	text  string
	count int     // in how many passages it stands
	idf   float64 // what it is worth: the more the rarer; also the most that it adds to a score
}

// idf returns the weight of a term that stands in count of n passages. It is
// more than 0 also for a term in all of them.
func idf(count, n uint64) float64 {
	return math.Log1p((float64(n-count) + 0.5) / (float64(count) + 0.5))
}

// A cursor goes through the passages that hold one term, in the order of their
// numbers.
type cursor struct {
	term
	postings index.TermFieldReader
	at       index.TermFieldDoc
	target   index.IndexInternalID
	number   uint64 // of the passage it stands at; end after the last
}

const end = math.MaxUint64

// moved takes note of where bleve's reader stands.
func (c *cursor) moved(posting *index.TermFieldDoc, err error) error {
	if err != nil {
		return err
	}
	c.number = end
	if posting != nil {
		c.number = posting.ID.Value()
	}
	return nil
}

func (c *cursor) next() error { return c.moved(c.postings.Next(&c.at)) }

// seek goes on to the first passage whose number is n or higher.
func (c *cursor) seek(n uint64) error {
	if c.number >= n {
		return nil
	}
	c.target = index.NewIndexInternalID(c.target, n)
	return c.moved(c.postings.Advance(c.target, &c.at))
}

// A search is one question put to one state of the index.
type search struct {
	cursors []*cursor // those of the terms that occur, the commonest first
	terms   []term    // all, also those that occur nowhere
	average float64   // terms of a passage
	limit   int       // number of hits that are wanted
	hits    []hit     // the best so far, best first

	// passes reports whether a passage may be a hit; nil if every one may.
	passes func(number uint64) (bool, error)
}

// newSearch prepares the search for distinct terms. It must be closed.
func newSearch(ctx context.Context, r *reader, terms []string, limit int) (*search, error) {
	s := &search{limit: limit, average: float64(r.length) / max(1, float64(r.passages))}
	for _, text := range terms {
		postings, err := r.TermFieldReader(ctx, []byte(text), textField, true, true, false)
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		count := postings.Count()
		t := term{text, int(count), idf(count, r.passages)}
		s.terms = append(s.terms, t)
		s.cursors = append(s.cursors, &cursor{term: t, postings: postings})
	}
	return s, s.start()
}

// start has each cursor stand at its first passage, and leaves those that have
// none or are too many.
func (s *search) start() error {
	slices.SortStableFunc(s.cursors, func(a, b *cursor) int { return cmp.Compare(a.idf, b.idf) })
	found := slices.IndexFunc(s.cursors, func(c *cursor) bool { return c.count == 0 })
	if found < 0 {
		found = len(s.cursors)
	}
	left := append(slices.Clone(s.cursors[found:]), s.cursors[:max(0, found-maxTerms)]...)
	s.cursors = s.cursors[max(0, found-maxTerms):found]
	var err error
	for _, c := range left {
		err = errors.Join(err, c.postings.Close())
	}
	for _, c := range s.cursors {
		err = errors.Join(err, c.next())
	}
	return err
}

func (s *search) close() error {
	var err error
	for _, c := range s.cursors {
		err = errors.Join(err, c.postings.Close())
	}
	return err
}

// score returns what c adds to the passage it stands at. It is less than
// c.idf, however often the term is repeated.
func (s *search) score(c *cursor) float64 {
	length := math.Round(1 / (c.at.Norm * c.at.Norm)) // bleve hands out the root, rounded
	times := float64(c.at.Freq)
	return c.idf * times / (times + bm25K1*(1-bm25B+bm25B*length/s.average))
}

// run finds the best passages of the publications in view, or of all if that
// is nil.
func (s *search) run(ctx context.Context, r *reader, view view) error {
	if view == nil {
		return s.all(ctx)
	}
	if len(view) > fewPublications {
		s.passes = func(number uint64) (bool, error) {
			p, err := r.passage(number)
			return view[p.doc], err
		}
		return s.all(ctx)
	}
	numbers, err := r.numbersIn(view)
	if err != nil {
		return err
	}
	return s.among(numbers)
}

// all finds the best passages of the whole index. It passes over those that
// cannot be among the best: while the common terms together do not outweigh
// the last of the hits, only passages with one of the rarer terms are looked
// at (MaxScore).
func (s *search) all(ctx context.Context) error {
	bounds := s.bounds()
	rare := 0 // index of the first cursor that is followed by itself
	for steps := 0; ; steps++ {
		if steps%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		number := s.lowest(rare)
		if number == end {
			return nil
		}
		score, err := s.take(rare, number)
		for i := rare - 1; i >= 0 && err == nil && score+bounds[i] > s.threshold(); i-- {
			score, err = s.add(s.cursors[i], number, score)
		}
		if err != nil {
			return err
		}
		if err := s.keep(hit{number, score}); err != nil {
			return err
		}
		for rare < len(bounds) && bounds[rare] <= s.threshold() {
			rare++
		}
	}
}

// among finds the best of these passages, given in rising order.
func (s *search) among(numbers []uint64) error {
	for _, number := range numbers {
		score, err := 0.0, error(nil)
		for _, c := range s.cursors {
			if score, err = s.add(c, number, score); err != nil {
				return err
			}
		}
		if err := s.keep(hit{number, score}); err != nil {
			return err
		}
	}
	return nil
}

// bounds returns for each cursor the most that it and those before it add to a
// passage.
func (s *search) bounds() []float64 {
	bounds, sum := make([]float64, len(s.cursors)), 0.0
	for i, c := range s.cursors {
		sum += c.idf
		bounds[i] = sum
	}
	return bounds
}

// lowest returns the lowest number that a cursor from the given one on stands
// at.
func (s *search) lowest(from int) uint64 {
	number := uint64(end)
	for _, c := range s.cursors[from:] {
		number = min(number, c.number)
	}
	return number
}

// take returns the score of a passage by the cursors from the given one on,
// and moves them on.
func (s *search) take(from int, number uint64) (float64, error) {
	score := 0.0
	for _, c := range s.cursors[from:] {
		if c.number != number {
			continue
		}
		score += s.score(c)
		if err := c.next(); err != nil {
			return 0, err
		}
	}
	return score, nil
}

// add returns score and what c adds to it for a passage.
func (s *search) add(c *cursor, number uint64, score float64) (float64, error) {
	if err := c.seek(number); err != nil || c.number != number {
		return score, err
	}
	return score + s.score(c), nil
}

// threshold returns the score that a passage must exceed to be a hit.
func (s *search) threshold() float64 {
	if len(s.hits) < s.limit {
		return 0
	}
	return s.hits[len(s.hits)-1].score
}

// keep puts h in its place among the hits if it is one of the best and passes.
func (s *search) keep(h hit) error {
	if h.score <= s.threshold() {
		return nil
	}
	if s.passes != nil {
		if ok, err := s.passes(h.number); !ok || err != nil {
			return err
		}
	}
	at, _ := slices.BinarySearchFunc(s.hits, h, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), -1) // after its equals
	})
	s.hits = slices.Insert(s.hits, at, h)
	s.hits = s.hits[:min(len(s.hits), s.limit)]
	return nil
}
