package slack

import (
	"context"
	"strings"

	"github.com/slack-go/slack"
)

// A member is the bot in one workspace.
type member struct {
	team, teamName string // the workspace
	user, name     string // the bot, as those see it who mention it
	bot            string // the bot, as the sender of messages
	api            *slack.Client
}

// member returns the bot in a workspace, and asks Slack who it is there unless
// that is known.
func (s *Slack) member(ctx context.Context, team string) (*member, error) {
	if !s.many() {
		team = ""
	}
	s.mu.Lock()
	known := s.members[team]
	s.mu.Unlock()
	if known != nil {
		return known, nil
	}
	token, err := s.token(ctx, team)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	api := s.api(token)
	self, err := api.AuthTestContext(ctx)
	if err != nil {
		return nil, err
	}
	if self.UserID == "" {
		return nil, errNoSlack
	}
	m := &member{team: self.TeamID, teamName: self.Team, user: self.UserID, name: self.User, bot: self.BotID, api: api}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.members[team] = m
	return m, nil
}

// token returns the token for a workspace.
func (s *Slack) token(context.Context, string) (string, error) { return s.config.BotToken, nil }

// many reports whether the bot is in several workspaces.
func (s *Slack) many() bool { return false }

// address returns the name under which the program knows a channel: its id,
// and the workspace before it if there are several.
func (s *Slack) address(team, channel string) string {
	if !s.many() {
		return channel
	}
	return team + "/" + channel
}

// place returns what address was made of.
func (s *Slack) place(address string) (team, channel string) {
	if team, channel, ok := strings.Cut(address, "/"); ok {
		return team, channel
	}
	return "", address
}
