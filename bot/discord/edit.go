package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/bwmarrin/discordgo"

	"rapporteur/bot"
)

var _ bot.Editor = (*Discord)(nil)

// Edit puts m in the place of a post, in a forum of the first message of its
// thread; where a post was published, Discord changes it in the other channels
// too. A post counts as gone if it was deleted or its thread is archived.
func (d *Discord) Edit(ctx context.Context, channel, id, key string, m bot.Message) error {
	what := "edit a post in channel " + channel
	at, err := d.place(ctx, channel)
	if err != nil {
		return fmt.Errorf("%s: look it up: %w", what, failed(err))
	}
	holds := channel
	if at.forum() {
		holds = id // the thread, whose first message has the same id
	}
	path := messagesPath(holds)
	err = d.rest.call(ctx, "PATCH "+path, http.MethodPatch, path+"/"+url.PathEscape(id), announced(m, mark(channel, key)), nil)
	var refused *refusal
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused) && refused.code == discordgo.ErrCodeUnknownMessage:
		return fmt.Errorf("%s: %w: %w", what, err, bot.ErrGone)
	}
	d.outdated(channel, err)
	return fmt.Errorf("%s: %w", what, failed(err))
}
