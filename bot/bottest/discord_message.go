package bottest

import (
	"slices"
	"strings"
	"time"
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
	PrimaryGuild  *string `json:"primary_guild"` // nobody shows one
}

// A DiscordMessage is a message as Discord keeps it.
type DiscordMessage struct {
	ID              string             `json:"id"`
	ChannelID       string             `json:"channel_id"`
	GuildID         string             `json:"guild_id,omitempty"` // in events only
	Type            int                `json:"type"`
	Author          DiscordUser        `json:"author"`
	Content         string             `json:"content"`
	Embeds          []DiscordEmbed     `json:"embeds"`
	Timestamp       time.Time          `json:"timestamp"`
	Edited          *time.Time         `json:"edited_timestamp"`
	TTS             bool               `json:"tts"`
	Pinned          bool               `json:"pinned"`
	Flags           int                `json:"flags"`
	MentionEveryone bool               `json:"mention_everyone"`
	Mentions        []DiscordUser      `json:"mentions"`
	MentionRoles    []string           `json:"mention_roles"`
	Attachments     []any              `json:"attachments"`
	Components      []DiscordComponent `json:"components"`
	Nonce           any                `json:"nonce,omitempty"` // in the answer to the post and the event only
	WebhookID       string             `json:"webhook_id,omitempty"`
	ApplicationID   string             `json:"application_id,omitempty"`
	Reference       *DiscordReference  `json:"message_reference,omitempty"`
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
	Inline bool   `json:"inline"`
}

// Flags of a message.
const (
	flagCrossposted    = 1 << 0
	flagSuppressEmbeds = 1 << 2
	flagEphemeral      = 1 << 6
	flagSilent         = 1 << 12
	flagSecond         = 1 << 15 // "Components V2"

	flagsPost  = flagSuppressEmbeds | flagSilent | flagSecond // that a post may set
	flagsReply = flagsPost | flagEphemeral                    // that an answer to an interaction may set
	flagsEdit  = flagSuppressEmbeds | flagSecond              // that may be set later
)

// message returns p as a message of the bot. The caller holds mu.
func (d *Discord) message(id, channel string, p *discordPost) *DiscordMessage {
	m := &DiscordMessage{ID: id, ChannelID: channel, Author: d.bot(), Timestamp: time.Now().UTC(), Attachments: []any{}, Nonce: p.Nonce}
	if p.Reference != nil {
		m.Type = 19 // a reply
		m.Reference = &DiscordReference{MessageID: p.Reference.MessageID, ChannelID: channel, GuildID: d.channels[channel].guild}
	}
	d.fill(m, p)
	return m
}

// fill gives m the words of p, trimmed as Discord trims them. The caller holds
// mu.
func (d *Discord) fill(m *DiscordMessage, p *discordPost) {
	m.Content, m.Flags = strings.TrimSpace(p.Content), p.Flags
	m.Embeds, m.Components = []DiscordEmbed{}, numbered(p.Components)
	for _, e := range p.Embeds {
		e.Type = "rich"
		e.Title, e.Description = strings.TrimSpace(e.Title), strings.TrimSpace(e.Description)
		m.Embeds = append(m.Embeds, e)
	}
	m.Mentions, m.MentionRoles = []DiscordUser{}, []string{}
	users, roles, everyone := p.mentioned()
	m.MentionEveryone = everyone && d.may(d.App, d.channels[m.ChannelID])&permMentionEveryone != 0
	for _, id := range users {
		m.Mentions = append(m.Mentions, discordPerson(id))
	}
	for _, id := range roles {
		if d.rings(d.channels[m.ChannelID], id) {
			m.MentionRoles = append(m.MentionRoles, id)
		}
	}
}

// rings reports whether a mention of role in c notifies those who have it. The
// caller holds mu.
func (d *Discord) rings(c *discordChannel, role string) bool {
	g := d.guilds[c.guild]
	return g != nil && slices.ContainsFunc(g.roles, func(r discordRole) bool {
		return r.id == role && (r.mentionable || d.may(d.App, c)&permMentionEveryone != 0)
	})
}

func (d *Discord) bot() DiscordUser {
	return DiscordUser{ID: d.App, Username: "rapporteur", Discriminator: "0001", Bot: true}
}
