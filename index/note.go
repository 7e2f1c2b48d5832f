package index

import (
	"regexp"
	"slices"
	"strings"

	"rapporteur/corpus"
	"rapporteur/index/sentence"
)

// noteWords is within how many words a note on an author names that author, and
// how many it has at least.
const noteWords = 12

// lastParagraphs is how many paragraphs at the end may hold a note on an author
// who is not known otherwise.
const lastParagraphs = 3

// authorNote returns the last paragraph that begins with an author's name and
// says something of that author, or nothing. If no author is known, it is one
// of the last paragraphs that says of somebody what such notes say.
func authorNote(doc *corpus.Doc) corpus.Span {
	paragraphs := slices.Collect(doc.Paragraphs())
	for i, p := range slices.Backward(paragraphs) {
		words := strings.Fields(doc.Text[p.Start:p.End])
		if len(words) < noteWords || slices.Contains(doc.Takeaways, p) {
			continue
		}
		begins := spoken(strings.Join(words[:noteWords], " "))
		names := func(author string) bool { return strings.Contains(begins, spoken(author)) }
		unknown := len(doc.Authors) == 0 && i >= len(paragraphs)-lastParagraphs
		if slices.ContainsFunc(doc.Authors, names) || unknown && noteOpening.MatchString(doc.Text[p.Start:p.End]) {
			return p
		}
	}
	return corpus.Span{}
}

// noteOpening matches how a note on somebody begins: a name of two words or
// more, and what that person is or does.
var noteOpening = regexp.MustCompile(`^(?:(?i:about the authors?)[:.]?\s+)?(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Amb|Ambassador)\.? )?` +
	`\p{Lu}[\p{L}.’'-]*(?: (?:\p{Lu}[\p{L}.’'-]*|de|del|della|der|di|da|du|la|le|van|von|bin|al)){1,4},? ` +
	`(?:(?:currently|also) )?(?:teaches|studies|writes|works|leads|directs|serves|holds|heads|covers|researches|` +
	`(?:is|was) (?:currently )?(?:an?|the) (?:\S+ ){0,5}(?:fellow|professor|lecturer|researcher|scholar|analyst|director|editor|journalist|reporter|author|` +
	`writer|adviser|advisor|candidate|student|associate|economist|historian|expert|consultant|correspondent|scientist|officer|head)\b)`)

// quoteWords is how long what is quoted of a longer paragraph may be.
const quoteWords = 60

// shorten returns the first sentences of a paragraph that together have at most
// quoteWords, or its first one.
func shorten(doc *corpus.Doc, p corpus.Span) corpus.Span {
	text, words, end := doc.Text[p.Start:p.End], 0, 0
	for _, s := range sentence.Split(text) {
		words += len(strings.Fields(text[s.Start:s.End]))
		if end > 0 && words > quoteWords {
			break
		}
		end = s.End
	}
	return withoutBullet(doc, corpus.Span{Start: p.Start, End: p.Start + max(end, 1)})
}
