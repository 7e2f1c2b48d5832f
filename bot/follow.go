package bot

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// A wish is what a follow-up wants to know of the question that was asked
// before it.
type wish struct {
	more   bool   // further passages
	filter string // which publications to look in, as a question has it
	also   string // what else the question is about
}

// maxFollowUp is how many words a follow-up has at most; more are a question.
const maxFollowUp = 8

var (
	wishMore   = regexp.MustCompile(`(?i)^(?:and |please )?(?:(?:some |one |any )?more|next|another(?: one)?|go on|continue|(?:who|what|where|when|anything|anybody|anyone|somebody) else|others?)(?: please)?[ .!?…]*$`)
	wishOnly   = regexp.MustCompile(`(?i)^(?:and |but )?(?:(?:only|just|what about|how about) )?(?:(by|from|since|after|before|until|in|of) )?(.+?)[ .!?]*$`)
	wishAlso   = regexp.MustCompile(`(?i)^(?:and|what about|how about|and what about|only|just) (.+?)[ .!?]*$`)
	bareYear   = regexp.MustCompile(`^(?:19|20)[0-9]{2}$`)
	bareDate   = regexp.MustCompile(`^(?:19|20)[0-9]{2}(?:-[0-9]{2}){0,2}$`)
	restricted = regexp.MustCompile(`(?i)^(?:and |but )?(?:only|just) `)
)

// wished returns what text wants as a follow-up, if it is one.
func wished(text string) (w wish, ok bool) {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "" || len(strings.Fields(text)) > maxFollowUp:
		return w, false
	case wishMore.MatchString(text):
		return wish{more: true}, true
	}
	only := wishOnly.FindStringSubmatch(text)
	if only != nil {
		if f := filter(strings.ToLower(only[1]), only[2], restricted.MatchString(text)); f != "" {
			return wish{filter: f}, true
		}
	}
	if also := wishAlso.FindStringSubmatch(text); also != nil {
		return wish{also: also[1]}, true
	}
	return w, false
}

// filter returns the filter that a preposition and what comes after it stand
// for, such as "since" and "2024", or the empty string. It must be clear that a
// filter is meant, or else what comes after must leave no doubt.
func filter(preposition, what string, clear bool) string {
	what = strings.ReplaceAll(what, `"`, "")
	year := bareYear.MatchString(what)
	switch preposition {
	case "", "in", "from", "of":
		if year {
			n, _ := strconv.Atoi(what)
			return "since:" + what + " before:" + strconv.Itoa(n+1)
		}
		if clear && preposition == "from" {
			return `author:"` + what + `"`
		}
		if clear && preposition == "in" {
			return `in:"` + what + `"`
		}
	case "by":
		return `author:"` + what + `"`
	case "since", "after":
		if bareDate.MatchString(what) {
			return "since:" + what
		}
	case "before", "until":
		if bareDate.MatchString(what) {
			return "before:" + what
		}
	}
	return ""
}

// followUp answers c if it goes on from a question that was asked in its thread.
func (b *Bot) followUp(ctx context.Context, c Command) (m Message, ok bool, err error) {
	w, ok := wished(c.Args)
	if !ok || c.Thread == "" || c.Manner == nil {
		return m, false, nil
	}
	topic, id, err := b.thread(ctx, c)
	switch {
	case err != nil || topic == "":
		return m, false, err
	case w.more:
		m, err = b.more(ctx, c, topic, id)
		return m, true, err
	case w.filter != "":
		c.Args = topic + " " + w.filter
	default:
		c.Args = strings.TrimRight(topic, "? ") + " " + w.also + "?"
		topic = c.Args
	}
	m, err = b.find(ctx, c, topic)
	return m, true, err
}

// more shows the passages that come after those which the thread has seen.
func (b *Bot) more(ctx context.Context, c Command, topic, id string) (Message, error) {
	c.Args = id
	for {
		p, err := b.page(ctx, c)
		if err != nil && !errors.Is(err, errPageGone) {
			return Message{}, err
		}
		if err != nil || len(p.quotes) == 0 {
			return Message{Text: "That is all that I find on: " + topic}, nil
		}
		shown, _ := p.shown()
		if p.first += len(shown); p.first >= len(p.quotes) {
			return Message{Text: "That is all that I find on: " + topic}, nil
		}
		if turned, err := b.store.turnPage(ctx, p); err != nil {
			return Message{}, err
		} else if turned {
			return p.message(), nil
		}
	}
}

// follow answers what was said in a thread without speaking to the bot, if the
// bot was asked there before and this goes on from it, or is a question that
// the publications answer. It says nothing to what people say to each other.
func (b *Bot) follow(ctx context.Context, c Command) (Message, error) {
	topic, _, err := b.thread(ctx, c)
	if err != nil || topic == "" || strings.Contains(c.Args, "@") || len(c.Args) > MaxQuestion {
		return Message{}, err
	}
	if m, ok, err := b.followUp(ctx, c); ok || err != nil {
		return m, err
	}
	if !strings.HasSuffix(strings.TrimSpace(c.Args), "?") {
		return Message{}, nil
	}
	answer, err := b.asker.Ask(ctx, Question{Text: c.Args})
	if err != nil || !answer.Answered {
		return Message{}, err
	}
	m := answer.told()
	m.Private = false
	return b.lay(ctx, c, kindAnswer, c.Args, m)
}
