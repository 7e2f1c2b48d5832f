// Package discord joins Discord: it answers there, and posts new publications.
//
// Commands and mentions come through the gateway, so the bot needs no address
// of its own; answers and posts go through the REST interface. No privileged
// intent is needed.
package discord

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"rapporteur/bot"
)

const (
	findPage  = 100 // messages that Find looks at; the most that Discord sends at once
	markSize  = 25  // characters of a nonce at most
	refSize   = 12  // characters of a reference that people see; enough for 60 bits
	refPrefix = "ref "
)

// permissions are what the bot needs in a server.
const permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages |
	discordgo.PermissionSendMessagesInThreads | discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory

// Config is what it takes to join Discord. The token is a secret.
type Config struct {
	Token  string // the bot's
	APIURL string // to use instead of https://discord.com; empty for Discord's own
}

// A Discord is the bot's place in all servers that it was invited to.
type Discord struct {
	token  string
	rest   rest
	log    *slog.Logger
	recent *bot.Recent
	timing timing

	mu   sync.Mutex
	self string // id of the bot's user; empty until Discord was asked
}

// New returns the Discord that config lets into. It connects to nothing before
// it is used.
func New(config Config, client *http.Client, log *slog.Logger, now func() time.Time) *Discord {
	return &Discord{
		token:  config.Token,
		rest:   newREST(config, client),
		log:    log,
		recent: bot.NewRecent(now),
		timing: usual,
	}
}

// Name returns "discord".
func (d *Discord) Name() string { return name }

// Check asks Discord whether the token is good, and returns who the bot is and
// the address that invites it to a server, or an error that says what to do.
func (d *Discord) Check(ctx context.Context) (string, error) {
	var app struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	if err := d.rest.call(ctx, "app", http.MethodGet, "/applications/@me", nil, &app); err != nil {
		return "", fmt.Errorf("discord: ask who the bot is: %w", remedy(err))
	}
	if app.ID == "" {
		return "", fmt.Errorf("discord: ask who the bot is: %w", errNoDiscord)
	}
	return fmt.Sprintf("connected as %s; invite it: https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d",
		app.Name, app.ID, int64(permissions)), nil
}

// whoami returns the id of the bot's user.
func (d *Discord) whoami(ctx context.Context) (string, error) {
	d.mu.Lock()
	self := d.self
	d.mu.Unlock()
	if self != "" {
		return self, nil
	}
	var user struct {
		ID string `json:"id"`
	}
	if err := d.rest.call(ctx, "me", http.MethodGet, "/users/@me", nil, &user); err != nil {
		return "", err
	}
	if user.ID == "" {
		return "", errNoDiscord
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.self = user.ID
	return user.ID, nil
}

// Post sends m to channel. The post carries a nonce, by which Discord itself
// refuses to make it twice within some minutes, and a reference in small
// letters, by which Find knows it later. What Discord refuses with a status
// below 500 was not made: that is a RetryError, or ErrGone if the channel is
// unknown, archived, locked or closed to the bot.
func (d *Discord) Post(ctx context.Context, channel, key string, m bot.Message) (id string, err error) {
	what := "post to channel " + channel
	if m.Empty() {
		return "", fmt.Errorf("%s: the message is empty", what)
	}
	mark := mark(channel, key)
	p := render(m, reference(mark))
	p.Nonce, p.EnforceNonce = mark, true
	id, err = d.send(ctx, channel, p)
	if err != nil {
		return "", fmt.Errorf("%s: %w", what, failed(err))
	}
	return id, nil
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

// Find looks for the post among the newest 100 messages of channel.
func (d *Discord) Find(ctx context.Context, channel, key string) (id string, found bool, err error) {
	id, err = d.find(ctx, channel, mark(channel, key))
	if err != nil {
		return "", false, fmt.Errorf("look into channel %s: %w", channel, failed(err))
	}
	return id, id != "", nil
}

// A seen message is what Find looks at of it.
type seen struct {
	ID      string `json:"id"`
	Nonce   any    `json:"nonce"`
	Content string `json:"content"`
	Author  struct {
		ID string `json:"id"`
	} `json:"author"`
	Embeds []struct {
		Footer struct {
			Text string `json:"text"`
		} `json:"footer"`
	} `json:"embeds"`
}

func (d *Discord) find(ctx context.Context, channel, mark string) (id string, err error) {
	self, err := d.whoami(ctx)
	if err != nil {
		return "", err
	}
	var newest []seen
	path := messagesPath(channel)
	if err := d.rest.call(ctx, "GET "+path, http.MethodGet, fmt.Sprint(path, "?limit=", findPage), nil, &newest); err != nil {
		return "", err
	}
	for _, s := range newest {
		if s.Author.ID == self && s.has(mark) {
			return s.ID, nil
		}
	}
	return "", nil
}

// has reports whether the message was posted with mark. Discord does not
// promise to keep the nonce, so the reference counts as well.
func (s seen) has(mark string) bool {
	ref := reference(mark)
	if s.Nonce == mark || s.Content == small+ref || strings.HasSuffix(s.Content, "\n"+small+ref) {
		return true
	}
	for _, e := range s.Embeds {
		if e.Footer.Text == ref {
			return true
		}
	}
	return false
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

// errNoDiscord is returned for an answer that Discord would not give.
var errNoDiscord = errors.New("the answer is not one of Discord's; check DISCORD_API_URL and the network")

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

// remedy adds to a refusal what a person can do about it.
func remedy(err error) error {
	var refused *refusal
	if errors.As(err, &refused) && refused.status == http.StatusUnauthorized {
		return fmt.Errorf("%w; %s", err, badToken)
	}
	return err
}

const badToken = `Discord does not accept DISCORD_TOKEN, which must be the token from the page "Bot" of your application at https://discord.com/developers/applications`

// timing holds how long things take.
type timing struct {
	ack     time.Duration // until a command is acknowledged without its answer; Discord waits 3 s
	answer  time.Duration // for a handler; an interaction could be answered for 15 min, but nobody waits so long
	silence time.Duration // without a heartbeat's acknowledgement, until the connection is given up
	end     time.Duration // for answers under way when Run is to end within a second
	open    time.Duration // for a connection to be made
}

// usual is how long things take outside tests. Discord asks for a heartbeat
// every 41 s, so that one without an acknowledgement is noticed after 20 s.
var usual = timing{
	ack:     1500 * time.Millisecond,
	answer:  25 * time.Second,
	silence: 60 * time.Second,
	end:     800 * time.Millisecond,
	open:    30 * time.Second,
}
