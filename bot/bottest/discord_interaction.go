package bottest

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"time"
)

// Discord's patience with whoever is asked.
const (
	ackWithin    = 3 * time.Second
	answerWithin = 15 * time.Minute
)

// A DiscordAnswer is what somebody got for a slash command.
type DiscordAnswer struct {
	Ack      time.Duration // from the command to the acknowledgement
	Deferred bool          // whether the answer came later than the acknowledgement
	Private  bool          // whether only that person sees it
	Shown    string        // what is seen of it
	Message  DiscordMessage
	Err      error // why there is no answer
}

// A DiscordAsk is a slash command under way.
type DiscordAsk struct {
	Acked  <-chan struct{}      // closed when the command is acknowledged
	Answer <-chan DiscordAnswer // gets the answer
}

// A discordInteraction is a slash command as the fake follows it.
type discordInteraction struct {
	id, token, channel string
	came               time.Time
	ack                time.Duration // 0 until it is acknowledged
	deferred, private  bool
	thinking           bool            // whether it is deferred, and neither answered nor deleted yet
	original           *DiscordMessage // the answer; nil before it is given and once it is deleted
	given              bool            // whether answer has been sent to
	acked              chan struct{}
	answer             chan DiscordAnswer
}

// Begin types a slash command with its options in a channel. A command that is
// not registered or options that do not fit it cannot be typed: the answer is
// an error then. Without an acknowledgement within 3 s it is one as well.
func (d *Discord) Begin(command string, options map[string]any, channel, user string) DiscordAsk {
	d.mu.Lock()
	i := &discordInteraction{id: d.nextID(), token: "aW50ZXJ" + rand.Text() + rand.Text(), channel: channel, came: time.Now(),
		acked: make(chan struct{}), answer: make(chan DiscordAnswer, 1)}
	event, err := d.interactionEvent(i, command, options, user)
	if err == nil {
		d.interactions[i.token] = i
		d.secrets = append(d.secrets, i.token)
	}
	d.mu.Unlock()
	if err != nil {
		i.answer <- DiscordAnswer{Err: err}
		return DiscordAsk{i.acked, i.answer}
	}
	time.AfterFunc(ackWithin, func() { d.giveUp(i) })
	d.dispatch("INTERACTION_CREATE", event, nil)
	return DiscordAsk{i.acked, i.answer}
}

// Slash types a slash command as Begin does and waits for the answer.
func (d *Discord) Slash(command string, options map[string]any, channel, user string) DiscordAnswer {
	select {
	case a := <-d.Begin(command, options, channel, user).Answer:
		return a
	case <-time.After(time.Minute):
		return DiscordAnswer{Err: errors.New("acknowledged, but never answered")}
	}
}

// giveUp tells who asked that the application did not respond, unless it did.
func (d *Discord) giveUp(i *discordInteraction) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if i.ack == 0 && !i.given {
		i.given = true
		i.answer <- DiscordAnswer{Err: errors.New("the application did not respond")}
	}
}

// interactionEvent returns what the gateway sends for a slash command. The
// caller holds mu.
func (d *Discord) interactionEvent(i *discordInteraction, command string, options map[string]any, user string) (map[string]any, error) {
	at := slices.IndexFunc(d.commands, func(c discordCommand) bool { return c["name"] == command })
	if at < 0 {
		return nil, errors.New("no such command: /" + command)
	}
	typed, err := d.commands[at].typed(options)
	if err != nil {
		return nil, err
	}
	c := d.channels[i.channel]
	person := discordPerson(user)
	event := map[string]any{
		"id": i.id, "application_id": d.App, "type": 2, "token": i.token, "version": 1,
		"channel_id": c.id, "channel": map[string]any{"id": c.id, "type": 0},
		"app_permissions": "2147568640", "locale": "en-US", "entitlements": []any{}, "attachment_size_limit": 10485760,
		"authorizing_integration_owners": map[string]string{"0": c.guild}, "context": 1,
		"data": map[string]any{"id": d.commands[at]["id"], "name": command, "type": 1, "options": typed},
	}
	if c.guild == "" {
		event["user"] = person
		return event, nil
	}
	event["guild_id"], event["context"], event["guild_locale"] = c.guild, 0, "en-US"
	event["member"] = map[string]any{"user": person, "roles": []any{}, "permissions": "2147568640", "deaf": false, "mute": false,
		"joined_at": "2026-01-01T00:00:00Z", "flags": 0}
	return event, nil
}

