package main

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
	"rapporteur/corpus/source"
	"rapporteur/index"
)

const (
	lookers   = 4                // sources that are looked at side by side
	soon      = 1 * time.Second  // until a source that has more is looked at again
	atLeast   = 1 * time.Minute  // between two rounds, whatever is due
	retryPart = 10 * time.Second // until a part of a round that failed is tried again
)

// A place is a source and when to look at it.
type place struct {
	corpus.Source
	every time.Duration
	local bool // whether looking needs no network

	next time.Time
	due  atomic.Int64 // next, in seconds since 1970, for those who ask meanwhile; 0 before the first look
}

// more is implemented by sources that may have more than they returned.
type more interface{ Pending() bool }

// A watcher is implemented by sources that notice changes by themselves.
type watcher interface {
	Watch(ctx context.Context) (<-chan struct{}, error)
}

// rounds is the work that goes on without being asked for: look at the
// sources, index what came, decide where to announce it, deliver it. Each part
// takes up where it left off, so the failure of one is logged and does not
// keep the others from their work.
type rounds struct {
	places []*place
	store  *corpus.Store
	index  *index.Index
	bot    *bot.Bot
	meter  *meter
	log    *slog.Logger
	now    func() time.Time
}

// run makes rounds until ctx is done. It returns when the posts under way are
// written down.
func (r *rounds) run(ctx context.Context) {
	var work sync.WaitGroup
	pokes, posts := make(chan *place), make(chan struct{}, 1)
	for _, p := range r.places {
		if changes := r.watch(ctx, p); changes != nil {
			work.Go(func() { pass(ctx, changes, p, pokes) })
		}
	}
	work.Go(func() { r.deliver(ctx, posts) })
	for ctx.Err() == nil {
		next := r.round(ctx, func(*place) bool { return true })
		select {
		case posts <- struct{}{}:
		default: // it is awake already
		}
		r.wait(ctx, next, pokes)
	}
	work.Wait()
}

// wait returns at the time next, or when a place asks to be looked at.
func (r *rounds) wait(ctx context.Context, next time.Time, pokes <-chan *place) {
	timer := time.NewTimer(next.Sub(r.now()))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case p := <-pokes:
		p.next = r.now()
	}
}

// watch returns what tells that something has changed at p, nil if nothing
// does. It comes before the first look, so that no change falls in between.
func (r *rounds) watch(ctx context.Context, p *place) <-chan struct{} {
	w, ok := p.Source.(watcher)
	if !ok {
		return nil
	}
	changes, err := w.Watch(ctx)
	if err != nil {
		r.log.Warn("watch", "source", p.Name(), "err", err)
		return nil
	}
	return changes
}

// pass tells pokes of each change at p.
func pass(ctx context.Context, changes <-chan struct{}, p *place, pokes chan<- *place) {
	for range changes {
		select {
		case pokes <- p:
		case <-ctx.Done():
		}
	}
}

// round looks at those places that are due and wanted, indexes and announces
// what came, and returns when the next round is due.
func (r *rounds) round(ctx context.Context, wanted func(*place) bool) (next time.Time) {
	next = r.look(ctx, wanted)
	for _, part := range []struct {
		name string
		do   func(context.Context) error
	}{{"index", r.index.Sync}, {"announce", r.bot.Announce}} {
		if err := part.do(ctx); err != nil && ctx.Err() == nil {
			r.log.Error(part.name, "err", err)
			next = earlier(next, r.now().Add(retryPart))
		}
	}
	return next
}

func (r *rounds) look(ctx context.Context, wanted func(*place) bool) (next time.Time) {
	var work sync.WaitGroup
	slots := make(chan struct{}, lookers)
	for _, p := range r.places {
		if !wanted(p) || p.next.After(r.now()) {
			continue
		}
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			r.take(ctx, p)
		})
	}
	work.Wait()
	next = r.now().Add(atLeast)
	for _, p := range r.places {
		next = earlier(next, p.next)
	}
	return next
}

// take takes what p has into the corpus, and sets when to look at it next.
func (r *rounds) take(ctx context.Context, p *place) {
	changed, err := r.store.Take(ctx, p)
	if ctx.Err() != nil {
		return
	}
	r.meter.looked(p.Name(), err)
	switch {
	case resting(err):
		r.log.Debug("source", "source", p.Name(), "err", err)
	case err != nil:
		r.log.Warn("source", "source", p.Name(), "err", err)
	}
	if changed > 0 {
		r.log.Info("source", "source", p.Name(), "new or changed", changed)
	}
	p.next = r.now().Add(p.every)
	if m, ok := p.Source.(more); ok && m.Pending() {
		p.next = r.now().Add(soon)
	}
	p.due.Store(p.next.Unix())
	r.report(ctx, p)
}

// report tells the operators and the metrics how p is. What is wrong for a
// moment only is left to the log.
func (r *rounds) report(ctx context.Context, p *place) {
	h := p.health()
	r.meter.feels(p.Name(), h)
	lasting := problems(h, true)
	if len(lasting) == 0 && len(h.Problems) > 0 {
		return // neither well nor ill
	}
	if err := r.bot.Report(ctx, p.Name(), lasting); err != nil && ctx.Err() == nil {
		r.log.Error("source", "source", p.Name(), "err", err)
	}
}

// resting reports whether err says only that a source was not asked, because
// it failed before; that was told when it did.
func resting(err error) bool {
	switch e := err.(type) {
	case *source.RestError:
		return true
	case interface{ Unwrap() error }:
		return resting(e.Unwrap())
	case interface{ Unwrap() []error }:
		return !slices.ContainsFunc(e.Unwrap(), func(one error) bool { return !resting(one) })
	}
	return false
}

// deliver makes the posts that are due until ctx is done; it looks for new
// ones when it is told that there may be some.
func (r *rounds) deliver(ctx context.Context, posts <-chan struct{}) {
	for ctx.Err() == nil {
		next, err := r.bot.Deliver(ctx)
		if err != nil && ctx.Err() == nil {
			r.log.Error("deliver", "err", err)
			next = r.now().Add(retryPart)
		}
		var due <-chan time.Time // never, unless something is
		if !next.IsZero() {
			due = time.After(next.Sub(r.now()))
		}
		select {
		case <-ctx.Done():
		case <-due:
		case <-posts:
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
