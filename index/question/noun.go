package question

import (
	"strings"

	"rapporteur/index/answertype"
)

// longestNoun is the number of words that a focus has at most.
const longestNoun = 6

// noun takes the noun phrase at word i for the focus.
func (p *parser) noun(i int) {
	if isDeterminer(p.at(i)) {
		i++
	}
	end := i
	for end < min(len(p.ws), i+longestNoun) && !p.ends(end) && (end == i || !p.ws[end].comma) {
		end++
	}
	p.focus(i, p.head(i, end))
}

// ends reports whether no noun phrase goes on with word i.
func (p *parser) ends(i int) bool {
	w := p.at(i)
	return isAuxiliary(w) || isPreposition(w) || isDeterminer(w) || isAsking(w) || isPronoun(w) || w == "and" || w == "or" || w == "if" || w == "because" || w == "while"
}

// head returns where the noun phrase ends that may be followed by its verb
// in the words from i up to end: behind the last of the first nouns that headType
// knows, or else before what looks like a verb.
func (p *parser) head(i, end int) int {
	for j := i; j < end; j++ {
		if p.ws[j].owner || headType(p.at(j)) == 0 && !isKnownHead(p.at(j)) {
			continue
		}
		for j+1 < end && (headType(p.at(j+1)) != 0 || isKnownHead(p.at(j+1))) {
			j++
		}
		return j + 1
	}
	for end > i+1 && p.verbal(end-1) {
		end--
	}
	return end
}

// verbal reports whether word i looks like a verb behind its subject.
func (p *parser) verbal(i int) bool {
	w := p.at(i)
	if p.ws[i].capital {
		return false
	}
	if strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") {
		return true
	}
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && (isDeterminer(p.at(i+1)) || isPronoun(p.at(i+1)))
}

// what parses what stands from "what" or "which", word i, on.
func (p *parser) what(i int) {
	next := p.at(i + 1)
	switch {
	case next == "does", next == "do", next == "did":
		p.whatDoes(i)
	case next == "caused", next == "causes", next == "led", next == "made", next == "makes", next == "motivated", next == "prompted":
		p.set(Why, answertype.Cause)
	case i > 0 && isPreposition(p.at(i-1)) && (isBe(next) || isAuxiliary(next) || next == ""):
		p.set(What, 0) // "of what is it made?"
	case p.ws[i].owner, isBe(next):
		p.whatIs(i)
	case next == "of" && isDeterminer(p.at(i+2)):
		p.set(Which, 0)
		p.noun(i + 2)
		p.wantHead()
	case next == "" || isAuxiliary(next) || isPreposition(next) || next == "else" || next == "happened" || next == "happens":
		p.set(What, 0)
	default:
		p.set(Which, 0)
		p.noun(i + 1)
		p.through()
		p.wantHead()
		p.abstract()
	}
}

// abstract reads "for what reason" as why, "in what way" as how, and "what a
// quorum is" as a definition.
func (p *parser) abstract() {
	switch last := len(p.ws) - 1; {
	case p.q.Head == "reason" || p.q.Head == "reasons" || p.q.Head == "purpose":
		p.set(Why, answertype.Cause)
	case p.q.Head == "way" || p.q.Head == "manner" || p.q.Head == "ways" || p.q.Head == "method":
		p.set(How, answertype.Manner)
	case isBe(p.at(last)) && p.to == last:
		p.set(Definition, answertype.Definition)
	}
}

// wantHead sets what the question wants from the head of its focus.
func (p *parser) wantHead() {
	if p.q.Wants != 0 || p.passed {
		return
	}
	p.q.Wants = headType(p.q.Head)
	if p.q.Wants == 0 && p.from < p.to && p.ws[p.to-1].capital && !p.shouts() {
		p.q.Wants = answertype.Name // "which Super Bowl"
	}
}

// through moves the focus from "name of the agreement" on to "agreement", and
// from "type of car" to "car", which no name answers.
func (p *parser) through() {
	named := false
	switch p.q.Head {
	case "name", "names", "title":
		named = true
		p.q.Wants = answertype.Name
	case "type", "types", "kind", "kinds", "sort", "sorts", "form", "forms", "example", "examples":
	default:
		return
	}
	if p.at(p.to) != "of" {
		return
	}
	p.framed = p.from
	p.noun(p.to + 1)
	t := headType(p.q.Head)
	if named == (t&answertype.Named != 0) {
		p.q.Wants = t
	}
	p.passed = !named
}

// whatIs parses "what is", where "what" is word i.
func (p *parser) whatIs(i int) {
	j := i + 1
	if !p.ws[i].owner {
		j++
	}
	p.set(What, 0)
	if p.defines(j) {
		p.set(Definition, answertype.Definition)
		if isDeterminer(p.at(j)) {
			j++
		}
		p.focus(j, len(p.ws))
		return
	}
	last := p.at(len(p.ws) - 1)
	if p.at(j) == "meant" && p.at(j+1) == "by" {
		p.set(Definition, answertype.Definition)
		p.defineRest(j + 2)
		return
	}
	if isPreposition(last) && len(p.ws) > j+1 {
		return // "what was the hymn based on?" asks for no hymn
	}
	p.noun(j)
	p.through()
	p.wantHead()
	switch {
	case p.q.Head == "reason", p.q.Head == "cause", p.q.Head == "purpose", p.q.Head == "motivation":
		p.set(Why, answertype.Cause)
	case p.q.Head == "definition", p.q.Head == "meaning":
		p.set(Definition, answertype.Definition)
		p.defineRest(p.to)
	case last == "called", last == "named":
		p.q.Wants = answertype.Name
	}
}

// defines reports whether nothing stands from word j on but what is to be
// defined.
func (p *parser) defines(j int) bool {
	the, one := p.at(j) == "the", p.at(j) == "a" || p.at(j) == "an"
	if isDeterminer(p.at(j)) {
		j++
	}
	if j >= len(p.ws) || len(p.ws)-j > 4 {
		return false
	}
	for k := j; k < len(p.ws); k++ {
		w := p.ws[k]
		if p.ends(k) && w.lower != "and" || w.comma || w.owner || !w.capital && k > j && (strings.HasSuffix(w.lower, "ed") || strings.HasSuffix(w.lower, "ing")) {
			return false
		}
		if !w.capital && (the || headType(w.lower) != 0 && k == len(p.ws)-1 && k > j && !one) {
			return false
		}
	}
	return true
}

// whatDoes parses "what does … mean" and "what did".
func (p *parser) whatDoes(i int) {
	p.set(What, 0)
	n := len(p.ws)
	switch {
	case p.at(n-1) == "mean" && n > i+3:
		p.set(Definition, answertype.Definition)
		p.focus(p.term(i+2, n-1), n-1)
	case p.at(n-1) == "for" && p.at(n-2) == "stand" && n > i+4:
		p.set(Definition, answertype.Definition)
		p.focus(p.term(i+2, n-2), n-2)
	}
}

// term returns where the term itself begins in the words from i up to end:
// behind "the acronym" and the like.
func (p *parser) term(i, end int) int {
	for ; i < end-1; i++ {
		switch w := p.at(i); w {
		case "acronym", "abbreviation", "word", "words", "term", "terms", "phrase", "expression", "name", "title":
		default:
			if !isDeterminer(w) {
				return i
			}
		}
	}
	return i
}
