package source_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"rapporteur/corpus"
	"rapporteur/corpus/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var _ corpus.Source = (*source.Folder)(nil)

// A desk is a folder that somebody works in, and its source.
type desk struct {
	t     *testing.T
	dir   string
	time  time.Time
	src   *source.Folder
	state []byte
	docs  map[string]*corpus.Doc // the last of each ID
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, dir: t.TempDir(), time: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), docs: map[string]*corpus.Doc{}}
	d.src = source.NewFolder("desk", d.dir, source.Rules{}, source.Readers{}, func() time.Time { return d.time })
	return d
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// save writes a file now.
func (d *desk) save(name, text string) {
	d.t.Helper()
	d.must(os.MkdirAll(filepath.Dir(d.path(name)), 0o755))
	d.must(os.WriteFile(d.path(name), []byte(text), 0o644))
	d.touch(name, d.time)
}

func (d *desk) touch(name string, when time.Time) {
	d.t.Helper()
	d.must(os.Chtimes(d.path(name), when, when))
}

func (d *desk) remove(name string) { d.t.Helper(); d.must(os.RemoveAll(d.path(name))) }

func (d *desk) move(from, to string) {
	d.t.Helper()
	d.must(os.MkdirAll(filepath.Dir(d.path(to)), 0o755))
	d.must(os.Rename(d.path(from), d.path(to)))
}

