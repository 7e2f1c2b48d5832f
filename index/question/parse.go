package question

import (
	"strings"

	"rapporteur/corpus"
	"rapporteur/index/answertype"
)

// A parser finds out the kind and the focus of the question q.
type parser struct {
	q  *Question
	ws []word

	from, to int  // words of the focus
	mark     bool // whether a question mark ends the question, once inside knows
	start    int  // the first word behind words of politeness
	framed   int  // the first word of what through passed over, or 0
	passed   bool // whether through passed over "type of", so that no name answers
	asked    int  // the question word, or where it would stand
}

// at returns word i in small letters, or nothing if there is none.
func (p *parser) at(i int) string {
	if i < 0 || i >= len(p.ws) {
		return ""
	}
	return p.ws[i].lower
}

// kind sets the kind of the question, what it wants, and its focus.
func (p *parser) kind() {
	i := p.begin()
	p.start, p.asked = i, i
	switch first := p.at(i); {
	case first == "when" && p.main(i) > 0:
		p.asked = p.main(i)
		p.ask(p.asked)
	case isAsking(first):
		p.ask(i)
	case isPreposition(first) && isAsking(p.at(i+1)) && p.at(i+1) != "when":
		p.ask(i + 1)
	case isAuxiliary(first):
		p.q.Kind = YesNo
	case isOrder(first):
		p.order(i)
	case isPreposition(first) && p.at(i+1) == "when" && i+2 == len(p.ws):
		p.ask(i + 1)
	default:
		p.inside(i)
	}
}

// begin returns where the question begins behind words of politeness.
func (p *parser) begin() int {
	i := 0
	for i < len(p.ws) {
		n := p.polite(i)
		if n == 0 {
			break
		}
		i += n
	}
	if i == len(p.ws) {
		return 0
	}
	return i
}

// polite returns the number of words at i that only introduce a question.
func (p *parser) polite(i int) int {
	for _, phrase := range introductions {
		n := 0
		for word := range strings.SplitSeq(phrase, " ") {
			if p.at(i+n) != word {
				n = 0
				break
			}
			n++
		}
		if n > 0 && i+n < len(p.ws) {
			return n
		}
	}
	return 0
}

// introductions are what people say before they ask, the longer ones before
// those that they begin with.
var introductions = [...]string{
	"please", "hi", "hello", "hey", "thanks", "ok", "okay", "so", "and", "but", "well", "question",
	"i would like to know", "i'd like to know", "i want to know", "i need to know", "i would like to understand", "i'm trying to find out",
	"i am trying to find out", "i wonder", "i was wondering", "i am wondering", "i'm wondering", "i am looking for", "i'm looking for",
	"can you tell me", "could you tell me", "can you please tell me", "could you please tell me", "would you tell me", "can anyone tell me",
	"can somebody tell me", "can someone tell me", "can you explain to me", "could you explain to me", "can you explain", "could you explain",
	"do you know", "does anyone know", "does anybody know", "does somebody know", "do we know", "is it known", "is there any information on",
	"can you", "could you", "would you", "will you", "let me know", "tell me about", "tell me", "tell us", "remind me", "explain to me",
	"help me understand", "any idea", "to know", "about",
}

// main returns where the main clause asks behind a clause that begins with
// "when", word i: "When the war ended, who ruled?". It is 0 if "when" asks itself.
func (p *parser) main(i int) int {
	if isAuxiliary(p.at(i + 1)) {
		return 0
	}
	for j := i + 2; j < len(p.ws); j++ {
		if isAsking(p.at(j)) && (p.ws[j].comma || isPreposition(p.at(j-1)) && p.ws[j-1].comma) {
			return j
		}
	}
	return 0
}

// inside looks for a question word that does not stand first.
func (p *parser) inside(i int) {
	p.mark = strings.HasSuffix(strings.TrimRight(p.q.Text, ` "”)`), "?")
	for j := i + 1; j < len(p.ws); j++ {
		if !p.ws[j].quoted && isAsking(p.at(j)) && p.asksInside(i, j) {
			p.asked = j
			p.ask(j)
			return
		}
	}
	p.search(i)
}

// asksInside reports whether the question word j asks, in words that begin at
// i, and does not merely begin a relative clause.
func (p *parser) asksInside(i, j int) bool {
	w, before := p.at(j), p.at(j-1)
	what := w == "what" || w == "how"
	switch {
	case isPreposition(before) && (what || w == "which" && p.mark || w == "whom" && p.mark && j+2 >= len(p.ws) || w == "whose" && p.mark):
		return true
	case p.ws[j].comma || isPreposition(before) && p.ws[j-1].comma:
		return p.mark || what
	case isAuxiliary(p.at(j+1)) && isPreposition(p.at(i)):
		return true
	}
	return p.mark && (what || w == "which" || j == len(p.ws)-1 || isAuxiliary(p.at(j+1)) && isPreposition(p.at(i)) || before == "and")
}

// ask parses what stands from the question word i on.
func (p *parser) ask(i int) {
	switch p.at(i) {
	case "who", "whom", "whose", "who're", "whoever":
		p.who(i)
	case "when", "when's":
		p.set(When, answertype.Date)
	case "where", "where's", "whence":
		p.set(Where, answertype.Place)
	case "why", "why's":
		p.set(Why, answertype.Cause)
	case "how", "how's":
		p.how(i)
	default:
		p.what(i)
	}
}

