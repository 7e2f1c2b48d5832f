package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// patience is how long a test waits for what should happen at once.
const patience = 2 * time.Minute

// A town is both chat networks, and a rapporteur that serves them as a process
// of its own, which may be killed at any time.
type town struct {
	t        testing.TB
	dir      string
	binary   string // the program to run: this test itself, unless it was built
	slack    *bottest.Slack
	discord  *bottest.Discord
	interval time.Duration // between two posts in one channel
	log      *bottest.Log
	store    *bot.Store // what the process has written down
	process  *exec.Cmd
	ended    chan error
}

func newTown(t testing.TB, interval time.Duration) *town {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w := &town{t: t, dir: t.TempDir(), binary: self, slack: bottest.NewSlack(t), discord: bottest.NewDiscord(t), interval: interval, log: &bottest.Log{}}
	w.slack.AddChannel(hall)
	w.slack.AddChannel(loft)
	w.slack.SetInterval(interval)
	w.discord.Limit(5, 5*interval)
	store, err := bot.OpenStore(t.Context(), filepath.Join(w.dir, "data", "bot.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	w.store = store
	t.Cleanup(func() {
		w.kill()
		for _, secret := range append(w.discord.Secrets(), w.slack.BotToken, w.slack.AppToken, w.discord.Token) {
			if strings.Contains(w.log.String(), secret) {
				t.Error("a token is in the log")
			}
		}
		if t.Failed() {
			t.Logf("the end of the log:\n%s", tail(w.log.String(), 4000))
		}
	})
	return w
}

// The channels that are there on Slack.
const (
	hall = "C0000HALL"
	loft = "C0000LOFT"
)

func tail(text string, n int) string { return text[max(0, len(text)-n):] }

// start begins rapporteur; it kills itself after so many steps of announcing
// and delivering, or never if that is 0.
func (w *town) start(steps int) {
	w.t.Helper()
	w.process = exec.Command(w.binary, "serve")
	w.process.Dir = w.dir
	w.process.Env = append(os.Environ(), childEnv+"=1", fmt.Sprintf("%s=%d", tripEnv, steps),
		"SLACK_API_URL="+w.slack.URL(), "SLACK_BOT_TOKEN="+w.slack.BotToken, "SLACK_APP_TOKEN="+w.slack.AppToken,
		"DISCORD_API_URL="+w.discord.URL(), "DISCORD_TOKEN="+w.discord.Token,
		"RAPPORTEUR_SAMPLE=false", "RAPPORTEUR_LISTEN=", "RAPPORTEUR_LOG=debug", "RAPPORTEUR_POST_INTERVAL="+w.interval.String())
	w.process.Stderr = w.log
	if err := w.process.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.ended = make(chan error, 1)
	process, ended := w.process, w.ended
	go func() { ended <- process.Wait() }()
}

// restart begins rapporteur and waits until it has come to Slack.
func (w *town) restart() {
	w.t.Helper()
	before := w.slack.Opened()
	w.start(0)
	w.slack.Reconnected(w.t, before, patience)
}

// kill ends the process as a loss of power would.
func (w *town) kill() {
	if w.process == nil {
		return
	}
	w.process.Process.Kill()
	<-w.ended
	w.process = nil
}

// stop ends the process as Ctrl-C would, which must go well.
func (w *town) stop() {
	w.t.Helper()
	if err := w.interrupt(); err != nil {
		w.t.Errorf("after Ctrl-C: %v", err)
	}
}

// interrupt ends the process, holds it to the five seconds that this may take,
// and returns how it ended.
func (w *town) interrupt() error {
	w.t.Helper()
	defer func() { w.process = nil }()
	w.process.Process.Signal(syscall.SIGINT)
	select {
	case err := <-w.ended:
		return err
	case <-time.After(5 * time.Second):
		w.t.Error("it does not end within 5 seconds of Ctrl-C")
		w.process.Process.Kill()
		return <-w.ended
	}
}

// until waits for something to become true, and reports whether it did before
// the process ended.
func (w *town) until(what string, so func() bool) bool {
	w.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if so() {
			return true
		}
		select {
		case err := <-w.ended:
			w.ended <- err
			return so()
		case <-time.After(5 * time.Millisecond): // another process gives no sign
		}
	}
	w.t.Fatalf("after %v, not so: %s", patience, what)
	return false
}

// drop puts a publication into the folder.
func (w *town) drop(id string) {
	w.t.Helper()
	dir := filepath.Join(w.dir, "data", "publications")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		w.t.Fatal(err)
	}
	file := filepath.Join(w.dir, id)
	text := fmt.Sprintf("---\ntitle: On %s\nid: %s\n---\n\n# Key Takeaways\n\n- All about %s.\n\nThe minister of %s opened a plant.\n", id, id, id, id)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
	if err := os.Chtimes(file, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		w.t.Fatal(err)
	}
	if err := os.Rename(file, filepath.Join(dir, id+".md")); err != nil {
		w.t.Fatal(err)
	}
}

