//go:build unix

package pdf

import (
	"context"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// withMemory lets the memory of instances come from the system and not from
// Go's heap: it grows in place, and goes back at once when a file is read.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(mapped))
}

// A mapping is memory that the system gives page by page, as it is touched.
type mapping []byte

func mapped(_, most uint64) experimental.LinearMemory {
	m, err := syscall.Mmap(-1, 0, int(most), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		panic(err) // wazero has no other way; whoever makes an instance recovers
	}
	return mapping(m)
}

// Reallocate returns the first size bytes, nil if there are not so many.
func (m mapping) Reallocate(size uint64) []byte {
	if size > uint64(len(m)) {
		return nil
	}
	return m[:size]
}

// Free gives the memory back.
func (m mapping) Free() { _ = syscall.Munmap(m) }
