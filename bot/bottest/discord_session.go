package bottest

import (
	"crypto/rand"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"
)

// created tells the sessions that may know of m. The words of others come only
// if they mention the bot or were said to it alone.
func (d *Discord) created(event string, m DiscordMessage) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tellCreated(event, m)
}

// tellCreated does what created does. The caller holds mu.
func (d *Discord) tellCreated(event string, m DiscordMessage) {
	m.GuildID = d.channels[m.ChannelID].guild
	intent := intentDirectMessages
	if m.GuildID != "" {
		intent = intentGuildMessages
		if m.Author.ID != d.App && len(m.Mentions) == 0 {
			m.Content, m.Embeds, m.Components = "", []DiscordEmbed{}, []DiscordComponent{}
		}
	}
	d.tell(event, m, m.GuildID, intent)
}

// tell sends an event that Discord could send to the sessions that asked for
// it, intent being 0 for what all are told. Of what happens in a server, the
// shard is told that the server belongs to. The caller holds mu.
func (d *Discord) tell(event string, data any, guild string, intent int) {
	for _, s := range d.gateway.live() {
		if s.shard.has(guild) && (intent == 0 || s.intents&intent != 0) {
			d.send(s, event, data)
		}
	}
}

// live returns all sessions that can be resumed or are connected.
func (g *discordGateway) live() []*discordSession {
	var all []*discordSession
	for _, s := range g.sessions {
		all = append(all, s)
	}
	return all
}

// send gives s an event that must be one of Discord's. The caller holds mu.
func (d *Discord) send(s *discordSession, event string, data any) {
	if err := d.events.check(s.send(event, data)); err != nil {
		d.faults = append(d.faults, "the gateway's "+event+": "+err.Error())
	}
}

// send gives s an event, now or when it is resumed, and returns it. The caller
// holds mu.
func (s *discordSession) send(event string, data any) discordPacket {
	s.seq++
	seq := s.seq
	p := discordPacket{opDispatch, data, &seq, &event}
	s.events = append(s.events, p)
	if s.conn != nil {
		s.conn.write(p)
	}
	return p
}

// A discordShard is the part of the servers that a session is told of: the
// first number of as many as the second says.
type discordShard [2]int

// has reports whether a server belongs to s; what belongs to no server is told
// the first shard.
func (s discordShard) has(guild string) bool {
	if guild == "" {
		return s[0] == 0
	}
	id, err := strconv.ParseUint(guild, 10, 64)
	return err == nil && int(id>>22)%s[1] == s[0]
}

// A discordIdentity is what a client says when it begins a session.
type discordIdentity struct {
	Token      string         `json:"token"`
	Intents    *int           `json:"intents"`
	Compress   bool           `json:"compress"`
	Properties map[string]any `json:"properties"`
	Shard      *discordShard  `json:"shard"`
}

// refuseIdentity returns the code to close with, or 0. The caller holds mu.
func (d *Discord) refuseIdentity(who *discordIdentity) int {
	g := &d.gateway
	switch {
	case who.Properties == nil:
		return 4002
	case g.refuse != 0:
		return g.refuse
	case who.Token != d.Token && who.Token != "Bot "+d.Token:
		return 4004
	case who.Shard[1] < 1 || who.Shard[0] < 0 || who.Shard[0] >= who.Shard[1]:
		return 4010
	case who.Shard[1] < g.fewest:
		return 4011
	case who.Intents == nil || *who.Intents&^intentsAll != 0:
		return 4013
	case *who.Intents&intentsPrivileged != 0:
		return 4014
	case g.remaining <= 0:
		d.faults = append(d.faults, "a session was begun though session_start_limit had none left: Discord resets the token")
		return 4004
	}
	return 0
}

// identify begins a session. The caller holds mu.
func (d *Discord) identify(c *discordConn, raw []byte) int {
	who := discordIdentity{Shard: &discordShard{0, 1}}
	if json.Unmarshal(raw, &who) != nil || who.Shard == nil {
		return 4002
	}
	if code := d.refuseIdentity(&who); code != 0 {
		return code
	}
	if !d.gateway.turn(*who.Shard) {
		c.write(discordPacket{Op: opInvalid, Data: false})
		return 0
	}
	d.gateway.remaining--
	s := &discordSession{id: rand.Text(), intents: *who.Intents, shard: *who.Shard, conn: c}
	c.session, c.zlib = s, d.gateway.zlib && who.Compress
	d.gateway.sessions[s.id] = s
	d.gateway.identified++
	d.welcome(s)
	d.gateway.change()
	return 0
}

// turn reports whether a shard may identify now: those that share a key may do
// so one after another.
func (g *discordGateway) turn(shard discordShard) bool {
	key := shard[0] % g.concurrency
	if last, is := g.turns[key]; is && time.Since(last) < g.identifyPer {
		return false
	}
	g.turns[key] = time.Now()
	return true
}

// welcome tells s what a session is told first: the servers, not there yet,
// and then each of them. The caller holds mu.
func (d *Discord) welcome(s *discordSession) {
	unavailable, mine := []any{}, []*discordGuild{}
	for _, id := range slices.Sorted(maps.Keys(d.guilds)) {
		if g := d.guilds[id]; !g.away && s.shard.has(id) {
			unavailable = append(unavailable, map[string]any{"id": id, "unavailable": true})
			mine = append(mine, g)
		}
	}
	d.send(s, "READY", map[string]any{"v": 10, "user": d.bot(), "session_id": s.id, "resume_gateway_url": d.resumeURL(),
		"guilds": unavailable, "shard": s.shard, "application": map[string]any{"id": d.App, "flags": 0, "flags_new": "0"}})
	for _, g := range mine {
		if s.intents&intentGuilds != 0 {
			d.send(s, "GUILD_CREATE", d.guildEvent(g))
		}
	}
}

// resumeURL returns where sessions are to be resumed.
func (d *Discord) resumeURL() string { return "ws" + d.URL()[len("http"):] + resumePath }

const resumePath = "/gateway/resume"

// resume takes up a session where it was left. The caller holds mu.
func (d *Discord) resume(c *discordConn, raw []byte) int {
	var who struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int    `json:"seq"`
	}
	if json.Unmarshal(raw, &who) != nil {
		return 4002
	}
	if who.Token != d.Token && who.Token != "Bot "+d.Token {
		return 4004
	}
	s := d.gateway.sessions[who.Session]
	if s == nil || d.ResumeThere && !c.resuming {
		c.write(discordPacket{Op: opInvalid, Data: false})
		return 0
	}
	if who.Seq > s.seq || who.Seq < s.forgotten {
		return 4007
	}
	s.conn, c.session = c, s
	for _, p := range s.events[who.Seq-s.forgotten:] {
		c.write(p)
	}
	d.send(s, "RESUMED", map[string]any{})
	d.gateway.resumed++
	d.gateway.change()
	return 0
}
