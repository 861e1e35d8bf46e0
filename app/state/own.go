package state

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"vitrine/feeds"
)

// ownFormat is the version of an exported file. A later one may hold more; what this version doesn't know it would lose.
const ownFormat = 1

// own is the reader's own data as one file.
type own struct {
	Format   int            `json:"vitrine"`
	Exported time.Time      `json:"exported"`
	Settings feeds.Settings `json:"settings"`
}

// export writes the reader's own data.
func export(s feeds.Settings, at time.Time) []byte {
	data, err := json.MarshalIndent(own{ownFormat, at.UTC().Truncate(time.Second), s}, "", "  ")
	if err != nil {
		return nil // all of it is plain values
	}
	return append(data, '\n')
}

// imported reads what export wrote. A file that is none of ours is BadData, one of a later version Unsupported.
func imported(file []byte) (feeds.Settings, error) {
	var o own
	if err := json.Unmarshal(file, &o); err != nil {
		return feeds.Settings{}, &feeds.Error{Kind: feeds.BadData, Op: "import", Err: err}
	}
	switch {
	case o.Format > ownFormat:
		return feeds.Settings{}, &feeds.Error{Kind: feeds.Unsupported, Op: "import"}
	case o.Format < 1:
		return feeds.Settings{}, &feeds.Error{Kind: feeds.BadData, Op: "import", Err: errors.New("no export of ours")}
	}
	return sane(o.Settings), nil
}

// sane is what the controls could have made of settings: a file is written by anybody.
func sane(s feeds.Settings) feeds.Settings {
	s.Theme = oneOf(s.Theme, themes()...)
	s.Language = oneOf(s.Language, languages()...)
	if s.TextSize < 90 || s.TextSize > 150 || s.TextSize == 100 {
		s.TextSize = 0
	}
	if !slices.Contains(KeepChoices(), s.KeepDays) {
		s.KeepDays = 0
	}
	return s
}

func themes() []string    { return []string{"", "light", "dark"} }
func languages() []string { return []string{"", "en", "de"} }

// KeepChoices are the days for which what was read may be kept; 0 is until room is needed.
func KeepChoices() []int { return []int{0, 365, 90, 30, 7} }
