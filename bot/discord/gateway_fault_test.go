package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// TestPacketsThatKill sends what has discordgo's own sessions end the process,
// in goroutines that nobody can recover.
func TestPacketsThatKill(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, log := join(t, fake)
	run(t, d, luxon)
	ready(t, fake)
	for _, raw := range []string{
		`null`, `[]`, `7`, `"text"`, `{}`, `{"op":null}`, `{"op":0}`, `{"op":0,"t":null,"s":null,"d":null}`,
		`{"op":0,"t":"GUILD_CREATE","s":5,"d":{}}`, `{"op":0,"t":"GUILD_CREATE","s":6,"d":null}`,
		`{"op":0,"t":"GUILD_UPDATE","s":7,"d":null}`, `{"op":0,"t":"GUILD_CREATE","s":8,"d":{"channels":[null],"members":[null]}}`,
		`{"op":0,"t":"READY","s":9,"d":{"guilds":[null]}}`, `{"op":0,"t":"VOICE_STATE_UPDATE","s":10,"d":null}`,
		`{"op":0,"t":"INTERACTION_CREATE","s":11,"d":null}`, `{"op":0,"t":"INTERACTION_CREATE","s":12,"d":{"id":"1","token":"x","type":3,"data":null,"message":null}}`,
		`{"op":0,"t":"MESSAGE_CREATE","s":13,"d":{"id":"2","author":null,"mentions":[null],"components":[null,{"type":99}]}}`,
		`{"op":1,"d":null}`, `{"op":11}`, `{"op":-1}`, `{"op":0,"s":-4,"t":"X"}`,
	} {
		fake.Raw(websocket.TextMessage, []byte(raw))
	}
	answers(t, fake)
	if strings.Contains(log.String(), "panic") {
		t.Errorf("a panic is logged:\n%s", log)
	}
	if began, resumed := fake.Sessions(); began+resumed != 1 {
		t.Errorf("%d sessions were begun and %d resumed, want the first only", began, resumed)
	}
}

