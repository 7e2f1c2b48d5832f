package slack

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/slack-go/slack"
)

// A right is a scope that the app needs, and what for.
type right struct{ scope, why string }

// rights returns all that the app must be allowed to do.
func rights() []right {
	return []right{
		{"app_mentions:read", "questions in channels"},
		{"assistant:write", "suggested questions in the conversation with the bot"},
		{"channels:history", "follow-ups in threads, and whether a publication was posted already"},
		{"channels:read", "to learn that a channel was archived"},
		{"chat:write", "answers and publications"},
		{"commands", "the slash commands and shortcuts"},
		{"groups:history", "the same as channels:history in private channels"},
		{"groups:read", "the same as channels:read for private channels"},
		{"im:history", "questions in direct messages"},
		{"links:read", "links to publications"},
		{"links:write", "what is shown below them"},
		{"mpim:history", "follow-ups in group messages"},
		{"users:read", "who is an administrator and sees the sources' health"},
	}
}

// scopes returns the names of all rights.
func scopes() (all []string) {
	for _, r := range rights() {
		all = append(all, r.scope)
	}
	return all
}

// lacking returns the rights that are not among those granted, which Slack
// tells parted by commas.
func lacking(granted string) (all []right) {
	has := strings.FieldsFunc(granted, func(r rune) bool { return r == ',' || r == ' ' })
	for _, r := range rights() {
		if !slices.Contains(has, r.scope) {
			all = append(all, r)
		}
	}
	return all
}

// events returns the names of all events that the app answers, as it subscribes
// to them.
func events() []string {
	all := []string{"message.channels", "message.groups", "message.im", "message.mpim"}
	for name := range maps.Keys((*inbox)(nil).handlers()) {
		if name != "message" {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// maxDomains is how many domains Slack lets an app show links of.
const maxDomains = 5

const manifestHead = `# What Slack is to know of the app, as "rapporteur manifest" prints it. To make
# the app: open https://api.slack.com/apps, "Create New App", "From a manifest",
# choose the workspace, and paste this file.
`

// Manifest returns the manifest of an app for config, as YAML. The domains are
// those to whose links the bot adds title and takeaways; the first five count.
func Manifest(config Config, domains []string) ([]byte, error) {
	config = config.filled()
	m := slack.Manifest{
		Metadata: slack.ManifestMetadata{MajorVersion: 1},
		Display: slack.Display{Name: "Rapporteur", BackgroundColor: "#1d3557",
			Description: "Answers questions with passages quoted word for word, and posts new publications."},
		Features:    config.features(domains[:min(len(domains), maxDomains)]),
		OAuthConfig: slack.OAuthConfig{Scopes: slack.OAuthScopes{Bot: scopes()}},
		Settings: slack.Settings{
			EventSubscriptions: &slack.EventSubscriptions{BotEvents: events()},
			Interactivity:      &slack.Interactivity{IsEnabled: true},
			SocketModeEnabled:  config.URL == "",
		},
	}
	if config.URL != "" {
		m.Settings.EventSubscriptions.RequestUrl = config.URL + eventsPath
		m.Settings.Interactivity.RequestUrl = config.URL + eventsPath
		m.OAuthConfig.RedirectUrls = []string{config.URL + oauthPath}
	}
	raw, err := yaml.MarshalWithOptions(m, yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("write the manifest: %w", err)
	}
	return append([]byte(manifestHead), raw...), nil
}

func (c Config) features(domains []string) slack.Features {
	command := func(name, description, hint string) slack.ManifestSlashCommand {
		all := slack.ManifestSlashCommand{Command: name, Description: description, UsageHint: hint}
		if c.URL != "" {
			all.Url = c.URL + eventsPath
		}
		return all
	}
	return slack.Features{
		AgentView: &slack.AgentView{AgentDescription: "Ask what the publications say. The answer is quoted word for word, with a link to its place."},
		AppHome:   slack.AppHome{HomeTabEnabled: true, MessagesTabEnabled: true},
		BotUser:   slack.BotUser{DisplayName: "rapporteur", AlwaysOnline: true},
		Shortcuts: []slack.Shortcut{
			{Name: "Ask about this", CallbackID: aboutShortcut, Type: slack.MessageShortcut, Description: "Which passages bear on this message?"},
			{Name: "Ask the library", CallbackID: askShortcut, Type: slack.GlobalShortcut, Description: "What do the publications say?"},
		},
		SlashCommands: []slack.ManifestSlashCommand{
			command(c.Ask, "What do the publications say?", "[question, or help]"),
			command(c.Briefs, "New publications, takeaways and subscriptions", "latest | takeaways [title] | subscribe [source] | unsubscribe | list | help"),
		},
		UnfurlDomains: domains,
	}
}
