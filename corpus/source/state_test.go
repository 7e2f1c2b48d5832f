package source

import (
	"bytes"
	"testing"
	"time"
)

// stateTime is when the fuzzed states are looked at.
var stateTime = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// A state that was damaged is none, or one that can be gone on from and kept.
func FuzzCrawlState(f *testing.F) {
	f.Add([]byte(`{"read":true,"entries":[{"id":"https://www.harbour.example/cranes","here":true,"taken":true,"read":"2026-05-01T00:00:00Z"},null,{"id":""}]}`))
	f.Add([]byte(`{"entries":[{"id":"a","date":"9999-12-31T23:59:59-23:00"}],"maps":null,"next":"://"}`))
	f.Add([]byte("not a state"))
	f.Fuzz(func(t *testing.T, data []byte) {
		const address = "https://www.harbour.example/reports"
		s := loadCrawl(data, address, Rules{})
		links := []link{{address: "https://www.harbour.example/cranes", mark: "1"}, {address: "https://www.harbour.example/tides", date: stateTime}}
		s.merge(links, true, Rules{}, stateTime)
		for _, e := range s.due(stateTime) {
			_, _ = e.miss(stateTime), e.fail(ErrRobots, stateTime)
			e.settle("hash", 3, stateTime)
		}
		kept := save(s)
		if again := save(loadCrawl(kept, address, Rules{})); !bytes.Equal(kept, again) {
			t.Errorf("kept\n%s\nand read\n%s", kept, again)
		}
	})
}

func FuzzFeedState(f *testing.F) {
	f.Add([]byte(`{"read":true,"seen":[{"id":"a","guid":"a","here":true,"published":"2026-05-01T00:00:00Z"},{"id":"b","authors":null}],"shared":["x"]}`))
	f.Add([]byte(`{"seen":[null,{}],"shared":null}`))
	f.Add([]byte("not a state"))
	f.Fuzz(func(t *testing.T, data []byte) {
		const address = "https://www.harbour.example/feed"
		s := loadFeed(data, address, Rules{}, stateTime)
		_, _ = s.entry("a"), s.health()
		s.share([]string{"b", "c"})
		s.remember([]seenItem{*s.entry("a"), {ID: "new", First: stateTime}})
		kept := s.save()
		if again := loadFeed(kept, address, Rules{}, stateTime).save(); !bytes.Equal(kept, again) {
			t.Errorf("kept\n%s\nand read\n%s", kept, again)
		}
	})
}
