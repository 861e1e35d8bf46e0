package dev

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing may change before a build: an editor writes several times, a checkout many files.
const quiet = 150 * time.Millisecond

// change is what has to be built anew.
type change struct {
	program bool // not only what is fetched beside it
}

// watcher reports changes below some folders.
type watcher struct {
	*fsnotify.Watcher
	changes chan change
}

func watch(dirs ...string) (*watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	for _, dir := range dirs {
		if err := addAll(w, dir); err != nil {
			_ = w.Close() // the first error is the one to report
			return nil, err
		}
	}
	return &watcher{w, make(chan change)}, nil
}

// addAll watches a folder and those below it: fsnotify watches single folders.
func addAll(w *fsnotify.Watcher, dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if d.Name() == "testdata" {
			return filepath.SkipDir
		}
		return w.Add(path)
	})
}

// run sends what changed, once it is quiet, until ctx ends.
func (w *watcher) run(ctx context.Context) {
	defer func() { _ = w.Close() }() // nothing is written through it
	timer := time.NewTimer(quiet)
	timer.Stop()
	var pending change
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			if e.Has(fsnotify.Create) {
				_ = addAll(w.Watcher, e.Name) // a new folder; for a file, or one that is gone again, nothing happens
			}
			program, counts := effect(e)
			if !counts {
				continue
			}
			pending.program = pending.program || program
			timer.Reset(quiet)
		case _, ok := <-w.Errors: // events were lost: build all
			if !ok {
				return
			}
			pending.program = true
			timer.Reset(quiet)
		case <-timer.C:
			select {
			case w.changes <- pending:
				pending = change{}
			case <-ctx.Done():
				return
			}
		}
	}
}

// effect says whether an event asks for a build, and for one of the program.
func effect(e fsnotify.Event) (program, counts bool) {
	name := filepath.Base(e.Name)
	switch {
	case e.Op == fsnotify.Chmod, strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), strings.HasSuffix(name, "_test.go"):
		return false, false // indexers, editors' own files, tests
	}
	return filepath.Ext(name) == ".go", true
}
