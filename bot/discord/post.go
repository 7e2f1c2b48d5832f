package discord

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rapporteur/bot"
)

const (
	findPage  = 100 // messages that Find looks at; the most that Discord sends at once
	markSize  = 25  // characters of a nonce at most
	refSize   = 12  // characters of a reference that people see; enough for 60 bits
	refPrefix = "ref "
)

// Post sends m to channel: as a message, which in an announcement channel is
// published to the channels that follow it, or in a forum as a thread.
//
// A message carries a nonce, by which Discord itself refuses to make it twice
// within some minutes. All posts carry a reference in small letters, by which
// Find knows them later. What Discord refuses with a status below 500 was not
// made: that is a RetryError, or ErrGone if the channel is unknown, archived,
// locked or closed to the bot.
func (d *Discord) Post(ctx context.Context, channel, key string, m bot.Message) (id string, err error) {
	what := "post to channel " + channel
	if m.Empty() {
		return "", fmt.Errorf("%s: the message is empty", what)
	}
	at, err := d.place(ctx, channel)
	if err != nil {
		return "", fmt.Errorf("%s: look it up: %w", what, unmade(err))
	}
	if at.forum() {
		id, err = d.open(ctx, at, key, m)
	} else {
		id, err = d.say(ctx, channel, key, m)
	}
	if err != nil {
		d.outdated(channel, err)
		return "", fmt.Errorf("%s: %w", what, failed(err))
	}
	if at.news() && len(m.Quotes) > 0 {
		d.publish(ctx, channel, id)
	}
	return id, nil
}

// say posts m to channel as a message.
func (d *Discord) say(ctx context.Context, channel, key string, m bot.Message) (id string, err error) {
	mark := mark(channel, key)
	p := announced(m, mark)
	p.Nonce, p.EnforceNonce = mark, true
	return d.send(ctx, channel, p)
}

// announced returns m as it is posted, with the reference, and the role that it
// is to notify in a line of its own.
func announced(m bot.Message, mark string) post {
	p := render(m, reference(mark))
	if _, is := snowflake(m.Notify); is {
		p.Content = strings.TrimSpace("<@&" + m.Notify + ">\n" + p.Content)
		p.Allowed.Roles = []string{m.Notify}
	}
	return p
}

// send posts p to channel as it is, once.
func (d *Discord) send(ctx context.Context, channel string, p post) (id string, err error) {
	var made struct {
		ID string `json:"id"`
	}
	path := messagesPath(channel)
	if err := d.rest.call(ctx, "POST "+path, http.MethodPost, path, p, &made); err != nil {
		return "", err
	}
	if made.ID == "" {
		return "", errNoDiscord
	}
	return made.ID, nil
}

// Find looks for the post among the newest 100 messages of channel, or, in a
// forum, the newest 100 threads that the bot has opened there. A post that was
// found without having been published is published now.
func (d *Discord) Find(ctx context.Context, channel, key string) (id string, found bool, err error) {
	id, err = d.find(ctx, channel, mark(channel, key))
	if err != nil {
		d.outdated(channel, err)
		return "", false, fmt.Errorf("look into channel %s: %w", channel, failed(err))
	}
	return id, id != "", nil
}

func (d *Discord) find(ctx context.Context, channel, mark string) (id string, err error) {
	at, err := d.place(ctx, channel)
	if err != nil {
		return "", err
	}
	if at.forum() {
		return d.findThread(ctx, at, reference(mark))
	}
	newest, err := d.own(ctx, channel)
	for _, s := range newest {
		if !s.has(mark) {
			continue
		}
		if at.news() && s.publishable() {
			d.publish(ctx, channel, s.ID)
		}
		return s.ID, nil
	}
	return "", err
}

// own returns the bot's own messages among the newest of channel.
func (d *Discord) own(ctx context.Context, channel string) (all []seen, err error) {
	self, err := d.whoami(ctx)
	if err != nil {
		return nil, err
	}
	var newest []seen
	path := messagesPath(channel)
	if err := d.rest.call(ctx, "GET "+path, http.MethodGet, fmt.Sprint(path, "?limit=", findPage), nil, &newest); err != nil {
		return nil, err
	}
	for _, s := range newest {
		if s.Author.ID == self {
			all = append(all, s)
		}
	}
	return all, nil
}

// A seen message is what Find looks at of it.
type seen struct {
	ID      string    `json:"id"`
	Nonce   any       `json:"nonce"`
	Content string    `json:"content"`
	Flags   int       `json:"flags"`
	Posted  time.Time `json:"timestamp"`
	Author  struct {
		ID string `json:"id"`
	} `json:"author"`
	Embeds []struct {
		Footer struct {
			Text string `json:"text"`
		} `json:"footer"`
	} `json:"embeds"`
	Components nodes `json:"components"`
}

// has reports whether the message was posted with mark. Discord does not
// promise to keep the nonce, so the reference counts as well.
func (s seen) has(mark string) bool { return s.Nonce == mark || s.reference() == reference(mark) }

// reference returns the one that a post of ours ends with, or the empty string.
func (s seen) reference() string {
	said := []string{s.Content}
	for _, e := range s.Embeds {
		said = append(said, small+e.Footer.Text)
	}
	for _, text := range append(said, s.Components.words()) {
		last := text[strings.LastIndexByte(text, '\n')+1:]
		if ref := strings.TrimPrefix(last, small); ref != last && strings.HasPrefix(ref, refPrefix) && len(ref) == len(refPrefix)+refSize {
			return ref
		}
	}
	return ""
}

// mark returns what stands for a post in Discord. It is different for each
// channel, since a nonce belongs to its author, whatever the channel.
func mark(channel, key string) string {
	sum := sha256.Sum256([]byte(channel + " " + key))
	return strings.ToLower(base32.HexEncoding.EncodeToString(sum[:]))[:markSize]
}

// reference returns the part of mark that people see.
func reference(mark string) string { return refPrefix + mark[:refSize] }

func messagesPath(channel string) string { return "/channels/" + url.PathEscape(channel) + "/messages" }

// failed tells, in the words of bot.Platform, that a post or a look at a
// channel did not succeed.
func failed(err error) error {
	var refused *refusal
	switch is := errors.As(err, &refused); {
	case is && refused.gone():
		return fmt.Errorf("%w: %w", err, bot.ErrGone)
	case is && refused.status < http.StatusInternalServerError:
		return &bot.RetryError{After: refused.after, Err: remedy(err)}
	case notSent(err):
		return &bot.RetryError{Err: err}
	}
	return err
}

// unmade is failed for what came before the post, which was certainly not made.
func unmade(err error) error {
	err = failed(err)
	var retry *bot.RetryError
	if errors.Is(err, bot.ErrGone) || errors.As(err, &retry) {
		return err
	}
	return &bot.RetryError{Err: err}
}
