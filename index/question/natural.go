package question

import "time"

// oldest is how many years back a date may lie that narrows down the
// publications: an older one tells what the question is about.
const oldest = 20

// natural takes the filters out of text that are told in plain words, and returns
// what is left of it. It takes only what clearly speaks of publications, such as
// "articles since June", as a filter that was not meant loses the answer.
func (q *Question) natural(text string, now time.Time) string {
	for {
		ws := words(text)
		f, i, j := naturalFilter(ws, text, now)
		if i == j {
			return text
		}
		f.Natural = true
		q.Filters = append(q.Filters, f)
		text = squeeze(text[:ws[i].span.Start] + text[ws[j-1].span.End:])
	}
}

// naturalFilter returns the first filter in the words and where it stands: from
// word i up to but without j. They are equal if there is none.
func naturalFilter(ws []word, text string, now time.Time) (f Filter, i, j int) {
	for i := 1; i+1 < len(ws); i++ {
		if ws[i].quoted {
			continue
		}
		switch ws[i].lower {
		case "since", "before", "after", "in", "from", "during":
			if f, n := dateAt(ws, i, now); n > 0 {
				return f, i - behindVerb(ws, i), i + 1 + n
			}
		case "this", "last", "today", "yesterday":
			if f, n := newsAt(ws, i, now); n > 0 {
				return f, i, i + n
			}
		case "by":
			if n := authorAt(ws, i); n > 0 {
				value := text[ws[i+1].span.Start:ws[i+n].span.End]
				return Filter{Field: Author, Value: value}, i - behindVerb(ws, i), i + 1 + n
			}
		}
	}
	return f, 0, 0
}

// behindVerb returns 1 if "published" or the like stands before word i, which
// goes with the filter, and 0 otherwise.
func behindVerb(ws []word, i int) int {
	if isPublished(ws[i-1].lower) && i > 1 && isPublication(ws[i-2].lower) {
		return 1
	}
	return 0
}

// dateAt returns the filter by date that begins with the preposition at i, and
// how many words the date has, or 0 if there is none.
func dateAt(ws []word, i int, now time.Time) (f Filter, n int) {
	from, to, n := periodAt(ws, i+1, now)
	if n == 0 || from.Year() < now.Year()-oldest || from.After(now) {
		return f, 0
	}
	end := i + 1 + n
	if !ofPublications(ws, i) && !(end == len(ws) && asksForNews(ws[:i])) {
		return f, 0
	}
	return dateFilter(ws[i].lower, from, to), n
}

// newsAt is dateAt for a date without a preposition, such as "this week", at the
// end of what asks for publications.
func newsAt(ws []word, i int, now time.Time) (f Filter, n int) {
	from, to, n := periodAt(ws, i, now)
	if n == 0 || i+n != len(ws) || !asksForNews(ws[:i]) {
		return f, 0
	}
	return dateFilter("in", from, to), n
}

// periodAt returns the period that the words from i on begin to tell.
func periodAt(ws []word, i int, now time.Time) (from, to time.Time, n int) {
	rest := make([]string, 0, 6)
	for _, w := range ws[i:min(len(ws), i+6)] {
		rest = append(rest, w.lower)
	}
	return period(rest, now)
}

// ofPublications reports whether what stands right before word i is a word for
// publications, with "published" between them or not, that is not itself
// counted or described.
func ofPublications(ws []word, i int) bool {
	i -= behindVerb(ws, i)
	if i == 0 || !isPublications(ws[i-1].lower) {
		return false
	}
	return i == 1 || ws[i-1].comma || bareBefore(ws[i-2].lower)
}

// bareBefore reports whether w may stand before "articles" without telling of
// what kind they are.
func bareBefore(w string) bool {
	switch w {
	case "all", "the", "your", "our", "any", "new", "recent", "latest", "which", "what", "in", "from", "list", "show", "me",
		"find", "of", "do", "have", "policy", "and", "or", "these", "those", "other", "their", "are", "there", "search", "only", "with":
		return true
	}
	return false
}

// asksForNews reports whether ws, without the date at the end, ask for
// publications and nothing else: "what's new on", "what has been published on",
// "articles about".
func asksForNews(ws []word) bool {
	for _, phrase := range newsOpenings {
		n := begins(ws, phrase)
		if n == 0 {
			continue
		}
		if n < len(ws) && isPublications(ws[n].lower) {
			n++
		}
		if n == len(ws) || isAboutWord(ws[n].lower) {
			return true
		}
	}
	return len(ws) > 0 && isPublications(ws[0].lower) && (len(ws) == 1 || isAboutWord(ws[1].lower))
}

func wholeWord(w word) string {
	if w.owner {
		return w.lower + "'s"
	}
	return w.lower
}

// newsOpenings are ways to ask what was published; a star is any word.
var newsOpenings = [...]string{
	"what's new", "what is new", "whats new", "anything new", "any news", "news", "what's the latest", "what is the latest",
	"what has been published", "what was published", "what have you published", "what did you publish", "what have we published", "what did we publish",
	"has anything been published", "have you published anything", "what has been written", "what was written", "what has been posted", "what came out",
	"what has appeared", "what appeared", "what has * published", "what has * written", "what did * publish", "what did * write",
	"show me", "show me the", "show me all", "show", "list", "list the", "list all", "find", "find me", "find all", "give me", "give me the", "give me all", "all", "the",
	"new", "latest", "recent", "are there any", "are there", "do you have any", "do you have",
}

func isAboutWord(w string) bool {
	switch w {
	case "on", "about", "regarding", "concerning", "of", "mentioning", "covering", "with", "by", "from":
		return true
	}
	return false
}

// authorAt returns how many words the name has behind "by", word i, if it tells
// who wrote the publications, or 0.
func authorAt(ws []word, i int) int {
	n := 0
	for i+1+n < len(ws) && n < 4 && (ws[i+1+n].capital || n > 0 && isLink(ws[i+1+n].lower) && i+2+n < len(ws) && ws[i+2+n].capital) && (n == 0 || !ws[i+1+n].comma) {
		n++
	}
	if n == 0 || ws[i+n].owner {
		return 0
	}
	k := i - behindVerb(ws, i)
	if isPublications(ws[k-1].lower) || isOnePublication(ws[k-1].lower) {
		if k == 1 || bareBefore(ws[k-2].lower) || isArticle(ws[k-2].lower) {
			return n
		}
		return 0
	}
	if end := i + 1 + n; end == len(ws) && asksForNews(ws[:i]) {
		return n
	}
	return 0
}

func isArticle(w string) bool { return w == "a" || w == "an" || w == "this" || w == "that" }

// isPublication reports whether w is a word for a publication or several.
func isPublication(w string) bool {
	return isPublications(w) || isOnePublication(w) || w == "anything" || w == "something"
}

// isPublications reports whether w is a word for several publications.
func isPublications(w string) bool {
	switch w {
	case "briefs", "articles", "publications", "papers", "texts", "posts", "reports", "analyses", "commentaries", "essays", "op-eds":
		return true
	}
	return false
}

// isOnePublication reports whether w is a word for one of our publications. A
// report or a paper is as likely one that they tell of.
func isOnePublication(w string) bool {
	switch w {
	case "brief", "article", "publication", "commentary", "op-ed":
		return true
	}
	return false
}

func isPublished(w string) bool {
	switch w {
	case "published", "written", "posted", "released", "dated", "authored":
		return true
	}
	return false
}
