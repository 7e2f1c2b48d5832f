package discord

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rapporteur/bot"
)

const (
	maxChoices = 25  // that Discord shows
	maxChoice  = 100 // units of a choice's label, and of what it stands for
)

// A choice is one way in which what is being typed can be ended.
type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// completion returns what to ask the bot for while an option is being typed.
func (i *interaction) completion(c bot.Command) (bot.Command, bool) {
	for _, o := range i.Data.Options {
		if words, is := o.Value.(string); is && o.Focused {
			c.Name, c.Args = "complete "+o.Name, words
		}
	}
	return c, slices.Contains(bot.Happenings(), c.Name)
}

// complete answers what is being typed. It does so at once, for Discord knows no
// later here: if the bot has nothing in time, what it would say for nothing.
func (in *inbox) complete(ctx context.Context, i *interaction, c bot.Command) {
	asking, cancel := context.WithTimeout(ctx, in.timing.ack)
	defer cancel()
	m := wait(asking, in.ask(asking, c, in.handler))
	data := map[string]any{"choices": choices(c, m.Choices)}
	if err := in.callback(ctx, i, response{respondChoices, data}); err != nil && ctx.Err() == nil {
		in.log.Warn("discord: complete what is typed", "name", c.Name, "err", err)
	}
}

// choices returns what is offered: at least one choice, which Discord asks for,
// and at most 25. Of a question, what was typed comes first, since Enter takes
// the first one.
func choices(c bot.Command, found []bot.Choice) []choice {
	typed := strings.TrimSpace(c.Args)
	var all []choice
	if c.Name == "complete question" && typed != "" {
		all = append(all, choice{whole(typed), whole(typed)})
	}
	for _, f := range found {
		if one, fits := offer(c.Name, f); fits && len(all) < maxChoices && !slices.ContainsFunc(all, one.like) {
			all = append(all, one)
		}
	}
	if len(all) == 0 {
		all = append(all, nothing(c.Name, typed))
	}
	return all
}

// like reports whether c and other stand for the same.
func (c choice) like(other choice) bool { return strings.EqualFold(c.Value, other.Value) }

// offer returns f as Discord takes it. The id of a publication may be too long,
// being an address: then its title stands for it, or as many words from its
// beginning as fit, by which the bot finds it too. Of anything else a part is
// something else, and is left out.
func offer(what string, f bot.Choice) (one choice, fits bool) {
	label, value := strings.Join(strings.Fields(f.Label), " "), f.Value
	if units(value) > maxChoice && what == "complete publication" {
		value = whole(label)
	}
	return choice{cut(label, maxChoice, plain), value}, label != "" && value != "" && units(value) <= maxChoice
}

// whole returns as many words from the beginning of text as fit a choice, or as
// much of the first one.
func whole(text string) string {
	if units(text) <= maxChoice {
		return text
	}
	short := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(short + " " + word)
		if units(longer) > maxChoice {
			break
		}
		short = longer
	}
	return cmp.Or(short, strings.TrimSuffix(cut(text, maxChoice, plain), "…"))
}

// nothing returns what is offered when nothing fits what was typed. Whoever takes
// it is told the same once more, in more words.
func nothing(what, typed string) choice {
	said := map[string][2]string{
		"complete question":    {"Type a question, or choose this for help", ""},
		"complete publication": {"I know no publications yet", "I know no publication with such a title"},
		"complete source":      {"I have no sources yet", "I have no source of that name"},
	}[what]
	if typed == "" {
		return choice{said[0], "help"}
	}
	return choice{said[1], whole(typed)}
}
