package voice

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// accordingTo finds "according to X", "in X's view" and the like.
func (t text) accordingTo() Voice {
	for i := range t {
		if t[i].quoted {
			continue
		}
		switch {
		case t.at(i) == "according" && t.at(i+1) == "to":
			return t.by(i + 2)
		case t.at(i) == "in" && t.at(i+1) == "the" && isOpinion(t.at(i+2)) && t.at(i+3) == "of":
			return t.by(i + 4)
		case t.at(i) == "in" && t.owns(i+1):
			return t.by(i + 1)
		case t.at(i) == "as" && t.at(i+1) != "" && t.asSaid(i+1):
			return t.by(i + 1)
		}
	}
	return Voice{}
}

// by returns the voice of who is named from word i on; of the author's own kind
// if that is a thing, or the author.
func (t text) by(i int) Voice {
	who := t.name(i)
	if who == "" || isAuthor(t.at(i)) || isNobody(t.at(i)) {
		return Voice{}
	}
	return Voice{t.kind(), who}
}

// asSaid reports whether what follows "as", word i on, is a name and a verb of
// saying, as in "As Moreau said, …".
func (t text) asSaid(i int) bool {
	n := t.nameLength(i)
	if n == 0 || t[i+n-1].comma {
		return false
	}
	j := t.skipAuxiliaries(i + n)
	return isSaying(t.at(j)) && (j+1 >= len(t) || t[j].comma || t.at(j+1) == "in" || t.at(j+1) == "at")
}

// owns reports whether somebody's opinion stands at i: "Moreau's view".
func (t text) owns(i int) bool {
	n := t.nameLength(i)
	return n > 0 && t[i+n-1].owner && isOpinion(t.at(i+n))
}

// saying returns the voice if word i is a verb of saying: of its subject before
// it, or behind it as in “…,” said Moreau.
func (t text) saying(i int) Voice {
	verb := t.at(i)
	if t[i].quoted || !isSaying(verb) && !(isFeeling(verb) && t.clauseFollows(i)) {
		return Voice{}
	}
	if t.passive(i) {
		return t.agent(i)
	}
	if !t.claims(i) || isModal(t.at(i-1)) {
		return Voice{}
	}
	if who, self := t.subject(i); self {
		return Voice{}
	} else if who != "" {
		return Voice{t.kind(), who}
	}
	if n := t.nameLength(i + 1); n > 0 && i > 0 && (t[i-1].comma || t[i-1].closes) {
		return Voice{t.kind(), t.name(i + 1)}
	}
	return Voice{}
}

// claims reports whether a claim goes with the verb at i: a clause behind it, a
// quotation, or a comma before its subject.
func (t text) claims(i int) bool {
	if t.speech() {
		return true
	}
	return !isNaming(t.at(i)) && (t.clauseFollows(i) || t.tail(i))
}

// clauseFollows reports whether what stands behind the verb at i is what was
// said: "that …", a quotation, or a clause with a verb of its own.
func (t text) clauseFollows(i int) bool {
	next := t.at(i + 1)
	switch {
	case next == "that" || next == "how" || next == "why" || next == "whether":
		return true
	case i+1 < len(t) && t[i+1].opens:
		return true
	case next == "in" || next == "on" || next == "last" || next == "at" || next == "to":
		for j := i + 2; j < min(len(t), i+8); j++ {
			if t.at(j) == "that" {
				return true
			}
		}
		return false
	case !alwaysSays(t.at(i)):
		return false
	}
	for j := i + 2; j < min(len(t), i+10); j++ {
		if isFinite(t.at(j)) {
			return true
		}
	}
	return false
}

// tail reports whether "…, Moreau said" ends the sentence at word i, or stands
// between commas in it.
func (t text) tail(i int) bool {
	if i+1 < len(t) && !t[i].comma {
		n := t.nameLength(i + 1)
		return n > 0 && i > 0 && t[i-1].comma && (i+n+1 == len(t) || t[i+n].comma) // ", said Moreau."
	}
	start, _ := t.subjectBefore(t.beforeAuxiliaries(i))
	return start > 0 && t[start-1].comma && start < i
}

// passive reports whether the verb at i is in the passive, as in "was told".
func (t text) passive(i int) bool {
	switch t.at(i - 1) {
	case "is", "are", "was", "were", "been", "being", "be":
		return true
	}
	return false
}

