package question

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"rapporteur/corpus"
	"rapporteur/index/lexicon"
)

// A Field is what of a publication a Filter looks at.
type Field uint8

// The fields.
const (
	Author    Field = iota + 1 // its authors
	Title                      // its title
	Source                     // the name of the source that it came from
	Published                  // the date of its publication
)

// A Filter leaves only some publications to look in.
type Filter struct {
	Field    Field
	Value    string    // what an author, the title or the source's name must hold
	From, To time.Time // for Published: not before From, and before To; zero for no limit

	// Natural tells that it was read out of words such as "articles since
	// June", and not written as "since:2026-06". What such words mean is never
	// quite certain: a filter by an author that nobody knows is better dropped.
	Natural bool
}

// String says the filter as a person would: "by Frassineti", "since 1 June 2026".
func (f Filter) String() string {
	switch f.Field {
	case Author:
		return "by " + f.Value
	case Title:
		return fmt.Sprintf("titled %q", f.Value)
	case Source:
		return "in " + f.Value
	}
	return sayPeriod(f.From, f.To)
}

// Allows reports whether d passes the filter. Names are compared by whole
// words, whatever their case and accents. A publication without a date passes
// no filter by date.
func (f Filter) Allows(d *corpus.Doc) bool {
	switch f.Field {
	case Author:
		for _, author := range d.Authors {
			if holds(author, f.Value) {
				return true
			}
		}
		return false
	case Title:
		return holds(d.Title, f.Value)
	case Source:
		return holds(d.Source, f.Value)
	}
	return !d.Published.IsZero() && !d.Published.Before(f.From) && (f.To.IsZero() || d.Published.Before(f.To))
}

// holds reports whether the words of part follow each other in whole.
func holds(whole, part string) bool {
	return strings.Contains(" "+plain(whole)+" ", " "+plain(part)+" ")
}

// plain returns the words of s in small letters without accents, with a blank
// between them.
func plain(s string) string {
	s = strings.ToLower(lexicon.Fold(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !isWordRune(r) }), " ")
}

// written matches a filter such as author:"Ada Moreau".
var written = regexp.MustCompile(`(?i)(?:^|[\s(,;])(author: ?|since: ?|before: ?|title:|in:)("[^"]*"|“[^”]*”|[^\s"“]*)`)

// explicit takes the filters out of text that are written with a colon, and
// returns what is left of it.
func (q *Question) explicit(text string, now time.Time) string {
	if !strings.Contains(text, ":") {
		return text
	}
	var rest strings.Builder
	done := 0
	for _, m := range written.FindAllStringSubmatchIndex(text, -1) {
		field, value := strings.ToLower(strings.TrimRight(text[m[2]:m[3]], ": ")), text[m[4]:m[5]]
		if value == "" && m[1] < len(text) {
			continue // prose, such as "the title: why"
		}
		q.add(field, strings.Trim(value, `"“”,;)?! `), now)
		rest.WriteString(text[done:m[0]])
		if !strings.ContainsAny(value, `"“”`) && strings.HasSuffix(value, "?") {
			rest.WriteByte('?')
		}
		done = m[1]
	}
	if done == 0 {
		return text
	}
	rest.WriteString(text[done:])
	return squeeze(rest.String())
}

// squeeze returns s without white space at its ends and without more than one
// blank at a place.
func squeeze(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), " ?", "?")
}

// add adds the filter field:value.
func (q *Question) add(field, value string, now time.Time) {
	if value == "" {
		q.Problems = append(q.Problems, fmt.Sprintf("%s: has nothing behind it; write %s.", field, example(field)))
		return
	}
	f := Filter{Value: value}
	switch field {
	case "author":
		f.Field = Author
	case "title":
		f.Field = Title
	default:
		from, to, n := period(strings.Fields(strings.ToLower(value)), now)
		if n == 0 && field != "in" {
			q.Problems = append(q.Problems, fmt.Sprintf("%s:%s is no date that I know; write %s.", field, value, example(field)))
			return
		}
		f = dateFilter(field, from, to)
		if n == 0 {
			f = Filter{Field: Source, Value: value}
		}
	}
	q.Filters = append(q.Filters, f)
}

// example returns how to write a filter.
func example(field string) string {
	switch field {
	case "author":
		return `author:Moreau or author:"Ada Moreau"`
	case "title":
		return `title:summit or title:"the last summit"`
	case "in":
		return "in:2026, in:2026-06 or in: and the name of a source"
	}
	return fmt.Sprintf("%s:2026, %s:2026-06 or %s:2026-06-30", field, field, field)
}

// dateFilter returns the filter that a preposition makes of a period.
func dateFilter(preposition string, from, to time.Time) Filter {
	f := Filter{Field: Published}
	switch preposition {
	case "since":
		f.From = from
	case "after":
		f.From = to
	case "before":
		f.To = from
	default:
		f.From, f.To = from, to
	}
	return f
}
