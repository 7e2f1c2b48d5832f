package bottest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What Slack takes of one message.
const (
	slackMaxText    = 40_000 // characters of the text that notifications show
	slackMaxBlocks  = 50
	slackMaxSection = 3000   // characters of one section
	slackMaxHeader  = 150    // characters of one header
	slackMaxTotal   = 12_000 // characters over all blocks; it is documented nowhere
	slackMaxURL     = 3000   // characters of one address
)

// blockSchemas returns the schemas of messages, modals and home views, by their
// definitions. It is empty if they are not at hand, when only the rules in this
// file hold.
func blockSchemas(t testing.TB) map[string]*jsonschema.Schema {
	path := Spec("slack-blockkit.schema.json")
	if path == "" {
		t.Log("the schema of Slack's blocks is not at hand: blocks are checked for their limits only")
		return nil
	}
	all, compiler := map[string]*jsonschema.Schema{}, jsonschema.NewCompiler()
	for _, name := range []string{"BlocksPayload", "ModalView", "HomeView"} {
		schema, err := compiler.Compile(path + "#/definitions/" + name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = schema
	}
	return all
}

// checkContent refuses what Slack does not post anywhere.
func (s *Slack) checkContent(m SlackMessage) *slackRefusal {
	switch n := utf8.RuneCountInString(m.Text); {
	case strings.TrimSpace(m.Text) == "":
		return refused("no_text", "[ERROR] a message needs a top-level text")
	case n > slackMaxText:
		return refused("msg_too_long")
	}
	if len(m.Metadata) > 0 {
		var meta struct {
			Type    string         `json:"event_type"`
			Payload map[string]any `json:"event_payload"`
		}
		if json.Unmarshal(m.Metadata, &meta) != nil || meta.Type == "" || meta.Payload == nil {
			return refused("invalid_metadata_format")
		}
	}
	if len(m.Blocks) == 0 {
		return nil
	}
	return s.checkBlocks(m.Blocks)
}

func (s *Slack) checkBlocks(raw json.RawMessage) *slackRefusal {
	var blocks []any
	if json.Unmarshal(raw, &blocks) != nil {
		return refused("invalid_blocks_format")
	}
	if len(blocks) > slackMaxBlocks {
		return refused("invalid_blocks", fmt.Sprintf("[ERROR] %d blocks, at most %d are allowed", len(blocks), slackMaxBlocks))
	}
	if schema := s.schemas["BlocksPayload"]; schema != nil {
		if err := schema.Validate(blocks); err != nil {
			return refused("invalid_blocks", err.Error())
		}
	}
	c := blockCheck{ids: map[string]bool{}}
	c.walk("", blocks)
	if len(c.wrong) > 0 {
		return refused("invalid_blocks", c.wrong...)
	}
	if c.total > slackMaxTotal {
		return refused("msg_blocks_too_long", fmt.Sprintf("[ERROR] %d characters over all blocks", c.total))
	}
	return nil
}

// blockCheck looks for what no schema tells.
type blockCheck struct {
	total int             // characters of all texts and addresses
	ids   map[string]bool // of blocks, each of which is used once
	wrong []string
}

// walk looks at a value and all in it; kind is the type of the object that
// holds it.
func (c *blockCheck) walk(kind string, value any) {
	switch value := value.(type) {
	case []any:
		for _, v := range value {
			c.walk(kind, v)
		}
	case map[string]any:
		inner, _ := value["type"].(string)
		c.object(kind, inner, value)
		for _, v := range value {
			c.walk(inner, v)
		}
	}
}

func (c *blockCheck) object(outer, kind string, o map[string]any) {
	for _, key := range []string{"text", "url", "alt_text"} {
		text, ok := o[key].(string)
		if !ok {
			continue
		}
		n := utf8.RuneCountInString(text)
		c.total += n
		if n == 0 || key == "url" && (n > slackMaxURL || !strings.Contains(text, ":")) {
			c.fail("%s of %q is empty or no address", key, kind)
		}
		if limit := textLimit(outer); limit > 0 && n > limit {
			c.fail("%d characters in a %s, at most %d are allowed", n, outer, limit)
		}
	}
	elements, ok := o["elements"].([]any)
	if ok && len(elements) == 0 {
		c.fail("%q without elements", kind)
	}
	c.identity(kind, o, elements)
}

// identity looks for names that two things have.
func (c *blockCheck) identity(kind string, o map[string]any, elements []any) {
	if id, _ := o["block_id"].(string); id != "" {
		if c.ids[id] {
			c.fail("two blocks have the block_id %q", id)
		}
		c.ids[id] = true
	}
	actions := map[string]bool{}
	for _, e := range elements {
		e, _ := e.(map[string]any)
		id, _ := e["action_id"].(string)
		if id != "" && actions[id] {
			c.fail("two elements of one %s have the action_id %q", kind, id)
		}
		actions[id] = true
	}
	if kind == "button" && o["url"] == nil && o["action_id"] == nil {
		c.fail("a button that does nothing")
	}
}

func (c *blockCheck) fail(format string, args ...any) {
	c.wrong = append(c.wrong, "[ERROR] "+fmt.Sprintf(format, args...))
}

// textLimit returns how many characters a text inside a block of this type may
// have, or 0 if only the sum is limited.
func textLimit(block string) int {
	switch block {
	case "section":
		return slackMaxSection
	case "header":
		return slackMaxHeader
	}
	return 0
}

var slackNames = regexp.MustCompile(`@\w+`)

// named returns how many names a post notifies because it asks Slack to look
// for names in its plain words.
func named(args slackArgs) int {
	link := args["link_names"]
	if link != "1" && link != "true" && args["parse"] != "full" {
		return 0
	}
	return len(slackNames.FindAllString(args["text"], -1))
}
