package source

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	quiet   = 1 * time.Second // without a change in the folder, before it is worth a look
	maxWait = 5 * time.Second // until that look if the changes do not end
)

// Watch returns a channel that gets a value whenever the folder has changed,
// after the changes have ceased for a second or have gone on for five; values
// that nobody receives are one. The channel is closed when ctx is done.
//
// It only makes looks come sooner: a change may go unnoticed, such as one on a
// network drive, after the folder itself was moved, or in a new subfolder when
// the system has no more watches to give. The error means that no change will
// be noticed, and that the folder is to be looked at from time to time as
// before.
func (f *Folder) Watch(ctx context.Context) (<-chan struct{}, error) {
	dir, err := filepath.EvalSymlinks(f.dir)
	if err != nil {
		return nil, f.unwatched(err)
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, f.unwatched(err)
	}
	if err := watchTree(w, dir); err != nil {
		w.Close()
		return nil, f.unwatched(err)
	}
	changes, pokes := make(chan struct{}), make(chan struct{}, 1)
	go relay(ctx, w, changes)
	go gather(changes, pokes)
	return pokes, nil
}

func (f *Folder) unwatched(err error) error {
	return f.wrap(fmt.Errorf("watch folder %s: %w: its changes are noticed by the periodic look only", f.dir, err))
}

// watchTree has w watch dir and all folders below it that are not ignored.
func watchTree(w *fsnotify.Watcher, dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case name != dir && ignored(filepath.ToSlash(name)):
			return fs.SkipDir
		}
		return w.Add(name)
	})
}

// relay sends a value to changes for everything that w sees, until ctx is
// done; then it closes both.
func relay(ctx context.Context, w *fsnotify.Watcher, changes chan<- struct{}) {
	defer close(changes)
	defer w.Close()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.Errors: // events were lost: the folder has changed in some way
		case e, open := <-w.Events:
			if !open {
				return
			}
			if ignored(filepath.ToSlash(e.Name)) {
				continue
			}
			if e.Has(fsnotify.Create) {
				_ = watchTree(w, e.Name) // a new subfolder; if it cannot be watched, the periodic look finds its files
			}
		}
		changes <- struct{}{}
	}
}

// gather turns the many values of changes into few pokes, until changes is
// closed; then it closes pokes.
func gather(changes <-chan struct{}, pokes chan<- struct{}) {
	defer close(pokes)
	timer := time.NewTimer(0)
	<-timer.C
	var first time.Time // change since the last poke; zero if there was none
	for {
		select {
		case _, open := <-changes:
			if !open {
				timer.Stop()
				return
			}
			if first.IsZero() {
				first = time.Now()
			}
			timer.Reset(min(quiet, time.Until(first.Add(maxWait))))
		case <-timer.C:
			first = time.Time{}
			select {
			case pokes <- struct{}{}:
			default: // the last one was not received yet, and stands for this one too
			}
		}
	}
}
