package bot

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"
)

// The kinds of pages.
const (
	kindAnswer  = "answer"
	kindNearest = "nearest" // passages that come nearest to a question without an answer
	kindList    = "list"    // passages that nobody asked a question for
)

// pageMemory is how long buttons work: then the answer is no longer what the
// publications say, and nobody scrolls back so far.
const pageMemory = 30 * 24 * time.Hour

// A page is an answer that can be leafed through: all its passages, and which
// of them are shown.
type page struct {
	id, platform, workspace string
	kind                    string
	question                string
	scope                   string // ID of the only publication that was looked in; empty for all
	topic                   string // what a follow-up in its thread goes on from; not kept with the page
	lead                    string // the bot's own words above the passages
	quotes                  []Quote
	takeaways               bool // whether the passages stand for takeaways
	private                 bool
	per, room               int // passages and characters that are shown at once; 0 for no limit
	first                   int // the first one that is shown
	kept                    int // what first is in the store
	wide, shared            bool
	created                 time.Time
}

// lay returns m, the answer to c, as the platform shows it: all of it, or, where
// there are buttons, the first passages with buttons for the others. The topic
// is what follow-ups in the same thread go on from.
func (b *Bot) lay(ctx context.Context, c Command, kind, topic string, m Message) (Message, error) {
	if c.Manner == nil {
		if kind != kindList {
			m.Quotes = m.Quotes[:min(len(m.Quotes), usualQuotes)]
		}
		return m, nil
	}
	p := page{platform: c.Platform, workspace: c.Workspace, kind: kind, topic: topic, lead: m.Text,
		quotes: m.Quotes, takeaways: m.Takeaways, private: m.Private, per: c.Manner.Passages, room: c.Manner.Room}
	switch kind {
	case kindList:
		p.per = len(m.Quotes)
	case kindNearest:
		p.per = usualQuotes
		fallthrough
	default:
		p.question, p.scope = c.Args, c.Publication
	}
	if len(p.quotes) == 0 {
		return m, b.rememberThread(ctx, c, p)
	}
	if err := b.store.addPage(ctx, &p); err != nil {
		return m, err
	}
	return p.message(), b.rememberThread(ctx, c, p)
}

// list returns m as the platform shows it, with a button for what does not fit.
func (b *Bot) list(ctx context.Context, c Command, m Message) (Message, error) {
	return b.lay(ctx, c, kindList, "", m)
}

// shown returns the passages that are shown, at least one, and whether they
// are in their context: that may be too long to be shown.
func (p *page) shown() (quotes []Quote, wide bool) {
	room := p.room
	for i, q := range p.quotes[p.first:] {
		if p.wide {
			if c := q.Context(); p.room == 0 || weight(c) <= room {
				q, wide = c, true
			}
		}
		room -= weight(q)
		if i > 0 && (p.per > 0 && i >= p.per || p.room > 0 && room < 0) {
			break
		}
		quotes = append(quotes, q)
	}
	return quotes, wide
}

// before returns the first passage of what is shown before what is shown now.
func (p *page) before() int {
	earlier := *p
	for earlier.first = 0; ; {
		quotes, _ := earlier.shown()
		if earlier.first+len(quotes) >= p.first {
			return earlier.first
		}
		earlier.first += len(quotes)
	}
}

// weight returns about how many characters q takes, with its place and heading.
func weight(q Quote) int {
	n := 0
	for _, text := range []string{q.Text(), q.Link(), q.Remark(), q.Doc().Title, q.Doc().URL, Byline(q.Doc())} {
		n += utf8.RuneCountInString(text)
	}
	return n
}

// message returns the page as it stands open.
func (p *page) message() Message {
	quotes, wide := p.shown()
	m := Message{Text: p.lead, Quotes: quotes, Takeaways: p.takeaways, Private: p.private,
		Leaf: Leaf{p.first + 1, p.first + len(quotes), len(p.quotes)}}
	if p.wide && !wide {
		m.Text += "\n(The paragraph around it is too long to be shown here.)"
	}
	m.Actions = p.actions(quotes)
	return m
}

// actions returns what can be done with the page while quotes are shown.
func (p *page) actions(quotes []Quote) []Action {
	var all []Action
	add := func(name, label string) { all = append(all, Action{Name: name, Label: label, ID: p.id}) }
	if link := quotes[0].Link(); link != "" {
		all = append(all, Action{Name: ActionOpen, Label: "Open source", URL: link})
	}
	if p.first > 0 {
		add(ActionBack, "Previous passage")
	}
	if n := len(p.quotes); len(quotes) < n {
		next := (p.first + len(quotes)) % n
		add(ActionNext, fmt.Sprintf("Next passage (%d of %d)", next+1, n))
	}
	if p.kind != kindList {
		if p.wide {
			add(ActionNarrow, "− Context")
		} else {
			add(ActionContext, "+ Context")
		}
	}
	if p.private && p.workspace != "" && !p.shared {
		add(ActionShare, "Share in channel")
	}
	if p.kind != kindList {
		add(ActionWhy, "Why this?")
		add(ActionGood, "Helpful")
		add(ActionBad, "Not helpful")
	}
	return all
}
