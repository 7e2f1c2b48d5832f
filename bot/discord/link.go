package discord

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// What the gateway and we say to each other.
const (
	opDispatch, opHeartbeat, opIdentify, opResume = 0, 1, 2, 6
	opReconnect, opInvalid, opHello, opAck        = 7, 9, 10, 11
)

// Why a connection is lost.
var (
	errSilent  = errors.New("discord acknowledges no heartbeat")
	errSlow    = errors.New("discord did not answer in time")
	errAsked   = errors.New("discord asked to connect again")
	errInvalid = errors.New("discord holds the session for invalid")
)

const (
	maxPacket = 16 << 20        // bytes, unpacked; a server's description with all its channels has less than 4 MB
	writeTime = 5 * time.Second // for one packet
	lastWord  = 1 * time.Second // for saying why a connection is closed
)

// A shard is one session with the gateway, over one connection after another.
// Discord tells each shard of its own part of all servers.
//
// discordgo keeps such sessions as well, but ends the process when a packet is
// not as it expects, and neither waits before it begins a session nor goes
// where Discord wants one to be resumed.
type shard struct {
	number, of int
	session    string       // to be resumed; empty if a new one must begin
	resume     string       // address for that; empty for the usual one
	seq        atomic.Int64 // of the newest event
	begun      bool         // whether a session ever began
	up         atomic.Bool  // whether the session began or was resumed on the connection of now, or of just before
}

// String names the shard, if there are several.
func (s *shard) String() string {
	if s.of == 1 {
		return gatewayPart
	}
	return fmt.Sprintf(gatewayPart+", shard %d of %d", s.number, s.of)
}

// forget has a new session begin.
func (s *shard) forget() {
	s.session, s.resume = "", ""
	s.seq.Store(0)
}

// A packet is what is said on the gateway.
type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}

// A link is one connection. It is written to by several goroutines.
type link struct {
	*shard
	ws      *websocket.Conn
	writing sync.Mutex
	closing sync.Once
}

// hold connects s and returns, with the reason, when the connection is lost.
func (in *inbox) hold(ctx, answering context.Context, s *shard) error {
	address, err := in.enter(ctx, s)
	if err != nil {
		return err
	}
	resuming := s.session != ""
	err = in.talk(ctx, answering, s, address)
	var closed *websocket.CloseError
	switch is := errors.As(err, &closed); {
	case is && (ended[closed.Code] || resuming && !s.up.Load()):
		s.forget()
	case resuming && !s.up.Load():
		s.resume = "" // the usual address may still answer
	case !s.up.Load():
		in.gate.doubt()
	}
	return err
}

// talk connects to address and passes on what comes.
func (in *inbox) talk(ctx, answering context.Context, s *shard, address string) error {
	opening, cancel := context.WithTimeout(ctx, in.timing.open)
	defer cancel()
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment}
	ws, _, err := dialer.DialContext(opening, address, nil)
	if errors.Is(opening.Err(), context.DeadlineExceeded) {
		return errSlow
	}
	if err != nil {
		return err
	}
	l := &link{shard: s, ws: ws}
	stop := context.AfterFunc(ctx, func() { l.end(closeDone) })
	defer func() { stop(); l.end(closeAway) }()
	ws.SetReadLimit(maxPacket)
	_ = ws.SetReadDeadline(time.Now().Add(in.timing.open)) // fails on a closed connection only
	talking, quiet := context.WithCancel(ctx)
	defer quiet()
	for {
		p, err := l.read()
		if errors.Is(err, errOdd) {
			in.log.Warn("discord: the gateway sent what nobody can read", "shard", s.number)
			continue
		}
		if err == nil {
			err = in.hear(talking, answering, l, p)
		}
		var late net.Error
		switch {
		case errors.As(err, &late) && late.Timeout() && s.up.Load():
			return errSilent
		case errors.As(err, &late) && late.Timeout():
			return errSlow
		case err != nil:
			return err
		}
	}
}

