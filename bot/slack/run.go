package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
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

// An inbox is what comes through the socket during one Run.
type inbox struct {
	*Slack
	socket  *socketmode.Client
	handler bot.Handler
	user    string        // the bot itself
	slots   chan struct{} // one for each command that is being answered
	work    sync.WaitGroup
}

// Run joins the workspace by Socket Mode and has commands, mentions and direct
// messages answered. The answers under way when ctx ends get 0.9 s more; a
// handler that does not heed its context is left behind. Run fails if Slack
// does not accept a token or its rights, which only a person can change.
func (s *Slack) Run(ctx context.Context, h bot.Handler) error {
	self, err := s.meet(ctx)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("join slack: %w", s.remedy(err, botToken))
	}
	in := &inbox{
		Slack:   s,
		socket:  socketmode.New(s.api, socketmode.OptionLog(silent()), socketmode.OptionReadLimit(maxMessage)),
		handler: h,
		user:    self.UserID,
		slots:   make(chan struct{}, maxWork),
	}
	err = in.attend(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("join slack: %w", s.remedy(err, appToken))
}

// meet asks Slack who the bot is, again and again if Slack cannot be reached.
func (s *Slack) meet(ctx context.Context) (*slack.AuthTestResponse, error) {
	for wait := firstWait; ; wait = min(2*wait, longWait) {
		self, err := s.whoami(ctx)
		if err == nil || badToken(code(err)) {
			return self, err
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

// attend keeps a socket open and takes in what comes, until ctx is done or
// Slack refuses for good. Then it waits for the answers under way.
func (in *inbox) attend(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	answering, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer in.finish()
	defer stop()
	ended := make(chan error, 1)
	in.work.Go(func() { ended <- in.socket.RunContext(ctx) })
	for {
		select {
		case e := <-in.socket.Events:
			if err := in.receive(ctx, answering, e); err != nil {
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

// receive acknowledges what came and has it answered within the context
// answering. An error of the connection that no new try can help is returned.
func (in *inbox) receive(ctx, answering context.Context, e socketmode.Event) error {
	switch data := e.Data.(type) {
	case *slack.ConnectionErrorEvent:
		if badToken(code(data.ErrorObj)) || noMethod(data.ErrorObj) {
			return data.ErrorObj
		}
		in.log.Warn("slack: no connection", "err", in.clean(data.ErrorObj), "again", data.Backoff)
	case *socketmode.ConnectedEvent:
		in.log.Info("slack: connected")
	case *socketmode.ErrorBadMessage:
		in.log.Warn("slack: a message cannot be read", "err", in.clean(data.Cause))
		in.ack(ctx, envelope(data.Message))
	case *slack.IncomingEventError:
		in.log.Debug("slack: reading", "err", in.clean(data.ErrorObj))
	default:
		if e.Request != nil {
			in.ack(ctx, e.Request.EnvelopeID)
			in.open(answering, e)
		}
	}
	return nil
}

// noMethod reports whether there is no Web API at the address that was asked.
func noMethod(err error) bool {
	var status slack.StatusCodeError
	return errors.As(err, &status) && status.Code == http.StatusNotFound
}

// envelope returns the id of an envelope that could not be read otherwise, or
// the empty string.
func envelope(raw json.RawMessage) string {
	var e struct {
		ID string `json:"envelope_id"`
	}
	_ = json.Unmarshal(raw, &e) // what has no id needs no acknowledgement
	return e.ID
}

// ack acknowledges an envelope; without that, Slack shows people an error
// after three seconds, or sends the event again.
func (in *inbox) ack(ctx context.Context, id string) {
	if id == "" {
		return
	}
	if err := in.socket.AckCtx(ctx, id, nil); err != nil {
		in.log.Warn("slack: acknowledge", "err", in.clean(err))
	}
}
