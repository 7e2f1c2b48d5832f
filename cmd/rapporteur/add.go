package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"rapporteur/corpus"
	"rapporteur/corpus/source"
)

// addedName is the source of what was added by hand.
const addedName = "added"

// addCommand takes in single texts.
type addCommand struct {
	Intranet bool     `help:"Read private addresses too."`
	Items    []string `arg:"" name:"file-or-address" help:"Files, or addresses that begin with http:// or https://."`
}

// Run adds each file and address to the corpus. One that cannot be taken does
// not hold up the others; if there is any, Run ends with an error after it has
// told of each.
func (a addCommand) Run(ctx context.Context, p program, flags *commands) (err error) {
	c, err := loadConfig(flags.Config, p.env)
	if err != nil {
		return err
	}
	store, err := corpus.OpenStore(ctx, filepath.Join(c.Data, "corpus.db"), time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	press := newPress(c, slog.New(slog.DiscardHandler))
	defer func() { err = errors.Join(err, press.close()) }()
	adder := &adder{store: store, web: press.web, readers: press.readers, out: p.out}
	if a.Intranet {
		adder.web = press.intranet
	}
	return adder.add(ctx, a.Items, progress(p.err, len(a.Items)))
}

// progress returns a bar on a terminal, and nil elsewhere.
func progress(w io.Writer, n int) *progressbar.ProgressBar {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return progressbar.NewOptions(n, progressbar.OptionSetWriter(w), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
}

// An adder takes in texts one by one.
type adder struct {
	store   *corpus.Store
	web     *source.Fetcher
	readers source.Readers
	out     io.Writer
}

// add takes in all items, and moves the bar if there is one.
func (a *adder) add(ctx context.Context, items []string, bar *progressbar.ProgressBar) error {
	failed := 0
	for _, item := range items {
		said, err := a.one(ctx, item)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			said = fmt.Sprintf("PROBLEM  %v", err)
		}
		if bar != nil {
			_ = bar.Clear() // a bar that cannot be drawn is no reason to stop
		}
		fmt.Fprintln(a.out, said)
		if bar != nil {
			_ = bar.Add(1)
		}
	}
	if failed > 0 {
		return fmt.Errorf("not added: %d of %d", failed, len(items))
	}
	return nil
}

// one takes in one item, and says what became of it.
func (a *adder) one(ctx context.Context, item string) (says string, err error) {
	var d *corpus.Doc
	if strings.HasPrefix(item, "http://") || strings.HasPrefix(item, "https://") {
		d, err = source.FetchPage(ctx, a.web, a.readers, item)
	} else {
		d, err = a.file(ctx, item)
	}
	if err != nil {
		return "", err
	}
	d.Source = addedName
	extract(d)
	changed, err := a.store.Put(ctx, d)
	switch {
	case err != nil:
		return "", err
	case changed:
		return fmt.Sprintf("added    %s (%d words, id %s)", d.Title, len(strings.Fields(d.Text)), d.ID), nil
	case d.Source != addedName:
		return fmt.Sprintf("known    %s (id %s): it comes from the source %s, which keeps it up to date", d.Title, d.ID, d.Source), nil
	}
	return fmt.Sprintf("known    %s (id %s)", d.Title, d.ID), nil
}

// file reads a file. Its publication is named by its path, below "added/" so
// that it is not mistaken for one of a folder, unless it names itself.
func (a *adder) file(ctx context.Context, path string) (*corpus.Doc, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: this is no file: name the files in it, or make it the folder of a source in config.yaml", path)
	case info.Size() > source.MaxPage:
		return nil, fmt.Errorf("%s: has %d bytes, and at most %d are read: split it into several files", path, info.Size(), source.MaxPage)
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	name := filepath.ToSlash(filepath.Clean(path))
	d, err := a.readers.Read(ctx, name, "", src)
	if err != nil {
		return nil, err
	}
	if d.ID == name {
		d.ID = addedName + "/" + strings.TrimLeft(name, "/.")
	}
	return d, nil
}
