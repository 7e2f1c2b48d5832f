package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// maxMemory is what one file may take inside PDFium, in bytes. With the
// program around it that keeps the process below 512 MB.
const maxMemory = 256 << 20

const wasmPage = 64 << 10 // bytes by which WebAssembly counts memory

// errBroken means that PDFium cannot be used any more.
var errBroken = errors.New("PDFium broke off")

// An engine is PDFium, compiled and loaded. It serves one file at a time.
type engine struct {
	cache  wazero.CompilationCache
	pool   pdfium.Pool
	cancel context.CancelFunc // stops whatever runs in it, for good
}

// start loads PDFium, and compiles it if cacheDir does not hold it yet.
func start(cacheDir string) (*engine, error) {
	cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background()) // outlives the file it is started for
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCompilationCache(cache).
		WithMemoryLimitPages(maxMemory / wasmPage).
		WithCloseOnContextDone(true)
	pool, err := webassembly.Init(webassembly.Config{
		Context:       withMemory(ctx),
		MaxTotal:      1,
		RuntimeConfig: config,
		FSConfig:      wazero.NewFSConfig(), // it sees no files
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		cancel()
		return nil, errors.Join(err, cache.Close(context.Background()))
	}
	debug.FreeOSMemory() // compiling takes 300 MB
	return &engine{cache, pool, cancel}, nil
}

// stop gives back all memory. The engine, which may be nil, is of no use then.
func (e *engine) stop() {
	if e == nil {
		return
	}
	e.cancel()
	_ = e.pool.Close()                      // it can only say that it is closed already
	_ = e.cache.Close(context.Background()) // its files are complete
	debug.FreeOSMemory()
}

// read reads the file src in an instance of its own. When ctx is done it
// returns at once, and the engine is of no use then.
func (e *engine) read(ctx context.Context, src []byte) (f *file, err error) {
	defer context.AfterFunc(ctx, e.cancel)()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errBroken, p)
		}
	}()
	pdf, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	defer pdf.Close()
	if f, err = readFile(ctx, pdf, src); err == nil || expected(err) {
		return f, err
	}
	what, _, _ := strings.Cut(err.Error(), "\n") // below it is a trace of PDFium's functions
	return nil, fmt.Errorf("%w: %s", errBroken, what)
}

// expected reports whether err is what PDFium or we say of a file, and not
// that PDFium has come to grief or to the end of its memory.
func expected(err error) bool {
	for _, known := range []error{errLimit, pdferrors.ErrFile, pdferrors.ErrFormat, pdferrors.ErrPassword, pdferrors.ErrSecurity, pdferrors.ErrPage} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}
