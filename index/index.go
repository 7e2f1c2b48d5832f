package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	index "github.com/blevesearch/bleve_index_api"
)

// ErrInUse means that another process holds the folder of an index. One may
// wait for it, or do with an index in memory.
var ErrInUse = errors.New("the index is in use by another process")

// ErrClosed is returned by an index after Close.
var ErrClosed = errors.New("the index is closed")

// maxAsks is the number of questions that are answered at a time; more of them
// than processors only take each other's time, so the others wait.
const maxAsks = 4

// The keys of what the index knows about itself.
var (
	formatKey = []byte("rapporteur format")
	cursorKey = []byte("rapporteur cursor") // Seq of the last publication that is in the index
	lengthKey = []byte("rapporteur length") // number of terms of all passages
)

// An Index finds passages of the corpus. It may be used from several
// goroutines: a question is answered from the state that the last batch left,
// while the next one is written.
type Index struct {
	docs     Docs
	log      *slog.Logger
	analyzer analysis.Analyzer
	queue    *index.AnalysisQueue
	engine   index.Index
	batch    int // passages that are written at once
	cache    docCache
	catalog  catalog
	asks     chan struct{} // holds one element for each question being answered

	syncing sync.Mutex   // held by Sync
	life    sync.RWMutex // held for writing by Close
	closed  bool
}

// Passages that are written at once. An index in memory never merges what was
// written, so it is given more at a time.
const (
	folderBatch = 1_000
	memoryBatch = 10_000
)

// Open returns the index of docs that is kept in the folder dir, which is made
// if need be. An index there that is damaged or of another format is deleted
// and begun anew, which the log tells; Sync fills it. The error is or wraps
// ErrInUse if another process has it open. A folder that holds anything else
// than an index is left as it is, with an error.
func Open(dir string, docs Docs, log *slog.Logger) (*Index, error) {
	if dir == "" {
		return OpenMemory(docs, log)
	}
	x, err := newIndex(docs, log, folderBatch)
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", dir, err)
	}
	if x.engine, err = openFolder(dir, x.queue, log); err != nil {
		x.queue.Close()
		return nil, fmt.Errorf("index %s: %w", dir, err)
	}
	return x, nil
}

// OpenMemory returns an empty index of docs that is gone after Close. It is
// meant for one large Sync and many questions.
func OpenMemory(docs Docs, log *slog.Logger) (*Index, error) {
	x, err := newIndex(docs, log, memoryBatch)
	if err != nil {
		return nil, fmt.Errorf("index in memory: %w", err)
	}
	if x.engine, err = openEngine("", false, x.queue); err != nil {
		x.queue.Close()
		return nil, fmt.Errorf("index in memory: %w", err)
	}
	return x, nil
}

func newIndex(docs Docs, log *slog.Logger, batch int) (*Index, error) {
	analyzer, err := newAnalyzer()
	if err != nil {
		return nil, err
	}
	return &Index{
		docs:     docs,
		log:      log,
		analyzer: analyzer,
		queue:    index.NewAnalysisQueue(runtime.GOMAXPROCS(0)),
		batch:    batch,
		asks:     make(chan struct{}, maxAsks),
	}, nil
}

// Close waits for the questions and the Sync under way and gives the folder
// free. It may be called again.
func (x *Index) Close() error {
	x.life.Lock()
	defer x.life.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	defer x.queue.Close()
	if err := x.engine.Close(); err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}

// Stats tells how much an index holds.
type Stats struct {
	Passages int   // paragraphs that can be found
	Cursor   int64 // Seq of the last publication taken in
}

// Stats returns how much the index holds now.
func (x *Index) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	err := x.read(ctx, func(r *reader) error {
		s = Stats{int(r.passages), r.cursor}
		return nil
	})
	return s, err
}

// A reader is one state of the index, which later batches do not change.
type reader struct {
	index.IndexReader
	passages uint64
	cursor   int64
	length   int64 // terms of all passages
}

// read has f read the index as it is now.
func (x *Index) read(ctx context.Context, f func(*reader) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.life.RLock()
	defer x.life.RUnlock()
	if x.closed {
		return ErrClosed
	}
	r, err := newReader(x.engine)
	if err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return f(r)
}

func newReader(engine index.Index) (*reader, error) {
	inner, err := engine.Reader()
	if err != nil {
		return nil, err
	}
	r := &reader{IndexReader: inner}
	if r.passages, err = inner.DocCount(); err == nil {
		r.cursor, err = r.number(cursorKey)
	}
	if err == nil {
		r.length, err = r.number(lengthKey)
	}
	if err != nil {
		return nil, errors.Join(err, inner.Close())
	}
	return r, nil
}

// number returns the number that is kept under key, 0 if there is none.
func (r *reader) number(key []byte) (int64, error) {
	value, err := r.GetInternal(key)
	if err != nil || len(value) != 8 {
		return 0, err
	}
	return int64(binary.BigEndian.Uint64(value)), nil
}

func numberValue(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }
