// Package source reads publications from the places where they appear.
//
// Each place is a [corpus.Source]: it is asked again and again for what it
// shows, and the corpus decides what of it is new. So a source may safely
// return the same publication twice, but must never leave one out for good.
package source

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"rapporteur/corpus"
)

// MaxFile is the size of the largest file of text that is read, in bytes; files
// that may hold pictures are read up to [MaxPage]. A longer one is an error and
// not cut short, since half a text misquotes.
const MaxFile = 8 << 20

// A Folder is a source whose publications are the files of a directory and its
// subfolders: .txt, .md and .markdown, and .html, .pdf and .docx if there are
// readers of those. Hidden files, what
// editors and browsers leave beside a file, and links that lead out of the
// directory are left alone. It must be made by [NewFolder], and fetched by one
// goroutine at a time.
type Folder struct {
	name    string
	dir     string
	rules   Rules
	readers Readers
	now     func() time.Time
	pending atomic.Bool
	pulse
}

// NewFolder returns the source of this name over the directory dir, which need
// not exist yet; readers read what is no text. The clock now tells whether a file may still be written to.
func NewFolder(name, dir string, rules Rules, readers Readers, now func() time.Time) *Folder {
	return &Folder{name: name, dir: dir, rules: rules, readers: readers, now: now}
}

// Name returns the name that was given to NewFolder.
func (f *Folder) Name() string { return f.name }

// Pending reports whether the last Fetch left something for the next one,
// which should then follow in a second or two: files that may still be
// written to, or more new files than one Fetch returns.
func (f *Folder) Pending() bool { return f.pending.Load() }

// Fetch returns the files that are new or changed since state, in the order of
// their names, and those that are gone as withdrawn. A publication is named by
// the id of its front matter or else by the path of its file below the folder,
// and keeps that ID when the file is moved or renamed. A file of which only
// the time or the line ends have changed is not returned again.
//
// A file that cannot be taken does not hold up the others. The error names
// each such file and what to do about it, once for every change of the file;
// what was last taken from it stays. If the folder itself cannot be read, or
// was emptied of several files at once as happens when a disk is not mounted,
// nothing is withdrawn.
//
// Doc.Backlog is set on the files that lay in the folder at the first Fetch,
// also if a later one returns them.
func (f *Folder) Fetch(ctx context.Context, state []byte) (docs []*corpus.Doc, next []byte, err error) {
	f.pending.Store(false)
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return nil, nil, f.unreadable(err)
	}
	defer root.Close()
	l := newLook(root, f, f.now(), state)
	if err := l.scan(ctx); err != nil {
		return nil, nil, f.unreadable(err)
	}
	if l.emptied() {
		f.problem("emptied", l.sayEmptied())
		err := l.reportEmptied()
		return nil, save(l.state), f.wrap(err)
	}
	l.markGone()
	l.own()
	for _, at := range l.found {
		if ctx.Err() != nil {
			return nil, nil, f.wrap(ctx.Err())
		}
		l.visit(at)
	}
	l.parse(ctx)
	if ctx.Err() != nil {
		return nil, nil, f.wrap(ctx.Err())
	}
	for _, j := range l.jobs {
		l.publish(j)
	}
	l.withdraw()
	f.pending.Store(l.pending)
	err = errors.Join(l.report(), l.state.stale(f.rules.StaleAfter, l.now))
	f.last.Store(l.state.health())
	return l.docs, save(l.state), f.wrap(err)
}

// unreadable says what to do about a folder that cannot be read.
func (f *Folder) unreadable(err error) error {
	err = fmt.Errorf("read folder %s: %w: make the folder readable or correct its path in the configuration; nothing was withdrawn", f.dir, err)
	f.problem("failing", err)
	return f.wrap(err)
}

func (f *Folder) wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", f.name, err)
}
