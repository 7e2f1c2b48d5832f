package source

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

const (
	requestTime  = 30 * time.Second // for a whole request with its redirects and its body
	connectTime  = 10 * time.Second // to connect to one address
	maxRedirects = 5                // more of them lead nowhere
	maxHeaders   = 1 << 20          // bytes of a response's headers
)

// NewClient returns the HTTP client that feeds are fetched with. It gives up
// after 30 seconds, follows at most 5 redirects, and only to http and https.
//
// Unless intranet is set it connects to no private, local or otherwise special
// address, wherever a name or a redirect leads, so that nobody can have it read
// what only the machine itself may see. As the address that it connects to is
// the one that is judged, it then uses no proxy either.
func NewClient(intranet bool) *http.Client {
	if intranet {
		return newClient(nil)
	}
	return newClient(ssrf.New(ssrf.WithAnyPort()))
}

// newClient returns a client that connects to what guard permits, or anywhere
// if there is none.
func newClient(guard *ssrf.Guardian) *http.Client {
	dialer := &net.Dialer{Timeout: connectTime}
	transport := &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    connectTime,
		IdleConnTimeout:        requestTime,
		MaxResponseHeaderBytes: maxHeaders,
	}
	if guard == nil {
		transport.Proxy = http.ProxyFromEnvironment
	} else {
		dialer.Control = guarded(guard)
	}
	return &http.Client{Transport: transport, Timeout: requestTime, CheckRedirect: checkRedirect}
}

// guarded returns what a dialer asks before it connects to an address.
func guarded(guard *ssrf.Guardian) func(network, address string, c syscall.RawConn) error {
	return func(network, address string, c syscall.RawConn) error {
		if err := guard.Safe(network, address, c); err != nil {
			return fmt.Errorf("this is a private address, and is read only if the source is given intranet: true in the configuration: %w", err)
		}
		return nil
	}
}

func checkRedirect(req *http.Request, via []*http.Request) error {
	switch {
	case len(via) > maxRedirects:
		return fmt.Errorf("more than %d redirects", maxRedirects)
	case req.URL.Scheme != "http" && req.URL.Scheme != "https":
		return errors.New("redirected to an address that is not http or https")
	}
	return nil
}
