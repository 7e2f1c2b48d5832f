package main

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"rapporteur/bot/bottest"
)

// BenchmarkSlackLoad has 200 people a second type a command, for ten seconds,
// while a thousand publications arrive and are indexed. It reports how long the
// acknowledgements and the answers take; an acknowledgement later than a second
// for one in a hundred is an error.
func BenchmarkSlackLoad(b *testing.B) {
	const perSecond, seconds = 200, 10
	for b.Loop() {
		w := newTown(b, time.Millisecond)
		w.restart()
		for i := range 1000 {
			w.drop(fmt.Sprintf("n%d", i))
		}
		var mu sync.Mutex
		var acks, answers []time.Duration
		var work sync.WaitGroup
		tick := time.NewTicker(time.Second / perSecond)
		for i := range perSecond * seconds {
			<-tick.C
			work.Go(func() {
				began := time.Now()
				a := w.slack.Slash("/ask", fmt.Sprintf("what did the minister of n%d open?", i%1000), bottest.SlackGeneral, fmt.Sprintf("U%d", i))
				select {
				case <-a.Acked:
				case <-a.Late:
				}
				acked := time.Since(began)
				select {
				case <-a.Answers:
				case <-time.After(patience):
				}
				mu.Lock()
				defer mu.Unlock()
				acks, answers = append(acks, acked), append(answers, time.Since(began))
			})
		}
		tick.Stop()
		work.Wait()
		w.stop()
		report(b, "ack", acks)
		report(b, "answer", answers)
		if p := percentile(acks, 99); p > time.Second {
			b.Errorf("of the acknowledgements, 1 %% took longer than %v", p)
		}
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
