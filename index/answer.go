// Package index finds what to quote: the passages of the corpus that answer a
// question, best first.
//
// It is kept in a folder of its own, which may be deleted at any time: it is
// built again from the corpus.
package index

import (
	"context"
	"iter"

	"rapporteur/corpus"
	"rapporteur/index/rank"
)

// Docs is the corpus that is indexed.
type Docs interface {
	// Get returns the publication with this id, or corpus.ErrNotFound.
	Get(ctx context.Context, id string) (*corpus.Doc, error)

	// After returns the publications that came or changed after seq, in that
	// order, each as it is now.
	After(ctx context.Context, seq int64) iter.Seq2[*corpus.Doc, error]
}

// DefaultThreshold is where answering what the corpus does not say and being
// silent about what it says do about the same harm. The probabilities were
// learnt with three questions out of four that have no answer, so half of the
// answers with one of 0.5 would be wrong if people asked so.
const DefaultThreshold = 0.25

// A Question is what is asked of the index.
type Question struct {
	Text  string
	Limit int    // quotes and passages at most; 0 means 3
	Scope string // ID of the only publication to look in; empty for all

	// Threshold is how likely the first quote must be to answer, from 0 to 1,
	// for the answer to count as one; 0 means DefaultThreshold. A higher one
	// answers less and errs less.
	Threshold float64

	Why bool // whether the answer is to tell how it was chosen
}

// An Answer is what the corpus says to a question.
type Answer struct {
	Quotes     []Quote        // best first; if not Answered, merely the nearest
	Passages   []corpus.Quote // whole paragraphs, best first
	Answered   bool           // whether the first quote is held to answer
	Confidence float64        // how likely that is, from 0 to 1
	Why        *Reasons       // how it was chosen, if the question asked for that
}

// Reasons tells how an answer was chosen.
type Reasons struct {
	Candidates []Candidate // all sentences that were considered
	Certainty  []float64   // what tells whether the first quote answers, in the order of rank.CertaintyFeatures
}

// A Candidate is a sentence that was considered.
type Candidate struct {
	corpus.Quote
	rank.Sentence
}

// A Quote is one sentence or several that follow each other.
type Quote struct {
	corpus.Quote
	Takeaway bool    // whether one of the publication's key takeaways says the same
	Score    float64 // comparable among the quotes of all questions, higher is better
}
