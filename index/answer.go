// Package index finds what to quote: the passages of the corpus that answer a
// question, best first.
//
// It is kept in a folder of its own, which may be deleted at any time: it is
// built again from the corpus.
package index

import (
	"context"
	"iter"
	"time"

	"rapporteur/corpus"
	"rapporteur/index/voice"
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
const DefaultThreshold = 0.2

// A Question is what is asked of the index.
type Question struct {
	Text  string    // with filters and phrases as package question knows them
	Limit int       // quotes and passages at most; 0 means 3
	Scope string    // ID of the only publication to look in; empty for all
	Asked time.Time // what "since June" is counted from; zero for now

	// Threshold is how likely the first quote must be to answer, from 0 to 1,
	// for the answer to count as one; 0 means DefaultThreshold, and less than 0
	// that the nearest passage always counts. A higher one answers less and
	// errs less.
	Threshold float64

	Why bool // whether the answer is to tell how it was chosen
}

// An Answer is what the corpus says to a question.
type Answer struct {
	Quotes     []Quote        // best first; if not Answered, merely the nearest
	Passages   []corpus.Quote // whole paragraphs, best first
	Answered   bool           // whether the first quote, or a Fact, is held to answer, or has all words of what asks nothing
	Confidence float64        // how likely that is, from 0 to 1

	Facts   []Fact   // what is known of a publication that was asked about as such
	Filters []string // which publications were looked in: "by Moreau", "since 1 June 2026"
	Notes   []string // whole sentences on what of the question could not be followed
	Missing []string // words of a question that was not Answered which stand in no publication

	Why *Reasons // how it was chosen, if the question asked for that
}

// A Fact is something known of a publication that need not stand in its text,
// so it is no quote.
type Fact struct {
	Doc   *corpus.Doc
	Name  string // "author", "date", "title" or "source"
	Value string
}

// A Quote is one sentence or several that follow each other.
type Quote struct {
	corpus.Quote
	Focus    corpus.Span // bytes of Text() that may be the answer itself; empty if that cannot be told or the quote hardly answers
	Takeaway bool        // whether one of the publication's key takeaways says the same
	Voice    voice.Voice // whose claim its best sentence is
	Score    float64     // comparable among the quotes of all questions, higher is better
}
