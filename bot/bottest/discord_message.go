package bottest

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// A DiscordUser is a person or a bot.
type DiscordUser struct {
	ID            string  `json:"id"`
	Username      string  `json:"username"`
	Discriminator string  `json:"discriminator"`
	GlobalName    *string `json:"global_name"`
	Avatar        *string `json:"avatar"`
	PublicFlags   int     `json:"public_flags"`
	Flags         int     `json:"flags"`
	Bot           bool    `json:"bot,omitempty"`
}

// A DiscordMessage is a message as Discord keeps it.
type DiscordMessage struct {
	ID              string            `json:"id"`
	ChannelID       string            `json:"channel_id"`
	GuildID         string            `json:"guild_id,omitempty"` // in events only
	Type            int               `json:"type"`
	Author          DiscordUser       `json:"author"`
	Content         string            `json:"content"`
	Embeds          []DiscordEmbed    `json:"embeds"`
	Timestamp       time.Time         `json:"timestamp"`
	Edited          *time.Time        `json:"edited_timestamp"`
	TTS             bool              `json:"tts"`
	Pinned          bool              `json:"pinned"`
	Flags           int               `json:"flags"`
	MentionEveryone bool              `json:"mention_everyone"`
	Mentions        []DiscordUser     `json:"mentions"`
	MentionRoles    []string          `json:"mention_roles"`
	Attachments     []any             `json:"attachments"`
	Components      []any             `json:"components"`
	Nonce           any               `json:"nonce,omitempty"` // in the answer to the post and the event only
	WebhookID       string            `json:"webhook_id,omitempty"`
	Reference       *DiscordReference `json:"message_reference,omitempty"`
}

// A DiscordReference names the message that another one replies to.
type DiscordReference struct {
	Type      int    `json:"type"`
	MessageID string `json:"message_id"`
	ChannelID string `json:"channel_id,omitempty"`
	GuildID   string `json:"guild_id,omitempty"`
	FailIfNot *bool  `json:"fail_if_not_exists,omitempty"`
}

// A DiscordEmbed is a framed part of a message.
type DiscordEmbed struct {
	Type        string         `json:"type,omitempty"`
	Title       string         `json:"title,omitempty"`
	URL         string         `json:"url,omitempty"`
	Description string         `json:"description,omitempty"`
	Color       int            `json:"color,omitempty"`
	Timestamp   string         `json:"timestamp,omitempty"`
	Author      *discordName   `json:"author,omitempty"`
	Footer      *discordText   `json:"footer,omitempty"`
	Fields      []discordField `json:"fields,omitempty"`
}

type discordName struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type discordText struct {
	Text string `json:"text"`
}

type discordField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// A discordPost is the body of a request that makes or changes a message, with
// every property that this fake knows what to do with.
type discordPost struct {
	Content      string            `json:"content"`
	Embeds       []DiscordEmbed    `json:"embeds"`
	Allowed      *discordAllowed   `json:"allowed_mentions"`
	Flags        int               `json:"flags"`
	Nonce        any               `json:"nonce"`
	EnforceNonce bool              `json:"enforce_nonce"`
	TTS          bool              `json:"tts"`
	Reference    *DiscordReference `json:"message_reference"`
	Components   []any             `json:"components"`  // none are known yet
	Attachments  []any             `json:"attachments"` // none are known yet
	StickerIDs   []string          `json:"sticker_ids"` // none are known yet
}

type discordAllowed struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	Roles       []string `json:"roles"`
	RepliedUser bool     `json:"replied_user"`
}

// Flags of a message.
const (
	flagEphemeral = 1 << 6
	flagLoading   = 1 << 7
)

