// Package sqlite opens the SQLite databases that the bot keeps its state in.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	// Each connection has a page cache of its own, so a few of them are
	// enough for one writer and its readers, and cost little memory.
	maxConns  = 4
	cacheSize = 1024 // KiB a connection
	maxIdle   = time.Minute

	busyTimeout = 10 * time.Second // a writer waits as long for another one
	maxLog      = 8 << 20          // bytes; what is left of the log after a large write
)

// Open opens the database file at path, which it makes if need be along with
// its folder, and brings its tables up to date by the goose migrations at the
// top of migrations.
//
// A committed transaction survives a loss of power. Every transaction locks
// out other writers from its beginning, so that it cannot fail halfway because
// of another one; readers are never locked out.
//
// The error says what to do if the folder cannot be written to, the file is
// damaged or no database, or a newer program has made it.
func Open(ctx context.Context, path string, migrations fs.FS) (*sql.DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("open database %s: %w; make the folder, or choose another in the configuration", path, err)
	}
	db, err := sql.Open("sqlite", address(path))
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	db.SetMaxOpenConns(maxConns)
	db.SetConnMaxIdleTime(maxIdle)
	if err := migrate(ctx, db, migrations); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, advise(err)), db.Close())
	}
	return db, nil
}

// address returns what the driver opens: the path and how to use it.
func address(path string) string {
	settings := url.Values{"_txlock": {"immediate"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()), // first, for the others wait too
		"journal_mode(wal)",
		"synchronous(full)", // a post that was marked as made must stay marked
		"foreign_keys(on)",
		fmt.Sprintf("cache_size(-%d)", cacheSize),
		fmt.Sprintf("journal_size_limit(%d)", maxLog),
	}}
	file := url.URL{Path: filepath.ToSlash(path)}
	return "file:" + file.EscapedPath() + "?" + settings.Encode()
}

// migrate brings the tables up to date. It refuses to touch those of a newer
// program, whose meaning it cannot know.
func migrate(ctx context.Context, db *sql.DB, migrations fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, migrations,
		goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	has, knows, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has > knows {
		return fmt.Errorf("its tables have version %d and this rapporteur knows %d: a newer one made it, so run that", has, knows)
	}
	_, err = provider.Up(ctx)
	return err
}
