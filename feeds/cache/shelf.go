package cache

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// shelfRecord is one record as it is stored, in JSON.
type shelfRecord struct {
	Version int          `json:"v"`
	Value   jsontext.Raw `json:"j"`
}

// shelfStore keeps texts by name. "" is none.
type shelfStore interface {
	record(ctx context.Context, name string) (string, error)
	keep(ctx context.Context, name, text string) error
}

// Shelf is a feeds.Shelf. Its errors are of kind Storage, or ctx's own; a value that isn't JSON is Internal.
type Shelf struct{ store shelfStore }

var _ feeds.Shelf = (*Shelf)(nil)

// Record implements feeds.Shelf.
func (s *Shelf) Record(ctx context.Context, name string) ([]byte, int, error) {
	text, err := s.store.record(ctx, name)
	if err != nil {
		return nil, 0, err
	}
	var r shelfRecord
	if text == "" || jsontext.Unmarshal([]byte(text), &r) != nil || r.Version < 1 {
		return nil, 0, nil
	}
	return r.Value, r.Version, nil
}

// SaveRecord implements feeds.Shelf.
func (s *Shelf) SaveRecord(ctx context.Context, name string, value []byte, version int) error {
	_, stored, err := s.Record(ctx, name)
	if err != nil {
		return err
	}
	if stored > version {
		return &feeds.Error{Kind: feeds.Storage, Op: "store " + name, Detail: "a later version wrote it"}
	}
	text, err := jsontext.Marshal(shelfRecord{version, value})
	if err != nil {
		return &feeds.Error{Kind: feeds.Internal, Op: "store " + name, Err: err}
	}
	return s.store.keep(ctx, name, string(text))
}
