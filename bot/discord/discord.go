// Package discord joins Discord: it answers there, and posts new publications.
//
// Commands and mentions come through the gateway, so the bot needs no address
// of its own; or commands come as requests, where it has one. Answers and posts
// go through the REST interface. No privileged intent is needed.
//
// Answers are containers of components, in servers, in direct messages and
// between people alike: whoever gets one has just asked, and reads it there, as
// does a screen reader, text by text and then the labels of the buttons. What a
// publication is posted with comes unasked, so what matters is the notification,
// which for components alone says nothing: Discord leaves it empty. Posts are
// therefore of content, which is what a notification says, and embeds: that is
// the one place where components do not serve.
package discord

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"rapporteur/bot"
)

// Config is what it takes to join Discord. The token is a secret.
type Config struct {
	Token  string // the bot's
	APIURL string // to use instead of https://discord.com; empty for Discord's own

	PublicKey ed25519.PublicKey // by which requests of Discord's are signed; nil if none are to be taken
	Endpoint  string            // where Discord reaches the program, such as https://rapporteur.example.org
	NoGateway bool              // whether no gateway is opened: then only commands come, by request
}

// A Discord is the bot's place in all servers that it was invited to.
type Discord struct {
	token     string
	key       ed25519.PublicKey // nil for no endpoint
	endpoint  string
	noGateway bool
	rest      rest
	log       *slog.Logger
	recent    *bot.Recent
	timing    timing
	now       func() time.Time
	born      time.Time

	places    places
	openings  openings
	publisher publisher
	trouble   trouble
	inbox     atomic.Pointer[inbox] // of the Run that is under way; nil if none is

	mu   sync.Mutex
	self string // id of the bot's user; empty until Discord was asked
}

// New returns the Discord that config lets into. It connects to nothing before
// it is used.
func New(config Config, client *http.Client, log *slog.Logger, now func() time.Time) *Discord {
	d := &Discord{
		token: config.Token, key: config.PublicKey, endpoint: config.Endpoint, noGateway: config.NoGateway,
		log: log, recent: bot.NewRecent(now), timing: usual, now: now, born: time.Now(),
	}
	d.rest = newREST(config, client, &invalid{limit: maxInvalid, now: now, tell: d.rests})
	return d
}

// rests tells that no request is made until then.
func (d *Discord) rests(until time.Time) {
	d.log.Error("discord: too many invalid requests; all of them rest, lest Discord bans this address", "until", until)
	d.trouble.until("requests", "so many were invalid that all of them rest", until)
}

// Name returns "discord".
func (d *Discord) Name() string { return name }

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

// errNoDiscord is returned for an answer that Discord would not give.
var errNoDiscord = errors.New("the answer is not one of Discord's; check DISCORD_API_URL and the network")

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
	ack      time.Duration // until a command is acknowledged without its answer; Discord waits 3 s
	answer   time.Duration // for a handler; an interaction could be answered for 15 min, but nobody waits so long
	response time.Duration // for the first response to a request of Discord's
	silence  time.Duration // without a heartbeat's acknowledgement, until the connection is given up
	end      time.Duration // for answers under way when Run is to end within a second
	open     time.Duration // for a connection to be made
	apart    time.Duration // between two sessions that begin one after the other
	fresh    time.Duration // at most, before another session begins in place of one that was lost; a fifth of it at least
	publish  time.Duration // between two looks at what waits to be published
	settle   time.Duration // from the start until what an earlier process has sent is certainly there
}

// usual is how long things take outside tests. Discord asks for a heartbeat
// every 41 s, so that one without an acknowledgement is noticed after 20 s.
var usual = timing{
	ack:      1500 * time.Millisecond,
	answer:   25 * time.Second,
	response: 2500 * time.Millisecond,
	silence:  60 * time.Second,
	end:      800 * time.Millisecond,
	open:     30 * time.Second,
	apart:    5250 * time.Millisecond, // Discord's 5 s, and a little for the way there
	fresh:    5 * time.Second,
	publish:  1 * time.Minute,
	settle:   1 * time.Second,
}
