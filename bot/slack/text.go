package slack

import (
	"regexp"
	"slices"
	"strings"

	"rapporteur/bot"
)

// typed returns what was typed after a slash command, in which Slack escapes
// three characters. Whatever stands in angle brackets there was typed so.
func typed(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// written returns the text of a message as the person who wrote it saw it.
// There, Slack also puts links and mentions in angle brackets.
func written(text string) string {
	return typed(brackets.ReplaceAllStringFunc(text, func(in string) string { return label(in[1 : len(in)-1]) }))
}

var brackets = regexp.MustCompile(`<[^<>]+>`)

// label returns what stands for a link or mention on the screen, as far as the
// text tells.
func label(in string) string {
	target, label, labelled := strings.Cut(in, "|")
	name, isName := strings.CutPrefix(target, "@")
	channel, isChannel := strings.CutPrefix(target, "#")
	word, isWord := strings.CutPrefix(target, "!")
	if labelled && label != "" {
		name, channel, target, word = label, label, label, label
	}
	switch {
	case isName:
		return "@" + name
	case isChannel:
		return "#" + channel
	case isWord && !labelled:
		return "@" + word
	}
	return target
}

// addressed returns what is asked by text, in which the bot may be mentioned as
// user: a command if it begins with the name of one, else a question, or the
// wish for help if it is empty.
func addressed(text, user string) (name, args string) {
	mention := regexp.MustCompile(`<@` + regexp.QuoteMeta(user) + `(\|[^<>]*)?>`)
	text = strings.TrimSpace(written(mention.ReplaceAllString(text, " ")))
	if text == "" {
		return "help", ""
	}
	first, rest, _ := strings.Cut(text, " ")
	if name := strings.ToLower(strings.TrimPrefix(first, "/")); known(name) {
		return name, strings.TrimSpace(rest)
	}
	return "ask", text
}

// slashed returns the command that a slash command stands for, with the rest of
// the line. Whatever is unknown stands for help.
func (c Config) slashed(slash, text string) (name, args string) {
	switch slash {
	case c.Ask:
		return "ask", text
	case c.Briefs:
		first, rest, _ := strings.Cut(text, " ")
		if first = strings.ToLower(first); first == "list" {
			first = "subscriptions"
		}
		if first != "ask" && known(first) {
			return first, strings.TrimSpace(rest)
		}
		return "help", ""
	}
	if name := strings.TrimPrefix(slash, "/"); known(name) {
		return name, text // an app that was made with a command for each of them
	}
	return "help", ""
}

// spelling returns how commands are typed.
func spelling(c Config) map[string]string {
	all := map[string]string{}
	for _, name := range bot.Commands() {
		all[name] = c.Briefs + " " + name
	}
	all["ask"], all["subscriptions"] = c.Ask, c.Briefs+" list"
	return all
}

func known(name string) bool { return slices.Contains(bot.Commands(), name) }
