package question

import "strings"

// A Part is what can be asked of a publication as such.
type Part uint8

// The parts; NotAbout is that of a question that asks of no publication.
const (
	NotAbout    Part = iota
	AboutAuthor      // who wrote it
	AboutDate        // when it was published
	AboutTitle       // what it is called
	AboutSource      // where it was published, or by whom
)

var partNames = [...]string{"", "author", "date", "title", "source"}

// String returns the part in a word.
func (p Part) String() string { return partNames[p] }

// An About is what is asked of a publication as such, as in "who wrote this
// brief?". It is answered from what is known of the publication.
type About struct {
	Asks  Part
	Title string // the publication's title if the question quotes one
	Topic string // what it is about if the question says so: "the summit" of "who wrote the brief on the summit?"
}

// about finds out what ws, the words of text, ask of a publication as such.
// "Who wrote the report on …" may well ask of a report that a publication tells
// of, and is left alone.
func about(ws []word, text string) About {
	for _, o := range partOpenings {
		n := begins(ws, o.words)
		if n == 0 {
			continue
		}
		if a, ok := aboutRest(ws, n, text, o); ok {
			return a
		}
	}
	return About{}
}

// begins returns the number of words of phrase if ws begin with them, or 0.
func begins(ws []word, phrase string) int {
	n := 0
	for want := range strings.SplitSeq(phrase, " ") {
		if n >= len(ws) || ws[n].quoted || wholeWord(ws[n]) != want && want != "*" {
			return 0
		}
		n++
	}
	return n
}

// aboutRest parses what follows an opening: which publication is meant, a verb,
// and what it is about.
func aboutRest(ws []word, i int, text string, o opening) (a About, ok bool) {
	a.Asks = o.part
	if i == len(ws) {
		return a, o.bare
	}
	if w := ws[i].lower; w == "of" || w == "for" || w == "to" {
		i++
	}
	n, own := publication(ws, i)
	i += n
	title := 0
	for i+title < len(ws) && ws[i+title].quoted {
		title++
	}
	if title > 0 {
		a.Title = text[ws[i].span.Start:ws[i+title-1].span.End]
		i += title
	}
	if n+title == 0 {
		return a, false
	}
	if i < len(ws) && isBe(ws[i].lower) {
		i++ // "when this brief was published"
	}
	verb := 0
	if i < len(ws) && isAboutVerb(ws[i].lower) {
		verb = 1
	}
	if verb == 0 && o.verb || i+verb == len(ws) {
		return a, i+verb == len(ws) && (verb == 1 || !o.verb)
	}
	return a.topic(ws, i+verb, text, own)
}

// topic parses what the publication is about, from word i to the end.
func (a About) topic(ws []word, i int, text string, own bool) (About, bool) {
	switch w := ws[i].lower; {
	case w == "out" && i+1 == len(ws):
		return a, true
	case own && i+1 < len(ws) && (w == "on" || w == "about" || w == "regarding" || w == "concerning"):
		a.Topic = text[ws[i+1].span.Start:ws[len(ws)-1].span.End]
		return a, true
	}
	return a, false
}

// publication returns how many words at i mean a publication, such as "this
// brief" and "it", and whether it can only be one of ours.
func publication(ws []word, i int) (n int, own bool) {
	if i >= len(ws) || ws[i].quoted {
		return 0, false
	}
	switch ws[i].lower {
	case "it":
		return 1, false
	case "this", "that", "the", "your", "our":
	default:
		return 0, false
	}
	j := i + 1
	if j < len(ws) && ws[j].lower == "policy" {
		j++
	}
	if j >= len(ws) {
		return 0, false
	}
	one := isOnePublication(ws[j].lower)
	if !one && !isText(ws[j].lower) {
		return 0, false
	}
	return j + 1 - i, one || ws[i].lower == "this"
}

// isText reports whether w is a word for a text that need not be one of ours.
func isText(w string) bool {
	switch w {
	case "report", "paper", "text", "post", "piece", "document", "analysis", "essay", "study", "page", "note":
		return true
	}
	return false
}

func isAboutVerb(w string) bool {
	switch w {
	case "published", "written", "posted", "released", "by", "called", "titled", "entitled", "come", "appear", "from", "authored", "dated":
		return true
	}
	return false
}

// An opening is how a question about a publication begins.
type opening struct {
	words string
	part  Part
	verb  bool // whether "published" or the like must follow the publication
	bare  bool // whether the publication may be left out
}

var partOpenings = [...]opening{
	{"who is the author", AboutAuthor, false, true},
	{"who's the author", AboutAuthor, false, true},
	{"who are the authors", AboutAuthor, false, true},
	{"who was the author", AboutAuthor, false, true},
	{"what is the name of the author", AboutAuthor, false, true},
	{"by whom was", AboutAuthor, true, false},
	{"who wrote", AboutAuthor, false, false},
	{"who authored", AboutAuthor, false, false},
	{"who has written", AboutAuthor, false, false},
	{"who is", AboutAuthor, true, false},
	{"the author", AboutAuthor, false, false},
	{"author", AboutAuthor, false, false},
	{"authors", AboutAuthor, false, false},
	{"when was", AboutDate, true, false},
	{"when were", AboutDate, true, false},
	{"when did", AboutDate, true, false},
	{"when", AboutDate, true, false},
	{"on * date was", AboutDate, true, false},
	{"on * day was", AboutDate, true, false},
	{"in * year was", AboutDate, true, false},
	{"in * month was", AboutDate, true, false},
	{"what is the date", AboutDate, false, false},
	{"what's the date", AboutDate, false, false},
	{"what is the publication date", AboutDate, false, true},
	{"what was the publication date", AboutDate, false, true},
	{"what's the publication date", AboutDate, false, true},
	{"publication date", AboutDate, false, true},
	{"date", AboutDate, false, false},
	{"how old is", AboutDate, false, false},
	{"how recent is", AboutDate, false, false},
	{"what is the title", AboutTitle, false, true},
	{"what's the title", AboutTitle, false, true},
	{"what is the headline", AboutTitle, false, true},
	{"what is the name", AboutTitle, false, false},
	{"what is", AboutTitle, true, false},
	{"how is", AboutTitle, true, false},
	{"title", AboutTitle, false, false},
	{"who published", AboutSource, false, false},
	{"where was", AboutSource, true, false},
	{"where did", AboutSource, true, false},
	{"where does", AboutSource, true, false},
	{"what is the source", AboutSource, false, false},
	{"what's the source", AboutSource, false, false},
	{"what is the link", AboutSource, false, false},
	{"what is the address", AboutSource, false, false},
	{"what is the url", AboutSource, false, false},
	{"link", AboutSource, false, false},
	{"source", AboutSource, false, false},
}
