package slack

import (
	"context"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

// maxUnfurls is how many links of one message are shown; the others say
// nothing that the first ones do not.
const maxUnfurls = 5

// unfurl shows title and takeaways below the links to publications in a
// message.
func (in *inbox) unfurl(ctx context.Context, e event) {
	if !in.recent.First("links " + e.Team + " " + e.Channel + " " + e.MessageTS) {
		return
	}
	in.do("show links", func() {
		ctx, cancel := context.WithTimeout(ctx, handleTime)
		defer cancel()
		unfurls := map[string]slack.Attachment{}
		for _, link := range e.Links[:min(len(e.Links), maxUnfurls)] {
			c := in.command(e.Team, e.Channel, e.User)
			c.Name, c.Args = "preview", typed(link.URL) // in which Slack escapes "&"
			if m := in.handle(ctx, c); !m.Empty() {
				unfurls[link.URL] = slack.Attachment{Blocks: slack.Blocks{BlockSet: render(fitting(m))}}
			}
		}
		if len(unfurls) == 0 {
			return
		}
		self, err := in.member(ctx, e.Team)
		if err == nil {
			err = patient(ctx, func() error { return in.sendUnfurls(ctx, self, e, unfurls) })
		}
		if err != nil {
			in.log.Warn("slack: show what a link leads to", "err", in.clean(err))
		}
	})
}

// sendUnfurls names the message as the event did: one that is still being
// written has no time stamp.
func (in *inbox) sendUnfurls(ctx context.Context, self *member, e event, unfurls map[string]slack.Attachment) error {
	if e.Unfurl != "" && e.Source != "" {
		_, _, _, err := self.api.UnfurlMessageByIDContext(ctx, e.Unfurl, e.Source, unfurls)
		return err
	}
	_, _, _, err := self.api.UnfurlMessageContext(ctx, e.Channel, e.MessageTS, unfurls)
	return err
}

// fitting returns m with so many of its quotes as are read below a link.
func fitting(m bot.Message) bot.Message {
	const most = 3
	m.Quotes = m.Quotes[:min(len(m.Quotes), most)]
	return m
}
