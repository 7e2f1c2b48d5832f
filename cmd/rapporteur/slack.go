package main

import (
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"rapporteur/bot/slack"
)

// A slackConfig is what config.yaml says of Slack.
type slackConfig struct {
	Ask    string `yaml:"ask"`
	Briefs string `yaml:"briefs"`
	URL    string `yaml:"url"`

	Silence duration `yaml:"-"` // after which a connection is given up; 0 for the usual time
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
	if u, err := url.Parse(s.URL); s.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Path != "") {
		return &problem{"$.slack.url", "write an address without a path, such as https://rapporteur.example.org"}
	}
	return nil
}

// slack returns nil if there is no token for it.
func (p program) slack(c config, installs slack.Installs, log *slog.Logger) (*slack.Slack, error) {
	address, _ := p.env("SLACK_API_URL")
	sc := slack.Config{APIURL: address, URL: c.Slack.URL, Ask: c.Slack.Ask, Briefs: c.Slack.Briefs,
		Interval: time.Duration(c.PostInterval), Silence: time.Duration(c.Slack.Silence), Installs: installs}
	var key string
	for name, value := range map[string]*string{"SLACK_BOT_TOKEN": &sc.BotToken, "SLACK_APP_TOKEN": &sc.AppToken,
		"SLACK_SIGNING_SECRET": &sc.SigningSecret, "SLACK_CLIENT_ID": &sc.ClientID, "SLACK_CLIENT_SECRET": &sc.ClientSecret,
		"RAPPORTEUR_KEY": &key} {
		var err error
		if *value, err = secret(p.env, name); err != nil {
			return nil, err
		}
	}
	var err error
	if sc.Key, err = base64.StdEncoding.DecodeString(key); err != nil {
		return nil, errKey // which the error might quote
	}
	if sc.BotToken == "" && sc.AppToken == "" && sc.SigningSecret == "" && sc.ClientID == "" {
		return nil, nil
	}
	if err := whole(sc); err != nil {
		return nil, err
	}
	return slack.New(sc, platformClient(), log, time.Now), nil
}

var errKey = errors.New("RAPPORTEUR_KEY must be 32 random bytes in base64: make it by \"openssl rand -base64 32\" and keep it with your backups")

// whole returns what is missing in c for one of the three ways to join Slack.
func whole(c slack.Config) error {
	switch {
	case c.ClientID != "" && (c.ClientSecret == "" || c.SigningSecret == ""):
		return errors.New("SLACK_CLIENT_ID is set, and needs SLACK_CLIENT_SECRET and SLACK_SIGNING_SECRET as well: all three stand on the app's page \"Basic Information\"")
	case c.ClientID != "" && len(c.Key) != 32:
		return errKey
	case c.ClientID != "" && c.BotToken != "":
		return errors.New("SLACK_CLIENT_ID is for several workspaces and SLACK_BOT_TOKEN for one: take one of them away")
	case c.SigningSecret != "" && c.URL == "":
		return errors.New("SLACK_SIGNING_SECRET is set, so Slack must reach the program: set slack.url in config.yaml to its address, or take the secret away to use Socket Mode")
	case c.SigningSecret != "" && c.AppToken != "":
		return errors.New("SLACK_APP_TOKEN is for Socket Mode and SLACK_SIGNING_SECRET for requests by HTTP: take one of them away")
	case c.ClientID == "" && c.SigningSecret != "" && c.BotToken == "":
		return errors.New("SLACK_SIGNING_SECRET is set, and needs SLACK_BOT_TOKEN (xoxb-…), or SLACK_CLIENT_ID for several workspaces: README.md, \"Slack\"")
	case c.SigningSecret == "" && (c.BotToken == "" || c.AppToken == ""):
		return errors.New("only one of SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…) is set, and Slack needs both: README.md, \"Slack\", tells where to find the other")
	}
	return nil
}

// manifestCommand prints what Slack is to know of the app.
type manifestCommand struct{}

// Run prints a manifest that fits the configuration.
func (manifestCommand) Run(_ context.Context, p program, flags *commands) error {
	c, err := loadConfig(flags.Config, p.env)
	if err != nil {
		return err
	}
	raw, err := slack.Manifest(slack.Config{URL: c.Slack.URL, Ask: c.Slack.Ask, Briefs: c.Slack.Briefs}, c.domains())
	if err == nil {
		_, err = p.out.Write(raw)
	}
	return err
}

// domains returns those of the sources on the web, each once.
func (c *config) domains() []string {
	var all []string
	for _, s := range c.Sources {
		for _, address := range []string{s.Feed, s.Listing, s.Sitemap} {
			u, err := url.Parse(address)
			if err != nil || u.Hostname() == "" {
				continue
			}
			if host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."); !slices.Contains(all, host) {
				all = append(all, host)
			}
		}
	}
	return all
}
