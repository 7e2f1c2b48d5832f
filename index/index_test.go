package index

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReopen(t *testing.T) {
	dir, docs := t.TempDir(), letters()
	x, _ := open(t, dir, docs)
	mustSync(t, x)
	mustHold(t, x, 6, 6)
	shut(t, x)

	docs.put("g", "The letter gx came last.")
	x, log := open(t, dir, docs)
	mustHold(t, x, 6, 6)
	mustSync(t, x)
	mustHold(t, x, 7, 7)
	if got := ask(t, x, "Which letter came last?"); len(got) == 0 || got[0] != "The letter gx came last." {
		t.Errorf("got %q", got)
	}
	if log.Len() > 0 {
		t.Errorf("logged %s", log)
	}
}

func TestSyncTakesChangesIn(t *testing.T) {
	docs := newShelf()
	docs.put("a", "The price of tin rose.", "Zinc was cheap.", "Copper was dear.")
	docs.put("b", "Nobody bought lead.")
	x, _ := open(t, t.TempDir(), docs)
	mustSync(t, x)
	mustHold(t, x, 4, 2)

	docs.put("a", "The price of silver rose.") // shorter than before
	mustSync(t, x)
	mustHold(t, x, 2, 3)
	for question, want := range map[string][]string{
		"tin":    nil,
		"zinc":   nil,
		"silver": {"The price of silver rose."},
		"lead":   {"Nobody bought lead."},
	} {
		if diff := cmp.Diff(want, ask(t, x, question)); diff != "" {
			t.Errorf("%s: %s", question, diff)
		}
	}

	docs.withdraw("b")
	mustSync(t, x)
	mustHold(t, x, 1, 4)
	if got := ask(t, x, "lead"); got != nil {
		t.Errorf("a withdrawn publication is quoted: %q", got)
	}
}

func TestSyncOfOnePublicationTwice(t *testing.T) {
	docs := newShelf()
	old := *docs.put("a", "Tin.", "Zinc.")
	docs.put("a", "Lead.")
	x, _ := open(t, "", again{docs, &old})
	mustSync(t, x)
	mustHold(t, x, 1, 2)
}

func TestSyncEndsWithItsContext(t *testing.T) {
	x, _ := open(t, "", letters())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := x.Sync(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	mustHold(t, x, 0, 0)
}

func TestKilledAmidSync(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), killed+"="+dir)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the other process was not killed: %v, %s", err, out)
	}
	x, log := open(t, dir, letters())
	mustHold(t, x, 4, 4)
	mustSync(t, x)
	mustKnow(t, x)
	if log.Len() > 0 {
		t.Errorf("logged %s", log)
	}
}

func TestFolderOfAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, letters())
	_, err := Open(dir, letters(), slog.New(slog.DiscardHandler))
	if !errors.Is(err, ErrInUse) {
		t.Errorf("got %v, want ErrInUse", err)
	}
}

func TestFolderOfSomethingElse(t *testing.T) {
	dir := t.TempDir()
	thesis := filepath.Join(dir, "thesis.txt")
	if err := os.WriteFile(thesis, []byte("years of work"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir, letters(), slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "name a folder") {
		t.Errorf("got %v, want an error that names the folder and the remedy", err)
	}
	if _, err := os.Stat(thesis); err != nil {
		t.Error(err)
	}
}

func TestDeletedFolderIsBuiltAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "index")
	x, _ := open(t, dir, letters())
	mustSync(t, x)
	shut(t, x)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	x, _ = open(t, dir, letters())
	mustHold(t, x, 0, 0)
	mustSync(t, x)
	mustHold(t, x, 6, 6)
}

func TestOldFormatIsBuiltAgain(t *testing.T) {
	dir := t.TempDir()
	x, _ := open(t, dir, letters())
	mustSync(t, x)
	if err := x.engine.SetInternal(formatKey, []byte("0")); err != nil {
		t.Fatal(err)
	}
	shut(t, x)
	mustRebuild(t, dir)
}

