package source

import (
	"encoding/json"
	"time"
)

const (
	settleOld  = 2 * time.Second // a file that was not written to for so long is complete
	settleSeen = 1 * time.Second // and so is one that has stayed alike for so long between two looks
)

// A folderState is what a Folder knows after a look, by which the next one
// tells what has changed.
type folderState struct {
	Files   map[string]*fileState `json:"files"`             // by path below the folder, with forward slashes
	Emptied bool                  `json:"emptied,omitempty"` // whether it was reported that all files are gone

	freshness
}

// A fileState is what is known of one file, also of one that is gone and of
// one that cannot be taken.
type fileState struct {
	Size    int64  `json:"size"`             // bytes
	Changed int64  `json:"changed"`          // last change of the file, in ns since 1970
	Seen    int64  `json:"seen"`             // when it was first seen with this size and change, in ns since 1970
	Done    bool   `json:"done,omitempty"`   // whether it was looked into since that change
	Hash    string `json:"hash,omitempty"`   // of the text that was last taken
	ID      string `json:"id,omitempty"`     // of the publication; empty if it was never taken
	Wanted  string `json:"wanted,omitempty"` // ID that it may not have because another file does
	Fault   string `json:"fault,omitempty"`  // why it was last refused, as was reported
	Old     bool   `json:"old,omitempty"`    // whether it lay there at the first look and was not taken yet
	Gone    int64  `json:"gone,omitempty"`   // when it was first missed, in ns since 1970; 0 if it is there
}

// loadFolder returns the state that was saved as data, and whether this is the
// first look. Data that cannot be read is as good as none: everything is then
// read again, which the corpus takes for no change.
func loadFolder(data []byte) (s folderState, first bool) {
	if err := json.Unmarshal(data, &s); err != nil || s.Files == nil {
		return folderState{Files: map[string]*fileState{}}, true
	}
	for name, e := range s.Files {
		if e == nil {
			delete(s.Files, name)
		}
	}
	return s, false
}

// follow has every file looked into again if the rules are others than before.
func (s *folderState) follow(rules Rules) {
	s.freshness.follow(rules)
	for _, e := range s.Files {
		if s.changed {
			e.Done, e.Hash, e.Old = false, "", e.Old || e.ID == ""
		}
	}
}

// observe notes the file's present size and time of change.
func (e *fileState) observe(at sighting, now time.Time) {
	e.Gone = 0
	if e.Size == at.size && e.Changed == at.changed.UnixNano() && e.Seen != 0 {
		return
	}
	e.Size, e.Changed, e.Seen, e.Done = at.size, at.changed.UnixNano(), now.UnixNano(), false
}

// settled reports whether nobody seems to be writing to the file any more.
func (e *fileState) settled(now time.Time) bool {
	return now.UnixNano()-e.Changed >= int64(settleOld) || now.UnixNano()-e.Seen >= int64(settleSeen)
}
