package bot

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"
)

func (b *Bot) ask(ctx context.Context, question string) (Message, error) {
	switch n := utf8.RuneCountInString(question); {
	case strings.EqualFold(question, "help"):
		return private(Help), nil
	case strings.EqualFold(question, "status"):
		return b.status(ctx)
	case n == 0:
		return private("What would you like to know? For example: /ask who attended the summit?"), nil
	case n > MaxQuestion:
		return private(fmt.Sprintf("That is %d characters long. Please ask in at most %d.", n, MaxQuestion)), nil
	}
	answer, err := b.asker.Ask(ctx, question)
	if err != nil {
		return Message{}, err
	}
	if answer.Answered {
		return answer.told(), nil
	}
	if err := b.store.noteGap(ctx, question); err != nil {
		b.log.Error("ask", "err", err) // the answer stands without the note
	}
	return answer.silence(), nil
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
	if len(a.Missing) > 0 {
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
