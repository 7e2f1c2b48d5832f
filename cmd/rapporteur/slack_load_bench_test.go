package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/bot/bottest"
	"rapporteur/corpus"
)

// BenchmarkSlackLoad has 200 people a second type a command, for ten seconds,
// while the index of 120,000 passages is made anew. It reports how long the
// acknowledgements and the answers take; an acknowledgement later than a second
// for one in a hundred is an error.
func BenchmarkSlackLoad(b *testing.B) {
	const perSecond, seconds = 200, 10
	w := newTown(b, time.Millisecond)
	stock(b, filepath.Join(w.dir, "data", "corpus.db"), 3000, 40)
	for b.Loop() {
		if err := os.RemoveAll(filepath.Join(w.dir, "data", "index")); err != nil {
			b.Fatal(err)
		}
		w.restart()
		var mu sync.Mutex
		var acks, answers []time.Duration
		unanswered := 0
		var work sync.WaitGroup
		tick := time.NewTicker(time.Second / perSecond)
		for i := range perSecond * seconds {
			<-tick.C
			work.Go(func() {
				acked, answered, ok := w.timed(fmt.Sprintf("what did the minister of n%d open?", i), fmt.Sprintf("U%d", i))
				mu.Lock()
				defer mu.Unlock()
				acks, answers = append(acks, acked), append(answers, answered)
				if !ok {
					unanswered++
				}
			})
		}
		tick.Stop()
		if strings.Contains(w.log.String(), "are indexed") {
			b.Error("the index was made before the last command was typed")
		}
		work.Wait()
		w.until("the index is made", func() bool { return strings.Contains(w.log.String(), "are indexed") })
		w.stop()
		report(b, "ack", acks)
		report(b, "answer", answers)
		if p := percentile(acks, 99); p > time.Second || unanswered > 0 {
			b.Errorf("of the acknowledgements, 1 %% took longer than %v; %d commands were not answered", p, unanswered)
		}
	}
}

// timed has user ask a question, and returns how long it took until that was
// acknowledged and answered, and whether it was both.
func (w *town) timed(question, user string) (acked, answered time.Duration, ok bool) {
	began := time.Now()
	a := w.slack.Slash("/ask", question, bottest.SlackGeneral, user)
	select {
	case <-a.Acked:
		ok = true
	case <-a.Late:
	}
	acked = time.Since(began)
	select {
	case <-a.Answers:
	case <-time.After(patience):
		ok = false
	}
	return acked, time.Since(began), ok
}

// A stack is a source of publications about ministers, of so many paragraphs of
// words that are distributed as in prose.
type stack struct{ publications, paragraphs int }

func (stack) Name() string { return "stack" }

func (s stack) Fetch(context.Context, []byte) (docs []*corpus.Doc, _ []byte, _ error) {
	words := rand.NewZipf(rand.New(rand.NewPCG(1, 2)), 1.1, 10, 30_000)
	for i := range s.publications {
		text := fmt.Sprintf("The minister of n%d opened a plant.", i)
		for range s.paragraphs - 1 {
			text += "\n\n"
			for range 60 {
				text += fmt.Sprintf("word%d ", words.Uint64())
			}
			text += "end."
		}
		docs = append(docs, &corpus.Doc{ID: fmt.Sprintf("n%d", i), Title: fmt.Sprintf("On n%d", i), Text: text})
	}
	return docs, nil, nil
}

// stock puts publications into a corpus that nothing uses yet.
func stock(t testing.TB, path string, publications, paragraphs int) {
	t.Helper()
	store, err := corpus.OpenStore(t.Context(), path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Take(t.Context(), stack{publications, paragraphs}); err != nil {
		t.Fatal(err)
	}
}

func percentile(all []time.Duration, p int) time.Duration {
	slices.Sort(all)
	return all[min(len(all)-1, len(all)*p/100)]
}

func report(b *testing.B, name string, all []time.Duration) {
	b.ReportMetric(float64(percentile(all, 50).Microseconds())/1000, name+"-p50-ms")
	b.ReportMetric(float64(percentile(all, 99).Microseconds())/1000, name+"-p99-ms")
}
