package corpus

import "context"

// A Source is a place where publications appear, such as a folder or a feed.
type Source interface {
	// Name tells the source from all others; it is also what people
	// subscribe to.
	Name() string

	// Fetch returns what the source shows now. It is given the state that it
	// returned last, nil at first, and returns the next one, nil to keep the
	// old. A source may return a publication again that has not changed; it
	// must not leave one out for good. One that is gone is returned once with
	// its ID and Withdrawn set. Publications that come together with an error
	// are taken nevertheless, and so is the state.
	Fetch(ctx context.Context, state []byte) (docs []*Doc, next []byte, err error)
}
