package bottest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
)

// A discordPost is the body of a request that makes or changes a message, with
// every property that this fake knows.
type discordPost struct {
	Content      string             `json:"content"`
	Embeds       []DiscordEmbed     `json:"embeds"`
	Allowed      *discordAllowed    `json:"allowed_mentions"`
	Flags        int                `json:"flags"`
	Nonce        any                `json:"nonce"`
	EnforceNonce bool               `json:"enforce_nonce"`
	TTS          bool               `json:"tts"`
	Reference    *DiscordReference  `json:"message_reference"`
	Components   []DiscordComponent `json:"components"`
	Attachments  []any              `json:"attachments"` // none are known yet
	StickerIDs   []string           `json:"sticker_ids"` // none are known yet
	Poll         any                `json:"poll"`        // none is known yet

	has map[string]bool // the properties that were given; true for those that say something
}

type discordAllowed struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	Roles       []string `json:"roles"`
	RepliedUser bool     `json:"replied_user"`
}

// What the body of each kind of request may say.
var (
	propertiesEdit   = []string{"content", "embeds", "flags", "allowed_mentions", "components", "attachments", "sticker_ids"}
	propertiesThread = append([]string{"poll"}, propertiesEdit...)
	propertiesPost   = append([]string{"nonce", "enforce_nonce", "tts", "message_reference"}, propertiesThread...)
	propertiesHook   = []string{"content", "embeds", "flags", "allowed_mentions", "components", "attachments", "poll", "tts"}
	propertiesRehook = propertiesHook[:len(propertiesHook)-1]
)

// UnmarshalJSON reads a post strictly: a property that is not known is
// refused, for it is a mistake even where Discord passes over it.
func (p *discordPost) UnmarshalJSON(raw []byte) error {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(raw, &given); err != nil {
		return err
	}
	p.has = map[string]bool{}
	for name, value := range given {
		p.has[name] = string(value) != "null" && string(value) != "false"
	}
	type plain discordPost
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	return dec.Decode((*plain)(p))
}

// units returns the length of s as Discord counts it.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// refuse returns why Discord does not take p, or nil, where these properties
// and flags are allowed.
func (p *discordPost) refuse(properties []string, flags int) *discordError {
	for name, says := range p.has {
		if says && !slices.Contains(properties, name) {
			return invalidForm(name + ": nothing that such a request can say")
		}
	}
	if p.Flags&^flags != 0 {
		return invalidForm(fmt.Sprintf("flags: %d cannot be set", p.Flags&^flags))
	}
	if nonce, is := p.Nonce.(string); is && units(nonce) > 25 {
		return invalidForm("nonce: must be 25 or fewer in length")
	}
	if len(p.Attachments)+len(p.StickerIDs) > 0 || p.Poll != nil {
		return invalidForm("attachments, stickers and polls are nothing that the fake knows")
	}
	if refusal := p.Allowed.refuse(); refusal != nil {
		return refusal
	}
	return p.refuseWords()
}

// refuseWords returns why Discord does not take what p says, or nil.
func (p *discordPost) refuseWords() *discordError {
	second, said := p.Flags&flagSecond != 0, strings.TrimSpace(p.Content) != ""
	if units(p.Content) > 2000 {
		return invalidForm("content: must be 2000 or fewer in length")
	}
	embedded, refusal := refuseEmbeds(p.Embeds)
	switch {
	case refusal != nil:
		return refusal
	case second && (p.Content != "" || len(p.Embeds) > 0):
		return invalidForm("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
	case !said && !embedded && len(p.Components) == 0:
		return &discordError{http.StatusBadRequest, codeEmptyMessage, "Cannot send an empty message"}
	}
	return refuseComponents(p.Components, second)
}

// refuse returns why Discord does not take a, or nil.
func (a *discordAllowed) refuse() *discordError {
	switch {
	case a == nil:
		return nil
	case len(a.Users) > 100 || len(a.Roles) > 100:
		return invalidForm("allowed_mentions: at most 100 users and 100 roles")
	case slices.Contains(a.Parse, "users") && len(a.Users) > 0, slices.Contains(a.Parse, "roles") && len(a.Roles) > 0:
		return invalidForm("allowed_mentions: MUTUALLY_EXCLUSIVE, all or these")
	}
	for _, kind := range a.Parse {
		if kind != "users" && kind != "roles" && kind != "everyone" {
			return invalidForm("allowed_mentions.parse: no such kind: " + kind)
		}
	}
	return nil
}

// over returns m as it would be said anew with p: what p leaves out stays. The
// flag of the second kind cannot be taken away.
func (p *discordPost) over(m *DiscordMessage) (*discordPost, *discordError) {
	whole := *p
	if _, is := p.has["content"]; !is {
		whole.Content = m.Content
	}
	if _, is := p.has["embeds"]; !is {
		whole.Embeds = m.Embeds
	}
	if _, is := p.has["components"]; !is {
		whole.Components = m.Components
	}
	if _, is := p.has["flags"]; !is {
		whole.Flags = m.Flags
	}
	if m.Flags&^whole.Flags&flagSecond != 0 {
		return nil, invalidForm("flags: IS_COMPONENTS_V2 cannot be removed")
	}
	whole.Flags |= m.Flags &^ flagsEdit
	return &whole, nil
}

// text returns all of p in which a mention would be one.
func (p *discordPost) text() string {
	texts := []string{p.Content}
	walk(p.Components, func(c *DiscordComponent) { texts = append(texts, c.Content) })
	return strings.Join(texts, "\n")
}

var pingPattern = regexp.MustCompile(`@everyone|@here|<@!?(\d+)>|<@&(\d+)>`)

// mentioned returns whom p mentions and may notify. Escaping does not count:
// only what allowed_mentions says is sure.
func (p *discordPost) mentioned() (users, roles []string, everyone bool) {
	for _, m := range pingPattern.FindAllStringSubmatch(p.text(), -1) {
		switch user, role := m[1], m[2]; {
		case p.Allowed != nil && !p.Allowed.permits(user, role):
		case user != "":
			users = append(users, user)
		case role != "":
			roles = append(roles, role)
		default:
			everyone = true
		}
	}
	return users, roles, everyone
}

// pings returns how many p notifies. A role counts even if nobody but those
// who may mention everybody can mention it.
func (p *discordPost) pings() int {
	users, roles, everyone := p.mentioned()
	n := len(users) + len(roles)
	if everyone {
		n++
	}
	if p.Reference != nil && (p.Allowed == nil || p.Allowed.RepliedUser) {
		n++
	}
	return n
}

// permits reports whether a mention of user, of role, or of everyone if both
// are empty, notifies them.
func (a *discordAllowed) permits(user, role string) bool {
	switch {
	case user != "":
		return slices.Contains(a.Parse, "users") || slices.Contains(a.Users, user)
	case role != "":
		return slices.Contains(a.Parse, "roles") || slices.Contains(a.Roles, role)
	}
	return slices.Contains(a.Parse, "everyone")
}
