package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// interactionsPath is where Discord sends what people do, if it is told to.
const interactionsPath = "/discord/interactions"

const (
	maxSkew    = 5 * time.Minute // between Discord's clock and ours, in both directions
	maxRequest = 1 << 20         // bytes; what Discord sends has up to 100 kB

	// grace is for Discord to take in the response to a request, before that is
	// edited by another one.
	grace = 200 * time.Millisecond
)

// Kinds of interactions and responses that are about the connection itself.
const (
	interactionPing = 1
	respondPong     = 1
)

// PublicKey reads the key by which Discord signs its requests: 64 hexadecimal
// digits on the page "General Information" of the application.
func PublicKey(text string) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, errors.New(`DISCORD_PUBLIC_KEY must be the 64 digits and letters a to f from the page "General Information" of your application at https://discord.com/developers/applications`)
	}
	return key, nil
}

// ServeHTTP takes in what Discord sends to /discord/interactions, if it is
// signed, came at once and for the first time. It takes the same way as what
// comes through the gateway; the first response is the answer to the request.
// While there is no Run it answers 503.
func (d *Discord) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in := d.inbox.Load()
	switch {
	case r.URL.Path != interactionsPath || d.key == nil:
		http.NotFound(w, r)
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
	case in == nil:
		http.Error(w, "not joined to Discord", http.StatusServiceUnavailable)
	default:
		in.request(w, r)
	}
}

// request takes in one request of Discord's.
func (in *inbox) request(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		http.Error(w, "the request is too large", http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		http.Error(w, "the request cannot be read", http.StatusBadRequest)
		return
	}
	if err := in.verify(r.Header, body); err != nil {
		in.log.Warn("discord: a request is refused", "err", err)
		http.Error(w, "the request is not one of Discord's", http.StatusUnauthorized)
		return
	}
	i, err := readInteraction(body)
	switch {
	case err != nil || i.ID == "":
		http.Error(w, "the request is no interaction", http.StatusBadRequest)
	case i.Type == interactionPing:
		reply(w, fmt.Appendf(nil, `{"type":%d}`, respondPong))
	default:
		in.serve(r.Context(), w, i.ID, func() { in.take(i) })
	}
}

// verify returns why a request is none that Discord has just sent for the first
// time, or nil if it is.
func (d *Discord) verify(header http.Header, body []byte) error {
	stamp := header.Get("X-Signature-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return errors.New("it has no time")
	}
	if skew := d.now().Sub(time.Unix(seconds, 0)); skew.Abs() > maxSkew {
		return fmt.Errorf("its time differs from this machine's by %v, at most %v are allowed: see that the clock is right", skew.Round(time.Second), maxSkew)
	}
	signature, err := hex.DecodeString(header.Get("X-Signature-Ed25519"))
	if err != nil || !ed25519.Verify(d.key, append([]byte(stamp), body...), signature) {
		return errors.New("its signature is not right: see that DISCORD_PUBLIC_KEY is the application's")
	}
	if !d.recent.First("signature " + hex.EncodeToString(signature)) {
		return errors.New("it came before")
	}
	return nil
}

// serve has an interaction taken in, and answers the request that brought it
// with the first response. If there is none in time, Discord tells the asker
// that the application did not respond.
func (in *inbox) serve(ctx context.Context, w http.ResponseWriter, id string, take func()) {
	c, leave := in.callers.wait(id)
	defer leave()
	take()
	soon := time.NewTimer(in.timing.response)
	defer soon.Stop()
	select {
	case body := <-c.response:
		reply(w, body)
	case <-soon.C:
		w.WriteHeader(http.StatusAccepted)
	case <-ctx.Done():
	}
}

func reply(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // who has hung up needs no answer
}

// A caller is a request of Discord's that waits for the first response.
type caller struct {
	response chan []byte   // takes one
	gone     chan struct{} // closed when the request was answered, or given up
}

// callers are the requests that wait, by interaction.
type callers struct {
	mu      sync.Mutex
	waiting map[string]*caller
}

// wait has a request wait until it leaves.
func (cs *callers) wait(id string) (c *caller, leave func()) {
	c = &caller{make(chan []byte), make(chan struct{})}
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.waiting == nil {
		cs.waiting = map[string]*caller{}
	}
	cs.waiting[id] = c
	return c, func() {
		cs.mu.Lock()
		defer cs.mu.Unlock()
		delete(cs.waiting, id)
		close(c.gone)
	}
}

func (cs *callers) get(id string) *caller {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	return cs.waiting[id]
}

// hand gives the first response to the request that brought an interaction, and
// returns when that was answered. It reports false if no such request waits.
func (in *inbox) hand(ctx context.Context, id string, response any) (handed bool, err error) {
	c := in.callers.get(id)
	if c == nil {
		return false, nil
	}
	body, err := json.Marshal(response)
	if err != nil {
		return false, err
	}
	select {
	case c.response <- body:
	case <-c.gone:
		return false, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
	<-c.gone
	return true, sleep(ctx, grace)
}
