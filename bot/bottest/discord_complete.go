package bottest

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// A DiscordChoice is what is offered while an option is typed.
type DiscordChoice struct {
	Name  string `json:"name"`
	Value any    `json:"value"` // a string, or a float64 for an integer
}

// DiscordChoices are what somebody is offered while typing.
type DiscordChoices struct {
	Choices []DiscordChoice
	Ack     time.Duration // that it took
	Err     error         // why nothing is offered
}

// Complete types a slash command up to the option focused, whose value so far
// is among options, and returns what is offered for it.
func (d *Discord) Complete(command string, options map[string]any, focused, channel, user string) DiscordChoices {
	return <-d.beginComplete(command, options, focused, channel, user).choices
}

// beginComplete begins what Complete waits for.
func (d *Discord) beginComplete(command string, options map[string]any, focused, channel, user string) *discordInteraction {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.newInteraction(interactionComplete, channel, user)
	c, err := d.command(i, commandSlash, command)
	if err != nil {
		d.begin(i, nil, err)
		return i
	}
	typed, err := d.half(i, c, options, focused)
	d.begin(i, map[string]any{"data": map[string]any{"id": c["id"], "name": command, "type": commandSlash, "options": typed}}, err)
	return i
}

// half returns the options typed so far. The caller holds mu.
func (d *Discord) half(i *discordInteraction, c discordCommand, options map[string]any, focused string) ([]any, error) {
	typed := []any{}
	for _, o := range c.options() {
		name := o["name"].(string)
		value, given := options[name]
		completed, _ := o["autocomplete"].(bool)
		switch {
		case name == focused && completed:
			if value == nil {
				value = ""
			}
			i.completing = o
			typed = append(typed, map[string]any{"name": name, "type": o["type"], "value": fmt.Sprint(value), "focused": true})
		case given:
			typed = append(typed, map[string]any{"name": name, "type": o["type"], "value": value})
		}
	}
	if i.completing == nil {
		return nil, errors.New("nothing is offered for the option " + focused)
	}
	return typed, nil
}

// offer takes the choices for i, or returns why Discord does not; then who
// types is offered nothing. The caller holds mu.
func (d *Discord) offer(i *discordInteraction, raw json.RawMessage) *discordError {
	var data struct {
		Choices []struct {
			DiscordChoice
			Names map[string]string `json:"name_localizations"`
		} `json:"choices"`
	}
	refusal := decode(raw, &data)
	if refusal == nil && (len(data.Choices) < 1 || len(data.Choices) > 25) {
		refusal = invalidForm("choices: must be between 1 and 25 in length")
	}
	offered := DiscordChoices{Ack: time.Since(i.came)}
	for at, c := range data.Choices {
		if why := c.refuse(number(i.completing["type"], 0)); why != "" && refusal == nil {
			refusal = invalidForm(fmt.Sprintf("choices.%d.%s", at, why))
		}
		offered.Choices = append(offered.Choices, c.DiscordChoice)
	}
	if refusal != nil {
		d.fail(i, errors.New(refusal.Message))
		return refusal
	}
	i.acknowledge()
	i.given = true
	i.choices <- offered
	return nil
}

// refuse returns why Discord does not offer c for an option of this kind, or
// the empty string.
func (c *DiscordChoice) refuse(kind int) string {
	text, isText := c.Value.(string)
	switch {
	case units(c.Name) < 1 || units(c.Name) > 100:
		return "name: must be between 1 and 100 in length"
	case isText != (kind == optionString):
		return "value: not of the option's kind"
	case isText && (text == "" || units(text) > 100):
		return "value: must be between 1 and 100 in length"
	}
	return ""
}
