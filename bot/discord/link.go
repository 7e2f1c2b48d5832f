package discord

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// Why a link is lost.
var (
	errLost   = errors.New("the connection was lost")
	errSilent = errors.New("discord acknowledges no heartbeat")
	errSlow   = errors.New("discord did not answer in time")
)

// closing is how long discordgo may take to close a connection, for which it
// needs a second; then it is cut.
const closing = 1500 * time.Millisecond

// A link is one session with the gateway, over one connection after another.
// It can be cut from outside at any moment: discordgo waits for Discord
// without limit while it opens and closes, and holds its lock meanwhile.
type link struct {
	session *discordgo.Session
	up      atomic.Bool   // whether the session began or was resumed, and was not lost since
	down    chan struct{} // gets a value when the connection is lost

	mu   sync.Mutex
	conn net.Conn // the newest; nil before the first
	over bool     // no more connections are made
}

// connect returns a link whose events come to in. It is not open yet.
func (in *inbox) connect(ctx, answering context.Context) *link {
	l := &link{session: newSession(in.token), down: make(chan struct{}, 1)}
	l.session.Client = in.rest.session.Client
	l.session.Identify.Intents = intents
	l.session.Dialer = &websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: callTimeout,
		NetDialContext:   l.dial,
	}
	l.session.AddHandler(func(_ *discordgo.Session, event any) { in.event(ctx, answering, l, event) })
	return l
}

// event takes in whatever comes, in order and in discordgo's own goroutine,
// which must be let go at once. Events that discordgo could not decode come
// half-empty.
func (in *inbox) event(ctx, answering context.Context, l *link, event any) {
	defer in.recovered("event", func() {})
	switch e := event.(type) {
	case *discordgo.Ready:
		l.up.Store(true)
		in.ready(ctx, e)
	case *discordgo.Resumed:
		l.up.Store(true)
		in.log.Info("discord: connected again")
	case *discordgo.Disconnect:
		select {
		case l.down <- struct{}{}:
		default: // it is known to be lost
		}
	case *discordgo.Event:
		in.raw(answering, e)
	}
}

// raw takes in what we decode ourselves.
func (in *inbox) raw(answering context.Context, e *discordgo.Event) {
	switch e.Type {
	case "INTERACTION_CREATE":
		if i, err := readInteraction(e.RawData); err == nil {
			in.interaction(answering, i)
		}
	case "MESSAGE_CREATE":
		if m, err := readMessage(e.RawData); err == nil {
			in.message(answering, m)
		}
	}
}

// ready takes note of who the bot is, and has its commands put.
func (in *inbox) ready(ctx context.Context, r *discordgo.Ready) {
	in.log.Info("discord: connected")
	if r.User == nil {
		return
	}
	app := r.User.ID
	if r.Application != nil && r.Application.ID != "" {
		app = r.Application.ID
	}
	in.mu.Lock()
	first := in.self == ""
	in.self = r.User.ID
	in.mu.Unlock()
	if first {
		in.start("commands", func() { in.register(ctx, app) })
	}
}

// dial makes a connection and keeps it at hand.
func (l *link) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		conn.Close()
		return nil, net.ErrClosed
	}
	l.conn = conn
	return conn, nil
}

// cut breaks the connection, if there is one.
func (l *link) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		l.conn.Close()
	}
}

// open connects and begins or resumes the session, within limit.
func (l *link) open(ctx context.Context, limit time.Duration) error {
	select {
	case <-l.down: // of the connection before
	default:
	}
	opened := make(chan error, 1)
	go func() { opened <- l.session.Open() }()
	slow := time.NewTimer(limit)
	defer slow.Stop()
	select {
	case err := <-opened:
		if errors.Is(err, discordgo.ErrWSAlreadyOpen) {
			return nil
		}
		return err
	case <-slow.C:
		l.cut()
		<-opened
		return errSlow
	case <-ctx.Done():
		return ctx.Err()
	}
}

// watch returns when the connection is lost, with the reason, or ctx is done.
// It gives the connection up itself when no heartbeat has been acknowledged
// for as long as silence. discordgo does that much later, and in a way that
// ends the session.
func (l *link) watch(ctx context.Context, silence time.Duration) error {
	tick := time.NewTicker(silence / 8)
	defer tick.Stop()
	why := errLost
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.down:
			return why
		case <-tick.C:
			if l.silent() > silence {
				tick.Stop()
				why = errSilent
				l.close(closeAway)
			}
		}
	}
}

// silent returns how long ago the last heartbeat was acknowledged, or 0 while
// discordgo is busy closing.
func (l *link) silent() time.Duration {
	if !l.session.TryRLock() {
		return 0
	}
	defer l.session.RUnlock()
	return time.Since(l.session.LastHeartbeatAck)
}

// close closes the connection with code, and cuts it if that takes too long.
// It does not wait for either.
func (l *link) close(code int) {
	late := time.AfterFunc(closing, l.cut)
	go func() {
		defer late.Stop()
		_ = l.session.CloseWithCode(code) // always nil
	}()
}

// shut closes the connection for good.
func (l *link) shut(code int) {
	l.mu.Lock()
	l.over = true
	l.mu.Unlock()
	l.close(code)
}
