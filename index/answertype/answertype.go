// Package answertype finds the words of a sentence that are of the sort that a
// question asks for: persons, dates, numbers, causes and so on.
//
// It goes by the shape of the words and by short lists of English ones, knows
// nothing of any topic, and may be wrong: what it finds is evidence that a
// sentence answers, and never what is quoted. Every function is pure and takes
// one or two microseconds a sentence.
package answertype

import "rapporteur/corpus"

// A Type is a sort of thing that answers a question, or a set of such.
type Type uint16

// The types.
const (
	Person       Type = 1 << iota // Dr Ada Moreau, President Lee, students
	Organisation                  // NATO, the University of Oslo
	Place                         // in The Hague, Kenya
	Name                          // anything that has a name: Super Bowl 50, "Hamlet"
	Date                          // 1957, last April, 19th century, 8:10 p.m.
	Number                        // three, 1,200, half
	Percent                       // 24 %, two thirds
	Money                         // $5 million, 40 euros
	Measure                       // 300 metres, 2.1 kg, -40 °C
	Duration                      // eight years, for decades
	Frequency                     // every year, twice a week, annually
	Cause                         // what stands after because, due to, in order to
	Manner                        // by walking, through trade, with the help of steam
	Definition                    // is a, refers to, known as
)

// Named are the types that are told by their capital letters.
const Named = Person | Organisation | Place | Name

// Counted are the types that are told by a number.
const Counted = Number | Percent | Money | Measure | Duration

var typeNames = [...]string{
	"person", "organisation", "place", "name", "date", "number", "percent", "money",
	"measure", "duration", "frequency", "cause", "manner", "definition",
}

// String returns the names of the types of the set, with "or" between them, or
// "anything" for none.
func (t Type) String() string {
	s := ""
	for i, name := range typeNames {
		if t&(1<<i) != 0 {
			if s != "" {
				s += " or "
			}
			s += name
		}
	}
	if s == "" {
		return "anything"
	}
	return s
}

// A Mention is words of a sentence that can answer.
type Mention struct {
	Type Type        // those of the wanted types that it may be
	Span corpus.Span // bytes of the sentence
	Sure bool        // whether a rule says so, and not merely a capital letter
}

// Find returns the mentions of the wanted types in sentence, in their order;
// they do not overlap. The sentence may also be a few of them. Nothing is found
// if wanted is none.
func Find(sentence string, wanted Type) []Mention {
	return Append(nil, sentence, wanted)
}

// Append is Find for many sentences: it appends to found.
func Append(found []Mention, sentence string, wanted Type) []Mention {
	if wanted == 0 {
		return found
	}
	var room [usualTokens]token
	t := text{sentence, tokens(room[:0], sentence)}
	first := len(found)
	for i := 0; i < len(t.tokens); {
		m, n := t.mention(i, wanted)
		if n == 0 {
			i++
			continue
		}
		if last := len(found) - 1; last >= first && m.Span.Start < found[last].Span.End {
			m.Span.Start = found[last].Span.End // a sign between two numbers belongs to the first
		}
		found = append(found, m)
		i += n
	}
	return found
}

// Has reports whether sentence mentions one of the wanted types, and whether a
// rule is sure of one.
func Has(sentence string, wanted Type) (has, sure bool) {
	if wanted == 0 {
		return false, false
	}
	var room [usualTokens]token
	t := text{sentence, tokens(room[:0], sentence)}
	for i := 0; i < len(t.tokens) && !sure; {
		m, n := t.mention(i, wanted)
		has, sure = has || n > 0, m.Sure
		i += max(n, 1)
	}
	return has, sure
}

// A text is a sentence and its words.
type text struct {
	string
	tokens []token
}

// A reading is what the words from some place on may be.
type reading struct {
	n           int  // words; 0 if they are nothing
	sure, maybe Type // the types that a rule gives, and those that are merely possible
}

// mention returns the mention of a wanted type that begins with word i, and how
// many words it has, or 0 if none begins there.
func (t *text) mention(i int, wanted Type) (m Mention, n int) {
	r := t.read(i, wanted)
	m.Sure = r.sure&wanted != 0
	m.Type = r.maybe & wanted
	if m.Sure {
		m.Type = r.sure & wanted
	}
	if r.n == 0 || m.Type == 0 {
		return Mention{}, 0
	}
	m.Span = corpus.Span{Start: t.tokens[i].start, End: t.tokens[i+r.n-1].end}
	if m.Type&Counted != 0 {
		m.Span = t.withSign(m.Span)
	}
	return m, r.n
}

// read tries the finders that the wanted types call for.
func (t *text) read(i int, wanted Type) reading {
	tok := t.tokens[i]
	if wanted&(Cause|Manner|Definition|Frequency|Duration|Date|Number) != 0 && tok.shape != digits {
		if r := t.clause(i); (r.sure|r.maybe)&wanted != 0 {
			return r
		}
	}
	if tok.is(month|relative|season|century|number|fraction) || tok.shape == digits {
		if r := t.date(i); r.n > 0 {
			return r
		}
		if wanted&(Counted|Date) != 0 {
			return t.number(i)
		}
		return reading{}
	}
	if wanted&Named != 0 {
		return t.name(i)
	}
	return reading{}
}
