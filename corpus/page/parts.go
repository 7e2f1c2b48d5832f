package page

import "strings"

// partsTrust is how far the three-part form is to be trusted, in the scale of
// corpus.Announces: as far as key findings.
const partsTrust = 3

// partOf holds the headings of the summaries in three parts with which some
// publications begin: what happened, why it matters, what to do about it.
var partOf = func() map[string]int {
	table := make(map[string]int)
	for i, headings := range [][]string{
		{"what s new", "what is new", "what happened", "what s happening", "was ist neu", "worum geht es", "was ist passiert", "quoi de neuf", "que s est il passé",
			"qué hay de nuevo", "qué ha pasado", "qué ocurre", "che cosa c è di nuovo", "cosa c è di nuovo", "cosa è successo", "wat is er nieuw", "wat is nieuw", "wat is er aan de hand"},
		{"why does it matter", "why it matters", "why did it happen", "why is it important", "so what", "warum ist das wichtig", "warum es wichtig ist", "en quoi est ce important", "pourquoi est ce important",
			"por qué importa", "por qué es importante", "perché è importante", "perché conta", "waarom is dit belangrijk", "waarom is het belangrijk", "waarom doet het ertoe"},
		{"what should be done", "what s next", "what next", "what can be done", "now what", "was ist zu tun", "was zu tun ist", "was sollte getan werden", "comment agir", "que faire",
			"qué se debería hacer", "qué se debe hacer", "qué hacer", "cosa fare", "che cosa fare", "cosa si dovrebbe fare", "wat moet er gebeuren", "wat te doen"},
	} {
		for _, h := range headings {
			table[h] = i + 1
		}
	}
	return table
}()

// maxPart is the number of paragraphs of one part.
const maxPart = 3

// part returns which of the three parts p begins, from 1, or 0.
func part(p para) int {
	if len(p.text) > maxBoldHeading && p.lead == "" {
		return 0
	}
	return max(partOf[words(p.text)], partOf[words(p.lead)])
}

// parts returns the summary in parts that begins with paragraph i, or nil if
// no second part follows. The last part has no end of its own, so it is no
// longer than the longest before it.
func (f finder) parts(i int) (lines []line) {
	count, longest, inPart := 0, 1, 0
	for _, p := range f.paras[i:] {
		switch n := part(p); {
		case n > count && n <= 3:
			count, inPart = n, 0
			if partOf[words(p.text)] > 0 {
				lines = append(lines, line{text: p.text, heading: true, level: level(p)})
				continue
			}
			inPart++
			lines = append(lines, line{text: p.text})
			continue
		case n > 0 || p.level > 0 || inPart >= maxPart || count == 3 && inPart >= longest:
			return whole(lines, count)
		}
		inPart++
		if count < 3 {
			longest = max(longest, inPart)
		}
		lines = append(lines, line{text: p.text})
	}
	return whole(lines, count)
}

// whole returns lines if they are a summary: at least two parts, not too long.
func whole(lines []line, count int) []line {
	var all []string
	for _, l := range lines {
		all = append(all, l.text)
	}
	if count < 2 || len(strings.Join(all, "")) > maxTakeawayBytes || lines[len(lines)-1].heading {
		return nil
	}
	return lines
}
