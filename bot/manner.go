package bot

import "cmp"

// A Manner is how a platform with buttons shows messages and has commands typed.
type Manner struct {
	Passages int               // of an answer that are shown at once; the others are a button away
	Room     int               // characters of passages that fit a message, about; 0 for no limit
	Spelling map[string]string // how commands are typed, by name; those left out by "/" and the name
}

// typed returns what a person types for the command called name.
func (c Command) typed(name string) string {
	if c.Manner == nil {
		return "/" + name
	}
	return cmp.Or(c.Manner.Spelling[name], "/"+name)
}

// An Action is something that can be done with a message, by its meaning. When
// somebody does it, the platform sends a Command of this Name with the ID as
// Args. An Action with a URL only leads there.
type Action struct {
	Name  string // one of those below
	Label string // the words on the button
	ID    string // what is acted on; it says nothing to people
	URL   string // http or https
}

// The names of actions.
const (
	ActionOpen    = "open"    // the passage in its source
	ActionNext    = "next"    // the passages that come after those shown
	ActionBack    = "back"    // the passages that come before those shown
	ActionContext = "context" // the whole paragraphs around the passages
	ActionNarrow  = "narrow"  // the passages alone again
	ActionShare   = "share"   // the message, for everybody in the channel
	ActionWhy     = "why"     // how the passages were chosen
	ActionGood    = "good"    // the answer was helpful
	ActionBad     = "bad"     // it was not
)

// ActionNames returns the names of the actions that are sent as Commands.
func ActionNames() []string {
	return []string{ActionNext, ActionBack, ActionContext, ActionNarrow, ActionShare, ActionWhy, ActionGood, ActionBad}
}
