package browser

import (
	"errors"
	"io"
)

// File is one that is written where the reader wants it. Its methods wait for the browser.
type File interface {
	io.Writer
	// Close makes it be there, whole.
	Close() error
	// Abort leaves nothing of it.
	Abort()
}

// ErrNotChosen says that the reader chose no place for a file.
var ErrNotChosen = errors.New("no place was chosen for the file")
