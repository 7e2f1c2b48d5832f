package bot

import "context"

// Happenings returns the names of Commands that nobody types: they tell what
// happened on a platform.
//
//	"follow"   somebody said Args in a thread, and not to the bot
//	"about"    somebody asks which passages bear on Args
//	"preview"  somebody posted the address Args
//	"complete question", "complete publication", "complete source"
//	           somebody has typed Args so far, and wants Choices
//	"gone"     the channel is archived, or the bot was removed from it
//	"left"     the bot was removed from the workspace
//
// The answer may be empty, and then nothing is to be said.
func Happenings() []string {
	return []string{"follow", "about", "preview",
		"complete question", "complete publication", "complete source", "gone", "left"}
}

// gone pauses what a channel follows, until somebody subscribes it anew.
func (b *Bot) gone(ctx context.Context, c Command) error {
	news, err := b.store.pause(ctx, c.Platform, c.Channel, "the channel is archived, or the bot was removed from it")
	if news {
		b.log.Warn("a subscription is paused: its channel is archived, or the bot was removed from it", "platform", c.Platform, "channel", c.Channel)
	}
	return err
}

// left pauses what all channels of a workspace follow.
func (b *Bot) left(ctx context.Context, c Command) error {
	subs, err := b.store.subscriptions(ctx, c.Platform, c.Workspace)
	if err != nil {
		return err
	}
	for _, s := range subs {
		if _, err := b.store.pause(ctx, c.Platform, s.channel, "the bot was removed from the workspace"); err != nil {
			return err
		}
	}
	b.log.Warn("the bot was removed from a workspace, and posts there no more", "platform", c.Platform, "workspace", c.Workspace, "subscriptions", len(subs))
	return nil
}