// look fetches once, and returns what came, withdrawn IDs with a "-", and the
// error's text.
func (d *desk) look() (ids []string, fault string) {
	d.t.Helper()
	docs, next, err := d.src.Fetch(d.t.Context(), d.state)
	if next != nil {
		d.state = next
	}
	for _, doc := range docs {
		if err := doc.Check(); err != nil {
			d.t.Error(err)
		}
		d.docs[doc.ID] = doc
		ids = append(ids, strings.Repeat("-", one(doc.Withdrawn))+doc.ID)
	}
	if err != nil {
		fault = err.Error()
	}
	return ids, fault
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// shows checks that the next look, some time later, returns want.
func (d *desk) shows(want ...string) {
	d.t.Helper()
	d.reports("", want...)
}

// reports is shows for a look whose error holds the words of fault.
func (d *desk) reports(fault string, want ...string) {
	d.t.Helper()
	d.time = d.time.Add(time.Minute)
	ids, got := d.look()
	if diff := cmp.Diff(want, ids); diff != "" {
		d.t.Errorf("publications (-want +got):\n%s", diff)
	}
	if (fault == "") != (got == "") {
		d.t.Errorf("error %q, want %q", got, fault)
	}
	for _, part := range strings.Split(fault, "|") {
		if !strings.Contains(got, part) {
			d.t.Errorf("error %q does not say %q", got, part)
		}
	}
}

func TestFolder(t *testing.T) {
	tests := map[string]func(d *desk){
		"an empty folder is no error": func(d *desk) { d.shows(); d.shows() },
		"new, changed and removed files": func(d *desk) {
			d.save("a.txt", "Alpha.")
			d.save("deep/er/b.md", "# B\n\nBeta.")
			d.save("c.markdown", "Gamma.")
			d.shows("a.txt", "c.markdown", "deep/er/b.md")
			d.shows()
			d.save("a.txt", "Alpha, corrected.")
			d.shows("a.txt")
			d.remove("deep")
			d.shows("-deep/er/b.md")
			d.shows()
			d.save("deep/er/b.md", "Beta.")
			d.shows("deep/er/b.md")
		},
		"front matter names the publication": func(d *desk) {
			d.save("a.md", "---\nid: alpha\ntitle: A\n---\n\nText.")
			d.shows("alpha")
			d.save("a.md", "---\nid: alpha\ntitle: A\n---\n\nOther text.")
			d.shows("alpha")
			d.save("a.md", "---\nid: omega\ntitle: A\n---\n\nOther text.")
			d.shows("-alpha", "omega")
			d.remove("a.md")
			d.shows("-omega")
		},
		"what is left alone": func(d *desk) {
			d.save("a.txt", "Alpha.")
			for _, name := range []string{".hidden.txt", ".git/x.txt", "a.txt~", ".a.txt.swp", "b.txt.tmp", "c.txt.part", "d.md.crdownload", "~$e.docx", "noext", "picture.png", "tmp.download/x.txt"} {
				d.save(name, "Not this.")
			}
			d.shows("a.txt")
		},
		"touched, or saved with other line ends": func(d *desk) {
			d.save("a.txt", "Alpha.\n\nBeta.\n")
			d.shows("a.txt")
			d.touch("a.txt", d.time)
			d.shows()
			d.save("a.txt", "Alpha.\r\n\r\nBeta.\r\n")
			d.shows()
			d.save("a.txt", "\ufeffAlpha.\n\nBeta.")
			d.shows()
		},
		"a renamed file keeps its ID": func(d *desk) {
			d.save("a.txt", "Alpha.")
			d.shows("a.txt")
			d.move("a.txt", "old/2026.txt")
			d.shows()
			d.save("old/2026.txt", "Alpha, corrected.")
			d.shows("a.txt")
			d.save("a.txt", "A second Alpha.")
			d.shows("a.txt (2)")
			d.save("a.txt", "A second Alpha, corrected.")
			d.shows("a.txt (2)")
			d.remove("old")
			d.shows("-a.txt")
		},
		"a copy with a new time that replaces the file": func(d *desk) {
			d.save("a.txt", "Alpha.")
			d.shows("a.txt")
			d.remove("a.txt")
			d.save("b.txt", "Alpha.")
			d.look() // b.txt may still be written to, so a.txt is not given up
			d.shows()
		},
		"renamed to another kind": func(d *desk) {
			d.save("a.txt", "# A\n\nAlpha *is* first.")
			d.shows("a.txt")
			d.move("a.txt", "a.md")
			d.shows("a.txt")
			if got, want := d.docs["a.txt"].Text, "A\n\nAlpha is first."; got != want {
				d.t.Errorf("text %q, want %q", got, want)
			}
		},
		"two equal files are two publications": func(d *desk) {
			d.save("a.txt", "Alpha.")
			d.save("b.txt", "Alpha.")
			d.shows("a.txt", "b.txt")
			d.remove("a.txt")
			d.shows("-a.txt")
		},
		"one id in two files": func(d *desk) {
			d.save("b.md", "---\nid: x\n---\nBeta.")
			d.save("a.md", "---\nid: x\n---\nAlpha.")
			d.reports("a.md|b.md|front matter", "x")
			if d.docs["x"].Text != "Alpha." {
				d.t.Error("the second file won")
			}
			d.shows()
			d.remove("a.md")
			d.shows("x") // now it is that of b.md
			d.shows()
			d.remove("b.md")
			d.shows("-x")
		},
		"a broken file stays what it was": func(d *desk) {
			d.save("a.txt", "Alpha.")
			d.shows("a.txt")
			d.save("a.txt", "")
			d.reports("a.txt")
			d.shows()
			d.save("a.txt", "Alpha.")
			d.shows()
			d.save("a.txt", "")
			d.reports("a.txt")
			d.remove("a.txt")
			d.shows("-a.txt")
		},
		"links": func(d *desk) {
			out := filepath.Join(d.t.TempDir(), "secret.txt")
			d.must(os.WriteFile(out, []byte("Secret."), 0o644))
			d.must(os.Symlink(out, d.path("out.txt")))
			d.must(os.Symlink(filepath.Dir(out), d.path("outdir")))
			d.must(os.Symlink("loop.txt", d.path("loop.txt")))
			d.save(".data/in.txt", "Inside.")
			d.must(os.Symlink(".data/in.txt", d.path("in.txt")))
			d.reports("out.txt|loop.txt|put the file itself here", "in.txt")
			d.shows()
		},
		"a pipe does not hold up the others": func(d *desk) {
			d.must(syscall.Mkfifo(d.path("pipe.txt"), 0o644))
			d.save("z.txt", "Omega.")
			d.reports("pipe.txt: is not a regular file", "z.txt")
			d.shows()
		},
		"emptied of all files at once": func(d *desk) {
			d.save("a.txt", "Alpha.")
			d.save("b.txt", "Beta.")
			d.shows("a.txt", "b.txt")
			d.remove("a.txt")
			d.remove("b.txt")
			d.reports("is empty|nothing was withdrawn|put any file")
			d.shows()
			d.save(".keep", "")
			d.shows("-a.txt", "-b.txt")
		},
		"the last file": func(d *desk) {
			d.save("a.txt", "Alpha.")
			d.shows("a.txt")
			d.remove("a.txt")
			d.shows("-a.txt")
		},
		"the folder goes and comes back": func(d *desk) {
			d.save("a.txt", "Alpha.")
			d.shows("a.txt")
			d.must(os.Rename(d.dir, d.dir+"x"))
			d.reports("desk: read folder|make the folder readable or correct its path")
			d.must(os.Rename(d.dir+"x", d.dir))
			d.shows()
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { test(newDesk(t)) })
	}
}

func TestFolderNamesWhatItCannotTake(t *testing.T) {
	tests := map[string]struct{ name, text, want string }{
		"empty":     {"bad.txt", " \n", "bad.txt"},
		"zero byte": {"bad.txt", "Alpha\x00Beta", "UTF-8"},
		"UTF-16":    {"bad.md", "\xff\xfeA\x00", "UTF-8"},
		"Latin-1":   {"bad.txt", "Caf\xe9", "UTF-8"},
		"huge":      {"bad.txt", strings.Repeat("a", source.MaxFile+1), "split it"},
		"PDF":       {"bad.pdf", "%PDF-1.7", "save it as .pdf, .docx, .md or .txt"},
		"Word":      {"bad.DOCX", "PK", "save it as .pdf, .docx, .md or .txt"},
		"matter":    {"bad.md", "---\ntitle: [\n---\n\nText.", "bad.md"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.save("good.txt", "Good.")
			d.save(test.name, test.text)
			d.reports(test.name+"|"+test.want, "good.txt")
			d.shows()
			d.save(test.name, test.text+" ")
			d.reports(test.name + "|" + test.want)
		})
	}
}

func TestFolderTakesWhatBecomesReadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root reads every file")
	}
	d := newDesk(t)
	d.save("a.txt", "Alpha.")
	d.save("sub/b.txt", "Beta.")
	d.shows("a.txt", "sub/b.txt")
	d.save("c.txt", "Gamma.")
	d.must(os.Chmod(d.path("c.txt"), 0))
	d.must(os.Chmod(d.path("sub"), 0))
	d.reports("c.txt|sub/|let the program read it")
	d.shows()
	d.must(os.Chmod(d.path("c.txt"), 0o644))
	d.must(os.Chmod(d.path("sub"), 0o755))
	d.shows("c.txt")
}

// A file is taken once nobody writes to it any more.
func TestFolderWaitsForTheWriter(t *testing.T) {
	d := newDesk(t)
	d.look()
	d.save("a.txt", "Alp")
	d.time = d.time.Add(900 * time.Millisecond)
	expect := func(pending bool, want ...string) {
		t.Helper()
		ids, fault := d.look()
		if diff := cmp.Diff(want, ids); diff != "" || fault != "" || d.src.Pending() != pending {
			t.Errorf("pending %v, error %q, publications (-want +got):\n%s", d.src.Pending(), fault, diff)
		}
	}
	expect(true)
	expect(true) // a second look at once proves nothing
	d.save("a.txt", "Alpha, longer.")
	expect(true)
	d.time = d.time.Add(time.Second)
	expect(false, "a.txt")
	expect(false)

	d.save("b.txt", "Beta.")
	d.touch("b.txt", d.time.Add(time.Hour)) // written by a clock that is fast
	expect(true)
	d.time = d.time.Add(time.Second)
	expect(false, "b.txt")
	if d.docs["b.txt"].Backlog {
		t.Error("a file that came after the first look is held to be old")
	}
}

// Who writes on without end keeps others from being withdrawn for some time only.
func TestFolderWithdrawsInTheEnd(t *testing.T) {
	d := newDesk(t)
	d.save("a.txt", "Alpha.")
	d.shows("a.txt")
	d.remove("a.txt")
	var ids []string
	for n := 0; n < 400 && len(ids) == 0; n++ {
		d.save("log.txt", strings.Repeat("x", n+1))
		d.time = d.time.Add(900 * time.Millisecond)
		ids, _ = d.look()
	}
	if diff := cmp.Diff([]string{"-a.txt"}, ids); diff != "" {
		t.Error(diff)
	}
}

func TestFolderTakesThousandFiles(t *testing.T) {
	for _, when := range []string{"before the first look", "after it"} {
		t.Run(when, func(t *testing.T) {
			d := newDesk(t)
			if when == "after it" {
				d.look()
			}
			for n := range 1000 {
				d.save(fmt.Sprintf("%04d.txt", n), fmt.Sprintf("Text %d.", n))
			}
			looks := 0
			for ; looks == 0 || d.src.Pending(); looks++ {
				d.time = d.time.Add(3 * time.Second)
				ids, fault := d.look()
				if len(ids) > 200 || fault != "" || looks > 20 {
					t.Fatalf("look %d: %d publications, error %q", looks, len(ids), fault)
				}
			}
			if len(d.docs) != 1000 || looks != 5 {
				t.Errorf("%d publications in %d looks", len(d.docs), looks)
			}
			for id, doc := range d.docs {
				if doc.Backlog != (when != "after it") {
					t.Fatalf("%s: backlog %v", id, doc.Backlog)
				}
			}
			d.shows()
		})
	}
}

func TestFolderStaysQuietAndEndsEarly(t *testing.T) {
	d := newDesk(t)
	d.save("a.txt", "Alpha.")
	d.shows("a.txt")
	before := d.state
	d.shows()
	if !bytes.Equal(before, d.state) {
		t.Errorf("the state changed although nothing else did:\n%s\n%s", before, d.state)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, next, err := d.src.Fetch(ctx, d.state); err == nil || next != nil {
		t.Errorf("a look that was called off returned the state %q, error %v", next, err)
	}
	d.state = []byte("not a state")
	d.shows("a.txt")
}

func FuzzFolderState(f *testing.F) {
	f.Add([]byte(`{"files":{"a.txt":{"size":6,"changed":1,"seen":1,"done":true,"hash":"x","id":"a.txt"},"b":null}}`))
	f.Fuzz(func(t *testing.T, state []byte) {
		d := newDesk(t)
		d.save("a.txt", "Alpha.")
		d.state = state
		d.time = d.time.Add(time.Hour)
		d.look()
		d.look()
	})
}