// typed returns the options as Discord sends them, or why they do not fit.
func (c discordCommand) typed(options map[string]any) ([]any, error) {
	typed, used := []any{}, 0
	for _, o := range c.options() {
		name := o["name"].(string)
		value, given := options[name]
		switch required, _ := o["required"].(bool); {
		case !given && required:
			return nil, errors.New("the option " + name + " is required")
		case !given:
			continue
		}
		if text, is := value.(string); is {
			if most, limited := o["max_length"].(float64); limited && units(text) > int(most) {
				return nil, errors.New("the option " + name + " is too long")
			}
		}
		used++
		typed = append(typed, map[string]any{"name": name, "type": o["type"], "value": value})
	}
	if used != len(options) {
		return nil, errors.New("an option that the command does not have")
	}
	return typed, nil
}

func discordPerson(id string) DiscordUser {
	return DiscordUser{ID: id, Username: "user" + id[len(id)-6:], Discriminator: "0"}
}

// callback takes the first response to an interaction.
func (d *Discord) callback(r *http.Request, body []byte) (any, *discordError) {
	var response struct {
		Type int          `json:"type"`
		Data *discordPost `json:"data"`
	}
	if refusal := decode(body, &response); refusal != nil {
		return nil, refusal
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.interactions[r.PathValue("interaction_token")]
	switch {
	case i == nil || i.id != r.PathValue("interaction_id") || i.ack == 0 && time.Since(i.came) > ackWithin:
		return nil, &discordError{http.StatusNotFound, codeUnknownInteraction, "Unknown interaction"}
	case i.ack > 0:
		return nil, &discordError{http.StatusBadRequest, codeAcknowledged, "Interaction has already been acknowledged."}
	}
	if response.Data == nil {
		response.Data = &discordPost{}
	}
	switch response.Type {
	case 4:
		if refusal := response.Data.refuse(); refusal != nil {
			return nil, refusal
		}
	case 5:
		i.deferred, i.thinking = true, true
	default:
		return nil, invalidForm("type: not a response to a command that the fake knows")
	}
	i.ack, i.private = time.Since(i.came), response.Data.Flags&flagEphemeral != 0
	close(i.acked)
	if !i.deferred {
		d.show(i, response.Data)
	}
	return nil, nil
}

// show makes p the answer to i. The caller holds mu.
func (d *Discord) show(i *discordInteraction, p *discordPost) {
	i.original = d.message(d.nextID(), i.channel, p)
	i.original.WebhookID, i.thinking = d.App, false
	d.pings += p.pings()
	if !i.private {
		c := d.channels[i.channel]
		c.messages = append(c.messages, i.original)
	}
	d.give(i)
}

// give sends the answer to who asked, once. The caller holds mu.
func (d *Discord) give(i *discordInteraction) {
	if i.given {
		return
	}
	i.given = true
	a := DiscordAnswer{Ack: i.ack, Deferred: i.deferred, Private: i.private}
	if i.original == nil {
		a.Err = errors.New("the answer was deleted")
	} else {
		a.Message, a.Shown = *i.original, i.original.Shown()
	}
	i.answer <- a
}

// hooked returns the interaction that a request for its webhook is about. The
// caller holds mu.
func (d *Discord) hooked(r *http.Request) (*discordInteraction, *discordError) {
	i := d.interactions[r.PathValue("webhook_token")]
	if i == nil || i.ack == 0 || r.PathValue("webhook_id") != d.App || time.Since(i.came) > answerWithin {
		return nil, &discordError{http.StatusNotFound, codeUnknownWebhook, "Unknown Webhook"}
	}
	return i, nil
}

var unknownMessage = discordError{http.StatusNotFound, codeUnknownMessage, "Unknown Message"}

func (d *Discord) getOriginal(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i, refusal := d.hooked(r)
	if refusal != nil {
		return nil, refusal
	}
	if i.original == nil {
		return nil, &unknownMessage
	}
	return *i.original, nil
}

func (d *Discord) editOriginal(r *http.Request, body []byte) (any, *discordError) {
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
	if refusal := p.refuse(); refusal != nil {
		return nil, refusal
	}
	switch {
	case i.thinking:
		d.show(i, &p)
	case i.original == nil:
		return nil, &unknownMessage
	default:
		i.original.fill(&p)
	}
	return *i.original, nil
}

func (d *Discord) deleteOriginal(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i, refusal := d.hooked(r)
	if refusal != nil {
		return nil, refusal
	}
	if i.original == nil && !i.thinking {
		return nil, &unknownMessage
	}
	if c := d.channels[i.channel]; i.original != nil {
		c.messages = slices.DeleteFunc(c.messages, func(m *DiscordMessage) bool { return m == i.original })
	}
	i.original, i.thinking = nil, false
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
	if refusal := p.refuse(); refusal != nil {
		return nil, refusal
	}
	if !i.thinking {
		i.private = p.Flags&flagEphemeral != 0
	}
	d.show(i, &p)
	return *i.original, nil
}
