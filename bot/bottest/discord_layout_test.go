package bottest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// layout returns the body of a post of the second kind.
func layout(components ...string) string {
	return `{"flags":32768,"components":[` + strings.Join(components, ",") + `]}`
}

// again returns n times one, with a comma between.
func again(n int, one string) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }

const (
	textX   = `{"type":10,"content":"x"}`
	buttonX = `{"type":2,"style":1,"label":"x","custom_id":"x"}`
)

func row(buttons ...string) string {
	return `{"type":1,"components":[` + strings.Join(buttons, ",") + `]}`
}

func TestDiscordLayoutRefused(t *testing.T) {
	a := newDiscordApp(t, "")
	words := func(n int) string { return strings.Repeat("👩", n/2) + strings.Repeat("x", n%2) }
	text := func(n int) string { return `{"type":10,"content":"` + words(n) + `"}` }
	container := func(n int) string { return `{"type":17,"components":[` + again(n, textX) + `]}` }
	button := func(more string) string { return row(`{"type":2,` + more + `}`) }
	for name, c := range map[string]struct {
		body string
		code int
	}{
		"4,000 characters":      {layout(text(2000), text(2000)), 0},
		"4,001 characters":      {layout(text(2000), text(2001)), codeInvalidForm},
		"40 components":         {layout(container(39)), 0},
		"41 with the nested":    {layout(container(38), row(buttonX)), codeInvalidForm},
		"with content":          {`{"flags":32768,"content":"x","components":[` + textX + `]}`, codeInvalidForm},
		"with embeds":           {`{"flags":32768,"embeds":[{"title":"x"}],"components":[` + textX + `]}`, codeInvalidForm},
		"without the flag":      {`{"components":[` + textX + `]}`, codeInvalidForm},
		"buttons without it":    {`{"content":"x","components":[` + row(buttonX) + `]}`, 0},
		"six rows without it":   {`{"content":"x","components":[` + again(6, row(`{"type":2,"style":5,"label":"x","url":"https://x.example"}`)) + `]}`, codeInvalidForm},
		"nothing":               {layout(), codeEmptyMessage},
		"empty text":            {layout(text(0)), codeInvalidForm},
		"empty row":             {layout(row()), codeInvalidForm},
		"six buttons":           {layout(row(again(6, `{"type":2,"style":5,"label":"x","url":"https://x.example"}`))), codeInvalidForm},
		"text in a row":         {layout(row(textX)), codeInvalidForm},
		"container in one":      {layout(`{"type":17,"components":[` + container(1) + `]}`), codeInvalidForm},
		"a button alone":        {layout(buttonX), codeInvalidForm},
		"label of 80":           {layout(button(`"style":1,"custom_id":"a","label":"` + words(80) + `"`)), 0},
		"label of 81":           {layout(button(`"style":1,"custom_id":"a","label":"` + words(81) + `"`)), codeInvalidForm},
		"custom_id of 100":      {layout(button(`"style":1,"label":"a","custom_id":"` + words(100) + `"`)), 0},
		"custom_id of 101":      {layout(button(`"style":1,"label":"a","custom_id":"` + words(101) + `"`)), codeInvalidForm},
		"custom_id twice":       {layout(row(buttonX, buttonX)), codeInvalidForm},
		"no label":              {layout(button(`"style":1,"custom_id":"a"`)), codeInvalidForm},
		"an emoji":              {layout(button(`"style":1,"custom_id":"a","emoji":{"name":"👍"}`)), 0},
		"link with a custom_id": {layout(button(`"style":5,"label":"a","url":"https://x.example","custom_id":"a"`)), codeInvalidForm},
		"link without address":  {layout(button(`"style":5,"label":"a"`)), codeInvalidForm},
		"button with address":   {layout(button(`"style":2,"label":"a","url":"https://x.example"`)), codeInvalidForm},
		"no style":              {layout(button(`"label":"a","custom_id":"a"`)), codeInvalidForm},
		"section":               {layout(`{"type":9,"components":[` + textX + `],"accessory":` + buttonX + `}`), 0},
		"section, no accessory": {layout(`{"type":9,"components":[` + textX + `]}`), codeInvalidForm},
		"section of four":       {layout(`{"type":9,"components":[` + again(4, textX) + `],"accessory":` + buttonX + `}`), codeInvalidForm},
		"separator":             {layout(textX, `{"type":14,"divider":false,"spacing":2}`), 0},
		"wide separator":        {layout(textX, `{"type":14,"spacing":3}`), codeInvalidForm},
		"color":                 {layout(`{"type":17,"accent_color":16777216,"components":[` + textX + `]}`), codeInvalidForm},
		"id twice":              {layout(`{"type":10,"id":7,"content":"x"}`, `{"type":10,"id":7,"content":"x"}`), codeInvalidForm},
		"property of others":    {layout(`{"type":10,"content":"x","label":"x"}`), codeInvalidForm},
		"unknown property":      {layout(`{"type":10,"content":"x","mood":"good"}`), codeInvalidForm},
		"unknown kind":          {layout(`{"type":99}`), codeInvalidForm},
	} {
		status := 400
		if c.code == 0 {
			status = 200
		}
		a.refused(name, "POST", "/channels/"+a.Channel+"/messages", c.body, status, c.code)
	}
}