// units returns the length of s as Discord counts it.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// refuse returns why Discord does not take p, or nil.
func (p *discordPost) refuse() *discordError {
	if nonce, is := p.Nonce.(string); is && units(nonce) > 25 {
		return invalidForm("nonce: must be 25 or fewer in length")
	}
	if units(p.Content) > 2000 {
		return invalidForm("content: must be 2000 or fewer in length")
	}
	if len(p.Embeds) > 10 {
		return invalidForm("embeds: must be 10 or fewer in length")
	}
	if len(p.Components)+len(p.Attachments)+len(p.StickerIDs) > 0 {
		return invalidForm("components, attachments and stickers are nothing that the fake knows")
	}
	total, said := 0, strings.TrimSpace(p.Content) != ""
	for i, e := range p.Embeds {
		if why := e.refuse(); why != "" {
			return invalidForm(fmt.Sprintf("embeds.%d.%s", i, why))
		}
		total += e.units()
		said = said || e.units() > 0
	}
	if total > 6000 {
		return invalidForm("embeds: embed size exceeds maximum size of 6000")
	}
	if !said {
		return &discordError{http.StatusBadRequest, codeEmptyMessage, "Cannot send an empty message"}
	}
	return nil
}

// units returns the length that counts towards the sum over all embeds.
func (e *DiscordEmbed) units() int {
	n := units(e.Title) + units(e.Description)
	if e.Author != nil {
		n += units(e.Author.Name)
	}
	if e.Footer != nil {
		n += units(e.Footer.Text)
	}
	for _, f := range e.Fields {
		n += units(f.Name) + units(f.Value)
	}
	return n
}

// refuse returns why Discord does not take e, or the empty string.
func (e *DiscordEmbed) refuse() string {
	u, err := url.Parse(e.URL)
	switch {
	case units(e.Title) > 256:
		return "title: must be 256 or fewer in length"
	case units(e.Description) > 4096:
		return "description: must be 4096 or fewer in length"
	case e.URL != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || units(e.URL) > 2048):
		return "url: not a well formed URL"
	case e.Author != nil && (e.Author.Name == "" || units(e.Author.Name) > 256):
		return "author.name: must be between 1 and 256 in length"
	case e.Footer != nil && (e.Footer.Text == "" || units(e.Footer.Text) > 2048):
		return "footer.text: must be between 1 and 2048 in length"
	case len(e.Fields) > 25:
		return "fields: must be 25 or fewer in length"
	}
	for i, f := range e.Fields {
		if f.Name == "" || f.Value == "" || units(f.Name) > 256 || units(f.Value) > 1024 {
			return fmt.Sprintf("fields.%d: name of 1 to 256, value of 1 to 1024", i)
		}
	}
	return ""
}

var pingPattern = regexp.MustCompile(`@everyone|@here|<@!?(\d+)>|<@&(\d+)>`)

// pings returns how many p notifies. Escaping does not count: only what
// allowed_mentions says is sure.
func (p *discordPost) pings() int {
	n := 0
	if p.Reference != nil && (p.Allowed == nil || p.Allowed.RepliedUser) {
		n++
	}
	for _, m := range pingPattern.FindAllStringSubmatch(p.Content, -1) {
		if p.Allowed == nil || p.Allowed.permits(m[1], m[2]) {
			n++
		}
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

// message returns p as a message of the bot.
func (d *Discord) message(id, channel string, p *discordPost) *DiscordMessage {
	m := &DiscordMessage{ID: id, ChannelID: channel, Author: d.bot(), Timestamp: time.Now().UTC(),
		Mentions: []DiscordUser{}, MentionRoles: []string{}, Attachments: []any{}, Components: []any{}, Embeds: []DiscordEmbed{},
		Flags: p.Flags, Nonce: p.Nonce, Reference: p.Reference}
	if p.Reference != nil {
		m.Type = 19 // a reply
	}
	m.fill(p)
	return m
}

// fill gives m the words of p, trimmed as Discord trims them.
func (m *DiscordMessage) fill(p *discordPost) {
	m.Content = strings.TrimSpace(p.Content)
	m.Embeds = []DiscordEmbed{}
	for _, e := range p.Embeds {
		e.Type = "rich"
		e.Title, e.Description = strings.TrimSpace(e.Title), strings.TrimSpace(e.Description)
		m.Embeds = append(m.Embeds, e)
	}
}

func (d *Discord) bot() DiscordUser {
	return DiscordUser{ID: d.App, Username: "rapporteur", Discriminator: "0001", Bot: true}
}
