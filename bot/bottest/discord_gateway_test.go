package bottest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
)

// A discordWire is a connection to the gateway on which each word is said by
// the test.
type discordWire struct {
	t  *testing.T
	ws *websocket.Conn
}

func wire(t *testing.T, address string) discordWire {
	t.Helper()
	ws, resp, err := websocket.DefaultDialer.Dial(address+"?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	t.Cleanup(func() { ws.Close() })
	w := discordWire{t, ws}
	w.hears(opHello)
	return w
}

func (w discordWire) say(op int, data any) {
	w.t.Helper()
	if err := w.ws.WriteJSON(map[string]any{"op": op, "d": data}); err != nil {
		w.t.Fatal(err)
	}
}

// hears returns the next packet, which must be of this kind.
func (w discordWire) hears(op int) (p discordPacket) {
	w.t.Helper()
	_ = w.ws.SetReadDeadline(time.Now().Add(patience))
	if err := w.ws.ReadJSON(&p); err != nil || p.Op != op {
		w.t.Fatalf("op %d, %v; want %d", p.Op, err, op)
	}
	return p
}

// closes reports an error unless the next thing is a close with this code.
func (w discordWire) closes(what string, code int) {
	w.t.Helper()
	_ = w.ws.SetReadDeadline(time.Now().Add(patience))
	for {
		if _, _, err := w.ws.ReadMessage(); err != nil {
			if !websocket.IsCloseError(err, code) {
				w.t.Errorf("%s: %v, want a close with %d", what, err, code)
			}
			return
		}
	}
}

func (d *Discord) identity(shard ...int) map[string]any {
	who := map[string]any{"token": d.Token, "intents": intentGuilds, "properties": map[string]any{"os": "x", "browser": "x", "device": "x"}}
	if len(shard) > 0 {
		who["shard"] = shard
	}
	return who
}

func (d *Discord) gatewayURL() string { return "ws" + d.URL()[4:] + "/gateway" }

func TestDiscordGatewayCloses(t *testing.T) {
	d := NewDiscord(t)
	d.breaking = true
	d.Shards(4, 2)
	with := func(name string, value any) map[string]any {
		who := d.identity(0, 2)
		who[name] = value
		return who
	}
	for name, c := range map[string]struct {
		op   int
		data any
		code int
	}{
		"too large":         {opIdentify, with("more", make([]int, maxPayload)), 4002},
		"no properties":     {opIdentify, with("properties", nil), 4002},
		"not identified":    {3, map[string]any{}, 4003},
		"wrong token":       {opIdentify, with("token", "x"), 4004},
		"no such shard":     {opIdentify, d.identity(2, 2), 4010},
		"too few shards":    {opIdentify, d.identity(0, 1), 4011},
		"no such intent":    {opIdentify, with("intents", 1<<40), 4013},
		"privileged intent": {opIdentify, with("intents", 1<<15), 4014},
	} {
		w := wire(t, d.gatewayURL())
		w.say(c.op, c.data)
		w.closes(name, c.code)
	}
	w := wire(t, d.gatewayURL())
	for range maxHeard {
		w.say(opHeartbeat, nil)
	}
	for range maxHeard {
		w.hears(opAck)
	}
	w.say(opHeartbeat, nil)
	w.closes("too fast", 4008)
}

// TestDiscordShards sees that each shard is told of its own servers.
func TestDiscordShards(t *testing.T) {
	d := NewDiscord(t)
	d.Shards(2, 1)
	other, channel := d.NewGuild()
	for DiscordShardOf(other, 2) == DiscordShardOf(d.Guild, 2) {
		other, channel = d.NewGuild()
	}
	told := map[string]discordWire{}
	for _, guild := range []string{d.Guild, other} {
		w := wire(t, d.gatewayURL())
		w.say(opIdentify, d.identity(DiscordShardOf(guild, 2), 2))
		var unavailable []any
		for _, g := range w.hears(opDispatch).Data.(map[string]any)["guilds"].([]any) {
			unavailable = append(unavailable, g.(map[string]any)["id"])
		}
		if !slices.Contains(unavailable, any(guild)) {
			t.Fatalf("the shard is told of %v, not of %s", unavailable, guild)
		}
		for range unavailable {
			w.hears(opDispatch)
		}
		told[guild] = w
	}
	if diff := cmp.Diff([]int{0, 1}, d.ShardsUp()); diff != "" {
		t.Error(diff)
	}
	d.Delete(channel)
	d.Delete(d.Channel)
	for guild, w := range told {
		if p := w.hears(opDispatch); *p.Type != "CHANNEL_DELETE" || p.Data.(map[string]any)["guild_id"] != guild {
			t.Errorf("the shard of %s is told %v", guild, p)
		}
	}
	d.Kick(other)
	if p := told[other].hears(opDispatch); *p.Type != "GUILD_DELETE" {
		t.Errorf("the shard is told %v", p)
	}
}

func TestDiscordIdentifyRate(t *testing.T) {
	d := NewDiscord(t)
	d.StartLimit(10, time.Hour, 2)
	d.LimitIdentify(time.Hour)
	for i, op := range []int{opDispatch, opDispatch, opInvalid} { // the shards 0 and 1, and 2 which shares the key of 0
		w := wire(t, d.gatewayURL())
		w.say(opIdentify, d.identity(i, 3))
		w.hears(op)
	}
}

func TestDiscordResumeThere(t *testing.T) {
	d := NewDiscord(t)
	d.ResumeThere = true
	w := wire(t, d.gatewayURL())
	w.say(opIdentify, d.identity())
	ready := w.hears(opDispatch).Data.(map[string]any)
	w.hears(opDispatch)
	w.ws.Close()
	who := map[string]any{"token": d.Token, "session_id": ready["session_id"], "seq": 1}
	elsewhere := wire(t, d.gatewayURL())
	elsewhere.say(opResume, who)
	elsewhere.hears(opInvalid)
	there := wire(t, ready["resume_gateway_url"].(string))
	there.say(opResume, who)
	for _, want := range []string{"GUILD_CREATE", "RESUMED"} {
		if p := there.hears(opDispatch); *p.Type != want {
			t.Errorf("%s comes, want %s", *p.Type, want)
		}
	}
}

// TestDiscordFreeze sees that a frozen connection neither says nor hears
// anything, and stays.
func TestDiscordFreeze(t *testing.T) {
	d := NewDiscord(t)
	w := wire(t, d.gatewayURL())
	w.say(opIdentify, d.identity())
	w.hears(opDispatch)
	w.hears(opDispatch)
	d.Freeze()
	w.say(opHeartbeat, nil)
	d.Delete(d.Channel)
	_ = w.ws.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if _, said, err := w.ws.ReadMessage(); err == nil || websocket.IsUnexpectedCloseError(err) {
		t.Errorf("%s, %v comes through", said, err)
	}
}

// TestDiscordEvents sees that an event of each kind is checked.
func TestDiscordEvents(t *testing.T) {
	d := NewDiscord(t)
	if d.events == nil {
		t.Skip("no schema of Discord's gateway is at hand")
	}
	seq := 1
	for kind := range discordSchemas {
		p := discordPacket{Type: &kind, Seq: &seq, Data: map[string]any{"mood": "good"}}
		if n := slices.Index([]string{"op 7", "op 9", "op 10", "op 11"}, kind); n >= 0 {
			p = discordPacket{Op: []int{7, 9, 10, 11}[n], Seq: &seq, Data: 7}
		}
		if err := d.events.check(p); err == nil {
			t.Errorf("a broken %s is taken", kind)
		}
	}
	unheard := "NEVER_HEARD_OF"
	if err := d.events.check(discordPacket{Type: &unheard, Seq: &seq}); err == nil {
		t.Error("an event that is not known is taken")
	}
}

// TestDiscordTellsNoNonsense sees that an event which Discord would not send is
// an error of the test, unless it is dispatched on purpose.
func TestDiscordTellsNoNonsense(t *testing.T) {
	d := NewDiscord(t)
	if d.events == nil {
		t.Skip("no schema of Discord's gateway is at hand")
	}
	w := wire(t, d.gatewayURL())
	w.say(opIdentify, d.identity())
	w.hears(opDispatch)
	w.hears(opDispatch)
	nonsense := map[string]any{"mood": "good"}
	d.Dispatch("MESSAGE_CREATE", nonsense)
	if n := len(d.taken()); n > 0 {
		t.Errorf("%d faults for what was dispatched on purpose", n)
	}
	d.mu.Lock()
	d.tell("MESSAGE_CREATE", nonsense, "", 0)
	d.mu.Unlock()
	if n := len(d.taken()); n != 1 {
		t.Errorf("%d faults, want 1", n)
	}
}

// TestDiscordHearsNoNonsense sees that a client which says what is not
// specified fails the test.
func TestDiscordHearsNoNonsense(t *testing.T) {
	d := NewDiscord(t)
	if d.events == nil {
		t.Skip("no schema of Discord's gateway is at hand")
	}
	who := d.identity()
	who["mood"] = "good"
	w := wire(t, d.gatewayURL())
	w.say(opIdentify, who)
	w.hears(opDispatch)
	w.say(opHeartbeat, "soon")
	w.hears(opDispatch)
	w.hears(opAck)
	if n := len(d.taken()); n != 2 {
		t.Errorf("%d faults, want 2", n)
	}
}

// taken returns the faults so far, which are errors of the test no more.
func (d *Discord) taken() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	faults := d.faults
	d.faults = nil
	return faults
}

