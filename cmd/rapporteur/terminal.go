package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// prompt stands before what is typed at the terminal.
const prompt = "ask> "

// A terminal is the one that the program was started at, with a prompt that
// can be edited, and above which text can appear meanwhile.
type terminal struct {
	*term.Terminal
	columns int
	restore func() error
}

// openTerminal takes the terminal over, if in and out are one; ok is false if
// not, as in a container or a pipe.
func openTerminal(in io.Reader, out io.Writer) (t *terminal, ok bool, err error) {
	from, isFile := in.(*os.File)
	to, isFileToo := out.(*os.File)
	if !isFile || !isFileToo || !term.IsTerminal(int(from.Fd())) || !term.IsTerminal(int(to.Fd())) {
		return nil, false, nil
	}
	columns, rows, err := term.GetSize(int(to.Fd()))
	if err != nil {
		return nil, false, fmt.Errorf("look how wide the terminal is: %w", err)
	}
	before, err := term.MakeRaw(int(from.Fd()))
	if err != nil {
		return nil, false, fmt.Errorf("take over the terminal: %w", err)
	}
	t = &terminal{
		term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{from, to}, prompt),
		columns,
		func() error { return term.Restore(int(from.Fd()), before) },
	}
	if err := t.SetSize(columns, rows); err != nil {
		return nil, false, err
	}
	return t, true, nil
}
