package bottest

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// Ready waits until sessions have begun or been resumed n times in all and one
// of them is connected, and reports whether that happened in time.
func (d *Discord) Ready(n int, within time.Duration) bool {
	return d.await(within, func() bool {
		g := &d.gateway
		return g.identified+g.resumed >= n && slices.ContainsFunc(g.live(), func(s *discordSession) bool { return s.conn != nil })
	})
}

// Registered waits until slash commands are there to be typed, and reports
// whether that happened in time.
func (d *Discord) Registered(within time.Duration) bool {
	return d.await(within, func() bool { return len(d.commands) > 0 })
}

// await waits until is, which is called with mu held, and reports whether that
// happened in time.
func (d *Discord) await(within time.Duration, is func() bool) bool {
	limit := time.After(within)
	for {
		d.mu.Lock()
		changed, now := d.gateway.changed, is()
		d.mu.Unlock()
		if now {
			return true
		}
		select {
		case <-changed:
		case <-limit:
			return false
		}
	}
}

// Sessions returns how many sessions were begun and how many times one was
// resumed.
func (d *Discord) Sessions() (identified, resumed int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.gateway.identified, d.gateway.resumed
}

// Deaf has the gateway leave heartbeats without an acknowledgement, or not.
func (d *Discord) Deaf(deaf bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.deaf = deaf
}

// Compress has the gateway compress what it sends to clients that allow it.
func (d *Discord) Compress() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.zlib = true
}

// RefuseIdentify has the gateway close with code whoever identifies from now
// on; 0 ends that.
func (d *Discord) RefuseIdentify(code int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.refuse = code
}

// Drop closes all connections with code, or cuts them if it is 0.
func (d *Discord) Drop(code int) {
	for _, c := range d.connections() {
		c.drop(code)
	}
}

// Reconnect asks all clients to connect again.
func (d *Discord) Reconnect() {
	for _, c := range d.connections() {
		d.control(c, opReconnect, nil)
	}
}

// Invalidate tells all clients that their session is invalid, and whether
// resuming it may help. A session that cannot be resumed is forgotten.
func (d *Discord) Invalidate(resumable bool) {
	if !resumable {
		d.mu.Lock()
		clear(d.gateway.sessions)
		for c := range d.gateway.conns {
			c.session = nil
		}
		d.mu.Unlock()
	}
	for _, c := range d.connections() {
		d.control(c, opInvalid, resumable)
	}
}

// Freeze has nothing come through the connections of now any more, in either
// direction, as when a cable is cut: not even closing one is noticed.
func (d *Discord) Freeze() {
	for _, c := range d.connections() {
		c.frozen.Store(true)
	}
}

// Shards sets how many shards are recommended, and how few are refused with
// the code 4011.
func (d *Discord) Shards(recommended, fewest int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.shards, d.gateway.fewest = recommended, fewest
}

// StartLimit sets how many sessions may still be begun, after how long that is
// reset, and how many shards may identify at once. A session begun when none
// is left is an error of the test.
func (d *Discord) StartLimit(remaining int, resetAfter time.Duration, concurrency int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.remaining, d.gateway.resetAfter, d.gateway.concurrency = remaining, resetAfter, concurrency
}

// LimitIdentify sets how long the next shard has to wait to identify, which is
// 5 s with Discord itself and nothing here at first, so that a bot can be
// killed a hundred times. Who is too early has an invalid session.
func (d *Discord) LimitIdentify(per time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.identifyPer = per
}

// DiscordShardOf returns which of so many shards a server belongs to.
func DiscordShardOf(guild string, shards int) int {
	for i := range shards {
		if (discordShard{i, shards}).has(guild) {
			return i
		}
	}
	return 0
}

// ShardsUp returns the shards that are connected, such as 0 of 2, in order.
func (d *Discord) ShardsUp() (up []int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.gateway.live() {
		if s.conn != nil {
			up = append(up, s.shard[0])
		}
	}
	slices.Sort(up)
	return up
}

// Kick removes the bot from a server.
func (d *Discord) Kick(guild string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.guilds[guild].away = true
	d.tell("GUILD_DELETE", map[string]any{"id": guild}, guild, intentGuilds)
}

// Forget drops what the fake keeps of what is over: interactions, messages,
// requests and events. What a process holds then is not the fake's.
func (d *Discord) Forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.interactions)
	clear(d.private)
	clear(d.nonces)
	d.secrets, d.requests = []string{d.Token}, nil
	for _, c := range d.channels {
		c.messages = nil
	}
	for _, s := range d.gateway.live() {
		s.events, s.forgotten = nil, s.seq
	}
}

// Raw sends bytes to all clients as they are, in a message of this type.
func (d *Discord) Raw(messageType int, data []byte) {
	for _, c := range d.connections() {
		c.writing.Lock()
		_ = c.ws.WriteMessage(messageType, data) // a client that is gone is gone
		c.writing.Unlock()
	}
}

// Dispatch sends an event to all sessions, whatever they asked for, and even if
// Discord would never send such a thing.
func (d *Discord) Dispatch(event string, data any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.gateway.live() {
		s.send(event, data)
	}
}

// Say has somebody, who may be a bot, write a message, and returns its id.
func (d *Discord) Say(text, channel string, author DiscordUser) string {
	d.mu.Lock()
	m := d.message(d.nextID(), channel, &discordPost{Content: text})
	m.Author = author
	if strings.Contains(text, "<@"+d.App+">") {
		m.Mentions = append(m.Mentions, d.bot())
	}
	c := d.channels[channel]
	c.messages = append(c.messages, m)
	said := *m
	d.mu.Unlock()
	d.created("MESSAGE_CREATE", said)
	return m.ID
}

// Mention has somebody mention the bot before text, and waits for the reply;
// in a direct message, the mention is left out.
func (d *Discord) Mention(text, channel, user string) DiscordAnswer {
	d.mu.Lock()
	guild := d.channels[channel].guild
	d.mu.Unlock()
	if guild != "" {
		text = "<@" + d.App + "> " + text
	}
	came := time.Now()
	id := d.Say(text, channel, discordPerson(user))
	for time.Since(came) < time.Minute {
		for _, m := range d.Messages(channel) {
			if m.Author.ID == d.App && m.Reference != nil && m.Reference.MessageID == id {
				return DiscordAnswer{Ack: time.Since(came), Shown: m.Shown(), Message: m}
			}
		}
		d.pause(5 * time.Millisecond)
	}
	return DiscordAnswer{Err: errors.New("no reply")}
}
