//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package publish

import "os"

// lockFolder does not know here whether another run is writing, so nothing is ever swept.
func lockFolder(string) (*os.File, bool) { return nil, false }

func share(*os.File) {}