func (p *parser) set(k Kind, wants answertype.Type) {
	p.q.Kind, p.q.Wants = k, wants
}

// who asks what somebody is if only a name follows "who is".
func (p *parser) who(i int) {
	p.set(Who, answertype.Person|answertype.Organisation)
	j := i + 1
	if isBe(p.at(j)) {
		j++
	} else if !p.ws[i].owner {
		return
	}
	if p.at(i) == "whose" || j >= len(p.ws) {
		return
	}
	if p.nameOnly(j) {
		p.q.Wants = answertype.Definition
		p.focus(j, len(p.ws))
	} else if i == 0 || !isPreposition(p.at(i-1)) {
		p.noun(j)
	}
}

// nameOnly reports whether nothing but a name stands from word j on: words with
// capital letters, or two or three small ones where the question has none.
func (p *parser) nameOnly(j int) bool {
	small := true
	named := true
	for k, w := range p.ws {
		small = small && !w.capital
		if k >= j {
			named = named && (w.capital || isLink(w.lower))
		}
	}
	if !small {
		return named
	}
	n := len(p.ws) - j
	for k := j; k < len(p.ws); k++ {
		if isFunction(p.at(k)) {
			return false
		}
	}
	return n == 2 || n == 3
}

func (p *parser) how(i int) {
	switch next := p.at(i + 1); next {
	case "many":
		p.set(HowMany, 0)
		p.noun(i + 2)
		p.q.Wants = counted(p.q.Head)
	case "much":
		p.howMuch(i)
	case "long":
		p.set(HowLong, answertype.Duration)
		if isBe(p.at(i + 2)) {
			p.q.Wants |= answertype.Measure
		}
	case "old":
		p.set(HowLong, answertype.Duration|answertype.Number)
	case "often", "frequently":
		p.set(HowOften, answertype.Frequency)
	case "soon", "early", "late", "recently":
		p.set(When, answertype.Date|answertype.Duration)
	case "come":
		p.set(Why, answertype.Cause)
	default:
		if isMeasurable(next) {
			p.set(HowMuch, answertype.Measure|answertype.Number|answertype.Percent)
			return
		}
		p.set(How, answertype.Manner)
	}
}

func (p *parser) howMuch(i int) {
	p.set(HowMuch, answertype.Counted)
	p.noun(i + 2)
	switch p.q.Head {
	case "money":
		p.q.Wants = answertype.Money
	case "time":
		p.q.Wants = answertype.Duration
	}
	for _, w := range p.ws[min(i+2, len(p.ws)):] {
		switch w.lower {
		case "cost", "costs", "pay", "paid", "spend", "spent", "worth", "earn", "earned", "price", "charge", "charged", "invest", "invested", "owe", "donate", "donated":
			p.q.Wants = answertype.Money
		}
	}
}

// order parses a request such as "list the members of".
func (p *parser) order(i int) {
	p.q.Kind = What
	switch p.at(i) {
	case "define":
		p.set(Definition, answertype.Definition)
		p.defineRest(i + 1)
	case "explain", "describe", "show", "find", "say", "know":
		for j := i + 1; j < min(i+3, len(p.ws)); j++ {
			if isAsking(p.at(j)) {
				p.ask(j)
				return
			}
		}
	case "list", "name", "give", "identify":
		j := i + 1
		if p.at(j) == "me" {
			j++
		}
		p.noun(j)
		p.wantHead()
	}
}

// search parses words to search for, such as "population of Kenya" and "kenya
// population".
func (p *parser) search(i int) {
	last := len(p.ws) - 1
	switch {
	case p.at(i) == "meaning" || p.at(i) == "definition":
		p.set(Definition, answertype.Definition)
		p.defineRest(i + 1)
		return
	case last > i && (p.at(last) == "meaning" || p.at(last) == "definition"):
		p.set(Definition, answertype.Definition)
		p.focus(i, last)
		return
	}
	if t := headType(p.at(last)); last > i && t&(answertype.Date|answertype.Counted) != 0 {
		p.focus(last, last+1)
		p.q.Wants = t
		return
	}
	p.noun(i)
	next := p.at(p.to)
	p.q.Wants = headType(p.q.Head)
	if p.q.Wants == 0 || next != "of" && next != "for" {
		p.from, p.to, p.q.Focus, p.q.Head, p.q.Wants = 0, 0, "", "", 0
	}
}

// defineRest takes what stands from word i on for what is to be defined, without
// "of the" before it.
func (p *parser) defineRest(i int) {
	if p.at(i) == "of" || p.at(i) == "by" {
		i++
	}
	if isDeterminer(p.at(i)) {
		i++
	}
	p.focus(i, len(p.ws))
}

// focus takes the words from i up to but without j for the focus.
func (p *parser) focus(i, j int) {
	if i >= j || j > len(p.ws) {
		return
	}
	p.from, p.to = i, j
	p.q.Focus = p.q.Text[p.ws[i].span.Start:p.ws[j-1].span.End]
	p.q.Head = p.ws[j-1].lower
}

// span returns the bytes of the words from i up to but without j.
func (p *parser) span(i, j int) corpus.Span {
	return corpus.Span{Start: p.ws[i].span.Start, End: p.ws[j-1].span.End}
}
