package bottest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Shown returns what people see of m: its words with the markup resolved, and
// the addresses of its links beside them.
func (m DiscordMessage) Shown() string {
	shown := []string{discordWords(m.Content)}
	for _, e := range m.Embeds {
		if e.Author != nil {
			shown = append(shown, e.Author.Name)
		}
		shown = append(shown, discordLine(e.Title), e.URL, discordWords(e.Description))
		for _, f := range e.Fields {
			shown = append(shown, discordLine(f.Name), discordWords(f.Value))
		}
		if e.Footer != nil {
			shown = append(shown, e.Footer.Text)
		}
	}
	shown = append(shown, discordLayout(m.Components)...)
	var lines []string
	for _, s := range shown {
		if s != "" {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\n")
}

// discordLayout returns what is seen of components, a line for each piece: of
// text its words, of buttons their labels in brackets, and the addresses of
// links beside them.
func discordLayout(components []DiscordComponent) []string {
	var seen []string
	for _, c := range components {
		var line []string
		for _, b := range c.Components {
			if b.Type == componentButton {
				line = append(line, b.face())
			}
		}
		seen = append(seen, discordWords(c.Content), strings.Join(line, " "))
		seen = append(seen, discordLayout(c.Components)...)
		if c.Accessory != nil && c.Accessory.Type == componentButton {
			seen = append(seen, c.Accessory.face())
		}
	}
	return seen
}

// face returns what is seen of a button.
func (c *DiscordComponent) face() string {
	label := c.Label
	if c.Emoji != nil {
		label = strings.TrimSpace(c.Emoji.Name + " " + label)
	}
	if c.URL != "" {
		return fmt.Sprintf("[%s] (%s)", label, c.URL)
	}
	return "[" + label + "]"
}

// What a line can begin with. Each first group is what follows.
var (
	quoteLine   = regexp.MustCompile(`^ *>(?:>>)? (.*)$`)
	headingLine = regexp.MustCompile(`^ *(?:#{1,3}|-#) +(\S.*)$`)
	listLine    = regexp.MustCompile(`^ *(?:[-*+]|\d+\.) +(.*)$`)
)

// discordWords returns what is seen of the body of a message or an embed.
func discordWords(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = discordBlock(line)
	}
	return discordLine(strings.Join(lines, "\n"))
}

// discordBlock returns line without what makes it a quotation, a heading or an
// item; an item gets a bullet, whatever its number was.
func discordBlock(line string) string {
	if m := quoteLine.FindStringSubmatch(line); m != nil {
		line = m[1]
	}
	if m := headingLine.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	if m := listLine.FindStringSubmatch(line); m != nil {
		return "• " + m[1]
	}
	return line
}

// A discordRule is one piece of markup inside a line, and what is seen of it.
// It takes more for markup than Discord does, so that words which are shown
// exactly here are shown exactly there.
type discordRule struct {
	pattern *regexp.Regexp
	seen    int
}

// What is seen of markup.
const (
	asIs    = iota // the first group as it stands
	inside         // the first group, whose own markup is resolved
	changed        // something else than what was written
	linked         // the first group, and the second one as its address
)

var discordRules = []discordRule{
	{regexp.MustCompile(`^\\([^0-9A-Za-z\s])`), asIs},
	{regexp.MustCompile("(?s)^```(?:[a-z]*\n)?(.+?)```"), asIs},
	{regexp.MustCompile("(?s)^``(.+?)``"), asIs},
	{regexp.MustCompile("(?s)^`([^`]+)`"), asIs},
	{regexp.MustCompile(`^<(https?://[^\s<>]+)>`), asIs},
	{regexp.MustCompile(`^(https?://[^\s<]*[^<.,:;"')\]\s])`), asIs},
	{regexp.MustCompile(`^\[((?:[^\[\]\\]|\\.)+)\]\(<?(https?://[^\s()<>]+)>?\)`), linked},
	{regexp.MustCompile(`^<(?:@[!&]?|#)\d+>`), changed},
	{regexp.MustCompile(`^@(?:everyone|here)`), changed},
	{regexp.MustCompile(`^</[\w -]+:\d+>`), changed},
	{regexp.MustCompile(`^<t:-?\d+(?::[tTdDfFR])?>`), changed},
	{regexp.MustCompile(`^<a?:\w+:\d+>`), changed},
	{regexp.MustCompile(`^:[\w+-]+:`), changed},
	{regexp.MustCompile(`(?s)^\|\|(.+?)\|\|`), inside},
	{regexp.MustCompile(`(?s)^\*\*\*((?:[^\\*]|\\.)+)\*\*\*`), inside},
	{regexp.MustCompile(`(?s)^\*\*((?:[^\\*]|\\.)+)\*\*`), inside},
	{regexp.MustCompile(`(?s)^\*((?:[^\\*]|\\.)+)\*`), inside},
	{regexp.MustCompile(`(?s)^__((?:[^\\_]|\\.)+)__`), inside},
	{regexp.MustCompile(`(?s)^_((?:[^\\_]|\\.)+)_`), inside},
	{regexp.MustCompile(`(?s)^~~(.+?)~~`), inside},
	{regexp.MustCompile(`^(¯\\_\(ツ\)_/¯)`), asIs},
}

// discordLine returns what is seen of text where only markup inside a line
// counts, such as in a title.
func discordLine(text string) string {
	var seen strings.Builder
	for text != "" {
		next := strings.IndexAny(text, "\\`<h[:|*_~@¯")
		if next < 0 {
			next = len(text)
		}
		seen.WriteString(text[:next])
		text = text[next:]
		if text == "" {
			break
		}
		shown, size := discordMarkup(text)
		seen.WriteString(shown)
		text = text[size:]
	}
	return seen.String()
}

// discordMarkup returns what is seen of the markup at the start of text and
// its size, or the first character if there is no markup.
func discordMarkup(text string) (shown string, size int) {
	for _, rule := range discordRules {
		if g := rule.pattern.FindStringSubmatch(text); g != nil {
			return rule.resolve(g), len(g[0])
		}
	}
	_, size = utf8.DecodeRuneInString(text)
	return text[:size], size
}

// resolve returns what is seen of a match with these groups.
func (r discordRule) resolve(groups []string) string {
	switch r.seen {
	case inside:
		return discordLine(groups[1])
	case changed:
		return "‹" + strings.Trim(groups[0], "<>:@") + "›"
	case linked:
		return fmt.Sprintf("%s (%s)", discordLine(groups[1]), groups[2])
	}
	return groups[1]
}
