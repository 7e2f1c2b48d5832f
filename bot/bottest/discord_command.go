package bottest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A discordCommand is a command of the application as it was put.
type discordCommand map[string]any

// Kinds of commands, and of what can be typed after one.
const (
	commandSlash   = 1
	commandMessage = 3 // in the menu of a message

	optionString  = 3
	optionInteger = 4
	optionBoolean = 5
	optionChannel = 7
	optionRole    = 8
)

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// discordLocales are the languages that Discord can be used in.
var discordLocales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")

// Puts returns how often the commands were put.
func (d *Discord) Puts() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.puts
}

// getCommands returns the commands. The names in other languages are left out
// unless they are asked for.
func (d *Discord) getCommands(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	all, _ := strconv.ParseBool(r.URL.Query().Get("with_localizations"))
	known := []any{}
	for _, c := range d.commands {
		if all {
			known = append(known, c)
			continue
		}
		known = append(known, unlocalised(map[string]any(c)))
	}
	return known, nil
}

// unlocalised returns v without the names and descriptions in other languages.
func unlocalised(v any) any {
	switch v := v.(type) {
	case []any:
		bare := []any{}
		for _, e := range v {
			bare = append(bare, unlocalised(e))
		}
		return bare
	case map[string]any:
		bare := map[string]any{}
		for name, e := range v {
			if name != "name_localizations" && name != "description_localizations" {
				bare[name] = unlocalised(e)
			}
		}
		return bare
	}
	return v
}

