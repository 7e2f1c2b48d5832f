package bottest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
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

// Spec returns where a file of published specifications lies, or the empty
// string if it is not at hand: they stand beside the source tree, not in it.
func Spec(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
			continue
		}
		path := filepath.Join(dir, "..", "shared", "specs", name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// blockSchema returns the schema of a message's blocks, or nil if it is not at
// hand, when only the rules in this file hold.
func blockSchema(t testing.TB) *jsonschema.Schema {
	path := Spec("slack-blockkit.schema.json")
	if path == "" {
		t.Log("the schema of Slack's blocks is not at hand: blocks are checked for their limits only")
		return nil
	}
	schema, err := jsonschema.NewCompiler().Compile(path + "#/definitions/BlocksPayload")
	if err != nil {
		t.Fatal(err)
	}
	return schema
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
	if s.schema != nil {
		if err := s.schema.Validate(blocks); err != nil {
			return refused("invalid_blocks", err.Error())
		}
	}
	c := blockCheck{}
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
	total int // characters of all texts and addresses
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
