package slack

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackutilsx"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// What one message may hold. Slack refuses more than about 12,000 characters
// over all blocks, a limit that it documents nowhere.
const (
	maxBlocks  = 48   // Slack's limit is 50, and buttons take two
	maxChars   = 8900 // of all blocks but the note on what did not fit
	maxNote    = 1000 // characters of that note
	maxOwn     = 3000 // characters of the bot's own words; the rest is for quotes
	maxHeading = 500  // characters of a title or a byline
	maxLink    = 2000 // bytes of an address; longer ones are cut off by some browsers
	maxText    = 4000 // characters of the text for notifications, as Slack recommends
	maxPlace   = 100  // characters of the name of a place in the note

	roomForQuotes = 7500 // characters of passages that one message is asked to hold, so that seldom one is left out
)

// dress returns m as Slack shows it: in blocks, and as the plain text that
// notifications and screen readers use.
func dress(m bot.Message) []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(plain(m), true),
		slack.MsgOptionBlocks(append(render(m), buttons(m.Actions, onMessage)...)...),
		slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl(),
	}
}

// plain returns m without markup, not yet escaped. If it would be too long,
// whole quotes are left out.
func plain(m bot.Message) string {
	short := bot.Message{Text: cut(m.Text, maxOwn), Takeaways: m.Takeaways}
	for _, q := range m.Quotes {
		longer := bot.Message{Text: short.Text, Takeaways: m.Takeaways, Quotes: append(short.Quotes[:len(short.Quotes):len(short.Quotes)], q)}
		if chars(slackutilsx.EscapeMessage(bot.Plain(longer))) <= maxText-maxPlace {
			short = longer
		}
	}
	text := bot.Plain(short)
	if left := len(m.Quotes) - len(short.Quotes); left > 0 {
		text = strings.TrimSpace(text + "\n\n" + tooLong(left))
	}
	return text
}

// tooLong says that n quotes were left out.
func tooLong(n int) string {
	if n == 1 {
		return "1 more passage did not fit"
	}
	return fmt.Sprintf("%d more passages did not fit", n)
}

// render returns m in blocks of rich text, in which Slack looks for no markup
// and no mentions. A quote is shown whole or not at all; the last block names
// those that did not fit.
func render(m bot.Message) []slack.Block {
	p := page{left: maxChars}
	if m.Text != "" {
		p.add(section(words(cut(m.Text, maxOwn))))
	}
	var hidden []bot.Quote
	for _, part := range m.Parts() {
		hidden = append(hidden, p.part(part)...)
	}
	if len(hidden) > 0 {
		p.add(note(hidden))
	}
	return p.blocks
}

// A page is the blocks of a message that is being filled.
type page struct {
	blocks []slack.Block
	left   int // characters that still fit
}

func (p *page) add(elements ...slack.RichTextElement) {
	p.blocks = append(p.blocks, slack.NewRichTextBlock("", elements...))
	p.left -= size(elements...)
}

// part adds the quotes of one publication below its heading, and returns those
// that do not fit.
func (p *page) part(part bot.Part) (hidden []bot.Quote) {
	elements := []slack.RichTextElement{heading(part)}
	left := p.left - size(elements...)
	if left < 0 || len(p.blocks) >= maxBlocks-1 {
		return part.Quotes
	}
	for _, q := range part.Quotes {
		e := []slack.RichTextElement{quoted(q), section(where(q)...)}
		if size(e...) > left {
			hidden = append(hidden, q)
			continue
		}
		elements = append(elements, e...)
		left -= size(e...)
	}
	p.add(elements...)
	return hidden
}

