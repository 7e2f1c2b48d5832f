package main

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"time"

	"rapporteur/bot/discord"
)

// A discordConfig is what config.yaml says of Discord.
type discordConfig struct {
	URL     string `yaml:"url"`
	Gateway bool   `yaml:"gateway"`
}

func (d discordConfig) check() *problem {
	if u, err := url.Parse(d.URL); d.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Path != "") {
		return &problem{"$.discord.url", "write an address without a path, such as https://rapporteur.example.org"}
	}
	if !d.Gateway && d.URL == "" {
		return &problem{"$.discord.gateway", "without a gateway, Discord must reach the program: set discord.url to its address, or write true here"}
	}
	return nil
}

// discord returns nil if there is no token for it.
func (p program) discord(c config, log *slog.Logger) (*discord.Discord, error) {
	token, err := secret(p.env, "DISCORD_TOKEN")
	if err != nil || token == "" {
		return nil, err
	}
	key, err := secret(p.env, "DISCORD_PUBLIC_KEY")
	if err != nil {
		return nil, err
	}
	address, _ := p.env("DISCORD_API_URL")
	dc := discord.Config{Token: token, APIURL: address, Endpoint: c.Discord.URL, NoGateway: !c.Discord.Gateway}
	switch {
	case key != "" && c.Discord.URL == "":
		return nil, errors.New("DISCORD_PUBLIC_KEY is set, so Discord must reach the program: set discord.url in config.yaml to its address, or take the key away to use the gateway")
	case key == "" && c.Discord.URL != "":
		return nil, errors.New(`discord.url is set in config.yaml, and needs DISCORD_PUBLIC_KEY: copy the Public Key from the page "General Information" of your application at https://discord.com/developers/applications`)
	case key != "":
		if dc.PublicKey, err = discord.PublicKey(key); err != nil {
			return nil, err
		}
	}
	return discord.New(dc, platformClient(), log, time.Now), nil
}

// checkDiscord prints a line for each thing about Discord that can be asked.
func (p program) checkDiscord(ctx context.Context, check *checker, c config) {
	dc, err := p.discord(c, slog.New(slog.DiscardHandler))
	switch {
	case err != nil:
		check.problem("discord", err)
		return
	case dc == nil:
		check.unused("discord", "set DISCORD_TOKEN to join (README.md, \"Discord\")")
		return
	}
	says, err := dc.Check(ctx)
	for _, line := range says {
		check.fine("discord", line)
	}
	if err != nil {
		check.problem("discord", err)
	}
}
