package source

import (
	"errors"
	"fmt"
	"net/url"
	"time"
)

const firstBackOff = 15 * time.Minute // after the second failure in a row; doubled for each after it, up to maxDelay

// A courtesy is what a source of the web remembers between two looks so as to
// ask for little, and for less when it fails.
type courtesy struct {
	Address      string    `json:"address"`                // hash of the address that the rest is about
	ETag         string    `json:"etag,omitempty"`         // of the last document that was read
	LastModified string    `json:"lastModified,omitempty"` // likewise
	NotBefore    time.Time `json:"notBefore,omitzero"`     // when the document may be asked for again
	Failures     int       `json:"failures,omitempty"`     // in a row
	Fault        string    `json:"fault,omitempty"`        // the last of them
	Moved        string    `json:"moved,omitempty"`        // where the document is for good, without user and query

	freshness

	Renamed map[string]string `json:"renamed,omitempty"` // hosts that the site has moved to for good, and what each was before
}

// begin drops what is known of another address than this one. If the rules are
// others than before, the document is read as a whole again.
func (c *courtesy) begin(address string, rules Rules) {
	if sum := hash([]byte(address)); c.Address != sum {
		*c = courtesy{Address: sum, Renamed: c.Renamed, freshness: c.freshness}
	}
	if c.follow(rules) {
		c.ETag, c.LastModified = "", ""
	}
}

// wait reports whether it is too early to ask for the document, with an error
// if that is because it failed.
func (c *courtesy) wait(now time.Time) (early bool, err error) {
	if !now.Before(c.NotBefore) {
		return false, nil
	}
	if c.Failures == 0 {
		return true, nil
	}
	return true, &RestError{c.NotBefore, c.Failures, c.Fault}
}

// A RestError means that a source was not asked, because it failed and it is
// too early to try again. It says nothing that was not said before.
type RestError struct {
	Until    time.Time // when it is asked again
	Failures int       // in a row
	Fault    string    // the last of them
}

// Error says until when, and why.
func (e *RestError) Error() string {
	return fmt.Sprintf("it is not asked before %s (failures in a row: %d), for the last time: %s", e.Until.Format(time.RFC3339), e.Failures, e.Fault)
}

// query returns what to ask for.
func (c *courtesy) query(address, accept string, limit int64) Query {
	q := Query{Address: address, Accept: accept, ETag: c.ETag, LastModified: c.LastModified, Limit: limit}
	from, err := url.Parse(address)
	to, err2 := url.Parse(c.Moved)
	if c.Moved == "" || err != nil || err2 != nil {
		return q
	}
	to.RawQuery = from.RawQuery
	if to.Host == from.Host {
		to.User = from.User
	}
	q.Address = to.String()
	return q
}

// succeeded notes that the document was answered well. It is good until the
// time that the answer says, or for at least the time ttl.
func (c *courtesy) succeeded(a *Answer, now time.Time, ttl time.Duration) {
	c.Failures, c.Fault, c.NotBefore = 0, "", a.Until
	if until := now.Add(min(ttl, maxDelay)).UTC(); ttl > 0 && until.After(c.NotBefore) {
		c.NotBefore = until
	}
	if !a.Unchanged {
		c.ETag, c.LastModified = a.ETag, a.LastModified
	}
}

// moved notes where the document is for good, and that its site has another
// name now. An address with another query than the one that was asked for is
// not kept, for it may hold a key.
func (c *courtesy) moved(a *Answer, asked string) {
	from, err := url.Parse(asked)
	if err != nil || !a.Moved {
		return
	}
	if from.Host != a.Address.Host {
		if c.Renamed == nil {
			c.Renamed = map[string]string{}
		}
		c.Renamed[a.Address.Host] = from.Host
	}
	if a.Address.RawQuery == from.RawQuery {
		c.Moved = (&url.URL{Scheme: a.Address.Scheme, Host: a.Address.Host, Path: a.Address.Path}).String()
	}
}

// before returns the address that name was before the site got another name.
func (c *courtesy) before(name string) string {
	u, err := url.Parse(name)
	if err != nil || c.Renamed[u.Host] == "" {
		return name
	}
	u.Host = c.Renamed[u.Host]
	return u.String()
}

// failed notes a failure and sets when to try again: in the next round after
// the first one, and then ever later, or when the site says. The source is
// never given up.
func (c *courtesy) failed(err error, now time.Time) {
	c.Failures++
	c.Fault = err.Error()
	c.Moved = "" // the way there may have changed
	wait := time.Duration(0)
	if c.Failures > 1 {
		wait = min(firstBackOff<<min(c.Failures-2, 10), maxDelay)
	}
	c.NotBefore = now.Add(wait).UTC()
	var until time.Time
	if e, ok := errors.AsType[*RefusedError](err); ok {
		until = e.Until
	}
	if e, ok := errors.AsType[*WaitError](err); ok {
		until = e.Until
	}
	if until.After(c.NotBefore) {
		c.NotBefore = until
	}
}
