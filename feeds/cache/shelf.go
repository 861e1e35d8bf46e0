package cache

import (
	"context"
	"encoding/json"

	"vitrine/feeds"
)

// A shelf's records are JSON under a name, each with the version of its form. They are only ever extended: a record of a later
// version than this program knows is left as it is.
const settingsVersion = 1

const settingsName = "settings"

// shelfRecord is one record.
type shelfRecord struct {
	Version int             `json:"v"`
	Value   json.RawMessage `json:"j"`
}

// shelfStore keeps records by name. "" is none.
type shelfStore interface {
	record(ctx context.Context, name string) (string, error)
	keep(ctx context.Context, name, text string) error
}

// Shelf is a feeds.Shelf. Its errors are of kind Storage, or ctx's own.
type Shelf struct{ store shelfStore }

var _ feeds.Shelf = (*Shelf)(nil)

// Settings implements feeds.Shelf. What can't be read is the default: a reader is never locked out by an old value.
func (s *Shelf) Settings(ctx context.Context) (feeds.Settings, error) {
	text, err := s.store.record(ctx, settingsName)
	if err != nil {
		return feeds.Settings{}, err
	}
	var set feeds.Settings
	if r := readShelfRecord(text); r != nil && json.Unmarshal(r.Value, &set) != nil {
		return feeds.Settings{}, nil
	}
	return set, nil
}

// SaveSettings implements feeds.Shelf. Settings of a later version are not overwritten.
func (s *Shelf) SaveSettings(ctx context.Context, set feeds.Settings) error {
	text, err := s.store.record(ctx, settingsName)
	if err != nil {
		return err
	}
	if r := readShelfRecord(text); r != nil && r.Version > settingsVersion {
		return &feeds.Error{Kind: feeds.Storage, Op: "save settings", Detail: "a later version wrote them"}
	}
	value, err := json.Marshal(set)
	if err != nil {
		return &feeds.Error{Kind: feeds.Internal, Op: "save settings", Err: err}
	}
	record, err := json.Marshal(shelfRecord{settingsVersion, value})
	if err != nil {
		return &feeds.Error{Kind: feeds.Internal, Op: "save settings", Err: err}
	}
	return s.store.keep(ctx, settingsName, string(record))
}

// readShelfRecord returns nil for what is no record.
func readShelfRecord(text string) *shelfRecord {
	var r shelfRecord
	if text == "" || json.Unmarshal([]byte(text), &r) != nil || r.Version < 1 {
		return nil
	}
	return &r
}