// heading says which publication is quoted: its title, which leads to it, and
// who wrote it.
func heading(part bot.Part) slack.RichTextElement {
	d := part.Doc
	bold := &slack.RichTextSectionTextStyle{Bold: true}
	title := cut(d.Title, maxHeading)
	if title == "" {
		title = cut(d.ID, maxHeading)
	}
	e := section(slack.NewRichTextSectionTextElement(title, bold))
	if linkable(d.URL) {
		e = section(slack.NewRichTextSectionLinkElement(d.URL, title, bold))
	}
	by := part.Byline()
	if d.Source != "" {
		by = strings.TrimPrefix(by+" · "+d.Source, " · ")
	}
	if by != "" {
		e.Elements = append(e.Elements, words("\n"+cut(by, maxHeading)))
	}
	return e
}

// quoted shows the words of q, what may be the answer itself in bold.
func quoted(q bot.Quote) slack.RichTextElement {
	e := &slack.RichTextQuote{Type: slack.RTEQuote}
	before, focus, after := q.Cut()
	for _, piece := range []struct {
		text  string
		style *slack.RichTextSectionTextStyle
	}{{before, nil}, {focus, &slack.RichTextSectionTextStyle{Bold: true}}, {after, nil}} {
		if piece.text != "" {
			e.Elements = append(e.Elements, slack.NewRichTextSectionTextElement(piece.text, piece.style))
		}
	}
	return e
}

// where says where q stands, and what else is to be said of it.
func where(q bot.Quote) []slack.RichTextSectionElement {
	elements := []slack.RichTextSectionElement{place(q.Quote, q.Spot(), maxLink)}
	if remark := q.Remark(); remark != "" {
		elements = append(elements, words(" · "+cut(remark, maxHeading)))
	}
	return elements
}

// place returns a link to q with this name, or where q stands in words if it
// has no address of at most room bytes.
func place(q corpus.Quote, name string, room int) slack.RichTextSectionElement {
	for _, address := range []string{q.Link(), q.Doc().URL} {
		if linkable(address) && len(address) <= room {
			return slack.NewRichTextSectionLinkElement(address, name, nil)
		}
	}
	return words(cut(q.Place(), maxHeading))
}

// linkable reports whether Slack takes an address as that of a link.
func linkable(address string) bool {
	return len(address) <= maxLink && (strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://"))
}

// note says how many quotes are hidden, and where the first of them stand.
func note(hidden []bot.Quote) slack.RichTextElement {
	elements := []slack.RichTextSectionElement{words(tooLong(len(hidden)) + ": ")}
	for i, q := range hidden {
		name := cut(q.Spot()+" of "+q.Doc().Title, maxPlace)
		next := []slack.RichTextSectionElement{place(q.Quote, name, maxNote/2)}
		if i > 0 {
			next = append([]slack.RichTextSectionElement{words(" · ")}, next...)
		}
		if inline(elements)+inline(next) > maxNote-1 {
			elements = append(elements, words("…"))
			break
		}
		elements = append(elements, next...)
	}
	return section(elements...)
}

func section(elements ...slack.RichTextSectionElement) *slack.RichTextSection {
	return slack.NewRichTextSection(elements...)
}

func words(text string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(text, nil)
}

// size returns how many characters the elements take of what fits a message.
func size(elements ...slack.RichTextElement) (n int) {
	for _, e := range elements {
		switch e := e.(type) {
		case *slack.RichTextSection:
			n += inline(e.Elements)
		case *slack.RichTextQuote:
			n += inline(e.Elements)
		}
	}
	return n
}

func inline(elements []slack.RichTextSectionElement) (n int) {
	for _, e := range elements {
		switch e := e.(type) {
		case *slack.RichTextSectionTextElement:
			n += chars(e.Text)
		case *slack.RichTextSectionLinkElement:
			n += chars(e.Text) + chars(e.URL)
		}
	}
	return n
}

// chars counts characters as UTF-16 does, which is the strictest way in which
// Slack may count.
func chars(s string) (n int) {
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// cut shortens the bot's own words, never a quote, to at most n characters.
func cut(s string, n int) string {
	if chars(s) <= n {
		return s
	}
	left := n - 1
	for i, r := range s {
		if left -= chars(string(r)); left < 0 {
			return s[:i] + "…"
		}
	}
	return s
}
