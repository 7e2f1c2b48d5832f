package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"rapporteur/corpus"
)

// usualQuotes is how many passages answer a question where no buttons show more.
const usualQuotes = 3

func (b *Bot) ask(ctx context.Context, c Command) (Message, error) {
	switch n := utf8.RuneCountInString(c.Args); {
	case strings.EqualFold(c.Args, "help"):
		return private(help(c)), nil
	case strings.EqualFold(c.Args, "status"):
		return b.status(ctx)
	case n == 0:
		return private("What would you like to know? For example: " + c.typed("ask") + " who attended the summit?"), nil
	case n > MaxQuestion:
		return private(fmt.Sprintf("That is %d characters long. Please ask in at most %d.", n, MaxQuestion)), nil
	}
	if m, ok, err := b.followUp(ctx, c); ok || err != nil {
		return m, err
	}
	if c.Publication == "" {
		return b.find(ctx, c, c.Args)
	}
	doc, err := b.library.Titled(ctx, c.Publication)
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		return private("I know no publication with such a title. " + c.typed("latest") + " lists the newest ones."), nil
	case err != nil:
		return Message{}, err
	}
	c.Publication = doc.ID
	return b.find(ctx, c, c.Args)
}

// find answers the question of c, which is about topic: it, or the question
// that it goes on from.
func (b *Bot) find(ctx context.Context, c Command, topic string) (Message, error) {
	answer, err := b.asker.Ask(ctx, Question{c.Args, c.Publication})
	if err != nil {
		return Message{}, err
	}
	kind, m := kindAnswer, Message{}
	switch {
	case answer.Answered:
		m = answer.told()
	default:
		kind, m = kindNearest, answer.silence()
		if c.Publication != "" || answer.Partial {
			break // that one publication, or some of them, do not say it is no gap
		}
		if err := b.store.noteGap(ctx, c.Args); err != nil {
			b.log.Error("ask", "err", err) // the answer stands without the note
		}
	}
	m.Private = c.Thread == "" && !c.Public // who asks in a thread wants the others there to read the answer
	return b.lay(ctx, c, kind, topic, m)
}

// told returns what is said when the publications answer.
func (a Answer) told() Message {
	lines := a.Notes
	for _, f := range a.Facts {
		lines = append(lines, fmt.Sprintf("By its data, the %s of “%s” is %s.", f.Name, f.Doc.Title, f.Value))
	}
	switch {
	case len(a.Facts) > 0 && len(a.Quotes) > 0:
		lines = append(lines, "Its text says:")
	case len(a.Quotes) > 0:
		lines = append(lines, "The publications I know say"+a.among()+":")
	}
	return Message{Text: strings.Join(lines, "\n"), Quotes: a.Quotes, Private: true}
}

// silence returns what is said when the publications do not answer: what was
// asked for that stands nowhere, and what comes nearest.
func (a Answer) silence() Message {
	lines := append([]string{"The publications I know do not say" + a.among() + "."}, a.Notes...)
	if a.Partial {
		lines[0] = "The publications are still being indexed, and those that I have gone through do not say" + a.among() + ". Please ask again in a few minutes."
	}
	if len(a.Missing) > 0 && !a.Partial {
		lines = append(lines, "Nowhere in them: "+strings.Join(a.Missing, ", ")+".")
	}
	if len(a.Quotes) > 0 {
		lines = append(lines, "The nearest passages, which may not answer:")
	}
	return Message{Text: strings.Join(lines, "\n"), Quotes: a.Quotes, Private: true}
}

// among says which publications were looked in, if not in all.
func (a Answer) among() string {
	if len(a.Filters) == 0 {
		return ""
	}
	return " (only those " + strings.Join(a.Filters, ", ") + ")"
}
