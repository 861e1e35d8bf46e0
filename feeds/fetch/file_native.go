//go:build !js

package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"vitrine/feeds"
)

// bytesBody is a feeds.FileBody in memory.
type bytesBody []byte

// Size implements feeds.FileBody.
func (b bytesBody) Size() int64 { return int64(len(b)) }

// Bytes are the file's.
func (b bytesBody) Bytes() []byte { return b }

func (n *native) file(ctx context.Context, t target, most int64, moved func()) (*feeds.FileAnswer, error) {
	req, err := http.NewRequestWithContext(ctx, t.method(), t.url, strings.NewReader(""))
	if err != nil {
		return nil, &feeds.Error{Kind: feeds.Unreachable, Err: err}
	}
	req.Header.Set("Accept", "*/*")
	req.Header.Set("User-Agent", n.userAgent)
	if n.origin != "" {
		req.Header.Set("Origin", n.origin)
	}
	res, err := n.client.Do(req)
	if err != nil {
		return nil, &feeds.Error{Kind: n.failureKind(t, err), Err: err}
	}
	defer res.Body.Close()
	if res.ContentLength > most {
		return nil, tooLarge(most)
	}
	body, err := io.ReadAll(io.LimitReader(&moving{res.Body, moved}, most+1))
	switch {
	case err != nil:
		return nil, &feeds.Error{Kind: feeds.BadData, Err: fmt.Errorf("%w: %w", errEndsEarly, err)}
	case int64(len(body)) > most:
		return nil, tooLarge(most)
	}
	if err := whole(int64(len(body)), res.ContentLength); err != nil {
		return nil, err
	}
	return &feeds.FileAnswer{
		Status: res.StatusCode, URL: res.Request.URL.String(), Header: flatten(res.Header), Head: body[:min(len(body), feeds.FileHead)], Body: bytesBody(body),
	}, nil
}

// moving tells of each piece that comes.
type moving struct {
	io.Reader
	moved func()
}

func (m *moving) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	m.moved()
	return n, err
}
