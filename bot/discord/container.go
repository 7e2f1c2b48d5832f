package discord

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"rapporteur/bot"
)

// What one message of components may hold. Text is counted in UTF-16 units.
const (
	maxText   = 4000 // over all texts
	maxParts  = 20   // publications; with two rows of buttons they stay under Discord's 40 components
	maxOwn    = 1200 // of the bot's own words beside quotes
	maxButton = 512  // of a button's address
	maxLabel  = 80   // of a button's words
	maxID     = 100  // of what a button stands for
	perRow    = 5    // buttons

	// room is what the passages of a message may take, headings and places
	// included. The rest is for the bot's own words and what escaping adds.
	room = 2800
)

// accent is the colour of an answer's edge: a calm blue.
const accent = 0x4F6D8F

// flagComponents says that a message is made of components alone, with neither
// content nor embeds.
const flagComponents = discordgo.MessageFlagsIsComponentsV2

// A component is a piece of a message.
type component struct {
	Type       int         `json:"type"`
	ID         int         `json:"id,omitempty"`
	Accent     int         `json:"accent_color,omitempty"`
	Content    string      `json:"content,omitempty"`
	Components []component `json:"components,omitempty"`
	Style      int         `json:"style,omitempty"`
	Label      string      `json:"label,omitempty"`
	Emoji      *emoji      `json:"emoji,omitempty"`
	CustomID   string      `json:"custom_id,omitempty"`
	URL        string      `json:"url,omitempty"`
}

type emoji struct {
	Name string `json:"name"`
}

// show returns m as people are shown it who asked: in one container, with
// buttons. A quote is shown whole or not at all, and how many did not fit is
// said. The conversation, if it is not empty, goes with the message.
func show(m bot.Message, conversation string) post {
	shown := texts(m)
	if leaf := m.Leaf; leaf.Of > leaf.Last-leaf.First+1 {
		shown = append(shown, component{Type: componentText, Content: small + numbered(leaf)})
	}
	id, err := strconv.Atoi(conversation)
	if err != nil || id < threadBase || id > math.MaxInt32 {
		id = 0 // that of a channel; there, nothing needs to be found again
	}
	box := component{Type: componentContainer, ID: id, Accent: accent, Components: append(shown, rows(m.Actions)...)}
	return post{Components: []component{box}, Flags: flagComponents, Allowed: mentions{Parse: []string{}}}
}

// numbered returns what l shows of the answer in words.
func numbered(l bot.Leaf) string {
	if l.First == l.Last {
		return fmt.Sprintf("%d of %d", l.First, l.Of)
	}
	return fmt.Sprintf("%d–%d of %d", l.First, l.Last, l.Of)
}

// texts returns the words of m: the bot's own, those of each publication, and
// how many passages did not fit.
func texts(m bot.Message) (all []component) {
	most := maxText - maxNote
	if len(m.Quotes) > 0 {
		most = maxOwn
	}
	own, hidden := cut(m.Text, most, escape), 0
	alone := maxText - maxNote - units(own)
	left := alone
	for _, part := range m.Parts() {
		said, missing := passages(part, alone, left)
		if len(all) == maxParts {
			said, missing = "", len(part.Quotes)
		}
		hidden += missing
		if said != "" {
			left -= units(said)
			all = append(all, component{Type: componentText, Content: said})
		}
	}
	if own = strings.TrimSpace(own + unfit(hidden)); own != "" {
		all = slices.Insert(all, 0, component{Type: componentText, Content: own})
	}
	return all
}

// passages returns part in at most left units, and how many of its quotes are
// missing: its title, which leads to it, its quotes, and whose it is. It is
// empty if nothing of part fits. A quote that would not fit either if it stood
// alone is linked to.
func passages(part bot.Part, alone, left int) (said string, missing int) {
	head, by := titled(part), byline(part)
	frame := units(head) + units(by)
	var fit blocks
	for _, q := range part.Quotes {
		block := quoted(q) + "\n" + small + placed(q)
		long := units(block) > alone-frame
		if long {
			block = small + where("This passage is too long to be shown here: ", q.Quote)
		}
		if !fit.add(block, left-frame) || long {
			missing++
		}
	}
	if len(fit) == 0 {
		return "", missing
	}
	return head + fit.String() + by, missing
}

