package discord

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/bwmarrin/discordgo"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// What one message may hold, in UTF-16 units, as Discord counts.
const (
	maxContent     = 2000
	maxTitle       = 256
	maxAuthor      = 256
	maxDescription = 4096 // of one embed
	maxTotal       = 6000 // over all embeds
	maxEmbeds      = 10
	maxLink        = 1500 // of an address; Discord takes 2048, some browsers less
	maxRemark      = 300  // of what is said of a quote beside its place
	maxNote        = 100  // of the note on what did not fit, and the reference
)

// small is what a line of small letters begins with, and bold what bold words
// stand between.
const (
	small = "-# "
	bold  = "**"
)

// A post is the body of a request that makes a message, of content and embeds or
// of components.
type post struct {
	Content      string                      `json:"content,omitempty"`
	Components   []component                 `json:"components,omitempty"`
	Embeds       []*discordgo.MessageEmbed   `json:"embeds,omitempty"`
	Allowed      mentions                    `json:"allowed_mentions"`
	Flags        discordgo.MessageFlags      `json:"flags,omitempty"`
	Nonce        string                      `json:"nonce,omitempty"`
	EnforceNonce bool                        `json:"enforce_nonce,omitempty"`
	Reference    *discordgo.MessageReference `json:"message_reference,omitempty"`
}

// mentions are who may be notified: with an empty list of kinds, nobody.
type mentions struct {
	Parse       []string `json:"parse"`
	Roles       []string `json:"roles,omitempty"`
	RepliedUser bool     `json:"replied_user"`
}

// render returns m as Discord shows it: the bot's own words as content, and an
// embed for each publication that is quoted. A quote is shown whole or not at
// all, and how many did not fit is said. The reference ref, unless it is
// empty, stands at the end in small letters.
func render(m bot.Message, ref string) post {
	p := post{Allowed: mentions{Parse: []string{}}}
	left, hidden := maxTotal-units(ref), 0
	for _, part := range m.Parts() {
		if len(p.Embeds) == maxEmbeds {
			hidden += len(part.Quotes)
			continue
		}
		e, missing := embed(part, left)
		hidden += missing
		if e != nil {
			left -= size(e)
			p.Embeds = append(p.Embeds, e)
		}
	}
	note := unfit(hidden)
	if link := source(m); hidden > 0 && link != "" {
		note += " [Read on there](" + link + ")."
	}
	p.Content = strings.TrimSpace(cut(m.Text, maxContent-maxNote-units(note), escape) + note)
	p.refer(ref)
	return p
}

// source returns the address of the publication that all quotes of m are from,
// or the empty string.
func source(m bot.Message) string {
	if parts := m.Parts(); len(parts) == 1 {
		return address(parts[0].Doc.URL)
	}
	return ""
}

// unfit says how many passages are hidden, if any are.
func unfit(hidden int) string {
	switch hidden {
	case 0:
		return ""
	case 1:
		return "\n\n1 more passage did not fit here."
	}
	return fmt.Sprintf("\n\n%d more passages did not fit here.", hidden)
}

// refer puts ref, unless it is empty, where Discord's history returns it.
func (p *post) refer(ref string) {
	switch n := len(p.Embeds); {
	case ref == "":
	case n > 0:
		p.Embeds[n-1].Footer = &discordgo.MessageEmbedFooter{Text: ref}
	default:
		p.Content = strings.TrimSpace(p.Content + "\n" + small + ref)
	}
}

// embed returns part in at most left units, and how many of its quotes are
// missing. It is nil if nothing of part fits.
func embed(part bot.Part, left int) (e *discordgo.MessageEmbed, missing int) {
	e = heading(part)
	var said blocks
	limit := min(maxDescription, left-size(e))
	for _, q := range part.Quotes {
		block := quotation(q)
		long := units(block) > maxDescription
		if long {
			block = where("This passage is too long to be shown here: ", q.Quote)
		}
		if !said.add(block, limit) || long {
			missing++
		}
	}
	if len(said) == 0 {
		return nil, missing
	}
	e.Description = said.String()
	return e, missing
}

// blocks are parted by blank lines.
type blocks []string

func (b blocks) String() string { return strings.Join(b, "\n\n") }

// add appends block, unless that would make more than limit units.
func (b *blocks) add(block string, limit int) bool {
	longer := append(*b, block)
	if units(longer.String()) > limit {
		return false
	}
	*b = longer
	return true
}

// heading returns an embed with the title, the address and the byline of what
// is quoted.
func heading(part bot.Part) *discordgo.MessageEmbed {
	d := part.Doc
	e := &discordgo.MessageEmbed{Title: cut(d.Title, maxTitle, escape), URL: address(d.URL)}
	if by := part.Byline(); by != "" {
		e.Author = &discordgo.MessageEmbedAuthor{Name: cut(by, maxAuthor, plain)}
	}
	return e
}

// size returns what e counts for in the total over all embeds.
func size(e *discordgo.MessageEmbed) int {
	n := units(e.Title) + units(e.Description)
	if e.Author != nil {
		n += units(e.Author.Name)
	}
	return n
}

// quotation returns q and below it its place.
func quotation(q bot.Quote) string { return quoted(q) + "\n" + placed(q) }

// quoted returns the words of q as a block quotation, what may be the answer
// itself in bold.
func quoted(q bot.Quote) string {
	said := escape(q.Text())
	if before, focus, after := q.Cut(); focus != "" {
		said = escape(before) + bold + escape(focus) + bold + escape(after)
	}
	return "> " + strings.ReplaceAll(said, "\n", "\n> ")
}

// placed returns where the words of q stand, and what is to be said of them.
func placed(q bot.Quote) string {
	place := where("", q.Quote)
	if remark := q.Remark(); remark != "" {
		place += " · " + cut(remark, maxRemark, escape)
	}
	return place
}

// where returns before and the place of q, which is a link if it has one.
func where(before string, q corpus.Quote) string {
	link := address(q.Link())
	if link == "" {
		return before + escape(q.Place())
	}
	return fmt.Sprintf("%s[%s](%s)", before, q.Spot(), link)
}

// address returns link in a form that can stand in a link of Discord's, or the
// empty string if it is no address that Discord links to.
func address(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	link = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C").Replace(link)
	if units(link) > maxLink {
		return ""
	}
	return link
}
