package snapshot

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"os"
	"path/filepath"
	"time"

	"vitrine/feeds/fetch"
)

// answerLifetime is how long an answer is kept that was not asked for again.
const answerLifetime = 30 * 24 * time.Hour

// answers keeps answers in a folder. One that can't be read or written only costs its server some work.
type answers struct{ dir string }

// newAnswers keeps answers in the user's cache folder; nil where there is none.
func newAnswers() fetch.Answers {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	a := answers{filepath.Join(dir, "vitrine", "answers")}
	a.forgetOld()
	return a
}

func (a answers) file(key string) string {
	sum := sha256.Sum256([]byte(key))
	return filepath.Join(a.dir, hex.EncodeToString(sum[:16]))
}

// Answer implements fetch.Answers.
func (a answers) Answer(key string) (fetch.Answer, bool) {
	f, err := os.Open(a.file(key))
	if err != nil {
		return fetch.Answer{}, false
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fetch.Answer{}, false
	}
	var kept fetch.Answer
	if err := gob.NewDecoder(z).Decode(&kept); err != nil {
		return fetch.Answer{}, false
	}
	return kept, true
}

// Keep implements fetch.Answers.
func (a answers) Keep(key string, kept fetch.Answer) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if gob.NewEncoder(z).Encode(kept) != nil || z.Close() != nil || os.MkdirAll(a.dir, 0o700) != nil {
		return
	}
	beside, err := os.CreateTemp(a.dir, ".new-")
	if err != nil {
		return
	}
	_, err = beside.Write(b.Bytes())
	if beside.Close() != nil || err != nil || os.Rename(beside.Name(), a.file(key)) != nil {
		_ = os.Remove(beside.Name())
	}
}

func (a answers) forgetOld() {
	entries, _ := os.ReadDir(a.dir) // none on the first run
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > answerLifetime {
			_ = os.Remove(filepath.Join(a.dir, e.Name()))
		}
	}
}
