package state

import (
	"context"
	"encoding/json"

	"vitrine/app/browser"
	"vitrine/feeds"
)

// shelf keeps the settings in local storage, where the loader finds them before the first paint.
type shelf struct{ key string }

var _ feeds.Shelf = shelf{}

// Settings implements feeds.Shelf. What can't be read is the default: a reader is never locked out by an old value.
func (s shelf) Settings(context.Context) (feeds.Settings, error) {
	var set feeds.Settings
	if data := browser.Setting(s.key); data != "" {
		if err := json.Unmarshal([]byte(data), &set); err != nil {
			return feeds.Settings{}, nil
		}
	}
	return set, nil
}

// SaveSettings implements feeds.Shelf.
func (s shelf) SaveSettings(_ context.Context, set feeds.Settings) error {
	data, err := json.Marshal(set)
	if err != nil {
		return &feeds.Error{Kind: feeds.Internal, Op: "save settings", Err: err}
	}
	if !browser.Keep(s.key, string(data)) {
		return &feeds.Error{Kind: feeds.Storage, Op: "save settings"}
	}
	return nil
}
