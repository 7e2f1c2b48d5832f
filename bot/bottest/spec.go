package bottest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Spec returns where a file of published specifications lies, or the empty
// string if it is not at hand: they stand beside the source tree, not in it.
func Spec(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
			continue
		}
		path := filepath.Join(dir, "..", "shared", "specs", name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// published returns what load makes of the specification called name, or nil if
// that is not at hand, which is logged. Not to be able to read it ends the test.
func published[T any](t testing.TB, name string, load func() (*T, error)) *T {
	t.Helper()
	if Spec(name) == "" {
		t.Logf("%s is not at hand: nothing is checked against it", name)
		return nil
	}
	spec, err := load()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return spec
}

// compiler returns one for the schemas in raw, which are referred to as name.
func compiler(name string, raw []byte) (*jsonschema.Compiler, error) {
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	return c, c.AddResource(name, tree)
}
