package discord

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// Check asks Discord whether the token is good, and returns, a line each, who
// the bot is and the address that invites it to a server, how it is reached,
// and how many sessions it needs and may begin; or an error that says what to
// do.
func (d *Discord) Check(ctx context.Context) (says []string, err error) {
	app, err := d.application(ctx)
	if err != nil {
		return nil, fmt.Errorf("discord: ask who the bot is: %w", remedy(err))
	}
	says = append(says, fmt.Sprintf("connected as %s; invite it: https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d",
		app.Name, app.ID, int64(permissions)))
	if err := d.reached(app); err != nil {
		return says, err
	}
	if d.key != nil {
		says = append(says, "the public key is the application's; commands come to "+d.endpoint+interactionsPath)
	}
	if d.noGateway {
		return append(says, "no gateway is opened: the bot answers commands, but neither mentions nor direct messages"), nil
	}
	gateway, err := d.checkGateway(ctx)
	return append(says, gateway), err
}

// reached returns what is wrong with the way in which commands are to come.
func (d *Discord) reached(app application) error {
	address := d.endpoint + interactionsPath
	const page = `on the page "General Information" of your application at https://discord.com/developers/applications`
	switch {
	case d.key == nil && app.Endpoint != "":
		return fmt.Errorf("discord: commands are sent to %s and not through the gateway: take away the Interactions Endpoint URL %s, or set DISCORD_PUBLIC_KEY and discord.url (README.md, \"Discord\")", app.Endpoint, page)
	case d.key == nil:
		return nil
	case app.VerifyKey != "" && app.VerifyKey != hex.EncodeToString(d.key):
		return errors.New("discord: DISCORD_PUBLIC_KEY is not this application's: copy the Public Key " + page)
	case app.Endpoint != address:
		return fmt.Errorf("discord: while the program is running, paste %s as the Interactions Endpoint URL %s", address, page)
	}
	return nil
}

// checkGateway says how many sessions the bot needs and may begin.
func (d *Discord) checkGateway(ctx context.Context) (string, error) {
	s, err := d.sessions(ctx)
	if err != nil {
		return "", fmt.Errorf("discord: ask for the gateway: %w", remedy(err))
	}
	reset := time.Duration(s.Limit.ResetAfter) * time.Millisecond
	if s.Limit.Remaining == 0 {
		return "", fmt.Errorf("discord: no more sessions may begin for %v: something restarts the program again and again", reset.Round(time.Second))
	}
	return fmt.Sprintf("gateway: %d of %d sessions may begin in the next %v, it takes %d (shards); intents %s, none privileged",
		s.Limit.Remaining, s.Limit.Total, reset.Round(time.Second), s.Shards, intentNames), nil
}
