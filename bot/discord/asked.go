package discord

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"rapporteur/bot"
)

// manner is how answers are shown: one passage at a time, with buttons for the
// others.
func manner() *bot.Manner { return &bot.Manner{Passages: 1, Room: room} }

// asker returns what is known of who did i and where; ok is false if Discord
// does not say who. Between people, where the bot is no member, a channel stands
// for a workspace, so that answers can be shared in it.
func (i *interaction) asker() (c bot.Command, ok bool) {
	who, called := i.who()
	if i.ID == "" || i.Token == "" || who == nil {
		return c, false
	}
	c = bot.Command{Platform: name, Workspace: i.Guild, Channel: i.Channel, User: who.ID, UserName: called, Manner: manner()}
	switch i.where() {
	case inBotDM:
		c.Thread = i.Channel
	case inPrivate:
		c.Workspace = i.Channel
	}
	return c, true
}

// command returns what i asks for, or false if that is nothing that we can make
// out: Discord adds kinds of interactions.
func (i *interaction) command() (c bot.Command, ok bool) {
	if c, ok = i.asker(); !ok {
		return c, false
	}
	switch {
	case i.Type == interactionPress:
		return i.press(c)
	case i.Type == interactionComplete:
		return i.completion(c)
	case i.Type != interactionCommand:
		return c, false
	case i.Data.Type == commandMessage:
		c.Name, c.Args = "about", i.Data.Resolved.Messages[i.Data.Target].read()
		return c, i.Data.Name == about
	}
	c.Name = i.Data.Name
	for _, o := range i.Data.Options {
		o.into(&c)
	}
	if c.Public && c.Thread == "" {
		c.Thread = thread(c.User)
	}
	return c, slices.Contains(bot.Commands(), c.Name)
}

// into sets what o says in c. A question is answered to the asker alone unless
// they say otherwise: what somebody wonders about is theirs, a channel is not
// flooded while they look, and Share is one press away.
func (o typed) into(c *bot.Command) {
	switch value := o.Value.(type) {
	case string:
		switch {
		case o.Name == "channel":
			c.Channel, c.Elsewhere = value, value != c.Channel
		case o.Name == "role":
			c.Notify = value
		case o.Name == "publication" && c.Name == "ask":
			c.Publication = value
		default:
			c.Args = value
		}
	case float64:
		c.Args = strconv.FormatFloat(value, 'f', -1, 64)
	case bool:
		c.Public = o.Name == "private" && !value
	}
}

// press returns the action of a button. The answer belongs to the thread that
// the message with the button does.
func (i *interaction) press(c bot.Command) (bot.Command, bool) {
	c.Name, c.Args, _ = strings.Cut(i.Data.CustomID, " ")
	if c.Thread == "" {
		c.Thread = i.Message.Components.thread()
	}
	return c, slices.Contains(bot.ActionNames(), c.Name) && c.Args != ""
}

// thread returns what stands for the conversation that somebody begins in a
// channel of a server, where one answer does not belong to the next by itself. It
// goes into the answer, which is where a reply to it finds it again, whoever
// makes that, and whether or not the program was started anew.
func thread(user string) string {
	h := fnv.New32a()
	fmt.Fprint(h, user)
	return strconv.Itoa(threadBase | int(h.Sum32()>>2))
}

// threadBase keeps the ids of conversations apart from those that Discord gives
// to components, from 1. They have 31 bits.
const threadBase = 1 << 30

// thread returns the conversation that a message with these components belongs
// to, or the empty string.
func (n nodes) thread() string {
	for _, one := range n {
		if one.Type == componentContainer && one.ID >= threadBase {
			return strconv.Itoa(one.ID)
		}
	}
	return ""
}

// said returns the command in a message that was said to the bot, whose user is
// self: by a mention in a server, which a reply to it is too, or in a direct
// message. Its first word may be the name of a command; otherwise it is a
// question. Bots get no answer, for they might answer back.
func (w *written) said(self string) (c bot.Command, ok bool) {
	who, called := seenAs(w.Member, w.Author)
	if self == "" || w.ID == "" || w.WebhookID != "" || w.Type != messageUsual && w.Type != messageReply {
		return c, false
	}
	if w.Author == nil || w.Author.Bot || who == nil || who.ID == self {
		return c, false
	}
	words := strings.NewReplacer("<@"+self+">", " ", "<@!"+self+">", " ").Replace(w.Content)
	replies := w.Referenced != nil && w.Referenced.Author != nil && w.Referenced.Author.ID == self
	mentions := slices.ContainsFunc(w.Mentions, func(p person) bool { return p.ID == self })
	if w.Guild != "" && words == w.Content && !(replies && mentions) {
		return c, false
	}
	c = bot.Command{Platform: name, Workspace: w.Guild, Channel: w.Channel, User: who.ID, UserName: called, Manner: manner()}
	c.Thread = w.thread(who.ID, replies)
	c.Name, c.Args = split(strings.TrimSpace(words))
	return c, true
}

// Kinds of messages that people write.
const (
	messageUsual = 0
	messageReply = 19
)

// thread returns the conversation that a message to the bot belongs to: in
// direct messages there is one; in a server it is that of the answer which is
// replied to, or else the author's own in that channel.
func (w *written) thread(author string, replies bool) string {
	if w.Guild == "" {
		return w.Channel
	}
	if replies {
		if of := w.Referenced.Components.thread(); of != "" {
			return of
		}
	}
	return thread(author)
}

// split returns the command and its arguments in what was said to the bot. Words
// behind a command that takes none are a question that begins with its name.
func split(said string) (name, args string) {
	first, rest, _ := strings.Cut(said, " ")
	first, rest = strings.ToLower(strings.TrimPrefix(first, "/")), strings.TrimSpace(rest)
	_, err := strconv.Atoi(rest)
	switch {
	case said == "":
		return "help", ""
	case !slices.Contains(bot.Commands(), first):
	case rest == "", first == "latest" && err == nil,
		slices.Contains([]string{"ask", "takeaways", "subscribe", "unsubscribe"}, first):
		return first, rest
	}
	return "ask", said
}

// forManagers are the commands that in a server only those may use who manage
// it: Discord sees to that for slash commands, and nobody for what is said.
func forManagers(name string) bool {
	return slices.Contains([]string{"subscribe", "unsubscribe", "subscriptions", "status"}, name)
}
