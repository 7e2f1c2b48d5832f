package main

import (
	"encoding/json"
	"strings"
	"testing"

	"rapporteur/bot/bottest"
)

func TestSlackAnswer(t *testing.T) {
	o := newOffice(t, islands)
	m := o.say("/ask", "who opened the first tidal plant?")
	if m.Only != ann {
		t.Error("the answer is not private")
	}
	wants(t, m.Shown(), "Tidal Power in Small States", "Ada Moreau · 2 March 2025 · publications", "Ruth Amadi opened the first",
		"https://www.example.org/tides#:~:text=", "Open source", "Next passage (2 of ", "+ Context", "Share in channel", "Why this?", "not third")
	wants(t, m.Text, "say:", "Ruth Amadi opened the first")
	var blocks []struct {
		Type     string `json:"type"`
		Elements []struct {
			Type     string `json:"type"`
			Elements []struct {
				Text  string              `json:"text"`
				Style struct{ Bold bool } `json:"style"`
			} `json:"elements"`
		} `json:"elements"`
	}
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	bold := ""
	for _, b := range blocks {
		for _, e := range b.Elements {
			for _, piece := range e.Elements {
				if e.Type == "rich_text_quote" && piece.Style.Bold {
					bold += piece.Text
				}
			}
		}
	}
	wants(t, bold, "Amadi", "not opened")
	if kind := blocks[len(blocks)-1].Type; kind != "context_actions" {
		t.Errorf("the last block is %s, want the feedback", kind)
	}
}

// Buttons work, also when the program was started anew since.
func TestSlackButtons(t *testing.T) {
	o := newOffice(t, islands)
	m := o.say("/ask", "who opened the first tidal plant?")
	wide := o.press(m, "+ Context")
	wants(t, wide.Shown(), "She called it a beginning", "The ministry had waited", "− Context")
	o.stop()
	o.start()
	narrow := o.press(wide, "− Context")
	wants(t, narrow.Shown(), "not had waited", "+ Context")
	next := o.press(narrow, "Next passage (2")
	wants(t, next.Shown(), "Next passage (3 of ", "not Ruth Amadi opened the first")
	for _, m := range []bottest.SlackMessage{wide, narrow, next} {
		if !m.Replaces || m.Only != ann {
			t.Errorf("a button does not change the message in its place: %+v", m)
		}
	}
	wants(t, o.press(next, "Why this?").Shown(), "Understood as", "probability")
	wants(t, o.press(next, "Helpful").Shown(), "Thank you")
	wants(t, o.press(next, "Not helpful").Shown(), "Thank you")
	shared := o.press(next, "Share in channel")
	wants(t, shared.Shown(), "u0ann asked: who opened the first tidal plant?", "not Share in channel")
	if shared.Only != "" || shared.Replaces || o.Pings() != 0 {
		t.Errorf("it is not shared as a new message for all, or somebody is notified: %+v", shared)
	}
	wants(t, o.press(next, "Share in channel").Shown(), "shared already")
	if len(o.Shown(bottest.SlackGeneral)) != 1 {
		t.Errorf("all see %q", o.Shown(bottest.SlackGeneral))
	}
}

func TestSlackSilence(t *testing.T) {
	o := newOffice(t, islands)
	o.stop()
	o.config.Threshold = 0.9
	o.start()
	m := o.say("/ask", "how many whales died of the governor?")
	wants(t, m.Shown(), "The publications I know do not say", "Nowhere in them: whales, died.", "The nearest passages, which may not answer:", "Why this?")
	wants(t, m.Text, "do not say")
}

func TestSlackBriefs(t *testing.T) {
	o := newOffice(t, islands)
	for _, c := range []struct{ text, want string }{
		{"", "/briefs takeaways [TITLE]"}, {"help", "/ask QUESTION"}, {"nonsense", "/briefs list: who follows what"},
		{"latest", "Tidal Power in Small States"}, {"LATEST 1", "not Salt"}, {"latest many", "such as: /briefs latest 3"},
		{"takeaways tidal", "Islands with a strait"}, {"takeaways moon", "/briefs latest lists"},
		{"status", "The sources that I read:"},
		{"list", "Say /briefs subscribe in the channel"}, {"unsubscribe", "/briefs list shows who"},
		{"subscribe gossip", "no source called gossip"}, {"subscribe publications", "now follows publications"},
		{"list", "channel " + bottest.SlackGeneral + ": publications"}, {"unsubscribe publications", "no longer follows"},
	} {
		wants(t, o.say("/briefs", c.text).Shown(), c.want)
	}
	wants(t, o.say("/ask", "").Shown(), "For example: /ask who")
	wants(t, o.say("/ask", "help").Shown(), "/briefs subscribe [SOURCE]")
}

