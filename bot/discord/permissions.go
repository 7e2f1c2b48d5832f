package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"rapporteur/bot"
)

// permissions are what the bot needs in a server.
const permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages |
	discordgo.PermissionSendMessagesInThreads | discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory

// A need is a permission, as Discord's pages call it.
type need struct {
	bit  int64
	name string
}

// needs returns what it takes to post to p, and to find the posts again.
func (p place) needs() []need {
	send := need{discordgo.PermissionSendMessages, "Send Messages"}
	switch {
	case p.forum():
		send.name = "Create Posts"
	case p.thread():
		send = need{discordgo.PermissionSendMessagesInThreads, "Send Messages in Threads"}
	}
	return []need{
		{discordgo.PermissionViewChannel, "View Channel"},
		send,
		{discordgo.PermissionEmbedLinks, "Embed Links"},
		{discordgo.PermissionReadMessageHistory, "Read Message History"},
	}
}

// A grant is what Discord says, with a command, of what the bot may do where
// that was typed. It is zero if Discord does not say.
type grant struct {
	channel string
	may     int64
}

func (i *interaction) grant() grant {
	if i.Permissions == "" {
		return grant{}
	}
	return grant{i.Channel, bits(i.Permissions)}
}

// permitted returns the handler of a command that came with here: a
// subscription is passed on if the bot may post where it is to post, and is
// otherwise refused in words.
func (in *inbox) permitted(here grant) bot.Handler {
	return func(ctx context.Context, c bot.Command) bot.Message {
		if m, refused := in.refuse(ctx, here, c); refused {
			return m
		}
		return in.handler(ctx, c)
	}
}

// refuse returns what to say instead of subscribing a channel in which the bot
// may not post. Where Discord does not say what it may, it does not refuse.
func (in *inbox) refuse(ctx context.Context, here grant, c bot.Command) (m bot.Message, refused bool) {
	if c.Name != "subscribe" || c.Workspace == "" {
		return m, false
	}
	said, err := in.missing(ctx, here, c)
	var no *refusal
	switch {
	case errors.As(err, &no) && no.gone():
		said = "I cannot see that channel. Let me in: Edit Channel → Permissions → add my role or me, and allow View Channel. Then subscribe again."
	case err != nil:
		in.log.Warn("discord: look up what the bot may do in a channel", "channel", c.Channel, "err", err)
		return m, false
	}
	return bot.Message{Text: said, Private: true}, said != ""
}

// missing says which permissions the bot lacks to post to the channel of c, and
// how they are granted. It is empty if none is missing.
func (in *inbox) missing(ctx context.Context, here grant, c bot.Command) (said string, err error) {
	at, err := in.place(ctx, c.Channel)
	if err != nil {
		return "", err
	}
	if at.Type == discordgo.ChannelTypeGuildCategory {
		return "Nothing can be posted in the category " + at.Name + ". Choose a text channel, an announcement channel or a forum.", nil
	}
	may := here.may
	if c.Channel != here.channel {
		if may, err = in.may(ctx, c.Workspace, at); err != nil {
			return "", err
		}
	}
	lacks := at.lacks(may)
	silent, err := in.silent(ctx, c, may)
	if err != nil {
		return "", err
	}
	if silent {
		lacks = append(lacks, "Mention @everyone, @here, and All Roles (or let anyone mention that role)")
	}
	if len(lacks) == 0 {
		return "", nil
	}
	return fmt.Sprintf("I cannot post in #%s yet. I lack there: %s. To grant it: Edit Channel → Permissions → my role or me → allow what I lack. Then subscribe again.",
		at.Name, strings.Join(lacks, ", ")), nil
}

// lacks returns the names of what is needed in p and not in may.
func (p place) lacks(may int64) (names []string) {
	for _, n := range p.needs() {
		if may&discordgo.PermissionAdministrator == 0 && may&n.bit == 0 {
			names = append(names, n.name)
		}
	}
	return names
}

// A role is what Discord says of one.
type role struct {
	ID          string `json:"id"`
	Permissions string `json:"permissions"`
	Mentionable bool   `json:"mentionable"`
}

// An overwrite says what a role or a member may do in one channel, other than
// in the server.
type overwrite struct {
	ID    string `json:"id"` // a role's or a member's; the server's own id is the role of everybody
	Allow string `json:"allow"`
	Deny  string `json:"deny"`
}

func (d *Discord) roles(ctx context.Context, guild string) (all []role, err error) {
	err = d.rest.call(ctx, "roles", http.MethodGet, "/guilds/"+url.PathEscape(guild)+"/roles", nil, &all)
	return all, err
}

// silent reports whether the role that the posts are to notify would not be.
func (in *inbox) silent(ctx context.Context, c bot.Command, may int64) (bool, error) {
	if c.Notify == "" || may&(discordgo.PermissionMentionEveryone|discordgo.PermissionAdministrator) != 0 {
		return false, nil
	}
	all, err := in.roles(ctx, c.Workspace)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(all, func(r role) bool { return r.ID == c.Notify && r.Mentionable }), nil
}

// may returns what the bot may do in a channel of a server, as Discord's bits.
func (d *Discord) may(ctx context.Context, guild string, at place) (int64, error) {
	self, err := d.whoami(ctx)
	if err != nil {
		return 0, err
	}
	all, err := d.roles(ctx, guild)
	if err != nil {
		return 0, err
	}
	var member struct {
		Roles []string `json:"roles"`
	}
	path := "/guilds/" + url.PathEscape(guild) + "/members/" + url.PathEscape(self)
	if err := d.rest.call(ctx, "member", http.MethodGet, path, nil, &member); err != nil {
		return 0, err
	}
	if at.thread() { // which has its parent's overwrites
		if at, err = d.place(ctx, at.Parent); err != nil {
			return 0, err
		}
	}
	return at.granted(granted(all, guild, member.Roles), guild, self, member.Roles), nil
}

// granted returns what a member with some of all roles may do in the server.
// What everybody may do is the role with the server's own id.
func granted(all []role, guild string, mine []string) (may int64) {
	for _, r := range all {
		if r.ID == guild || slices.Contains(mine, r.ID) {
			may |= bits(r.Permissions)
		}
	}
	return may
}

// granted returns what is left in p of what a member may do in the server: the
// overwrite for everybody counts first, then those of the member's roles
// together, and then the member's own.
func (p place) granted(may int64, guild, self string, mine []string) int64 {
	if may&discordgo.PermissionAdministrator != 0 {
		return may
	}
	for _, of := range []func(string) bool{
		func(id string) bool { return id == guild },
		func(id string) bool { return id != guild && slices.Contains(mine, id) },
		func(id string) bool { return id == self },
	} {
		var allow, deny int64
		for _, o := range p.Overwrites {
			if of(o.ID) {
				allow, deny = allow|bits(o.Allow), deny|bits(o.Deny)
			}
		}
		may = may&^deny | allow
	}
	if may&discordgo.PermissionViewChannel == 0 {
		return 0
	}
	return may
}

// bits reads permissions as Discord writes them; nonsense permits nothing.
func bits(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// snowflake reads an id of Discord's.
func snowflake(id string) (n uint64, is bool) {
	n, err := strconv.ParseUint(id, 10, 64)
	return n, err == nil
}
