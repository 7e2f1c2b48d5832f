package bottest

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// A Discord is a fake of Discord: its REST interface and its gateway, as one
// small server. It refuses what Discord refuses, and knows nothing of the bot,
// which may run in another process and be killed at any time.
//
// The fields may be set until a bot connects.
type Discord struct {
	Token   string // of the bot; random, so that a leak can be searched for
	App     string // id of the application, and of the bot's user
	Guild   string // id of the one server
	Channel string // id of a text channel of Guild that can be posted to

	Latency     time.Duration // that each REST request is held up
	Heartbeat   time.Duration // between the heartbeats that the gateway asks for
	ResumeThere bool          // whether a session can only be resumed at the address that READY names
	AckWithin   time.Duration // of an interaction; 3 s, unless a test of being late is to take less

	server   *httptest.Server
	spec     *discordSpec   // nil if the specification is not at hand
	breaking bool           // whether a request may break the specification if it is refused
	events   *discordEvents // nil as well
	ended    chan struct{}
	sending  sync.WaitGroup // what is being sent to the bot's endpoint

	mu           sync.Mutex
	beforePost   func() // nil for nothing
	afterPost    func()
	lastID       int64
	guilds       map[string]*discordGuild
	admins       map[string]bool // ids of people who may manage servers
	channels     map[string]*discordChannel
	private      map[string]discordPrivate // messages that one person sees, by id
	nonces       map[string]discordNonce   // by nonce: they are the author's, whatever the channel
	commands     []discordCommand
	puts         int
	interactions map[string]*discordInteraction // by token
	secrets      []string
	requests     []string
	intercept    func(http.ResponseWriter, *http.Request) bool // nil lets all pass
	failing      []*discordFailing
	limitedUntil time.Time // until when everything is refused
	invalid      int       // requests that Discord counts as invalid
	faults       []string
	posts        int           // allowed in each channel ...
	per          time.Duration // ... in so long
	refuse       time.Duration // what the next post is told to wait; 0 if it is taken
	rateRefusals int
	pings        int
	gateway      discordGateway
	sender       discordEndpointSender
}

// A discordNonce is what a nonce stands for, for a few minutes.
type discordNonce struct {
	message *DiscordMessage
	until   time.Time
}

const (
	nonceMemory = 5 * time.Minute // "the past few minutes", in Discord's words
	guildPosts  = 5               // the rate that Discord grants a channel: so many posts ...
	guildPer    = 5 * time.Second // ... in so long
)

// NewDiscord starts a fake Discord with one server and one channel; it ends
// with the test. What breaks Discord's published specification, if that is at
// hand, or a rule of Discord's that nobody can break by chance, is an error of
// the test.
func NewDiscord(t testing.TB) *Discord {
	t.Helper()
	d := &Discord{
		Token:     rand.Text() + "." + rand.Text(),
		Heartbeat: 41250 * time.Millisecond,
		AckWithin: 3 * time.Second,
		ended:     make(chan struct{}),
		lastID:    1_400_000_000_000_000_000,
		guilds:    map[string]*discordGuild{}, admins: map[string]bool{}, private: map[string]discordPrivate{},
		channels: map[string]*discordChannel{}, nonces: map[string]discordNonce{},
		interactions: map[string]*discordInteraction{},
		posts:        guildPosts, per: guildPer,
	}
	d.secrets = []string{d.Token}
	d.App, d.Guild = d.newID(), d.newID()
	d.guilds[d.Guild] = d.newGuild(d.Guild)
	d.Channel = d.NewChannel()
	d.spec = newDiscordSpec(t)
	d.events = newDiscordEvents(t)
	d.gateway = discordGateway{changed: make(chan struct{}), shards: 1, total: 1000, remaining: 1000, resetAfter: 4 * time.Hour,
		concurrency: 1, turns: map[int]time.Time{}}
	d.sender = newEndpointSender()
	d.server = httptest.NewServer(d.routes())
	t.Cleanup(func() {
		close(d.ended)
		d.sending.Wait()
		d.sender.client.CloseIdleConnections()
		d.Drop(0)
		d.server.CloseClientConnections()
		d.server.Close()
		for _, fault := range d.faults {
			t.Error("discord:", fault)
		}
	})
	return d
}

// URL returns the address to use instead of https://discord.com.
func (d *Discord) URL() string { return d.server.URL }

func (d *Discord) newID() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.nextID()
}

// nextID returns an id that is higher than all before. The bits from the 22nd
// on, which decide the shard, differ from one to the next. The caller holds mu.
func (d *Discord) nextID() string {
	d.lastID += 1 << 22
	return fmt.Sprint(d.lastID)
}

// Delete deletes a channel, so that Discord says it is unknown.
func (d *Discord) Delete(channel string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.channels[channel]
	c.refusal = &unknownChannel
	d.tellChannel(c, "DELETE")
}

// Close has Discord refuse every request about a channel with this status and
// code, such as 403 and 50001.
func (d *Discord) Close(channel string, status, code int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.channels[channel].refusal = &discordError{Status: status, Code: code, Message: "closed"}
}

// Limit sets how many posts each channel takes in an interval; at first it is
// 5 in 5 s. 0 means without limit.
func (d *Discord) Limit(posts int, per time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.posts, d.per = posts, per
}

// RefuseNext has the next post refused with the request to wait so long, as
// Discord does when others have used up a resource that the bot shares.
func (d *Discord) RefuseNext(after time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refuse = after
}

// SetHooks has before called when a post to a channel is about to be recorded,
// and after when it is recorded and not yet answered; either may be nil. A
// request whose connection breaks meanwhile is recorded all the same.
func (d *Discord) SetHooks(before, after func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.beforePost, d.afterPost = before, after
}

// hooks returns what SetHooks has set, and nothing to do for nil.
func (d *Discord) hooks() (before, after func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	before, after = func() {}, func() {}
	if d.beforePost != nil {
		before = d.beforePost
	}
	if d.afterPost != nil {
		after = d.afterPost
	}
	return before, after
}

// Intercept has f shown each REST request first, nil ending that. It reports
// whether it has answered the request, which then goes no further.
func (d *Discord) Intercept(f func(http.ResponseWriter, *http.Request) bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.intercept = f
}

// RateRefusals returns how many posts came too fast.
func (d *Discord) RateRefusals() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rateRefusals
}

// Pings returns how many people, roles or channels were notified so far.
func (d *Discord) Pings() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.pings
}

// Secrets returns the bot's token and those of all interactions so far, none
// of which may be logged or be part of an error.
func (d *Discord) Secrets() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.secrets...)
}

// Requests returns the REST requests so far, such as "POST /channels/1/messages",
// without the version, the query and any token.
func (d *Discord) Requests() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.requests...)
}

// Messages returns what stands in a channel, oldest first.
func (d *Discord) Messages(channel string) []DiscordMessage {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []DiscordMessage
	for _, m := range d.channels[channel].messages {
		all = append(all, *m)
	}
	return all
}

// Shown returns what people see of each of the bot's messages in a channel,
// oldest first: the words, with markup resolved as Discord does.
func (d *Discord) Shown(channel string) []string {
	var shown []string
	for _, m := range d.Messages(channel) {
		if m.Author.ID == d.App {
			shown = append(shown, m.Shown())
		}
	}
	return shown
}

// fault records an error of the test.
func (d *Discord) fault(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults = append(d.faults, fmt.Sprintf(format, args...))
}
