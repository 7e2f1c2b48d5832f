package bot

import (
	"cmp"
	"fmt"
	"strings"

	"rapporteur/corpus"
)

// A Command is what somebody asked of the bot.
type Command struct {
	Platform  string // Name of the Platform
	Workspace string // Slack team or Discord guild, or a channel between people only; empty in a direct message
	Channel   string
	Thread    string  // where the answer belongs; empty if not in a thread
	User      string  // id of who asks
	UserName  string  // who asks, as others there see it; empty if the platform does not say
	Name      string  // "ask", "latest", "takeaways", "subscribe", "unsubscribe", "subscriptions", "status" or "help", an Action's, or one of Happenings
	Args      string  // the rest of the line, as it was typed; the ID of an Action that was taken
	Manner    *Manner // how the answer will be shown; nil for a platform without buttons

	Publication string // of "ask": the one to look in, by its ID or words of its title; empty for all
	Public      bool   // of "ask": whether all in the channel are to read the answer
	Elsewhere   bool   // of "subscribe" and "unsubscribe": whether Channel is another than where this was typed
	Notify      string // of "subscribe": id of the role that the posts are to notify; empty for nobody
}

// A Message is what the bot says, in no platform's dress. Its own words are
// Text and plain; those of publications are Quotes, and a platform shows them
// exactly. Neither may notify anybody or be read as markup.
type Message struct {
	Text      string
	Quotes    []Quote  // shown below Text; those of one publication that follow each other share its heading
	Takeaways bool     // whether the quotes stand for takeaways, so that those which are not the author's are marked
	Private   bool     // to be seen by the asker only, where the platform can do that
	Actions   []Action // what can be done next; a platform without buttons leaves them out
	Replace   bool     // whether it takes the place of the message whose Action was taken
	Leaf      Leaf     // where in the answer the quotes stand
	Choices   []Choice // of what was begun to be typed; the message holds nothing else
	Notify    string   // id of the role that is to be notified; empty for nobody
}

// A Leaf is what a message shows of an answer that can be leafed through. It is
// zero for what is no such answer.
type Leaf struct {
	First, Last int // the first and the last passage that is shown, from 1
	Of          int // passages in all
}

// A Choice is one way in which what was begun to be typed can be ended.
type Choice struct {
	Label string // what people read
	Value string // what the Command will hold
}

// Empty reports whether m says nothing, and so is not to be sent.
func (m Message) Empty() bool { return m.Text == "" && len(m.Quotes) == 0 }

// A Part is the quotes of a message that share one heading.
type Part struct {
	Doc       *corpus.Doc
	Quotes    []Quote
	Extracted bool // whether the quotes stand for takeaways that are not the author's
}

// Byline returns what [Byline] does, and "takeaways extracted" where they were.
func (p Part) Byline() string {
	by := Byline(p.Doc)
	switch {
	case !p.Extracted:
		return by
	case by == "":
		return "takeaways extracted"
	}
	return by + " · takeaways extracted"
}

// Parts returns the quotes of m in their order, those of one publication that
// follow each other taken together.
func (m Message) Parts() []Part {
	var parts []Part
	for _, q := range m.Quotes {
		if n := len(parts); n > 0 && parts[n-1].Doc.ID == q.Doc().ID {
			parts[n-1].Quotes = append(parts[n-1].Quotes, q)
			continue
		}
		parts = append(parts, Part{q.Doc(), []Quote{q}, m.Takeaways && q.Doc().Extracted})
	}
	return parts
}

// Byline returns who wrote d and when, as far as that is known, and whether it
// was withdrawn, such as "Ada Smith, Bo Li · 2 June 2026"; it may be empty.
func Byline(d *corpus.Doc) string {
	var known []string
	if len(d.Authors) > 0 {
		known = append(known, strings.Join(d.Authors, ", "))
	}
	if !d.Published.IsZero() {
		known = append(known, d.Published.Format("2 January 2006"))
	}
	if d.Withdrawn {
		known = append(known, "withdrawn by its publisher")
	}
	return strings.Join(known, " · ")
}

// Plain returns the whole of m without any markup: what a notification or a
// screen reader says, and the form that a platform without markup shows. A
// quote stands on a line of its own after "> ", followed by its place.
func Plain(m Message) string {
	var b strings.Builder
	b.WriteString(m.Text)
	for _, part := range m.Parts() {
		if b.Len() > 0 {
			fmt.Fprint(&b, "\n\n")
		}
		fmt.Fprintln(&b, part.Doc.Title)
		if by := part.Byline(); by != "" {
			fmt.Fprintln(&b, by)
		}
		var quotes []string
		for _, q := range part.Quotes {
			quotes = append(quotes, "> "+q.Text()+"\n  "+q.remarked(cmp.Or(q.Link(), q.Place())))
		}
		b.WriteString(strings.Join(quotes, "\n"))
	}
	return b.String()
}
