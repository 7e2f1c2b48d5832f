package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
	"rapporteur/index"
)

// A library is the publications, their index and what the bot remembers, as
// they lie in the data folder.
type library struct {
	corpus *corpus.Store
	state  *bot.Store
	index  *index.Index
}

// openLibrary opens the data folder. Where another process uses the index,
// share says whether to index in memory instead, or to end with an error.
func openLibrary(ctx context.Context, c config, share bool, log *slog.Logger) (l *library, err error) {
	l = &library{}
	defer func() {
		if err != nil {
			l.close()
		}
	}()
	if l.corpus, err = corpus.OpenStore(ctx, filepath.Join(c.Data, "corpus.db"), time.Now); err != nil {
		return l, err
	}
	if l.state, err = bot.OpenStore(ctx, filepath.Join(c.Data, "bot.db"), time.Now); err != nil {
		return l, err
	}
	docs := kept{l.corpus, c.folders()}
	l.index, err = index.Open(filepath.Join(c.Data, "index"), docs, log)
	switch {
	case errors.Is(err, index.ErrInUse) && share:
		l.index, err = index.OpenMemory(docs, log)
	case errors.Is(err, index.ErrInUse):
		err = fmt.Errorf("another rapporteur uses the folder %s: stop it, or set data in config.yaml to another folder: %w", c.Data, err)
	}
	return l, err
}

// close closes what was opened, and returns what went wrong with it.
func (l *library) close() error {
	var errs []error
	if l.index != nil {
		errs = append(errs, l.index.Close())
	}
	if l.state != nil {
		errs = append(errs, l.state.Close())
	}
	if l.corpus != nil {
		errs = append(errs, l.corpus.Close())
	}
	return errors.Join(errs...)
}

// kept is the corpus as the index follows it. What its owner took out of a
// folder is answered from no longer; what a site has taken down is, and is
// marked when it is shown: readers should know that it was said.
type kept struct {
	*corpus.Store
	folders map[string]bool // names of the sources that are folders
}

// Get returns the publication with this id.
func (k kept) Get(ctx context.Context, id string) (*corpus.Doc, error) {
	d, err := k.Store.Get(ctx, id)
	if err == nil {
		k.keep(d)
	}
	return d, err
}

// After returns the publications that came or changed after seq.
func (k kept) After(ctx context.Context, seq int64) iter.Seq2[*corpus.Doc, error] {
	return func(yield func(*corpus.Doc, error) bool) {
		for d, err := range k.Store.After(ctx, seq) {
			if err == nil {
				k.keep(d)
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

func (k kept) keep(d *corpus.Doc) { d.Withdrawn = d.Withdrawn && k.folders[d.Source] }
