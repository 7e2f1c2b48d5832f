package discord

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// The post of a forum is the first message of a thread.
func TestEditInForum(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	forum, _ := fake.NewForum(false)
	thread, err := d.Post(t.Context(), forum, "key", bot.Message{Text: "first"})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Edit(t.Context(), forum, thread, "key", bot.Message{Text: "second"}); err != nil {
		t.Fatal(err)
	}
	if shown := fake.Shown(thread); len(shown) != 1 || !strings.HasPrefix(shown[0], "second") {
		t.Errorf("the thread shows %q", shown)
	}
	fake.Close(thread, http.StatusBadRequest, 50083)
	if err := d.Edit(t.Context(), forum, thread, "key", bot.Message{Text: "third"}); !errors.Is(err, bot.ErrGone) {
		t.Errorf("Edit in an archived thread: %v, want bot.ErrGone", err)
	}
}
