package answertype

import "strings"

// A class is what is known of a word, whatever its case; a set.
type class uint32

const (
	opener     class = 1 << iota // begins sentences, and names only rarely
	link                         // stands inside names: of, the, van
	shortened                    // an abbreviation before what it belongs to
	month                        // also the days of the week
	relative                     // last, next, early
	century                      // an ordinal number in letters
	season                       // a part of the year, or a feast
	number                       // a number in letters
	fraction                     // half, quarters
	scale                        // hundred, million
	timeUnit                     // year, hours
	unit                         // metres, kg
	money                        // dollars, euro
	title                        // stands before a person's name
	role                         // what a person is, and may stand before the name
	people                       // persons in the plural
	given                        // a common given name
	group                        // the last word of organisations' names
	spot                         // part of the names of places
	spotStart                    // begins the names of places
	at                           // stands before places
	breaker                      // begins another clause
	connective                   // begins what clause.go looks for
)

// longestKnown is the length of the longest word of lists, in bytes.
const longestKnown = 16

// classes holds what is known of words in small letters. It is made once from
// lists and never changed.
var classes = classesOf(lists[:])

// A list is words of one class, with blanks between them.
type list struct {
	class class
	words string
}

func classesOf(lists []list) map[string]class {
	known := make(map[string]class, 1200)
	for _, l := range lists {
		for word := range strings.FieldsSeq(l.words) {
			known[word] |= l.class
		}
	}
	return known
}
