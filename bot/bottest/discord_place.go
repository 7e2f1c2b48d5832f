package bottest

import (
	"slices"
	"time"
)

// Kinds of channels.
const (
	kindText         = 0
	kindDM           = 1
	kindPrivate      = 3 // between people, who may have brought the app along
	kindAnnouncement = 5
	kindThread       = 11
	kindForum        = 15
)

// A discordGuild is a server.
type discordGuild struct {
	id    string
	roles []discordRole // the first is everybody's, the second is the bot's
	away  bool          // whether the bot is no member
}

type discordRole struct {
	id, name    string
	permissions int64
	mentionable bool
}

// A discordChannel is any place where messages stand, or a forum, where only
// threads stand.
type discordChannel struct {
	id, guild  string // no guild in a direct message or a private channel
	kind       int
	name       string
	parent     string             // of a thread
	overwrites []discordOverwrite // of a thread they are its parent's
	tags       []DiscordTag       // that a forum offers
	applied    []string           // ids of the tags of a thread in a forum
	requireTag bool               // whether a thread in this forum must have one
	archived   bool               // a thread
	locked     bool               // a thread
	refusal    *discordError      // to every request; nil while the channel is open
	messages   []*DiscordMessage  // oldest first
	window     time.Time          // when the current interval of the rate began
	used       int                // posts in that interval
	published  []time.Time        // when messages were published to followers
}

type discordOverwrite struct {
	who         string // id of a role or a user
	allow, deny int64
}

// A DiscordTag is what a thread in a forum can be filed under.
type DiscordTag struct {
	ID   string
	Name string
}

// NewChannel returns the id of a new text channel of the server.
func (d *Discord) NewChannel() string { return d.newChannel(discordChannel{guild: d.Guild}) }

// NewDM returns the id of a new channel for direct messages with the bot.
func (d *Discord) NewDM() string { return d.newChannel(discordChannel{kind: kindDM}) }

// NewPrivate returns the id of a channel between two people, one of whom has
// the app installed for herself. The bot is not there: all it can do is to
// answer interactions.
func (d *Discord) NewPrivate() string { return d.newChannel(discordChannel{kind: kindPrivate}) }

// NewAnnouncement returns the id of a new channel of the server whose messages
// can be published to the channels that follow it.
func (d *Discord) NewAnnouncement() string {
	return d.newChannel(discordChannel{guild: d.Guild, kind: kindAnnouncement})
}

// NewForum returns the id of a new forum of the server and its tags, which
// have these names. With requireTag, a thread must have at least one of them.
func (d *Discord) NewForum(requireTag bool, names ...string) (string, []DiscordTag) {
	var tags []DiscordTag
	for _, name := range names {
		tags = append(tags, DiscordTag{d.newID(), name})
	}
	return d.newChannel(discordChannel{guild: d.Guild, kind: kindForum, tags: tags, requireTag: requireTag}), tags
}

// NewThread returns the id of a new thread in a channel of the server.
func (d *Discord) NewThread(channel string) string {
	return d.newChannel(discordChannel{guild: d.Guild, kind: kindThread, parent: channel})
}

// NewGuild returns another server that the bot is a member of, and a channel
// of it.
func (d *Discord) NewGuild() (guild, channel string) { return d.anotherGuild(false) }

// NewForeign returns a channel of a server that the bot is no member of, but
// where somebody has brought the app along.
func (d *Discord) NewForeign() (channel string) {
	_, channel = d.anotherGuild(true)
	return channel
}

func (d *Discord) anotherGuild(away bool) (guild, channel string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := d.newGuild(d.nextID())
	g.away = true // as long as it is made
	d.guilds[g.id] = g
	c := d.place(discordChannel{guild: g.id})
	if g.away = away; !away {
		d.tell("GUILD_CREATE", d.guildEvent(g), g.id, intentGuilds)
	}
	return g.id, c.id
}

// newGuild returns a server with a role for everybody and one for the bot.
// The caller holds mu.
func (d *Discord) newGuild(id string) *discordGuild {
	return &discordGuild{id: id, roles: []discordRole{
		{id: id, name: "@everyone", permissions: permEverybody},
		{id: d.nextID(), name: "Rapporteur"},
	}}
}

// newChannel returns the id of a channel that is like c.
func (d *Discord) newChannel(c discordChannel) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.place(c).id
}

// place makes a channel that is like c, and tells the bot of it. The caller
// holds mu.
func (d *Discord) place(c discordChannel) *discordChannel {
	c.id = d.nextID()
	if c.guild != "" && c.name == "" {
		c.name = "channel-" + c.id[len(c.id)-6:]
	}
	d.channels[c.id] = &c
	d.tellChannel(&c, "CREATE")
	return &c
}

// tellChannel tells the bot that something happened to a channel of a server.
// The caller holds mu.
func (d *Discord) tellChannel(c *discordChannel, what string) {
	if c.guild == "" || d.guilds[c.guild].away || len(d.gateway.sessions) == 0 {
		return
	}
	kind := "CHANNEL_"
	if c.kind == kindThread {
		kind = "THREAD_"
	}
	d.tell(kind+what, d.described(c), c.guild, intentGuilds)
}

// NewRole returns the id of a new role of the server, which can be mentioned
// by all or only by those who may mention everybody.
func (d *Discord) NewRole(name string, mentionable bool) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := d.guilds[d.Guild]
	g.roles = append(g.roles, discordRole{id: d.nextID(), name: name, mentionable: mentionable})
	return g.roles[len(g.roles)-1].id
}

// NewUser returns the id of a person who may ask.
func (d *Discord) NewUser() string { return d.newID() }

// NewAdmin returns the id of a person who may ask, and manage every server.
func (d *Discord) NewAdmin() string {
	id := d.newID()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.admins[id] = true
	return id
}

// Archive sets whether a thread is archived and whether it is locked.
func (d *Discord) Archive(thread string, archived, locked bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.channels[thread]
	c.archived, c.locked = archived, locked
	d.tellChannel(c, "UPDATE")
}

// Threads returns the ids of the threads in a channel, oldest first.
func (d *Discord) Threads(channel string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for _, c := range d.sorted() {
		if c.parent == channel {
			all = append(all, c.id)
		}
	}
	return all
}

// ThreadTitle returns the name of a thread and the names of its tags.
func (d *Discord) ThreadTitle(thread string) (name string, tags []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.channels[thread]
	for _, tag := range d.channels[c.parent].tags {
		if slices.Contains(c.applied, tag.ID) {
			tags = append(tags, tag.Name)
		}
	}
	return c.name, tags
}

// sorted returns all channels, oldest first. The caller holds mu.
func (d *Discord) sorted() []*discordChannel {
	var all []*discordChannel
	for _, c := range d.channels {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *discordChannel) int {
		if len(a.id) != len(b.id) {
			return len(a.id) - len(b.id)
		}
		if a.id < b.id {
			return -1
		}
		return 1
	})
	return all
}
