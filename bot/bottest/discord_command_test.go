package bottest

import (
	"fmt"
	"strings"
	"testing"
)

// TestDiscordCommands sees that commands are refused which Discord refuses.
func TestDiscordCommands(t *testing.T) {
	a := newDiscordApp(t, "")
	option := func(more string) string {
		return `[{"name":"ask","description":"x","options":[{"name":"a","description":"x",` + more + `}]}]`
	}
	var options, full []string
	for i := range 26 {
		options = append(options, fmt.Sprintf(`{"type":3,"name":"o%d","description":"x"}`, i))
	}
	for i := range 25 {
		full = append(full, fmt.Sprintf(`{"name":"%s%d","value":"%s"}`, strings.Repeat("n", 90), i, strings.Repeat("v", 80)))
	}
	choices := `"type":3,"choices":[` + strings.Join(full, ",") + `]`
	for name, c := range map[string]struct {
		body string
		good bool
	}{
		"plain":                 {`[{"name":"ask","description":"x"}]`, true},
		"other letters":         {`[{"name":"спроси","description":"x"}]`, true},
		"upper case":            {`[{"name":"Ask","description":"x"}]`, false},
		"space":                 {`[{"name":"a b","description":"x"}]`, false},
		"long name":             {`[{"name":"` + strings.Repeat("a", 33) + `","description":"x"}]`, false},
		"no description":        {`[{"name":"ask"}]`, false},
		"long description":      {`[{"name":"ask","description":"` + strings.Repeat("👩", 51) + `"}]`, false},
		"twice":                 {`[{"name":"ask","description":"x"},{"name":"ask","description":"x"}]`, false},
		"twice, other kinds":    {`[{"name":"ask","description":"x"},{"name":"ask","type":3}]`, true},
		"localised":             {`[{"name":"ask","description":"x","name_localizations":{"de":"frag","es-ES":"pregunta"}}]`, true},
		"localised upper case":  {`[{"name":"ask","description":"x","name_localizations":{"de":"Frag"}}]`, false},
		"localised space":       {`[{"name":"ask","description":"x","name_localizations":{"fr":"pose question"}}]`, false},
		"localised, no such":    {`[{"name":"ask","description":"x","name_localizations":{"es":"pregunta"}}]`, false},
		"localised description": {`[{"name":"ask","description":"x","description_localizations":{"de":""}}]`, false},
		"localised option":      {option(`"type":3,"name_localizations":{"de":"A b"}`), false},
		"required second":       {`[{"name":"ask","description":"x","options":[{"type":3,"name":"a","description":"x"},{"type":3,"name":"b","description":"x","required":true}]}]`, false},
		"option twice":          {`[{"name":"ask","description":"x","options":[{"type":3,"name":"a","description":"x"},{"type":4,"name":"a","description":"x"}]}]`, false},
		"26 options":            {`[{"name":"ask","description":"x","options":[` + strings.Join(options, ",") + `]}]`, false},
		"offered and completed": {option(`"type":3,"autocomplete":true,"choices":[{"name":"a","value":"b"}]`), false},
		"completed boolean":     {option(`"type":5,"autocomplete":true`), false},
		"empty choice":          {option(`"type":3,"choices":[{"name":"","value":"b"}]`), false},
		"long choice":           {option(`"type":3,"choices":[{"name":"a","value":"` + strings.Repeat("x", 101) + `"}]`), false},
		"26 choices":            {option(`"type":3,"choices":[` + again(26, `{"name":"a","value":"b"}`) + `]`), false},
		"under 8,000":           {option(choices), true},
		"over 8,000":            {`[{"name":"ask","description":"x","options":[{"name":"a","description":"x",` + choices + `},{"name":"b","description":"x",` + choices + `}]}]`, false},
		"menu":                  {`[{"name":"Ask about this","type":3}]`, true},
		"menu described":        {`[{"name":"Ask about this","type":3,"description":"x"}]`, false},
		"menu, long name":       {`[{"name":"` + strings.Repeat("a", 33) + `","type":3}]`, false},
		"16 in the menu":        {`[` + numberedCommands(16) + `]`, false},
		"kind unknown":          {`[{"name":"a","type":9}]`, false},
	} {
		status, _, _ := a.call("PUT", "/applications/"+a.App+"/commands", c.body)
		if good := status == 200; good != c.good {
			t.Errorf("%s: %d", name, status)
		}
	}
}

func numberedCommands(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`{"name":"c%d","type":3}`, i))
	}
	return strings.Join(all, ",")
}

// TestDiscordLanguages sees that other languages are only told to who asks.
func TestDiscordLanguages(t *testing.T) {
	a := newDiscordApp(t, `[{"name":"ask","description":"x","name_localizations":{"de":"frag"},"options":[
		{"type":3,"name":"a","description":"x","name_localizations":{"de":"b"}}]}]`)
	path := "/applications/" + a.App + "/commands"
	if said := fmt.Sprint(a.list(path)); strings.Contains(said, "localizations") {
		t.Errorf("unasked: %s", said)
	}
	if said := fmt.Sprint(a.list(path + "?with_localizations=true")); strings.Count(said, "de:") != 2 {
		t.Errorf("asked: %s", said)
	}
}
