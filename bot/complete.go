package bot

import (
	"context"
	"strings"
)

// maxChoices is how many choices are offered: as many as Discord shows.
const maxChoices = 25

// A Guide knows what can be asked for.
type Guide interface {
	// Titles returns up to n publications in whose title all of words, or words
	// that begin so, stand, the newest first. The Value of each is its ID.
	Titles(ctx context.Context, words string, n int) ([]Choice, error)

	// Questions returns up to n questions that the publications answer and that
	// hold all of words, or words that begin so. None of them was ever typed.
	Questions(ctx context.Context, words string, n int) ([]Choice, error)
}

// complete returns how what was typed so far may go on.
func (b *Bot) complete(ctx context.Context, c Command) ([]Choice, error) {
	switch {
	case c.Name == "complete source":
		return b.sourcesLike(c.Args), nil
	case b.guide == nil:
		return nil, nil
	case c.Name == "complete publication":
		return b.guide.Titles(ctx, c.Args, maxChoices)
	}
	return b.guide.Questions(ctx, c.Args, maxChoices)
}

// sourcesLike returns the sources whose name holds what was typed, first those
// that begin with it.
func (b *Bot) sourcesLike(typed string) []Choice {
	var first, then []Choice
	typed = strings.ToLower(typed)
	for _, s := range b.sources {
		switch at := strings.Index(strings.ToLower(s), typed); {
		case at == 0:
			first = append(first, Choice{s, s})
		case at > 0:
			then = append(then, Choice{s, s})
		}
	}
	all := append(first, then...)
	return all[:min(len(all), maxChoices)]
}
