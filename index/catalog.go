package index

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"rapporteur/corpus"
	"rapporteur/index/question"
)

// A view is the publications to look in, by their IDs; nil for all of them.
type view map[string]bool

// fewPublications is how many publications are looked through passage by
// passage. For more of them it is cheaper to find the best passages of the
// whole corpus and to ask of each whether it is theirs.
const fewPublications = 64

// numbersIn returns bleve's numbers for the passages of some publications, in
// rising order.
func (r *reader) numbersIn(v view) ([]uint64, error) {
	var all []uint64
	for id := range v {
		numbers, err := r.numbersOf(id)
		if err != nil {
			return nil, err
		}
		all = append(all, numbers...)
	}
	slices.Sort(all)
	return all, nil
}

// A catalog knows all publications without their texts, to choose among them by
// author, title, date and source. It is read from the corpus when a question
// first needs it, and goes on from there with the next one; questions that need
// none of this cost it nothing. Its zero value is empty.
type catalog struct {
	mu   sync.Mutex
	seq  int64
	docs map[string]*corpus.Doc // without Text and what points into it
}

// read returns the publications as they were at seq or later.
func (c *catalog) read(ctx context.Context, docs Docs, seq int64) ([]*corpus.Doc, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.docs == nil {
		c.docs = map[string]*corpus.Doc{}
	}
	if c.seq < seq {
		for doc, err := range docs.After(ctx, c.seq) {
			if err != nil {
				return nil, fmt.Errorf("read what publications there are: %w", err)
			}
			c.add(doc)
		}
	}
	return slices.Collect(maps.Values(c.docs)), nil
}

func (c *catalog) add(doc *corpus.Doc) {
	c.seq = doc.Seq
	if doc.Withdrawn {
		delete(c.docs, doc.ID)
		return
	}
	c.docs[doc.ID] = &corpus.Doc{Seq: doc.Seq, First: doc.First, ID: doc.ID, URL: doc.URL, Title: doc.Title,
		Authors: doc.Authors, Published: doc.Published, Source: doc.Source}
}

// passing returns those of docs that pass all filters.
func passing(docs []*corpus.Doc, filters []question.Filter) []*corpus.Doc {
	var passed []*corpus.Doc
	for _, d := range docs {
		if !slices.ContainsFunc(filters, func(f question.Filter) bool { return !f.Allows(d) }) {
			passed = append(passed, d)
		}
	}
	return passed
}

func viewOf(docs []*corpus.Doc) view {
	v := make(view, len(docs))
	for _, d := range docs {
		v[d.ID] = true
	}
	return v
}
