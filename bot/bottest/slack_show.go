package bottest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// slackView is what people see of a message.
type slackView struct {
	strings.Builder
	pings int // people and channels that are notified
}

// Shown returns what people see of m, without the dress: markup and mentions
// as Slack resolves them. The text is shown only if there are no blocks.
func (m SlackMessage) Shown() string {
	v := slackView{}
	v.message(m)
	return strings.TrimSpace(v.String())
}

// pings returns how many are notified by m. Mentions in the text count even if
// blocks are shown in its place.
func (m SlackMessage) pings() int {
	v := slackView{}
	v.message(m)
	if len(m.Blocks) > 0 {
		v.markup(m.Text)
	}
	return v.pings
}

func (v *slackView) message(m SlackMessage) {
	var blocks []map[string]any
	json.Unmarshal(m.Blocks, &blocks)
	for _, b := range blocks {
		v.block(b)
	}
	switch {
	case len(blocks) > 0:
	case m.Plain:
		v.entities(m.Text)
	default:
		v.markup(m.Text)
	}
}

// block shows a block, or any object within one, and a line break.
func (v *slackView) block(b map[string]any) {
	switch b["type"] {
	case "plain_text":
		text, _ := b["text"].(string)
		v.entities(text)
	case "mrkdwn", "markdown":
		text, _ := b["text"].(string)
		v.markup(text)
	default:
		for _, key := range []string{"text", "title", "label", "hint", "fields", "elements", "accessory"} {
			v.inside(b[key])
		}
	}
	v.WriteString("\n")
}

func (v *slackView) inside(value any) {
	switch value := value.(type) {
	case map[string]any:
		v.block(value)
	case []any:
		for _, element := range value {
			if e, ok := element.(map[string]any); ok && !v.inline(e) {
				v.block(e)
			}
		}
	}
}

// inline shows an element of rich text, and reports whether e is one. Its words
// are not read for markup.
func (v *slackView) inline(e map[string]any) bool {
	str := func(key string) string { s, _ := e[key].(string); return s }
	switch e["type"] {
	case "text":
		v.WriteString(str("text"))
	case "link":
		if text := str("text"); text != "" {
			v.WriteString(text + " ")
		}
		fmt.Fprintf(v, "(%s)", str("url"))
	case "emoji":
		v.WriteString(":" + str("name") + ":")
	case "channel":
		v.WriteString("#" + str("channel_id"))
	case "user", "usergroup", "broadcast":
		v.pings++
		v.WriteString("@" + str("user_id") + str("usergroup_id") + str("range"))
	default:
		return false
	}
	return true
}

var (
	slackAngles = regexp.MustCompile(`<([^<>]*)>`)
	slackStyles = regexp.MustCompile("\\*([^*\n]+)\\*|\\b_([^_\n]+)_\\b|~([^~\n]+)~|`([^`\n]+)`")
	slackQuoted = regexp.MustCompile(`(?m)^&gt; ?`)
)

// markup shows text that Slack reads as markup.
func (v *slackView) markup(text string) {
	text = slackQuoted.ReplaceAllString(text, "")
	text = slackStyles.ReplaceAllString(text, "$1$2$3$4")
	text = slackAngles.ReplaceAllStringFunc(text, func(in string) string { return v.resolve(in[1 : len(in)-1]) })
	v.entities(text)
}

// resolve shows what stood in angle brackets.
func (v *slackView) resolve(in string) string {
	target, label, labelled := strings.Cut(in, "|")
	if strings.HasPrefix(target, "@") || strings.HasPrefix(target, "!") && !strings.HasPrefix(target, "!date") {
		v.pings++
	}
	if labelled {
		return label
	}
	return strings.Replace(target, "!", "@", 1)
}

// entities shows text in which Slack only undoes the three escapes.
func (v *slackView) entities(text string) {
	v.WriteString(strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text))
}
