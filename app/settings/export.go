package settings

import (
	"errors"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// exportFormat is the version of an exported file. A later one may hold more, which this version would lose.
const exportFormat = 1

// exported is the reader's own data as one file.
type exported struct {
	Format   int       `json:"vitrine"`
	Exported time.Time `json:"exported"`
	Settings Settings  `json:"settings"`
}

// Export writes the reader's own data as a file of JSON.
func Export(s Settings, at time.Time) []byte {
	data, err := jsontext.Marshal(exported{exportFormat, at.UTC().Truncate(time.Second), s})
	if err != nil {
		return nil // all of it is plain values
	}
	return append(jsontext.Indent(data), '\n')
}

// Import reads what Export wrote. Any other file is BadData, one of a later version Unsupported.
func Import(file []byte) (Settings, error) {
	var e exported
	if err := jsontext.Unmarshal(file, &e); err != nil {
		return Settings{}, &feeds.Error{Kind: feeds.BadData, Op: "import", Err: err}
	}
	switch {
	case e.Format > exportFormat:
		return Settings{}, &feeds.Error{Kind: feeds.Unsupported, Op: "import"}
	case e.Format < 1:
		return Settings{}, &feeds.Error{Kind: feeds.BadData, Op: "import", Err: errors.New("not an exported file")}
	}
	return e.Settings.Valid(), nil
}
