package answertype

// longestName is the number of words after which a run of capital letters is
// taken to be a heading and no name.
const longestName = 8

// name reads a person, an organisation, a place or another thing that has
// a name.
func (t *text) name(i int) reading {
	tok := t.tokens[i]
	switch {
	case !tok.named():
		return t.common(i)
	case tok.gap == stop && tok.is(opener|at|connective|relative):
		return reading{}
	}
	if tok.gap == stop && tok.is(people) && !(i+1 < len(t.tokens) && t.tokens[i+1].named()) {
		return t.common(i)
	}
	n := t.run(i)
	if n > longestName {
		return reading{}
	}
	r := t.classify(i, n)
	r.n = n
	return r
}

// common reads words without capital letters: the role of a person with or
// without the name, persons in the plural, and common words for places.
func (t *text) common(i int) reading {
	tok := t.tokens[i]
	switch {
	case tok.is(role|title) && t.follows(i+1, blank) && t.tokens[i+1].named() && !t.tokens[i+1].is(month):
		return reading{1 + t.run(i+1), Person, Name}
	case tok.is(role):
		return reading{1, 0, Person}
	case tok.is(people):
		return reading{1, 0, Person | Organisation}
	case tok.is(group):
		return reading{1, 0, Organisation}
	case tok.is(spot):
		return reading{1, 0, Place}
	}
	return reading{}
}

// follows reports whether there is a word i and the gap g before it.
func (t *text) follows(i int, g gap) bool {
	return i < len(t.tokens) && t.tokens[i].gap == g
}

// run returns the number of words of the name that begins with word i: all that
// follow each other with capital letters, the small words between them, and
// a short number behind them.
func (t *text) run(i int) int {
	end := i + 1
	for end < len(t.tokens) && !t.tokens[end-1].owner {
		j := end
		for j < min(end+2, len(t.tokens)-1) && t.tokens[j].is(link) && t.tokens[j].shape == small && t.tokens[j].gap == blank {
			j++
		}
		next := t.tokens[j]
		switch {
		case next.gap > joined, next.is(month):
			return end - i
		case next.named():
			end = j + 1
		case j == end && next.shape == digits && next.end-next.start <= 3:
			return end + 1 - i
		default:
			return end - i
		}
	}
	return end - i
}

// classify tells what the name of n words at i may be the name of.
func (t *text) classify(i, n int) (r reading) {
	r.maybe = Named
	if n > 1 || t.tokens[i].gap != stop {
		r.sure = Name
	}
	all, links := t.classes(i, n)
	first := t.tokens[i]
	switch {
	case all&(group|people) != 0:
		r.sure, r.maybe = Organisation|Name, Organisation|Person|Place
	case all&spot != 0 || first.is(spotStart):
		r.sure, r.maybe = Place|Name, Named
	case first.is(title | role), n > 1 && first.is(given) && !links, t.behindRole(i):
		r.sure, r.maybe = Person|Name, Named
	case t.tokens[i+n-1].shape == digits:
		r.maybe = Name
	case n == 1 && first.shape == upper:
		r.maybe = Organisation | Place | Name
	case links:
		r.maybe = Organisation | Place | Name
	case n > 4:
		r.maybe = Organisation | Name
	}
	if i > 0 && t.tokens[i-1].is(at) && r.sure&(Person|Organisation) == 0 {
		r.sure |= Place
	}
	return r
}

// classes returns the classes of all n words at i, and whether one of them is
// a small word.
func (t *text) classes(i, n int) (all class, links bool) {
	for _, tok := range t.tokens[i : i+n] {
		all |= tok.class
		links = links || tok.shape == small
	}
	return all, links
}

// behindRole reports whether the word before i tells what a person is.
func (t *text) behindRole(i int) bool {
	return i > 0 && t.tokens[i].gap == blank && t.tokens[i-1].is(role|title)
}
