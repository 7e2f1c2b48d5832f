package bottest

import (
	"errors"
	"net/http"
	"slices"
	"time"
)

// A discordPrivate is a message that one person sees.
type discordPrivate struct {
	message *DiscordMessage
	user    string
}

// Ephemeral returns the messages that only this person sees, oldest first.
func (d *Discord) Ephemeral(user string) []DiscordMessage {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []DiscordMessage
	for _, p := range d.private {
		if p.user == user {
			all = append(all, *p.message)
		}
	}
	slices.SortFunc(all, func(a, b DiscordMessage) int { return a.Timestamp.Compare(b.Timestamp) })
	return all
}

// ExpireTokens has all interactions so far be older than the 15 minutes in
// which they can be answered: their webhooks answer with 401 and 50027.
func (d *Discord) ExpireTokens() {
	d.endHooks(&discordError{http.StatusUnauthorized, codeInvalidHook, "Invalid Webhook Token"})
}

// DeleteWebhooks has the webhooks of all interactions so far be unknown:
// they answer with 404 and 10015.
func (d *Discord) DeleteWebhooks() { d.endHooks(&unknownWebhook) }

func (d *Discord) endHooks(refusal *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, i := range d.interactions {
		i.gone = refusal
	}
}

var (
	unknownWebhook = discordError{http.StatusNotFound, codeUnknownWebhook, "Unknown Webhook"}
	unknownMessage = discordError{http.StatusNotFound, codeUnknownMessage, "Unknown Message"}
)

// said returns p as a message that answers i. The caller holds mu.
func (d *Discord) said(i *discordInteraction, p *discordPost) *DiscordMessage {
	m := d.message(d.nextID(), i.channel, p)
	m.WebhookID, m.ApplicationID = d.App, d.App
	if i.private {
		m.Flags |= flagEphemeral
	}
	d.pings += p.pings()
	if m.Flags&flagEphemeral != 0 {
		d.private[m.ID] = discordPrivate{m, i.user}
		return m
	}
	c := d.channels[i.channel]
	c.messages = append(c.messages, m)
	if !i.foreign && c.kind != kindPrivate {
		d.tellCreated("MESSAGE_CREATE", *m)
	}
	return m
}

// give sends the answer to who asked, once. The caller holds mu.
func (d *Discord) give(i *discordInteraction, m *DiscordMessage) {
	if i.given {
		return
	}
	i.given = true
	a := DiscordAnswer{Ack: i.ack, Deferred: i.deferred, Private: i.private}
	if m == nil {
		a.Err = errors.New("the answer was deleted")
	} else {
		a.Message, a.Shown, a.Updated = *m, m.Shown(), m == i.pressed
		a.Private = m.Flags&flagEphemeral != 0
	}
	i.answer <- a
}

// hooked returns the interaction that a request for its webhook is about. The
// caller holds mu.
func (d *Discord) hooked(r *http.Request) (*discordInteraction, *discordError) {
	i := d.interactions[r.PathValue("webhook_token")]
	switch {
	case i == nil || i.ack == 0 || i.kind == interactionComplete || r.PathValue("webhook_id") != d.App:
		return nil, &unknownWebhook
	case i.gone != nil:
		return nil, i.gone
	case time.Since(i.came) > answerWithin:
		return nil, &discordError{http.StatusUnauthorized, codeInvalidHook, "Invalid Webhook Token"}
	}
	return i, nil
}

// hookedMessage returns the message that a request for a webhook is about: the
// original answer, or one that followed. It is nil while i is deferred. The
// caller holds mu.
func (d *Discord) hookedMessage(r *http.Request) (*discordInteraction, *DiscordMessage, *discordError) {
	i, refusal := d.hooked(r)
	if refusal != nil {
		return nil, nil, refusal
	}
	id := r.PathValue("message_id")
	switch {
	case id == "" && i.original != nil:
		return i, i.original, nil
	case id == "" && i.thinking:
		return i, nil, nil
	case id == "":
		return nil, nil, &unknownMessage
	}
	for _, m := range append(i.more, i.original) {
		if m != nil && m.ID == id {
			return i, m, nil
		}
	}
	return nil, nil, &unknownMessage
}

func (d *Discord) getHooked(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, m, refusal := d.hookedMessage(r)
	switch {
	case refusal != nil:
		return nil, refusal
	case m == nil:
		return nil, &unknownMessage
	}
	return bare(m), nil
}

func (d *Discord) editHooked(r *http.Request, body []byte) (any, *discordError) {
	var p discordPost
	if refusal := decode(body, &p); refusal != nil {
		return nil, refusal
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	i, m, refusal := d.hookedMessage(r)
	if refusal != nil {
		return nil, refusal
	}
	if m == nil {
		if refusal := p.refuse(propertiesRehook, flagsEdit); refusal != nil {
			return nil, refusal
		}
		m = d.said(i, &p)
		i.original, i.thinking = m, false
	} else if refusal := d.edit(m, &p, propertiesRehook); refusal != nil {
		return nil, refusal
	}
	d.give(i, m)
	return bare(m), nil
}

func (d *Discord) deleteHooked(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i, m, refusal := d.hookedMessage(r)
	if refusal != nil {
		return nil, refusal
	}
	if m != nil {
		d.remove(m)
	}
	i.more = slices.DeleteFunc(i.more, func(other *DiscordMessage) bool { return other == m })
	if m == i.original {
		i.original, i.thinking = nil, false
	}
	return nil, nil
}

// followUp takes one more message. The first one after a deferral that was not
// deleted is the answer, as private as that.
func (d *Discord) followUp(r *http.Request, body []byte) (any, *discordError) {
	var p discordPost
	if refusal := decode(body, &p); refusal != nil {
		return nil, refusal
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	i, refusal := d.hooked(r)
	if refusal != nil {
		return nil, refusal
	}
	if refusal := p.refuse(propertiesHook, flagsReply); refusal != nil {
		return nil, refusal
	}
	if i.foreign && len(i.more) >= maxForeign {
		return nil, &discordError{http.StatusBadRequest, codeTooManyMore, "Maximum number of follow-up messages reached"}
	}
	if !i.thinking {
		i.private = p.Flags&flagEphemeral != 0
	}
	m := d.said(i, &p)
	if i.thinking {
		i.original, i.thinking = m, false
	} else {
		i.more = append(i.more, m)
	}
	d.give(i, m)
	return *m, nil
}
