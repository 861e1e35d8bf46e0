package cache

import (
	"context"
	"errors"

	"vitrine/feeds"
)

// ErrFull is in the chain of an error when the browser gives the store no more room.
var ErrFull = errors.New("no room left")

// storageError makes an error of a store's call. The caller's own end of patience stays what it is.
func storageError(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	if cerr := ctx.Err(); cerr != nil {
		return cerr
	}
	var known *feeds.Error
	if errors.As(err, &known) {
		return err
	}
	return &feeds.Error{Kind: feeds.Storage, Op: op, Err: err}
}
