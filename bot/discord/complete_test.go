package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

func TestChoices(t *testing.T) {
	const address = "https://www.example.org/publications/2026/11/"
	long := address + strings.Repeat("x", 100)
	title := strings.TrimSpace(strings.Repeat("Tidal power ", 12))
	many := make([]bot.Choice, 30)
	for i := range many {
		many[i] = bot.Choice{Label: fmt.Sprint("Title ", i), Value: fmt.Sprint("id", i)}
	}
	for name, c := range map[string]struct {
		what, typed string
		found       []bot.Choice
		want        []choice
	}{
		"what was typed comes first": {"question", " who came ", []bot.Choice{{Label: "who came first?", Value: "who came first?"}},
			[]choice{{"who came", "who came"}, {"who came first?", "who came first?"}}},
		"and once":                     {"question", "Who?", []bot.Choice{{Label: "who?", Value: "who?"}}, []choice{{"Who?", "Who?"}}},
		"a long question is shortened": {"question", strings.Repeat("word ", 30), nil, []choice{{strings.Repeat("word ", 19) + "word", strings.Repeat("word ", 19) + "word"}}},
		"one long word":                {"question", strings.Repeat("👩", 60), nil, []choice{{strings.Repeat("👩", 49), strings.Repeat("👩", 49)}}},
		"no question yet":              {"question", "", nil, []choice{{"Type a question, or choose this for help", "help"}}},
		"a question too long to offer": {"question", "a", []bot.Choice{{Label: title, Value: title}}, []choice{{"a", "a"}}},
		"a title":                      {"publication", "tid", []bot.Choice{{Label: "Tides", Value: "a.txt"}}, []choice{{"Tides", "a.txt"}}},
		"an id that is too long":       {"publication", "tid", []bot.Choice{{Label: "Tides", Value: long}}, []choice{{"Tides", "Tides"}}},
		"and a title as well": {"publication", "tid", []bot.Choice{{Label: title, Value: long}},
			[]choice{{title[:99] + "…", strings.TrimSpace(title[:95])}}},
		"no such publication": {"publication", "x", nil, []choice{{"I know no publication with such a title", "x"}}},
		"no publications":     {"publication", "", nil, []choice{{"I know no publications yet", "help"}}},
		"no such source":      {"source", strings.Repeat("x", 101), nil, []choice{{"I have no source of that name", strings.Repeat("x", 99)}}},
		"empty ones":          {"source", "", []bot.Choice{{}, {Label: " ", Value: "x"}}, []choice{{"I have no sources yet", "help"}}},
		"two lines":           {"publication", "", []bot.Choice{{Label: "a\nb", Value: "x"}}, []choice{{"a b", "x"}}},
	} {
		if diff := cmp.Diff(c.want, choices(bot.Command{Name: "complete " + c.what, Args: c.typed}, c.found)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if n := len(choices(bot.Command{Name: "complete publication"}, many)); n != maxChoices {
		t.Errorf("%d choices are offered of 30", n)
	}
}

// TestComplete sees that what is being typed is completed, that nothing of it is
// logged, and that a bot which is slow, silent or in a panic is not waited for.
func TestComplete(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, log := join(t, fake)
	d.timing.ack = 500 * time.Millisecond
	release := make(chan struct{})
	defer close(release)
	run(t, d, func(ctx context.Context, c bot.Command) bot.Message {
		switch c.Args {
		case "slow":
			<-release
		case "panic":
			panic(c.Args)
		case "silence":
			return bot.Message{}
		}
		return bot.Message{Choices: []bot.Choice{{Label: c.Name + " of " + c.Args, Value: c.User}}}
	})
	ready(t, fake)
	user, admin := fake.NewUser(), fake.NewAdmin()
	for _, c := range []struct{ command, option, typed, user, want string }{
		{"ask", "publication", "tides", user, "complete publication of tides"},
		{"takeaways", "publication", "tides", user, "complete publication of tides"},
		{"subscribe", "source", "inst", admin, "complete source of inst"},
		{"ask", "question", "tides", user, "tides"},
		{"ask", "question", "slow", user, "slow"},
		{"ask", "publication", "panic", user, "I know no publication with such a title"},
		{"unsubscribe", "source", "silence", admin, "I have no source of that name"},
	} {
		offered := fake.Complete(c.command, map[string]any{c.option: c.typed}, c.option, fake.Channel, c.user)
		if offered.Err != nil || len(offered.Choices) == 0 || offered.Choices[0].Name != c.want {
			t.Errorf("%+v: %+v", c, offered)
		}
	}
	for _, typed := range []string{"tides", "inst"} {
		if strings.Contains(log.String(), typed) {
			t.Errorf("%q, which was typed, is logged", typed)
		}
	}
}

// TestCompleteUnknown sees that what we do not complete is passed over.
func TestCompleteUnknown(t *testing.T) {
	for _, data := range []string{
		`{}`,
		`{"name":"ask","options":[]}`,
		`{"name":"ask","options":[{"name":"question","value":"x"}]}`,
		`{"name":"ask","options":[{"name":"mood","value":"x","focused":true}]}`,
		`{"name":"ask","options":[{"name":"question","value":7,"focused":true}]}`,
		`{"name":"ask","options":[null]}`,
	} {
		i, err := readInteraction([]byte(`{"id":"1","token":"x","type":4,"user":{"id":"7"},"data":` + data + `}`))
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := i.command(); ok {
			t.Errorf("%s is completed as %+v", data, c)
		}
	}
}

// TestByRequest sees that what is typed and pressed is answered alike when it
// comes as a request.
func TestByRequest(t *testing.T) {
	d, o, _ := reach(t, func(ctx context.Context, c bot.Command) bot.Message {
		if c.Name == "complete publication" {
			return bot.Message{Choices: []bot.Choice{{Label: "Tides", Value: "a.txt"}}}
		}
		return reader(ctx, c)
	}, nil)
	for id, c := range map[string]struct{ kind, data, want string }{
		"21": {"4", `{"type":1,"name":"ask","options":[{"name":"publication","type":3,"value":"tid","focused":true}]}`,
			`{"type":8,"data":{"choices":[{"name":"Tides","value":"a.txt"}]}}`},
		"22": {"3", `{"component_type":2,"custom_id":"next page1"}`, `{"type":7,"data":{"components":[{"type":17,`},
		"23": {"3", `{"component_type":2,"custom_id":"bad page1"}`, `{"type":6}`},
		"24": {"3", `{"component_type":2,"custom_id":"why page1"}`, `{"type":4,"data":{"components":[{"type":17,`},
	} {
		w := send(d, o.signed(fmt.Sprintf(`{"id":"%s","application_id":"%s","type":%s,"token":"t%s","guild_id":"%s","channel_id":"%s",
			"member":{"user":{"id":"7","username":"ada"}},"data":%s}`, id, o.fake.App, c.kind, id, o.fake.Guild, o.fake.Channel, c.data)))
		if !strings.HasPrefix(w.Body.String(), c.want) {
			t.Errorf("%s is answered %d %s", c.data, w.Code, w.Body)
		}
	}
}
