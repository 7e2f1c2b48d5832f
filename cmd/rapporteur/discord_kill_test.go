package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A kiosk is a rapporteur that posts to three kinds of channels on Discord, as
// a process of its own.
type kiosk struct {
	*town
	channels []string // text, announcement, forum
	running  atomic.Pointer[os.Process]
}

func newKiosk(t testing.TB) *kiosk {
	t.Helper()
	k := &kiosk{town: newTown(t, time.Millisecond)}
	k.discord.Limit(0, 0)
	forum, _ := k.discord.NewForum(false, "Energy")
	k.channels = []string{k.discord.Channel, k.discord.NewAnnouncement(), forum}
	return k
}

// begin starts rapporteur on Discord alone.
func (k *kiosk) begin(env ...string) {
	k.t.Helper()
	k.process = exec.Command(k.binary, "serve")
	k.process.Dir = k.dir
	k.process.Env = append(append(os.Environ(), childEnv+"=1", tripEnv+"=0", "DISCORD_API_URL="+k.discord.URL(), "DISCORD_TOKEN="+k.discord.Token,
		"RAPPORTEUR_SAMPLE=false", "RAPPORTEUR_LISTEN=", "RAPPORTEUR_POST_INTERVAL="+k.interval.String()), env...)
	k.process.Stderr = k.log
	if err := k.process.Start(); err != nil {
		k.t.Fatal(err)
	}
	k.running.Store(k.process.Process)
	k.ended = make(chan error, 1)
	process, ended := k.process, k.ended
	go func() { ended <- process.Wait() }()
}

// subscribe has all three channels follow everything.
func (k *kiosk) subscribe() {
	k.t.Helper()
	admin := k.discord.NewAdmin()
	for _, channel := range k.channels {
		k.until("the channel follows all", func() bool {
			a := k.discord.Slash("subscribe", map[string]any{"channel": channel}, k.discord.Channel, admin)
			return a.Err == nil && strings.Contains(a.Shown, "follows all sources")
		})
	}
}

// tallies returns how often each publication stands in each channel.
func (k *kiosk) tallies() map[string]tally {
	all := map[string]tally{}
	for i, channel := range k.channels {
		for _, place := range append(k.discord.Threads(channel), channel) {
			for _, text := range k.discord.Shown(place) {
				if found := about.FindStringSubmatch(text); found != nil {
					n := all[found[1]]
					n[i]++
					all[found[1]] = n
				}
			}
		}
	}
	return all
}

// delivered reports whether every delivery is done, and how many are.
func (k *kiosk) delivered(want int) bool {
	n, err := k.store.Stats(context.Background())
	if err != nil {
		k.t.Fatal(err)
	}
	return n.Done == want && n.Due+n.Held+n.Dropped == 0
}

// TestKilledAHundredTimes kills four processes, while people ask and
// publications wait, a hundred times in all at random moments at which Discord
// has a post in hand: before it keeps it, once it does, and a little later. Each
// publication stands once in a text channel, an announcement channel and a
// forum.
func TestKilledAHundredTimes(t *testing.T) {
	t.Parallel()
	lives := 25
	if raced || testing.Short() {
		lives = 5 // each takes seconds with the race detector
	}
	for n := range 4 {
		t.Run(fmt.Sprint("process ", n+1), func(t *testing.T) {
			t.Parallel()
			k := newKiosk(t)
			k.begin()
			k.subscribe()
			k.kill()
			k.live(lives)
		})
	}
}

// live is killed so many times, and then sees what stands in the channels.
func (k *kiosk) live(lives int) {
	asking, stop := context.WithCancel(k.t.Context())
	defer stop()
	go k.people(asking)
	published, moments := 0, map[string]int{}
	for life := range lives {
		for range 2 {
			published++
			k.drop(fmt.Sprintf("paper%d", published))
		}
		moments[k.doom()]++
		k.begin()
		k.until(fmt.Sprintf("the process is killed for the %d. time", life+1), func() bool { return false })
		<-k.ended
	}
	k.discord.SetHooks(nil, nil)
	k.begin()
	k.until("all is delivered", func() bool { return k.delivered(3 * published) })
	k.stop()
	once := k.tallies()
	for n := range published {
		if id := fmt.Sprintf("paper%d", n+1); once[id] != (tally{1, 1, 1}) {
			k.t.Errorf("%s: posts in the text channel, the announcement channel and the forum: %v, want one in each", id, once[id])
		}
	}
	k.t.Logf("%d kills: %v; %d publications, each once in three channels", lives, moments, published)
}

// doom has the process killed at a random moment of one of its next posts, and
// returns which part of it that is.
func (k *kiosk) doom() (moment string) {
	var left atomic.Int32
	left.Store(1 + rand.Int32N(5))
	later := rand.N(3 * time.Millisecond)
	kill := func() {
		if left.Add(-1) == 0 {
			time.Sleep(later) // the moment is what is random
			k.running.Load().Kill()
		}
	}
	if rand.IntN(2) == 0 {
		k.discord.SetHooks(kill, nil)
		return "before Discord kept the post"
	}
	k.discord.SetHooks(nil, kill)
	return "after Discord kept the post"
}

// people ask all the time, whether or not anybody answers.
func (k *kiosk) people(ctx context.Context) {
	asker := k.discord.NewUser()
	for ctx.Err() == nil {
		k.discord.Begin("ask", map[string]any{"question": "what did the minister of paper1 open?"}, k.discord.Channel, asker)
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}