// TestOddHello sees that a connection whose first packet makes no sense is given
// up, and the next one taken.
func TestOddHello(t *testing.T) {
	for name, hello := range map[string]string{
		"no interval": `{"op":10,"d":{}}`, "negative": `{"op":10,"d":{"heartbeat_interval":-5}}`, "null": `{"op":10,"d":null}`, "zero": `{"op":10,"d":{"heartbeat_interval":0}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := bottest.NewDiscord(t)
			d, _ := join(t, fake)
			server := gatewayOnce(t, fake, func(ws *websocket.Conn) {
				_ = ws.WriteMessage(websocket.TextMessage, []byte(hello))
				_, _, _ = ws.ReadMessage()
			})
			run(t, d, luxon)
			ready(t, fake)
			answers(t, fake)
			if server.came() != 1 {
				t.Errorf("the odd gateway was gone to %d times, want once", server.came())
			}
		})
	}
}

// A detourer is another gateway that the bot is sent to first.
type detourer struct {
	mu sync.Mutex
	n  int
}

func (d *detourer) came() int { d.mu.Lock(); defer d.mu.Unlock(); return d.n }

// gatewayOnce has the bot sent to a gateway that talks as told, and to the true
// one after that.
func gatewayOnce(t *testing.T, fake *bottest.Discord, talk func(*websocket.Conn)) *detourer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &detourer{}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		d.mu.Lock()
		d.n++
		d.mu.Unlock()
		talk(ws)
	})}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	sendTo(fake, "ws://"+listener.Addr().String(), 1, 9, 0)
	return d
}

// sendTo answers the first question for the gateway in the fake's place.
func sendTo(fake *bottest.Discord, address string, shards, remaining int, reset time.Duration) {
	var once sync.Once
	fake.Intercept(func(w http.ResponseWriter, r *http.Request) (answered bool) {
		if !strings.HasSuffix(r.URL.Path, "/gateway/bot") {
			return false
		}
		once.Do(func() {
			answered = true
			_ = json.NewEncoder(w).Encode(map[string]any{"url": address, "shards": shards, "session_start_limit": map[string]any{
				"total": 1000, "remaining": remaining, "reset_after": reset.Milliseconds(), "max_concurrency": 1}})
		})
		return answered
	})
}

// A relay stands between the bot and the gateway, and can fall silent without
// closing anything, as a broken network does.
type relay struct {
	net.Listener
	frozen chan struct{}
}

// newRelay returns a relay to the fake's server.
func newRelay(t *testing.T, to string) *relay {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{listener, make(chan struct{})}
	var work sync.WaitGroup
	t.Cleanup(func() { listener.Close(); work.Wait() })
	work.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to)
			if err != nil {
				conn.Close()
				return
			}
			t.Cleanup(func() { conn.Close(); far.Close() })
			work.Go(func() { r.copy(conn, far) })
			work.Go(func() { r.copy(far, conn) })
		}
	})
	return r
}

// copy passes on what comes until the relay is frozen; then it reads no more.
func (r *relay) copy(to io.Writer, from io.Reader) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		select {
		case <-r.frozen:
			return
		default:
		}
		if err != nil {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// TestHalfOpen sees that a connection over which nothing comes any more, and
// which nobody closes, is given up in time and resumed; and that it is resumed
// where the gateway has said, and not where it began.
func TestHalfOpen(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Heartbeat = 40 * time.Millisecond
	d, log := join(t, fake)
	d.timing.silence = 200 * time.Millisecond
	host := strings.TrimPrefix(fake.URL(), "http://")
	r := newRelay(t, host)
	sendTo(fake, "ws://"+r.Addr().String()+"/gateway", 1, 9, 0)
	run(t, d, luxon)
	ready(t, fake)
	began := time.Now()
	close(r.frozen)
	if !fake.Ready(2, soon) {
		t.Fatal("the bot does not notice")
	}
	t.Logf("noticed and resumed after %v", time.Since(began).Round(time.Millisecond))
	if _, resumed := fake.Sessions(); resumed != 1 {
		t.Errorf("%d sessions were resumed, want 1; the log:\n%s", resumed, log)
	}
	answers(t, fake)
}

// TestEnds1006 sees that a connection which ends without a word, which gorilla
// calls 1006, is resumed and that what was missed meanwhile is answered once.
func TestEnds1006(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	var mu sync.Mutex
	heard := 0
	run(t, d, func(context.Context, bot.Command) bot.Message {
		mu.Lock()
		defer mu.Unlock()
		heard++
		return bot.Message{Text: "Luxon.", Private: true}
	})
	ready(t, fake)
	fake.Drop(0)
	asked := fake.Begin("ask", map[string]any{"question": "who?"}, fake.Channel, fake.NewUser()) // while nobody is there
	if a := <-asked.Answer; a.Err != nil || a.Shown != "Luxon." {
		t.Errorf("the answer is %q, %v", a.Shown, a.Err)
	}
	if heard != 1 {
		t.Errorf("the handler was called %d times", heard)
	}
}

// TestSessionLimit sees that no session begins while Discord allows none, that
// this is told, and that one begins once it may.
func TestSessionLimit(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, log := join(t, fake)
	sendTo(fake, "ws://127.0.0.1:1", 1, 0, 300*time.Millisecond)
	run(t, d, luxon)
	for end := time.Now().Add(soon); d.Trouble() == "" && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if trouble := d.Trouble(); !strings.Contains(trouble, "Discord lets no more sessions begin until ") {
		t.Errorf("the trouble is %q", trouble)
	}
	if began, _ := fake.Sessions(); began != 0 {
		t.Error("a session was begun")
	}
	ready(t, fake)
	answers(t, fake)
	if d.Trouble() != "" || strings.Count(log.String(), "no more sessions may begin") != 1 {
		t.Errorf("the trouble is %q; the log:\n%s", d.Trouble(), log)
	}
}

// TestGate sees that sessions begin as far apart as Discord wants, side by side
// where it allows that, and never more than it allows.
func TestGate(t *testing.T) {
	now := time.Now()
	var s starts
	s.Limit.Remaining, s.Limit.Concurrency, s.Limit.ResetAfter = 5, 2, time.Hour.Milliseconds()
	g := newGate(s, now)
	var waits []string
	for n := range 6 {
		wait, taken := g.take(n, now, 5*time.Second)
		waits = append(waits, fmt.Sprint(wait, taken))
	}
	const want = "[0s true 0s true 5s true 5s true 10s true 1h0m0s false]"
	if got := fmt.Sprint(waits); got != want {
		t.Errorf("sessions begin after %s, want %s", got, want)
	}
	if _, taken := g.take(6, now.Add(2*time.Hour), 0); taken {
		t.Error("a session begins although what Discord said is out of date")
	}
	s.Limit.ResetAfter = 0 // which it says while no session was begun
	g.set(s, now)
	if wait, taken := g.take(7, now, 0); !taken || wait < 10*time.Second {
		t.Errorf("%v, %v: a session begins at once in a lane that is taken, or not at all", wait, taken)
	}
}
