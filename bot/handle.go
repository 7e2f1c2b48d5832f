package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rapporteur/corpus"
)

const (
	// MaxQuestion is the length of the longest question that is answered, in
	// characters. Discord's own limit is 300; longer ones are texts.
	MaxQuestion = 1000

	latestUsual = 5  // publications that latest lists unless told how many
	latestMost  = 10 // and at most: what fits one message on every platform
)

// Commands returns the names that Handle knows.
func Commands() []string {
	return []string{"ask", "latest", "takeaways", "subscribe", "unsubscribe", "subscriptions", "status", "help"}
}

// helpLines are what the bot says of its commands, by their names.
var helpLines = [...]struct{ name, says string }{
	{"ask", ` QUESTION: what do they say? It may hold author:NAME, since:2026-06, before:2026, title:WORDS, in:SOURCE and "words as they stand"`},
	{"latest", " [HOW MANY]: the newest publications"},
	{"takeaways", " [TITLE]: the key takeaways of one publication, by default the newest"},
	{"subscribe", " [SOURCE]: post new publications in this channel"},
	{"unsubscribe", " [SOURCE]: post them no more"},
	{"subscriptions", ": who follows what"},
	{"status", ": how the sources are"},
	{"help", ": this text"},
}

// help returns what the bot says of itself to who asks by c.
func help(c Command) string {
	said := "I answer questions with passages quoted word for word from the publications I know."
	for _, l := range helpLines {
		said += "\n" + c.typed(l.name) + l.says
	}
	return said
}

// Handle answers a command. It never fails: what goes wrong is said to who
// asked, in words that help, and logged.
func (b *Bot) Handle(ctx context.Context, c Command) Message {
	c.Args = strings.TrimSpace(c.Args)
	m, err := b.handle(ctx, c)
	switch {
	case err != nil && ctx.Err() != nil:
		return private("That took too long, so I stopped. Please ask again in a moment.")
	case err != nil:
		b.log.Error("command", "name", c.Name, "platform", c.Platform, "err", err)
		return private("Something went wrong on my side, and I have written it down in my log. Please try again later.")
	}
	return m
}

func (b *Bot) handle(ctx context.Context, c Command) (Message, error) {
	switch c.Name {
	case "ask":
		return b.ask(ctx, c)
	case "latest":
		return b.latest(ctx, c)
	case "takeaways":
		return b.takeaways(ctx, c)
	case "subscribe":
		return b.subscribe(ctx, c)
	case "unsubscribe":
		return b.unsubscribe(ctx, c)
	case "subscriptions":
		return b.subscriptions(ctx, c)
	case "status":
		return b.status(ctx)
	case "help", "":
		return private(help(c)), nil
	}
	if m, ok, err := b.act(ctx, c); ok {
		return m, err
	}
	return private("I do not know /" + c.Name + ".\n" + help(c)), nil
}

func private(text string) Message { return Message{Text: text, Private: true} }

func (b *Bot) latest(ctx context.Context, c Command) (Message, error) {
	n := latestUsual
	if c.Args != "" {
		asked, err := strconv.Atoi(c.Args)
		if err != nil || asked < 1 {
			return private(fmt.Sprintf("How many? Say a number from 1 to %d, such as: %s 3", latestMost, c.typed("latest"))), nil
		}
		n = min(asked, latestMost)
	}
	docs, err := b.library.Latest(ctx, n)
	if err != nil {
		return Message{}, err
	}
	if len(docs) == 0 {
		return private(noneYet), nil
	}
	m := private("The newest publications, each with its first takeaway or its first words:")
	m.Takeaways = true
	for _, d := range docs {
		m.Quotes = append(m.Quotes, announcement(d).Quotes[0])
	}
	return b.list(ctx, c, m)
}

const noneYet = "I know no publications yet. Put some into the folder that I watch, or name a feed in config.yaml."

