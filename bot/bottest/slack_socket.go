package bottest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

const (
	slackPatience = 3 * time.Second // in which Slack wants an acknowledgement
	slackMaxAck   = 20 << 10        // bytes; an acknowledgement of so many is dropped without a word
	slackPing     = 5 * time.Second // between two pings; Slack's clients give up after 30 s without one
)

// An Envelope is something that was sent through Socket Mode.
type Envelope struct {
	ID    string
	Acked <-chan struct{} // closed when it was acknowledged in time
	Late  <-chan struct{} // closed when that did not happen, so that people see an error

	kind       string
	payload    any
	retries    int
	acked, end chan struct{}
	settle     sync.Once
	onAck      func(payload json.RawMessage)
}

// slackSocket is one open connection of the app.
type slackSocket struct {
	conn   *websocket.Conn
	frozen atomic.Bool // whether nothing is sent any more, nor read
	mu     sync.Mutex  // held while writing
}

func (k *slackSocket) send(raw []byte) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.conn.WriteMessage(websocket.TextMessage, raw)
}

// serveSocket opens a socket for whoever has a ticket, and reads it until it
// closes.
func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	known := s.tickets[ticket]
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !known {
		http.Error(w, "no such ticket", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	socket := &slackSocket{conn: conn}
	defer conn.Close()
	socket.send([]byte(`{"type":"hello","num_connections":1,"connection_info":{"app_id":"A0APP"},` +
		`"debug_info":{"host":"fake","approximate_connection_time":18060}}`))
	s.attend(socket)
}

// attend keeps a socket until it closes.
func (s *Slack) attend(socket *slackSocket) {
	if !s.join(socket) {
		return
	}
	gone := make(chan struct{})
	go socket.ping(gone, s.pinging())
	defer func() {
		close(gone)
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.sockets, socket)
		s.tell()
	}()
	for {
		_, raw, err := socket.conn.ReadMessage()
		if err != nil {
			return
		}
		if socket.frozen.Load() {
			continue
		}
		s.readAck(raw)
	}
}

// join adds a socket, unless Slack is down.
func (s *Slack) join(socket *slackSocket) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.done:
		return false
	default:
	}
	s.sockets[socket] = true
	s.opened++
	s.tell()
	return true
}

func (k *slackSocket) ping(gone <-chan struct{}, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for !k.frozen.Load() {
		k.conn.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(time.Second))
		select {
		case <-tick.C:
		case <-gone:
			return
		}
	}
}

// tell wakes those who wait for a socket. The caller holds the lock.
func (s *Slack) tell() {
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *Slack) readAck(raw []byte) {
	var ack struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
	}
	if len(raw) >= slackMaxAck || json.Unmarshal(raw, &ack) != nil {
		return
	}
	s.mu.Lock()
	e := s.envelopes[ack.ID]
	s.mu.Unlock()
	if e == nil {
		return
	}
	e.settle.Do(func() {
		if e.onAck != nil {
			e.onAck(ack.Payload)
		}
		close(e.acked)
	})
}

// Opened returns how many sockets were opened so far.
func (s *Slack) Opened() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

// Connected waits until a socket is open, and fails the test if none is by
// then.
func (s *Slack) Connected(t testing.TB, within time.Duration) {
	t.Helper()
	s.Reconnected(t, 0, within)
}

// Reconnected waits until a socket is open that is not among the first ones.
func (s *Slack) Reconnected(t testing.TB, first int, within time.Duration) {
	t.Helper()
	late := time.After(within)
	for {
		s.mu.Lock()
		open, opened, changed := len(s.sockets), s.opened, s.changed
		s.mu.Unlock()
		if open > 0 && opened > first {
			return
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("after %v, %d sockets are open, and %d were so far", within, open, opened)
		}
	}
}

// Disconnect asks every open socket to come back, such as because of
// "refresh_requested", and closes it.
func (s *Slack) Disconnect(reason string) {
	for _, socket := range s.forget() {
		socket.send(fmt.Appendf(nil, `{"type":"disconnect","reason":%q,"debug_info":{"host":"fake"}}`, reason))
		socket.conn.WriteControl(websocket.CloseMessage,
			websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
	}
}

// Break closes every open socket without a word.
func (s *Slack) Break() {
	for _, socket := range s.forget() {
		socket.conn.Close()
	}
}

// Freeze leaves every open socket open, but neither reads nor pings it any
// more, as when a router on the way has lost the connection.
func (s *Slack) Freeze() {
	for _, socket := range s.forget() {
		socket.frozen.Store(true)
	}
}

// SetPing sets how often sockets that are opened from then on are pinged.
func (s *Slack) SetPing(every time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ping = every
}

// pinging returns how often sockets are pinged.
func (s *Slack) pinging() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ping
}

// forget returns the open sockets, through which nothing is sent any more.
func (s *Slack) forget() []*slackSocket {
	open := s.open()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, socket := range open {
		delete(s.sockets, socket)
	}
	return open
}

// Push sends raw through an open socket as it is, whatever it holds.
func (s *Slack) Push(raw string) {
	for _, socket := range s.open()[:1] {
		socket.send([]byte(raw))
	}
}

func (s *Slack) open() []*slackSocket {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []*slackSocket
	for socket := range s.sockets {
		open = append(open, socket)
	}
	return open
}

// Send sends an envelope of some kind, such as "events_api", through one of
// the open sockets.
func (s *Slack) Send(kind string, payload any) *Envelope {
	return s.dispatch(&Envelope{kind: kind, payload: payload})
}

// Resend sends what e holds again, as Slack does when it has seen no
// acknowledgement: in a new envelope that says so.
func (s *Slack) Resend(e *Envelope) *Envelope {
	return s.dispatch(&Envelope{kind: e.kind, payload: e.payload, retries: e.retries + 1, onAck: e.onAck})
}

// dispatch sends e, or settles at once that it was not delivered.
func (s *Slack) dispatch(e *Envelope) *Envelope {
	e.acked, e.end = make(chan struct{}), make(chan struct{})
	e.Acked, e.Late = e.acked, e.end
	s.mu.Lock()
	e.ID = fmt.Sprintf("envelope-%d", s.number())
	s.envelopes[e.ID] = e
	s.mu.Unlock()
	raw, err := json.Marshal(map[string]any{"envelope_id": e.ID, "type": e.kind, "payload": e.payload,
		"accepts_response_payload": e.kind != "events_api", "retry_attempt": e.retries, "retry_reason": ""})
	if err != nil {
		panic(err)
	}
	s.mu.Lock()
	hook := s.hook
	s.mu.Unlock()
	if hook != "" {
		go s.request(hook, e)
		return e
	}
	open := s.open()
	if len(open) == 0 || open[0].send(raw) != nil {
		e.settle.Do(func() { close(e.end) })
		return e
	}
	time.AfterFunc(slackPatience, func() { e.settle.Do(func() { close(e.end) }) })
	return e
}
