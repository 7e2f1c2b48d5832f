package corpus

import (
	"slices"
	"strings"
)

// A Part is one paragraph of a publication, as the reader of some file format
// found it.
type Part struct {
	Text    string // white space in it is folded
	Heading bool
	Item    bool   // whether it is an item of a list
	Mark    string // what Text begins with if it is an item and shows its mark, such as "•"
	Page    int    // on which it begins, from 1; 0 in all parts if there are no pages
}

// Compose sets the Text, Headings, Pages and Takeaways of d from its parts,
// leaving out those without words. The takeaways are what stands below the
// heading that announces them most plainly: its list, or else its paragraphs
// up to the next heading.
func (d *Doc) Compose(parts []Part) {
	parts = worded(parts)
	var text strings.Builder
	spans := make([]Span, len(parts))
	d.Headings, d.Pages, d.Takeaways = nil, nil, nil
	for i, p := range parts {
		if i > 0 {
			text.WriteString("\n\n")
		}
		spans[i] = Span{text.Len(), text.Len() + len(p.Text)}
		text.WriteString(p.Text)
		if p.Heading {
			d.Headings = append(d.Headings, spans[i])
		}
		if p.Page > 0 {
			d.Pages = append(d.Pages, p.Page)
		}
	}
	d.Text = text.String()
	from, to := announced(parts)
	for i := from; i < to; i++ {
		rest := strings.TrimPrefix(parts[i].Text, parts[i].Mark)
		spans[i].Start = spans[i].End - len(strings.TrimLeft(rest, " "))
		d.Takeaways = append(d.Takeaways, spans[i])
	}
}

// worded returns the parts that say something, with white space folded.
func worded(parts []Part) []Part {
	parts = slices.Clone(parts)
	for i := range parts {
		parts[i].Text, parts[i].Mark = fold(parts[i].Text), fold(parts[i].Mark)
	}
	return slices.DeleteFunc(parts, func(p Part) bool { return p.Text == "" || p.Text == p.Mark })
}

// maxBelow is the number of paragraphs without a list that may be takeaways;
// what has more is a chapter.
const maxBelow = 8

// announced returns the range of parts that are the takeaways, empty if there
// are none.
func announced(parts []Part) (from, to int) {
	best := 0
	for i, p := range parts {
		trust := Announces(p.Text)
		if trust <= best {
			continue
		}
		if first, n := below(parts[i+1:]); n > 0 {
			from, to, best = i+1+first, i+1+first+n, trust
		}
	}
	return from, to
}

// below returns how many of the parts under a heading are its takeaways, and
// the first of them. One paragraph may introduce their list.
func below(parts []Part) (first, n int) {
	end := slices.IndexFunc(parts, func(p Part) bool { return p.Heading })
	if end < 0 {
		end = len(parts)
	}
	first = slices.IndexFunc(parts[:end], func(p Part) bool { return p.Item })
	if first < 0 || first > 1 {
		if end > maxBelow {
			return 0, 0
		}
		return 0, end
	}
	for first+n < end && parts[first+n].Item {
		n++
	}
	return first, n
}
