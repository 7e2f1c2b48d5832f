package bottest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Kinds of components that the fake knows.
const (
	componentRow       = 1
	componentButton    = 2
	componentSection   = 9
	componentText      = 10
	componentSeparator = 14
	componentContainer = 17

	styleLink = 5
)

// componentProperties are the properties that each kind may have besides its
// type and its id.
var componentProperties = map[int][]string{
	componentRow:       {"components"},
	componentButton:    {"style", "label", "emoji", "custom_id", "url", "disabled"},
	componentSection:   {"components", "accessory"},
	componentText:      {"content"},
	componentSeparator: {"divider", "spacing"},
	componentContainer: {"components", "accent_color", "spoiler"},
}

// componentChildren are the kinds that each kind may hold; 0 is the message
// itself.
var componentChildren = map[int][]int{
	0:                  {componentRow, componentSection, componentText, componentSeparator, componentContainer},
	componentRow:       {componentButton},
	componentSection:   {componentText},
	componentContainer: {componentRow, componentSection, componentText, componentSeparator},
}

// Limits of components.
const (
	maxComponents    = 40   // of a message, those within others counted
	maxComponentText = 4000 // UTF-16 units over all text of a message
	maxRow           = 5    // buttons of a row, and rows of a message that is not of the second kind
)

// A DiscordComponent is a part of a message: a button, or a piece of its layout.
type DiscordComponent struct {
	Type        int                `json:"type"`
	ID          int                `json:"id,omitempty"`
	Content     string             `json:"content,omitempty"`
	Components  []DiscordComponent `json:"components,omitempty"`
	Accessory   *DiscordComponent  `json:"accessory,omitempty"` // of a section
	Style       int                `json:"style,omitempty"`     // of a button; 5 is a link
	Label       string             `json:"label,omitempty"`
	Emoji       *DiscordEmoji      `json:"emoji,omitempty"`
	CustomID    string             `json:"custom_id,omitempty"`
	URL         string             `json:"url,omitempty"`
	Disabled    bool               `json:"disabled,omitempty"`
	Spoiler     bool               `json:"spoiler,omitempty"`
	AccentColor *int               `json:"accent_color,omitempty"`
	Divider     *bool              `json:"divider,omitempty"`
	Spacing     int                `json:"spacing,omitempty"`
}

// A DiscordEmoji is the little picture on a button.
type DiscordEmoji struct {
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"`
	Animated bool   `json:"animated,omitempty"`
}

// UnmarshalJSON reads a component and refuses properties that its kind does
// not have.
func (c *DiscordComponent) UnmarshalJSON(raw []byte) error {
	var has map[string]json.RawMessage
	if err := json.Unmarshal(raw, &has); err != nil {
		return err
	}
	type plain DiscordComponent
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode((*plain)(c)); err != nil {
		return err
	}
	known, is := componentProperties[c.Type]
	if !is {
		return fmt.Errorf("component type %d is nothing that the fake knows", c.Type)
	}
	for name, value := range has {
		if name != "type" && name != "id" && !slices.Contains(known, name) && string(value) != "null" {
			return fmt.Errorf("component type %d has no %s", c.Type, name)
		}
	}
	return nil
}

// componentDefaults are what Discord says of each kind even if it was not
// given.
var componentDefaults = map[int]map[string]any{
	componentSeparator: {"divider": true, "spacing": 1},
	componentContainer: {"accent_color": nil, "spoiler": false},
}

// MarshalJSON writes a component as Discord answers it.
func (c DiscordComponent) MarshalJSON() ([]byte, error) {
	type plain DiscordComponent
	raw, err := json.Marshal(plain(c))
	if err != nil || componentDefaults[c.Type] == nil {
		return raw, err
	}
	var said map[string]any
	if err := json.Unmarshal(raw, &said); err != nil {
		return nil, err
	}
	for name, value := range componentDefaults[c.Type] {
		if _, is := said[name]; !is {
			said[name] = value
		}
	}
	return json.Marshal(said)
}

// A componentCheck looks at all components of a message.
type componentCheck struct {
	second       bool // whether the message is of the second kind, "Components V2"
	count        int
	text         int // UTF-16 units
	customIDs    map[string]bool
	componentIDs map[int]bool
}

// refuseComponents returns why Discord does not take these components, or nil.
func refuseComponents(components []DiscordComponent, second bool) *discordError {
	check := componentCheck{second: second, customIDs: map[string]bool{}, componentIDs: map[int]bool{}}
	why := check.children("components", 0, components)
	switch {
	case why != "":
		return invalidForm(why)
	case check.count > maxComponents:
		return invalidForm(fmt.Sprintf("components: %d components, and 40 are the most", check.count))
	case check.text > maxComponentText:
		return invalidForm(fmt.Sprintf("components: %d characters in all texts, and 4000 are the most", check.text))
	case !second && len(components) > maxRow:
		return invalidForm("components: must be 5 or fewer in length")
	}
	return nil
}

