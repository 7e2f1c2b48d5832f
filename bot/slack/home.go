package slack

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

const (
	maxHomeBlocks = 96 // Slack's limit is 100
	maxPrompts    = 4  // that Slack shows
	maxPrompt     = 60 // characters of what a prompt is called

	statusTime = 5 * time.Second // to say that an answer takes its time: it waits for that
)

// home publishes the home view of who opened it: the newest publications, what
// the workspace's channels follow and, for administrators, how the sources are.
func (in *inbox) home(ctx context.Context, e event) {
	in.do("publish a home view", func() {
		ctx, cancel := context.WithTimeout(ctx, handleTime)
		defer cancel()
		self, err := in.member(ctx, e.Team)
		if err == nil {
			view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: in.homeBlocks(ctx, self, e)}}
			err = patient(ctx, func() error {
				_, err := self.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: e.User, View: view})
				return err
			})
		}
		if err != nil {
			in.log.Warn("slack: publish the home view", "err", in.clean(err))
		}
	})
}

func (in *inbox) homeBlocks(ctx context.Context, self *member, e event) []slack.Block {
	ask := slack.NewButtonBlockElement(askButton, "ask", plainText("Ask the library"))
	ask.Style = slack.StylePrimary
	blocks := []slack.Block{
		slack.NewRichTextBlock("", section(words("I answer questions with passages quoted word for word. Type "+in.config.Ask+" in any channel, write to me here, or press the button."))),
		slack.NewActionBlock("", ask),
	}
	parts := []struct{ title, command string }{{"Newest publications", "latest"}, {"Subscriptions of this workspace", "subscriptions"}}
	if known("status") && in.admin(ctx, self, e.User) {
		parts = append(parts, struct{ title, command string }{"Sources", "status"})
	}
	for _, p := range parts {
		c := bot.Command{Platform: in.Name(), Workspace: e.Team, Channel: in.address(e.Team, e.Channel), User: e.User, Name: p.command}
		if p.command != "latest" { // of which there are no buttons here
			c.Manner = in.manner
		}
		m := in.handle(ctx, c)
		blocks = append(blocks, slack.NewHeaderBlock(plainText(p.title)))
		blocks = append(blocks, render(m)...)
	}
	return blocks[:min(len(blocks), maxHomeBlocks)]
}

// admin reports whether somebody is an administrator of the workspace, as far
// as Slack tells.
func (in *inbox) admin(ctx context.Context, self *member, user string) bool {
	info, err := self.api.GetUserInfoContext(ctx, user)
	if err != nil {
		in.log.Warn("slack: ask who is an administrator", "err", in.clean(err))
		return false
	}
	return info.IsAdmin || info.IsOwner
}

// suggest shows what can be asked about the newest publications to who opened
// the conversation with the bot.
func (in *inbox) suggest(ctx context.Context, e event) {
	in.do("suggest prompts", func() {
		ctx, cancel := context.WithTimeout(ctx, handleTime)
		defer cancel()
		m := in.handle(ctx, bot.Command{Platform: in.Name(), Channel: in.address(e.Team, e.Channel), User: e.User, Name: "latest", Args: "4"})
		prompts := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: e.Channel, ThreadTS: e.Thread, Title: "You may ask, for example:"}
		for _, part := range m.Parts() {
			if title := part.Doc.Title; len(prompts.Prompts) < maxPrompts {
				prompts.AddPrompt(cut("Takeaways of “"+title+"”", maxPrompt), "takeaways "+cut(title, maxHeading))
			}
		}
		if len(prompts.Prompts) == 0 {
			return
		}
		self, err := in.member(ctx, e.Team)
		if err == nil {
			err = self.api.SetAssistantThreadsSuggestedPromptsContext(ctx, prompts)
		}
		if err != nil {
			in.log.Warn("slack: suggest prompts", "err", in.clean(err))
		}
	})
}

// busy shows, in direct messages, that the answer to c takes its time, unless
// done is called soon. Slack takes the status away when the answer comes, so done
// waits for a status that is on its way.
func (in *inbox) busy(ctx context.Context, c bot.Command) (done func()) {
	team, channel := in.place(c.Channel)
	if !direct(channel) || c.Thread == "" {
		return func() {}
	}
	waiting, stop := context.WithCancel(ctx)
	over := make(chan struct{})
	in.do("say that an answer takes its time", func() {
		defer close(over)
		if sleep(waiting, slowAnswer) != nil {
			return
		}
		if err := in.setStatus(ctx, team, channel, c.Thread); err != nil {
			in.log.Warn("slack: say that an answer takes its time", "err", in.clean(err))
		}
	})
	return func() { stop(); <-over }
}

// setStatus says below a thread that the bot is at it.
func (in *inbox) setStatus(ctx context.Context, team, channel, thread string) error {
	ctx, cancel := context.WithTimeout(ctx, statusTime)
	defer cancel()
	self, err := in.member(ctx, team)
	if err != nil {
		return err
	}
	return self.api.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{
		ChannelID: channel, ThreadTS: thread, Status: "is looking in the publications …"})
}
