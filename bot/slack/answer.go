package slack

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

const (
	handleTime = 25 * time.Second // after which nobody waits for an answer any more
	answerTime = 40 * time.Second // to make the answer and to bring it
	maxTries   = 3                // to bring an answer while Slack asks to wait
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
		m := in.handle(ctx, c)
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

// respond answers a slash command at the address that came with it, and to the
// asker alone if that fails, as it does in the end when Slack has trouble.
func (in *inbox) respond(ctx context.Context, c slack.SlashCommand, m bot.Message) error {
	kind := slack.ResponseTypeInChannel
	if m.Private {
		kind = slack.ResponseTypeEphemeral
	}
	options := dress(m)
	err := patient(ctx, func() error {
		_, _, err := in.api.PostMessageContext(ctx, c.ChannelID, append(options, slack.MsgOptionResponseURL(c.ResponseURL, kind))...)
		return err
	})
	if err == nil {
		return nil
	}
	in.log.Warn("slack: the response address fails", "err", in.clean(err))
	return patient(ctx, func() error {
		_, err := in.api.PostEphemeralContext(ctx, c.ChannelID, c.UserID, options...)
		return err
	})
}

// reply answers in the thread of what was said.
func (in *inbox) reply(ctx context.Context, to saying, m bot.Message) error {
	options := append(dress(m), slack.MsgOptionTS(to.thread))
	return patient(ctx, func() (err error) {
		if m.Private && !direct(to.channel) {
			_, err = in.api.PostEphemeralContext(ctx, to.channel, to.user, options...)
			return err
		}
		_, _, err = in.api.PostMessageContext(ctx, to.channel, options...)
		return err
	})
}

// patient calls send again when Slack asks to wait, as long as it asks to.
func patient(ctx context.Context, send func() error) error {
	var err error
	for range maxTries {
		err = send()
		var limited *slack.RateLimitedError
		if !errors.As(err, &limited) {
			return err
		}
		if sleep(ctx, limited.RetryAfter) != nil {
			break
		}
	}
	return fmt.Errorf("slack asks to wait for too long: %w", err)
}
