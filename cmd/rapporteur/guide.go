package main

import (
	"context"
	"strings"
	"sync"
	"time"
	"unicode"

	"rapporteur/bot"
	"rapporteur/corpus"
	"rapporteur/index"
)

const (
	guidedBy    = 10              // newest publications that questions are suggested from
	perGuide    = 12              // questions from each of them
	guideMemory = 1 * time.Minute // until it is looked again which are the newest
)

// A guide knows what can be asked for.
type guide struct {
	corpus *corpus.Store
	index  *index.Index
	now    func() time.Time

	mu     sync.Mutex
	looked time.Time
	known  []string           // questions, those from the newest publication first
	bySeq  map[int64][]string // of each of those publications
}

func newGuide(l *library, now func() time.Time) *guide {
	return &guide{corpus: l.corpus, index: l.index, now: now, bySeq: map[int64][]string{}}
}

// Titles returns the publications whose titles hold words.
func (g *guide) Titles(ctx context.Context, words string, n int) ([]bot.Choice, error) {
	headings, err := g.corpus.Headings(ctx, words, n)
	if err != nil {
		return nil, err
	}
	choices := make([]bot.Choice, 0, len(headings))
	for _, h := range headings {
		choices = append(choices, bot.Choice{Label: h.Title, Value: h.ID})
	}
	return choices, nil
}

// Questions returns those that the newest publications answer and that hold
// words. What people have asked is never among them.
func (g *guide) Questions(ctx context.Context, words string, n int) ([]bot.Choice, error) {
	known, err := g.questions(ctx)
	if err != nil {
		return nil, err
	}
	var choices []bot.Choice
	for _, q := range known {
		if len(choices) < n && holds(q, words) {
			choices = append(choices, bot.Choice{Label: q, Value: q})
		}
	}
	return choices, nil
}

// questions returns all that can be suggested. They are looked for once for
// each state of a publication.
func (g *guide) questions(ctx context.Context) ([]string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.known != nil && g.now().Sub(g.looked) < guideMemory {
		return g.known, nil
	}
	docs, err := g.corpus.Latest(ctx, guidedBy)
	if err != nil {
		return nil, err
	}
	known, bySeq, met := []string{}, map[int64][]string{}, map[string]bool{}
	for _, d := range docs {
		questions, done := g.bySeq[d.Seq]
		if !done {
			if questions, err = g.index.Suggest(ctx, d, perGuide); err != nil {
				return nil, err
			}
			g.bySeq[d.Seq] = questions // which stays if there is no time for the next
		}
		bySeq[d.Seq] = questions
		for _, q := range questions {
			if !met[q] {
				met[q], known = true, append(known, q)
			}
		}
	}
	g.known, g.bySeq, g.looked = known, bySeq, g.now()
	return known, nil
}

// holds reports whether each of words begins a word of text.
func holds(text, words string) bool {
	has := fields(text)
	for _, w := range fields(words) {
		found := false
		for _, h := range has {
			found = found || strings.HasPrefix(h, w)
		}
		if !found {
			return false
		}
	}
	return true
}

func fields(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