// titled returns the title of a publication as a heading that leads to it. Where
// its words would break a link, or Discord shows none since they look like an
// address themselves, the link stands behind it.
func titled(part bot.Part) string {
	title, link := oneLine(cut(part.Doc.Title, maxTitle, escape)), address(part.Doc.URL)
	if strings.HasSuffix(title, "#") && !strings.HasSuffix(title, `\#`) {
		title = strings.TrimSuffix(title, "#") + `\#` // it would be taken for the end of a heading
	}
	switch {
	case title == "" && link == "":
		return ""
	case title == "":
		return fmt.Sprintf("### [Publication](%s)\n", link)
	case link == "":
		return "### " + title + "\n"
	case unlinkable.MatchString(part.Doc.Title):
		return fmt.Sprintf("### %s ([open](%s))\n", title, link)
	}
	return fmt.Sprintf("### [%s](%s)\n", title, link)
}

// unlinkable are words that Discord makes no link of.
var unlinkable = regexp.MustCompile(`[\[\]<>]|://|(?i:www\.)`)

// oneLine returns text without line breaks, which would end a heading.
func oneLine(text string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(text) }

// byline returns who wrote a publication, when and where it came from, in small
// letters, or the empty string.
func byline(part bot.Part) string {
	by := part.Byline()
	if source := part.Doc.Source; source != "" && by != "" {
		by += " · " + source
	} else if source != "" {
		by = source
	}
	if by == "" {
		return ""
	}
	return "\n" + small + oneLine(cut(by, maxAuthor, escape))
}

// rows returns the buttons for what can be done with a message: those for
// reading on in the first row, all others below.
func rows(actions []bot.Action) (all []component) {
	var reading, others []component
	for _, a := range actions {
		b, ok := button(a)
		switch {
		case !ok:
		case isReading(a.Name):
			reading = append(reading, b)
		default:
			others = append(others, b)
		}
	}
	for _, row := range [][]component{reading, others} {
		for len(row) > 0 {
			n := min(perRow, len(row))
			all = append(all, component{Type: componentRow, Components: row[:n]})
			row = row[n:]
		}
	}
	return all
}

func isReading(name string) bool {
	switch name {
	case bot.ActionBack, bot.ActionNext, bot.ActionContext, bot.ActionNarrow, bot.ActionOpen:
		return true
	}
	return false
}

// button returns a as Discord shows it, or false if it cannot be pressed there.
func button(a bot.Action) (b component, ok bool) {
	b = component{Type: componentButton, Label: cut(a.Label, maxLabel, plain), Style: int(discordgo.SecondaryButton)}
	switch a.Name {
	case bot.ActionGood:
		b.Emoji = &emoji{"👍"}
	case bot.ActionBad:
		b.Emoji = &emoji{"👎"}
	case bot.ActionNext:
		b.Style = int(discordgo.PrimaryButton)
	}
	if a.URL != "" {
		b.Style, b.URL = int(discordgo.LinkButton), pressable(a.URL)
		return b, b.URL != "" && b.Label != ""
	}
	b.CustomID = a.Name + " " + a.ID
	return b, a.ID != "" && b.Label != "" && units(b.CustomID) <= maxID
}

// pressable returns link if it fits a button; or else without what leads to the
// very words, if that does; or the empty string.
func pressable(link string) string {
	whole, _, _ := strings.Cut(link, "#")
	for _, l := range []string{link, whole} {
		if l = address(l); l != "" && units(l) <= maxButton {
			return l
		}
	}
	return ""
}
