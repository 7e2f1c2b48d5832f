package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"rapporteur/bot"
)

const (
	farewell   = 900 * time.Millisecond // for answers under way when Run is to end within a second
	maxWork    = 32                     // commands answered at the same time; the others wait
	maxMessage = 4 << 20                // bytes of one envelope; Slack's have up to 70 kB
	firstWait  = 1 * time.Second        // until Slack is asked again who the bot is; doubled each time
	longWait   = 1 * time.Minute        // at most
)

// An inbox is what comes from Slack during one Run.
type inbox struct {
	*Slack
	handler bot.Handler
	slots   chan struct{} // one for each command that is being answered
	work    sync.WaitGroup

	take func(parcel) // takes in what came by HTTP, which is answered after its request ended
}

// Run joins the workspace by Socket Mode and has commands, mentions and direct
// messages answered. The answers under way when ctx ends get 0.9 s more; a
// handler that does not heed its context is left behind. Run fails if Slack
// does not accept a token or its rights, which only a person can change.
func (s *Slack) Run(ctx context.Context, h bot.Handler) error {
	if !s.many() {
		if _, err := s.meet(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("join slack: %w", s.remedy(err, botToken))
		}
	}
	in := &inbox{Slack: s, handler: h, slots: make(chan struct{}, maxWork)}
	if s.config.AppToken == "" {
		in.serve(ctx)
		return nil
	}
	err := in.attend(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("join slack: %w", s.remedy(err, appToken))
}

// meet asks Slack who the bot is, again and again if Slack cannot be reached.
func (s *Slack) meet(ctx context.Context) (*member, error) {
	for wait := firstWait; ; wait = min(2*wait, longWait) {
		m, err := s.member(ctx, "")
		if err == nil || badToken(code(err)) {
			return m, err
		}
		s.log.Warn("slack cannot be reached", "err", s.clean(err), "again", wait)
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// attend takes in what comes, until ctx is done or Slack refuses for good. Then
// it waits for the answers under way.
func (in *inbox) attend(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	answering, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer in.finish()
	defer stop()
	socket := socketmode.New(in.app, socketmode.OptionLog(silent()), socketmode.OptionReadLimit(maxMessage),
		socketmode.OptionPingInterval(in.config.Silence))
	ended := make(chan error, 1)
	in.work.Go(func() { ended <- socket.RunContext(ctx) })
	for {
		select {
		case e := <-socket.Events:
			if err := in.receive(ctx, answering, socket, e); err != nil {
				return err
			}
		case err := <-ended:
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// finish waits for the work under way, but not for longer than farewell.
func (in *inbox) finish() {
	done := make(chan struct{})
	go func() { in.work.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(farewell):
		in.log.Warn("slack: some answers were not finished in time")
	}
}

// receive takes in what came through socket, and has it answered within the
// context answering. An error of the connection that no new try can help is
// returned.
func (in *inbox) receive(ctx, answering context.Context, socket *socketmode.Client, e socketmode.Event) error {
	switch data := e.Data.(type) {
	case *slack.ConnectionErrorEvent:
		if badToken(code(data.ErrorObj)) || noMethod(data.ErrorObj) {
			return data.ErrorObj
		}
		in.log.Warn("slack: no connection", "err", in.clean(data.ErrorObj), "again", data.Backoff)
	case *socketmode.ConnectedEvent:
		in.log.Info("slack: connected")
	case *socketmode.ErrorBadMessage: // the library knows less types than we do
		in.envelope(ctx, answering, socket, data.Message)
	case *slack.IncomingEventError:
		in.log.Debug("slack: reading", "err", in.clean(data.ErrorObj))
	default:
		if e.Request != nil {
			in.open(answering, parcel{e.Request.Type, e.Request.Payload, e.Request.RetryAttempt > 0, in.acker(ctx, socket, e.Request.EnvelopeID)})
		}
	}
	return nil
}

// envelope takes in what the library could not read.
func (in *inbox) envelope(ctx, answering context.Context, socket *socketmode.Client, raw json.RawMessage) {
	var e struct {
		ID      json.RawMessage `json:"envelope_id"`
		Type    string          `json:"type"`
		Payload json.RawMessage `json:"payload"`
		Retry   json.RawMessage `json:"retry_attempt"`
	}
	if err := json.Unmarshal(raw, &e); err != nil {
		in.log.Warn("slack: a message cannot be read", "err", in.clean(err))
		return
	}
	var id string
	_ = json.Unmarshal(e.ID, &id) // what has no id needs no acknowledgement
	var retry int
	_ = json.Unmarshal(e.Retry, &retry) // what does not say so comes for the first time
	in.open(answering, parcel{e.Type, e.Payload, retry > 0, in.acker(ctx, socket, id)})
}

// do has something done beside what else comes. If that panics, it dies alone.
func (in *inbox) do(what string, f func()) {
	in.work.Go(func() {
		defer in.survive(what)
		f()
	})
}

// survive is to be deferred by what may panic, which is logged.
func (in *inbox) survive(what string) {
	if recover() != nil { // with a value that may quote what people wrote
		in.log.Error("slack: panic", "what", what, "stack", string(debug.Stack()))
	}
}

// noMethod reports whether there is no Web API at the address that was asked.
func noMethod(err error) bool {
	var status slack.StatusCodeError
	return errors.As(err, &status) && status.Code == http.StatusNotFound
}

// acker returns how an envelope is acknowledged; without that, Slack shows
// people an error after three seconds, or sends the event again.
func (in *inbox) acker(ctx context.Context, socket *socketmode.Client, id string) func(any) {
	return func(answer any) {
		if id == "" {
			return
		}
		if err := socket.AckCtx(ctx, id, answer); err != nil {
			in.log.Warn("slack: acknowledge", "err", in.clean(err))
		}
	}
}
