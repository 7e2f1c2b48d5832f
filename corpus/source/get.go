package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxDelay is the longest time that a site may have us wait; many say a year
// by mistake.
const maxDelay = 24 * time.Hour

// accepted is what a server is asked for if it has a choice.
const accepted = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

// A page is what a server answered.
type page struct {
	body []byte
	kind string   // Content-Type
	base *url.URL // where it was found in the end
}

// get asks for the feed, if it is another one than st knows.
func (f *Feed) get(ctx context.Context, st feedState) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.address, nil)
	if err != nil {
		return nil, bare(err)
	}
	req.Header.Set("User-Agent", "Rapporteur")
	req.Header.Set("Accept", accepted)
	if st.ETag != "" {
		req.Header.Set("If-None-Match", st.ETag)
	}
	if st.LastModified != "" {
		req.Header.Set("If-Modified-Since", st.LastModified)
	}
	resp, err := f.client.Do(req)
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

// read returns the body of an answer, whole or not at all.
func read(resp *http.Response) (*page, error) {
	body, err := io.ReadAll(io.LimitReader(resp.Body, MaxFeed+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the answer broke off after %d bytes: %w", len(body), err)
	case len(body) > MaxFeed:
		return nil, fmt.Errorf("the feed has more than %d bytes: ask the site for one that has the newest items only", MaxFeed)
	}
	return &page{body, resp.Header.Get("Content-Type"), resp.Request.URL}, nil
}

// refusal says what to do about an answer that is neither a feed nor the word
// that nothing has changed.
func refusal(resp *http.Response) error {
	code := resp.StatusCode
	what := fmt.Sprintf("%d %s", code, http.StatusText(code))
	switch {
	case code == http.StatusNotFound, code == http.StatusGone:
		return fmt.Errorf("%s: the feed is not there any more: look for its new address on the site, or remove the source", what)
	case code == http.StatusTooManyRequests:
		return fmt.Errorf("%s: the site wants to be asked less often: it is left alone as long as it says; if this goes on, fetch less often", what)
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return fmt.Errorf("%s: the site does not let the program read this: ask its owners, or remove the source", what)
	case code >= 500:
		return fmt.Errorf("%s: the site has a fault: it is asked again in the next round", what)
	}
	return fmt.Errorf("%s: this is not the answer of a feed: open its address in a browser and correct it", what)
}

// notBefore returns when the site may be asked again, the zero time if it does
// not say.
func notBefore(resp *http.Response, now time.Time) time.Time {
	wait := maxAge(resp.Header)
	if resp.StatusCode >= 400 {
		wait = retryAfter(resp.Header, now)
	}
	if wait <= 0 {
		return time.Time{}
	}
	return now.Add(min(wait, maxDelay)).UTC()
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
// less the time that it has spent in caches.
func maxAge(h http.Header) (left time.Duration) {
	for part := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		key, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), "=")
		switch key {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			left, _ = seconds(strings.Trim(value, `"`))
		}
	}
	age, _ := seconds(h.Get("Age"))
	return left - age
}

// seconds reads a whole number of seconds. One beyond maxDelay is maxDelay.
func seconds(value string) (time.Duration, bool) {
	n, err := strconv.ParseUint(value, 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, false
	}
	return time.Duration(min(n, uint64(maxDelay/time.Second))) * time.Second, true
}
