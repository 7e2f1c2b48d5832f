package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// A sighting is one file as the folder lists it.
type sighting struct {
	name    string // path below the folder, with forward slashes; with a final slash for a subfolder
	size    int64  // bytes
	changed time.Time
	err     error // why it cannot be looked into, such as a link that leads out of the folder
}

// otherKinds are endings of publications that people save in a folder; those
// that are not read are told of.
var otherKinds = []string{
	".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".html", ".htm", ".xhtml", ".epub",
	".ppt", ".pptx", ".odp", ".xls", ".xlsx", ".tex", ".rst", ".adoc", ".eml",
}

// leftovers are the endings of what editors and browsers write beside a file.
var leftovers = []string{"~", ".swp", ".swo", ".swx", ".tmp", ".part", ".partial", ".crdownload", ".download", ".bak"}

// ignored reports whether a file or subfolder of this name is left alone.
func ignored(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") ||
		slices.ContainsFunc(leftovers, func(end string) bool { return strings.HasSuffix(base, end) })
}

func isKind(name string, kinds []string) bool {
	return slices.Contains(kinds, strings.ToLower(path.Ext(name)))
}

// scan lists the files of the folder in the order of their names. A subfolder
// that cannot be read is listed with the reason.
func (l *look) scan(ctx context.Context) error {
	err := fs.WalkDir(l.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case name == ".":
			return err
		}
		l.listed++
		return l.list(name, d, err)
	})
	slices.SortFunc(l.found, func(a, b sighting) int { return strings.Compare(a.name, b.name) })
	return err
}

// list notes one entry of the folder, which err kept from being read.
func (l *look) list(name string, d fs.DirEntry, err error) error {
	switch {
	case ignored(name) && d.IsDir():
		return fs.SkipDir
	case ignored(name):
	case err != nil:
		l.found = append(l.found, sighting{name: name + "/", err: fmt.Errorf("%s/: %w: let the program read it", name, err)})
		return fs.SkipDir
	case !d.IsDir() && (l.readers.Reads(name) || isKind(name, otherKinds)):
		if at, ok := l.sight(name); ok {
			l.found = append(l.found, at)
		}
	}
	return nil
}

// sight returns what the folder says of a file, and false for a link to a
// folder and for a file that has just vanished.
func (l *look) sight(name string) (at sighting, ok bool) {
	info, err := l.root.Stat(name)
	switch {
	case err != nil:
		_, gone := l.root.Lstat(name)
		return sighting{name: name, err: fmt.Errorf("%s: %w: if it is a link, put the file itself here", name, err)}, !errors.Is(gone, fs.ErrNotExist)
	case info.IsDir():
		return sighting{}, false
	case !info.Mode().IsRegular():
		return sighting{name: name, err: fmt.Errorf("%s: is not a regular file: put a text file here", name)}, true
	}
	return sighting{name: name, size: info.Size(), changed: info.ModTime()}, true
}

// markGone notes since when a file is missed. In a subfolder that cannot be
// read none is.
func (l *look) markGone() {
	seen := map[string]bool{}
	var closed []string // subfolders that cannot be read
	for _, at := range l.found {
		seen[at.name] = true
		if strings.HasSuffix(at.name, "/") {
			closed = append(closed, at.name)
		}
	}
	for name, e := range l.state.Files {
		hidden := slices.ContainsFunc(closed, func(dir string) bool { return strings.HasPrefix(name, dir) })
		if !seen[name] && !hidden && e.Gone == 0 {
			e.Gone = l.now.UnixNano()
		}
	}
}
