package slack_test

import (
	"os"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

const manifestFile = "../../slack-manifest.yaml"

func TestManifestIsValid(t *testing.T) {
	path := bottest.Spec("slack-manifest.schema.v1.json")
	if path == "" {
		t.Skip("the schema of Slack's manifests is not at hand")
	}
	schema, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	var manifest any
	readManifest(t, &manifest)
	if err := schema.Validate(manifest); err != nil {
		t.Error(err)
	}
}

// The manifest grants what the code uses, and no more.
func TestManifestIsWhatTheCodeUses(t *testing.T) {
	var manifest struct {
		Features struct {
			Commands []struct{ Command string } `yaml:"slash_commands"`
		}
		OAuth    struct{ Scopes struct{ Bot []string } } `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				Bot []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
			SocketMode bool `yaml:"socket_mode_enabled"`
		}
	}
	readManifest(t, &manifest)
	var commands []string
	for _, c := range manifest.Features.Commands {
		commands = append(commands, c.Command[1:])
	}
	commands = append(commands, "help", "status") // "/ask help" and "/ask status" here: names are shared with Slack and all other apps
	sorted := cmpopts.SortSlices(func(a, b string) bool { return a < b })
	if diff := cmp.Diff(bot.Commands(), commands, sorted); diff != "" {
		t.Errorf("commands (-code +manifest):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"app_mention", "message.im"}, manifest.Settings.Events.Bot, sorted); diff != "" {
		t.Errorf("events (-code +manifest):\n%s", diff)
	}
	for _, scope := range []string{"commands", "chat:write", "app_mentions:read", "im:history", "channels:history", "groups:history"} {
		if !slices.Contains(manifest.OAuth.Scopes.Bot, scope) {
			t.Errorf("the scope %s is missing", scope)
		}
	}
	if !manifest.Settings.SocketMode {
		t.Error("Socket Mode is off")
	}
}

func readManifest(t *testing.T, into any) {
	t.Helper()
	raw, err := os.ReadFile(manifestFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}
