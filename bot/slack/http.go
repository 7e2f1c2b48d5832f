package slack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"
)

// Where Slack sends its requests, and people come to install the app.
const (
	eventsPath  = "/slack/events"
	installPath = "/slack/install"
	oauthPath   = "/slack/oauth"
)

const (
	maxSkew    = 5 * time.Minute         // between Slack's clock and ours, in both directions
	maxRequest = 1 << 20                 // bytes; what Slack sends has up to 70 kB
	ackTime    = 2800 * time.Millisecond // Slack gives up after three seconds
)

// ServeHTTP takes in what Slack sends to /slack/events, if it is signed, came at
// once and for the first time. It has people install the app at /slack/install
// if that is for several workspaces. While there is no Run it answers 503.
func (s *Slack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in := s.inbox.Load()
	switch {
	case in == nil || s.config.SigningSecret == "":
		http.Error(w, "not joined to Slack", http.StatusServiceUnavailable)
	case r.URL.Path == eventsPath && r.Method == http.MethodPost:
		in.request(w, r)
	case s.many() && r.URL.Path == installPath && r.Method == http.MethodGet:
		s.install(w, r)
	case s.many() && r.URL.Path == oauthPath && r.Method == http.MethodGet:
		s.installed(w, r)
	default:
		http.NotFound(w, r)
	}
}

// request takes in one request of Slack's.
func (in *inbox) request(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		http.Error(w, "the request cannot be read", http.StatusBadRequest)
		return
	}
	if err := in.verify(r.Header, body); err != nil {
		in.log.Warn("slack: a request is refused", "err", err)
		http.Error(w, "the request is not one of Slack's", http.StatusUnauthorized)
		return
	}
	kind, payload, err := unpack(r.Header.Get("Content-Type"), body)
	if err != nil {
		in.log.Debug("slack: a request cannot be read", "err", in.clean(err))
		w.WriteHeader(http.StatusOK) // it would be the same the next time
		return
	}
	if challenge := challenged(payload); challenge != "" {
		writeJSON(w, map[string]string{"challenge": challenge})
		return
	}
	answered := make(chan any, 1)
	var once sync.Once
	again := r.Header.Get("X-Slack-Retry-Num") != ""
	in.take(parcel{kind, payload, again, func(answer any) { once.Do(func() { answered <- answer }) }})
	soon := time.NewTimer(ackTime)
	defer soon.Stop()
	select {
	case answer := <-answered:
		writeJSON(w, answer)
	case <-soon.C:
		w.WriteHeader(http.StatusOK)
	}
}

// writeJSON answers with nothing but the status 200 if answer is nil.
func writeJSON(w http.ResponseWriter, answer any) {
	if answer == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // who has hung up needs no answer
}

// verify returns why a request is none that Slack has just sent for the first
// time, or nil if it is.
func (s *Slack) verify(header http.Header, body []byte) error {
	stamp, signature := header.Get("X-Slack-Request-Timestamp"), header.Get("X-Slack-Signature")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return errors.New("it has no time")
	}
	if skew := s.now().Sub(time.Unix(seconds, 0)); skew.Abs() > maxSkew {
		return fmt.Errorf("its time differs from this machine's by %v, at most %v are allowed: see that the clock is right", skew.Round(time.Second), maxSkew)
	}
	mac := hmac.New(sha256.New, []byte(s.config.SigningSecret))
	fmt.Fprintf(mac, "v0:%s:", stamp)
	mac.Write(body)
	if !hmac.Equal([]byte("v0="+hex.EncodeToString(mac.Sum(nil))), []byte(signature)) {
		return errors.New("its signature is not right: see that SLACK_SIGNING_SECRET is the app's")
	}
	if !s.recent.First("signature " + signature) {
		return errors.New("it came before")
	}
	return nil
}

// unpack returns what a request holds, in the form that Socket Mode has.
func unpack(contentType string, body []byte) (kind string, payload json.RawMessage, err error) {
	if media, _, _ := mime.ParseMediaType(contentType); media != "application/x-www-form-urlencoded" {
		return "events_api", body, nil
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return "", nil, err
	}
	if p := form.Get("payload"); p != "" {
		return "interactive", json.RawMessage(p), nil
	}
	fields := map[string]string{}
	for name := range form {
		fields[name] = form.Get(name)
	}
	payload, err = json.Marshal(fields)
	return "slash_commands", payload, err
}

// challenged returns what Slack wants to have repeated when it is told the
// address of the program, or the empty string.
func challenged(payload json.RawMessage) string {
	var c struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(payload, &c) != nil || c.Type != "url_verification" {
		return ""
	}
	return c.Challenge
}

// serve takes in what comes by HTTP until ctx is done.
func (in *inbox) serve(ctx context.Context) {
	answering, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	in.take = func(p parcel) { in.open(answering, p) }
	in.Slack.inbox.Store(in)
	in.log.Info("slack: waiting for requests", "url", in.config.URL+eventsPath)
	<-ctx.Done()
	in.Slack.inbox.Store(nil)
	in.finish()
}
