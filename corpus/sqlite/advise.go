package sqlite

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// advise adds to an error of SQLite what the operator can do about it, if
// that is known.
func advise(err error) error {
	var refused *sqlite.Error
	if !errors.As(err, &refused) {
		return err
	}
	if remedy := remedy(refused.Code() & 0xff); remedy != "" {
		return fmt.Errorf("%w: %s", err, remedy)
	}
	return err
}

// remedy returns what to do about one of SQLite's primary result codes.
func remedy(code int) string {
	switch code {
	case lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT:
		return "the file is damaged or no database: restore it from a backup, or move it away to begin anew"
	case lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return "give this user the right to write to the file and its folder"
	case lib.SQLITE_FULL:
		return "make room on the disk"
	case lib.SQLITE_BUSY:
		return "another program uses it: end that one first"
	}
	return ""
}
