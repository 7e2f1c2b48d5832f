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

// A Question is what is asked of the index.
type Question struct {
	Text  string
	Limit int    // quotes and passages at most; 0 means 3
	Scope string // ID of the only publication to look in; empty for all
	Why   bool   // whether the answer is to tell how it was chosen
}

// An Answer is what the corpus says to a question.
type Answer struct {
	Quotes     []Quote        // best first; if not Answered, merely the nearest
	Passages   []corpus.Quote // whole paragraphs, best first
	Answered   bool           // whether the first quote is held to answer
	Confidence float64        // how likely that is, from 0 to 1
	Why        []Candidate    // all that was considered, if the question asked for it
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
