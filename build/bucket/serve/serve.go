// Package serve does in a bucket what build/publish asks for on standard input.
//
// A request and an answer are each a line of JSON, followed by as many bytes as its "size" says where a file is carried: with
// "write" in the request, with "read" in the answer. Requests are carried out at once; answers come as they are ready and
// have the request's number. When standard input ends, so does the program. The same two lines are described in
// build/publish/bucket.go, which shares no code with this module; Version shows when they differ.
package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// Version is that of the two lines below.
const Version = 1

type request struct {
	ID    int64  `json:"id"`
	Op    string `json:"op"` // read, write, same, remove, list
	Name  string `json:"name"`
	Size  int64  `json:"size"`
	Type  string `json:"type"`  // Content-Type
	Cache string `json:"cache"` // Cache-Control
	Sum   string `json:"sum"`   // SHA-256 in hex
	data  []byte
}

type answer struct {
	Version int      `json:"version,omitempty"` // in the first line, which answers no request
	ID      int64    `json:"id"`
	Error   string   `json:"error,omitempty"`
	Missing bool     `json:"missing,omitempty"` // the error is that there is no such file
	Same    bool     `json:"same,omitempty"`
	Names   []string `json:"names,omitempty"`
	Size    int      `json:"size,omitempty"`
	data    []byte
}

// sumKey names the metadata with the checksum of a file. Stores' own sums are of several kinds, and of none where a file
// came in parts or is encrypted with a key of the owner's.
const sumKey = "sha256"

// Main serves the bucket that the first argument names.
func Main() {
	ctx, stop := context.WithCancel(context.Background())
	out := &writer{to: bufio.NewWriter(os.Stdout)}
	if err := run(ctx, stop, os.Args[1:], os.Stdin, out); err != nil {
		out.write(answer{Error: clean(err)}) // the parent reports it; `go run` would add a line of its own to a failure
	}
}

func run(ctx context.Context, stop func(), args []string, in io.Reader, out *writer) error {
	if len(args) != 1 {
		return errors.New("usage: go run -C build/bucket ./s3 s3://BUCKET; build/publish calls it")
	}
	bucket, err := open(ctx, args[0])
	if err != nil {
		return err
	}
	out.write(answer{Version: Version})
	err = Serve(ctx, stop, bucket, in, out)
	return errors.Join(err, bucket.Close())
}

func open(ctx context.Context, url string) (*blob.Bucket, error) {
	bucket, err := blob.OpenBucket(ctx, url)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	ok, err := bucket.IsAccessible(ctx)
	if err == nil && !ok {
		err = errors.New("there is no such bucket, or it isn't shown to this account")
	}
	if err != nil {
		_ = bucket.Close() // nothing was written
	}
	return bucket, err
}

// Serve carries out requests until there are no more. stop ends those that are under way then: who asked is gone.
func Serve(ctx context.Context, stop func(), bucket *blob.Bucket, in io.Reader, out *writer) error {
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		var r request
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("a request that can't be read: %w", err)
		}
		if r.Op == "write" {
			r.data = make([]byte, r.Size)
			if _, err := io.ReadFull(lines, r.data); err != nil {
				return err
			}
		}
		all.Go(func() {
			// A connection that hangs must not hold up a scheduled job until the next one: five minutes, and time for 100 kB/s.
			ctx, done := context.WithTimeout(ctx, 5*time.Minute+time.Duration(r.Size/100_000)*time.Second)
			defer done()
			a, err := do(ctx, bucket, r)
			if err != nil {
				a = answer{Error: clean(err), Missing: gcerrors.Code(err) == gcerrors.NotFound}
			}
			a.ID, a.Size = r.ID, len(a.data)
			out.write(a)
		})
	}
}

func do(ctx context.Context, bucket *blob.Bucket, r request) (answer, error) {
	switch r.Op {
	case "read":
		data, err := bucket.ReadAll(ctx, r.Name)
		return answer{data: data}, err
	case "write":
		return answer{}, bucket.WriteAll(ctx, r.Name, r.data, &blob.WriterOptions{
			ContentType: r.Type, CacheControl: r.Cache, Metadata: map[string]string{sumKey: r.Sum},
		})
	case "same":
		a, err := bucket.Attributes(ctx, r.Name)
		if gcerrors.Code(err) == gcerrors.NotFound {
			return answer{}, nil
		}
		if err != nil {
			return answer{}, err
		}
		// Other headers count as a difference: who updates gets the new ones.
		return answer{Same: a.Size == r.Size && a.Metadata[sumKey] == r.Sum && a.ContentType == r.Type && a.CacheControl == r.Cache}, nil
	case "remove":
		err := bucket.Delete(ctx, r.Name)
		if gcerrors.Code(err) == gcerrors.NotFound {
			err = nil
		}
		return answer{}, err
	case "list":
		return list(ctx, bucket, r.Name)
	}
	return answer{}, fmt.Errorf("there is no operation %q", r.Op)
}

func list(ctx context.Context, bucket *blob.Bucket, prefix string) (answer, error) {
	var a answer
	objects := bucket.List(&blob.ListOptions{Prefix: prefix})
	for {
		object, err := objects.Next(ctx)
		if errors.Is(err, io.EOF) {
			return a, nil
		}
		if err != nil {
			return answer{}, err
		}
		if !object.IsDir && !strings.HasSuffix(object.Key, "/") { // consoles mark folders so
			a.Names = append(a.Names, object.Key)
		}
	}
}

// writer writes whole answers.
type writer struct {
	mu sync.Mutex
	to *bufio.Writer
}

func (w *writer) write(a answer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	line, err := json.Marshal(a)
	if err != nil {
		panic(err) // it is a struct of texts and numbers
	}
	_, err = w.to.Write(append(line, '\n'))
	if err == nil {
		_, err = w.to.Write(a.data)
	}
	if err == nil {
		err = w.to.Flush()
	}
	if err != nil {
		os.Exit(1) // nobody listens any more
	}
}
