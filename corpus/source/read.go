package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// errWritten means that a file was written to while it was read.
var errWritten = errors.New("is being written to")

// bytes reads a file. The error says what to do about it, and again whether
// another try may help although the file does not change.
func (l *look) bytes(at sighting) (src []byte, again bool, err error) {
	most := int64(MaxPage)
	if isKind(at.name, textKinds) {
		most = MaxFile
	}
	if at.size > most {
		return nil, false, fmt.Errorf("%s: has %d bytes, and at most %d are read: split it into several files", at.name, at.size, most)
	}
	file, err := l.root.Open(at.name)
	if err != nil {
		return nil, true, fmt.Errorf("%s: %w: let the program read it", at.name, err)
	}
	defer file.Close()
	src, err = io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return nil, true, fmt.Errorf("%s: %w: let the program read it", at.name, err)
	}
	l.read += int64(len(src))
	info, err := file.Stat()
	if err != nil || int64(len(src)) != at.size || info.Size() != at.size || !info.ModTime().Equal(at.changed) {
		return nil, true, errWritten
	}
	return src, false, nil
}

// hash returns what tells a text from all others, whatever its line ends and
// the white space around it, which editors change on their own.
func hash(src []byte) string {
	src = bytes.TrimSpace(bytes.TrimPrefix(src, []byte("\ufeff")))
	sum := sha256.Sum256(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")))
	return hex.EncodeToString(sum[:16])
}