func (k *componentCheck) children(where string, parent int, all []DiscordComponent) string {
	for i := range all {
		c, at := &all[i], fmt.Sprintf("%s[%d]", where, i)
		switch {
		case !slices.Contains(componentChildren[parent], c.Type):
			return fmt.Sprintf("%s: type %d cannot stand there", at, c.Type)
		case !k.second && parent == 0 && c.Type != componentRow:
			return fmt.Sprintf("%s: type %d needs the flag IS_COMPONENTS_V2", at, c.Type)
		}
		if why := k.component(at, c); why != "" {
			return why
		}
	}
	return ""
}

func (k *componentCheck) component(at string, c *DiscordComponent) string {
	k.count++
	if c.ID != 0 && k.componentIDs[c.ID] {
		return at + ".id: used twice"
	}
	k.componentIDs[c.ID] = true
	why := ""
	switch n := len(c.Components); c.Type {
	case componentRow:
		if n < 1 || n > maxRow {
			why = "components: must be between 1 and 5 in length"
		}
	case componentSection:
		why = k.section(c)
	case componentContainer:
		if n < 1 || c.AccentColor != nil && (*c.AccentColor < 0 || *c.AccentColor > 0xffffff) {
			why = "components or accent_color: out of range"
		}
	case componentText:
		if k.text += units(c.Content); strings.TrimSpace(c.Content) == "" {
			why = "content: is required"
		}
	case componentButton:
		why = k.button(c)
	case componentSeparator:
		if c.Spacing < 0 || c.Spacing > 2 {
			why = "spacing: must be 1 or 2"
		}
	}
	if why != "" {
		return at + "." + why
	}
	return k.children(at+".components", c.Type, c.Components)
}

func (k *componentCheck) section(c *DiscordComponent) string {
	switch n := len(c.Components); {
	case n < 1 || n > 3:
		return "components: must be between 1 and 3 in length"
	case c.Accessory == nil:
		return "accessory: is required"
	case c.Accessory.Type != componentButton:
		return "accessory: must be a button, or is nothing that the fake knows"
	}
	return k.component("accessory", c.Accessory)
}

func (k *componentCheck) button(c *DiscordComponent) string {
	switch link := c.Style == styleLink; {
	case c.Style < 1 || c.Style > styleLink:
		return "style: nothing that the fake knows"
	case units(c.Label) > 80:
		return "label: must be 80 or fewer in length"
	case c.Label == "" && c.Emoji == nil:
		return "label: a button must have a label or an emoji"
	case link && c.CustomID != "" || !link && c.URL != "":
		return "custom_id and url: a link has the one, other buttons have the other"
	case link:
		return refuseURL(c.URL, 512)
	case c.CustomID == "" || units(c.CustomID) > 100:
		return "custom_id: must be between 1 and 100 in length"
	case k.customIDs[c.CustomID]:
		return "custom_id: cannot be duplicated"
	}
	k.customIDs[c.CustomID] = true
	return ""
}

func refuseURL(address string, most int) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "discord" || u.Host == "" || units(address) > most {
		return "url: not a well formed URL"
	}
	return ""
}

// walk calls f for each component of all, those within others included, in the
// order in which they are seen.
func walk(all []DiscordComponent, f func(*DiscordComponent)) {
	for i := range all {
		c := &all[i]
		f(c)
		walk(c.Components, f)
		if c.Accessory != nil {
			f(c.Accessory)
		}
	}
}

// numbered returns a copy of all in which each component has an id.
func numbered(all []DiscordComponent) []DiscordComponent {
	raw, err := json.Marshal(append([]DiscordComponent{}, all...))
	if err != nil {
		panic(err) // they came as JSON
	}
	copied := []DiscordComponent{}
	if err := json.Unmarshal(raw, &copied); err != nil {
		panic(err)
	}
	used, next := map[int]bool{}, 1
	walk(copied, func(c *DiscordComponent) { used[c.ID] = true })
	walk(copied, func(c *DiscordComponent) {
		for c.ID == 0 {
			if !used[next] {
				c.ID = next
			}
			next++
		}
	})
	return copied
}

// Buttons returns the buttons of m, in the order in which they are seen.
func (m DiscordMessage) Buttons() []DiscordComponent {
	var buttons []DiscordComponent
	walk(m.Components, func(c *DiscordComponent) {
		if c.Type == componentButton {
			buttons = append(buttons, *c)
		}
	})
	return buttons
}

// Button returns the button of m with this label.
func (m DiscordMessage) Button(label string) (DiscordComponent, bool) {
	for _, b := range m.Buttons() {
		if b.Label == label {
			return b, true
		}
	}
	return DiscordComponent{}, false
}
