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
// many columns: titles bold, quotes wrapped behind a bar, and in them bold what may be
// the answer itself.
func Pretty(columns int) func(bot.Message) string {
	width := max(20, min(columns, widest))
	words := lipgloss.NewStyle().Width(width)
	title := words.Bold(true)
	faint := words.Faint(true)
	remark := faint.PaddingLeft(2)
	quote := words.Border(lipgloss.ThickBorder(), false, false, false, true).PaddingLeft(1)
	return func(m bot.Message) string {
		var blocks []string
		add := func(style lipgloss.Style, text string) {
			if text != "" {
				blocks = append(blocks, style.Render(Harmless(text)))
			}
		}
		add(words, m.Text)
		for _, part := range m.Parts() {
			blocks = append(blocks, "")
			add(title, part.Doc.Title)
			add(faint, part.Byline())
			for _, q := range part.Quotes {
				blocks = append(blocks, quote.Render(emphasised(q)))
				add(lipgloss.NewStyle().Faint(true), "  "+cmp.Or(q.Link(), q.Place()))
				add(remark, q.Remark())
			}
		}
		return strings.TrimSpace(strings.Join(blocks, "\n"))
	}
}

// emphasised returns the words of q, those of its focus in bold, word by word,
// so that a line may be wrapped between them.
func emphasised(q bot.Quote) string {
	before, focus, after := q.Cut()
	strong := lipgloss.NewStyle().Bold(true)
	words := strings.Split(Harmless(focus), " ")
	for i, w := range words {
		if w != "" {
			words[i] = strong.Render(w)
		}
	}
	return Harmless(before) + strings.Join(words, " ") + Harmless(after)
}
