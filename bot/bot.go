package bot

import (
	"context"
	"iter"
	"log/slog"
	"time"

	"rapporteur/corpus"
)

// A Library is the corpus as far as the bot needs it.
type Library interface {
	// Get returns the publication with this id, or corpus.ErrNotFound.
	Get(ctx context.Context, id string) (*corpus.Doc, error)

	// After returns the publications that came or changed after seq, in that
	// order, each as it is now.
	After(ctx context.Context, seq int64) iter.Seq2[*corpus.Doc, error]

	// Latest returns the n newest publications, the newest first.
	Latest(ctx context.Context, n int) ([]*corpus.Doc, error)

	// Titled returns the publication that somebody means by these words of
	// its title, or corpus.ErrNotFound.
	Titled(ctx context.Context, words string) (*corpus.Doc, error)
}

// An Asker finds what the corpus says to a question.
type Asker interface {
	Ask(ctx context.Context, q Question) (Answer, error)
}

// A Question is what an Asker is asked.
type Question struct {
	Text        string // as it was typed, with its filters
	Publication string // ID of the only one to look in; empty for all
}

// An Answer is what the corpus says to a question.
type Answer struct {
	Answered bool
	Quotes   []Quote  // best first; merely the nearest if not Answered
	Facts    []Fact   // what is known of a publication that was asked about as such
	Filters  []string // which publications were looked in: "by Moreau", "since 1 June 2026"
	Notes    []string // whole sentences on what of the question could not be followed
	Missing  []string // words of an unanswered question that stand nowhere
	Partial  bool     // whether some publications could not be looked in yet, as while an index is made anew
}

// A Fact is something known of a publication that need not stand in its text.
type Fact struct {
	Doc   *corpus.Doc
	Name  string // "author", "date", "title" or "source"
	Value string
}

// Config is what a Bot is made of.
type Config struct {
	Store     *Store
	Library   Library
	Asker     Asker
	Guide     Guide // may be nil
	Platforms []Platform
	Sources   []string // names of the sources that can be followed
	Monitor   Monitor  // how the sources are; may be nil
	Operators Channel  // where problems of the sources are posted; may be none
	MaxAge    time.Duration
	Interval  time.Duration // between two posts in one channel
	Log       *slog.Logger
	Now       func() time.Time
}

// A Bot answers commands and posts publications.
type Bot struct {
	store     *Store
	library   Library
	asker     Asker
	guide     Guide
	platforms []Platform
	sources   []string
	monitor   Monitor
	operators Channel
	maxAge    time.Duration
	pace      *pace
	log       *slog.Logger
	now       func() time.Time
}

// New returns a Bot that has not begun yet.
func New(c Config) *Bot {
	return &Bot{c.Store, c.Library, c.Asker, c.Guide, c.Platforms, c.Sources, c.Monitor, c.Operators, c.MaxAge,
		newPace(c.Now, c.Interval), c.Log, c.Now}
}

// Resume takes over what an earlier process was at when it ended. It is for
// the one process that uses the store.
func (b *Bot) Resume(ctx context.Context) error { return b.store.release(ctx) }
