package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

const (
	handleTime = 25 * time.Second // after which nobody waits for an answer any more
	answerTime = 40 * time.Second // to make the answer and to bring it
	maxTries   = 3                // to bring an answer while Slack asks to wait
	slowAnswer = 1 * time.Second  // after which the asker is told that it takes its time
)

// answer has c answered and the answer brought by reply, within ctx, while
// others are answered too.
func (in *inbox) answer(ctx context.Context, c bot.Command, reply func(context.Context, bot.Message) error) {
	in.work.Go(func() {
		ctx, cancel := context.WithTimeout(ctx, answerTime)
		defer cancel()
		select {
		case in.slots <- struct{}{}:
			defer func() { <-in.slots }()
		case <-ctx.Done():
			in.log.Warn("slack: too many commands at once", "command", c.Name)
			return
		}
		done := in.busy(ctx, c)
		m := in.handle(ctx, c)
		done()
		if m.Empty() {
			return
		}
		if err := reply(ctx, m); err != nil {
			in.log.Warn("slack: answer", "command", c.Name, "channel", c.Channel, "err", in.clean(err))
		}
	})
}

// handle calls the handler. If that panics, the person is told that something
// went wrong.
func (in *inbox) handle(ctx context.Context, c bot.Command) (m bot.Message) {
	ctx, cancel := context.WithTimeout(ctx, handleTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			in.log.Error("slack: the handler panicked", "command", c.Name, "stack", string(debug.Stack()))
			m = bot.Message{Text: "Something went wrong on my side, so I have no answer to this.", Private: true}
		}
	}()
	return in.handler(ctx, c)
}

// A reply is where an answer goes.
type reply struct {
	response      string // address that came with what is answered
	channel, user string
	thread        string // empty if not in a thread
	ts            string // the message whose button was pressed; empty if there is none that can be edited
}

// respond answers at the response address, and otherwise if that fails, as it
// does in the end when Slack has trouble and always after half an hour.
func (in *inbox) respond(ctx context.Context, team string, to reply, m bot.Message) error {
	self, err := in.member(ctx, team)
	if err != nil {
		return err
	}
	address := slack.MsgOptionResponseURL(to.response, slack.ResponseTypeInChannel)
	switch {
	case m.Replace:
		address = slack.MsgOptionReplaceOriginal(to.response)
	case m.Private:
		address = slack.MsgOptionResponseURL(to.response, slack.ResponseTypeEphemeral)
	}
	options := dress(m)
	if to.thread != "" {
		options = append(options, slack.MsgOptionTS(to.thread))
	}
	err = patient(ctx, func() error {
		_, _, err := self.api.PostMessageContext(ctx, to.channel, append([]slack.MsgOption{address}, options...)...)
		return err
	})
	if err == nil {
		return nil
	}
	in.log.Warn("slack: the response address fails", "err", in.clean(err))
	return in.otherwise(ctx, self, to, m, options)
}

// otherwise answers by the Web API what could not be answered at the response
// address: for all in the place of the message, if that is for all, and else to
// the asker alone.
func (in *inbox) otherwise(ctx context.Context, self *member, to reply, m bot.Message, options []slack.MsgOption) error {
	return in.patientIn(ctx, to.channel, func() (err error) {
		if m.Replace && to.ts != "" {
			_, _, _, err = self.api.UpdateMessageContext(ctx, to.channel, to.ts, options...)
			return err
		}
		_, err = self.api.PostEphemeralContext(ctx, to.channel, to.user, options...)
		return err
	})
}

// reply answers in the thread of what was said.
func (in *inbox) reply(ctx context.Context, self *member, to saying, m bot.Message) error {
	m.Private = m.Private && !direct(to.channel)
	options := append(dress(m), slack.MsgOptionTS(to.thread))
	return in.patientIn(ctx, to.channel, func() (err error) {
		if m.Private {
			_, err = self.api.PostEphemeralContext(ctx, to.channel, to.user, options...)
			return err
		}
		_, _, err = self.api.PostMessageContext(ctx, to.channel, options...)
		return err
	})
}

// patientIn is patient with what is sent to a channel, when its turn comes.
func (in *inbox) patientIn(ctx context.Context, channel string, send func() error) error {
	return patient(ctx, func() error {
		if err := in.queue.turn(ctx, channel); err != nil {
			return err
		}
		err := send()
		in.queue.refused(channel, err)
		return err
	})
}

// patient calls send again when Slack asks to wait, as long as it asks to.
func patient(ctx context.Context, send func() error) error {
	var err error
	for range maxTries {
		err = send()
		wait, limited := tooMany(err)
		if !limited {
			return err
		}
		if sleep(ctx, wait) != nil {
			break
		}
	}
	return fmt.Errorf("slack asks to wait for too long: %w", err)
}

// tooMany reports whether Slack has refused since it was one request too many,
// and how long to wait.
func tooMany(err error) (wait time.Duration, is bool) {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var nonsense *strconv.NumError // in place of the time
	switch {
	case errors.As(err, &limited):
		return limited.RetryAfter, true
	case errors.As(err, &status) && status.Code == http.StatusTooManyRequests, errors.As(err, &nonsense), code(err) == "ratelimited":
		return usualInterval, true
	}
	return 0, false
}
