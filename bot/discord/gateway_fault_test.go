package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"slices"
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
	var once sync.Once
	fake.Intercept(func(w http.ResponseWriter, r *http.Request) (answered bool) {
		if !strings.HasSuffix(r.URL.Path, "/gateway/bot") {
			return false
		}
		once.Do(func() {
			answered = true
			_ = json.NewEncoder(w).Encode(map[string]any{"url": "ws://" + listener.Addr().String(), "shards": 1,
				"session_start_limit": map[string]int{"total": 1000, "remaining": 9, "reset_after": 0, "max_concurrency": 1}})
		})
		return answered
	})
	return d
}

// TestHalfOpen sees that a connection over which nothing comes any more, and
// which nobody closes, is given up in time, and resumed where Discord has said.
func TestHalfOpen(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Heartbeat, fake.ResumeThere = 40*time.Millisecond, true
	d, log := join(t, fake)
	d.timing.silence = 200 * time.Millisecond
	run(t, d, luxon)
	ready(t, fake)
	began := time.Now()
	fake.Freeze()
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
	fake.StartLimit(0, 300*time.Millisecond, 1)
	run(t, d, luxon)
	const told = "Discord lets no more sessions begin until "
	for end := time.Now().Add(soon); !strings.Contains(d.Trouble(), told) && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if trouble := d.Trouble(); !strings.Contains(trouble, told) || !strings.Contains(trouble, "gateway: not connected yet") {
		t.Errorf("the trouble is %q", trouble)
	}
	if began, _ := fake.Sessions(); began != 0 {
		t.Error("a session was begun")
	}
	fake.StartLimit(1000, 24*time.Hour, 1)
	ready(t, fake)
	answers(t, fake)
	if d.Trouble() != "" || strings.Count(log.String(), "no more sessions may begin") != 1 {
		t.Errorf("the trouble is %q; the log:\n%s", d.Trouble(), log)
	}
}

// TestLongOutage sees that a connection which does not come back is told of, and
// no more once it does.
func TestLongOutage(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	d.timing.silence = 100 * time.Millisecond
	run(t, d, luxon)
	ready(t, fake)
	fake.RefuseIdentify(4000)
	fake.Invalidate(false)
	told := func(so bool) bool {
		for end := time.Now().Add(soon); time.Now().Before(end); time.Sleep(time.Millisecond) {
			if strings.Contains(d.Trouble(), "gateway: not connected: closed with 4000") == so {
				return true
			}
		}
		return false
	}
	if !told(true) {
		t.Errorf("the trouble is %q", d.Trouble())
	}
	fake.RefuseIdentify(0)
	if !told(false) || d.Trouble() != "" {
		t.Errorf("the trouble is %q", d.Trouble())
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

// TestShards sees that as many sessions are kept as Discord recommends, begun
// one after another, and that each is taken up by itself.
func TestShards(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Shards(3, 2)
	fake.LimitIdentify(50 * time.Millisecond)
	var channels []string
	for range 6 { // servers, which fall to different shards
		_, channel := fake.NewGuild()
		channels = append(channels, channel)
	}
	d, log := join(t, fake)
	d.timing.apart = 80 * time.Millisecond
	run(t, d, luxon)
	ready(t, fake)
	if !fake.Ready(3, soon) || !slices.Equal(fake.ShardsUp(), []int{0, 1, 2}) {
		t.Fatalf("the shards %v are there; the log:\n%s", fake.ShardsUp(), log)
	}
	if began, _ := fake.Sessions(); began != 3 {
		t.Errorf("%d sessions were begun", began)
	}
	for end := time.Now().Add(soon); d.Trouble() != "" && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if d.Trouble() != "" {
		t.Errorf("the trouble is %q", d.Trouble())
	}
	for _, channel := range channels {
		if a := fake.Mention("who?", channel, fake.NewUser()); a.Err != nil || a.Shown != "Luxon." {
			t.Errorf("the answer is %q, %v", a.Shown, a.Err)
		}
	}
	fake.Drop(4000)
	if !fake.Ready(6, soon) {
		t.Errorf("the shards %v come back", fake.ShardsUp())
	}
	if fake.Puts() != 1 {
		t.Errorf("the commands were put %d times", fake.Puts())
	}
}

// TestTooFewShards sees that Run ends when Discord wants more sessions than it
// recommends.
func TestTooFewShards(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Shards(2, 3)
	d, _ := join(t, fake)
	ends(t, run(t, d, luxon), "4011", "start it anew")
}
