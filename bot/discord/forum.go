package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
)

const (
	maxThreadName = 100  // units of a thread's name
	maxTags       = 5    // of a thread
	maxOpenings   = 1000 // threads whose references are remembered; then all are forgotten
)

// A tag is what a thread in a forum can be filed under.
type tag struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Moderated bool   `json:"moderated"` // whether it takes the right to manage threads
}

// A listed thread is what Discord says of one in its lists.
type listed struct {
	ID     string `json:"id"`
	Parent string `json:"parent_id"`
	Owner  string `json:"owner_id"`
}

// open posts m to a forum as a thread with the publication's title, and returns
// the thread's id, which its first message has as well. Threads take no nonce:
// who does not know whether one was opened has to look.
func (d *Discord) open(ctx context.Context, forum place, key string, m bot.Message) (id string, err error) {
	mark := mark(forum.ID, key)
	body := struct {
		Name    string   `json:"name"`
		Message post     `json:"message"`
		Tags    []string `json:"applied_tags"`
	}{title(m), announced(m, mark), forum.file(m)}
	var made struct {
		ID string `json:"id"`
	}
	path := "/channels/" + url.PathEscape(forum.ID) + "/threads"
	if err := d.rest.call(ctx, "POST "+path, http.MethodPost, path, body, &made); err != nil {
		return "", err
	}
	if made.ID == "" {
		return "", errNoDiscord
	}
	d.openings.put(made.ID, reference(mark))
	return made.ID, nil
}

// title returns what a thread with m is called.
func title(m bot.Message) string {
	called := m.Text
	if len(m.Quotes) > 0 {
		called = m.Quotes[0].Doc().Title
	}
	return cut(cmp.Or(strings.Join(strings.Fields(called), " "), "Publication"), maxThreadName, plain)
}

// file returns the ids of the tags that fit the publication in m: those called
// like its source, its section or its language. Where a thread must have a
// tag, it gets the first one if none fits. Moderated ones are not ours to give.
func (p place) file(m bot.Message) []string {
	fitting := []string{}
	var free []string
	for _, t := range p.Tags {
		if t.Moderated {
			continue
		}
		free = append(free, t.ID)
		if len(m.Quotes) > 0 && len(fitting) < maxTags && t.fits(m.Quotes[0].Doc()) {
			fitting = append(fitting, t.ID)
		}
	}
	if len(fitting) == 0 && p.Flags&requireTag != 0 && len(free) > 0 {
		return free[:1]
	}
	return fitting
}

// languageNames are the names of languages, beside their codes, that tags may have.
var languageNames = map[string][]string{
	"en": {"English"}, "de": {"German", "Deutsch"}, "fr": {"French", "Français"}, "es": {"Spanish", "Español"},
	"it": {"Italian", "Italiano"}, "nl": {"Dutch", "Nederlands"}, "pt": {"Portuguese", "Português"},
}

// fits reports whether t is called like something that d is filed under.
func (t tag) fits(d *corpus.Doc) bool {
	code, _, _ := strings.Cut(strings.ToLower(d.Language), "-")
	for _, name := range append([]string{d.Source, d.Section, d.Language, code}, languageNames[code]...) {
		if name != "" && strings.EqualFold(strings.TrimSpace(t.Name), strings.TrimSpace(name)) {
			return true
		}
	}
	return false
}

// openings remembers the references in first messages, by thread.
type openings struct {
	mu    sync.Mutex
	known map[string]string
}

func (o *openings) put(thread, ref string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known == nil || len(o.known) >= maxOpenings {
		o.known = map[string]string{}
	}
	o.known[thread] = ref
}

func (o *openings) get(thread string) (ref string, known bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	ref, known = o.known[thread]
	return ref, known
}

// findThread returns the thread in a forum whose first message has ref, or the
// empty string. What a process that has just been killed has sent may still be
// on its way: for so long it is waited.
func (d *Discord) findThread(ctx context.Context, forum place, ref string) (id string, err error) {
	if err := sleep(ctx, d.timing.settle-time.Since(d.born)); err != nil {
		return "", err
	}
	threads, err := d.threads(ctx, forum)
	if err != nil {
		return "", err
	}
	for _, t := range threads {
		has, err := d.opening(ctx, forum.ID, t)
		if err != nil {
			return "", err
		}
		if has == ref {
			return t, nil
		}
	}
	return "", nil
}

// threads returns the ids of the newest threads that the bot has opened in a
// forum, the newest first, whether or not they are archived.
func (d *Discord) threads(ctx context.Context, forum place) (ids []string, err error) {
	self, err := d.whoami(ctx)
	if err != nil {
		return nil, err
	}
	for _, path := range []string{
		"/guilds/" + url.PathEscape(forum.Guild) + "/threads/active",
		"/channels/" + url.PathEscape(forum.ID) + "/threads/archived/public?limit=100",
	} {
		var list struct {
			Threads []listed `json:"threads"`
		}
		if err := d.rest.call(ctx, "GET "+path, http.MethodGet, path, nil, &list); err != nil {
			return nil, err
		}
		for _, t := range list.Threads {
			if t.Parent == forum.ID && t.Owner == self {
				ids = append(ids, t.ID)
			}
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(b, a)) })
	ids = slices.Compact(ids)
	return ids[:min(len(ids), findPage)], nil
}

// opening returns the reference in a thread's first message; it is empty if
// there is none, or no such message any more.
func (d *Discord) opening(ctx context.Context, forum, thread string) (ref string, err error) {
	if ref, known := d.openings.get(thread); known {
		return ref, nil
	}
	var first seen
	path := fmt.Sprintf("/channels/%s/messages/%s", url.PathEscape(thread), url.PathEscape(thread))
	err = d.rest.call(ctx, "openings "+forum, http.MethodGet, path, nil, &first)
	var refused *refusal
	switch {
	case errors.As(err, &refused) && refused.status == http.StatusNotFound: // deleted
	case err != nil:
		return "", err
	}
	d.openings.put(thread, first.reference())
	return first.reference(), nil
}
