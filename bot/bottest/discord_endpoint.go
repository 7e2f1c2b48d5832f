package bottest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// maxEndpointAnswer is the size of the longest answer that is read of a bot's
// endpoint, in bytes.
const maxEndpointAnswer = 1 << 20

// A discordEndpointSender sends interactions to a bot's own address.
type discordEndpointSender struct {
	key     ed25519.PrivateKey
	address string // empty as long as interactions go through the gateway
	client  *http.Client
}

// newEndpointSender returns a sender with a key of its own and no address.
func newEndpointSender() discordEndpointSender {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		panic(err) // there is no randomness
	}
	return discordEndpointSender{key: key, client: &http.Client{Transport: &http.Transport{}}}
}

// PublicKey returns the key with which a bot checks who sent an interaction to
// its endpoint, in hexadecimal digits.
func (d *Discord) PublicKey() string {
	return hex.EncodeToString(d.sender.key.Public().(ed25519.PublicKey))
}

// SetEndpoint has interactions sent to the bot at address, in signed requests,
// and no more through the gateway. As Discord does, it first sees that the
// endpoint answers a ping, and that it refuses with 401 what is signed wrongly.
func (d *Discord) SetEndpoint(address string) error {
	ping := d.ping()
	now := strconv.FormatInt(time.Now().Unix(), 10)
	sign := func(stamp string, body []byte) string {
		return hex.EncodeToString(ed25519.Sign(d.sender.key, append([]byte(stamp), body...)))
	}
	good := sign(now, ping)
	for what, r := range map[string]struct {
		stamp, signature string
		body             []byte
	}{
		"another signature": {now, sign(now, []byte("{}")), ping},
		"another time":      {now + "1", good, ping},
		"another body":      {now, good, append(bytes.Clone(ping), ' ')},
		"half a signature":  {now, good[:64], ping},
		"no signature":      {now, "", ping},
		"no hexadecimal":    {now, "x" + good[1:], ping},
	} {
		status, _, _, err := d.sender.send(address, r.stamp, r.signature, r.body)
		if err != nil || status != http.StatusUnauthorized {
			return fmt.Errorf("a request with %s gets %d, %v; it must get 401", what, status, err)
		}
	}
	status, _, answer, err := d.sender.send(address, now, good, ping)
	var pong struct{ Type int }
	if err != nil || status != http.StatusOK || json.Unmarshal(answer, &pong) != nil || pong.Type != 1 {
		return fmt.Errorf("a ping gets %d %s, %v; it must get a pong", status, answer, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sender.address = address
	return nil
}

// ping returns the interaction that asks whether an endpoint is there.
func (d *Discord) ping() []byte {
	raw, err := json.Marshal(map[string]any{"id": d.newID(), "application_id": d.App, "type": 1, "token": "ping", "version": 1,
		"app_permissions": "0", "entitlements": []any{}, "authorizing_integration_owners": map[string]string{},
		"attachment_size_limit": 10485760, "user": discordPerson(d.newID())})
	if err != nil {
		panic(err) // these are plain values
	}
	return raw
}

// send makes one request, and returns the status, the header and the body of
// the answer.
func (s *discordEndpointSender) send(address, stamp, signature string, body []byte) (int, http.Header, []byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	r.Header.Set("X-Signature-Timestamp", stamp)
	if signature != "" {
		r.Header.Set("X-Signature-Ed25519", signature)
	}
	resp, err := s.client.Do(r)
	if err != nil {
		return 0, nil, nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxEndpointAnswer))
	return resp.StatusCode, resp.Header, answer, err
}

// deliver sends an interaction to the bot, which answers at once or by the
// interaction's token. The caller holds mu.
func (d *Discord) deliver(i *discordInteraction, event map[string]any) {
	if d.sender.address == "" {
		d.tell("INTERACTION_CREATE", event, d.channels[i.channel].guild, 0)
		return
	}
	kind, seq := "INTERACTION_CREATE", 1
	if err := d.events.check(discordPacket{Type: &kind, Seq: &seq, Data: event}); err != nil {
		d.faults = append(d.faults, "an interaction: "+err.Error())
	}
	body, err := json.Marshal(event)
	if err != nil {
		panic(err) // it was made here
	}
	address := d.sender.address
	d.sending.Go(func() { d.hand(i, address, body) })
}

// hand gives the bot an interaction and takes its answer.
func (d *Discord) hand(i *discordInteraction, address string, body []byte) {
	now := strconv.FormatInt(time.Now().Unix(), 10)
	signature := hex.EncodeToString(ed25519.Sign(d.sender.key, append([]byte(now), body...)))
	status, header, answer, err := d.sender.send(address, now, signature, body)
	if err != nil || status == http.StatusAccepted && len(answer) == 0 {
		return // the response may come by the token; if none does, i is given up
	}
	var response discordResponse
	refusal := d.endpointRefusal(status, header, answer)
	if refusal == nil {
		if refused := decode(answer, &response); refused != nil {
			refusal = errors.New(refused.Message)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if refusal == nil {
		if refused := d.respond(i, response); refused != nil {
			refusal = errors.New(refused.Message)
		}
	}
	if refusal != nil {
		d.fail(i, fmt.Errorf("the endpoint's answer: %w", refusal))
	}
}

// endpointRefusal returns why Discord does not take the answer of an endpoint.
// One that breaks the specification is an error of the test as well.
func (d *Discord) endpointRefusal(status int, header http.Header, answer []byte) error {
	if status != http.StatusOK {
		return fmt.Errorf("status %d", status)
	}
	if d.spec == nil {
		return nil
	}
	const path = "/interactions/{interaction_id}/{interaction_token}/callback"
	err := d.spec.checkBody(http.MethodPost, path, &http.Request{Header: header}, answer)
	if err != nil && !d.breaking {
		d.fault("the endpoint's answer: %v", err)
	}
	return err
}
