package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// A troubled part knows what keeps it from its work for the time being.
type troubled interface {
	// Trouble returns what is wrong, or the empty string.
	Trouble() string
}

// A health is what the program says of itself: what keeps it from being ready,
// by part.
type health struct {
	mu      sync.Mutex
	lacks   map[string]string
	watched map[string]troubled
}

func newHealth() *health {
	return &health{lacks: map[string]string{"index": "the first round is not over yet"}, watched: map[string]troubled{}}
}

// watch has a part asked for its trouble whenever somebody wants to know.
func (h *health) watch(part string, t troubled) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watched[part] = t
}

// set says what is wrong with a part, or that it is well if why is empty.
func (h *health) set(part, why string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if delete(h.lacks, part); why != "" {
		h.lacks[part] = why
	}
}

// ServeHTTP answers 200 if nothing is lacking, and 503 with a line for each
// part that is not well.
func (h *health) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	lacks := h.all()
	if len(lacks) == 0 {
		fmt.Fprintln(w, "ready")
		return
	}
	w.WriteHeader(http.StatusServiceUnavailable)
	for _, part := range slices.Sorted(maps.Keys(lacks)) {
		fmt.Fprintf(w, "%s: %s\n", part, lacks[part])
	}
}

// all returns what is lacking, by part. What was said last of a part goes
// before its trouble.
func (h *health) all() map[string]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := map[string]string{}
	for part, t := range h.watched {
		if why := t.Trouble(); why != "" {
			all[part] = why
		}
	}
	maps.Copy(all, h.lacks)
	return all
}

// ServeHTTP answers with the metrics.
func (m *meter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
}

// serveHTTP serves /healthz and routes at address until ctx is done.
// It returns once the address is taken; stopped is closed when nothing is
// served any more.
func serveHTTP(ctx context.Context, address string, routes map[string]http.Handler, log *slog.Logger) (stopped <-chan struct{}, err error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("serve /readyz: %w: free that address, or set listen in config.yaml to another one", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "alive\n") })
	for pattern, h := range routes {
		mux.Handle(pattern, h)
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("serve http", "err", err)
		}
	}()
	context.AfterFunc(ctx, func() { server.Close() })
	return done, nil
}
