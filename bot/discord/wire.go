package discord

import (
	"cmp"
	"encoding/json"
	"strings"
)

// Kinds of interactions, of commands and of components, as Discord numbers them.
const (
	interactionCommand  = 2
	interactionPress    = 3
	interactionComplete = 4

	commandSlash   = 1
	commandMessage = 3

	componentRow       = 1
	componentButton    = 2
	componentText      = 10
	componentSeparator = 14
	componentContainer = 17
)

// Where an interaction comes from.
const (
	inGuild   = 0
	inBotDM   = 1
	inPrivate = 2 // between people, where the bot is no member
)

// An interaction is what somebody did with the app. Only what is needed of it is
// decoded: discordgo decodes the message around a button as well, and loses the
// whole of it over one component that it does not know.
type interaction struct {
	ID          string  `json:"id"`
	App         string  `json:"application_id"`
	Type        int     `json:"type"`
	Token       string  `json:"token"`
	Guild       string  `json:"guild_id"`
	Channel     string  `json:"channel_id"`
	Context     *int    `json:"context"` // nil if Discord does not say
	Permissions string  `json:"app_permissions"`
	Member      *member `json:"member"`
	User        *person `json:"user"` // outside of servers
	Data        given   `json:"data"`
	Message     struct {
		Components nodes `json:"components"`
	} `json:"message"` // with the button that was pressed
}

// A given is what an interaction is about.
type given struct {
	Name     string  `json:"name"`
	Type     int     `json:"type"` // of a command
	CustomID string  `json:"custom_id"`
	Options  []typed `json:"options"`
	Target   string  `json:"target_id"` // of a message command
	Resolved struct {
		Messages map[string]written `json:"messages"`
	} `json:"resolved"`
}

// A typed is an option of a command.
type typed struct {
	Name    string `json:"name"`
	Value   any    `json:"value"`
	Focused bool   `json:"focused"` // whether it is being typed
}

// A member is a person in a server.
type member struct {
	Nick string  `json:"nick"`
	User *person `json:"user"`
}

// A person is a user, who may be a bot.
type person struct {
	ID         string `json:"id"`
	Name       string `json:"username"`
	GlobalName string `json:"global_name"`
	Bot        bool   `json:"bot"`
}

// A written is a message that somebody wrote.
type written struct {
	ID         string   `json:"id"`
	Type       int      `json:"type"`
	Guild      string   `json:"guild_id"`
	Channel    string   `json:"channel_id"`
	Content    string   `json:"content"`
	WebhookID  string   `json:"webhook_id"`
	Author     *person  `json:"author"`
	Member     *member  `json:"member"`
	Mentions   []person `json:"mentions"`
	Referenced *written `json:"referenced_message"` // what it replies to
	Components nodes    `json:"components"`
	Embeds     []struct {
		Title       string `json:"title"`
		Description string `json:"description"`
	} `json:"embeds"`
}

// A node is a component, as far as it is looked into.
type node struct {
	Type       int    `json:"type"`
	ID         int    `json:"id"`
	Content    string `json:"content"`
	Components nodes  `json:"components"`
}

// Nodes are components of any kinds, of which those that are not understood are
// left out.
type nodes []node

// UnmarshalJSON never fails.
func (n *nodes) UnmarshalJSON(raw []byte) error {
	var each []json.RawMessage
	_ = json.Unmarshal(raw, &each) // what is no list has no components
	*n = nil
	for _, raw := range each {
		var one node
		if json.Unmarshal(raw, &one) == nil {
			*n = append(*n, one)
		}
	}
	return nil
}

// readInteraction decodes what somebody did.
func readInteraction(raw []byte) (*interaction, error) {
	i := &interaction{}
	return i, json.Unmarshal(raw, i)
}

// readMessage decodes what somebody wrote.
func readMessage(raw []byte) (*written, error) {
	m := &written{}
	return m, json.Unmarshal(raw, m)
}

// words returns the texts of n, each in a line.
func (n nodes) words() string {
	var all []string
	for _, one := range n {
		if words := cmp.Or(one.Content, one.Components.words()); words != "" {
			all = append(all, words)
		}
	}
	return strings.Join(all, "\n")
}

// who returns the person who did i and how others there see them; nil if
// Discord does not say.
func (i *interaction) who() (who *person, name string) { return seenAs(i.Member, i.User) }

// seenAs returns a person by what is told of them in a server and outside of it,
// and their name there.
func seenAs(m *member, u *person) (who *person, name string) {
	if m != nil && m.User != nil {
		u = m.User
	}
	if u == nil || u.ID == "" {
		return nil, ""
	}
	name = cmp.Or(u.GlobalName, u.Name)
	if m != nil {
		name = cmp.Or(m.Nick, name)
	}
	return u, name
}

// where returns what kind of place i comes from.
func (i *interaction) where() int {
	switch {
	case i.Context != nil:
		return *i.Context
	case i.Guild == "":
		return inBotDM
	}
	return inGuild
}

// read returns the words of a message that somebody points at: what was typed,
// or else what stands in its embeds or components.
func (w written) read() string {
	said := []string{w.Content}
	for _, e := range w.Embeds {
		said = append(said, e.Title, e.Description)
	}
	said = append(said, w.Components.words())
	return strings.TrimSpace(strings.Join(said, "\n"))
}