// TestDiscordStartLimit sees that a session begun when none was left is an
// error of the test, and what /gateway/bot says of it.
func TestDiscordStartLimit(t *testing.T) {
	a := newDiscordApp(t, "")
	a.StartLimit(0, time.Minute, 3)
	_, _, said := a.call("GET", "/gateway/bot", "")
	want := map[string]any{"total": 1000.0, "remaining": 0.0, "reset_after": 60000.0, "max_concurrency": 3.0}
	if diff := cmp.Diff(want, said["session_start_limit"]); diff != "" {
		t.Error(diff)
	}
	w := wire(t, a.gatewayURL())
	w.say(opIdentify, a.identity())
	w.closes("nothing left", 4004)
	if n := len(a.taken()); n != 1 {
		t.Errorf("%d faults, want 1", n)
	}
}

// TestDiscordLarge sees that a server of many channels arrives compressed.
func TestDiscordLarge(t *testing.T) {
	d := NewDiscord(t)
	d.Compress()
	for range 500 {
		d.NewChannel()
	}
	who := d.identity()
	who["compress"] = true
	w := wire(t, d.gatewayURL())
	w.say(opIdentify, who)
	var server []byte
	for range 2 {
		kind, packed, err := w.ws.ReadMessage()
		if err != nil || kind != websocket.BinaryMessage {
			t.Fatalf("message type %d, %v", kind, err)
		}
		z, err := zlib.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		if server, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	if !json.Valid(server) || len(server) < 64<<10 {
		t.Errorf("%d bytes came, of JSON: %t", len(server), json.Valid(server))
	}
}
