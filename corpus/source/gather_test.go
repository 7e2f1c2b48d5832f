package source

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestGather(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		changes, pokes := make(chan struct{}), make(chan struct{}, 1)
		go gather(changes, pokes)
		poke := func() time.Duration { start := time.Now(); <-pokes; return time.Since(start) }

		changes <- struct{}{}
		if got := poke(); got != quiet {
			t.Errorf("one change poked after %v, want %v", got, quiet)
		}
		go func() {
			for range 20 { // which never leave a quiet second
				changes <- struct{}{}
				time.Sleep(300 * time.Millisecond)
			}
		}()
		if got := poke(); got != maxWait {
			t.Errorf("changes without end poked after %v, want %v", got, maxWait)
		}
		time.Sleep(time.Minute)
		poke() // for the changes since then
		changes <- struct{}{}
		time.Sleep(time.Minute)
		poke() // those that nobody received are one
		select {
		case <-pokes:
			t.Error("a poke was kept twice")
		default:
		}
		close(changes)
		if _, open := <-pokes; open {
			t.Error("a poke at the end")
		}
	})
}
