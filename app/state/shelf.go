package state

import (
	"encoding/json"

	"vitrine/app/browser"
	"vitrine/feeds"
)

// shelf is the reader's own database, and a copy of the settings in local storage, where the loader finds them before the first
// paint.
type shelf struct {
	key string // of the copy
	own feeds.Shelf
}

// copied returns the settings as local storage has them, and whether it has any that can be read.
func (s shelf) copied() (set feeds.Settings, ok bool) {
	data := browser.Setting(s.key)
	if data == "" || json.Unmarshal([]byte(data), &set) != nil {
		return feeds.Settings{}, false
	}
	return set, true
}

// copy writes the settings to local storage, and reports whether they were kept.
func (s shelf) copy(set feeds.Settings) bool {
	data, err := json.Marshal(set)
	return err == nil && browser.Keep(s.key, string(data))
}
