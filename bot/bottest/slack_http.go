package bottest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Hook has everything sent by HTTP to an address from then on, and no longer
// through sockets.
func (s *Slack) Hook(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook = address
}

// slackBody returns what Slack sends by HTTP, and of which type it is.
func slackBody(kind string, payload any) (body []byte, contentType string, err error) {
	raw, err := json.Marshal(payload)
	if err != nil || kind == "events_api" {
		return raw, "application/json", err
	}
	form := url.Values{"payload": {string(raw)}}
	if kind == "slash_commands" {
		form = url.Values{}
		fields, _ := payload.(map[string]any)
		for name, value := range fields {
			form.Set(name, fmt.Sprint(value))
		}
	}
	return []byte(form.Encode()), "application/x-www-form-urlencoded", nil
}

// Signed returns a request to address as Slack makes it, signed as at a time.
func (s *Slack) Signed(address, contentType string, body []byte, at time.Time) *http.Request {
	r, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		panic(err) // the address comes from the test
	}
	stamp := fmt.Sprint(at.Unix())
	mac := hmac.New(sha256.New, []byte(s.SigningSecret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

// request sends e by HTTP, where the response is the acknowledgement.
func (s *Slack) request(address string, e *Envelope) {
	late := func() { e.settle.Do(func() { close(e.end) }) }
	body, contentType, err := slackBody(e.kind, e.payload)
	if err != nil {
		late()
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), slackPatience)
	defer cancel()
	sent := time.Now().Add(time.Duration(e.retries) * time.Second) // it is sent again somewhat later
	r := s.Signed(address, contentType, body, sent).WithContext(ctx)
	if e.retries > 0 {
		r.Header.Set("X-Slack-Retry-Num", fmt.Sprint(e.retries))
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		late()
		return
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		late()
		return
	}
	e.settle.Do(func() {
		if e.onAck != nil {
			e.onAck(answer)
		}
		close(e.acked)
	})
}
