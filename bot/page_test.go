package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// ask has ann ask on a platform with buttons.
func (w *world) ask(question string) bot.Message {
	return w.bot.Handle(w.t.Context(), bot.Command{Platform: "net", Workspace: "team", Channel: "hall", User: "ann",
		Name: "ask", Args: question, Manner: &bot.Manner{Passages: 1, Room: 1000}})
}

// take has ann take the action of m that is called name.
func (w *world) take(m bot.Message, name string) bot.Message {
	w.t.Helper()
	i := slices.IndexFunc(m.Actions, func(a bot.Action) bool { return a.Name == name })
	if i < 0 {
		w.t.Fatalf("there is no %s among %v", name, m.Actions)
	}
	return w.press("net", "team", name, m.Actions[i].ID)
}

func (w *world) press(platform, workspace, name, id string) bot.Message {
	return w.bot.Handle(w.t.Context(), bot.Command{Platform: platform, Workspace: workspace, Channel: "hall", User: "ann", UserName: "Ann", Name: name, Args: id})
}

// tides has the corpus answer with two passages of one publication.
func (w *world) tides() *corpus.Doc {
	doc := w.doc("tides")
	w.arrive(doc)
	for p := range doc.Paragraphs() {
		w.network.answer.Quotes = append(w.network.answer.Quotes, bot.Quote{Quote: doc.Quote(p), Focus: corpus.Span{Start: 1, End: 3}})
	}
	w.network.answer.Answered = true
	return doc
}

func TestLeafingThrough(t *testing.T) {
	w := newWorld(t)
	w.tides()
	m := w.ask("what matters?")
	for i, want := range []string{"All about tides.", "It matters.", "All about tides."} {
		if len(m.Quotes) != 1 || m.Quotes[0].Text() != want || m.Quotes[0].Focus.End != 3 {
			t.Errorf("page %d: %s", i, bot.Plain(m))
		}
		w.start()
		m = w.take(m, bot.ActionNext)
	}
	if without := w.say("hall", "ask", "what matters?"); len(without.Quotes) != 2 || len(without.Actions) != 0 {
		t.Errorf("without buttons: %+v", without)
	}
}

func TestPagesExpire(t *testing.T) {
	w := newWorld(t)
	w.tides()
	m := w.ask("what matters?")
	w.now = w.now.Add(30 * 24 * time.Hour)
	if got := w.take(m, bot.ActionNext); !got.Replace {
		t.Errorf("after 30 days: %q", got.Text)
	}
	w.now = w.now.Add(time.Second)
	for range 2 { // the second time the page is deleted
		if got := w.take(m, bot.ActionShare); !got.Private || !strings.Contains(got.Text, "Please ask again: /ask") {
			t.Errorf("later: %+v", got)
		}
		w.ask("something else")
	}
}

// Who knows an id of another workspace learns nothing by it.
func TestPagesBelongToAWorkspace(t *testing.T) {
	w := newWorld(t)
	w.tides()
	id := w.ask("what matters?").Actions[0].ID
	for _, c := range [][3]string{{"net", "other", id}, {"other", "team", id}, {"net", "", id}, {"net", "team", "x"}, {"net", "team", ""}} {
		if got := w.press(c[0], c[1], bot.ActionNext, c[2]); len(got.Quotes) > 0 || !strings.Contains(got.Text, "Please ask again") {
			t.Errorf("%v: %s", c, bot.Plain(got))
		}
	}
}

// What was quoted and does not stand there any more is not quoted again.
func TestPagesOfChangedPublications(t *testing.T) {
	w := newWorld(t)
	doc := w.tides()
	id := w.ask("what matters?").Actions[0].ID
	changed := *doc
	changed.Text = "All about tides.\n\nIt hardly matters."
	w.arrive(&changed)
	for range 3 {
		if got := bot.Plain(w.press("net", "team", bot.ActionNext, id)); !strings.Contains(got, "All about tides.") || strings.Contains(got, "matters.") {
			t.Errorf("one of two passages is left: %s", got)
		}
	}
	changed.Text, changed.Takeaways = "All about ebb.\n\nNothing else.", nil
	w.arrive(&changed)
	if got := w.press("net", "team", bot.ActionNext, id); !strings.Contains(got.Text, "no longer stands in it") {
		t.Errorf("nothing is left: %+v", got)
	}
}

func TestSharingNamesWhoAsked(t *testing.T) {
	w := newWorld(t)
	w.tides()
	m := w.ask("what matters?")
	shared := w.take(m, bot.ActionShare)
	if shared.Private || shared.Replace || !strings.HasPrefix(shared.Text, "Ann asked: what matters?\n") {
		t.Errorf("%+v", shared)
	}
	if slices.ContainsFunc(shared.Actions, func(a bot.Action) bool { return a.Name == bot.ActionShare }) {
		t.Error("what is shared can be shared again")
	}
	if again := w.take(m, bot.ActionShare); !again.Private || !strings.Contains(again.Text, "already") {
		t.Errorf("the second time: %+v", again)
	}
}

func TestLeafingBack(t *testing.T) {
	w := newWorld(t)
	w.tides()
	m := w.ask("what matters?")
	if want := (bot.Leaf{First: 1, Last: 1, Of: 2}); m.Leaf != want || slices.ContainsFunc(m.Actions, func(a bot.Action) bool { return a.Name == bot.ActionBack }) {
		t.Errorf("at the beginning: %+v", m)
	}
	m = w.take(m, bot.ActionNext)
	if want := (bot.Leaf{First: 2, Last: 2, Of: 2}); m.Leaf != want {
		t.Errorf("the second passage: %+v", m.Leaf)
	}
	if m = w.take(m, bot.ActionBack); m.Leaf.First != 1 || m.Quotes[0].Text() != "All about tides." {
		t.Errorf("back: %s", bot.Plain(m))
	}
}

// What somebody says last of an answer counts.
func TestFeedback(t *testing.T) {
	w := newWorld(t)
	w.tides()
	m := w.ask("what matters?")
	for _, name := range []string{bot.ActionGood, bot.ActionBad} {
		if said := w.take(m, name); !said.Private || !strings.HasPrefix(said.Text, "Thank you, noted.") {
			t.Errorf("%s: %+v", name, said)
		}
	}
	if n, err := w.store.Stats(t.Context()); err != nil || n.Helpful != 0 || n.Unhelpful != 1 {
		t.Errorf("%d called it helpful and %d not, %v; want 0 and 1", n.Helpful, n.Unhelpful, err)
	}
}
