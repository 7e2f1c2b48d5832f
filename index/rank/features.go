package rank

import (
	"math"
	"slices"
)

// A sight is all passages as they look from one question.
type sight struct {
	passages  []seen
	sentences int
	best      float64 // the highest score of a passage
	cover     float64 // the most that one sentence has of the question
	docs      map[int]float64
}

// A seen is one passage as it looks from one question.
type seen struct {
	*Passage
	sentences []match
	whole     set // terms in any sentence
	title     set // terms in the title or the heading
	cover     float64
}

// look compares all passages with the question.
func (q *Query) look(passages []Passage) *sight {
	s := &sight{docs: map[int]float64{}}
	for i := range passages {
		p := seen{Passage: &passages[i]}
		for _, span := range p.Text.sentences {
			m := q.match(p.Text.tokens, span.first, span.last)
			m.around = q.surroundings(&m, p.Text.tokens, span.first, span.last)
			p.whole |= m.met
			p.cover = max(p.cover, q.share(m.met))
			p.sentences = append(p.sentences, m)
		}
		for _, t := range []*Text{p.Title, p.Heading} {
			if t != nil {
				m := q.match(t.tokens, 0, len(t.tokens))
				p.title |= m.met
			}
		}
		s.sentences += len(p.sentences)
		s.best = max(s.best, p.Score)
		s.cover = max(s.cover, p.cover)
		s.docs[p.Doc] += p.Score
		s.passages = append(s.passages, p)
	}
	return s
}

// A Feature is a number that tells something of a sentence.
type Feature struct {
	Name  string
	Group string // of features that tell similar things
}

// Features returns what the features of a Sentence are, in their order.
func Features() []Feature { return slices.Clone(featureNames[:]) }

// Each line says what its feature tells.
var featureNames = [...]Feature{
	{"passage score", "passage"},           // BM25 of the passage, as a share of the best imaginable
	{"passage gap", "passage"},             // how far that is behind the best passage's
	{"passage rank", "passage"},            // 1 for the first passage, 1/2 for the second …
	{"passage cover", "passage"},           // terms that the passage has
	{"publication score", "passage"},       // how much of all passages' scores is this publication's
	{"exact", "cover"},                     // terms that are there in the same form
	{"stem", "cover"},                      // terms that are there in whatever regular form
	{"cover gap", "cover"},                 // how far that is behind the sentence that has most
	{"best in passage", "cover"},           // whether none in the passage has more
	{"near", "lexicon"},                    // missing terms that are there in another spelling or derived
	{"synonym", "lexicon"},                 // still missing terms of which a synonym is there
	{"wider", "lexicon"},                   // still missing terms for which a wider word is there
	{"special", "lexicon"},                 // still missing terms for which a narrower word is there
	{"country", "lexicon"},                 // missing countries that are there under another name
	{"similar", "lexicon"},                 // missing terms of which the first letters are there
	{"all", "cover"},                       // whether no term is missing
	{"names", "names"},                     // names of the question that are there
	{"numbers", "names"},                   // numbers of the question that are there
	{"focus", "names"},                     // whether the word for what is asked is there
	{"others", "names"},                    // other terms that are there
	{"missing before", "context"},          // missing terms that the sentence before has
	{"missing two before", "context"},      // those still missing that the one before that has
	{"missing after", "context"},           // missing terms that the next sentence has
	{"missing at start", "context"},        // missing terms that the paragraph's first sentence has
	{"missing around", "context"},          // missing terms that any other sentence of the passage has
	{"missing in title", "context"},        // missing terms that the title or the heading has
	{"names around", "context"},            // names missing here that the passage or title has
	{"missing everywhere", "context"},      // terms that neither passage nor title have
	{"pronoun", "context"},                 // whether it begins with a pronoun
	{"pronoun, missing before", "context"}, // the terms that the pronoun may stand for
	{"in order", "order"},                  // terms that follow each other as in the question
	{"pairs", "order"},                     // neighbouring words as in the question, also small ones
	{"tight", "order"},                     // how closely the terms stand together
	{"around", "order"},                    // how closely they stand around what may be the answer
	{"who: name", "type"},                  // for who, a capitalised word that is new
	{"who: names", "type"},                 // two of them in a row
	{"who: agent", "type"},                 // by and a name
	{"who: title", "type"},                 // a title such as president
	{"when: year", "type"},                 // for when, a new year
	{"when: month", "type"},                // a month
	{"when: number", "type"},               // any number
	{"where: name", "type"},                // for where, a new capitalised word
	{"where: located", "type"},             // one after in, at, near
	{"where: place", "type"},               // a country
	{"how many: number", "type"},           // for how many, a new number
	{"how many: unit", "type"},             // a number with a unit
	{"how many: money", "type"},            // an amount of money
	{"why: cause", "type"},                 // for why, because and the like
	{"how: manner", "type"},                // for how, by and the like
	{"what: name", "type"},                 // for what, a new capitalised word
	{"what: number", "type"},               // for what, a new number
	{"what: quoted", "type"},               // for what, something in quotation marks or parentheses
	{"none of the kind", "type"},           // nothing new of the kind that is asked for
	{"first", "place"},                     // the paragraph's first sentence
	{"last", "place"},                      // its last
	{"position", "place"},                  // from 0 to 1 through the paragraph
	{"alone", "place"},                     // the paragraph has no other
	{"length", "length"},                   // logarithm of its words, 1 for some 50
	{"short", "length"},                    // under 8 words
	{"long", "length"},                     // over 60 words, which no quote should have
	{"echo", "length"},                     // content words that are the question's own
	{"nothing new", "length"},              // no content word but the question's own
	{"asks", "length"},                     // a question
	{"stranger", "cover"},                  // no term at all
}

