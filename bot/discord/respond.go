package discord

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"net/http"
	"regexp"

	"github.com/bwmarrin/discordgo"

	"rapporteur/bot"
)

// Kinds of responses to an interaction.
const (
	respondMessage        = int(discordgo.InteractionResponseChannelMessageWithSource)
	respondLater          = int(discordgo.InteractionResponseDeferredChannelMessageWithSource)
	respondNothingYet     = int(discordgo.InteractionResponseDeferredMessageUpdate) // of a button: its message stays as it is
	respondUpdate         = int(discordgo.InteractionResponseUpdateMessage)
	respondChoices        = int(discordgo.InteractionApplicationCommandAutocompleteResult)
	hidden                = discordgo.MessageFlagsEphemeral // to be seen by the asker only
	codeAcknowledged  int = 40060                           // of a response that came before
)

// A response is the first thing that Discord hears of an interaction.
type response struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// respond gives m as the answer, in place of the message whose button was
// pressed if it takes that. All goes by the token of the interaction, which is
// enough where the bot is no member and may not post.
func (in *inbox) respond(ctx context.Context, i *interaction, c bot.Command, m bot.Message) error {
	switch {
	case i.pressed() && m.Replace:
		return in.callback(ctx, i, response{respondUpdate, dressed(c, m)})
	case i.pressed() && m.Empty():
		return in.callback(ctx, i, response{Type: respondNothingYet})
	case m.Empty():
		return errors.Join(in.acknowledge(ctx, i, c), in.deliver(ctx, i, c, m))
	}
	return in.callback(ctx, i, response{respondMessage, i.shown(c, m)})
}

// acknowledge tells Discord that the answer will come. Whether all will see it
// must be said now, when only the question is known; that of a button does not
// need to be said, since what follows it are messages of their own.
func (in *inbox) acknowledge(ctx context.Context, i *interaction, c bot.Command) error {
	if i.pressed() {
		return in.callback(ctx, i, response{Type: respondNothingYet})
	}
	data := map[string]any{}
	if !i.open(c) {
		data["flags"] = hidden
	}
	return in.callback(ctx, i, response{respondLater, data})
}

// deliver gives m after the acknowledgement, which goes if m is empty. What
// turns out to be for the asker alone is not put where all would see it.
func (in *inbox) deliver(ctx context.Context, i *interaction, c bot.Command, m bot.Message) error {
	switch {
	case i.pressed() && m.Empty():
		return nil
	case i.pressed() && !m.Replace:
		return in.follow(ctx, i, i.shown(c, m))
	case i.pressed():
		return in.edit(ctx, i, dressed(c, m))
	case m.Empty():
		return in.withdraw(ctx, i)
	case i.open(c) && i.private(m):
		return errors.Join(in.withdraw(ctx, i), in.follow(ctx, i, i.shown(c, m)))
	}
	return in.edit(ctx, i, dressed(c, m))
}

// pressed reports whether i is a button that was pressed.
func (i *interaction) pressed() bool { return i.Type == interactionPress }

// private reports whether m is shown to the asker only. Where the bot and they
// are among themselves, answers stay instead, and only what is said to a button
// goes when it was read.
func (i *interaction) private(m bot.Message) bool {
	return m.Private && (i.pressed() || i.where() != inBotDM)
}

// open reports whether the answer to c is expected to be one that all may see.
func (i *interaction) open(c bot.Command) bool {
	return i.where() == inBotDM || c.Name == "ask" && c.Public
}

// dressed returns m, the answer to c, as it is shown. Where the bot lists channels
// by their ids, people read names.
func dressed(c bot.Command, m bot.Message) post {
	p := show(m, c.Thread)
	if inner := p.Components[0].Components; c.Name == "subscriptions" && len(inner) > 0 {
		inner[0].Content = channelID.ReplaceAllString(inner[0].Content, "<#$1>")
	}
	return p
}

// channelID is how the bot calls a channel.
var channelID = regexp.MustCompile(`\bchannel (\d{17,20})\b`)

// shown returns m as a message of its own.
func (i *interaction) shown(c bot.Command, m bot.Message) post {
	p := dressed(c, m)
	if i.private(m) {
		p.Flags |= hidden
	}
	return p
}

// callback gives the first response: to the request that brought i, if that is
// how it came. Otherwise it may be tried again: Discord takes one, and says so,
// and then it does not matter which.
func (in *inbox) callback(ctx context.Context, i *interaction, r response) error {
	if handed, err := in.hand(ctx, i.ID, r); handed || err != nil {
		return err
	}
	path := "/interactions/" + i.ID + "/" + i.Token + "/callback"
	err := again(ctx, func() error { return in.rest.call(ctx, bucket(i), http.MethodPost, path, r, nil) })
	var refused *refusal
	if errors.As(err, &refused) && refused.code == codeAcknowledged {
		return nil
	}
	return err
}

// edit puts p where the acknowledgement or the message with the button is.
func (in *inbox) edit(ctx context.Context, i *interaction, p post) error {
	return again(ctx, func() error { return in.rest.call(ctx, bucket(i), http.MethodPatch, i.original(), p, nil) })
}

// withdraw takes the acknowledgement back.
func (in *inbox) withdraw(ctx context.Context, i *interaction) error {
	return in.rest.call(ctx, bucket(i), http.MethodDelete, i.original(), nil, nil)
}

// follow gives one more message. It is made once: only what Discord says that
// it did not take is tried again.
func (in *inbox) follow(ctx context.Context, i *interaction, p post) error {
	for tries := 1; ; tries++ {
		err := in.rest.call(ctx, bucket(i), http.MethodPost, i.hook(), p, nil)
		var refused *refusal
		limited := errors.As(err, &refused) && refused.status == http.StatusTooManyRequests && refused.after <= maxDelay
		if !limited || tries == maxTries || sleep(ctx, max(tryAgain, retryAfter(err))) != nil {
			return err
		}
	}
}

// hook returns where messages go that follow the first response.
func (i *interaction) hook() string { return "/webhooks/" + i.App + "/" + i.Token }

// original returns where the first response can be changed.
func (i *interaction) original() string { return i.hook() + "/messages/@original" }

// bucket returns the name under which the rate limit of an interaction is kept.
// Each has its own in Discord, but to keep as many would never end.
func bucket(i *interaction) string {
	return fmt.Sprint("interaction ", crc32.ChecksumIEEE([]byte(i.ID))%buckets)
}
