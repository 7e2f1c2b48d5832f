package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"go.etcd.io/bbolt"
	bolt "go.etcd.io/bbolt/errors"
)

// format is that of the index. It changes with whatever makes an index that
// was built before wrong, such as the analysis of words; the old one is then
// built again.
const format = "1"

const (
	markerFile  = "rapporteur-index" // tells a folder of ours from all others
	storeFolder = "store"            // bleve's files
	marker      = "This folder is an index of Rapporteur. It may be deleted at any time; it is built again.\n"
)

// lockWait is how long a folder that another process holds is waited for.
const lockWait = 250 * time.Millisecond

// errDamaged means that an index cannot be used and is to be built again.
var errDamaged = errors.New("damaged")

// openFolder opens the index in dir for writing, and begins a new one if there
// is none that can be used.
func openFolder(dir string, queue *index.AnalysisQueue, log *slog.Logger) (index.Index, error) {
	if err := claim(dir); err != nil {
		return nil, err
	}
	store := filepath.Join(dir, storeFolder)
	err := verify(store, queue)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return begin(store, queue)
	case errors.Is(err, errDamaged):
		return rebuild(store, queue, log, err)
	case err != nil:
		return nil, err
	}
	engine, err := openEngine(store, false, queue)
	if errors.Is(err, errDamaged) {
		return rebuild(store, queue, log, err)
	}
	return engine, err
}

// claim makes dir ours, or returns an error if it holds something else.
func claim(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == markerFile {
			return nil
		}
	}
	if len(entries) > 0 {
		return errors.New("the folder holds other files, which are left alone: name a folder that is empty or does not exist")
	}
	return os.WriteFile(filepath.Join(dir, markerFile), []byte(marker), 0o600)
}

// rebuild deletes an index that cannot be used and begins a new one.
func rebuild(store string, queue *index.AnalysisQueue, log *slog.Logger, why error) (index.Index, error) {
	log.Warn("the index cannot be used and is built again", "folder", store, "reason", why)
	if err := os.RemoveAll(store); err != nil {
		return nil, err
	}
	return begin(store, queue)
}

// begin makes an index that is empty.
func begin(store string, queue *index.AnalysisQueue) (index.Index, error) {
	engine, err := openEngine(store, false, queue)
	if err != nil {
		return nil, err
	}
	if err := engine.SetInternal(formatKey, []byte(format)); err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return engine, nil
}

// verify reports whether the index in store can be used: it returns nil, or
// fs.ErrNotExist if there is none, ErrInUse, or errDamaged with the reason.
// Bleve itself does not look at its checksums. Reading all files also has them
// at hand for the first question.
func verify(store string, queue *index.AnalysisQueue) (err error) {
	root := filepath.Join(store, "root.bolt")
	info, err := os.Stat(root)
	if err == nil && info.Size() == 0 {
		err = fs.ErrNotExist
	}
	if err != nil {
		return err
	}
	if err := explain(guard(func() error { return verifySize(root, info.Size()) })); err != nil {
		return err
	}
	engine, err := openEngine(store, true, queue)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	r, err := engine.Reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if is, err := r.GetInternal(formatKey); err != nil || string(is) != format {
		return fmt.Errorf("%w: its format is %q, not %q", errDamaged, is, format)
	}
	snapshot, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("%w: it is a %T", errDamaged, r)
	}
	for _, s := range snapshot.Segments() {
		if file, ok := s.Segment().(segment.PersistedSegment); ok {
			if err := verifyFile(file.Path()); err != nil {
				return err
			}
		}
	}
	return nil
}

// verifySize sees that bolt's file has not been cut short, also where the rest
// of it serves for now: to read what is not there ends the process.
func verifySize(name string, size int64) error {
	db, err := bbolt.Open(name, 0, &bbolt.Options{ReadOnly: true, Timeout: lockWait})
	if err != nil {
		return err
	}
	err = db.View(func(tx *bbolt.Tx) error {
		if tx.Size() > size {
			return fmt.Errorf("%s has %d bytes of %d", name, size, tx.Size())
		}
		return nil
	})
	return errors.Join(err, db.Close())
}

// verifyFile compares the checksum at the end of a segment with its content.
func verifyFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-crc32.Size); err != nil {
		return fmt.Errorf("%w: read %s: %w", errDamaged, name, err)
	}
	var want uint32
	if err := binary.Read(f, binary.BigEndian, &want); err != nil {
		return fmt.Errorf("%w: read %s: %w", errDamaged, name, err)
	}
	if sum.Sum32() != want {
		return fmt.Errorf("%w: the checksum of %s is wrong", errDamaged, name)
	}
	return nil
}

// openEngine opens bleve's index in store, or in memory if that is empty. The
// error is errDamaged unless it lies with the system or another process.
func openEngine(store string, readOnly bool, queue *index.AnalysisQueue) (engine index.Index, err error) {
	config := map[string]any{"path": store, "bolt_timeout": lockWait.String(), "read_only": readOnly}
	engine, err = scorch.NewScorch(scorch.Name, config, queue)
	if err != nil {
		return nil, err
	}
	if err := explain(guard(engine.Open)); err != nil {
		return nil, err
	}
	return engine, nil
}

// explain returns what an error of bleve's or bolt's means for the index.
func explain(err error) error {
	var system syscall.Errno
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bolt.ErrTimeout):
		return ErrInUse
	case errors.As(err, &system):
		return err
	}
	return fmt.Errorf("%w: %w", errDamaged, err)
}

// guard makes errors of the panics that bleve and bolt answer damaged files
// with, also where a file that was cut short is read through memory.
func guard(open func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return open()
}
