package slack

import (
	"cmp"
	"context"
	"strings"

	"rapporteur/bot"
)

// The names by which Slack calls what the app offers, as the manifest has them.
const (
	aboutShortcut = "ask_about"   // of a message
	askShortcut   = "ask_library" // from anywhere
	askButton     = "ask_open"    // in the home view
	askForm       = "ask_form"    // the modal with the question
	askField      = "question"    // of that modal
)

// interact answers a press of a button, a shortcut or a form. What is no form
// was acknowledged already.
func (in *inbox) interact(ctx context.Context, i interaction, ack func(any)) {
	form := i.Type == "view_submission"
	if i.Trigger != "" && !in.recent.First("trigger "+i.Trigger) {
		if form {
			ack(nil)
		}
		return
	}
	switch i.Type {
	case "block_actions":
		for _, a := range i.Actions {
			in.press(ctx, i, a.ID, a.Value)
		}
	case "message_action":
		if i.Callback == aboutShortcut {
			in.about(ctx, i)
		}
	case "shortcut":
		if i.Callback == askShortcut {
			in.openForm(ctx, i)
		}
	case "view_submission":
		in.submit(ctx, i, ack)
	}
}

// asker returns what somebody asks for by an interaction.
func (in *inbox) asker(i interaction) bot.Command {
	c := in.command(cmp.Or(i.Team.ID, i.User.Team), i.Channel.ID, i.User.ID)
	c.UserName = cmp.Or(i.User.UserName, i.User.Name)
	return c
}

// press has what a button stands for done.
func (in *inbox) press(ctx context.Context, i interaction, id, value string) {
	if id == askButton {
		in.openForm(ctx, i)
		return
	}
	c, ok := in.asker(i), false
	if c.Name, c.Args, ok = pressed(id, value); !ok {
		return
	}
	c.Thread = i.Container.Thread
	if i.View.ID != "" {
		c.Workspace = "" // as when the question was asked there
		in.answer(ctx, c, func(ctx context.Context, m bot.Message) error { return in.pressedInView(ctx, i, m) })
		return
	}
	to := reply{response: i.Response, channel: i.Channel.ID, user: i.User.ID, thread: c.Thread}
	if !i.Container.Ephemeral {
		to.ts = i.Container.TS
	}
	in.answer(ctx, c, func(ctx context.Context, m bot.Message) error { return in.respond(ctx, i.Team.ID, to, m) })
}

// about shows who asks which passages bear on a message.
func (in *inbox) about(ctx context.Context, i interaction) {
	c := in.asker(i)
	c.Name, c.Args = "about", strings.TrimSpace(written(i.Message.Text))
	to := reply{response: i.Response, channel: i.Channel.ID, user: i.User.ID, thread: i.Message.Thread}
	in.answer(ctx, c, func(ctx context.Context, m bot.Message) error { return in.respond(ctx, i.Team.ID, to, m) })
}