// TestDiscordLayoutShown sees what people see of a message of the second kind.
func TestDiscordLayoutShown(t *testing.T) {
	a := newDiscordApp(t, "")
	quote, err := json.Marshal("## [A title](https://x.example/a)\n> He *said* **“1\\. no \\*stars\\*”**.\n-# ref 1\\_2")
	if err != nil {
		t.Fatal(err)
	}
	body := layout(`{"type":17,"accent_color":255,"components":[{"type":10,"content":`+string(quote)+`},{"type":14},`+
		`{"type":9,"components":[{"type":10,"content":"by A"}],"accessory":{"type":2,"style":1,"label":"Share","custom_id":"s"}}]}`,
		row(buttonX, `{"type":2,"style":5,"label":"Open","emoji":{"name":"👁"},"url":"https://x.example"}`))
	a.refused("the post", "POST", "/channels/"+a.Channel+"/messages", body, 200, 0)
	want := "A title (https://x.example/a)\nHe said “1. no *stars*”.\nref 1_2\nby A\n[Share]\n[x] [👁 Open] (https://x.example)"
	if got := a.Shown(a.Channel)[0]; got != want {
		t.Errorf("seen is %q, want %q", got, want)
	}
}

// TestDiscordEdits sees what can become of a message.
func TestDiscordEdits(t *testing.T) {
	a := newDiscordApp(t, "")
	messages := "/channels/" + a.Channel + "/messages"
	post := func(body string) string {
		_, _, m := a.call("POST", messages, body)
		return messages + "/" + m["id"].(string)
	}
	first, second := post(`{"content":"x","embeds":[{"title":"x"}]}`), post(layout(textX, row(buttonX)))
	a.refused("content alone", "PATCH", first, `{"content":"y"}`, 200, 0)
	if m := a.Messages(a.Channel)[0]; m.Content != "y" || len(m.Embeds) != 1 || m.Edited == nil {
		t.Errorf("the edit leaves %+v", m)
	}
	a.refused("nothing left", "PATCH", first, `{"content":"","embeds":[]}`, 400, codeEmptyMessage)
	a.refused("flag with what was there", "PATCH", first, layout(textX), 400, codeInvalidForm)
	a.refused("flag in place of it", "PATCH", first, `{"content":null,"embeds":[],"flags":32768,"components":[`+textX+`]}`, 200, 0)
	a.refused("flag taken away", "PATCH", second, `{"flags":0,"content":"x","components":[]}`, 400, codeInvalidForm)
	a.refused("content beside it", "PATCH", second, `{"content":"x"}`, 400, codeInvalidForm)
	a.refused("without saying the flag", "PATCH", second, `{"components":[`+again(2, textX)+`]}`, 200, 0)
	a.refused("made silent later", "PATCH", first, `{"flags":36864}`, 400, codeInvalidForm)
	a.refused("a nonce", "PATCH", second, `{"content":"x","nonce":"n"}`, 400, codeInvalidForm)
	a.refused("unknown", "PATCH", messages+"/1", `{"content":"x"}`, 404, codeUnknownMessage)
	of := a.Say("x", a.Channel, discordPerson(a.NewUser()))
	a.refused("of others", "PATCH", messages+"/"+of, `{"content":"x"}`, 403, codeNotTheAuthor)
	a.refused("of others", "DELETE", messages+"/"+of, "", 403, codeMissingPermission)
	a.refused("own", "DELETE", second, "", 204, 0)
	a.refused("deleted", "GET", second, "", 404, codeUnknownMessage)
}

func TestDiscordPings(t *testing.T) {
	a := newDiscordApp(t, "")
	known, closed := a.NewRole("Readers", true), a.NewRole("Staff", false)
	text := fmt.Sprintf(`"@everyone \\<@1> <@&%s> <@&%s>"`, known, closed)
	for name, c := range map[string]struct {
		body         string
		pings, roles int
	}{
		"no rule":        {`{"content":` + text + `}`, 4, 1},
		"nobody":         {`{"content":` + text + `,"allowed_mentions":{"parse":[]}}`, 0, 0},
		"one role":       {`{"content":` + text + `,"allowed_mentions":{"parse":[],"roles":["` + known + `"]}}`, 1, 1},
		"in a layout":    {`{"flags":32768,"components":[{"type":17,"components":[{"type":10,"content":` + text + `}]}]}`, 4, 1},
		"layout, nobody": {`{"flags":32768,"components":[{"type":10,"content":` + text + `}],"allowed_mentions":{"parse":[]}}`, 0, 0},
		"in an embed":    {`{"embeds":[{"description":` + text + `}]}`, 0, 0},
	} {
		before := a.Discord.Pings()
		a.refused(name, "POST", "/channels/"+a.Channel+"/messages", c.body, 200, 0)
		all := a.Messages(a.Channel)
		if pings, roles := a.Discord.Pings()-before, len(all[len(all)-1].MentionRoles); pings != c.pings || roles != c.roles {
			t.Errorf("%s: %d pings and %d roles, want %d and %d", name, pings, roles, c.pings, c.roles)
		}
	}
	for name, rule := range map[string]string{
		"both":         `{"parse":["roles"],"roles":["1"]}`,
		"both users":   `{"parse":["users"],"users":["1"]}`,
		"unknown kind": `{"parse":["all"]}`,
		"101 roles":    `{"roles":[` + again(101, `"1"`) + `]}`,
	} {
		a.refused(name, "POST", "/channels/"+a.Channel+"/messages", `{"content":"x","allowed_mentions":`+rule+`}`, 400, codeInvalidForm)
	}
}
