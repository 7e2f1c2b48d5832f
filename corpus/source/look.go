package source

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"runtime"
	"slices"
	"sync"
	"time"

	"rapporteur/corpus"
)

const (
	maxDocs   = 200             // publications of one Fetch, to bound the memory that they take
	maxBytes  = 32 << 20        // bytes read in one Fetch, for the same reason
	maxFaults = 20              // files that one error names, to stay readable
	goneWait  = 5 * time.Minute // longest time that a missing file is awaited under another name
)

// A look is one Fetch of a Folder.
type look struct {
	root    *os.Root
	readers Readers
	rules   Rules
	now     time.Time
	state   folderState
	first   bool              // whether there was no look before
	owners  map[string]string // the file that has an ID, for those that are there
	listed  int               // everything that lies in the folder, of any kind
	found   []sighting
	jobs    []*job
	docs    []*corpus.Doc
	faults  []error
	read    int64 // bytes
	pending bool  // whether something was left for the next look
}

func newLook(root *os.Root, f *Folder, now time.Time, data []byte) *look {
	l := &look{root: root, readers: f.readers, rules: f.rules, now: now, owners: map[string]string{}}
	l.state, l.first = loadFolder(data)
	l.state.follow(f.rules)
	return l
}

// own notes which files have which ID.
func (l *look) own() {
	for name, e := range l.state.Files {
		if e.ID != "" && e.Gone == 0 {
			l.owners[e.ID] = name
		}
	}
}

// emptied reports whether nothing at all lies in a folder that held several
// publications. Its owner rarely does that; a disk that is not mounted does.
func (l *look) emptied() bool {
	empty := l.listed == 0 && len(l.state.Files) > 1
	l.state.Emptied = l.state.Emptied && empty
	return empty
}

// reportEmptied says once that all files are gone.
func (l *look) reportEmptied() error {
	if l.state.Emptied {
		return nil
	}
	l.state.Emptied = true
	return l.sayEmptied()
}

func (l *look) sayEmptied() error {
	return fmt.Errorf("the folder is empty, and held %d files: nothing was withdrawn, as its disk may not be mounted; if they are meant to go, put any file into the folder", len(l.state.Files))
}

// visit takes one file if it is new or changed, complete, and can be read.
func (l *look) visit(at sighting) {
	e := l.state.Files[at.name]
	if e == nil {
		e = &fileState{Old: l.first}
		l.state.Files[at.name] = e
	}
	if at.err != nil {
		e.Gone = 0
		l.refuse(e, at.err, true)
		return
	}
	e.observe(at, l.now)
	if e.Wanted != "" && l.owners[e.Wanted] == "" {
		e.Done = false
	}
	switch {
	case e.Done:
	case !e.settled(l.now), len(l.jobs) >= maxDocs, l.read >= maxBytes:
		l.pending = true
	case !l.readers.Reads(at.name):
		l.refuse(e, fmt.Errorf("%s: files of this kind are not read: save it as .pdf, .docx, .md or .txt", at.name), false)
	default:
		l.take(at, e)
	}
}

// take reads a file, and has it parsed unless its text is known.
func (l *look) take(at sighting, e *fileState) {
	src, again, err := l.bytes(at)
	switch {
	case errors.Is(err, errWritten):
		l.pending = true
		return
	case err != nil:
		l.refuse(e, err, again)
		return
	}
	sum := hash(src)
	if e.ID == "" {
		l.inherit(at.name, e, sum)
	}
	if sum == e.Hash {
		e.accept()
		return
	}
	l.jobs = append(l.jobs, &job{name: at.name, entry: e, src: src, sum: sum})
}

// inherit gives e the ID of a file that is gone and had the same text, if
// there is one: the file was renamed. Its Hash comes with it unless the file
// is now of another kind, and so is read in another way.
func (l *look) inherit(name string, e *fileState, sum string) {
	for _, from := range slices.Sorted(maps.Keys(l.state.Files)) {
		was := l.state.Files[from]
		if was.Gone == 0 || was.ID == "" || was.Hash != sum || l.owners[was.ID] != "" {
			continue
		}
		e.ID = was.ID
		if path.Ext(name) == path.Ext(from) {
			e.Hash = sum
		}
		l.owners[e.ID] = name
		delete(l.state.Files, from)
		return
	}
}