func TestDamagedFilesAreBuiltAgain(t *testing.T) {
	damages := map[string]func([]byte) []byte{
		"empty":    func([]byte) []byte { return nil },
		"half":     func(b []byte) []byte { return b[:len(b)/2] },
		"stub":     func(b []byte) []byte { return b[:3] },
		"page":     func(b []byte) []byte { return b[:min(len(b)-1, 8192)] },
		"reversed": func(b []byte) []byte { return reversed(b) },
		"text":     func([]byte) []byte { return []byte(strings.Repeat("not an index ", 2000)) },
	}
	for _, pattern := range []string{"*.zap", "root.bolt"} {
		for name, damage := range damages {
			t.Run(pattern+" "+name, func(t *testing.T) {
				dir := built(t)
				change(t, dir, pattern, damage)
				mustRecover(t, dir)
			})
		}
	}
}

func TestWrongBitIsBuiltAgain(t *testing.T) {
	dir := built(t)
	change(t, dir, "*.zap", func(b []byte) []byte { b[len(b)/3] ^= 4; return b })
	mustRebuild(t, dir)
}

func TestLostFileIsBuiltAgain(t *testing.T) {
	dir := built(t)
	if err := os.Remove(file(t, dir, "*.zap")); err != nil {
		t.Fatal(err)
	}
	mustRecover(t, dir)
}

// change damages the one file of an index that the pattern matches.
func change(t *testing.T, dir, pattern string, damage func([]byte) []byte) {
	t.Helper()
	name := file(t, dir, pattern)
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, damage(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func file(t *testing.T, dir, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, storeFolder, pattern))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %s: %v, %v", pattern, files, err)
	}
	return files[0]
}

func TestUnreadableFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("to root every folder is readable")
	}
	dir := built(t)
	if err := os.Chmod(filepath.Join(dir, storeFolder, "root.bolt"), 0); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir, letters(), slog.New(slog.DiscardHandler))
	if !errors.Is(err, os.ErrPermission) {
		t.Errorf("got %v, want that the permission is lacking", err)
	}
}

func TestClosed(t *testing.T) {
	x := fill(t, letters())
	shut(t, x)
	shut(t, x)
	if err := x.Sync(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("Sync: %v", err)
	}
	if _, err := x.Ask(t.Context(), Question{Text: "letter"}); !errors.Is(err, ErrClosed) {
		t.Errorf("Ask: %v", err)
	}
	if _, err := x.Stats(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("Stats: %v", err)
	}
}

// built returns a folder with an index of letters that nobody has open.
func built(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	x, _ := open(t, dir, letters())
	mustSync(t, x)
	shut(t, x)
	return dir
}

// mustRebuild stops the test unless the index in dir is begun anew, said so in
// the log, and answers after a Sync.
func mustRebuild(t *testing.T, dir string) {
	t.Helper()
	x, log := open(t, dir, letters())
	if !strings.Contains(log.String(), "built again") {
		t.Errorf("the log does not tell: %q", log)
	}
	mustHold(t, x, 0, 0)
	mustSync(t, x)
	mustKnow(t, x)
}

// mustRecover stops the test unless the index in dir can be opened and answers
// after a Sync, whether it was begun anew or goes on from an older state.
func mustRecover(t *testing.T, dir string) {
	t.Helper()
	x, _ := open(t, dir, letters())
	mustHold(t, x, 0, 0)
	mustSync(t, x)
	mustKnow(t, x)
}

// mustKnow stops the test unless the index holds all letters.
func mustKnow(t *testing.T, x *Index) {
	t.Helper()
	mustHold(t, x, 6, 6)
	want := "The letter cx stands for summit number c."
	if got := ask(t, x, "What does cx stand for?"); len(got) == 0 || got[0] != want {
		t.Errorf("got %q, want %q first", got, want)
	}
}
