package pdf_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"rapporteur/corpus/pdf"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open returns a reader for the test, with a cache that all tests share.
func open(t testing.TB) *pdf.Reader {
	t.Helper()
	r, err := pdf.Open(filepath.Join(os.TempDir(), "rapporteur-test-pdfium"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// peak returns the most memory that the process ever had, in MB.
func peak(t testing.TB) int { return memory(t, "VmHWM:") }

// memory returns a line of what Linux knows of the process, in MB.
func memory(t testing.TB, line string) int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("there is no /proc here")
	}
	_, rest, _ := strings.Cut(string(status), line)
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kb >> 10
}
