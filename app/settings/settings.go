// Package settings is how a reader wants to read: which choices there are, and how they are kept and carried away. app/markup draws by
// them, app/state lets the reader change them.
package settings

import (
	"context"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// Settings are a reader's choices. The zero value is the default.
type Settings struct {
	Theme         string `json:"theme,omitempty"`         // "" as the system, "light", "dark"
	TextSize      int    `json:"textSize,omitempty"`      // per cent, 90 to 150; 0 is 100
	Serif         bool   `json:"serif,omitempty"`         // posts in the serif face
	OpenWarnings  bool   `json:"openWarnings,omitempty"`  // content warnings stand open
	ShowSensitive bool   `json:"showSensitive,omitempty"` // sensitive media are not veiled
	Autoplay      bool   `json:"autoplay,omitempty"`      // silent films replay by themselves
	DataSaver     bool   `json:"dataSaver,omitempty"`     // pictures only on demand
	Language      string `json:"language,omitempty"`      // of the controls, as the site has it: "de"; "" as the browser
	HideCounts    bool   `json:"hideCounts,omitempty"`    // boost and favourite counts are not shown
	HideBoosts    bool   `json:"hideBoosts,omitempty"`
	Badge         bool   `json:"badge,omitempty"`    // the app's icon shows how many posts in home are new
	KeepDays      int    `json:"keepDays,omitempty"` // what was read is kept so long; 0 until room is needed
}

// The record of the reader's own database that holds the settings. It is only ever extended.
const (
	recordName    = "settings"
	recordVersion = 1
)

// Load reads the settings from the reader's own database. What can't be read is the default: a reader is never locked out by an old
// value. The error is the shelf's.
func Load(ctx context.Context, shelf feeds.Shelf) (Settings, error) {
	value, _, err := shelf.Record(ctx, recordName)
	if err != nil {
		return Settings{}, err
	}
	s, _ := Decode(value)
	return s, nil
}

// Save writes the settings to the reader's own database. The error is the shelf's.
func Save(ctx context.Context, shelf feeds.Shelf, s Settings) error {
	return shelf.SaveRecord(ctx, recordName, Encode(s), recordVersion)
}

// Encode writes settings as JSON.
func Encode(s Settings) []byte {
	data, err := jsontext.Marshal(s)
	if err != nil {
		return nil // all of it is plain values
	}
	return data
}

// Decode reads what Encode wrote, and reports whether it could. Values that no control could have set are the default.
func Decode(data []byte) (Settings, bool) {
	var s Settings
	if jsontext.Unmarshal(data, &s) != nil {
		return Settings{}, false
	}
	return s.Valid(), true
}

// Valid returns the settings with the default in place of what no control could have set: files and records may come from anybody.
func (s Settings) Valid() Settings {
	s.Theme = oneOf(s.Theme, Themes())
	if !isTag(s.Language) {
		s.Language = "" // the loader takes no other language than those that the site has
	}
	if s.TextSize < 90 || s.TextSize > 150 || s.TextSize == 100 {
		s.TextSize = 0
	}
	if !slices.Contains(KeepChoices(), s.KeepDays) {
		s.KeepDays = 0
	}
	return s
}

// Themes are the values of Theme.
func Themes() []string { return []string{"", "light", "dark"} }

// KeepChoices are the values of KeepDays.
func KeepChoices() []int { return []int{0, 365, 90, 30, 7} }

// isTag reports what a language's tag consists of (BCP 47).
func isTag(s string) bool {
	return len(s) <= 35 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// oneOf returns the value if it is allowed, else the first that is.
func oneOf(value string, allowed []string) string {
	if slices.Contains(allowed, value) {
		return value
	}
	return allowed[0]
}
