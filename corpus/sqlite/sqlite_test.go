package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"rapporteur/corpus/sqlite"
)

// migrations returns as many migrations as asked for, each of one table.
func migrations(n int) fs.FS {
	files := fstest.MapFS{}
	for i := range n {
		files[fmt.Sprintf("%05d_table.sql", i+1)] = &fstest.MapFile{
			Data: fmt.Appendf(nil, "-- +goose Up\nCREATE TABLE t%d (a INTEGER NOT NULL) STRICT;\n-- +goose Down\nDROP TABLE t%[1]d;\n", i+1),
		}
	}
	return files
}

func open(t *testing.T, path string, migrations fs.FS) *sql.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, migrations)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestOpenMakesTheFolderAndTheTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder?", "100%", "x#y.db")
	db := open(t, path, migrations(1))
	if _, err := db.ExecContext(t.Context(), "INSERT INTO t1 (a) VALUES ($1)", 7); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	var a int
	err := open(t, path, migrations(2)).QueryRowContext(t.Context(), "SELECT t1.a FROM t1 LEFT JOIN t2 ON t1.a = t2.a").Scan(&a)
	if err != nil || a != 7 {
		t.Errorf("after the second migration: %d, %v", a, err)
	}
}

func TestEveryConnectionIsSetUp(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a.db"), migrations(1))
	want := map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000", "cache_size": "-1024",
	}
	for range 4 {
		conn, err := db.Conn(t.Context()) // held to the end, so that the next is another one
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for name, value := range want {
			var got string
			if err := conn.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&got); err != nil || got != value {
				t.Errorf("%s is %s, %v, want %s", name, got, err, value)
			}
		}
	}
}

func TestReadersDoNotWaitForAWriter(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a.db"), migrations(1))
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(t.Context(), "INSERT INTO t1 (a) VALUES (1)"); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM t1").Scan(&n); err != nil || n != 0 {
		t.Errorf("beside an open transaction: %d rows, %v", n, err)
	}
}

func TestWhatCannotBeOpenedSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name, want string
		make       func(path string) error
	}{
		{"words.db", "move it away", func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("not a database, ", 100)), 0o600)
		}},
		{"damaged.db", "restore it from a backup", damage},
		{"folder.db", "right to write", func(path string) error { return os.Mkdir(path, 0o700) }},
		{"newer.db", "a newer one made it", func(path string) error {
			db, err := sqlite.Open(context.Background(), path, migrations(3))
			if err != nil {
				return err
			}
			return db.Close()
		}},
		{filepath.Join("words.db", "a.db"), "choose another in the configuration", func(string) error { return nil }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(dir, test.name)
			if err := test.make(path); err != nil {
				t.Fatal(err)
			}
			_, err := sqlite.Open(t.Context(), path, migrations(2))
			if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s and %q in it", err, path, test.want)
			}
		})
	}
}

// damage makes a database of which the middle is overwritten.
func damage(path string) error {
	db, err := sqlite.Open(context.Background(), path, migrations(2))
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	copy(src[100:], strings.Repeat("x", 2000))
	return os.WriteFile(path, src, 0o600)
}

func TestOpenWithoutTheRightToWrite(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := filepath.Join(t.TempDir(), "locked")
	if err := os.Mkdir(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.Open(t.Context(), filepath.Join(dir, "a.db"), migrations(1))
	if err == nil || !strings.Contains(err.Error(), "right to write") {
		t.Error(err)
	}
	_, err = sqlite.Open(t.Context(), filepath.Join(dir, "sub", "a.db"), migrations(1))
	if !errors.Is(err, fs.ErrPermission) {
		t.Error(err)
	}
}
