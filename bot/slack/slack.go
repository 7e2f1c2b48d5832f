// Package slack joins a Slack workspace: it answers there, and posts new
// publications.
//
// Commands and mentions come through Socket Mode, so the bot needs no address
// of its own; posts go through the Web API. What the app must be allowed to do
// stands in slack-manifest.yaml.
package slack

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

const (
	publicationType = "rapporteur_publication" // of the metadata that hold a post's key
	answerType      = "rapporteur_answer"      // of those that hold what is answered

	findPage    = 200              // messages asked for at once; Slack may send fewer
	findPages   = 3                // at most, so that Find ends in a busy channel
	slowPages   = 2                // where Slack gives one page a minute: more would take longer than a try
	callTimeout = 20 * time.Second // of one call: Slack answers in less than one second
	queueTime   = 20 * time.Second // for a publication to have its turn in a channel
	pageTime    = 75 * time.Second // for a page of messages, of which some apps get one a minute

	usualInterval = 1 * time.Second  // Slack's own limit, but for short bursts
	usualSilence  = 30 * time.Second // Slack pings every few seconds
)

// Config is what it takes to join one workspace or several. Tokens, secrets and
// the key are secret.
type Config struct {
	BotToken string // xoxb-…, for the Web API; empty for several workspaces
	AppToken string // xapp-…, for Socket Mode; empty if Slack sends requests to URL

	URL           string   // where Slack and people reach the program, without a final slash; empty for Socket Mode
	SigningSecret string   // by which Slack signs its requests to URL
	ClientID      string   // of the app, for several workspaces; empty for one
	ClientSecret  string   // likewise
	Key           []byte   // 32 bytes, by which the tokens of several workspaces are encrypted
	Installs      Installs // where they are kept

	APIURL string // of the Web API, with a final slash; empty for Slack's own

	Ask      string        // slash command for questions; empty for /ask
	Briefs   string        // slash command for all else; empty for /briefs
	Interval time.Duration // between two messages in one channel; 0 for the second that Slack asks for; a shorter one shortens the minutes of Slack's other limits as much
	Silence  time.Duration // after which a connection without a sign of life is given up; 0 for 30 s
}

// A Slack is one workspace, as the bot sees it.
type Slack struct {
	config Config
	app    *slack.Client // with the token of the app
	client *http.Client
	log    *slog.Logger
	now    func() time.Time
	recent *bot.Recent
	queue  *queue
	inbox  atomic.Pointer[inbox] // of the Run that is under way; nil if there is none
	manner *bot.Manner

	mu      sync.Mutex
	members map[string]*member // by workspace, as far as Slack was asked
	forgot  int                // how often one of them was forgotten
	budgets map[string]*budget // likewise
}

// New returns the workspace that config lets into. It connects to nothing
// before it is used.
func New(config Config, client *http.Client, log *slog.Logger, now func() time.Time) *Slack {
	config = config.filled()
	s := &Slack{
		config:  config,
		client:  client,
		log:     log,
		now:     now,
		recent:  bot.NewRecent(now),
		queue:   newQueue(now, config.Interval),
		manner:  &bot.Manner{Passages: 1, Room: roomForQuotes, Spelling: spelling(config)},
		members: map[string]*member{},
		budgets: map[string]*budget{},
	}
	s.app = s.api("", config.BotToken)
	return s
}

// filled returns c with the usual values for what is left out.
func (c Config) filled() Config {
	c.APIURL = cmp.Or(c.APIURL, slack.APIURL)
	c.Ask, c.Briefs = cmp.Or(c.Ask, "/ask"), cmp.Or(c.Briefs, "/briefs")
	c.Silence, c.Interval = cmp.Or(c.Silence, usualSilence), cmp.Or(c.Interval, usualInterval)
	return c
}

// api returns a client of the Web API with the token of the bot in a workspace.
func (s *Slack) api(team, token string) *slack.Client {
	return slack.New(token, slack.OptionAppLevelToken(s.config.AppToken), slack.OptionAPIURL(s.config.APIURL),
		slack.OptionHTTPClient(s.budget(team)), slack.OptionLog(silent()))
}

// silent returns the log of the library, whose debug lines hold message texts.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }

// Name returns "slack".
func (s *Slack) Name() string { return "slack" }

// Post posts m to the channel with this id. The key goes into the message's
// metadata, which people do not see.
//
// A channel counts as gone if the bot is not a member of it, too: it could not
// read there whether a post was made. Whatever else Slack refuses is a
// RetryError, even if a later try has little hope, since nothing was posted.
func (s *Slack) Post(ctx context.Context, channel, key string, m bot.Message) (id string, err error) {
	what := "post to slack channel " + channel
	team, channel := s.place(channel)
	self, err := s.member(ctx, team)
	if err != nil {
		return "", s.failed(what, err)
	}
	waiting, cancel := context.WithTimeout(ctx, queueTime)
	defer cancel()
	done, err := s.queue.turn(waiting, channel)
	if err != nil {
		return "", &bot.RetryError{Err: fmt.Errorf("%s: too many messages wait there: %w", what, err)}
	}
	defer done()
	id, err = self.post(ctx, channel, append(dress(m), tag(publicationType, key)))
	if err != nil {
		return "", s.failed(what, err)
	}
	return id, nil
}

// tag returns metadata, which people do not see, that tell what a message is.
func tag(kind, key string) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: kind, EventPayload: map[string]any{"key": key}})
}

// tagged reports whether a message is one of the bot's with this tag.
func (m *member) tagged(msg slack.Message, kind, key string) bool {
	return msg.BotID == m.bot && msg.Metadata.EventType == kind && msg.Metadata.EventPayload["key"] == key
}

// post posts a message. An answer that is not Slack's is an error.
func (m *member) post(ctx context.Context, channel string, options []slack.MsgOption) (id string, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, id, err = m.api.PostMessageContext(ctx, channel, options...)
	if err == nil && id == "" {
		err = errNoSlack
	}
	return id, err
}

// Find looks for a post of the bot with this key among the newest 200 to 600
// messages of the channel; 30 where Slack gives no more, as it does to an app
// for several workspaces that is not in its Marketplace.
func (s *Slack) Find(ctx context.Context, channel, key string) (id string, found bool, err error) {
	what := "look for a post in slack channel " + channel
	team, channel := s.place(channel)
	self, err := s.member(ctx, team)
	if err != nil {
		return "", false, s.failed(what, err)
	}
	page := &slack.GetConversationHistoryParameters{ChannelID: channel, Limit: findPage, IncludeAllMetadata: true}
	pages := findPages
	if s.many() {
		pages = slowPages
	}
	for range pages {
		got, err := self.history(ctx, page)
		if err != nil {
			return "", false, s.failed(what, err)
		}
		for _, m := range got.Messages {
			if self.tagged(m, publicationType, key) {
				return m.Timestamp, true, nil
			}
		}
		page.Cursor = got.ResponseMetaData.NextCursor
		if page.Cursor == "" {
			break
		}
	}
	return "", false, nil
}

// history asks for one page of a channel's messages. An answer that is not
// Slack's is an error, since it would look like an empty channel.
func (m *member) history(ctx context.Context, page *slack.GetConversationHistoryParameters) (*slack.GetConversationHistoryResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, pageTime)
	defer cancel()
	got, err := m.api.GetConversationHistoryContext(ctx, page)
	if err == nil && !got.Ok {
		err = errNoSlack
	}
	return got, err
}
