package discord

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A command is a command as Discord keeps it, as far as we set it.
type command struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"` // by locale
	Description  string            `json:"description"`                  // empty for one in the menu of a message
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Options      []option          `json:"options,omitempty"`
	Permissions  *string           `json:"default_member_permissions"` // who may use it, as bits; null for everybody
	Contexts     []int             `json:"contexts"`                   // where it may be used
	Installs     []int             `json:"integration_types"`          // how the app must have been added
}

// An option is what may be typed after a command.
type option struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[string]string                      `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description"`
	Descriptions map[string]string                      `json:"description_localizations,omitempty"`
	Required     bool                                   `json:"required,omitempty"`
	Complete     bool                                   `json:"autocomplete,omitempty"`
	MaxLength    int                                    `json:"max_length,omitempty"` // characters; 0 for Discord's 6,000
	Min          int                                    `json:"min_value,omitempty"`
	Max          int                                    `json:"max_value,omitempty"`
	Channels     []int                                  `json:"channel_types,omitempty"`
}

const (
	maxQuestion = 300 // characters, so that a question fits where it is shown again
	maxName     = 200 // characters of a title or a source's name
	maxLatest   = 5   // publications at once
)

// Where an app can be added: to a server, or to a person, who then has it
// everywhere.
const (
	toGuild = int(discordgo.ApplicationIntegrationGuildInstall)
	toUser  = int(discordgo.ApplicationIntegrationUserInstall)
)

// followed are the kinds of channels that publications can be posted in.
var followed = []int{int(discordgo.ChannelTypeGuildText), int(discordgo.ChannelTypeGuildNews), int(discordgo.ChannelTypeGuildForum)}

// everywhere and admins are the two kinds of commands: those that anybody may
// use anywhere, and those for who may manage a server.
func everywhere(name string, options ...option) command {
	c := slash(name, options)
	c.Contexts, c.Installs = []int{inGuild, inBotDM, inPrivate}, []int{toGuild, toUser}
	return c
}

func admins(name string, options ...option) command {
	c := slash(name, options)
	manage := strconv.Itoa(discordgo.PermissionManageGuild)
	c.Permissions, c.Contexts, c.Installs = &manage, []int{inGuild}, []int{toGuild}
	return c
}

// slash returns the command with this name, and what it is called elsewhere.
func slash(name string, options []option) command {
	w := commandWords[name]
	return command{Type: commandSlash, Name: name, Names: w.names(), Description: w[english].about, Descriptions: w.about(), Options: options}
}

// argument returns an option of a command, and what it is called elsewhere. Its
// words are those for the command and the option, or else for the option.
func argument(kind discordgo.ApplicationCommandOptionType, name, words string) option {
	w := optionWords[words]
	return option{Type: kind, Name: name, Names: w.names(), Description: w[english].about, Descriptions: w.about()}
}

// text returns an option of at most so many characters that is completed while
// it is typed.
func text(name, words string, longest int) option {
	o := argument(discordgo.ApplicationCommandOptionString, name, words)
	o.MaxLength, o.Complete = longest, true
	return o
}

// commands returns all that the bot is asked by.
func commands() []command {
	question := text("question", "question", maxQuestion)
	question.Required = true
	count := argument(discordgo.ApplicationCommandOptionInteger, "count", "count")
	count.Min, count.Max = 1, maxLatest
	channel := argument(discordgo.ApplicationCommandOptionChannel, "channel", "channel")
	channel.Channels = followed
	source := text("source", "source", maxName)
	return []command{
		everywhere("ask", question, text("publication", "publication", maxName),
			argument(discordgo.ApplicationCommandOptionBoolean, "private", "private")),
		everywhere("latest", count),
		everywhere("takeaways", text("publication", "title", maxName)),
		everywhere("help"),
		admins("subscribe", channel, source, argument(discordgo.ApplicationCommandOptionRole, "role", "role")),
		admins("unsubscribe", channel, source),
		admins("subscriptions"),
		admins("status"),
		menu(),
	}
}

// menu returns the command in the menu of a message.
func menu() command {
	c := everywhere(about)
	c.Type, c.Description, c.Descriptions = commandMessage, "", nil
	return c
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
	if err := d.rest.call(ctx, path, http.MethodGet, path+"?with_localizations=true", nil, &registered); err != nil {
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

// normal returns commands by name, with what may be in any order in one, and
// without what says nothing.
func normal(commands []command) map[string]command {
	byName := map[string]command{}
	for _, c := range commands {
		c.Contexts, c.Installs = slices.Sorted(slices.Values(c.Contexts)), slices.Sorted(slices.Values(c.Installs))
		c.Names, c.Descriptions = filled(c.Names), filled(c.Descriptions)
		c.Options = slices.Clone(c.Options)
		for i, o := range c.Options {
			o.Channels = slices.Sorted(slices.Values(o.Channels))
			o.Names, o.Descriptions = filled(o.Names), filled(o.Descriptions)
			c.Options[i] = o
		}
		if len(c.Options) == 0 {
			c.Options = nil
		}
		byName[c.Name] = c
	}
	return byName
}

// filled returns m, or nil if it holds nothing.
func filled(m map[string]string) map[string]string {
	m = maps.Clone(m)
	if len(m) == 0 {
		return nil
	}
	return m
}

// retryAfter returns how long Discord asks to wait, 0 if err is not about that.
func retryAfter(err error) time.Duration {
	var refused *refusal
	if errors.As(err, &refused) {
		return refused.after
	}
	return 0
}
