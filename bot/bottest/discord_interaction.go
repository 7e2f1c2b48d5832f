package bottest

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// answerWithin is how long an interaction can be answered.
const answerWithin = 15 * time.Minute

// Kinds of interactions, and of the first response to one.
const (
	interactionCommand   = 2
	interactionComponent = 3
	interactionComplete  = 4

	respondMessage  = 4
	respondDeferred = 5
	respondLater    = 6 // the pressed message is changed later, or not at all
	respondUpdate   = 7
	respondChoices  = 8
)

// maxForeign is how many messages may follow where the app is not installed
// but brought along.
const maxForeign = 5

// A DiscordAnswer is what somebody got for a command or a press.
type DiscordAnswer struct {
	Ack      time.Duration // from the command to the acknowledgement
	Deferred bool          // whether the answer came later than the acknowledgement
	Private  bool          // whether only that person sees it
	Updated  bool          // whether it stands in the place of the message that was pressed
	Shown    string        // what is seen of it
	Message  DiscordMessage
	Err      error // why there is no answer
}

// A DiscordAsk is a command or a press under way.
type DiscordAsk struct {
	Acked  <-chan struct{}      // closed when it is acknowledged
	Answer <-chan DiscordAnswer // gets the answer
}

// A discordInteraction is a command or a press as the fake follows it.
type discordInteraction struct {
	id, token, channel, user string
	kind                     int
	foreign                  bool // whether the app is not installed where it happens
	came                     time.Time
	late                     *time.Timer   // until it is given up
	ack                      time.Duration // 0 until it is acknowledged
	deferred, private        bool
	thinking                 bool            // whether it is deferred, and neither answered nor deleted yet
	pressed                  *DiscordMessage // whose component was pressed
	original                 *DiscordMessage // the answer; nil before it is given and once it is deleted
	more                     []*DiscordMessage
	given                    bool          // whether answer has been sent to
	gone                     *discordError // what its webhook answers from now on; nil while it works
	acked                    chan struct{}
	answer                   chan DiscordAnswer
	completing               map[string]any      // the option that is being completed
	choices                  chan DiscordChoices // gets what is offered
}

// newInteraction returns an interaction that begins now. The caller holds mu.
func (d *Discord) newInteraction(kind int, channel, user string) *discordInteraction {
	return &discordInteraction{id: d.nextID(), token: "aW50ZXJ" + rand.Text() + rand.Text(), kind: kind, channel: channel, user: user,
		came: time.Now(), acked: make(chan struct{}), answer: make(chan DiscordAnswer, 1), choices: make(chan DiscordChoices, 1)}
}

// begin gives the bot an interaction, of which event says what is particular
// to its kind, unless err says why there can be none. The caller holds mu.
func (d *Discord) begin(i *discordInteraction, event map[string]any, err error) DiscordAsk {
	if err != nil {
		d.fail(i, err)
		return DiscordAsk{i.acked, i.answer}
	}
	d.interactions[i.token] = i
	d.secrets = append(d.secrets, i.token)
	d.surround(i, event)
	i.late = time.AfterFunc(d.AckWithin, func() { d.giveUp(i) })
	d.deliver(i, event)
	return DiscordAsk{i.acked, i.answer}
}

// surround adds to event where and by whom i was begun. The caller holds mu.
func (d *Discord) surround(i *discordInteraction, event map[string]any) {
	c := d.channels[i.channel]
	person := discordPerson(i.user)
	for name, value := range map[string]any{
		"id": i.id, "application_id": d.App, "type": i.kind, "token": i.token, "version": 1,
		"channel_id": c.id, "channel": d.described(c), "locale": "en-US", "entitlements": []any{}, "attachment_size_limit": 10485760,
		"app_permissions":                permissionBits(permEmbed | permMentionEveryone),
		"authorizing_integration_owners": map[string]string{"1": i.user},
	} {
		event[name] = value
	}
	if c.kind == kindDM {
		event["authorizing_integration_owners"] = map[string]string{"0": "0"}
	}
	if c.guild == "" {
		event["user"], event["context"] = person, c.context()
		return
	}
	if !i.foreign {
		event["authorizing_integration_owners"] = map[string]string{"0": c.guild}
		event["app_permissions"] = permissionBits(d.may(d.App, c))
	}
	event["guild_id"], event["context"], event["guild_locale"] = c.guild, c.context(), "en-US"
	event["guild"] = map[string]any{"id": c.guild, "locale": "en-US", "features": []any{}}
	member := memberOf(person)
	member["permissions"] = permissionBits(d.may(i.user, c))
	event["member"] = member
}

// context returns what kind of place c is for an interaction.
func (c *discordChannel) context() int {
	switch c.kind {
	case kindDM:
		return 1
	case kindPrivate:
		return 2
	}
	return 0
}

