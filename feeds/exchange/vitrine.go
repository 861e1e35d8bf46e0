package exchange

import (
	"errors"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// fileFormat is the version of the file of a reader's own data. A later one may hold more, which this version would lose.
const fileFormat = 1

// File is the file of a reader's own data. Each section is the JSON of the package that keeps it; nil where there is none. Of Follows and
// Lists this package reads what WriteSections writes, and passes over what else is in them.
type File struct {
	Exported time.Time    `json:"exported,omitzero"`
	Settings jsontext.Raw `json:"settings,omitempty"`
	Follows  jsontext.Raw `json:"follows,omitempty"`
	Lists    jsontext.Raw `json:"lists,omitempty"`
	Filters  jsontext.Raw `json:"filters,omitempty"`
	Lines    jsontext.Raw `json:"lines,omitempty"` // reading lines
	Saved    jsontext.Raw `json:"saved,omitempty"` // saved posts
}

// written is a file as it is written.
type written struct {
	Format int `json:"vitrine"`
	File
}

// EncodeFile writes a reader's own data. The error is that of a section that is no JSON.
func EncodeFile(f File) ([]byte, error) {
	f.Exported = f.Exported.UTC().Truncate(time.Second)
	for _, section := range []*jsontext.Raw{&f.Settings, &f.Follows, &f.Lists, &f.Filters, &f.Lines, &f.Saved} {
		*section = withoutSpace(*section)
	}
	text, err := jsontext.Marshal(written{fileFormat, f})
	if err != nil {
		return nil, &feeds.Error{Kind: feeds.Internal, Op: "export", Err: err}
	}
	return append(jsontext.Indent(text), '\n'), nil
}

// withoutSpace returns JSON without the white space between its parts, which a section of a file that was read has.
func withoutSpace(text jsontext.Raw) jsontext.Raw {
	if text == nil {
		return nil
	}
	kept := make(jsontext.Raw, 0, len(text))
	inText := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '"':
			inText = !inText
		case inText && c == '\\' && i+1 < len(text):
			kept = append(kept, c)
			i++
			c = text[i]
		case !inText && isBlank(c):
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// DecodeFile reads what EncodeFile wrote. Any other file is BadData, one of a later version Unsupported.
func DecodeFile(text []byte) (File, error) {
	var f written
	if err := jsontext.Unmarshal(text, &f); err != nil {
		return File{}, &feeds.Error{Kind: feeds.BadData, Op: op, Err: err}
	}
	switch {
	case f.Format > fileFormat:
		return File{}, &feeds.Error{Kind: feeds.Unsupported, Op: op}
	case f.Format < 1:
		return File{}, &feeds.Error{Kind: feeds.BadData, Op: op, Err: errors.New("not an exported file")}
	}
	return f.File, nil
}

// follow is an entry in JSON.
type follow struct {
	Address   string   `json:"address"`
	Title     string   `json:"title,omitempty"`
	Lists     []string `json:"lists,omitempty"`
	Feed      string   `json:"feed,omitempty"`
	Boosts    Choice   `json:"boosts,omitempty"`
	Replies   Choice   `json:"replies,omitempty"`
	Languages []string `json:"languages,omitempty"`
}

type list struct {
	Name string `json:"name"`
}

// WriteSections returns the sections Follows and Lists of a File.
func WriteSections(entries []Entry, lists []string) (follows, names jsontext.Raw) {
	all := make([]follow, 0, len(entries))
	for _, e := range entries {
		all = append(all, follow{e.Address, e.Title, e.Lists, e.FeedURL, e.Boosts, e.Replies, e.Languages})
	}
	named := []list{}
	for _, name := range AllLists(entries, lists) {
		named = append(named, list{name})
	}
	follows, _ = jsontext.Marshal(all) // plain values, which JSON holds
	names, _ = jsontext.Marshal(named)
	return follows, names
}
