package console

import (
	"cmp"
	"strings"

	"charm.land/lipgloss/v2"

	"rapporteur/bot"
)

// widest is the width of a line of text that reads well, in columns.
const widest = 84

// Pretty returns a function that gives messages the form for a terminal of so
// many columns: titles bold, quotes wrapped behind a bar.
func Pretty(columns int) func(bot.Message) string {
	width := max(20, min(columns, widest))
	words := lipgloss.NewStyle().Width(width)
	title := words.Bold(true)
	faint := words.Faint(true)
	quote := words.Border(lipgloss.ThickBorder(), false, false, false, true).PaddingLeft(1)
	return func(m bot.Message) string {
		var blocks []string
		add := func(style lipgloss.Style, text string) {
			if text != "" {
				blocks = append(blocks, style.Render(harmless(text)))
			}
		}
		add(words, m.Text)
		for _, part := range m.Parts() {
			blocks = append(blocks, "")
			add(title, part.Doc.Title)
			add(faint, bot.Byline(part.Doc))
			for _, q := range part.Quotes {
				add(quote, q.Text())
				add(lipgloss.NewStyle().Faint(true), "  "+cmp.Or(q.Link(), q.Place()))
			}
		}
		return strings.TrimSpace(strings.Join(blocks, "\n"))
	}
}