// errOdd means that a packet is none.
var errOdd = errors.New("the packet is damaged")

// read returns the next packet, unpacked if it was compressed.
func (l *link) read() (p packet, err error) {
	kind, raw, err := l.ws.ReadMessage()
	if err != nil {
		return p, err
	}
	if kind == websocket.BinaryMessage {
		z, err := zlib.NewReader(bytes.NewReader(raw))
		if err != nil {
			return p, errOdd
		}
		if raw, err = io.ReadAll(io.LimitReader(z, maxPacket)); err != nil {
			return p, errOdd
		}
	}
	if json.Unmarshal(raw, &p) != nil {
		return packet{}, errOdd
	}
	return p, nil
}

// write sends what Discord calls a payload.
func (l *link) write(op int, data any) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	_ = l.ws.SetWriteDeadline(time.Now().Add(writeTime)) // fails on a closed connection only
	return l.ws.WriteJSON(map[string]any{"op": op, "d": data})
}

// end closes the connection with code, without waiting for that, unless it is
// being closed already. Whoever reads from it is let go at once.
func (l *link) end(code int) {
	l.closing.Do(func() {
		_ = l.ws.SetReadDeadline(time.Now()) // whatever fails here is closed already
		go func() {
			_ = l.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(lastWord))
			_ = l.ws.Close()
		}()
	})
}

// hear takes in one packet, and returns an error if the connection is to end.
func (in *inbox) hear(talking, answering context.Context, l *link, p packet) error {
	switch p.Op {
	case opHello:
		return in.greet(talking, l, p.Data)
	case opHeartbeat:
		return l.beat()
	case opAck:
		in.alive(l)
	case opReconnect:
		return errAsked
	case opInvalid:
		if string(p.Data) != "true" {
			l.forget()
		}
		return errInvalid
	case opDispatch:
		if p.Seq > 0 {
			l.seq.Store(p.Seq)
		}
		in.dispatch(talking, answering, l, p)
	}
	return nil
}

// alive grants the connection time until the next sign of life. Before the
// session began, there is none to be granted.
func (in *inbox) alive(l *link) {
	if l.up.Load() {
		_ = l.ws.SetReadDeadline(time.Now().Add(in.timing.silence)) // fails on a closed connection only
	}
}

// greet begins or resumes the session, and has the heart beat.
func (in *inbox) greet(talking context.Context, l *link, raw json.RawMessage) error {
	var hello struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if err := json.Unmarshal(raw, &hello); err != nil || hello.Interval <= 0 {
		return errNoDiscord
	}
	every := min(time.Duration(hello.Interval)*time.Millisecond, in.timing.silence*2/3)
	go l.pulse(talking, every)
	if l.session != "" {
		return l.write(opResume, map[string]any{"token": in.token, "session_id": l.session, "seq": l.seq.Load()})
	}
	return l.write(opIdentify, map[string]any{
		"token": in.token, "intents": int(intents), "compress": true, "shard": []int{l.number, l.of},
		"properties": map[string]string{"os": runtime.GOOS, "browser": "rapporteur", "device": "rapporteur"},
	})
}

// pulse beats until the connection ends, from a random moment on, so that the
// hearts of all bots do not beat at once after an outage.
func (l *link) pulse(talking context.Context, every time.Duration) {
	for wait := rand.N(every); sleep(talking, wait) == nil; wait = every {
		if l.beat() != nil {
			l.end(closeAway)
			return
		}
	}
}

func (l *link) beat() error {
	if seq := l.seq.Load(); seq > 0 {
		return l.write(opHeartbeat, seq)
	}
	return l.write(opHeartbeat, nil)
}

// gatewayAddress returns base with what Discord wants to know in it.
func gatewayAddress(base string) (string, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "ws" && u.Scheme != "wss" {
		return "", errNoDiscord
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/"
	u.RawQuery = url.Values{"v": {"10"}, "encoding": {"json"}}.Encode()
	return u.String(), nil
}
