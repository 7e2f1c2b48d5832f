package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"rapporteur/bot"
)

// feedback is the action id of the pair of buttons below an answer.
const feedback = "feedback"

// A surface is where blocks are shown.
type surface int

const (
	onMessage surface = iota
	onView            // a modal, which takes no feedback buttons and has no channel to share in
)

// buttons returns the blocks of what can be done with a message.
func buttons(actions []bot.Action, on surface) (blocks []slack.Block) {
	var row []slack.BlockElement
	var good, bad *slack.FeedbackButton
	for _, a := range actions {
		switch {
		case a.Name == bot.ActionGood:
			good = slack.NewFeedbackButton(plainText(a.Label), a.Name+" "+a.ID).WithAccessibilityLabel("This answer was helpful")
		case a.Name == bot.ActionBad:
			bad = slack.NewFeedbackButton(plainText(a.Label), a.Name+" "+a.ID).WithAccessibilityLabel("This answer was not helpful")
		case a.URL != "" && !linkable(a.URL), on == onView && a.Name == bot.ActionShare:
		default:
			b := slack.NewButtonBlockElement(a.Name, a.ID, plainText(a.Label))
			b.URL = a.URL
			row = append(row, b)
		}
	}
	if len(row) > 0 {
		blocks = append(blocks, slack.NewActionBlock("", row...))
	}
	if good != nil && bad != nil && on == onMessage {
		blocks = append(blocks, slack.NewContextActionsBlock("", slack.NewFeedbackButtonsBlockElement(feedback, good, bad)))
	}
	return blocks
}

// maxLabel is how many characters of a button Slack takes.
const maxLabel = 75

// plainText returns words that are shown as they are, of which none is empty.
func plainText(words string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, cut(words, maxLabel), false, false)
}

// pressed returns the action that a button stands for, and what it acts on.
func pressed(id, value string) (name, on string, ok bool) {
	name, on = id, value
	if id == feedback {
		name, on, _ = strings.Cut(value, " ")
	}
	for _, known := range bot.ActionNames() {
		if name == known && on != "" {
			return name, on, true
		}
	}
	return "", "", false
}
