package bottest

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Limits of publishing to the channels that follow one.
const (
	maxPublished = 10
	publishedPer = time.Hour
)

// getMessages returns the newest messages of a channel first. They come
// without the nonce. Who may not read the past gets none.
func (d *Discord) getMessages(r *http.Request, _ []byte) (any, *discordError) {
	limit := 50
	if s := r.URL.Query().Get("limit"); s != "" {
		var err error
		if limit, err = strconv.Atoi(s); err != nil || limit < 1 || limit > 100 {
			return nil, invalidForm("limit: int value should be between 1 and 100")
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	c, refusal := d.open(r.PathValue("channel_id"))
	switch {
	case refusal != nil:
		return nil, refusal
	case c.kind == kindForum:
		return nil, &wrongKind
	}
	newest := []DiscordMessage{}
	for _, m := range slices.Backward(c.messages) {
		if len(newest) == limit || d.may(d.App, c)&permHistory == 0 {
			break
		}
		newest = append(newest, bare(m))
	}
	return newest, nil
}

// bare returns m as it is read later, without the nonce.
func bare(m *DiscordMessage) DiscordMessage {
	b := *m
	b.Nonce = nil
	return b
}

// find returns the message that a request is about, and its channel. The
// caller holds mu.
func (d *Discord) find(r *http.Request) (*discordChannel, *DiscordMessage, *discordError) {
	c, refusal := d.open(r.PathValue("channel_id"))
	if refusal != nil {
		return nil, nil, refusal
	}
	at := slices.IndexFunc(c.messages, func(m *DiscordMessage) bool { return m.ID == r.PathValue("message_id") })
	if at < 0 {
		return nil, nil, &unknownMessage
	}
	return c, c.messages[at], nil
}

func (d *Discord) getMessage(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, m, refusal := d.find(r)
	switch {
	case refusal != nil:
		return nil, refusal
	case d.may(d.App, c)&permHistory == 0:
		return nil, &missingAccess
	}
	return bare(m), nil
}

// editMessage changes one of the bot's messages.
func (d *Discord) editMessage(r *http.Request, body []byte) (any, *discordError) {
	var p discordPost
	if refusal := decode(body, &p); refusal != nil {
		return nil, refusal
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	c, m, refusal := d.find(r)
	switch {
	case refusal != nil:
		return nil, refusal
	case m.Author.ID != d.App:
		return nil, &discordError{http.StatusForbidden, codeNotTheAuthor, "Cannot edit a message authored by another user"}
	case c.archived:
		return nil, &threadArchived
	}
	if refusal := d.edit(m, &p, propertiesEdit); refusal != nil {
		return nil, refusal
	}
	return bare(m), nil
}

// edit changes m, unless Discord refuses that. The caller holds mu.
func (d *Discord) edit(m *DiscordMessage, p *discordPost, properties []string) *discordError {
	whole, refusal := p.over(m)
	if refusal != nil {
		return refusal
	}
	if refusal := whole.refuse(properties, flagsEdit|m.Flags); refusal != nil {
		return refusal
	}
	now := time.Now().UTC()
	d.fill(m, whole)
	m.Edited = &now
	d.pings += p.pings()
	if m.Flags&flagEphemeral == 0 {
		d.tellCreated("MESSAGE_UPDATE", bare(m))
	}
	return nil
}

// deleteMessage removes one of the bot's messages, or one of others where the
// bot may do that.
func (d *Discord) deleteMessage(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, m, refusal := d.find(r)
	switch {
	case refusal != nil:
		return nil, refusal
	case m.Author.ID != d.App && d.may(d.App, c)&permManageMessages == 0:
		return nil, &missingPermission
	}
	d.remove(m)
	return nil, nil
}

// remove takes m away from where it stands. The caller holds mu.
func (d *Discord) remove(m *DiscordMessage) {
	c := d.channels[m.ChannelID]
	c.messages = slices.DeleteFunc(c.messages, func(other *DiscordMessage) bool { return other == m })
	delete(d.private, m.ID)
}

// publish sends a message to the channels that follow its own.
func (d *Discord) publish(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, m, refusal := d.find(r)
	needs := int64(permSend)
	if m != nil && m.Author.ID != d.App {
		needs = permManageMessages
	}
	switch {
	case refusal != nil:
		return nil, refusal
	case c.kind != kindAnnouncement:
		return nil, &wrongKind
	case d.may(d.App, c)&needs == 0:
		return nil, &missingPermission
	case m.Flags&flagCrossposted != 0:
		return nil, &discordError{http.StatusBadRequest, codeCrossposted, "This message was already crossposted"}
	}
	c.published = slices.DeleteFunc(c.published, func(at time.Time) bool { return time.Since(at) > publishedPer })
	if len(c.published) >= maxPublished {
		d.rateRefusals++
		return nil, &discordError{http.StatusTooManyRequests, 0, "You are being rate limited."}
	}
	c.published = append(c.published, time.Now())
	m.Flags |= flagCrossposted
	return bare(m), nil
}

// Published reports whether m was sent to the channels that follow its own.
func (m DiscordMessage) Published() bool { return m.Flags&flagCrossposted != 0 }
