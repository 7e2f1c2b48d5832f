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
	scopes         string // that the bot was granted, parted by commas; empty if Slack does not say
	api            *slack.Client
}

// member returns the bot in a workspace, and asks Slack who it is there unless
// that is known.
func (s *Slack) member(ctx context.Context, team string) (*member, error) {
	if !s.many() {
		team = ""
	}
	s.mu.Lock()
	known, forgot := s.members[team], s.forgot
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
	api := s.api(team, token)
	self, err := api.AuthTestContext(ctx)
	if err != nil {
		return nil, err
	}
	if self.UserID == "" {
		return nil, errNoSlack
	}
	m := &member{team: self.TeamID, teamName: self.Team, user: self.UserID, name: self.User, bot: self.BotID,
		scopes: self.Header.Get("X-OAuth-Scopes"), api: api}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.forgot == forgot { // else it may have got another token meanwhile
		s.members[team] = m
	}
	return m, nil
}

// token returns the token for a workspace.
func (s *Slack) token(ctx context.Context, team string) (string, error) {
	if !s.many() {
		return s.config.BotToken, nil
	}
	sealed, err := s.config.Installs.Install(ctx, s.Name(), team)
	switch {
	case err != nil:
		return "", err
	case sealed == nil:
		return "", errNotInstalled
	}
	return unseal(s.config.Key, team, sealed)
}

// many reports whether the bot may be in several workspaces.
func (s *Slack) many() bool { return s.config.ClientID != "" }

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
