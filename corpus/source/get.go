package source

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxDelay is the longest time that a site may have us wait; many say a year
// by mistake.
const maxDelay = 24 * time.Hour

// accepted is what a server is asked for if it has a choice.
const accepted = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

// refusal adds to the word of a site that it does not give a document, such as
// a feed, what to do about it.
func refusal(noun string, err error) error {
	what, ok := errors.AsType[*RefusedError](err)
	if !ok {
		return err
	}
	switch code := what.Status; {
	case code == http.StatusNotFound, code == http.StatusGone:
		return fmt.Errorf("%w: the %s is not there any more: look for its new address on the site, or remove the source", err, noun)
	case code == http.StatusTooManyRequests:
		return fmt.Errorf("%w: the site wants to be asked less often: it is left alone as long as it says; if this goes on, fetch less often", err)
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return fmt.Errorf("%w: the site does not let the program read this: ask its owners, or remove the source", err)
	case code >= 500:
		return fmt.Errorf("%w: the site has a fault: it is asked again, at first in the next round and then ever less often", err)
	}
	return fmt.Errorf("%w: this is not the answer of a %s: open its address in a browser and correct it", err, noun)
}

// lifetime returns how long an answer stays good, by the headers Cache-Control
// or else Expires.
func lifetime(h http.Header, now time.Time) time.Duration {
	if left, ok := maxAge(h); ok {
		return left
	}
	date, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	if sent, err := http.ParseTime(h.Get("Date")); err == nil {
		return date.Sub(sent) // by the site's own clock, which may be wrong
	}
	return date.Sub(now)
}

// retryAfter reads the header Retry-After, a number of seconds or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if wait, ok := seconds(value); ok {
		return wait
	}
	if date, err := http.ParseTime(value); err == nil {
		return date.Sub(now)
	}
	return 0
}

// maxAge returns how long an answer stays good by the header Cache-Control,
// less the time that it has spent in caches, and whether that says anything.
func maxAge(h http.Header) (left time.Duration, says bool) {
	for part := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		key, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), "=")
		switch key {
		case "no-cache", "no-store":
			return 0, true
		case "max-age":
			left, says = seconds(strings.Trim(value, `"`))
		}
	}
	age, _ := seconds(h.Get("Age"))
	return left - age, says
}

// seconds reads a whole number of seconds. One beyond maxDelay is maxDelay.
func seconds(value string) (time.Duration, bool) {
	n, err := strconv.ParseUint(value, 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, false
	}
	return time.Duration(min(n, uint64(maxDelay/time.Second))) * time.Second, true
}

// readStart returns the first n bytes of r at most.
func readStart(r io.Reader, n int64) ([]byte, error) { return io.ReadAll(io.LimitReader(r, n)) }
