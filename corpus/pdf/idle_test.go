package pdf

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// TestIdle holds the reader to giving back its memory some time after the last
// file, and not before.
func TestIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, err := Open(filepath.Join(os.TempDir(), "rapporteur-test-pdfium"))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if _, err := r.Parse(t.Context(), "a.pdf", []byte("no PDF")); err == nil {
			t.Error("what is no PDF was read")
		}
		time.Sleep(idleAfter - time.Second)
		if !r.awake() {
			t.Error("the memory was given back too early")
		}
		time.Sleep(2 * time.Second)
		if r.awake() {
			t.Error("the memory was not given back")
		}
	})
}

// awake reports whether the reader holds PDFium.
func (r *Reader) awake() bool {
	e := <-r.turn
	r.turn <- e
	return e != nil
}
