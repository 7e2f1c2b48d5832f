package bottest

import (
	"net/http"
	"slices"
)

// createThread makes a thread in a forum, with its first message.
func (d *Discord) createThread(r *http.Request, body []byte) (any, *discordError) {
	var asked struct {
		Name    string       `json:"name"`
		Archive int          `json:"auto_archive_duration"`
		Slow    int          `json:"rate_limit_per_user"`
		Tags    []string     `json:"applied_tags"`
		Message *discordPost `json:"message"`
	}
	if refusal := decode(body, &asked); refusal != nil {
		return nil, refusal
	}
	before, after := d.hooks()
	before()
	d.mu.Lock()
	forum, refusal := d.open(r.PathValue("channel_id"))
	if refusal == nil {
		refusal = d.threadable(forum, asked.Name, asked.Tags, asked.Message)
	}
	if refusal != nil {
		d.mu.Unlock()
		return nil, refusal
	}
	c, m := d.startThread(forum, asked.Name, asked.Tags, asked.Message)
	made := d.described(c)
	d.mu.Unlock()
	after()
	d.mu.Lock()
	d.tellChannel(c, "CREATE")
	d.tellCreated("MESSAGE_CREATE", m)
	d.mu.Unlock()
	answer := discordCreated{"message": m}
	for name, value := range made {
		answer[name] = value
	}
	return answer, nil
}

// threadable returns why there can be no such thread in a forum, or nil. The
// caller holds mu.
func (d *Discord) threadable(forum *discordChannel, name string, tags []string, p *discordPost) *discordError {
	offers := func(id string) bool {
		return slices.ContainsFunc(forum.tags, func(t DiscordTag) bool { return t.ID == id })
	}
	switch {
	case forum.kind != kindForum:
		return &wrongKind
	case units(name) < 1 || units(name) > 100:
		return invalidForm("name: must be between 1 and 100 in length")
	case p == nil:
		return invalidForm("message: is required")
	case len(tags) > 5:
		return invalidForm("applied_tags: must be 5 or fewer in length")
	case slices.ContainsFunc(tags, func(id string) bool { return !offers(id) }):
		return invalidForm("applied_tags: no such tag")
	case forum.requireTag && len(tags) == 0:
		return &discordError{http.StatusBadRequest, codeTagRequired, "A tag is required to create a forum post in this channel"}
	case d.may(d.App, forum)&permSend == 0, len(p.Embeds) > 0 && d.may(d.App, forum)&permEmbed == 0:
		return &missingPermission
	}
	if refusal := p.refuse(propertiesThread, flagsPost); refusal != nil {
		return refusal
	}
	return d.rate(forum)
}

// startThread makes a thread. The first message has the id of the thread. The
// caller holds mu.
func (d *Discord) startThread(forum *discordChannel, name string, tags []string, p *discordPost) (*discordChannel, DiscordMessage) {
	c := &discordChannel{id: d.nextID(), guild: forum.guild, kind: kindThread, name: name, parent: forum.id, applied: tags}
	d.channels[c.id] = c
	m := d.message(c.id, c.id, p)
	c.messages = append(c.messages, m)
	d.pings += p.pings()
	return c, *m
}

// activeThreads returns the threads of a server that are not archived.
func (d *Discord) activeThreads(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, refusal := d.member(r.PathValue("guild_id")); refusal != nil {
		return nil, refusal
	}
	list := d.list(func(c *discordChannel) bool { return c.guild == r.PathValue("guild_id") && !c.archived })
	delete(list, "has_more")
	return list, nil
}

// archivedThreads returns the archived threads of a channel.
func (d *Discord) archivedThreads(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	parent, refusal := d.open(r.PathValue("channel_id"))
	switch {
	case refusal != nil:
		return nil, refusal
	case d.may(d.App, parent)&permHistory == 0:
		return nil, &missingAccess
	}
	return d.list(func(c *discordChannel) bool { return c.parent == parent.id && c.archived }), nil
}

// list returns the threads that the bot may see and that are wanted, newest
// first. The caller holds mu.
func (d *Discord) list(wanted func(*discordChannel) bool) map[string]any {
	threads := []any{}
	for _, c := range slices.Backward(d.sorted()) {
		if c.kind == kindThread && wanted(c) && c.refusal == nil && d.may(d.App, c)&permView != 0 {
			threads = append(threads, d.described(c))
		}
	}
	return map[string]any{"threads": threads, "members": []any{}, "has_more": false}
}
