package bottest

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Who and where is in every [Slack].
const (
	SlackTeam    = "T0TEAM"    // the only workspace
	SlackBotUser = "U0BOT"     // the bot, as those see it who mention it
	SlackBotID   = "B0BOT"     // the bot, as the sender of messages
	SlackGeneral = "C0GENERAL" // a public channel with the bot in it
	SlackOther   = "C0OTHER"   // another one
	SlackPrivate = "G0PRIVATE" // a private channel with the bot in it
	SlackOutside = "C0OUTSIDE" // a public channel without the bot
	SlackDirect  = "D0ANN"     // the direct messages of a person and the bot
)

// A Slack is a fake of Slack with one workspace and one app in it. It speaks
// the Web API and Socket Mode, and refuses what Slack refuses. It knows
// nothing of the program that connects, which may run in another process and
// be killed at any time.
type Slack struct {
	BotToken string // of the Web API; new for each Slack, so that a leak can be searched for
	AppToken string // of Socket Mode; likewise

	LinkSecret string // part of the addresses of sockets and of answers, which let anybody in

	SigningSecret          string // of what is sent by HTTP; likewise
	ClientID, ClientSecret string // of the app, for those who install it

	http    *httptest.Server
	schemas map[string]*jsonschema.Schema // of blocks and views, by definition; empty if they are not at hand
	done    chan struct{}

	mu        sync.Mutex
	channels  map[string]*slackChannel
	tickets   map[string]bool // that open one socket each
	sockets   map[*slackSocket]bool
	opened    int           // sockets so far
	changed   chan struct{} // closed and replaced when a socket comes or goes
	envelopes map[string]*Envelope
	asked     map[string]*Asked // by response address
	triggers  map[string]slackTrigger
	modals    map[string][]SlackView     // what each person has open, the uppermost last
	homes     map[string]SlackView       // by person
	unfurled  map[string]json.RawMessage // by link
	prompts   map[string][]string        // suggested ones, by channel
	statuses  []string                   // that were set, in their order
	admins    map[string]bool
	grants    *slackGrants      // what the app may do; nil for everything
	tokens    map[string]string // of workspaces that installed the app, and which
	codes     map[string]string // of installations under way, and of which workspace
	hook      string            // address to which everything is sent; empty for the sockets
	faults    []string          // errors of the test that nobody is told of in an answer
	count     int               // of everything that gets a number
	interval  time.Duration
	calls     map[string][]time.Time // of the last minute, by workspace and method
	ration    bool                   // whether the app may read messages once a minute only
	ping      time.Duration
	refusals  int
	refuse    time.Duration
	pings     int
	before    func() bool
	after     func()
	intercept func(method string, w http.ResponseWriter, r *http.Request) bool
}

// slackChannel is a channel or the direct messages of two.
type slackChannel struct {
	archived, member, direct bool
	team                     string // empty for SlackTeam
	messages                 []SlackMessage
	last                     time.Time // of the newest post that was accepted
}

// A SlackMessage is a message as Slack keeps it.
type SlackMessage struct {
	Channel  string          `json:"channel,omitempty"`
	TS       string          `json:"ts"`
	Thread   string          `json:"thread_ts,omitempty"`
	User     string          `json:"user"`
	BotID    string          `json:"bot_id,omitempty"` // empty for what a person wrote
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks,omitempty"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
	Only     string          `json:"-"` // the only person to see it; empty for everybody
	Plain    bool            `json:"-"` // whether Text is not read as markup
	Replaces bool            `json:"-"` // whether it stands in the place of the message whose button was pressed
}

