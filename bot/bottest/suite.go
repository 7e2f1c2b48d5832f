// Package bottest proves that a [bot.Platform] keeps its promises. It holds
// one suite that every platform passes, and fakes of the chat networks: small
// servers that refuse what the real ones refuse.
package bottest

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/bot"
)

// A Rig is a platform connected to a fake of its network, and the means to
// look at what people there would see.
type Rig struct {
	Platform bot.Platform
	Channel  string // one that can be posted to
	Gone     string // one that cannot any more; empty if the network has no such thing

	// Refuse has the network refuse the next post and ask to wait so long,
	// a whole number of seconds. It is nil if the network never refuses.
	Refuse func(after time.Duration)

	// Shown returns what people see of each message in a channel, oldest
	// first: plain words, markup resolved as the network resolves it.
	Shown func(channel string) []string

	// Pings returns how many people, roles or channels were notified so far,
	// and those that were only to be seen by a person count as well.
	Pings func() int

	// Ready waits until a Run that was started can be asked; nil if there is
	// nothing to wait for.
	Ready func(t testing.TB)

	// Ask has a person type /ask and the question. The channel acked is closed
	// when the network has the acknowledgement, and is nil where acknowledging
	// has no meaning; answer gets what that person sees of the answer.
	Ask func(t testing.TB, question string) (acked <-chan struct{}, answer <-chan string)

	// AskAndPress is Ask, and has the person press the button called label of the
	// answer when it comes; pressed gets what they see then. It is nil where
	// there are no buttons.
	AskAndPress func(t testing.TB, question, label string) (pressed <-chan string)

	// Faults are ways to make the network fail every request from then on,
	// by name, such as "token refused". Each is tried on a Rig of its own.
	Faults map[string]func()

	Log     *Log     // everything the platform logs, at every level
	Secrets []string // what must never be logged or be part of an error
}

// A Log keeps what was logged. It may be written and read at the same time.
type Log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write appends p to the log; it never fails.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// String returns all that was logged.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// Logger returns a logger that writes records of every level to l.
func (l *Log) Logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// Conform tries each promise of [bot.Platform] on a new Rig.
func Conform(t *testing.T, rig func(t *testing.T) *Rig) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := rig(t)
			c.try(t, r)
			r.leaks(t, r.Log.String())
		})
	}
	for _, fault := range slices.Sorted(maps.Keys(rig(t).Faults)) {
		t.Run("fault/"+fault, func(t *testing.T) { tryFault(t, rig(t), fault) })
	}
}

// patience is how long the suite waits for what should come at once; the
// machine may be busy.
const patience = 10 * time.Second

// start has the platform answer with h until the test ends or stop is called,
// whichever is first. An end of Run that came by itself or late is an error.
func (r *Rig) start(t *testing.T, h bot.Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context())) // which ends before the cleanup that looks whether Run has
	ended := make(chan error, 1)
	go func() { ended <- r.Platform.Run(ctx, h) }()
	stop = sync.OnceFunc(func() {
		select {
		case err := <-ended:
			t.Errorf("Run ended before it was told to: %v", err)
		default:
			cancel()
			r.end(t, ended)
		}
		cancel()
	})
	t.Cleanup(stop)
	if r.Ready != nil {
		r.Ready(t)
	}
	return stop
}

// end waits for a Run whose context was just cancelled.
func (r *Rig) end(t *testing.T, ended <-chan error) {
	t.Helper()
	cancelled := time.Now()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("Run returned %v after its context was cancelled, want nil", err)
		}
		if took := time.Since(cancelled); took > time.Second {
			t.Errorf("Run ended %v after its context was cancelled, want at most 1 s", took)
		}
	case <-time.After(patience):
		t.Fatal("Run does not end after its context was cancelled")
	}
}

// post posts m to the rig's channel, where it must succeed.
func (r *Rig) post(t *testing.T, key string, m bot.Message) (id string) {
	t.Helper()
	id, err := r.Platform.Post(t.Context(), r.Channel, key, m)
	if err != nil {
		t.Fatalf("Post %q: %v", key, err)
	}
	if id == "" {
		t.Fatalf("Post %q returned no id", key)
	}
	return id
}

// last returns what people see of the newest message of the rig's channel.
func (r *Rig) last(t *testing.T) string {
	t.Helper()
	shown := r.Shown(r.Channel)
	if len(shown) == 0 {
		t.Fatal("nothing is shown")
	}
	return shown[len(shown)-1]
}

// leaks reports the secrets that said holds.
func (r *Rig) leaks(t *testing.T, said string) {
	t.Helper()
	for i, secret := range r.Secrets {
		if secret != "" && strings.Contains(said, secret) {
			t.Errorf("secret %d of %d is in what was said or logged", i+1, len(r.Secrets))
		}
	}
}

// receive returns what comes from c, in good time.
func receive[T any](t *testing.T, what string, c <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-c:
	case <-time.After(patience):
		t.Fatalf("no %s within %v", what, patience)
	}
	return got
}