func (d *Discord) putCommands(_ *http.Request, body []byte) (any, *discordError) {
	var commands []discordCommand
	if err := json.Unmarshal(body, &commands); err != nil {
		return nil, invalidForm(err.Error())
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	named, kinds := map[string]bool{}, map[int]int{}
	for _, c := range commands {
		if why := c.refuse(); why != "" {
			return nil, invalidForm(why)
		}
		key := fmt.Sprint(c.kind(), " ", c["name"])
		if named[key] {
			return nil, invalidForm("application command names must be unique")
		}
		named[key] = true
		kinds[c.kind()]++
		d.complete(c)
	}
	if kinds[commandSlash] > 100 || kinds[commandMessage] > 15 {
		return nil, invalidForm("the most are 100 slash commands, and 15 in the menu of a message")
	}
	d.commands = commands
	d.puts++
	d.gateway.change()
	return append([]discordCommand{}, d.commands...), nil
}

func (c discordCommand) kind() int { return number(c["type"], commandSlash) }

// number returns v, which came as JSON, or otherwise if it is no number.
func number(v any, otherwise int) int {
	switch n := v.(type) {
	case float64:
		return int(n)
	case int:
		return n
	}
	return otherwise
}

// refuse returns why Discord does not take c, or the empty string. The rest is
// in the published specification.
func (c discordCommand) refuse() string {
	switch about, _ := c["description"].(string); {
	case c.kind() == commandSlash:
		return c.refuseSlash()
	case c.kind() != commandMessage:
		return "type: nothing that the fake knows"
	case about != "" || len(c.options()) > 0:
		return "description, options: none in the menu of a message"
	}
	if name, _ := c["name"].(string); units(name) < 1 || units(name) > 32 {
		return "name: must be between 1 and 32 in length"
	}
	return refuseLocalised(c, "name_localizations", nil, 32)
}

func (c discordCommand) refuseSlash() string {
	if len(c.options()) > 25 {
		return "options: must be 25 or fewer in length"
	}
	size, names := longest(c, "name")+longest(c, "description"), map[any]bool{}
	if why := refuseNames(c); why != "" {
		return why
	}
	required := true
	for _, o := range c.options() {
		if why := refuseOption(o); why != "" {
			return why
		}
		is, _ := o["required"].(bool)
		if is && !required {
			return fmt.Sprint(o["name"], ": required options must be placed before non-required options")
		}
		if required = is; names[o["name"]] {
			return "option names must be unique"
		}
		names[o["name"]] = true
		size += longest(o, "name") + longest(o, "description") + sizeOfChoices(o)
	}
	if size > 8000 {
		return "command exceeds maximum size (8000)"
	}
	return ""
}

// refuseNames looks at the name and the description of a slash command or of
// an option, in every language.
func refuseNames(o map[string]any) string {
	name, _ := o["name"].(string)
	about, _ := o["description"].(string)
	if !commandName.MatchString(name) || name != strings.ToLower(name) {
		return fmt.Sprintf("name %q: does not match the pattern", name)
	}
	if n := units(about); n < 1 || n > 100 {
		return fmt.Sprintf("%s: description must be between 1 and 100 in length", name)
	}
	if why := refuseLocalised(o, "name_localizations", commandName, 32); why != "" {
		return why
	}
	return refuseLocalised(o, "description_localizations", nil, 100)
}

func refuseLocalised(o map[string]any, property string, pattern *regexp.Regexp, most int) string {
	words, _ := o[property].(map[string]any)
	for language, value := range words {
		word, _ := value.(string)
		switch n := units(word); {
		case !slices.Contains(discordLocales, language):
			return fmt.Sprintf("%s.%s: no such language", property, language)
		case n < 1 || n > most:
			return fmt.Sprintf("%s.%s: must be between 1 and %d in length", property, language, most)
		case pattern != nil && (!pattern.MatchString(word) || word != strings.ToLower(word)):
			return fmt.Sprintf("%s.%s %q: does not match the pattern", property, language, word)
		}
	}
	return ""
}

func refuseOption(o map[string]any) string {
	if why := refuseNames(o); why != "" {
		return why
	}
	choices, _ := o["choices"].([]any)
	completed, _ := o["autocomplete"].(bool)
	switch kind := number(o["type"], 0); {
	case kind != optionString && kind != optionInteger && kind != optionBoolean && kind != optionChannel && kind != optionRole:
		return "type: nothing that the fake knows"
	case completed && (len(choices) > 0 || kind != optionString && kind != optionInteger):
		return "autocomplete: not for this kind, or with choices"
	case len(choices) > 25:
		return "choices: must be 25 or fewer in length"
	}
	for _, choice := range choices {
		c, _ := choice.(map[string]any)
		name, _ := c["name"].(string)
		value, isText := c["value"].(string)
		if units(name) < 1 || units(name) > 100 || isText && (value == "" || units(value) > 100) {
			return "choices: names and values must be between 1 and 100 in length"
		}
	}
	return ""
}

// longest returns the length of a property in the language in which it is
// longest.
func longest(o map[string]any, property string) int {
	word, _ := o[property].(string)
	n := units(word)
	words, _ := o[property+"_localizations"].(map[string]any)
	for _, value := range words {
		word, _ := value.(string)
		n = max(n, units(word))
	}
	return n
}

func sizeOfChoices(o map[string]any) (size int) {
	choices, _ := o["choices"].([]any)
	for _, choice := range choices {
		c, _ := choice.(map[string]any)
		size += longest(c, "name") + units(fmt.Sprint(c["value"]))
	}
	return size
}

func (c discordCommand) options() []map[string]any {
	var options []map[string]any
	list, _ := c["options"].([]any)
	for _, o := range list {
		if m, is := o.(map[string]any); is {
			options = append(options, m)
		}
	}
	return options
}

// complete adds to c what Discord adds, so that what is got differs from what
// was put. The caller holds mu.
func (d *Discord) complete(c discordCommand) {
	for name, value := range map[string]any{"type": 1, "default_member_permissions": nil, "nsfw": false, "contexts": nil, "description": "",
		"integration_types": []any{0.0}, "name_localizations": nil, "description_localizations": nil, "dm_permission": true} {
		if _, is := c[name]; !is {
			c[name] = value
		}
	}
	for _, o := range c.options() {
		if reflect.DeepEqual(o["required"], false) {
			delete(o, "required")
		}
	}
	c["id"], c["version"], c["application_id"] = d.nextID(), d.nextID(), d.App
}
