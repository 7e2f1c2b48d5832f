package slack_test

import (
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"rapporteur/bot/bottest"
	"rapporteur/bot/slack"
)

const manifestFile = "../../slack-manifest.yaml"

func TestManifestIsValid(t *testing.T) {
	raw, err := os.ReadFile(manifestFile)
	if err != nil {
		t.Fatal(err)
	}
	validate(t, raw)
}

// The manifest in the repository is the one that the program prints: it has the
// commands, rights and events that the code uses, and no others.
func TestManifestIsWhatTheCodeUses(t *testing.T) {
	want, err := slack.Manifest(slack.Config{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(manifestFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("write it anew by \"rapporteur manifest\" (-printed +in the repository):\n%s", diff)
	}
}

// A manifest for other names and for HTTP is valid too.
func TestManifestForHTTP(t *testing.T) {
	raw, err := slack.Manifest(slack.Config{Ask: "/library", Briefs: "/papers", URL: "https://bot.example.org"},
		[]string{"a.example", "b.example", "c.example", "d.example", "e.example", "f.example"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/library", "/papers", "https://bot.example.org/slack/events", "https://bot.example.org/slack/oauth", "e.example"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s is not in it", want)
		}
	}
	if strings.Contains(string(raw), "socket_mode_enabled: true") {
		t.Error("Socket Mode is on")
	}
	validate(t, raw)
}

func validate(t *testing.T, raw []byte) {
	t.Helper()
	path := bottest.Spec("slack-manifest.schema.v1.json")
	if path == "" {
		t.Skip("the schema of Slack's manifests is not at hand")
	}
	schema, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	var manifest any
	if err := yaml.Unmarshal(raw, &manifest); err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(manifest); err != nil {
		t.Error(err)
	}
}
