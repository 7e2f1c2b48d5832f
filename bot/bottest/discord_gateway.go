package bottest

import (
	"bytes"
	"compress/zlib"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// What the gateway and its clients say to each other.
const (
	opDispatch, opHeartbeat, opIdentify, opResume = 0, 1, 2, 6
	opReconnect, opInvalid, opHello, opAck        = 7, 9, 10, 11
)

// Intents: what a client asks to be told.
const (
	intentGuilds, intentGuildMessages, intentDirectMessages = 1 << 0, 1 << 9, 1 << 12
	intentsPrivileged                                       = 1<<1 | 1<<8 | 1<<15
	intentsAll                                              = 1<<26 - 1
)

// A discordGateway is the state of the gateway; the Discord's mu guards it.
type discordGateway struct {
	conns               map[*discordConn]bool
	sessions            map[string]*discordSession
	identified, resumed int
	deaf, zlib          bool
	refuse              int           // close code that identifying gets; 0 if it succeeds
	changed             chan struct{} // closed when a session begins or ends, or commands are put
}

// A discordSession outlives its connection, so that it can be resumed.
type discordSession struct {
	id      string
	intents int
	seq     int
	events  []discordPacket // all so far
	conn    *discordConn    // nil while there is none
}

// A discordConn is a connection. It is written to by several goroutines.
type discordConn struct {
	ws      *websocket.Conn
	writing sync.Mutex
	zlib    bool
	session *discordSession // nil before it is identified
	dropped atomic.Bool     // whether the gateway closed it
}

// A discordPacket is a message on the gateway.
type discordPacket struct {
	Op   int     `json:"op"`
	Data any     `json:"d"`
	Seq  *int    `json:"s"`
	Type *string `json:"t"`
}

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
// it, intent being 0 for what all are told. The caller holds mu.
func (d *Discord) tell(event string, data any, guild string, intent int) {
	for _, s := range d.gateway.live() {
		if intent == 0 || s.intents&intent != 0 {
			s.send(event, data)
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

// send gives s an event, now or when it is resumed. The caller holds mu.
func (s *discordSession) send(event string, data any) {
	s.seq++
	seq := s.seq
	p := discordPacket{opDispatch, data, &seq, &event}
	s.events = append(s.events, p)
	if s.conn != nil {
		s.conn.write(p)
	}
}

func (d *Discord) connections() []*discordConn {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []*discordConn
	for c := range d.gateway.conns {
		all = append(all, c)
	}
	return all
}

func (d *Discord) broadcast(p discordPacket) {
	for _, c := range d.connections() {
		c.write(p)
	}
}

// write sends p. A connection that fails is noticed by whoever reads from it.
func (c *discordConn) write(p discordPacket) {
	raw, err := json.Marshal(p)
	if err != nil {
		panic(err) // a test dispatches what is not JSON
	}
	kind := websocket.TextMessage
	if c.zlib {
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		_, _ = z.Write(raw) // a buffer takes all
		_ = z.Close()
		raw, kind = packed.Bytes(), websocket.BinaryMessage
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(time.Second))
	_ = c.ws.WriteMessage(kind, raw)
}

// drop closes c with code, or cuts it if that is 0.
func (c *discordConn) drop(code int) {
	c.dropped.Store(true)
	if code != 0 {
		_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	}
	if tcp, is := c.ws.NetConn().(*net.TCPConn); is && code == 0 {
		_ = tcp.SetLinger(0)
	}
	_ = c.ws.Close()
}

// serveGateway is the gateway.
func (d *Discord) serveGateway(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &discordConn{ws: ws}
	d.join(c)
	defer d.leave(c)
	q := r.URL.Query()
	if v := q.Get("v"); v != "9" && v != "10" || q.Get("encoding") != "json" {
		c.drop(4012)
		return
	}
	c.write(discordPacket{Op: opHello, Data: map[string]any{"heartbeat_interval": d.Heartbeat.Milliseconds()}})
	for {
		_ = ws.SetReadDeadline(time.Now().Add(d.Heartbeat*3/2 + time.Second))
		_, raw, err := ws.ReadMessage()
		var late net.Error
		if errors.As(err, &late) && late.Timeout() {
			c.drop(4009)
		}
		if websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) && !c.dropped.Load() {
			d.forget(c) // the answer to a close from here says nothing
		}
		if err != nil {
			return
		}
		if code := d.hear(c, raw); code != 0 {
			c.drop(code)
			return
		}
	}
}

func (d *Discord) join(c *discordConn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.gateway.conns == nil {
		d.gateway.conns, d.gateway.sessions = map[*discordConn]bool{}, map[string]*discordSession{}
	}
	d.gateway.conns[c] = true
}

func (d *Discord) leave(c *discordConn) {
	_ = c.ws.Close()
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.gateway.conns, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	d.gateway.change()
}

// forget ends the session of c, which says that it will not come back.
func (d *Discord) forget(c *discordConn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.session != nil {
		delete(d.gateway.sessions, c.session.id)
	}
}

// change wakes those who wait in Ready or Registered.
func (g *discordGateway) change() {
	close(g.changed)
	g.changed = make(chan struct{})
}

// hear takes what a client says, and returns the code to close with or 0.
func (d *Discord) hear(c *discordConn, raw []byte) int {
	var said struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(raw, &said) != nil {
		return 4002
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case said.Op == opHeartbeat:
		if !d.gateway.deaf {
			c.write(discordPacket{Op: opAck})
		}
	case said.Op == opIdentify && c.session != nil:
		return 4005
	case said.Op == opIdentify:
		return d.identify(c, said.Data)
	case said.Op == opResume:
		return d.resume(c, said.Data)
	case c.session == nil:
		return 4003
	case said.Op != 3 && said.Op != 4 && said.Op != 8:
		return 4001
	}
	return 0
}

// identify begins a session. The caller holds mu.
func (d *Discord) identify(c *discordConn, raw []byte) int {
	var who struct {
		Token      string         `json:"token"`
		Intents    *int           `json:"intents"`
		Compress   bool           `json:"compress"`
		Properties map[string]any `json:"properties"`
	}
	switch err := json.Unmarshal(raw, &who); {
	case err != nil || who.Properties == nil:
		return 4002
	case d.gateway.refuse != 0:
		return d.gateway.refuse
	case who.Token != d.Token && who.Token != "Bot "+d.Token:
		return 4004
	case who.Intents == nil || *who.Intents&^intentsAll != 0:
		return 4013
	case *who.Intents&intentsPrivileged != 0:
		return 4014
	}
	s := &discordSession{id: rand.Text(), intents: *who.Intents, conn: c}
	c.session, c.zlib = s, d.gateway.zlib && who.Compress
	d.gateway.sessions[s.id] = s
	d.gateway.identified++
	s.send("READY", map[string]any{"v": 10, "user": d.bot(), "session_id": s.id, "resume_gateway_url": "ws" + d.URL()[4:] + "/gateway",
		"guilds":      []any{map[string]any{"id": d.Guild, "unavailable": true}},
		"application": map[string]any{"id": d.App, "flags": 0}})
	if s.intents&intentGuilds != 0 {
		s.send("GUILD_CREATE", d.guildEvent(d.guilds[d.Guild]))
	}
	d.gateway.change()
	return 0
}

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
	if s == nil {
		c.write(discordPacket{Op: opInvalid, Data: false})
		return 0
	}
	if who.Seq > s.seq {
		return 4007
	}
	missed := s.events[who.Seq:]
	s.conn, c.session = c, s
	for _, p := range missed {
		c.write(p)
	}
	s.send("RESUMED", map[string]any{})
	d.gateway.resumed++
	d.gateway.change()
	return 0
}
