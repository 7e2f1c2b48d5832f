package main

import (
	"fmt"
	"runtime/debug"
)

// versionCommand prints the version of the program.
type versionCommand struct{}

// Run prints one line.
func (versionCommand) Run(p program) error {
	_, err := fmt.Fprintln(p.out, "rapporteur", version())
	return err
}

// version returns the version that the Go tool has written into the program.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "of unreleased source"
	}
	return info.Main.Version
}
