package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/bits"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
)

// Both formats use their highest level: a site is compressed once and read often.
const (
	brotliQuality = 11
	brotliWindow  = 24 // log2 of bytes; larger ones are not for the web
	minWindow     = 16 // log2 of bytes
)

// cacheMaxAge is how long compressed files that no build used stay in the cache.
const cacheMaxAge = 30 * 24 * time.Hour

// Compressor compresses files and remembers the results: Brotli takes a minute for the program.
type Compressor struct {
	dir string // "" caches nothing
}

// NewCompressor remembers results in the user's cache folder, where there is one.
func NewCompressor() *Compressor {
	dir, err := os.UserCacheDir()
	if err != nil {
		return &Compressor{}
	}
	return &Compressor{dir: filepath.Join(dir, "vitrine", "compressed")}
}

// Add adds a .br and a .gz beside every file for which that is smaller.
func (c *Compressor) Add(ctx context.Context, files Files) error {
	type job struct {
		name, ext string
		encode    func([]byte) ([]byte, error)
	}
	var jobs []job
	for name := range files {
		if Compressible(name) {
			jobs = append(jobs, job{name, ".br", Brotli}, job{name, ".gz", Gzip})
		}
	}
	slices.SortFunc(jobs, func(a, b job) int { return len(files[b.name]) - len(files[a.name]) }) // the long ones first
	var (
		mu     sync.Mutex
		failed error
		made   = Files{}
		wg     sync.WaitGroup
		next   = make(chan job)
	)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for j := range next {
				data, err := c.cached(files[j.name], j.ext, j.encode)
				mu.Lock()
				switch {
				case err != nil:
					failed = fmt.Errorf("compressing %s: %w", j.name, err)
				case len(data) < len(files[j.name]):
					made[j.name+j.ext] = data
				}
				mu.Unlock()
			}
		})
	}
	for _, j := range jobs {
		if ctx.Err() != nil {
			break
		}
		next <- j
	}
	close(next)
	wg.Wait()
	if failed == nil {
		failed = ctx.Err()
	}
	for name, data := range made {
		files[name] = data
	}
	c.removeOld()
	return failed
}

// cached returns what encode makes of data, from the last time if there was one. A cache that can't be read or written only
// costs time.
func (c *Compressor) cached(data []byte, ext string, encode func([]byte) ([]byte, error)) ([]byte, error) {
	if c.dir == "" {
		return encode(data)
	}
	sum := sha256.Sum256(data)
	file := filepath.Join(c.dir, hex.EncodeToString(sum[:])+ext)
	if kept, err := os.ReadFile(file); err == nil && len(kept) > 0 {
		now := time.Now()
		_ = os.Chtimes(file, now, now) // so that it is not removed
		return kept, nil
	}
	made, err := encode(data)
	if err != nil {
		return nil, err
	}
	if os.MkdirAll(c.dir, 0o755) == nil {
		_ = writeBeside(file, made)
	}
	return made, nil
}

func (c *Compressor) removeOld() {
	if c.dir == "" {
		return
	}
	entries, _ := os.ReadDir(c.dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > cacheMaxAge {
			_ = os.Remove(filepath.Join(c.dir, e.Name()))
		}
	}
}

// Compressible reports files that are text or a program, by their names.
func Compressible(name string) bool {
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest", ".xml", ".atom":
		return true
	}
	return false
}

// Brotli compresses as the site's files are.
func Brotli(data []byte) ([]byte, error) {
	var b bytes.Buffer
	// A window that is larger than the file gains nothing and costs eight times its size in memory. 16 of its bytes can't be used.
	window := min(max(bits.Len(uint(len(data)+16)), minWindow), brotliWindow)
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotliQuality, LGWin: window})
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// Gzip compresses as the site's files are. Its header holds no time and no name.
func Gzip(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}
