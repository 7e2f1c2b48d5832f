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
	"time"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

const (
	eventType   = "rapporteur_publication" // of the metadata that hold a post's key
	findPage    = 200                      // messages asked for at once; Slack may send fewer
	findPages   = 3                        // at most, so that Find ends in a busy channel
	callTimeout = 20 * time.Second         // of one call: Slack answers in less than one second
)

// Config is what it takes to join a workspace. The tokens are secrets.
type Config struct {
	BotToken string // xoxb-…, for the Web API
	AppToken string // xapp-…, for Socket Mode
	APIURL   string // of the Web API, with a final slash; empty for Slack's own
}

// A Slack is one workspace, as the bot sees it.
type Slack struct {
	config Config
	api    *slack.Client
	log    *slog.Logger
	recent *bot.Recent

	mu   sync.Mutex
	self *slack.AuthTestResponse // who the bot is there; nil until Slack was asked
}

// New returns the workspace that config lets into. It connects to nothing
// before it is used.
func New(config Config, client *http.Client, log *slog.Logger, now func() time.Time) *Slack {
	config.APIURL = cmp.Or(config.APIURL, slack.APIURL)
	return &Slack{
		config: config,
		api: slack.New(config.BotToken,
			slack.OptionAppLevelToken(config.AppToken),
			slack.OptionAPIURL(config.APIURL),
			slack.OptionHTTPClient(client),
			slack.OptionLog(silent())),
		log:    log,
		recent: bot.NewRecent(now),
	}
}

// silent returns the log of the library, whose debug lines hold message texts.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }

// Name returns "slack".
func (s *Slack) Name() string { return "slack" }

// Check asks Slack whether both tokens are good, and returns who the bot is and
// where, or an error that says what to do about it.
func (s *Slack) Check(ctx context.Context) (string, error) {
	self, err := s.whoami(ctx)
	if err != nil {
		return "", fmt.Errorf("slack: auth.test: %w", s.remedy(err, botToken))
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if _, _, err := s.api.StartSocketModeContext(ctx); err != nil {
		return "", fmt.Errorf("slack: apps.connections.open: %w", s.remedy(err, appToken))
	}
	return fmt.Sprintf("connected as @%s in workspace %s", self.User, self.Team), nil
}

// whoami asks Slack who the bot is, unless that is known.
func (s *Slack) whoami(ctx context.Context) (*slack.AuthTestResponse, error) {
	s.mu.Lock()
	self := s.self
	s.mu.Unlock()
	if self != nil {
		return self, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	self, err := s.api.AuthTestContext(ctx)
	if err != nil {
		return nil, err
	}
	if self.UserID == "" {
		return nil, errNoSlack
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.self = self
	return self, nil
}

// Post posts m to the channel with this id. The key goes into the message's
// metadata, which people do not see.
//
// A channel counts as gone if the bot is not a member of it, too: it could not
// read there whether a post was made. Whatever else Slack refuses is a
// RetryError, even if a later try has little hope, since nothing was posted.
func (s *Slack) Post(ctx context.Context, channel, key string, m bot.Message) (id string, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	options := append(dress(m), slack.MsgOptionMetadata(slack.SlackMetadata{
		EventType: eventType, EventPayload: map[string]any{"key": key},
	}))
	_, id, err = s.api.PostMessageContext(ctx, channel, options...)
	if err == nil && id == "" {
		err = errNoSlack
	}
	if err != nil {
		return "", s.failed("post to slack channel "+channel, err)
	}
	return id, nil
}

// Find looks for a post of the bot with this key among the newest 200 to 600
// messages of the channel.
func (s *Slack) Find(ctx context.Context, channel, key string) (id string, found bool, err error) {
	what := "look for a post in slack channel " + channel
	self, err := s.whoami(ctx)
	if err != nil {
		return "", false, s.failed(what, err)
	}
	page := &slack.GetConversationHistoryParameters{ChannelID: channel, Limit: findPage, IncludeAllMetadata: true}
	for range findPages {
		got, err := s.history(ctx, page)
		if err != nil {
			return "", false, s.failed(what, err)
		}
		for _, m := range got.Messages {
			if m.BotID == self.BotID && m.Metadata.EventType == eventType && m.Metadata.EventPayload["key"] == key {
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
func (s *Slack) history(ctx context.Context, page *slack.GetConversationHistoryParameters) (*slack.GetConversationHistoryResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	got, err := s.api.GetConversationHistoryContext(ctx, page)
	if err == nil && !got.Ok {
		err = errNoSlack
	}
	return got, err
}
