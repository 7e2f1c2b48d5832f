package rank

import (
	"math"
	"slices"

	"rapporteur/index/answertype"
)

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
	{"passage rank", "passage"},            // 1 for the first passage, 1/2 for the second …
	{"passage cover", "passage"},           // terms that the passage has
	{"passage names", "passage"},           // names of the question that the passage or the title has
	{"passage exact", "passage"},           // terms that the passage has in the same form
	{"passage pairs", "passage"},           // the most neighbouring words as in the question in one of its sentences
	{"passage best cover", "passage"},      // the most terms in one of its sentences
	{"passage density", "passage"},         // how many of its words are terms
	{"passage spread", "passage"},          // how many of its sentences have a term
	{"passage rarest", "passage"},          // whether it or the title has the rarest term
	{"publication score", "passage"},       // how much of all passages' scores is this publication's
	{"exact", "cover"},                     // terms that are there in the same form
	{"stem", "cover"},                      // terms that are there in whatever regular form
	{"cover gap", "cover"},                 // how far that is behind the sentence that has most
	{"best in passage", "cover"},           // whether none in the passage has more
	{"near", "lexicon"},                    // missing terms that are there in another spelling or derived
	{"synonym", "lexicon"},                 // still missing terms of which a synonym is there
	{"wider", "lexicon"},                   // still missing terms for which a wider word is there
	{"special", "lexicon"},                 // still missing terms for which a narrower word is there
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
	{"pronoun", "context"},                 // whether it begins with a pronoun
	{"pronoun, missing before", "context"}, // the terms that the pronoun may stand for
	{"in order", "order"},                  // terms that follow each other as in the question
	{"pairs", "order"},                     // neighbouring words as in the question, also small ones
	{"tight", "order"},                     // how closely the terms stand together
	{"around", "order"},                    // how closely they stand around what may be the answer
	{"who: sure", "type"},                  // for a person, that a rule finds one
	{"who: near", "type"},                  // for a person, one near a word of the question, sure or not
	{"body: sure", "type"},                 // the same for organisations …
	{"body: near", "type"},
	{"where: sure", "type"}, // … places …
	{"where: near", "type"},
	{"name: sure", "type"}, // … anything that has a name …
	{"name: near", "type"},
	{"when: sure", "type"}, // … dates …
	{"when: near", "type"},
	{"how many: sure", "type"}, // … numbers of any sort …
	{"how many: near", "type"},
	{"why: sure", "type"}, // … causes and purposes …
	{"why: near", "type"},
	{"how: sure", "type"}, // … manners …
	{"how: near", "type"},
	{"meaning: sure", "type"}, // … and definitions
	{"meaning: near", "type"},
	{"fits", "type"},             // one of these by the very word that is asked for
	{"near and sure", "type"},    // a sure one near a word of the question
	{"none of the kind", "type"}, // none, though something of a kind is asked for
	{"what: name", "type"},       // for anything, a new capitalised word
	{"what: number", "type"},     // a new number
	{"what: quoted", "type"},     // something in quotation marks or parentheses
	{"first", "place"},           // the paragraph's first sentence
	{"last", "place"},            // its last
	{"position", "place"},        // from 0 to 1 through the paragraph
	{"alone", "place"},           // the paragraph has no other
	{"length", "length"},         // logarithm of its words, 1 for some 50
	{"short", "length"},          // under 8 words
	{"long", "length"},           // over 60 words, which no quote should have
	{"echo", "length"},           // content words that are the question's own
	{"nothing new", "length"},    // no content word but the question's own
	{"asks", "length"},           // a question
	{"stranger", "cover"},        // no term at all
}

// features appends the features of one sentence.
func (q *Query) features(v []float64, s *sight, passage, n int) []float64 {
	p := &s.passages[passage]
	m := &p.sentences[n]
	v = append(v, p.Score, 1/float64(1+passage))
	v = q.passageFeatures(v, p)
	v = append(v, s.docs[p.Doc]/s.total)
	v = q.coverFeatures(v, s, p, m)
	v = q.contextFeatures(v, p, n)
	v = append(v, q.inOrder(m.hits), float64(m.pairs)/float64(max(1, len(q.pairs))), tightness(m.hits), m.around)
	v = q.typeFeatures(v, m)
	return q.shapeFeatures(v, p, n)
}

func (q *Query) passageFeatures(v []float64, p *seen) []float64 {
	around := p.whole | p.title
	return append(v, q.share(around), q.part(around, q.names), q.share(p.exact),
		float64(p.pairs)/float64(max(1, len(q.pairs))), p.cover, float64(p.hits)/float64(10+len(p.Text.tokens)),
		float64(p.touched)/float64(max(1, len(p.sentences))), is(around&q.rarest() != 0))
}

func (q *Query) coverFeatures(v []float64, s *sight, p *seen, m *match) []float64 {
	cover := q.share(m.met)
	left := q.all &^ (m.at[exact] | m.at[stem])
	v = append(v, q.share(m.at[exact]), q.share(m.at[stem]), s.cover-cover, is(cover == p.cover))
	for _, l := range [...]level{near, synonym, wider, special, similar} { // countries told nothing
		v = append(v, q.share(m.at[l]&left))
		left &^= m.at[l]
	}
	return append(v, is(m.met == q.all), q.part(m.met, q.names), q.part(m.met, q.number),
		q.part(m.met, q.focus), q.part(m.met, q.others))
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
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
		q.share(missing&p.whole), q.share(missing&p.title), is(m.starts), is(m.starts)*before)
}

// sorts are the sorts of answers that are told apart.
var sorts = [...]answertype.Type{
	answertype.Person, answertype.Organisation, answertype.Place, answertype.Name,
	answertype.Date, answertype.Counted | answertype.Frequency, answertype.Cause, answertype.Manner, answertype.Definition,
}

func (q *Query) typeFeatures(v []float64, m *match) []float64 {
	for _, sort := range sorts {
		sure, near := false, false
		for _, c := range m.answers {
			if c.Type&sort != 0 {
				sure, near = sure || c.Sure, near || c.Near
			}
		}
		v = append(v, is(sure), is(near))
	}
	fits, both := false, false
	for _, c := range m.answers {
		fits, both = fits || c.Fits, both || c.Near && c.Sure
	}
	any := q.asked.Wants == 0
	return append(v, is(fits), is(both), is(!any && len(m.answers) == 0),
		is(any && m.new.has(capital)), is(any && m.new.has(number)), is(any && m.new.has(quoted)))
}

func (q *Query) shapeFeatures(v []float64, p *seen, n int) []float64 {
	m, span := &p.sentences[n], p.Text.sentences[n]
	count := len(p.sentences)
	return append(v, is(n == 0), is(n == count-1), float64(n)/float64(count), is(count == 1),
		math.Log1p(float64(span.words))/4, is(span.words < 8), is(span.words > 60),
		float64(m.size-m.fresh)/float64(max(1, m.size)), is(m.fresh == 0), is(span.asks), is(m.met == 0))
}
