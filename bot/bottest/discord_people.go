package bottest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// Begin types a slash command with its options in a channel. A command that is
// not there for this person in this place, or options that do not fit it,
// cannot be typed: the answer is an error then. Without an acknowledgement
// within 3 s it is one as well.
//
// An option is a string, a bool or a number; a channel is its id.
func (d *Discord) Begin(command string, options map[string]any, channel, user string) DiscordAsk {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.newInteraction(interactionCommand, channel, user)
	c, err := d.command(i, commandSlash, command)
	if err != nil {
		return d.begin(i, nil, err)
	}
	typed, resolved, err := d.typed(c, options, user)
	data := map[string]any{"id": c["id"], "name": command, "type": commandSlash, "options": typed}
	if len(resolved) > 0 {
		data["resolved"] = map[string]any{"channels": resolved}
	}
	return d.begin(i, map[string]any{"data": data}, err)
}

// Slash types a slash command as Begin does and waits for the answer.
func (d *Discord) Slash(command string, options map[string]any, channel, user string) DiscordAnswer {
	return d.Begin(command, options, channel, user).wait()
}

// wait returns the answer, which should not be a minute away.
func (a DiscordAsk) wait() DiscordAnswer {
	select {
	case answer := <-a.Answer:
		return answer
	case <-time.After(time.Minute):
		return DiscordAnswer{Err: errors.New("acknowledged, but never answered")}
	}
}

// Menu picks a command from the menu of a message.
func (d *Discord) Menu(command string, m DiscordMessage, user string) DiscordAsk {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.newInteraction(interactionCommand, m.ChannelID, user)
	c, err := d.command(i, commandMessage, command)
	target := d.seen(m.ID, m.ChannelID, user)
	if err == nil && target == nil {
		err = errors.New("there is no such message for this person")
	}
	if err != nil {
		return d.begin(i, nil, err)
	}
	return d.begin(i, map[string]any{"data": map[string]any{"id": c["id"], "name": command, "type": commandMessage,
		"target_id": target.ID, "resolved": map[string]any{"messages": map[string]any{target.ID: bare(target)}}}}, nil)
}

// Press presses a button of a message as it is by now. Who does not see the
// message, or sees no such button that can be pressed, gets an error.
func (d *Discord) Press(m DiscordMessage, customID, user string) DiscordAsk {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.newInteraction(interactionComponent, m.ChannelID, user)
	i.foreign = d.foreign(i)
	i.pressed = d.seen(m.ID, m.ChannelID, user)
	if i.pressed == nil {
		return d.begin(i, nil, errors.New("there is no such message for this person"))
	}
	at := slices.IndexFunc(i.pressed.Buttons(), func(b DiscordComponent) bool { return b.CustomID == customID && customID != "" })
	if at < 0 {
		return d.begin(i, nil, fmt.Errorf("the message has no button %q", customID))
	}
	if i.pressed.Buttons()[at].Disabled {
		return d.begin(i, nil, fmt.Errorf("the button %q is disabled", customID))
	}
	return d.begin(i, map[string]any{"message": bare(i.pressed),
		"data": map[string]any{"component_type": componentButton, "custom_id": customID}}, nil)
}

// PressLabel presses the button of m with this label.
func (d *Discord) PressLabel(m DiscordMessage, label, user string) DiscordAsk {
	b, _ := m.Button(label)
	return d.Press(m, b.CustomID, user)
}

