package bottest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// discordEventsFile is a schema of what the gateway sends, made from the types
// that others keep.
const discordEventsFile = "discord-gateway.schema.json"

// discordSchemas say by which definition an event or the data of one is
// checked. A definition of the second kind begins with "d ".
var discordSchemas = map[string]string{
	"op 7":               "_NonDispatchPayload",
	"op 9":               "_NonDispatchPayload",
	"op 10":              "Hello",
	"op 11":              "_NonDispatchPayload",
	"READY":              "Ready",
	"GUILD_CREATE":       "GuildCreate",
	"GUILD_DELETE":       "",
	"RESUMED":            "",
	"INTERACTION_CREATE": "Interaction",
	"MESSAGE_CREATE":     "MessageCreate",
	"MESSAGE_UPDATE":     "d GatewayMessageCreateDispatchData",
	"THREAD_CREATE":      "d APIChannel",
	"THREAD_UPDATE":      "d APIChannel",
	"CHANNEL_CREATE":     "d APIChannel",
	"CHANNEL_UPDATE":     "d APIChannel",
	"CHANNEL_DELETE":     "d APIChannel",
}

// discordEvents checks what the gateway sends. Since there are many events of
// few shapes, each shape is checked once.
type discordEvents struct {
	compiler *jsonschema.Compiler
	mu       sync.Mutex
	known    map[string]error // by what and shape
}

// newDiscordEvents returns the schema, or nil if it is not at hand.
func newDiscordEvents(t testing.TB) *discordEvents {
	return published(t, discordEventsFile, loadDiscordEvents)
}

// loadDiscordEvents reads the schema once.
var loadDiscordEvents = sync.OnceValues(func() (*discordEvents, error) {
	raw, err := os.ReadFile(Spec(discordEventsFile))
	if err != nil {
		return nil, err
	}
	c, err := compiler("gateway.json", raw)
	return &discordEvents{compiler: c, known: map[string]error{}}, err
})

// check returns what is wrong with a packet, as far as that is specified. One
// of a kind that the schema does not name is wrong.
func (e *discordEvents) check(p discordPacket) error {
	if e == nil {
		return nil
	}
	kind := fmt.Sprint("op ", p.Op)
	if p.Type != nil {
		kind = *p.Type
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	shape := fmt.Sprint(kind, " ", shapeOf("", value))
	e.mu.Lock()
	defer e.mu.Unlock()
	err, is := e.known[shape]
	if !is {
		err = e.validate(kind, value)
		e.known[shape] = err
	}
	return err
}

// discordSaid says by which definition what a client says is checked.
var discordSaid = map[int]string{opHeartbeat: "Heartbeat", opIdentify: "Identify", opResume: "Resume"}

// checkSaid returns what is wrong with what a client says, as far as that is
// specified.
func (e *discordEvents) checkSaid(op int, raw []byte) error {
	if e == nil || discordSaid[op] == "" {
		return nil
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	schema, err := e.compiler.Compile("gateway.json#/definitions/" + discordSaid[op])
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

func (e *discordEvents) validate(kind string, value any) error {
	name, is := discordSchemas[kind]
	if !is {
		return errors.New("no schema is named for it")
	}
	packet := value.(map[string]any)
	switch {
	case kind == "RESUMED" || kind == "GUILD_DELETE":
		return plainEvent(packet)
	case name[:2] == "d ":
		name, value = name[2:], packet["d"]
	}
	schema, err := e.compiler.Compile("gateway.json#/definitions/" + name)
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// plainEvent returns what is wrong with an event that says next to nothing,
// for which there is no definition.
func plainEvent(packet map[string]any) error {
	data, is := packet["d"].(map[string]any)
	for name := range data {
		if name != "id" && name != "unavailable" {
			is = false
		}
	}
	if !is {
		return fmt.Errorf("data %v", packet["d"])
	}
	return nil
}

// shapeOf returns v with the words left out that no schema asks for. Whole
// numbers, such as kinds, count; the number of an event and that of a server's
// members do not.
func shapeOf(name string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		shape := map[string]any{}
		for name, e := range v {
			if len(name) > 15 && name[0] >= '0' && name[0] <= '9' {
				name = "id" // of what was resolved
			}
			shape[name] = shapeOf(name, e)
		}
		return shape
	case []any:
		shape := []any{}
		for _, e := range v {
			shape = append(shape, shapeOf(name, e))
		}
		return shape
	case string:
		return "text"
	case json.Number:
		if name == "s" {
			return "number"
		}
	}
	return v
}
