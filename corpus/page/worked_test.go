//go:build unix

package page_test

import (
	"syscall"
	"testing"
	"time"
)

// worked returns the time that processors have worked for this program, which
// does not grow while the machine does something else.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