// features appends the features of one sentence.
func (q *Query) features(v []float64, s *sight, passage, n int) []float64 {
	p := &s.passages[passage]
	m := &p.sentences[n]
	v = append(v, p.Score, s.best-p.Score, 1/float64(1+passage), q.share(p.whole|p.title), s.docs[p.Doc]/s.total())
	v = q.coverFeatures(v, s, p, m)
	v = q.contextFeatures(v, p, n)
	v = append(v, q.inOrder(m.hits), float64(m.pairs)/float64(max(1, len(q.pairs))), tightness(m.hits), m.around)
	v = q.typeFeatures(v, m)
	return q.shapeFeatures(v, p, n)
}

func (s *sight) total() float64 {
	sum := 1e-9
	for _, score := range s.docs {
		sum += score
	}
	return sum
}

func (q *Query) coverFeatures(v []float64, s *sight, p *seen, m *match) []float64 {
	cover := q.share(m.met)
	left := q.all &^ (m.at[exact] | m.at[stem])
	v = append(v, q.share(m.at[exact]), q.share(m.at[stem]), s.cover-cover, is(cover == p.cover))
	for l := near; l < levels; l++ {
		v = append(v, q.share(m.at[l]&left))
		left &^= m.at[l]
	}
	return append(v, is(m.met == q.all), q.part(m.met, q.names), q.part(m.met, q.number),
		is(q.focus >= 0 && m.met.has(q.focus)), q.part(m.met, q.others))
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// met returns the terms that the n-th sentence has, none if there is none.
func (p *seen) met(n int) set {
	if n < 0 || n >= len(p.sentences) {
		return 0
	}
	return p.sentences[n].met
}

func (q *Query) contextFeatures(v []float64, p *seen, n int) []float64 {
	m := &p.sentences[n]
	missing := q.all &^ m.met
	before := q.share(missing & p.met(n-1))
	first := 0.0
	if n > 0 {
		first = q.share(missing & p.met(0))
	}
	return append(v, before, q.share(missing&^p.met(n-1)&p.met(n-2)), q.share(missing&p.met(n+1)), first,
		q.share(missing&p.whole), q.share(missing&p.title), q.part(missing&(p.whole|p.title), q.names),
		q.share(missing&^p.whole&^p.title), is(m.starts), is(m.starts)*before)
}

func (q *Query) typeFeatures(v []float64, m *match) []float64 {
	v = q.when(v, Who, m, capital, named, agent, title)
	v = q.when(v, When, m, year, month, number)
	v = q.when(v, Where, m, capital, located, place)
	v = q.when(v, HowMany, m, number, unit, money)
	v = q.when(v, Why, m, cause)
	v = q.when(v, How, m, manner)
	v = q.when(v, What, m, capital, number, quoted)
	return append(v, is(!m.new.has(q.kind.wanted())))
}

// when appends for each class whether there is a new word of it, if the
// question is of this kind.
func (q *Query) when(v []float64, k Kind, m *match, classes ...class) []float64 {
	for _, c := range classes {
		v = append(v, is(q.kind == k && m.new.has(c)))
	}
	return v
}

func (q *Query) shapeFeatures(v []float64, p *seen, n int) []float64 {
	m, span := &p.sentences[n], p.Text.sentences[n]
	count := len(p.sentences)
	return append(v, is(n == 0), is(n == count-1), float64(n)/float64(count), is(count == 1),
		math.Log1p(float64(span.words))/4, is(span.words < 8), is(span.words > 60),
		float64(m.size-m.fresh)/float64(max(1, m.size)), is(m.fresh == 0), is(span.asks), is(m.met == 0))
}
