package question

import (
	"strings"
	"unicode"

	"rapporteur/index/answertype"
)

// names returns the names in the question and marks their words.
func (p *parser) names() []string {
	p.q.Words = make([]Word, len(p.ws))
	if p.shouts() {
		return nil
	}
	var found []string
	for i := 0; i < len(p.ws); {
		n := p.name(i)
		if n == 0 {
			i++
			continue
		}
		s := p.span(i, i+n)
		if last := p.ws[i+n-1]; last.owner {
			s.End = s.Start + strings.LastIndexAny(p.q.Text[s.Start:s.End], "'’")
		}
		found = append(found, p.q.Text[s.Start:s.End])
		for j := i; j < i+n; j++ {
			p.q.Words[j].Name = true
		}
		i += n
	}
	return found
}

// shouts reports whether the question is in capital letters to an extent that
// they tell nothing.
func (p *parser) shouts() bool {
	for _, w := range p.ws {
		if !w.capital && !w.quoted && unicode.IsLetter(rune(w.lower[0])) {
			return false
		}
	}
	return len(p.ws) > 3
}

// name returns the number of words of the name that begins with word i, or 0.
func (p *parser) name(i int) int {
	w := p.ws[i]
	if !w.capital || isAsking(w.lower) || w.first && !p.namedFirst(i) {
		return 0
	}
	if isFunction(w.lower) && !p.acronym(i) || isDay(w.lower) {
		return 0
	}
	end := i + 1
	for end < len(p.ws) && !p.ws[end-1].owner && !p.ws[end].comma {
		j := end
		for j < min(end+2, len(p.ws)-1) && isLink(p.at(j)) && !p.ws[j].capital && !p.ws[j+1].comma {
			j++
		}
		if p.ws[j].quoted != w.quoted || !p.ws[j].capital && (j > end || !isShortNumber(p.at(j))) {
			break
		}
		end = j + 1
	}
	return end - i
}

// namedFirst reports whether word i, which begins a sentence, would have its
// capital letter elsewhere too.
func (p *parser) namedFirst(i int) bool {
	if isFunction(p.at(i)) || isOrder(p.at(i)) {
		return p.acronym(i)
	}
	if p.ws[i].owner || p.acronym(i) || i+1 == len(p.ws) {
		return true
	}
	next := p.ws[i+1]
	return next.capital && !next.comma || isAuxiliary(next.lower) && !strings.HasSuffix(p.at(i), "s")
}

// acronym reports whether word i has a capital letter behind its first letter.
func (p *parser) acronym(i int) bool {
	s := p.q.Text[p.ws[i].span.Start:p.ws[i].span.End]
	return strings.IndexFunc(s[1:], unicode.IsUpper) >= 0 && !strings.Contains(s, "'")
}

func isShortNumber(w string) bool {
	return len(w) <= 3 && w[0] >= '0' && w[0] <= '9'
}

// content returns the words of the question with what is known of each.
func (p *parser) content() []Word {
	for i, w := range p.ws {
		out := &p.q.Words[i]
		out.Span, out.Lower, out.Quoted = w.span, w.lower, w.quoted
		out.Number = '0' <= w.lower[0] && w.lower[0] <= '9'
		out.Capital = w.capital && (!w.first || out.Name)
		out.Focus = p.from <= i && i < p.to && p.q.Wants != answertype.Definition
		out.Content = w.quoted || out.Name && !isLink(w.lower) || out.Capital && isDay(w.lower) || !isFunction(w.lower) && !(out.Name && isLink(w.lower))
		out.Content = out.Content && !p.frames(i)
		p.q.Negated = p.q.Negated || isNegation(w.lower)
		if year := yearOf(w.lower); year != 0 {
			p.q.Years = append(p.q.Years, year)
		}
	}
	return p.q.Words
}

// frames reports whether word i belongs to the words that ask and not to those
// that are asked about: "many" of "how many", "name of" before the focus, and
// words of politeness.
func (p *parser) frames(i int) bool {
	switch w := p.at(i); {
	case p.ws[i].quoted, p.ws[i].capital && !p.ws[i].first:
		return false
	case i < p.start, i == p.start && isOrder(w):
		return true
	case w == "according", w == "stand" && p.q.Kind == Definition, w == "mean" && p.q.Kind == Definition:
		return true
	case i > 0 && p.at(i-1) == "how":
		return w == "many" || w == "much" || w == "long" || w == "often" || w == "old" || w == "come"
	case isPublications(w), isOnePublication(w):
		before := p.at(i - 1)
		return i == p.start || isDeterminer(before) || isPreposition(before) || isAuxiliary(before) || isOrder(before) || bareBefore(before)
	case w == "say", w == "says", w == "tell", w == "mention":
		return i > 0 && (isPublications(p.at(i-1)) || isOnePublication(p.at(i-1)))
	case w == "said", w == "written":
		return p.at(i+1) == "about" && isAuxiliary(p.at(i-1))
	default:
		return p.framed > 0 && p.framed <= i && i < p.from
	}
}

// yearOf returns the year that w names, or 0.
func yearOf(w string) int {
	if len(w) != 4 || w[0] != '1' && w[0] != '2' {
		return 0
	}
	year := 0
	for _, c := range w {
		if c < '0' || c > '9' {
			return 0
		}
		year = 10*year + int(c-'0')
	}
	return year
}

// isDay reports whether w is a month or a day of the week.
func isDay(w string) bool {
	_, weekday := weekdayOf(w)
	return weekday || len(w) > 3 && monthOf(w) != 0 || w == "may"
}
