package bottest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"rapporteur/bot/bottest"
)

// startNode starts an app on a library that others wrote, with vars in its
// environment, until the test ends. The variable env names the folder in whose
// node_modules the library is installed; without it the test is skipped.
func startNode(t *testing.T, env, library, script string, vars ...string) {
	t.Helper()
	modules := os.Getenv(env)
	if modules == "" {
		t.Skip(env + " is not set: .ci/run installs " + library + " and sets it")
	}
	script, err := filepath.Abs(script)
	if err != nil {
		t.Fatal(err)
	}
	var log bottest.Log
	app := exec.Command("node", script)
	app.Env = append(append(os.Environ(), "NODE_PATH="+filepath.Join(modules, "node_modules")), vars...)
	app.Stdout, app.Stderr = &log, &log
	if err := app.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		app.Process.Kill()
		app.Wait()
		if t.Failed() {
			t.Log(log.String())
		}
	})
}
