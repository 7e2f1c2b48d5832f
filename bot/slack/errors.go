package slack

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

// errNoSlack is returned for an answer of the right form that Slack would not
// give, such as {}.
var errNoSlack = errors.New("the answer is not one of Slack's; check SLACK_API_URL")

// errNotSent is returned for what was not sent at all.
var errNotSent = errors.New("not sent")

// A token is one of the two that Slack may refuse.
type token struct{ name, where string }

var (
	botToken = token{"SLACK_BOT_TOKEN", `the "Bot User OAuth Token" (xoxb-…) from the app's page "OAuth & Permissions"`}
	appToken = token{"SLACK_APP_TOKEN", `an "App-Level Token" (xapp-…) with the scope connections:write from the app's page "Basic Information"`}
)

// code returns the word with which Slack refused, or the empty string if err
// is something else.
func code(err error) string {
	var refusal slack.SlackErrorResponse
	if errors.As(err, &refusal) {
		return refusal.Err
	}
	return ""
}

// badToken reports whether Slack refuses for a reason that only a person can
// remove, by giving the bot other tokens or rights.
func badToken(code string) bool {
	switch code {
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
		"not_allowed_token_type", "missing_scope", "no_permission", "org_login_required", "access_denied":
		return true
	}
	return false
}

// gone reports whether a channel cannot be posted to any more: it is deleted,
// archived, left by the bot, or its administrators let only others post.
func gone(code string) bool {
	switch code {
	case "channel_not_found", "is_archived", "not_in_channel", "restricted_action",
		"restricted_action_read_only_channel", "restricted_action_thread_only_channel",
		"messages_tab_disabled", "user_not_found", "user_disabled":
		return true
	}
	return false
}

// unsure reports whether Slack failed in a way in which a post may have been
// made nevertheless.
func unsure(code string) bool {
	switch code {
	case "", "internal_error", "fatal_error", "request_timeout", "service_unavailable":
		return true
	}
	return false
}

// failed tells, in the words of bot.Platform, that what was tried did not
// succeed.
func (s *Slack) failed(what string, err error) error {
	var limited *slack.RateLimitedError
	switch c := code(err); {
	case errors.As(err, &limited):
		return &bot.RetryError{After: limited.RetryAfter, Err: fmt.Errorf("%s: too many requests", what)}
	case errors.Is(err, errNotInstalled):
		return fmt.Errorf("%s: %w: %w", what, err, bot.ErrGone)
	case gone(c):
		return fmt.Errorf("%s: %s: %w", what, c, bot.ErrGone)
	case !unsure(c), notSent(err):
		return &bot.RetryError{Err: fmt.Errorf("%s: %w", what, s.remedy(err, botToken))}
	}
	return fmt.Errorf("%s: %w", what, s.clean(err))
}

// notMade reports whether what was to be sent is certainly not there, since
// Slack has refused it or never got it.
func notMade(err error) bool {
	var status slack.StatusCodeError
	refused := errors.As(err, &status) && status.Code >= 400 && status.Code < 500
	_, limited := tooMany(err)
	return refused || limited || !unsure(code(err)) || notSent(err)
}

// notSent reports whether a request certainly did not arrive: it was not made,
// there was no connection to send it on, or it was one too many.
func notSent(err error) bool {
	var status slack.StatusCodeError
	var wait *strconv.NumError // of a Retry-After that is no number
	var op *net.OpError
	return errors.As(err, &status) && status.Code == http.StatusTooManyRequests ||
		errors.As(err, &wait) || errors.As(err, &op) && op.Op == "dial" || errors.Is(err, errNotSent)
}

// remedy adds to a refusal what a person can do about it; t is the token that
// was used.
func (s *Slack) remedy(err error, t token) error {
	err = s.clean(err)
	switch c := err.Error(); {
	case c == "missing_scope", c == "no_permission":
		return fmt.Errorf("%w: the app lacks a right; install it again with slack-manifest.yaml, and make sure that %s is %s",
			err, t.name, t.where)
	case badToken(c):
		return fmt.Errorf("%w: Slack does not accept %s, which must be %s", err, t.name, t.where)
	}
	return err
}

// clean takes out of an error what nobody is to read: addresses, which may let
// others in, tokens, and pages that some server sent.
func (s *Slack) clean(err error) error {
	var address *url.Error
	if errors.As(err, &address) {
		return s.clean(address.Err)
	}
	if c := code(err); c != "" {
		err = errors.New(c)
	}
	const longest = 200 // bytes; an error of Slack's is a word
	said := s.redact(err.Error())
	switch {
	case len(said) > longest:
		return errors.New(strings.ToValidUTF8(said[:longest], "") + "…")
	case said != err.Error():
		return errors.New(said)
	}
	return err
}

// redact takes out of what is said all that is secret.
func (s *Slack) redact(said string) string {
	for _, secret := range []string{s.config.BotToken, s.config.AppToken, s.config.SigningSecret, s.config.ClientSecret} {
		if secret != "" {
			said = strings.ReplaceAll(said, secret, "[token]")
		}
	}
	return tokens.ReplaceAllString(said, "[token]")
}

// tokens are those of Slack, whichever workspace they are for.
var tokens = regexp.MustCompile(`xox[a-z]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+`)