// seen returns a message if this person sees it. The caller holds mu.
func (d *Discord) seen(id, channel, user string) *DiscordMessage {
	if p, is := d.private[id]; is && p.user == user {
		return p.message
	}
	c := d.channels[channel]
	if c == nil {
		return nil
	}
	for _, m := range c.messages {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// foreign reports whether i happens where the app is not installed. The caller
// holds mu.
func (d *Discord) foreign(i *discordInteraction) bool {
	c := d.channels[i.channel]
	return c != nil && (c.kind == kindPrivate || c.guild != "" && d.guilds[c.guild].away)
}

// command returns a command if it is there for this person in this place. The
// caller holds mu.
func (d *Discord) command(i *discordInteraction, kind int, name string) (discordCommand, error) {
	i.foreign = d.foreign(i)
	at := slices.IndexFunc(d.commands, func(c discordCommand) bool { return c["name"] == name && c.kind() == kind })
	if at < 0 {
		return nil, errors.New("no such command: " + name)
	}
	command, place := d.commands[at], d.channels[i.channel]
	if place == nil {
		return nil, errors.New("no such channel: " + i.channel)
	}
	if contexts, is := command["contexts"].([]any); is && !slices.Contains(contexts, any(float64(place.context()))) {
		return nil, errors.New("the command is not for such a place: " + name)
	}
	installed, _ := command["integration_types"].([]any)
	if i.foreign && !slices.Contains(installed, any(1.0)) || !i.foreign && !slices.Contains(installed, any(0.0)) && place.kind != kindDM {
		return nil, errors.New("the command is not installed there: " + name)
	}
	if bits, is := command["default_member_permissions"].(string); is && place.guild != "" && !i.foreign {
		needs, err := strconv.ParseInt(bits, 10, 64)
		if may := d.may(i.user, place); err != nil || may&needs != needs || needs == 0 && may != permAll {
			return nil, errors.New("the command is not for this person: " + name)
		}
	}
	return command, nil
}

// typed returns the options as Discord sends them, with the channels that they
// name, or why they do not fit. The caller holds mu.
func (d *Discord) typed(c discordCommand, options map[string]any, user string) (typed []any, resolved map[string]any, err error) {
	left := maps.Clone(options)
	typed, resolved = []any{}, map[string]any{}
	for _, o := range c.options() {
		name := o["name"].(string)
		value, given := left[name]
		delete(left, name)
		if required, _ := o["required"].(bool); !given && required {
			return nil, nil, errors.New("the option " + name + " is required")
		}
		if !given {
			continue
		}
		if value, err = d.fits(o, value); err != nil {
			return nil, nil, fmt.Errorf("the option %s: %w", name, err)
		}
		if number(o["type"], 0) == optionChannel {
			c := d.channels[value.(string)]
			resolved[c.id] = d.resolved(c, user)
		}
		typed = append(typed, map[string]any{"name": name, "type": o["type"], "value": value})
	}
	if len(left) > 0 {
		return nil, nil, errors.New("an option that the command does not have")
	}
	return typed, resolved, nil
}

// fits returns a value as it is sent, or why it cannot be typed for the option
// o. The caller holds mu.
func (d *Discord) fits(o map[string]any, value any) (any, error) {
	if choices, _ := o["choices"].([]any); len(choices) > 0 {
		for _, choice := range choices {
			if choice.(map[string]any)["value"] == value {
				return value, nil
			}
		}
		return nil, errors.New("none of the choices")
	}
	switch kind, text := number(o["type"], 0), fmt.Sprint(value); kind {
	case optionString:
		if n := units(text); n < number(o["min_length"], 0) || n > number(o["max_length"], 6000) {
			return nil, errors.New("too short or too long")
		}
		return text, nil
	case optionInteger:
		n, err := strconv.Atoi(text)
		if err != nil || n < number(o["min_value"], n) || n > number(o["max_value"], n) {
			return nil, errors.New("no such number")
		}
		return n, nil
	case optionBoolean:
		return strconv.ParseBool(text)
	case optionRole:
		for _, g := range d.guilds {
			if slices.ContainsFunc(g.roles, func(r discordRole) bool { return r.id == text }) {
				return text, nil
			}
		}
		return nil, errors.New("no such role")
	default:
		c := d.channels[text]
		kinds, limited := o["channel_types"].([]any)
		if c == nil || c.guild == "" || limited && !slices.Contains(kinds, any(float64(c.kind))) {
			return nil, errors.New("no such channel")
		}
		return text, nil
	}
}

// resolved returns a channel as it comes along with its id. The caller holds
// mu.
func (d *Discord) resolved(c *discordChannel, user string) map[string]any {
	said := map[string]any{"id": c.id, "name": c.name, "type": c.kind, "permissions": permissionBits(d.may(user, c))}
	if !d.guilds[c.guild].away {
		said["app_permissions"] = permissionBits(d.may(d.App, c))
	}
	if c.kind == kindThread {
		said["parent_id"], said["thread_metadata"] = c.parent, d.described(c)["thread_metadata"]
	}
	return said
}
