package bottest

import (
	"net/http"
	"slices"
	"strconv"
)

// What members of a server may do.
const (
	permAdministrator   = 1 << 3
	permManageGuild     = 1 << 5
	permView            = 1 << 10
	permSend            = 1 << 11
	permManageMessages  = 1 << 13
	permEmbed           = 1 << 14
	permHistory         = 1 << 16
	permMentionEveryone = 1 << 17
	permUseCommands     = 1 << 31
	permManageThreads   = 1 << 34
	permSendInThreads   = 1 << 38

	permEverybody = permView | permSend | permEmbed | permHistory | permUseCommands | permSendInThreads
	permAll       = 1<<53 - 1
)

// Deny takes permissions, as Discord's bits, from the bot in a channel.
func (d *Discord) Deny(channel string, permissions int64) {
	d.Overwrite(channel, d.App, 0, permissions)
}

// Allow gives permissions to the bot in a channel, whatever its roles say.
func (d *Discord) Allow(channel string, permissions int64) {
	d.Overwrite(channel, d.App, permissions, 0)
}

// Overwrite sets what a role or a user may do and may not do in a channel,
// other than the server says. The role of everybody has the server's id.
func (d *Discord) Overwrite(channel, who string, allow, deny int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.channels[channel]
	c.overwrites = slices.DeleteFunc(c.overwrites, func(o discordOverwrite) bool { return o.who == who })
	c.overwrites = append(c.overwrites, discordOverwrite{who, allow, deny})
	d.tellChannel(c, "UPDATE")
}

// Permit sets what the bot's own role in the server permits; what everybody
// may do, it may all the same.
func (d *Discord) Permit(permissions int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.guilds[d.Guild].roles[1].permissions = permissions
}

// may returns what a user may do in c, computed as Discord does. The caller
// holds mu.
func (d *Discord) may(user string, c *discordChannel) int64 {
	g := d.guilds[c.guild]
	if g == nil {
		return permEverybody
	}
	roles := d.rolesOf(user, g)
	var may int64
	for _, r := range g.roles {
		if slices.Contains(roles, r.id) {
			may |= r.permissions
		}
	}
	if d.admins[user] {
		may |= permManageGuild
	}
	if may&permAdministrator != 0 {
		return permAll
	}
	if parent := d.channels[c.parent]; parent != nil {
		c = parent
	}
	return implied(c.overwritten(may, g.id, roles[1:], user))
}

// rolesOf returns the ids of the roles of user, everybody's first.
func (d *Discord) rolesOf(user string, g *discordGuild) []string {
	if user == d.App {
		return []string{g.roles[0].id, g.roles[1].id}
	}
	return []string{g.roles[0].id}
}

// overwritten returns what is left of may in c: everybody's overwrite counts
// first, then those of all roles together, then the member's own.
func (c *discordChannel) overwritten(may int64, everybody string, roles []string, user string) int64 {
	of := func(is func(who string) bool) (allow, deny int64) {
		for _, o := range c.overwrites {
			if is(o.who) {
				allow, deny = allow|o.allow, deny|o.deny
			}
		}
		return allow, deny
	}
	for _, is := range []func(string) bool{
		func(who string) bool { return who == everybody },
		func(who string) bool { return slices.Contains(roles, who) },
		func(who string) bool { return who == user },
	} {
		allow, deny := of(is)
		may = may&^deny | allow
	}
	return may
}

// implied returns what is left of may without what needs another permission
// that is not there.
func implied(may int64) int64 {
	if may&permView == 0 {
		return 0
	}
	if may&(permSend|permSendInThreads) == 0 {
		may &^= permEmbed | permMentionEveryone
	}
	return may
}

// permissionBits returns permissions as Discord writes them.
func permissionBits(may int64) string { return strconv.FormatInt(may, 10) }

var (
	missingAccess     = discordError{http.StatusForbidden, codeMissingAccess, "Missing Access"}
	missingPermission = discordError{http.StatusForbidden, codeMissingPermission, "Missing Permissions"}
	unknownChannel    = discordError{http.StatusNotFound, codeUnknownChannel, "Unknown Channel"}
	threadArchived    = discordError{http.StatusBadRequest, codeArchived, "Thread is archived"}
	wrongKind         = discordError{http.StatusBadRequest, codeWrongChannelKind, "Cannot execute action on this channel type"}
)

// open returns a channel if the bot is there and may see it. The caller holds
// mu.
func (d *Discord) open(id string) (*discordChannel, *discordError) {
	c := d.channels[id]
	switch {
	case c == nil:
		return nil, &unknownChannel
	case c.refusal != nil:
		return nil, c.refusal
	case c.kind == kindPrivate || c.guild != "" && d.guilds[c.guild].away:
		return nil, &missingAccess
	case d.may(d.App, c)&permView == 0:
		return nil, &missingAccess
	}
	return c, nil
}

// writable returns why the bot may not post p to c, or nil. A thread that is
// archived and not locked takes a post, and is archived no more. The caller
// holds mu.
func (d *Discord) writable(c *discordChannel, p *discordPost) *discordError {
	may, send := d.may(d.App, c), int64(permSend)
	if c.kind == kindThread {
		send = permSendInThreads
	}
	switch {
	case c.kind == kindForum:
		return &discordError{http.StatusBadRequest, codeNoText, "Cannot send messages in a non-text channel"}
	case c.locked && may&permManageThreads == 0 && c.archived:
		return &threadArchived
	case c.locked && may&permManageThreads == 0:
		return &discordError{http.StatusForbidden, codeLocked, "Thread is locked"}
	case may&send == 0 || len(p.Embeds) > 0 && may&permEmbed == 0:
		return &missingPermission
	case p.Reference != nil && may&permHistory == 0:
		return &discordError{http.StatusBadRequest, codeReplyBlind, "Cannot reply without permission to read message history"}
	}
	return nil
}
