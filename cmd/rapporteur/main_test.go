package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// childEnv has the test program be rapporteur, for tests that kill it.
const childEnv = "RAPPORTEUR_TEST_CHILD"

func TestMain(m *testing.M) {
	if _, ok := os.LookupEnv(childEnv); ok {
		os.Exit(child())
	}
	testscript.Main(m, map[string]func(){"rapporteur": main})
}

// child runs rapporteur as main does, on a standard error that may kill it.
func child() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := program{os.Stdin, os.Stdout, newTripwire(os.Stderr), os.LookupEnv}
	return p.run(ctx, os.Args[1:])
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("RAPPORTEUR_LISTEN", freeAddress(t)) // no two scripts want the same
			return nil
		},
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"ready": ready},
		UpdateScripts: *update,
	})
}

// freeAddress returns an address of this machine that nobody serves at.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// ready is a command of scripts that waits until the server is ready.
func ready(ts *testscript.TestScript, _ bool, _ []string) {
	for range 200 {
		if err := askHealth(context.Background(), ts.Getenv("RAPPORTEUR_LISTEN")); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond) // there is nothing to wait on in a process that has just begun
	}
	ts.Fatalf("the server is not ready after 10 seconds")
}

// TestArrows holds the packages to who may know whom.
func TestArrows(t *testing.T) {
	mayKnow := map[string][]string{
		"rapporteur/corpus":           {"rapporteur/corpus/sqlite"},
		"rapporteur/corpus/sqlite":    {},
		"rapporteur/corpus/sample":    {"rapporteur/corpus"},
		"rapporteur/corpus/source":    {"rapporteur/corpus"},
		"rapporteur/index/sentence":   {"rapporteur/corpus"},
		"rapporteur/index/lexicon":    {},
		"rapporteur/index/answertype": {"rapporteur/corpus"},
		"rapporteur/index/question":   {"rapporteur/corpus", "rapporteur/index/answertype", "rapporteur/index/lexicon"},
		"rapporteur/index/voice":      {},
		"rapporteur/index": {"rapporteur/corpus", "rapporteur/index/answertype", "rapporteur/index/lexicon", "rapporteur/index/question", "rapporteur/index/rank",
			"rapporteur/index/sentence", "rapporteur/index/voice"},
		"rapporteur/bot":         {"rapporteur/corpus", "rapporteur/corpus/sqlite"},
		"rapporteur/bot/slack":   {"rapporteur/bot", "rapporteur/corpus"},
		"rapporteur/bot/discord": {"rapporteur/bot", "rapporteur/corpus"},
		"rapporteur/bot/console": {"rapporteur/bot", "rapporteur/corpus"},
		"rapporteur/bot/bottest": {"rapporteur/bot", "rapporteur/corpus"},
		"rapporteur/corpus/page": {"rapporteur/corpus"},
		"rapporteur/corpus/pdf":  {"rapporteur/corpus"},
		"rapporteur/corpus/docx": {"rapporteur/corpus"},
		"rapporteur/index/rank":  {"rapporteur/corpus", "rapporteur/index/answertype", "rapporteur/index/lexicon", "rapporteur/index/question", "rapporteur/index/sentence"},
	}
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{if ne .Name "main"}}{{.ImportPath}} {{join .Imports " "}}{{end}}`, "rapporteur/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		names := strings.Fields(line)
		if len(names) == 0 { // a command, which may know all
			continue
		}
		may, known := mayKnow[names[0]]
		if !known {
			t.Errorf("%s is new: say here whom it may know", names[0])
		}
		for _, name := range names[1:] {
			if strings.HasPrefix(name, "rapporteur/") && !slices.Contains(may, name) {
				t.Errorf("%s must not know %s", names[0], name)
			}
		}
	}
}

// TestShippedConfig holds config.yaml to what it says of itself: every key
// with its default.
func TestShippedConfig(t *testing.T) {
	got, err := loadConfig("../../config.yaml", func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", defaults()); got != want {
		t.Errorf("config.yaml says\n%s, the defaults are\n%s", got, want)
	}
}

// TestEveryKeyIsDocumented holds config.yaml to every key of a source, and the
// README to an example that works.
func TestEveryKeyIsDocumented(t *testing.T) {
	shipped, err := os.ReadFile("../../config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	fields := reflect.TypeFor[sourceConfig]()
	for i := range fields.NumField() {
		key := fields.Field(i).Tag.Get("yaml")
		if !regexp.MustCompile(`\b` + key + `\b`).Match(shipped) {
			t.Errorf("config.yaml does not tell of the key %s of a source", key)
		}
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```yaml\n")
	example, _, found := strings.Cut(rest, "```")
	file := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(file, []byte(example), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(file, func(string) (string, bool) { return "", false })
	if err != nil || !found || len(c.Sources) != 4 {
		t.Errorf("the README's example has %d sources: %v", len(c.Sources), err)
	}
}
