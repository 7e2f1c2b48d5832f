package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// product is what sites know the program by, in robots.txt as well.
const product = "Rapporteur"

// A Fetcher gets documents from the web as a guest should: it reads robots.txt
// and keeps to it, says who it is, and asks each host for one thing at a time
// with at least a second in between. All sources share one, so that two of the
// same host wait for each other.
type Fetcher struct {
	client   *http.Client // follows redirects
	straight *http.Client // does not
	agent    string
	now      func() time.Time
	pause    func(ctx context.Context, d time.Duration) error

	mu    sync.Mutex
	hosts map[string]*host // by scheme, name and port
}

// NewFetcher returns a Fetcher that connects by client, which comes from
// [NewClient]. The contact is an address, of a page or of mail, under which
// those who run a site find whoever runs this program; it may be empty. To
// wait, Fetcher calls pause, which is [Pause] but in tests.
func NewFetcher(client *http.Client, contact string, now func() time.Time, pause func(context.Context, time.Duration) error) *Fetcher {
	agent := product
	if contact != "" {
		agent += " (+" + fold(contact) + ")"
	}
	straight := *client
	straight.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Fetcher{client: client, straight: &straight, agent: agent, now: now, pause: pause, hosts: map[string]*host{}}
}

// Pause waits for d, or until ctx is done, which is an error.
func Pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// A Query is one document that is asked for.
type Query struct {
	Address      string // may hold a user and a password
	Accept       string // kinds of documents that are wanted, as HTTP has them; empty for any
	ETag         string // of the document that is known; empty if none is
	LastModified string // likewise
	Limit        int64  // bytes of the largest document that is read, unpacked; a longer one is an error
}

// An Answer is a document, or the word that the one that is known still holds.
type Answer struct {
	Unchanged    bool // whether there is no Body, as nothing has changed
	Body         []byte
	Kind         string    // Content-Type
	Address      *url.URL  // where it was found in the end
	Moved        bool      // whether the whole way there is meant to stay (301, 308)
	ETag         string    // for the next Query
	LastModified string    // likewise
	Until        time.Time // when asking again is worth it; zero if the site does not say
}

// A RefusedError is an answer that is not the document.
type RefusedError struct {
	Status int       // of HTTP
	Until  time.Time // when the site may be asked again; zero if it does not say
}

// Error returns the status and its meaning.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))
}

// Get asks for a document. It waits its turn at the host, follows at most 5
// redirects, each by the rules of the host that it leads to, and returns a
// document whole or not at all.
//
// The error wraps ErrRobots if robots.txt forbids it, is a [*WaitError] if the
// host has asked to be left alone, and a [*RefusedError] if it answered with
// any other status than 200 and 304. No error tells the address.
func (f *Fetcher) Get(ctx context.Context, q Query) (*Answer, error) {
	at, err := url.Parse(q.Address)
	if err != nil || !onWeb(at) {
		return nil, errors.New("this is not an address that begins with http:// or https://")
	}
	forGood := true
	for hops := range maxRedirects + 1 {
		a, err := f.ask(ctx, at, q)
		to, ok := errors.AsType[*redirect](err)
		if !ok {
			if a != nil {
				a.Address, a.Moved = at, forGood && hops > 0
			}
			return a, err
		}
		at, forGood = to.address, forGood && to.forGood
	}
	return nil, fmt.Errorf("more than %d redirects", maxRedirects)
}

func onWeb(u *url.URL) bool { return u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") }

// A redirect is the answer that the document is elsewhere.
type redirect struct {
	address *url.URL
	forGood bool
}

// Error says no more than that; nobody sees it.
func (*redirect) Error() string { return "redirected" }

// ask makes one request in its turn.
func (f *Fetcher) ask(ctx context.Context, at *url.URL, q Query) (*Answer, error) {
	h := f.host(at)
	if err := h.enter(ctx); err != nil {
		return nil, err
	}
	defer h.leave()
	if err := f.permitted(ctx, h, at); err != nil {
		return nil, err
	}
	if err := f.space(ctx, h); err != nil {
		return nil, err
	}
	resp, err := f.send(ctx, f.straight, at.String(), q)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return f.judge(h, at, resp, q.Limit)
}

// send makes a request of the program's own kind.
func (f *Fetcher) send(ctx context.Context, client *http.Client, address string, q Query) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, bare(err)
	}
	for key, value := range map[string]string{
		"User-Agent": f.agent, "Accept": q.Accept, "If-None-Match": q.ETag, "If-Modified-Since": q.LastModified,
	} {
		if value != "" {
			req.Header.Set(key, value)
		}
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, bare(err)
	}
	return resp, nil
}

// bare takes the address off an error of net/http, as it may hold keys.
func bare(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// judge makes an Answer of what came, or the error that it stands for.
func (f *Fetcher) judge(h *host, at *url.URL, resp *http.Response, limit int64) (*Answer, error) {
	a := &Answer{Until: f.until(resp), ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified")}
	switch resp.StatusCode {
	case http.StatusOK:
		if err := a.read(resp, limit); err != nil {
			return nil, err
		}
		return a, nil
	case http.StatusNotModified:
		a.Unchanged = true
		return a, nil
	case http.StatusMovedPermanently, http.StatusPermanentRedirect:
		return nil, follow(at, resp, true)
	case http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
		return nil, follow(at, resp, false)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		h.until = a.Until // the whole host, as it is said of no document alone
	}
	return nil, &RefusedError{resp.StatusCode, a.Until}
}

// follow returns where a redirect leads. A user and password go no further
// than their host.
func follow(at *url.URL, resp *http.Response, forGood bool) error {
	to, err := at.Parse(resp.Header.Get("Location"))
	switch {
	case err != nil || resp.Header.Get("Location") == "":
		return errors.New("redirected to an address that cannot be read")
	case !onWeb(to):
		return errors.New("redirected to an address that is not http or https")
	}
	to.User = nil
	if to.Host == at.Host && (to.Scheme == at.Scheme || to.Scheme == "https") {
		to.User = at.User
	}
	return &redirect{to, forGood}
}

// read takes the body of an answer, whole or not at all.
func (a *Answer) read(resp *http.Response, limit int64) error {
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return fmt.Errorf("the answer broke off after %d bytes: %w", len(body), err)
	case int64(len(body)) > limit:
		return fmt.Errorf("it has more than %d bytes, which is more than is read", limit)
	}
	a.Body, a.Kind = body, resp.Header.Get("Content-Type")
	return nil
}

// until returns when asking again is worth it.
func (f *Fetcher) until(resp *http.Response) time.Time {
	now := f.now()
	wait := lifetime(resp.Header, now)
	if resp.StatusCode >= 400 {
		wait = retryAfter(resp.Header, now)
	}
	if wait <= 0 {
		return time.Time{}
	}
	return now.Add(min(wait, maxDelay)).UTC()
}

// shown returns what of an address may be shown: neither its user and
// password nor its query, in which keys are passed.
func shown(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// shownAddress is shown for an address that may be none.
func shownAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be read"
	}
	return shown(u)
}
