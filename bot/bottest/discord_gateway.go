package bottest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
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
	shards, fewest      int           // that are recommended, and that there must be
	total, remaining    int           // sessions that may be begun
	resetAfter          time.Duration // until they may be begun again
	concurrency         int           // shards that may identify at once ...
	identifyPer         time.Duration // ... in so long; 0 is without limit
	turns               map[int]time.Time
	changed             chan struct{} // closed when a session begins or ends, or commands are put
}

// A discordSession outlives its connection, so that it can be resumed.
type discordSession struct {
	id        string
	intents   int
	shard     discordShard
	seq       int
	events    []discordPacket // all so far, but for those forgotten
	forgotten int
	conn      *discordConn // nil while there is none
}

// A discordConn is a connection. It is written to by several goroutines.
type discordConn struct {
	ws       *websocket.Conn
	writing  sync.Mutex
	zlib     bool
	session  *discordSession // nil before it is identified
	dropped  atomic.Bool     // whether the gateway closed it
	frozen   atomic.Bool     // whether nothing comes through any more, in either direction
	resuming bool            // whether it was made to the address for resuming
	heard    []time.Time     // when the client said something, in the past minute
}

// A discordPacket is a message on the gateway.
type discordPacket struct {
	Op   int     `json:"op"`
	Data any     `json:"d"`
	Seq  *int    `json:"s"`
	Type *string `json:"t"`
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

// write sends p. A connection that fails is noticed by whoever reads from it.
func (c *discordConn) write(p discordPacket) {
	if c.frozen.Load() {
		return
	}
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
	c := &discordConn{ws: ws, resuming: strings.HasPrefix(r.URL.Path, resumePath)}
	ws.SetCloseHandler(func(code int, _ string) error { return c.closed(code) })
	d.join(c)
	defer d.leave(c)
	q := r.URL.Query()
	if v := q.Get("v"); v != "9" && v != "10" || q.Get("encoding") != "json" {
		c.drop(4012)
		return
	}
	d.control(c, opHello, map[string]any{"heartbeat_interval": d.Heartbeat.Milliseconds()})
	for {
		_ = ws.SetReadDeadline(time.Now().Add(d.Heartbeat*3/2 + time.Second))
		_, raw, err := ws.ReadMessage()
		if c.frozen.Load() {
			<-d.ended
			return
		}
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

// closed answers a client that closes c with code, unless nothing comes
// through any more.
func (c *discordConn) closed(code int) error {
	if c.frozen.Load() {
		return nil
	}
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	return nil
}

// control sends a packet that is no event.
func (d *Discord) control(c *discordConn, op int, data any) {
	p := discordPacket{Op: op, Data: data}
	if err := d.events.check(p); err != nil {
		d.fault("the gateway's op %d: %v", op, err)
	}
	c.write(p)
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

// Limits of what a client says.
const (
	maxPayload = 4096        // bytes
	maxHeard   = 120         // payloads ...
	heardPer   = time.Minute // ... in so long
)

// hurries notes that c said something, and reports whether that was too often.
func (c *discordConn) hurries(now time.Time) bool {
	for len(c.heard) > 0 && now.Sub(c.heard[0]) > heardPer {
		c.heard = c.heard[1:]
	}
	c.heard = append(c.heard, now)
	return len(c.heard) > maxHeard
}

// hear takes what a client says, and returns the code to close with or 0.
func (d *Discord) hear(c *discordConn, raw []byte) int {
	var said struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(raw, &said) != nil || len(raw) > maxPayload {
		return 4002
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.hurries(time.Now()) {
		return 4008
	}
	broken := d.events.checkSaid(said.Op, raw)
	if broken != nil && !d.breaking {
		d.faults = append(d.faults, fmt.Sprintf("the client's op %d: %v", said.Op, broken))
	}
	switch {
	case said.Op == opHeartbeat:
		if !d.gateway.deaf {
			c.write(discordPacket{Op: opAck}) // which has nothing that could break a schema
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