// rewrite changes a publication in the folder, as if so long ago.
func (w *town) rewrite(id string, change *strings.Replacer, ago time.Duration) {
	w.t.Helper()
	file := filepath.Join(w.dir, "data", "publications", id+".md")
	src, err := os.ReadFile(file)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(change.Replace(string(src))), 0o644); err != nil {
		w.t.Fatal(err)
	}
	if err := os.Chtimes(file, time.Time{}, time.Now().Add(-ago)); err != nil {
		w.t.Fatal(err)
	}
}

// A tally is how often something was posted in each of the three channels.
type tally [3]int

// posts returns how often each publication was posted, by its id.
func (w *town) posts() map[string]tally {
	all := map[string]tally{}
	for i, shown := range [][]string{w.slack.Shown(hall), w.slack.Shown(loft), w.discord.Shown(w.discord.Channel)} {
		for _, text := range shown {
			if found := about.FindStringSubmatch(text); found != nil {
				n := all[found[1]]
				n[i]++
				all[found[1]] = n
			}
		}
	}
	return all
}

// about finds the id in the takeaway of a publication that drop made.
var about = regexp.MustCompile(`All about (\S+)\.`)

// posted reports whether id was posted at least once in each channel.
func (w *town) posted(id string) bool {
	n := w.posts()[id]
	return min(n[0], n[1], n[2]) >= 1
}

// join starts rapporteur, waits until people can talk to it on both networks,
// and has all three channels follow everything.
func (w *town) join() {
	w.t.Helper()
	w.restart()
	if !w.discord.Ready(1, patience) {
		w.t.Fatal("it does not come to Discord")
	}
	for _, channel := range []string{hall, loft} {
		select {
		case <-w.slack.Slash("/subscribe", "", channel, "U1").Answers:
		case <-time.After(patience):
			w.t.Fatal("/subscribe is not answered")
		}
	}
	w.until("Discord has the commands", func() bool {
		return w.discord.Slash("subscribe", nil, w.discord.Channel, w.discord.NewAdmin()).Err == nil
	})
}