func (b *Bot) takeaways(ctx context.Context, c Command) (Message, error) {
	doc, err := b.titled(ctx, c.Args)
	switch {
	case errors.Is(err, corpus.ErrNotFound) && c.Args == "":
		return private(noneYet), nil
	case errors.Is(err, corpus.ErrNotFound):
		return private("I know no publication with such a title. " + c.typed("latest") + " lists the newest ones."), nil
	case err != nil:
		return Message{}, err
	case len(doc.Takeaways) == 0:
		return b.list(ctx, c, Message{Text: "It states no key takeaways. It begins:", Quotes: opening(doc), Private: true})
	case doc.Extracted:
		return b.list(ctx, c, Message{Text: "It states no key takeaways. These sentences were extracted from it:", Quotes: takeaways(doc), Takeaways: true, Private: true})
	}
	return b.list(ctx, c, Message{Text: "Its key takeaways:", Quotes: takeaways(doc), Takeaways: true, Private: true})
}

// titled returns the publication called title, the newest one if that is empty.
func (b *Bot) titled(ctx context.Context, title string) (*corpus.Doc, error) {
	if title != "" {
		return b.library.Titled(ctx, title)
	}
	docs, err := b.library.Latest(ctx, 1)
	if err == nil && len(docs) == 0 {
		err = corpus.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return docs[0], nil
}

func (b *Bot) subscribe(ctx context.Context, c Command) (Message, error) {
	if c.Args != "" && !slices.Contains(b.sources, c.Args) {
		return b.unknownSource(c.Args), nil
	}
	if b.closed(ctx, c) {
		return private("I cannot post in " + c.which() + ". Invite me to it, and then say " + c.typed("subscribe") + " again."), nil
	}
	err := b.store.subscribe(ctx, subscription{platform: c.Platform, workspace: c.Workspace, channel: c.Channel,
		source: c.Args, owner: c.User, notify: c.Notify})
	if err != nil {
		return Message{}, err
	}
	where := "here"
	if c.Elsewhere {
		where = "there"
	}
	return Message{Text: capital(c.which()) + " now follows " + sourceName(c.Args) + ". I will post each new publication " + where + ", once."}, nil
}

// which returns what the channel of c is called where c was typed.
func (c Command) which() string {
	if c.Elsewhere {
		return "that channel"
	}
	return "this channel"
}

// capital returns words as a sentence begins with them.
func capital(words string) string { return strings.ToUpper(words[:1]) + words[1:] }

// closed reports whether the platform lets the bot neither read nor post in
// the channel of c.
func (b *Bot) closed(ctx context.Context, c Command) bool {
	for _, p := range b.platforms {
		if p.Name() == c.Platform {
			_, _, err := p.Find(ctx, c.Channel, "subscribe")
			return errors.Is(err, ErrGone)
		}
	}
	return false
}

func (b *Bot) unsubscribe(ctx context.Context, c Command) (Message, error) {
	ended, err := b.store.unsubscribe(ctx, c.Platform, c.Channel, c.Args)
	if err != nil {
		return Message{}, err
	}
	if !ended {
		return private(capital(c.which()) + " does not follow " + sourceName(c.Args) + ". " + c.typed("subscriptions") + " shows who follows what."), nil
	}
	return Message{Text: capital(c.which()) + " no longer follows " + sourceName(c.Args) + "."}, nil
}

func (b *Bot) unknownSource(name string) Message {
	if len(b.sources) == 0 {
		return private("I have no sources yet. Name some in config.yaml.")
	}
	return private(fmt.Sprintf("I have no source called %s. There is: %s.", name, strings.Join(b.sources, ", ")))
}

func (b *Bot) subscriptions(ctx context.Context, c Command) (Message, error) {
	subs, err := b.store.subscriptions(ctx, c.Platform, c.Workspace)
	if err != nil {
		return Message{}, err
	}
	if len(subs) == 0 {
		return private("No channel follows anything yet. Say " + c.typed("subscribe") + " in the channel that should."), nil
	}
	lines := []string{"Who follows what:"}
	for _, s := range subs {
		line := fmt.Sprintf("channel %s: %s", s.channel, sourceName(s.source))
		if s.paused != "" {
			line += " (paused: " + s.paused + ")"
		}
		lines = append(lines, line)
	}
	return private(strings.Join(lines, "\n")), nil
}

func sourceName(source string) string {
	if source == "" {
		return "all sources"
	}
	return source
}