// agent returns the voice of a verb in the passive: "it was argued by Moreau
// that", "is said to". Who "was told that" is not who says it.
func (t text) agent(i int) Voice {
	if t.at(i+1) == "by" {
		if who := t.name(i + 2); who != "" {
			return Voice{t.kind(), who}
		}
	}
	if t.at(i+1) == "that" && t.at(t.beforeAuxiliaries(i)-1) == "it" || t.at(i+1) == "to" && isRumour(t.at(i)) {
		return Voice{t.kind(), ""}
	}
	return Voice{}
}

// subject returns who says what the verb at i says, and whether that is the
// author.
func (t text) subject(i int) (who string, self bool) {
	start, end := t.subjectBefore(t.beforeAuxiliaries(i))
	if start == end {
		return "", false
	}
	first := t.at(start)
	if isAuthor(first) || isNobody(first) || end-start == 1 && isIdle(first) {
		return "", true
	}
	return t.join(start, end), false
}

// beforeAuxiliaries returns the end of the subject of the verb at i: the words
// of "has repeatedly" before it do not belong to that.
func (t text) beforeAuxiliaries(i int) int {
	for i > 0 && (isAuxiliary(t.at(i-1)) || strings.HasSuffix(t.at(i-1), "ly")) && !t[i-1].comma {
		i--
	}
	return i
}

func (t text) skipAuxiliaries(i int) int {
	for i < len(t) && (isAuxiliary(t.at(i)) || strings.HasSuffix(t.at(i), "ly")) {
		i++
	}
	return i
}

// subjectWords is how long a subject may be.
const subjectWords = 8

// subjectBefore returns the noun phrase that ends before word end, from start up
// to but without stop. "X, a professor at Y, said" has X for its subject.
func (t text) subjectBefore(end int) (start, stop int) {
	if end > 0 && t[end-1].comma && !t[end-1].quoted {
		return t.apposed(end)
	}
	start, stop = end, end
	for start > 0 && end-start < subjectWords && !t[start-1].quoted && !bounds(t.at(start-1)) && (start == end || !t[start-1].comma) {
		start--
		if isDeterminer(t.at(start)) || isPronoun(t.at(start)) {
			break
		}
	}
	for start < end && !startsName(t[start]) {
		start++
	}
	return start, stop
}

// apposed returns the name before an apposition that ends before word end.
func (t text) apposed(end int) (start, stop int) {
	for j := end - 2; j > 0 && end-j < 14; j-- {
		if !t[j].comma {
			continue
		}
		return j + 1 - t.nameEndingAt(j), j + 1
	}
	return end, end
}

// nameEndingAt returns how many capitalised words end with word j.
func (t text) nameEndingAt(j int) int {
	n := 0
	for j-n >= 0 && isCapital(t[j-n].as) && (n == 0 || !t[j-n].comma) {
		n++
	}
	return n
}

// name returns the name or the noun phrase at i, or nothing.
func (t text) name(i int) string { return t.join(i, i+t.nameLength(i)) }

// nameLength returns how many words of a name or noun phrase stand at i: up to a
// verb, a mark or what else cannot belong to one.
func (t text) nameLength(i int) int {
	if i >= len(t) || !startsName(t[i]) {
		return 0
	}
	n := 1
	if isPronoun(t.at(i)) {
		return n
	}
	for i+n < len(t) && n < subjectWords && !t[i+n-1].comma && !t[i+n].quoted && !bounds(t.at(i+n)) &&
		!isPlacing(t.at(i+n)) && !isAuxiliary(t.at(i+n)) && !isSaying(t.at(i+n)) && !isOpinion(t.at(i+n)) && !isFinite(t.at(i+n)) {
		n++
	}
	return n
}

// join returns the words from start up to but without end, in the author's spelling.
func (t text) join(start, end int) string {
	var words []string
	for _, w := range t[start:min(end, len(t))] {
		words = append(words, w.as)
	}
	return strings.Join(words, " ")
}

func startsName(w word) bool {
	return isCapital(w.as) && !bounds(w.lower) && !isAdverb(w.lower) || isDeterminer(w.lower) || isPronoun(w.lower) || isPlural(w.lower)
}

func isCapital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}
