package main

import (
	"context"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
	"rapporteur/corpus/source"
)

// patient is implemented by sources that know how they are.
type patient interface{ Health() source.Health }

// health returns how the source of p is after the last look at it.
func (p *place) health() source.Health {
	if s, ok := p.Source.(patient); ok {
		return s.Health()
	}
	return source.Health{}
}

// A board shows how the sources are.
type board struct {
	places []*place
	store  *corpus.Store
}

// Sources returns how each source is.
func (b board) Sources(ctx context.Context) ([]bot.SourceStatus, error) {
	var all []bot.SourceStatus
	for _, p := range b.places {
		read, err := b.store.Fetched(ctx, p.Name())
		if err != nil {
			return nil, err
		}
		h := p.health()
		s := bot.SourceStatus{Name: p.Name(), Read: read, Newest: h.Newest, Problems: problems(h, false)}
		if due := p.due.Load(); due != 0 {
			s.Next = time.Unix(due, 0)
		}
		if h.Rest.After(s.Next) {
			s.Next = h.Rest
		}
		all = append(all, s)
	}
	return all, nil
}

// problems returns what is wrong with a source in the words of the bot, or
// only what lasts.
func problems(h source.Health, lasting bool) (all []bot.Problem) {
	for _, p := range h.Problems {
		if p.Lasting || !lasting {
			all = append(all, bot.Problem{Key: p.Key, Says: p.Says})
		}
	}
	return all
}
