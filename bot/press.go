package bot

import (
	"context"
	"errors"
	"fmt"
)

// act has an action done, or takes note of something that happened on a
// platform. It reports whether c is either.
func (b *Bot) act(ctx context.Context, c Command) (m Message, known bool, err error) {
	known = true
	switch c.Name {
	case ActionNext, ActionBack, ActionContext, ActionNarrow, ActionShare, ActionWhy, ActionGood, ActionBad:
		m, err = b.press(ctx, c)
	case "follow":
		m, err = b.follow(ctx, c)
	case "about":
		m, err = b.about(ctx, c)
	case "preview":
		m, err = b.preview(ctx, c)
	case "complete question", "complete publication", "complete source":
		m.Choices, err = b.complete(ctx, c)
	case "gone":
		err = b.gone(ctx, c)
	case "left":
		err = b.left(ctx, c)
	default:
		known = false
	}
	return m, known, err
}

// errPageGone means that the buttons of an answer are not known any more.
var errPageGone = errors.New("the answer is no longer kept")

// press does what the button of an answer stands for.
func (b *Bot) press(ctx context.Context, c Command) (Message, error) {
	p, err := b.page(ctx, c)
	switch {
	case errors.Is(err, errPageGone):
		return private("I keep the buttons of an answer for 30 days, and these are older. Please ask again: " + c.typed("ask") + " and your question."), nil
	case err != nil:
		return Message{}, err
	case len(p.quotes) == 0:
		return private("The publication was changed or withdrawn since, and what I quoted no longer stands in it so. Please ask again."), nil
	}
	switch c.Name {
	case ActionShare:
		return b.share(ctx, c, p)
	case ActionWhy:
		return b.why(ctx, p)
	case ActionGood, ActionBad:
		return b.judge(ctx, c, p)
	case ActionNext:
		quotes, _ := p.shown()
		p.first = (p.first + len(quotes)) % len(p.quotes)
	case ActionBack:
		p.first = p.before()
	default:
		p.wide = c.Name == ActionContext
	}
	if turned, err := b.store.turnPage(ctx, p); err != nil || !turned {
		return Message{}, err // if not turned, somebody else was quicker
	}
	m := p.message()
	m.Replace = true
	return m, nil
}

// share returns what is shown for everybody, and who asked for it. It is done
// once.
func (b *Bot) share(ctx context.Context, c Command, p *page) (Message, error) {
	if p.workspace == "" {
		return private("There is nobody here to share it with."), nil
	}
	first, err := b.store.sharePage(ctx, p.id)
	if err != nil {
		return Message{}, err
	}
	if !first {
		return private("It has been shared already."), nil
	}
	who := c.UserName
	if who == "" {
		who = "Somebody here"
	}
	p.private = false
	m := p.message()
	switch {
	case p.question != "":
		m.Text = fmt.Sprintf("%s asked: %s\n%s", who, p.question, m.Text)
	default:
		m.Text = fmt.Sprintf("%s shares this. %s", who, m.Text)
	}
	return m, nil
}

// An Explainer can tell how the answer to a question is chosen. An Asker may be
// one.
type Explainer interface {
	Explain(ctx context.Context, q Question) (string, error)
}

// why tells how the passages were chosen.
func (b *Bot) why(ctx context.Context, p *page) (Message, error) {
	explainer, ok := b.asker.(Explainer)
	if !ok || p.question == "" {
		return private("I cannot tell how this was chosen."), nil
	}
	why, err := explainer.Explain(ctx, Question{p.question, p.scope})
	if err != nil {
		return Message{}, err
	}
	return private("Why this, for: " + p.question + "\n" + why), nil
}

// judge writes down whether the answer was helpful.
func (b *Bot) judge(ctx context.Context, c Command, p *page) (Message, error) {
	good := c.Name == ActionGood
	if err := b.store.addFeedback(ctx, p, c.User, good); err != nil {
		return Message{}, err
	}
	if good {
		return private("Thank you, noted."), nil
	}
	return private("Thank you, noted. Other words may find more: quote a phrase of the text, or name the publication."), nil
}
