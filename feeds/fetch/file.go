package fetch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vitrine/feeds"
)

const (
	// stalled is how long a file may send nothing.
	stalled = 30 * time.Second
	// fileDeadline is how long a file may take as a whole, its turn included.
	fileDeadline = 20 * time.Minute
)

// errEndsEarly is the cause of a file that has fewer bytes than its server said.
var errEndsEarly = errors.New("the file ends early")

// File implements feeds.FileFetcher. Files are asked for like everything else of their host, one place each, and never kept in memory
// where that can be avoided.
func (c *Client) File(ctx context.Context, url string, most int64) (*feeds.FileAnswer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t, err := parseTarget(url, c.private)
	if err != nil {
		return nil, t.failure(feeds.Unreachable, err)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, fileDeadline, errDeadline)
	defer cancel()
	leave, err := c.pace.Enter(ctx, t.host)
	if err != nil {
		return nil, t.explain(ctx, err)
	}
	var learned *feeds.Response
	defer func() { leave(learned) }()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	idle := time.AfterFunc(stalled, func() { stop(errDeadline) })
	defer idle.Stop()
	answer, err := c.files.file(ctx, t, most, func() { idle.Reset(stalled) })
	if err != nil {
		return nil, t.explain(ctx, err)
	}
	learned = &feeds.Response{Status: answer.Status, URL: answer.URL, Header: answer.Header, At: c.clock.Now()}
	return answer, nil
}

// whole checks that a file is as long as its server said. A body that was compressed for its way may have become a little longer by it.
func whole(size, said int64) error {
	if size+size/512+64 < said {
		return &feeds.Error{Kind: feeds.BadData, Err: fmt.Errorf("%w: %d bytes of %d", errEndsEarly, size, said)}
	}
	return nil
}

var _ feeds.FileFetcher = (*Client)(nil)
