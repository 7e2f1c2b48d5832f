package slack

import (
	"context"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"rapporteur/bot"
)

// slackbot is the user in whose name Slack itself writes.
const slackbot = "USLACKBOT"

// open has a command, mention or direct message answered if it comes for the
// first time; all else that Slack sends is passed over.
func (in *inbox) open(ctx context.Context, e socketmode.Event) {
	switch data := e.Data.(type) {
	case slack.SlashCommand:
		in.slash(ctx, data)
	case slackevents.EventsAPIEvent:
		outer, ok := data.Data.(*slackevents.EventsAPICallbackEvent)
		if !ok || outer == nil {
			return
		}
		if m, ok := in.said(data.InnerEvent.Data); ok && in.first(outer.EventID, m) {
			in.mention(ctx, data.TeamID, m)
		}
	}
}

// slash has a slash command answered. It is known by its trigger, which Slack
// makes for each time a command is typed.
func (in *inbox) slash(ctx context.Context, c slack.SlashCommand) {
	if c.TriggerID != "" && !in.recent.First("command "+c.TriggerID) {
		return
	}
	in.answer(ctx, bot.Command{
		Platform:  in.Name(),
		Workspace: workspace(c.TeamID, c.ChannelID),
		Channel:   c.ChannelID,
		User:      c.UserID,
		Name:      command(c.Command),
		Args:      strings.TrimSpace(typed(c.Text)),
	}, func(ctx context.Context, m bot.Message) error { return in.respond(ctx, c, m) })
}

// A saying is what a person wrote for the bot to read.
type saying struct{ channel, ts, thread, user, text string }

// said returns what a person just wrote to the bot, in a mention or in direct
// messages. It is nothing if a bot wrote it, the bot itself above all, if it is
// merely a change of what was written before, or if it is not for the bot.
func (in *inbox) said(event any) (saying, bool) {
	var m saying
	switch e := event.(type) {
	case *slackevents.AppMentionEvent:
		if e == nil || e.BotID != "" || e.Edited != nil {
			return m, false
		}
		m = saying{e.Channel, e.TimeStamp, e.ThreadTimeStamp, e.User, e.Text}
	case *slackevents.MessageEvent:
		if e == nil || e.BotID != "" || e.ChannelType != slackevents.ChannelTypeIM || !plainMessage(e.SubType) {
			return m, false
		}
		m = saying{e.Channel, e.TimeStamp, e.ThreadTimeStamp, e.User, e.Text}
	}
	ok := m.channel != "" && m.ts != "" && m.user != "" && m.user != in.user && m.user != slackbot
	return m, ok
}

// plainMessage reports whether a message of this subtype is simply something
// that a person wrote.
func plainMessage(subtype string) bool {
	return subtype == "" || subtype == "file_share" || subtype == "thread_broadcast"
}

// first reports whether an event was not seen before, neither itself nor
// another one about the same message.
func (in *inbox) first(event string, m saying) bool {
	return (event == "" || in.recent.First("event "+event)) && in.recent.First("message "+m.channel+" "+m.ts)
}

// mention has what was written to the bot answered in its thread.
func (in *inbox) mention(ctx context.Context, team string, m saying) {
	if m.thread == "" {
		m.thread = m.ts
	}
	name, args := addressed(m.text, in.user)
	in.answer(ctx, bot.Command{
		Platform:  in.Name(),
		Workspace: workspace(team, m.channel),
		Channel:   m.channel,
		Thread:    m.thread,
		User:      m.user,
		Name:      name,
		Args:      args,
	}, func(ctx context.Context, answer bot.Message) error { return in.reply(ctx, m, answer) })
}

// workspace returns team unless the channel is one of direct messages.
func workspace(team, channel string) string {
	if direct(channel) {
		return ""
	}
	return team
}

func direct(channel string) bool { return strings.HasPrefix(channel, "D") }
