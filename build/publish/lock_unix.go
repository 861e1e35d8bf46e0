//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package publish

import (
	"os"
	"syscall"
)

// lockFolder locks the folder until the file is closed or the process ends, however it ends. alone reports that no other run writes
// into it now. Runs that write share the lock: it guards only what they are still writing from being swept away. Where a file
// system has no locks there is none, and nothing is swept.
func lockFolder(dir string) (f *os.File, alone bool) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, false
	}
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		return f, true
	}
	share(f)
	return f, false
}

// share lets others write, too. It waits for one who sweeps.
func share(f *os.File) {
	for syscall.Flock(int(f.Fd()), syscall.LOCK_SH) == syscall.EINTR { // Go's own signals interrupt it
	}
}
