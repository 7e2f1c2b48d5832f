package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
	"rapporteur/corpus/sample"
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
	l.index, err = index.Open(filepath.Join(c.Data, "index"), l.corpus, log)
	switch {
	case errors.Is(err, index.ErrInUse) && share:
		l.index, err = index.OpenMemory(l.corpus, log)
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

// places returns the sources that c names.
func places(c config, log *slog.Logger) []*place {
	var all []*place
	if c.Sample {
		all = append(all, &place{Source: sample.New(), every: 24 * time.Hour, local: true})
	}
	press := newPress(c, log)
	for _, s := range c.Sources {
		all = append(all, press.open(s))
	}
	return all
}
