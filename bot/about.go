package bot

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"rapporteur/corpus"
)

// about shows the passages that bear on what somebody wrote, whether or not
// that is a question.
func (b *Bot) about(ctx context.Context, c Command) (Message, error) {
	c.Args = beginning(c.Args, MaxQuestion)
	if c.Args == "" {
		return private("There are no words in that message that I could look for."), nil
	}
	answer, err := b.asker.Ask(ctx, Question{Text: c.Args})
	if err != nil {
		return Message{}, err
	}
	switch {
	case len(answer.Quotes) == 0 && answer.Partial:
		return private("The publications are still being indexed, and I find no passages yet that bear on that message. Please ask again in a few minutes."), nil
	case len(answer.Quotes) == 0:
		return private("I find no passages that bear on that message."), nil
	}
	kind, lead := kindAnswer, "Passages that bear on the message:"
	if !answer.Answered {
		kind, lead = kindNearest, "The passages that come nearest to the message, which may not bear on it:"
	}
	return b.lay(ctx, c, kind, "", Message{Text: lead, Quotes: answer.Quotes, Private: true})
}

// beginning returns the first words of text, at most n characters.
func beginning(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	cut := string([]rune(text)[:n])
	if space := strings.LastIndexByte(cut, ' '); space > 0 {
		cut = cut[:space]
	}
	return cut
}

// A Directory knows which publication stands at which address. A Library may be
// one; without, only addresses that are the id of a publication are known.
type Directory interface {
	// Addressed returns the publication that stands at an address, in whatever
	// dress people pass that on, or corpus.ErrNotFound.
	Addressed(ctx context.Context, address string) (*corpus.Doc, error)
}

// preview shows what stands at an address, or nothing if that is none of the
// publications.
func (b *Bot) preview(ctx context.Context, c Command) (Message, error) {
	doc, err := b.at(ctx, c.Args)
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		return Message{}, nil
	case err != nil:
		return Message{}, err
	}
	m := announcement(doc)
	m.Text = strings.TrimPrefix(m.Text, "New publication. ")
	return m, nil
}

// at returns the publication that stands at an address.
func (b *Bot) at(ctx context.Context, address string) (*corpus.Doc, error) {
	if d, ok := b.library.(Directory); ok {
		if doc, err := d.Addressed(ctx, address); !errors.Is(err, corpus.ErrNotFound) {
			return doc, err
		}
	}
	doc, err := b.library.Get(ctx, address)
	if err == nil && doc.Withdrawn {
		return nil, corpus.ErrNotFound
	}
	return doc, err
}
