package slack

import (
	"context"
	"strings"

	"rapporteur/bot"
)

// slackbot is the user in whose name Slack itself writes.
const slackbot = "USLACKBOT"

// command returns what is asked for, and by whom, without the question itself.
func (in *inbox) command(team, channel, user string) bot.Command {
	c := bot.Command{Platform: in.Name(), Channel: in.address(team, channel), User: user, Manner: in.manner}
	if !direct(channel) {
		c.Workspace = team
	}
	return c
}

// slash has a slash command answered. It is known by its trigger, which Slack
// makes for each time a command is typed.
func (in *inbox) slash(ctx context.Context, s slash) {
	if s.Trigger != "" && !in.recent.First("command "+s.Trigger) {
		return
	}
	c := in.command(s.Team, s.Channel, s.User)
	c.UserName = s.UserName
	c.Name, c.Args = in.config.slashed(s.Command, strings.TrimSpace(typed(s.Text)))
	in.answer(ctx, c, func(ctx context.Context, m bot.Message) error {
		return in.respond(ctx, s.Team, reply{response: s.Response, channel: s.Channel, user: s.User}, m)
	})
}

// handlers returns what is done about each type of event.
func (in *inbox) handlers() map[string]func(context.Context, event) {
	return map[string]func(context.Context, event){
		"app_mention":         in.heard,
		"message":             in.heard,
		"app_home_opened":     in.opened,
		"link_shared":         in.unfurl,
		"channel_archive":     in.gone,
		"channel_deleted":     in.gone,
		"channel_left":        in.gone,
		"group_archive":       in.gone,
		"group_deleted":       in.gone,
		"group_left":          in.gone,
		"member_left_channel": in.memberLeft,
		"app_uninstalled":     in.uninstalled,
		"tokens_revoked":      in.revoked,
	}
}

// happened has an event answered if it is one that the bot answers, and comes
// for the first time. It does not wait for that, since Slack may have to be
// asked about the workspace first.
func (in *inbox) happened(ctx context.Context, e event) {
	do := in.handlers()[e.Type]
	if do == nil || e.Type != "app_mention" && e.Type != "message" && e.ID != "" && !in.recent.First("event "+e.ID) {
		return
	}
	in.do(e.Type, func() { do(ctx, e) })
}

// opened shows what there is to who opened the app.
func (in *inbox) opened(ctx context.Context, e event) {
	switch {
	case e.Tab == "home" && e.User != "":
		in.home(ctx, e)
	case e.Tab == "messages" && e.Channel != "":
		in.suggest(ctx, e)
	}
}

// memberLeft is for the bot only if it is the one who left.
func (in *inbox) memberLeft(ctx context.Context, e event) {
	if self, err := in.member(ctx, e.Team); err == nil && e.User == self.user {
		in.gone(ctx, e)
	}
}

// gone has it noted that a channel cannot be posted to any more.
func (in *inbox) gone(ctx context.Context, e event) {
	c := in.command(e.Team, e.Channel, e.User)
	c.Name = "gone"
	in.answer(ctx, c, func(context.Context, bot.Message) error { return nil })
}

// A saying is what a person wrote for the bot to read.
type saying struct{ team, channel, ts, thread, user, text string }

// heard has what a person wrote to the bot answered.
func (in *inbox) heard(ctx context.Context, e event) {
	self, err := in.member(ctx, e.Team)
	if err != nil {
		in.log.Warn("slack: an event of a workspace that cannot be answered", "err", in.clean(err))
		return
	}
	m, name, ok := said(e, self.user)
	if !ok || !in.first(e.ID, m) {
		return
	}
	if m.thread == "" {
		m.thread = m.ts
	}
	if e.Again && in.answeredBefore(ctx, self, m) {
		return
	}
	in.mention(ctx, self, m, name)
}

// answeredBefore reports whether what Slack tells of once more was answered by a
// program that ran before this one, which cannot remember it.
func (in *inbox) answeredBefore(ctx context.Context, self *member, m saying) bool {
	there, err := self.answered(ctx, m)
	if err != nil {
		in.log.Warn("slack: look whether what comes again was answered before", "err", in.clean(err))
	}
	return there
}

// said returns what a person just wrote that the bot may answer: in a mention,
// in direct messages, or in a thread, where the name is "follow" since it may
// not be for the bot. It is nothing if a bot wrote it, the bot itself above all,
// or if it is merely a change of what was written before.
func said(e event, self string) (m saying, name string, ok bool) {
	m = saying{e.Team, e.Channel, e.TS, e.Thread, e.User, e.Text}
	if m.channel == "" || m.ts == "" || m.user == "" || m.user == self || m.user == slackbot || e.BotID != "" {
		return m, "", false
	}
	mentioned := strings.Contains(e.Text, "<@"+self)
	switch {
	case e.Type == "app_mention":
		return m, "", len(e.Edited) == 0 || string(e.Edited) == "null"
	case !plainMessage(e.Subtype):
		return m, "", false
	case e.ChannelType == "im":
		return m, "", true
	}
	return m, "follow", e.Thread != "" && e.Thread != e.TS && !mentioned
}

// plainMessage reports whether a message of this subtype is simply something
// that a person wrote.
func plainMessage(subtype string) bool {
	return subtype == "" || subtype == "file_share" || subtype == "thread_broadcast"
}

// first reports whether an event was not seen before, neither itself nor
// another one about the same message.
func (in *inbox) first(event string, m saying) bool {
	return (event == "" || in.recent.First("event "+event)) && in.recent.First("message "+m.team+" "+m.channel+" "+m.ts)
}

// mention has what was written answered in its thread.
func (in *inbox) mention(ctx context.Context, self *member, m saying, name string) {
	c := in.command(m.team, m.channel, m.user)
	c.Thread = m.thread
	if c.Name, c.Args = addressed(m.text, self.user); name != "" {
		c.Name, c.Args = name, strings.TrimSpace(written(m.text))
	}
	in.answer(ctx, c, func(ctx context.Context, answer bot.Message) error { return in.reply(ctx, self, m, answer) })
}

func direct(channel string) bool { return strings.HasPrefix(channel, "D") }