// fail tells who asked that there is no answer. The caller holds mu.
func (d *Discord) fail(i *discordInteraction, err error) {
	if i.given {
		return
	}
	i.given = true
	i.choices <- DiscordChoices{Err: err}
	i.answer <- DiscordAnswer{Err: err}
}

// giveUp tells who asked that the application did not respond, unless it did.
func (d *Discord) giveUp(i *discordInteraction) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if i.ack == 0 {
		d.fail(i, errors.New("the application did not respond"))
	}
}

func discordPerson(id string) DiscordUser {
	return DiscordUser{ID: id, Username: "user" + id[max(0, len(id)-6):], Discriminator: "0"}
}

// A discordResponse is the first response to an interaction.
type discordResponse struct {
	Type int             `json:"type"`
	Data json.RawMessage `json:"data"`
}

// callback takes the first response to an interaction.
func (d *Discord) callback(r *http.Request, body []byte) (any, *discordError) {
	var response discordResponse
	if refusal := decode(body, &response); refusal != nil {
		return nil, refusal
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.interactions[r.PathValue("interaction_token")]
	if i == nil || i.id != r.PathValue("interaction_id") {
		return nil, &unknownInteraction
	}
	if refusal := d.respond(i, response); refusal != nil {
		return nil, refusal
	}
	if all, _ := strconv.ParseBool(r.URL.Query().Get("with_response")); all {
		return i.responded(response.Type), nil
	}
	return nil, nil
}

var unknownInteraction = discordError{http.StatusNotFound, codeUnknownInteraction, "Unknown interaction"}

// responded returns what who responded may know of it.
func (i *discordInteraction) responded(kind int) map[string]any {
	said := map[string]any{"interaction": map[string]any{"id": i.id, "type": i.kind, "response_message_loading": i.thinking}}
	if i.original != nil {
		said["resource"] = map[string]any{"type": kind, "message": *i.original}
		said["interaction"].(map[string]any)["response_message_id"] = i.original.ID
	}
	return said
}

// respond takes the first response to i, or returns why Discord does not. The
// caller holds mu.
func (d *Discord) respond(i *discordInteraction, response discordResponse) *discordError {
	switch {
	case i.ack == 0 && time.Since(i.came) > d.AckWithin:
		return &unknownInteraction
	case i.ack > 0:
		return &discordError{http.StatusBadRequest, codeAcknowledged, "Interaction has already been acknowledged."}
	case (i.kind == interactionComplete) != (response.Type == respondChoices):
		return invalidForm(fmt.Sprintf("type: %d is no response to an interaction of type %d", response.Type, i.kind))
	case response.Type == respondChoices:
		return d.offer(i, response.Data)
	}
	p := &discordPost{}
	if len(response.Data) > 0 {
		if refusal := decode(response.Data, p); refusal != nil {
			return refusal
		}
	}
	if refusal := d.answer(i, response.Type, p); refusal != nil {
		return refusal
	}
	i.acknowledge()
	if response.Type == respondMessage || response.Type == respondUpdate {
		d.give(i, i.original)
	}
	return nil
}

// acknowledge notes that i has its first response.
func (i *discordInteraction) acknowledge() {
	i.ack = max(1, time.Since(i.came))
	i.late.Stop()
	close(i.acked)
}

// answer does what a response of this kind asks for. The caller holds mu.
func (d *Discord) answer(i *discordInteraction, kind int, p *discordPost) *discordError {
	switch {
	case kind == respondMessage:
		if refusal := p.refuse(propertiesHook, flagsReply); refusal != nil {
			return refusal
		}
		i.private = p.Flags&flagEphemeral != 0
		i.original = d.said(i, p)
	case kind == respondDeferred:
		if refusal := p.onlyFlags(flagEphemeral); refusal != nil {
			return refusal
		}
		i.deferred, i.thinking, i.private = true, true, p.Flags&flagEphemeral != 0
	case kind == respondLater && i.pressed != nil:
		if refusal := p.onlyFlags(0); refusal != nil {
			return refusal
		}
		i.deferred, i.original, i.private = true, i.pressed, i.pressed.Flags&flagEphemeral != 0
	case kind == respondUpdate && i.pressed != nil:
		if refusal := d.edit(i.pressed, p, propertiesRehook); refusal != nil {
			return refusal
		}
		i.original, i.private = i.pressed, i.pressed.Flags&flagEphemeral != 0
	default:
		return invalidForm("type: not a response to this kind of interaction that the fake knows")
	}
	return nil
}

// onlyFlags returns why Discord does not take p where there are no words to be
// said yet, or nil.
func (p *discordPost) onlyFlags(flags int) *discordError {
	for name, says := range p.has {
		if says && name != "flags" {
			return invalidForm(name + ": not in a deferral")
		}
	}
	if p.Flags&^flags != 0 {
		return invalidForm("flags: a deferral can only be ephemeral")
	}
	return nil
}
