// Package bot holds the conversation: what a command is answered with, who
// follows which publications, and how each of them is posted exactly once.
//
// It knows no chat network. Those are [Platform]s, in packages of their own
// below this one.
package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Platform is a place where people talk, such as Slack.
type Platform interface {
	// Name returns a short lower-case word, such as "slack".
	Name() string

	// Run connects, and has every command answered by h, until ctx is done,
	// when it returns nil within a second, or until it fails for good, when
	// the error says what to do about it. Lost connections are no failure:
	// Run takes them up again. It calls h from several goroutines.
	Run(ctx context.Context, h Handler) error

	// Post sends m to channel and returns the message's id there. The key
	// names the post among all others, so that Find can find it. The error is
	// or wraps ErrGone if the channel cannot be posted to any more, and a
	// RetryError if the platform refused the post for now. After any other
	// error it is unknown whether the message was posted.
	Post(ctx context.Context, channel, key string, m Message) (id string, err error)

	// Find asks the platform whether a message with this key stands among the
	// newest ones of channel, and which it is. The error is or wraps ErrGone if
	// the bot may not read there.
	Find(ctx context.Context, channel, key string) (id string, found bool, err error)
}

// A Handler answers one command. It is given a context that ends when an
// answer would come too late.
type Handler func(context.Context, Command) Message

// ErrGone means that a channel does not exist any more, is archived, or is
// closed to the bot.
var ErrGone = errors.New("the channel is gone or closed to the bot")

// A RetryError means that a platform has refused a post, which was not made,
// and may accept it later.
type RetryError struct {
	After time.Duration // how long the platform asks to wait; 0 if it does not say
	Err   error         // what it said
}

// Error returns what the platform said and how long it asks to wait.
func (e *RetryError) Error() string {
	return fmt.Sprintf("refused, try again in %v: %v", e.After, e.Err)
}

// Unwrap returns what the platform said.
func (e *RetryError) Unwrap() error { return e.Err }
