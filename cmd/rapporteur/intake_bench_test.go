package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/corpus"
	"rapporteur/corpus/source"
)

// BenchmarkIntake takes a folder of web pages into the corpus, of some 1,200
// words and 60 kB each. The memory at most should not grow with the folder.
func BenchmarkIntake(b *testing.B) {
	for _, pages := range []int{500, 2000} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			dir := b.TempDir()
			bytes := writePages(b, dir, pages)
			b.SetBytes(bytes)
			for b.Loop() {
				peak := watchHeap()
				if n := intake(b, dir); n != pages {
					b.Fatalf("%d publications of %d pages", n, pages)
				}
				b.ReportMetric(float64(peak())/(1<<20), "MB-heap-at-most")
			}
			b.ReportMetric(float64(pages)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}

// intake takes all files of a folder into a new corpus.
func intake(b *testing.B, dir string) (taken int) {
	store, err := corpus.OpenStore(b.Context(), filepath.Join(b.TempDir(), "corpus.db"), time.Now)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	folder := source.NewFolder("folder", dir, source.Rules{}, readersOf(nil, time.Now), time.Now)
	p := &place{Source: folder}
	for more := true; more; more = folder.Pending() {
		n, err := store.Take(b.Context(), p)
		if err != nil {
			b.Fatal(err)
		}
		taken += n
	}
	return taken
}

// watchHeap looks at the heap until it is asked for the largest size that was
// seen, in bytes.
func watchHeap() (peak func() uint64) {
	var most atomic.Uint64
	done, ended := make(chan struct{}), make(chan struct{})
	runtime.GC()
	go func() {
		defer close(ended)
		ticks := time.NewTicker(20 * time.Millisecond)
		defer ticks.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapAlloc))
			select {
			case <-ticks.C:
			case <-done:
				return
			}
		}
	}()
	return func() uint64 {
		close(done)
		<-ended
		return most.Load()
	}
}

// writePages writes so many different pages, and returns how long they are.
func writePages(b *testing.B, dir string, pages int) (bytes int64) {
	x := paper{author: "Ada Moreau", takeaways: []string{"The towns pay for it.", "Nobody has asked the towns."}}
	menu := strings.Repeat(`<li class="menu-item"><a href="/topics/energy/reports">An entry of a menu that nobody reads</a></li>`, 400)
	for n := range pages {
		x.path, x.title, x.paras = fmt.Sprintf("/%d", n), fmt.Sprintf("On the towns of district %d", n), nil
		for i := range 40 {
			x.paras = append(x.paras, fmt.Sprintf("The council of town %d of district %d met in the year %d, and decided by %d votes to mend the bridge over the river, which had been closed since the flood.", i, n, 1700+n%300, i+n))
		}
		page := strings.Replace(x.html("https://www.example.org"), "<nav>", "<nav><ul>"+menu+"</ul>", 1)
		bytes += int64(len(page))
		file := filepath.Join(dir, fmt.Sprintf("%05d.html", n))
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			b.Fatal(err)
		}
		if err := os.Chtimes(file, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
			b.Fatal(err)
		}
	}
	return bytes
}
