package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"rapporteur/bot"
)

const (
	maxWork  = 32              // commands answered at the same time; the others wait
	buckets  = 256             // over which interactions are spread: those in one wait for each other
	maxTries = 3               // to give an answer that is not done twice if it is given twice
	tryAgain = 1 * time.Second // after an answer that Discord did not take

	maxDelay = 30 * time.Second // of an answer, because Discord asks to wait; later, nobody waits for it
)

// What is said when there is no answer.
const (
	tooLate  = "That took too long, so I stopped. Please ask again in a moment."
	broken   = "Something went wrong on my side, and I have written it down in my log. Please try again later."
	useSlash = "In a server, please use the slash command for that: it is for those who may manage the server."
)

// An inbox is what comes through the gateway during one Run.
type inbox struct {
	*Discord
	handler bot.Handler
	slots   chan struct{} // one for each command that is being answered
	take    func(*interaction)
	gate    *gate // nil without a gateway
	callers callers

	mu     sync.Mutex
	closed bool // no more work is taken
	work   sync.WaitGroup
	self   string // id of the bot's user; empty before the first READY
}

// start does work in a goroutine of its own, unless Run is about to end. A
// panic is logged, and ends nothing else.
func (in *inbox) start(what string, work func()) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.closed {
		return
	}
	in.work.Go(func() {
		defer in.recovered(what, func() {})
		work()
	})
}

// recovered is deferred where a panic must end nothing else: it logs the panic
// and does then. Of what was panicked with only Go's own errors are logged,
// since others may hold anything.
func (in *inbox) recovered(what string, then func()) {
	p := recover()
	if p == nil {
		return
	}
	said := fmt.Sprintf("%T", p)
	var goes runtime.Error
	if err, is := p.(error); is && errors.As(err, &goes) {
		said = goes.Error()
	}
	in.log.Error("discord: panic", "in", what, "panic", said, "stack", string(debug.Stack()))
	then()
}

// finish waits for the work under way, but not for longer than Run may last.
func (in *inbox) finish() {
	in.mu.Lock()
	in.closed = true
	in.mu.Unlock()
	done := make(chan struct{})
	go func() { in.work.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(in.timing.end):
		in.log.Warn("discord: some answers were not finished in time")
	}
}

// interaction has whatever somebody did with the app answered. What we cannot
// make out is passed over.
func (in *inbox) interaction(ctx context.Context, i *interaction) {
	c, ok := i.command()
	if !ok || !in.recent.First(i.ID) {
		return
	}
	in.start("interaction", func() {
		if i.Type == interactionComplete {
			in.complete(ctx, i, c)
			return
		}
		in.answer(ctx, i, c)
	})
}

// message has a message to the bot answered, by a reply to it.
func (in *inbox) message(ctx context.Context, m *written) {
	in.mu.Lock()
	self := in.self
	in.mu.Unlock()
	c, ok := m.said(self)
	if !ok || !in.recent.First(m.ID) {
		return
	}
	in.start("message", func() { in.reply(ctx, m, c) })
}

// ask returns h's answer, or what to say instead when there is none
// in time.
func (in *inbox) ask(ctx context.Context, c bot.Command, h bot.Handler) <-chan bot.Message {
	answer := make(chan bot.Message, 1)
	in.start("handler", func() {
		defer in.recovered(c.Name, func() { answer <- bot.Message{Text: broken, Private: true} })
		select {
		case in.slots <- struct{}{}:
			defer func() { <-in.slots }()
		case <-ctx.Done():
			return
		}
		answer <- h(ctx, c)
	})
	return answer
}

// wait returns what comes from answer, or an excuse if ctx ends before.
func wait(ctx context.Context, answer <-chan bot.Message) bot.Message {
	select {
	case m := <-answer:
		return m
	case <-ctx.Done():
		return bot.Message{Text: tooLate, Private: true}
	}
}

// answer answers what somebody did: at once if that can be done soon enough, or
// else by an acknowledgement that the answer follows.
func (in *inbox) answer(ctx context.Context, i *interaction, c bot.Command) {
	asking, cancel := context.WithTimeout(ctx, in.timing.answer)
	defer cancel()
	answer := in.ask(asking, c, in.permitted(i.grant()))
	soon := time.NewTimer(in.timing.ack)
	defer soon.Stop()
	var err error
	select {
	case m := <-answer:
		err = in.respond(ctx, i, c, m)
	case <-soon.C:
		if err = in.acknowledge(ctx, i, c); err == nil {
			err = in.deliver(ctx, i, c, wait(asking, answer))
		}
	}
	if err != nil && ctx.Err() == nil {
		in.log.Error("discord: answer a command", "name", c.Name, "err", err)
	}
}

// reply answers a message to the bot. The reply carries a nonce, so that it is
// made once even if it is tried again.
func (in *inbox) reply(ctx context.Context, m *written, c bot.Command) {
	asking, cancel := context.WithTimeout(ctx, in.timing.answer)
	defer cancel()
	answer := bot.Message{Text: useSlash}
	if c.Workspace == "" || !forManagers(c.Name) {
		answer = wait(asking, in.ask(asking, c, in.handler))
	}
	if answer.Empty() {
		return
	}
	p, anyway := show(answer, c.Thread), false
	p.Reference = &discordgo.MessageReference{MessageID: m.ID, FailIfNotExists: &anyway}
	p.Nonce, p.EnforceNonce = mark(m.Channel, "reply "+m.ID), true
	err := again(ctx, func() error {
		_, err := in.send(ctx, m.Channel, p)
		return err
	})
	if err != nil && ctx.Err() == nil {
		in.log.Error("discord: reply to a message", "channel", m.Channel, "err", err)
	}
}

// again tries up to three times what may be done twice without harm, and waits
// between as long as Discord asks. A refusal for another reason is final, and so
// is one for more than half a minute.
func again(ctx context.Context, try func() error) error {
	for tries := 1; ; tries++ {
		err := try()
		var refused *refusal
		final := errors.As(err, &refused) && refused.status < 500 && refused.status != http.StatusTooManyRequests
		if err == nil || final || tries == maxTries || retryAfter(err) > maxDelay {
			return err
		}
		if sleep(ctx, max(tryAgain, retryAfter(err))) != nil {
			return err
		}
	}
}
