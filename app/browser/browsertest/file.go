package browsertest

import (
	"bytes"
	"errors"

	"vitrine/app/browser"
)

// CreateFile begins a file that Downloaded returns once it is closed. It fails as NoFile says.
func (w *Window) CreateFile(name, _ string) (browser.File, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note("create %s", name)
	if w.NoFile != nil {
		return nil, w.NoFile
	}
	return &file{window: w, name: name}, nil
}

// file is one that is being written.
type file struct {
	bytes.Buffer
	window *Window
	name   string
}

func (f *file) Write(p []byte) (int, error) {
	f.window.mu.Lock()
	full := f.window.Full
	f.window.mu.Unlock()
	if full {
		return 0, errors.New("QuotaExceededError")
	}
	return f.Buffer.Write(p)
}

func (f *file) Close() error {
	f.window.Download(f.name, f.Bytes())
	return nil
}

func (f *file) Abort() { f.window.do("abort %s", f.name) }

// Redraw makes a JPEG of anything.
func (w *Window) Redraw([]byte, int) ([]byte, error) {
	w.do("redraw")
	return []byte("\xff\xd8\xff\xe0 drawn again"), nil
}
