package slack

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

const (
	formTitle  = "Ask the library" // at most 24 characters
	soonEnough = 1500 * time.Millisecond
	ackLead    = 1 * time.Second // by which an acknowledgement comes before what is to stand in its place
	maxAck     = 18 << 10        // bytes of an acknowledgement; Slack drops one of 20 kB without a word
)

// openForm shows the modal in which a question is asked.
func (in *inbox) openForm(ctx context.Context, i interaction) {
	in.do("open the form", func() {
		err := in.inView(ctx, i.Team.ID, func(ctx context.Context, self *member) error {
			_, err := self.api.OpenViewContext(ctx, i.Trigger, form())
			return err
		})
		if err != nil {
			in.log.Warn("slack: open the form", "err", in.clean(err))
		}
	})
}

// form returns the modal in which a question is asked.
func form() slack.ModalViewRequest {
	field := slack.NewPlainTextInputBlockElement(plainText("Who attended the summit?"), askField).
		WithMultiline(true).WithMaxLength(bot.MaxQuestion)
	view := modal(slack.NewInputBlock(askField, plainText("What would you like to know?"),
		plainText("The answer is quoted word for word, and only you see it."), field))
	view.Submit = plainText("Ask")
	return view
}

func modal(blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{Type: slack.VTModal, CallbackID: askForm, Title: plainText(formTitle),
		Close: plainText("Close"), Blocks: slack.Blocks{BlockSet: blocks}}
}

// answerView returns the modal that shows m.
func answerView(m bot.Message) slack.ModalViewRequest {
	return modal(append(render(m), buttons(m.Actions, onView)...)...)
}

// submit answers a question of the modal, in it: by the acknowledgement if the
// answer is there soon and is not too long, and else when it is there.
func (in *inbox) submit(ctx context.Context, i interaction, ack func(any)) {
	if i.View.Callback != askForm {
		ack(nil)
		return
	}
	c := in.asker(i)
	c.Workspace = "" // there is no channel to share in
	c.Name, c.Args = "ask", strings.TrimSpace(i.View.State.Values[askField][askField].Value)
	answered := make(chan bot.Message, 1)
	in.answer(ctx, c, func(_ context.Context, m bot.Message) error { answered <- m; return nil })
	in.do("answer a form", func() {
		soon := time.NewTimer(soonEnough)
		defer soon.Stop()
		select {
		case m := <-answered:
			if view := answerView(m); encoded(view) < maxAck {
				ack(slack.NewUpdateViewSubmissionResponse(&view))
				return
			}
			in.answerLater(ctx, i, ack, func() bot.Message { return m })
		case <-soon.C:
			in.answerLater(ctx, i, ack, func() bot.Message {
				select {
				case m := <-answered:
					return m
				case <-ctx.Done():
				case <-time.After(answerTime):
				}
				return bot.Message{Text: "That took too long, so I stopped. Please ask again in a moment."}
			})
		}
	})
}

// encoded returns how many bytes a view takes on its way.
func encoded(view slack.ModalViewRequest) int {
	raw, err := json.Marshal(view)
	if err != nil {
		return maxAck
	}
	return len(raw)
}

// answerLater acknowledges a form by a view that says to wait, and replaces
// that by the answer, but not at once: the two go different ways, and the one that
// Slack takes last is the one that stays.
func (in *inbox) answerLater(ctx context.Context, i interaction, ack func(any), answer func() bot.Message) {
	wait := modal(slack.NewRichTextBlock("", section(words("Looking in the publications …"))))
	ack(slack.NewUpdateViewSubmissionResponse(&wait))
	m := answer()
	if sleep(ctx, ackLead) != nil {
		return
	}
	if err := in.updateView(ctx, i.Team.ID, i.View.ID, m); err != nil {
		in.log.Warn("slack: answer in the form", "err", in.clean(err))
	}
}

// updateView shows m in a modal that is open.
func (in *inbox) updateView(ctx context.Context, team, view string, m bot.Message) error {
	return in.inView(ctx, team, func(ctx context.Context, self *member) error {
		_, err := self.api.UpdateViewContext(ctx, answerView(m), "", "", view)
		return err
	})
}

// pressedInView shows what came of a button in a modal: in that, or in another
// one on top of it.
func (in *inbox) pressedInView(ctx context.Context, i interaction, m bot.Message) error {
	if m.Replace {
		return in.updateView(ctx, i.Team.ID, i.View.ID, m)
	}
	return in.inView(ctx, i.Team.ID, func(ctx context.Context, self *member) error {
		_, err := self.api.PushViewContext(ctx, i.Trigger, answerView(m))
		return err
	})
}

// inView does something about a view in a workspace, if need be again.
func (in *inbox) inView(ctx context.Context, team string, do func(context.Context, *member) error) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	self, err := in.member(ctx, team)
	if err != nil {
		return err
	}
	return patient(ctx, func() error { return do(ctx, self) })
}
