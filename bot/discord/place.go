package discord

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	placeMemory = 10 * time.Minute // for what Discord said of a channel, where no event says that it changed
	maxPlaces   = 1000             // channels that are remembered; then all are forgotten
)

// A place is what Discord says of a channel, as far as a post depends on it.
type place struct {
	ID         string                `json:"id"`
	Type       discordgo.ChannelType `json:"type"`
	Guild      string                `json:"guild_id"` // empty for direct messages
	Parent     string                `json:"parent_id"`
	Name       string                `json:"name"`
	Flags      int                   `json:"flags"`
	Tags       []tag                 `json:"available_tags"`
	Overwrites []overwrite           `json:"permission_overwrites"`
}

// requireTag is the flag of a forum where each thread needs a tag.
const requireTag = 1 << 4

func (p place) forum() bool {
	return p.Type == discordgo.ChannelTypeGuildForum || p.Type == discordgo.ChannelTypeGuildMedia
}

func (p place) news() bool { return p.Type == discordgo.ChannelTypeGuildNews }

func (p place) thread() bool {
	switch p.Type {
	case discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread, discordgo.ChannelTypeGuildNewsThread:
		return true
	}
	return false
}

// places remembers channels for some minutes.
type places struct {
	mu    sync.Mutex
	known map[string]known
}

type known struct {
	place
	until time.Time
}

func (p *places) get(id string, now time.Time) (place, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	k := p.known[id]
	return k.place, now.Before(k.until)
}

func (p *places) put(at place, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil || len(p.known) >= maxPlaces {
		p.known = map[string]known{}
	}
	p.known[at.ID] = known{at, now.Add(placeMemory)}
}

func (p *places) forget(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.known, id)
}

// place returns what Discord says of a channel.
func (d *Discord) place(ctx context.Context, channel string) (place, error) {
	if at, ok := d.places.get(channel, time.Now()); ok {
		return at, nil
	}
	var at place
	if err := d.rest.call(ctx, "channel "+channel, http.MethodGet, "/channels/"+url.PathEscape(channel), nil, &at); err != nil {
		return at, err
	}
	if at.ID != channel {
		return at, errNoDiscord
	}
	d.places.put(at, time.Now())
	return at, nil
}

// outdated forgets what is remembered of a channel after a refusal that may
// come from its being another now.
func (d *Discord) outdated(channel string, err error) {
	var refused *refusal
	if errors.As(err, &refused) && refused.status != http.StatusTooManyRequests {
		d.places.forget(channel)
	}
}
