package slack

import (
	"context"
	"fmt"

	"rapporteur/bot"
)

// Edit puts m in the place of a post, whose metadata stay. A post counts as gone
// if it was deleted, or if the workspace lets nobody change it any more.
func (s *Slack) Edit(ctx context.Context, channel, id, key string, m bot.Message) error {
	what := "edit a post in slack channel " + channel
	team, channel := s.place(channel)
	self, err := s.member(ctx, team)
	if err != nil {
		return s.failed(what, err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, _, _, err = self.api.UpdateMessageContext(ctx, channel, id, append(dress(m), tag(publicationType, key))...)
	switch c := code(err); {
	case err == nil:
		return nil
	case final(c):
		return fmt.Errorf("%s: %s: %w", what, c, bot.ErrGone)
	}
	return s.failed(what, err)
}

// final reports whether a message cannot be changed, now or later.
func final(code string) bool {
	switch code {
	case "message_not_found", "cant_update_message", "edit_window_closed", "msg_too_long", "is_inactive":
		return true
	}
	return false
}

var _ bot.Editor = (*Slack)(nil)
