package bottest

import (
	"net/http"
)

// described returns a channel in Discord's words. The caller holds mu.
func (d *Discord) described(c *discordChannel) map[string]any {
	said := map[string]any{"id": c.id, "type": c.kind, "name": c.name, "flags": 0}
	if n := len(c.messages); n > 0 {
		said["last_message_id"] = c.messages[n-1].ID
	}
	switch c.kind {
	case kindDM, kindPrivate:
		said["name"], said["recipients"] = nil, []any{}
		return said
	case kindThread:
		said["guild_id"], said["parent_id"], said["owner_id"] = c.guild, c.parent, d.App
		said["applied_tags"] = append([]string{}, c.applied...)
		said["message_count"], said["member_count"], said["total_message_sent"], said["rate_limit_per_user"] = len(c.messages), 1, len(c.messages), 0
		said["thread_metadata"] = map[string]any{"archived": c.archived, "locked": c.locked, "auto_archive_duration": 4320,
			"archive_timestamp": "2026-01-01T00:00:00+00:00", "create_timestamp": "2026-01-01T00:00:00+00:00"}
		return said
	}
	said["guild_id"], said["position"], said["nsfw"], said["parent_id"], said["topic"], said["rate_limit_per_user"] = c.guild, 0, false, nil, nil, 0
	said["permission_overwrites"] = d.overwrites(c)
	if c.kind == kindForum {
		d.describeForum(c, said)
	}
	return said
}

func (d *Discord) describeForum(c *discordChannel, said map[string]any) {
	tags := []any{}
	for _, tag := range c.tags {
		tags = append(tags, map[string]any{"id": tag.ID, "name": tag.Name, "moderated": false, "emoji_id": nil, "emoji_name": nil})
	}
	said["available_tags"], said["default_reaction_emoji"], said["default_sort_order"], said["default_forum_layout"] = tags, nil, nil, 0
	if c.requireTag {
		said["flags"] = 1 << 4
	}
}

func (d *Discord) overwrites(c *discordChannel) []any {
	all := []any{}
	for _, o := range c.overwrites {
		kind := 1
		for _, r := range d.guilds[c.guild].roles {
			if r.id == o.who {
				kind = 0
			}
		}
		all = append(all, map[string]any{"id": o.who, "type": kind, "allow": permissionBits(o.allow), "deny": permissionBits(o.deny)})
	}
	return all
}

// member returns a server that the bot is a member of. The caller holds mu.
func (d *Discord) member(id string) (*discordGuild, *discordError) {
	g := d.guilds[id]
	if g == nil || g.away {
		return nil, &discordError{http.StatusNotFound, codeUnknownGuild, "Unknown Guild"}
	}
	return g, nil
}

func (d *Discord) getChannel(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, refusal := d.open(r.PathValue("channel_id"))
	if refusal != nil {
		return nil, refusal
	}
	return d.described(c), nil
}

func (d *Discord) getGuild(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, refusal := d.member(r.PathValue("guild_id"))
	if refusal != nil {
		return nil, refusal
	}
	return d.guild(g), nil
}

func (d *Discord) getGuildChannels(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, refusal := d.member(r.PathValue("guild_id"))
	if refusal != nil {
		return nil, refusal
	}
	return d.channelsOf(g), nil
}

func (d *Discord) getRoles(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, refusal := d.member(r.PathValue("guild_id"))
	if refusal != nil {
		return nil, refusal
	}
	return g.described(), nil
}

// getMember returns the bot as a member of a server. Of others the fake knows
// nothing.
func (d *Discord) getMember(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, refusal := d.member(r.PathValue("guild_id"))
	switch {
	case refusal != nil:
		return nil, refusal
	case r.PathValue("user_id") != d.App:
		return nil, &discordError{http.StatusNotFound, codeUnknownMember, "Unknown Member"}
	}
	m := memberOf(d.bot(), g.roles[1].id)
	delete(m, "permissions")
	return m, nil
}

// memberOf returns a user as a member of a server.
func memberOf(user DiscordUser, roles ...string) map[string]any {
	return map[string]any{"user": user, "roles": append([]string{}, roles...), "deaf": false, "mute": false,
		"joined_at": "2026-01-01T00:00:00Z", "flags": 0}
}

// described returns the roles of g in Discord's words.
func (g *discordGuild) described() []any {
	roles := []any{}
	for i, r := range g.roles {
		roles = append(roles, map[string]any{"id": r.id, "name": r.name, "permissions": permissionBits(r.permissions), "position": i,
			"color": 0, "colors": map[string]any{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
			"hoist": false, "managed": i == 1, "mentionable": r.mentionable, "flags": 0})
	}
	return roles
}

// channelsOf returns the channels of g that are no threads. The caller holds
// mu.
func (d *Discord) channelsOf(g *discordGuild) []any {
	channels := []any{}
	for _, c := range d.sorted() {
		if c.guild == g.id && c.kind != kindThread && c.refusal == nil {
			channels = append(channels, d.described(c))
		}
	}
	return channels
}

// guild returns a server as the REST interface describes it. The caller holds
// mu.
func (d *Discord) guild(g *discordGuild) map[string]any {
	said := map[string]any{"id": g.id, "name": "A server", "roles": g.described(), "owner_id": "1000000000000000000",
		"features": []any{}, "emojis": []any{}, "preferred_locale": "en-US", "premium_progress_bar_enabled": false, "afk_timeout": 300}
	for _, name := range []string{"default_message_notifications", "explicit_content_filter", "mfa_level", "nsfw_level",
		"premium_tier", "system_channel_flags", "verification_level"} {
		said[name] = 0
	}
	for _, name := range []string{"afk_channel_id", "application_id", "banner", "description", "discovery_splash", "hub_type", "icon",
		"incidents_data", "public_updates_channel_id", "rules_channel_id", "safety_alerts_channel_id", "splash", "system_channel_id", "vanity_url_code"} {
		said[name] = nil
	}
	return said
}

// guildEvent returns a server as the gateway describes it when the bot comes.
// The caller holds mu.
func (d *Discord) guildEvent(g *discordGuild) map[string]any {
	said := d.guild(g)
	said["channels"], said["members"] = d.channelsOf(g), []any{memberOf(d.bot(), g.roles[1].id)}
	said["threads"] = d.list(func(c *discordChannel) bool { return c.guild == g.id && !c.archived })["threads"]
	said["joined_at"], said["large"], said["member_count"] = "2026-01-01T00:00:00Z", false, 2
	for _, name := range []string{"voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"} {
		said[name] = []any{}
	}
	return said
}