// A job is a file that is to be parsed.
type job struct {
	name  string
	entry *fileState
	src   []byte
	sum   string
	doc   *corpus.Doc
	err   error
}

// parse reads the publications of all jobs, on all cores.
func (l *look) parse(ctx context.Context) {
	var work sync.WaitGroup
	next := make(chan *job)
	for range min(runtime.GOMAXPROCS(0), len(l.jobs)) {
		work.Go(func() {
			for j := range next {
				j.doc, j.err = l.readers.Read(ctx, j.name, "", j.src)
				j.src = nil
			}
		})
	}
	for _, j := range l.jobs {
		next <- j
	}
	close(next)
	work.Wait()
}

// publish notes the publication of a file whose text is new.
func (l *look) publish(j *job) {
	name, e, doc, sum := j.name, j.entry, j.doc, j.sum
	if j.err != nil {
		l.refuse(e, j.err, false)
		return
	}
	if !l.rules.passes(name, doc.Title) || !l.rules.takes(doc) {
		e.accept()
		e.Hash = sum
		return
	}
	l.state.saw(doc.Published, l.now)
	if doc.ID == name {
		doc.ID = l.implicit(name, e)
	}
	if rival := l.owners[doc.ID]; rival != "" && rival != name {
		l.refuse(e, fmt.Errorf("%s: its id %q is that of %s: give one of them another id in its front matter", name, doc.ID, rival), false)
		e.Wanted = doc.ID
		return
	}
	if e.ID != "" && e.ID != doc.ID {
		delete(l.owners, e.ID)
		l.docs = append(l.docs, &corpus.Doc{ID: e.ID, Withdrawn: true})
	}
	doc.Backlog = e.Old
	l.docs = append(l.docs, doc)
	e.ID, e.Hash = doc.ID, sum
	l.owners[e.ID] = name
	e.accept()
}

// implicit returns the ID of a file that gives none itself: the one that it
// has, or its path, or a variant of the path if a file that was moved away
// from there has kept it.
func (l *look) implicit(name string, e *fileState) string {
	if e.ID != "" {
		return e.ID
	}
	id := name
	for n := 2; l.owners[id] != "" && l.owners[id] != name; n++ {
		id = fmt.Sprintf("%s (%d)", name, n)
	}
	return id
}

// accept notes that there is nothing more to do about a file.
func (e *fileState) accept() {
	e.Done, e.Old, e.Fault, e.Wanted = true, false, "", ""
}

// refuse notes why a file is not taken. One that is to be tried again at every
// look, because its content is not to blame, is reported only when the reason
// is another one than before.
func (l *look) refuse(e *fileState, err error, again bool) {
	if !again || e.Fault != err.Error() {
		l.faults = append(l.faults, err)
	}
	e.Done, e.Fault, e.Wanted = !again, err.Error(), ""
}

// report returns the error that names the files that were refused.
func (l *look) report() error {
	if more := len(l.faults) - maxFaults; more > 0 {
		l.faults = append(l.faults[:maxFaults], fmt.Errorf("and %d more files", more))
	}
	return errors.Join(l.faults...)
}

// withdraw notes the publications whose files are gone. While other files are
// left for the next look it waits, as one of them may be the same file under
// another name.
func (l *look) withdraw() {
	for _, name := range slices.Sorted(maps.Keys(l.state.Files)) {
		e := l.state.Files[name]
		switch {
		case e.Gone == 0:
			continue
		case e.ID != "" && l.pending && l.now.UnixNano()-e.Gone < int64(goneWait):
			continue
		case e.ID != "" && l.owners[e.ID] == "":
			l.docs = append(l.docs, &corpus.Doc{ID: e.ID, Withdrawn: true})
		}
		delete(l.state.Files, name)
	}
}
