package bot_test

import (
	"context"
	"slices"
	"testing"

	"rapporteur/bot"
)

// A leaflet is a Guide that repeats what it is asked for.
type leaflet struct{}

func (leaflet) Titles(_ context.Context, words string, n int) ([]bot.Choice, error) {
	return []bot.Choice{{Label: "title " + words, Value: "id"}}, nil
}

func (leaflet) Questions(_ context.Context, words string, n int) ([]bot.Choice, error) {
	return []bot.Choice{{Label: "question " + words, Value: "q"}}, nil
}

func TestComplete(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name, typed string
		want        []string
	}{
		{"complete source", "", []string{"articles", "briefs"}},
		{"complete source", " RI ", []string{"briefs"}},
		{"complete source", "i", []string{"articles", "briefs"}},
		{"complete source", "b", []string{"briefs"}},
		{"complete source", "x", nil},
		{"complete publication", "the sea", []string{"title the sea"}},
		{"complete question", "who", []string{"question who"}},
	} {
		var got []string
		m := w.say("hall", c.name, c.typed)
		for _, choice := range m.Choices {
			got = append(got, choice.Label)
		}
		if !slices.Equal(got, c.want) || !m.Empty() {
			t.Errorf("%s %q: %q, want %q", c.name, c.typed, got, c.want)
		}
	}
}
