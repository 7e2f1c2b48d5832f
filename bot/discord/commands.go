package discord

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"rapporteur/bot"
)

// A command is a slash command as Discord keeps it, as far as we set it.
type command struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Options     []option `json:"options,omitempty"`
	Permissions *string  `json:"default_member_permissions"` // who may use it, as bits; null for everybody
	Contexts    []int    `json:"contexts"`                   // where it may be used
}

// An option is what may be typed after a command. Each command has at most one.
type option struct {
	Type        discordgo.ApplicationCommandOptionType `json:"type"`
	Name        string                                 `json:"name"`
	Description string                                 `json:"description"`
	Required    bool                                   `json:"required,omitempty"`
	MaxLength   int                                    `json:"max_length,omitempty"` // characters; 0 for Discord's 6,000
	Min         int                                    `json:"min_value,omitempty"`
	Max         int                                    `json:"max_value,omitempty"`
}

const (
	inGuild, inDM = int(discordgo.InteractionContextGuild), int(discordgo.InteractionContextBotDM)

	maxQuestion = 300 // characters, so that a question fits where it is shown again
	maxName     = 200 // characters of a title or a source's name
)

// everywhere and admins are the two kinds of commands: those that anybody may
// use, and those for who may manage a server.
func everywhere(name, description string, options ...option) command {
	return command{Name: name, Description: description, Options: options, Contexts: []int{inGuild, inDM}}
}

func admins(name, description string, options ...option) command {
	manage := strconv.Itoa(discordgo.PermissionManageGuild)
	return command{Name: name, Description: description, Options: options, Permissions: &manage, Contexts: []int{inGuild}}
}

func text(name, description string, longest int) option {
	return option{Type: discordgo.ApplicationCommandOptionString, Name: name, Description: description, MaxLength: longest}
}

// commands returns all that the bot is asked by.
func commands() []command {
	question := text("question", "What would you like to know?", maxQuestion)
	question.Required = true
	publication := text("publication", "Words of its title", maxName)
	publication.Required = true
	source := text("source", "Name of a source; all of them if you leave it out", maxName)
	count := option{Type: discordgo.ApplicationCommandOptionInteger, Name: "count", Description: "How many", Min: 1, Max: 5}
	return []command{
		everywhere("ask", "What do the publications say? Answered with quotes, word for word.", question),
		everywhere("latest", "The newest publications", count),
		everywhere("takeaways", "The key takeaways of one publication", publication),
		admins("subscribe", "Post new publications in this channel", source),
		admins("unsubscribe", "Post them here no more", source),
		admins("subscriptions", "Who follows what"),
		everywhere("status", "How the sources are"),
		everywhere("help", "What I can do"),
	}
}

// register puts the commands if those that Discord has are others: Discord
// takes 200 new ones a day. It is tried until it succeeds, ctx ends or Discord
// refuses for good.
func (d *Discord) register(ctx context.Context, app string) {
	path := "/applications/" + app + "/commands"
	for wait := firstWait; ; wait = min(2*wait, longWait) {
		err := d.putCommands(ctx, path)
		var refused *refusal
		if err == nil || ctx.Err() != nil {
			return
		}
		if errors.As(err, &refused) && refused.status < 500 && refused.status != http.StatusTooManyRequests {
			d.log.Error("discord: put the slash commands", "err", remedy(err))
			return
		}
		d.log.Warn("discord: put the slash commands", "err", err, "again", wait)
		if sleep(ctx, max(wait, retryAfter(err))) != nil {
			return
		}
	}
}

func (d *Discord) putCommands(ctx context.Context, path string) error {
	var registered []command
	if err := d.rest.call(ctx, path, http.MethodGet, path, nil, &registered); err != nil {
		return err
	}
	wanted := commands()
	if same(registered, wanted) {
		return nil
	}
	if err := d.rest.call(ctx, path, http.MethodPut, path, wanted, nil); err != nil {
		return err
	}
	d.log.Info("discord: slash commands put", "commands", len(wanted))
	return nil
}

// same reports whether a and b are the same commands in any order.
func same(a, b []command) bool { return reflect.DeepEqual(normal(a), normal(b)) }

// normal returns commands by name, with what may be in any order in one.
func normal(commands []command) map[string]command {
	byName := map[string]command{}
	for _, c := range commands {
		c.Contexts = slices.Sorted(slices.Values(c.Contexts))
		if len(c.Options) == 0 {
			c.Options = nil
		}
		byName[c.Name] = c
	}
	return byName
}

// retryAfter returns how long Discord asks to wait, 0 if err is not about that.
func retryAfter(err error) time.Duration {
	var refused *refusal
	if errors.As(err, &refused) {
		return refused.after
	}
	return 0
}

// typed returns the command of an interaction, or false if it is none that we
// can make out: Discord adds kinds of interactions, and what discordgo cannot
// decode it delivers half-empty.
func typed(i *discordgo.Interaction) (c bot.Command, ok bool) {
	data, is := i.Data.(discordgo.ApplicationCommandInteractionData)
	user := i.User
	if i.Member != nil && i.Member.User != nil {
		user = i.Member.User
	}
	if !is || i.Type != discordgo.InteractionApplicationCommand || i.ID == "" || i.Token == "" || user == nil {
		return c, false
	}
	c = bot.Command{Platform: name, Workspace: i.GuildID, Channel: i.ChannelID, User: user.ID, Name: data.Name}
	for _, o := range data.Options {
		if o == nil {
			continue
		}
		switch value := o.Value.(type) {
		case string:
			c.Args = value
		case float64:
			c.Args = strconv.FormatFloat(value, 'f', -1, 64)
		}
	}
	return c, slices.Contains(bot.Commands(), c.Name)
}

// mentioned returns the command in a message that was said to the bot, whose
// user is self: by a mention in a server, or in a direct message. Its first
// word may be the name of a command; otherwise it is a question. Bots get no
// answer, for they might answer back.
func mentioned(m *discordgo.Message, self string) (c bot.Command, ok bool) {
	if m.Author == nil || m.Author.Bot || m.Author.ID == self || m.WebhookID != "" || m.ID == "" {
		return c, false
	}
	if m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply {
		return c, false
	}
	said := strings.NewReplacer("<@"+self+">", " ", "<@!"+self+">", " ").Replace(m.Content)
	if m.GuildID != "" && said == m.Content {
		return c, false
	}
	c = bot.Command{Platform: name, Workspace: m.GuildID, Channel: m.ChannelID, User: m.Author.ID}
	c.Name, c.Args = split(strings.TrimSpace(said))
	return c, true
}

// split returns the command and its arguments in what was said to the bot.
func split(said string) (name, args string) {
	first, rest, _ := strings.Cut(said, " ")
	first = strings.ToLower(strings.TrimPrefix(first, "/"))
	switch {
	case said == "":
		return "help", ""
	case slices.Contains(bot.Commands(), first):
		return first, strings.TrimSpace(rest)
	}
	return "ask", said
}
