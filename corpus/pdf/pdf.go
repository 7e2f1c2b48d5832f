// Package pdf reads publications from PDF files: their words in the order in
// which people read them, with headings, lists and the page of each paragraph.
//
// PDFium does the reading, compiled to WebAssembly: whatever a broken or
// hostile file does to it stays in its own memory, which is thrown away after
// each file.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	pdferrors "github.com/klippa-app/go-pdfium/errors"

	"rapporteur/corpus"
)

const (
	MaxFile  = 64 << 20         // bytes; a report with its pictures has 30 million at times
	MaxPages = 2000             // pages; more are a book or a bomb
	MaxText  = 8 << 20          // bytes of text; a longer one is refused, not cut: half a text misquotes
	MaxTime  = 15 * time.Second // for one file; a report of 200 pages takes two

	idleAfter = 30 * time.Second // without a file, until memory is given back
)

// errClosed is returned by a Reader that was closed.
var errClosed = errors.New("the reader of PDF files is closed")

// A Reader reads PDF files, one at a time, and may be used by many goroutines.
// It takes memory, some 60 MB, with the first file and gives it back after the
// last. It must be made by [Open].
type Reader struct {
	cacheDir string
	turn     chan *engine // holds the engine, nil if there is none, while nobody reads
	done     chan struct{}
	close    sync.Once
	idle     *time.Timer
}

// Open returns a Reader that keeps the compiled PDFium below cacheDir, some
// 50 MB, so that only the first file ever waits for it to be compiled, about
// 5 seconds. Nothing is read or written until there is a file to read.
func Open(cacheDir string) (*Reader, error) {
	if cacheDir == "" {
		return nil, errors.New("open the reader of PDF files: it needs a folder for its cache")
	}
	r := &Reader{cacheDir: cacheDir, turn: make(chan *engine, 1), done: make(chan struct{})}
	r.turn <- nil
	r.idle = time.AfterFunc(idleAfter, r.Rest)
	r.idle.Stop()
	return r, nil
}

// Rest gives back the memory that reading takes, unless somebody is reading.
// The next file takes it again, which costs about 0.2 seconds.
func (r *Reader) Rest() {
	select {
	case e := <-r.turn:
		e.stop()
		r.turn <- nil
	default:
	}
}

// Close waits for the file that is being read, and gives back all memory.
// Parse returns an error after it.
func (r *Reader) Close() error {
	r.close.Do(func() {
		close(r.done)
		r.idle.Stop()
		e := <-r.turn
		e.stop()
		r.turn <- nil
	})
	return nil
}

// Parse reads the publication in src, which is a PDF file of that name; the
// name becomes its ID. The Text is what its pages say, in the order of
// reading, without what only repeats itself at the top or the bottom of pages,
// and with the footnotes after all else. Words that a hyphen parts at the end
// of a line are one word again.
//
// Title, Authors and Published are what the file says of itself if that can be
// true; else the title is the largest line of its first page.
//
// The error names the file and what to do about it: if it is damaged, locked
// with a password, holds pictures only, or needs more than the limits allow.
func (r *Reader) Parse(ctx context.Context, name string, src []byte) (*corpus.Doc, error) {
	if len(src) > MaxFile {
		return nil, fmt.Errorf("%s: %d bytes is more than %d: make its pictures smaller or split it", name, len(src), MaxFile)
	}
	select {
	case e := <-r.turn:
		return r.parse(ctx, e, name, src)
	case <-r.done:
		return nil, fmt.Errorf("%s: %w", name, errClosed)
	case <-ctx.Done():
		return nil, fmt.Errorf("%s: %w", name, ctx.Err())
	}
}

// parse reads src with e, or with a new engine if that is nil, and hands on
// the engine if it is still good.
func (r *Reader) parse(ctx context.Context, e *engine, name string, src []byte) (*corpus.Doc, error) {
	defer func() { r.turn <- e; r.idle.Reset(idleAfter) }()
	select {
	case <-r.done:
		return nil, fmt.Errorf("%s: %w", name, errClosed)
	default:
	}
	if e == nil {
		var err error
		if e, err = start(r.cacheDir); err != nil {
			return nil, fmt.Errorf("%s: make ready to read PDF files: %w", name, err)
		}
	}
	timed, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	f, err := e.read(timed, src)
	if timed.Err() != nil || errors.Is(err, errBroken) {
		e.stop()
		e = nil
	}
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%s: %w", name, ctx.Err())
	case timed.Err() != nil:
		return nil, fmt.Errorf("%s: reading it takes more than %v: split it, or print it into a new PDF", name, MaxTime)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, advise(err))
	}
	return f.doc(name)
}

// advise says what to do about an error of reading.
func advise(err error) error {
	switch {
	case errors.Is(err, errLimit):
		return err
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return fmt.Errorf("it is locked: ask for a version without a password: %w", err)
	case errors.Is(err, errBroken):
		return fmt.Errorf("it is damaged, or needs more than %d MB to be read: print it into a new PDF, or split it: %w", maxMemory>>20, err)
	}
	return fmt.Errorf("it is damaged or no PDF: get it again, or print it into a new PDF: %w", err)
}
