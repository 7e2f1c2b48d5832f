package main

import (
	"errors"
	"log/slog"
	"regexp"
	"time"

	"rapporteur/bot/slack"
)

// A slackConfig is what config.yaml says of Slack.
type slackConfig struct {
	Ask    string `yaml:"ask"`
	Briefs string `yaml:"briefs"`
}

// slashCommand is what Slack takes for the name of a command.
var slashCommand = regexp.MustCompile(`^/[a-z0-9_-]{1,31}$`)

func (s slackConfig) check() *problem {
	switch {
	case !slashCommand.MatchString(s.Ask):
		return &problem{"$.slack.ask", "write a slash and at most 31 small letters, digits, - or _, such as /ask"}
	case !slashCommand.MatchString(s.Briefs) || s.Briefs == s.Ask:
		return &problem{"$.slack.briefs", "write a slash and at most 31 small letters, digits, - or _, such as /briefs, and not the same as ask"}
	}
	return nil
}

// slack returns nil if there is no token for it.
func (p program) slack(c config, log *slog.Logger) (*slack.Slack, error) {
	botToken, err := secret(p.env, "SLACK_BOT_TOKEN")
	if err != nil {
		return nil, err
	}
	appToken, err := secret(p.env, "SLACK_APP_TOKEN")
	if err != nil || botToken == "" && appToken == "" {
		return nil, err
	}
	if botToken == "" || appToken == "" {
		return nil, errors.New("only one of SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…) is set, and Slack needs both: README.md, \"Slack\", tells where to find the other")
	}
	address, _ := p.env("SLACK_API_URL")
	return slack.New(slack.Config{BotToken: botToken, AppToken: appToken, APIURL: address, Ask: c.Slack.Ask, Briefs: c.Slack.Briefs,
		Interval: time.Duration(c.PostInterval)}, platformClient(), log, time.Now), nil
}
