package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"rapporteur/corpus"
)

const (
	firstTry  = 1 * time.Minute  // until the second try; doubled for each after it
	longest   = 6 * time.Hour    // between two tries; there is no last one
	leaseTime = 2 * time.Minute  // a try takes less: clients give up after 30 s
	patience  = 90 * time.Second // with one try
	grace     = 3 * time.Second  // for a try that is under way when the program is to end
	parallel  = 8                // channels that are posted to at the same time
)

// Deliver makes the posts that are due, at most one in each channel, changes
// those whose publications have changed, and returns when the next one will be
// due, the zero time if none is left.
//
// A try is written down before it is made. If its outcome remains unknown,
// because the program or the network broke, the next try asks the platform
// first whether the post is there. What a platform refuses is tried again
// when the platform says, or after 1, 2, 4 … minutes. The errors of single
// posts are logged, not returned.
func (b *Bot) Deliver(ctx context.Context) (next time.Time, err error) {
	var work sync.WaitGroup
	errs := make([]error, len(b.platforms))
	for i, p := range b.platforms {
		work.Go(func() { errs[i] = b.deliverOn(ctx, p) })
	}
	work.Wait()
	if err := errors.Join(errs...); err != nil {
		return time.Time{}, err
	}
	return b.nextDue(ctx)
}

// deliverOn makes the posts that are due on one platform, and then changes those
// that are outdated.
func (b *Bot) deliverOn(ctx context.Context, p Platform) error {
	heads, err := b.store.heads(ctx, p.Name())
	if err != nil {
		return err
	}
	b.each(ctx, heads, func(d delivery) { b.deliver(ctx, p, d) })
	posts, err := b.store.outdated(ctx, p.Name())
	if err != nil {
		return err
	}
	b.each(ctx, posts, func(d delivery) { b.edit(ctx, p, d) })
	return nil
}

// each calls try for all of them whose channel takes a message now, several at
// the same time, and waits until that is done.
func (b *Bot) each(ctx context.Context, all []delivery, try func(delivery)) {
	var work sync.WaitGroup
	slots := make(chan struct{}, parallel)
	for _, d := range all {
		if ctx.Err() != nil || b.pace.wait(d.route) > 0 {
			continue
		}
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			try(d)
		})
	}
	work.Wait()
}

// nextDue returns when the earliest delivery of any channel can be made.
func (b *Bot) nextDue(ctx context.Context) (next time.Time, err error) {
	for _, p := range b.platforms {
		dues, err := b.store.dues(ctx, p.Name())
		if err != nil {
			return time.Time{}, err
		}
		for to, due := range dues {
			if paced := b.now().Add(b.pace.wait(to)); due.Before(paced) {
				due = paced
			}
			if next.IsZero() || due.Before(next) {
				next = due
			}
		}
	}
	return next, nil
}

// deliver makes one try at d, if nobody else is at it, and writes down what
// came of it, also when ctx ends meanwhile.
func (b *Bot) deliver(ctx context.Context, p Platform, d delivery) {
	log := b.log.With("platform", d.platform, "channel", d.channel, "publication", d.doc)
	mine, err := b.store.claim(ctx, d)
	if err != nil {
		log.Error("deliver", "err", err)
	}
	if !mine {
		return
	}
	log.Debug("deliver: try written", "try", d.tries+1)
	trying, cancel := outlive(ctx)
	defer cancel()
	o := b.try(trying, p, d)
	b.pace.tried(d.route, o.err)
	log.Debug("deliver: tried", "ok", o.err == nil)
	if err := b.settle(context.WithoutCancel(ctx), d, o); err != nil {
		log.Error("deliver", "err", err)
		return
	}
	log.Debug("deliver: outcome written")
	if o.err != nil && ctx.Err() == nil {
		log.Warn("deliver", "try", d.tries+1, "err", o.err)
	}
}

// outlive returns a context for one try, which ends a little later than ctx, so
// that a post under way is finished and written down.
func outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	trying, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	return trying, func() { stop(); cancel() }
}

// An outcome is what came of a try.
type outcome struct {
	id     string // the platform's id of the message, if it is there
	said   string // digest of what it says; empty if nobody knows
	err    error  // why it is not there, as far as we know
	unsure bool   // whether it may be there nevertheless
}

// errUnwanted means that a publication is not there any more to be posted.
var errUnwanted = errors.New("the publication was withdrawn before it was posted")

// try posts d, unless an earlier try turns out to have done so.
func (b *Bot) try(ctx context.Context, p Platform, d delivery) outcome {
	if d.unsure {
		id, found, err := p.Find(ctx, d.channel, d.key)
		if err != nil || found {
			return outcome{id: id, err: err, unsure: err != nil}
		}
	}
	m, said, err := b.message(ctx, d)
	if err != nil {
		return outcome{err: err}
	}
	id, err := p.Post(ctx, d.channel, d.key, m)
	var refused *RetryError
	known := err == nil || errors.As(err, &refused) || errors.Is(err, ErrGone)
	return outcome{id, said, err, !known}
}

// message returns what d is to post, and the digest of a publication's post.
func (b *Bot) message(ctx context.Context, d delivery) (m Message, said string, err error) {
	if d.notice != "" {
		return Message{Text: d.notice}, "", nil
	}
	doc, err := b.library.Get(ctx, d.doc)
	switch {
	case errors.Is(err, corpus.ErrNotFound) || err == nil && doc.Withdrawn:
		return m, "", errUnwanted
	case err != nil:
		return m, "", err
	}
	m = announcement(doc)
	m.Notify, err = b.store.notified(ctx, d.route, doc.Source)
	return m, digest(doc), err
}

// settle writes down what came of a try at d.
func (b *Bot) settle(ctx context.Context, d delivery, o outcome) error {
	switch {
	case o.err == nil:
		return b.store.done(ctx, d, o)
	case errors.Is(o.err, errUnwanted):
		return b.store.drop(ctx, d)
	case errors.Is(o.err, context.Canceled):
		return b.store.again(ctx, d, b.now(), o.unsure)
	case errors.Is(o.err, ErrGone):
		return b.settleGone(ctx, d, o)
	}
	return b.store.again(ctx, d, b.now().Add(wait(o.err, d.tries)), o.unsure)
}

// settleGone pauses the channel, and says so when it is news.
func (b *Bot) settleGone(ctx context.Context, d delivery, o outcome) error {
	if err := b.store.again(ctx, d, b.now(), o.unsure); err != nil {
		return err
	}
	news, err := b.store.pause(ctx, d.platform, d.channel, o.err.Error())
	if news {
		b.log.Warn("a subscription is paused: its channel is gone or closed to the bot; invite the bot and say /subscribe there to resume",
			"platform", d.platform, "channel", d.channel)
	}
	return err
}

// wait is how long to wait after a try that failed with err, where tries went
// before it: as long as the platform asks, or else 1, 2, 4 … minutes.
func wait(err error, tries int) time.Duration {
	var refused *RetryError
	if errors.As(err, &refused) && refused.After > 0 {
		return refused.After
	}
	return min(firstTry<<min(tries, 16), longest)
}
