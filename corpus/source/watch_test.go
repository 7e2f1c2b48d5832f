package source_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"rapporteur/corpus/source"
)

// poked waits for a value of pokes.
func poked(t *testing.T, pokes <-chan struct{}, why string) {
	t.Helper()
	select {
	case _, open := <-pokes:
		if !open {
			t.Fatalf("%s: the channel was closed", why)
		}
	case <-time.After(8 * time.Second):
		t.Fatalf("%s: was not noticed", why)
	}
}

func TestWatch(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.save("sub/a.txt", "Alpha.")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	pokes, err := d.src.Watch(ctx)
	if err != nil {
		t.Skip(err)
	}
	for n := range 100 { // all of this is one poke
		d.save("sub/a.txt", strings.Repeat("Alpha. ", n+1))
	}
	poked(t, pokes, "a changed file")
	select {
	case <-pokes:
		t.Error("one burst of changes poked twice")
	case <-time.After(1500 * time.Millisecond):
	}
	d.save("new/er/b.txt", "Beta.")
	poked(t, pokes, "a new subfolder")
	d.save("new/er/b.txt", "Beta, changed.")
	poked(t, pokes, "a file in a new subfolder")
	d.save(".hidden.txt", "Hidden.")
	d.save("new/er/b.txt~", "Beta.")
	select {
	case <-pokes:
		t.Error("files that are left alone poked")
	case <-time.After(1500 * time.Millisecond):
	}
	d.remove("new")
	poked(t, pokes, "a removed subfolder")
	cancel()
	select {
	case _, open := <-pokes:
		if open {
			t.Error("a poke after the end")
		}
	case <-time.After(5 * time.Second):
		t.Error("the channel was not closed")
	}
}

func TestWatchMissingFolder(t *testing.T) {
	src := source.NewFolder("desk", t.TempDir()+"/none", source.Rules{}, source.Readers{}, time.Now)
	_, err := src.Watch(t.Context())
	if err == nil || !strings.Contains(err.Error(), "periodic") {
		t.Errorf("error %v does not say what goes on", err)
	}
}
