package software

import (
	"context"
	"net/url"

	"vitrine/feeds"
)

// get asks, and makes an error of every answer but a good one.
func get(ctx context.Context, f feeds.Fetcher, r feeds.Request) (*feeds.Response, error) {
	resp, err := f.Fetch(ctx, r)
	if err != nil {
		return nil, err
	}
	if resp.URL == "" {
		resp.URL = r.URL
	}
	if err := feeds.StatusError(resp); err != nil {
		return nil, err
	}
	return resp, nil
}

// badData is the error of an answer that isn't what was asked for.
func badData(resp *feeds.Response, cause error) error {
	e := &feeds.Error{Kind: feeds.BadData, Status: resp.Status, Err: cause}
	if u, err := url.Parse(resp.URL); err == nil {
		e.Host, e.Op = u.Host, "GET "+u.Path
	}
	return e
}
