package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

const (
	handleTime = 25 * time.Second // after which nobody waits for an answer any more
	answerTime = 40 * time.Second // to make the answer, also while many others are made
	bringTime  = 30 * time.Second // to bring it: whoever asked is still there
	slowAnswer = 1 * time.Second  // after which the asker is told that it takes its time
	lookAgain  = 1 * time.Second  // until it is looked whether an answer arrived; doubled each time
)

// answer has c answered and the answer brought by reply, within ctx, while
// others are answered too.
func (in *inbox) answer(ctx context.Context, c bot.Command, reply func(context.Context, bot.Message) error) {
	in.do(c.Name, func() {
		m := in.made(ctx, c)
		if m.Empty() {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, bringTime)
		defer cancel()
		if err := reply(ctx, m); err != nil {
			in.log.Warn("slack: answer", "command", c.Name, "channel", c.Channel, "err", in.clean(err))
		}
	})
}

// made returns the answer to c, when it is among those that are made at once.
func (in *inbox) made(ctx context.Context, c bot.Command) bot.Message {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	select {
	case in.slots <- struct{}{}:
		defer func() { <-in.slots }()
	case <-ctx.Done():
		in.log.Warn("slack: too many commands at once", "command", c.Name)
		return bot.Message{}
	}
	done := in.busy(ctx, c)
	defer done()
	return in.handle(ctx, c)
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

// respond answers at the response address, and otherwise if Slack refuses that,
// as it does in the end when it has trouble and always after half an hour.
//
// If it is unknown whether the answer arrived, it is not given again: what only
// one person sees, nobody can look for. That person is told so.
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
	if to.response == "" {
		return in.otherwise(ctx, self, to, m, options)
	}
	err = in.atAddress(ctx, self, m.Replace, append([]slack.MsgOption{address}, options...))
	if err == nil {
		return nil
	}
	in.log.Warn("slack: the response address fails", "err", in.clean(err))
	if !notMade(err) && (!m.Replace || to.ts == "") { // else it is replaced, by the same if need be
		m = bot.Message{Text: "Slack did not tell me whether my answer reached you. If you do not see it, please ask again."}
		options = dress(m)
	}
	return in.otherwise(ctx, self, to, m, options)
}

// atAddress answers at the response address that is among the options. What takes
// the place of another message may do so several times, so it is tried again
// when it is unknown whether it arrived: less often than the five times that
// Slack takes.
func (in *inbox) atAddress(ctx context.Context, self *member, replaces bool, options []slack.MsgOption) error {
	send := func() error {
		_, _, err := self.api.PostMessageContext(ctx, "", options...)
		return err
	}
	err := patient(ctx, send)
	for wait := lookAgain; replaces && err != nil && !notMade(err) && wait <= 4*lookAgain; wait *= 2 {
		if sleep(ctx, wait) != nil {
			break
		}
		err = patient(ctx, send)
	}
	return err
}

// otherwise answers by the Web API what could not be answered at the response
// address: for all in the place of the message, if that is for all, and else to
// the asker alone.
func (in *inbox) otherwise(ctx context.Context, self *member, to reply, m bot.Message, options []slack.MsgOption) error {
	return in.patientIn(ctx, to.channel, func(ctx context.Context) (err error) {
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
	options := append(dress(m), slack.MsgOptionTS(to.thread))
	if m.Private && !direct(to.channel) {
		return in.patientIn(ctx, to.channel, func(ctx context.Context) error {
			_, err := self.api.PostEphemeralContext(ctx, to.channel, to.user, options...)
			return err
		})
	}
	return in.once(ctx, self, to, append(options, tag(answerType, to.ts)))
}

// once posts an answer, also if Slack fails meanwhile, but never a second time:
// when it is unknown whether it was posted, it is looked for in the thread.
func (in *inbox) once(ctx context.Context, self *member, to saying, options []slack.MsgOption) error {
	for {
		err := in.patientIn(ctx, to.channel, func(ctx context.Context) error {
			_, err := self.post(ctx, to.channel, options)
			return err
		})
		if err == nil || notMade(err) {
			return err
		}
		in.log.Warn("slack: it is unknown whether an answer arrived", "err", in.clean(err))
		there, err := in.arrived(ctx, self, to)
		if there || err != nil {
			return err
		}
	}
}

// arrived looks whether what was said was answered, again and again if Slack
// does not tell.
func (in *inbox) arrived(ctx context.Context, self *member, to saying) (there bool, err error) {
	for wait := lookAgain; ; wait *= 2 {
		if sleep(ctx, wait) != nil {
			return false, fmt.Errorf("look for an answer that may have arrived: %w", cmp.Or(err, ctx.Err()))
		}
		there, err = self.answered(ctx, to)
		if _, limited := tooMany(err); err == nil || notMade(err) && !limited {
			return there, err
		}
	}
}

// answered reports whether an answer to what was said stands in its thread.
func (m *member) answered(ctx context.Context, to saying) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	all, _, _, err := m.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
		ChannelID: to.channel, Timestamp: to.thread, Oldest: to.ts, Inclusive: true, Limit: findPage, IncludeAllMetadata: true})
	if err != nil {
		return false, err
	}
	if len(all) == 0 { // the thread holds what was said, at least
		return false, errNoSlack
	}
	return slices.ContainsFunc(all, func(one slack.Message) bool { return m.tagged(one, answerType, to.ts) }), nil
}

// patientIn is patient with what is sent to a channel, when its turn comes; ctx
// must have an end.
func (in *inbox) patientIn(ctx context.Context, channel string, send func(context.Context) error) error {
	end, _ := ctx.Deadline()
	waiting, cancel := context.WithDeadline(ctx, end.Add(-callRoom))
	defer cancel()
	return patient(waiting, func() error {
		done, err := in.queue.turn(waiting, channel)
		if err != nil {
			return fmt.Errorf("too many messages wait in the channel: %w", errNotSent)
		}
		defer done()
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		return send(ctx)
	})
}

// patient calls send again when Slack asks to wait, as long as ctx allows.
func patient(ctx context.Context, send func() error) error {
	for {
		err := send()
		wait, limited := tooMany(err)
		if !limited {
			return err
		}
		if left, ends := remaining(ctx); ends && left < wait || sleep(ctx, wait) != nil {
			return fmt.Errorf("slack asks to wait for too long: %w", err)
		}
	}
}

// tooMany reports whether Slack has refused since it was one request too many,
// and how long to wait.
func tooMany(err error) (wait time.Duration, is bool) {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var nonsense *strconv.NumError // in place of the time
	switch {
	case errors.As(err, &limited):
		return max(limited.RetryAfter, usualInterval), true
	case errors.As(err, &status) && status.Code == http.StatusTooManyRequests, errors.As(err, &nonsense), code(err) == "ratelimited":
		return usualInterval, true
	}
	return 0, false
}