// settled reports whether id was posted in each channel and every delivery is
// done.
func (w *town) settled(id string) bool {
	w.t.Helper()
	n, err := w.store.Stats(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return w.posted(id) && n.Due+n.Held+n.Dropped == 0
}

// TestKilledBetweenAnyTwoSteps kills the process after the first step of
// announcing and delivering a publication, then after the second one of the
// next, and so on until a publication gets through, and starts it again each
// time: every one of them is posted once in each channel.
func TestKilledBetweenAnyTwoSteps(t *testing.T) {
	t.Parallel()
	w := newTown(t, time.Millisecond)
	w.join()
	w.stop()
	killed := true
	for steps := 1; killed; steps++ {
		if steps > 40 {
			t.Fatal("no publication gets through without a kill")
		}
		id := fmt.Sprintf("step%d", steps)
		w.drop(id)
		w.start(steps)
		w.until(id+" is settled, or the process dead", func() bool { return w.settled(id) })
		killed = w.interrupt() != nil
		w.restart()
		w.until(id+" is settled", func() bool { return w.settled(id) })
		w.stop()
		if n := w.posts()[id]; n != (tally{1, 1, 1}) {
			t.Errorf("killed after %d steps: posts in the three channels: %v, want one in each", steps, n)
		}
		t.Logf("killed after %d steps: %t", steps, killed)
	}
}

// TestKilledDuringPost kills the process while a platform has its post in
// hand: before it keeps it, and after.
func TestKilledDuringPost(t *testing.T) {
	t.Parallel()
	w := newTown(t, time.Millisecond)
	w.join()
	for _, c := range []struct {
		id  string
		set func(kill func())
	}{
		{"slack-before", func(kill func()) { w.slack.SetHooks(func() bool { kill(); return false }, nil) }},
		{"slack-after", func(kill func()) { w.slack.SetHooks(nil, kill) }},
		{"discord-before", func(kill func()) { w.discord.SetHooks(kill, nil) }},
		{"discord-after", func(kill func()) { w.discord.SetHooks(nil, kill) }},
	} {
		process := w.process.Process
		c.set(func() { process.Kill() })
		w.drop(c.id)
		w.until("the process is dead", func() bool { return false })
		w.slack.SetHooks(nil, nil)
		w.discord.SetHooks(nil, nil)
		<-w.ended
		w.restart()
		w.until(c.id+" is settled", func() bool { return w.settled(c.id) })
		if n := w.posts()[c.id]; n != (tally{1, 1, 1}) {
			t.Errorf("%s: posts in the three channels: %v, want one in each", c.id, n)
		}
	}
	w.stop()
}

// TestThousandAtOnce drops a thousand publications into the folder: each is
// posted once in each of three channels, no faster than the platforms allow,
// and questions are answered meanwhile. Under the race detector, which takes
// ten times as long, they are fewer.
func TestThousandAtOnce(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes about a minute")
	}
	many := 1000
	if raced {
		many = 150
	}
	w := newTown(t, 20*time.Millisecond)
	w.join()
	for i := range many {
		w.drop(fmt.Sprintf("n%d", i))
	}
	asked := 0
	for w.done() < 3*many {
		asked++
		w.askQuickly(fmt.Sprintf("what did the minister of n%d open?", asked%10))
		time.Sleep(100 * time.Millisecond) // people do not ask all the time
	}
	w.stop()
	posts := w.posts()
	for i := range many {
		if id := fmt.Sprintf("n%d", i); posts[id] != (tally{1, 1, 1}) {
			t.Errorf("%s: posts in the three channels: %v, want one in each", id, posts[id])
		}
	}
	if n, m := w.slack.RateRefusals(), w.discord.RateRefusals(); n+m > 0 {
		t.Errorf("posts that came too soon: %d on Slack, %d on Discord", n, m)
	}
	t.Logf("%d questions were answered meanwhile", asked)
}

// done returns how many deliveries are done.
func (w *town) done() int {
	n, err := w.store.Stats(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return n.Done
}

// askQuickly asks on Slack, and wants an answer within the three seconds after
// which a person is told that nobody answers.
func (w *town) askQuickly(question string) {
	w.t.Helper()
	select {
	case <-w.slack.Slash("/ask", question, hall, "U1").Answers:
	case <-time.After(3 * time.Second):
		w.t.Fatal("a question is not answered within 3 seconds")
	}
}

// TestSameFileAgain saves a publication again in ways that change nothing of
// what it says: nothing is posted again.
func TestSameFileAgain(t *testing.T) {
	t.Parallel()
	w := newTown(t, time.Millisecond)
	w.join()
	w.drop("tides")
	w.until("it is posted", func() bool { return w.posted("tides") })
	for i, change := range []*strings.Replacer{
		strings.NewReplacer(),
		strings.NewReplacer("\n", "\r\n"),
		strings.NewReplacer("\r\n", "\n", "id:", "published: "+time.Now().Format(time.DateOnly)+"\nid:"),
	} {
		w.rewrite("tides", change, time.Duration(10-i)*time.Minute)
		marker := fmt.Sprintf("marker%d", i) // once this one is posted, the file was seen as well
		w.drop(marker)
		w.until(marker+" is posted", func() bool { return w.posted(marker) })
	}
	w.stop()
	if n := w.posts()["tides"]; n != (tally{1, 1, 1}) {
		t.Errorf("posts in the three channels: %v, want one in each", n)
	}
}