// NewSlack starts a Slack that lives as long as the test.
func NewSlack(t testing.TB) *Slack {
	s := &Slack{
		BotToken: "xoxb-" + rand.Text(), AppToken: "xapp-" + rand.Text(), LinkSecret: rand.Text(),
		SigningSecret: rand.Text(), ClientID: "1.2", ClientSecret: rand.Text(), tokens: map[string]string{}, codes: map[string]string{},
		done: make(chan struct{}), changed: make(chan struct{}), interval: time.Second, ping: slackPing,
		tickets: map[string]bool{}, sockets: map[*slackSocket]bool{},
		envelopes: map[string]*Envelope{}, asked: map[string]*Asked{}, triggers: map[string]slackTrigger{},
		modals: map[string][]SlackView{}, homes: map[string]SlackView{}, unfurled: map[string]json.RawMessage{},
		prompts: map[string][]string{}, admins: map[string]bool{}, calls: map[string][]time.Time{},
		channels: map[string]*slackChannel{
			SlackGeneral: {member: true}, SlackOther: {member: true}, SlackPrivate: {member: true},
			SlackOutside: {}, SlackDirect: {member: true, direct: true},
		},
		schemas: blockSchemas(t),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveMethod)
	mux.HandleFunc("/link", s.serveSocket)
	mux.HandleFunc("/commands/{id}", s.serveResponse)
	mux.HandleFunc("GET /oauth/v2/authorize", s.serveAuthorize)
	s.http = httptest.NewServer(mux)
	t.Cleanup(func() {
		s.Stop()
		for _, fault := range s.faults {
			t.Error("slack:", fault)
		}
	})
	return s
}

// URL returns the address of the Web API, which is what SLACK_API_URL is for.
func (s *Slack) URL() string { return s.http.URL + "/api/" }

// Stop takes Slack down, as at the end of the test: every connection is
// closed, and none is accepted any more. It may be called twice.
func (s *Slack) Stop() {
	s.mu.Lock()
	select {
	case <-s.done:
	default:
		close(s.done)
	}
	for socket := range s.sockets {
		socket.conn.Close()
	}
	s.mu.Unlock()
	s.http.CloseClientConnections()
	s.http.Close()
}

// AddChannel makes a public channel with the bot in it.
func (s *Slack) AddChannel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id] = &slackChannel{member: true}
}

// Archive archives a channel, which takes no posts from then on.
func (s *Slack) Archive(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[channel].archived = true
}

// SetInterval sets how long a channel wants to be left alone after a post. It
// is one second at first, as Slack's is. The minute in which a method may be
// called so many times is 60 intervals.
func (s *Slack) SetInterval(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.interval = d
}

// Refuse has the next post refused with the request to wait so long, a whole
// number of seconds. With 0 it is refused without saying how long.
func (s *Slack) Refuse(after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = max(after, 1)
}

// RateRefusals returns how many posts came too soon after another, and how many
// calls were more than a method takes in a minute.
func (s *Slack) RateRefusals() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refusals
}

// SetHooks has before called when a message is about to be kept, and after
// when it is kept but its sender does not know it yet. If before returns
// false, the request is lost on the way and the connection broken. Either may
// be nil, and neither is called under a lock.
func (s *Slack) SetHooks(before func() bool, after func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before, s.after = before, after
}

// Intercept has every request of the Web API shown to f first, which may
// answer it in Slack's place and then returns true; nil ends that. The method
// of an answer to a response address is "response_url".
func (s *Slack) Intercept(f func(method string, w http.ResponseWriter, r *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.intercept = f
}

// Messages returns all that was posted to a channel and everybody can see,
// oldest first.
func (s *Slack) Messages(channel string) []SlackMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.channels[channel].messages),
		func(m SlackMessage) bool { return m.Only != "" })
}

// Shown returns what people see of each message that the bot posted to a
// channel for everybody, oldest first.
func (s *Slack) Shown(channel string) []string {
	var shown []string
	for _, m := range s.Messages(channel) {
		if m.BotID != "" {
			shown = append(shown, m.Shown())
		}
	}
	return shown
}

// Pings returns how often somebody was notified by a mention in what the bot
// wrote, for everybody or for one.
func (s *Slack) Pings() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pings
}

// number returns a number that was not given out before. The caller holds the
// lock.
func (s *Slack) number() int {
	s.count++
	return s.count
}