// What does not fit one message is a button away, and nothing is cut.
func TestSlackOverflow(t *testing.T) {
	var text strings.Builder
	text.WriteString("---\ntitle: A long list\nurl: https://www.example.org/long\n---\n\n## Key Takeaways\n\n")
	for i := range 12 {
		text.WriteString("- begin" + strings.Repeat(" wörds", 250) + " end" + string(rune('A'+i)) + "\n")
	}
	text.WriteString("\n## Text\n\nThe heron nests here. " + strings.Repeat("It is quiet by the river. ", 500) + "\n")
	o := newOffice(t, map[string]string{"long.md": text.String()})
	m := o.say("/briefs", "takeaways")
	all := m.Shown()
	for range 20 {
		if strings.Contains(all, "endL") {
			break
		}
		m = o.press(m, "Next passage")
		all += m.Shown()
	}
	for i := range 12 {
		wants(t, all, "wörds end"+string(rune('A'+i)))
	}
	if n := strings.Count(all, "begin wörds"); n != 12 {
		t.Errorf("%d takeaways are shown, want 12", n)
	}
	wants(t, o.press(o.say("/ask", "where does the heron nest?"), "+ Context").Shown(), "The heron nests here", "too long to be shown")
}

// In a thread, what goes on from a question needs neither a mention nor the
// question again, and what people say to each other is left alone.
func TestSlackThread(t *testing.T) {
	o := newOffice(t, islands)
	ts, _ := o.Mention("which plant was opened?", bottest.SlackGeneral, ann)
	first := o.replies(bottest.SlackGeneral, ts, 1)[0]
	wants(t, first.Shown(), "plant", "not Share in channel")
	if first.Only != "" {
		t.Error("an answer in a thread is private")
	}
	o.Reply("thank you", bottest.SlackGeneral, ts, ann)
	o.Reply("shall we have lunch?", bottest.SlackGeneral, ts, ann)
	o.Reply("<@U0BO> who opened the first tidal plant?", bottest.SlackGeneral, ts, ann)
	o.Reply("more", bottest.SlackGeneral, ts, ann)
	more := o.replies(bottest.SlackGeneral, ts, 2)[1]
	if more.Text == first.Text {
		t.Errorf("more shows the same again: %s", more.Text)
	}
	o.stop()
	o.start()
	o.Reply("only 2023", bottest.SlackGeneral, ts, ann)
	wants(t, o.replies(bottest.SlackGeneral, ts, 3)[2].Shown(), "only those since 1 January 2023, before 1 January 2024", "The Price of Salt")
	o.Reply("only by Moreau", bottest.SlackGeneral, ts, "U0BO")
	wants(t, o.replies(bottest.SlackGeneral, ts, 4)[3].Shown(), "by Moreau", "Tidal Power", "not 2023")
	o.Reply("who opened the second tidal plant?", bottest.SlackGeneral, ts, ann)
	wants(t, o.replies(bottest.SlackGeneral, ts, 5)[4].Shown(), "mayor of Vila do Porto")
	for range 8 {
		o.Reply("who else?", bottest.SlackGeneral, ts, ann)
	}
	all := o.replies(bottest.SlackGeneral, ts, 13)
	seen := map[string]int{}
	for _, m := range all[4:] {
		seen[m.Text]++
	}
	for text, n := range seen {
		if end := strings.HasPrefix(text, "That is all that I find on: who opened the second tidal plant?"); end == (n == 1) {
			t.Errorf("%d times: %s", n, text)
		}
	}
}

// A thread without the bot is none of its business.
func TestSlackOtherThread(t *testing.T) {
	o := newOffice(t, islands)
	ts := o.Reply("who opened the first tidal plant?", bottest.SlackGeneral, "", ann)
	o.Reply("more", bottest.SlackGeneral, ts, ann)
	o.Reply("who opened the first tidal plant?", bottest.SlackGeneral, ts, ann)
	o.say("/ask", "anybody?")
	if got := o.Shown(bottest.SlackGeneral); len(got) != 0 {
		t.Errorf("the bot says %q", got)
	}
}

func TestSlackDirectMessages(t *testing.T) {
	o := newOffice(t, islands)
	ts, _ := o.Mention("which plant was opened?", bottest.SlackDirect, ann)
	first := o.replies(bottest.SlackDirect, ts, 1)[0]
	wants(t, first.Shown(), "plant", "not Share in channel")
	ts, _ = o.Mention("more", bottest.SlackDirect, ann)
	if more := o.replies(bottest.SlackDirect, ts, 1)[0]; more.Text == first.Text || len(more.Buttons()) == 0 {
		t.Errorf("more shows %s", more.Text)
	}
}

// Commands can be called otherwise, and then the bot calls them so too.
func TestSlackCommandNames(t *testing.T) {
	o := openOffice(t, islands)
	o.config.Slack.Ask, o.config.Slack.Briefs = "/library", "/papers"
	o.start()
	wants(t, o.say("/library", "who opened the first tidal plant?").Shown(), "Ruth Amadi opened")
	wants(t, o.say("/papers", "").Shown(), "/library QUESTION", "/papers list", "not /ask", "not /briefs")
	wants(t, o.say("/papers", "takeaways moon").Shown(), "/papers latest")
}
