package page

import (
	"strings"

	"golang.org/x/net/html"

	"rapporteur/corpus"
)

// A line is one paragraph of the takeaways of a page.
type line struct {
	text    string
	heading bool // whether it stands above takeaways and is none
	level   int  // of the heading
	from    int  // bytes of text before the takeaway, such as a bullet
}

// findTakeaways returns the takeaways that a publication gives itself, with
// the headings above them, from all paragraphs of its page: wherever they
// stand, of several those whose heading says so most plainly, then the first.
// It returns none if there are none.
func findTakeaways(paras []para) []line {
	all := finder{paras: paras, prose: prose(paras)}
	var best []line
	trust := 0
	for i := range paras {
		if t := all.announced(i); t > trust && !all.elsewhere(i) {
			if lines := all.below(i, t); lines != nil {
				best, trust = lines, t
			}
		}
		if part(paras[i]) == 1 && trust < partsTrust && !all.elsewhere(i) {
			if lines := all.parts(i); lines != nil {
				best, trust = lines, partsTrust
			}
		}
	}
	return best
}

// A finder looks for takeaways among the paragraphs of a page.
type finder struct {
	paras []para
	prose int // bytes of the paragraphs that are long
}

const (
	maxTakeaways     = 15   // more than that are not the key ones
	maxTakeawayBytes = 6000 // of all; more is a chapter
	maxSummaryBytes  = 4000 // of a summary or an abstract
	minTakeaway      = 25   // bytes of one on average; less are the entries of a menu
	maxLoose         = 6    // paragraphs below a line that only looks like a heading
	minProse         = 100  // bytes of a paragraph that is no title, label or control
)

func prose(paras []para) (n int) {
	for _, p := range paras {
		if len(p.text) >= minProse && !p.mostlyLinks() {
			n += len(p.text)
		}
	}
	return n
}

// announced returns how plainly paragraph i says that takeaways follow. A line
// that is no heading has to say it more plainly than one that is. A summary
// stands above the text; below it the same word heads a conclusion.
func (f finder) announced(i int) int {
	p := f.paras[i]
	trust := max(corpus.Announces(p.text), corpus.Announces(p.lead))
	switch {
	case trust == 0, p.item && p.level == 0 && p.lead == "", p.level == 0 && p.mostlyLinks():
		return 0
	case trust == 1 && p.level == 0 && p.lead == "":
		return 0
	case trust == 1 && 2*prose(f.paras[:i]) > f.prose:
		return 0
	}
	return trust
}

// elsewhere reports whether paragraph i belongs to a menu or to other articles.
func (f finder) elsewhere(i int) bool {
	for n := f.paras[i].node; n != nil; n = n.Parent {
		if n.Data == "footer" || cluttered(n) && prose(f.within(n)) <= f.prose/maxClutterPart {
			return true
		}
	}
	return false
}

func (f finder) within(n *html.Node) (paras []para) {
	for _, p := range f.paras {
		if within(n, p.node) {
			paras = append(paras, p)
		}
	}
	return paras
}

// below returns the takeaways that paragraph i announces, or nil if none follow.
func (f finder) below(i, trust int) []line {
	p := f.paras[i]
	if corpus.Announces(p.text) == 0 {
		from := len(p.text) - len(strings.TrimLeft(p.text[len(p.lead):], " :.–—-"))
		if len(p.text)-from < minTakeaway {
			return nil
		}
		return []line{{text: p.text, from: from}}
	}
	section := f.section(i)
	picked := pick(section)
	if !credible(picked, trust) || p.level == 0 && len(picked) > maxLoose && !picked[0].item {
		picked = subheads(section)
		if !credible(picked, trust) {
			return nil
		}
	}
	lines := []line{{text: p.text, heading: true, level: level(p)}}
	for _, p := range picked {
		lines = append(lines, line{text: p.text, from: len(bulleted.FindString(p.text))})
	}
	return lines
}

// level returns the level of a paragraph that stands as a heading.
func level(p para) int {
	if p.level == 0 {
		return looksLike
	}
	return p.level
}

// section returns the paragraphs below the heading i: those in the smallest
// part of the page that holds the heading and what follows it, up to the next
// heading of its level. So it may stand in a box or in a column of its own.
func (f finder) section(i int) []para {
	if i+1 == len(f.paras) {
		return nil
	}
	scope, next := f.paras[i].node, f.paras[i+1].node
	for scope != nil && !within(scope, next) {
		if scope.Data == "aside" || scope.Data == "article" {
			return nil
		}
		scope = scope.Parent
	}
	end := i + 1
	for end < len(f.paras) && within(scope, f.paras[end].node) && !f.ends(end, level(f.paras[i])) {
		end++
	}
	return f.paras[i+1 : end]
}

// ends reports whether paragraph i is a heading that ends a section of level.
func (f finder) ends(i, level int) bool {
	p := f.paras[i]
	return p.level > 0 && p.level <= level || p.label && corpus.Announces(p.text) > 0
}

// pick returns those paragraphs of a section that are the takeaways: its first
// list, if one begins at once or after a line or two that lead to it, else all
// that are no headings.
func pick(section []para) (picked []para) {
	for i := 0; i < len(section) && i < 3; i++ {
		if entry(section[i]) {
			if list := list(section[i:]); len(list) > 1 {
				return list
			}
		}
	}
	for _, p := range section {
		if p.level == 0 && !p.label {
			picked = append(picked, p)
		}
	}
	return picked
}

// entry reports whether p is an entry of a list, by markup or by its bullet.
func entry(p para) bool { return p.item || p.label || bulleted.MatchString(p.text) }

// list returns the entries that section begins with, without the terms of
// definitions.
func list(section []para) (entries []para) {
	for _, p := range section {
		if !entry(p) {
			break
		}
		if !p.label {
			entries = append(entries, p)
		}
	}
	return entries
}

// subheads returns the headings in a section: whoever explains each finding at
// length says it in the heading above.
func subheads(section []para) (heads []para) {
	for _, p := range section {
		if p.level > 0 {
			heads = append(heads, p)
		}
	}
	if len(heads) < 3 {
		return nil
	}
	return heads
}

// credible reports whether these may be takeaways.
func credible(picked []para, trust int) bool {
	total, links := 0, 0
	for _, p := range picked {
		total += len(p.text)
		if p.mostlyLinks() {
			links++
		}
	}
	limit := maxTakeawayBytes
	if trust == 1 {
		limit = maxSummaryBytes
	}
	return len(picked) > 0 && len(picked) <= maxTakeaways && total <= limit && total >= minTakeaway*len(picked) && 2*links <= len(picked)
}
