package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"rapporteur/corpus"
)

// historyCommand shows how a publication has changed.
type historyCommand struct {
	Publication []string `arg:"" help:"Its id, or words of its title."`
}

// Run prints the texts that the publication had, oldest first, and what each
// correction has changed.
func (h historyCommand) Run(ctx context.Context, p program, flags *commands) (err error) {
	c, err := loadConfig(flags.Config, p.env)
	if err != nil {
		return err
	}
	store, err := corpus.OpenStore(ctx, filepath.Join(c.Data, "corpus.db"), time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	d, err := meant(ctx, store, strings.Join(h.Publication, " "))
	if errors.Is(err, corpus.ErrNotFound) {
		return fmt.Errorf("%w: give the id or words of the title, as \"rapporteur ask\" shows them", err)
	}
	if err != nil {
		return err
	}
	revisions, err := store.Revisions(ctx, d.ID)
	if err != nil {
		return err
	}
	return tell(p.out, d, revisions)
}

// meant returns the publication with this id, withdrawn or not, else the one
// that the words mean by its title.
func meant(ctx context.Context, store *corpus.Store, words string) (*corpus.Doc, error) {
	d, err := store.Get(ctx, words)
	if errors.Is(err, corpus.ErrNotFound) {
		return store.Titled(ctx, words)
	}
	return d, err
}

// moment is how times are shown, in UTC.
const moment = "2 January 2006 15:04"

// tell prints the history of d.
func tell(out io.Writer, d *corpus.Doc, revisions []corpus.Revision) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nid %s, from the source %s\n", d.Title, d.ID, d.Source)
	for _, address := range append([]string{d.URL}, d.Addresses...) {
		if address != "" {
			fmt.Fprintf(&b, "at %s\n", address)
		}
	}
	texts := make([]string, 0, len(revisions)+1)
	came := []time.Time{d.Arrived}
	for _, r := range revisions {
		texts, came = append(texts, r.Text), append(came, r.Replaced)
	}
	texts = append(texts, d.Text)
	for i, text := range texts {
		fmt.Fprintf(&b, "\n%s: ", came[i].UTC().Format(moment))
		if i == 0 {
			fmt.Fprintf(&b, "first text (%d words)\n", len(strings.Fields(text)))
			continue
		}
		describe(&b, corpus.Compare(texts[i-1], text))
	}
	if d.Withdrawn {
		b.WriteString("\nIts source has withdrawn it; what was quoted from it stays on record here.\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// describe writes what a correction has changed.
func describe(b *strings.Builder, c corpus.Change) {
	if c.Cosmetic() {
		b.WriteString("cosmetic correction (white space, quotation marks or dashes)\n")
		return
	}
	fmt.Fprintf(b, "substantive correction (changes: %d)\n", len(c.Edits))
	for _, e := range c.Edits {
		fmt.Fprintf(b, "  paragraph %d: %s%s\n", e.Paragraph, worded(e), marks(e))
	}
}

// worded says what one edit has done.
func worded(e corpus.Edit) string {
	switch {
	case e.Old == "":
		return "added “" + shortened(e.New) + "”"
	case e.New == "":
		return "removed “" + shortened(e.Old) + "”"
	}
	return "“" + shortened(e.Old) + "” became “" + shortened(e.New) + "”"
}

// longestShown is how much of an edit is shown, in characters: a text that was
// written anew would fill the screen.
const longestShown = 300

func shortened(words string) string {
	all := []rune(words)
	if len(all) <= longestShown {
		return words
	}
	return fmt.Sprintf("%s…” (%d words in all) “…%s", string(all[:longestShown/2]), len(strings.Fields(words)), string(all[len(all)-longestShown/2:]))
}

// marks names what came or went with an edit and changes what is said.
func marks(e corpus.Edit) string {
	var all []string
	for _, m := range []struct {
		set  bool
		name string
	}{{e.Number, "number"}, {e.Name, "name"}, {e.Negation, "negation"}} {
		if m.set {
			all = append(all, m.name)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return " (" + strings.Join(all, ", ") + ")"
}
