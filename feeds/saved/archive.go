package saved

import (
	"context"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// Archive is an archive of an account that was read into this browser.
type Archive struct {
	Version int           `json:"v"`
	Name    string        `json:"name"` // "user@host"
	Author  *feeds.Author `json:"author"`
	At      time.Time     `json:"at"` // when it was read
	Posts   int           `json:"posts"`
	Private int           `json:"private,omitempty"` // posts that weren't for everybody, and weren't taken
	Boosts  int           `json:"boosts,omitempty"`  // posts of others, which an archive names only
	Unread  int           `json:"unread,omitempty"`  // what can't be read
	Files   int           `json:"files,omitempty"`   // media that are kept
	Lost    int           `json:"lost,omitempty"`    // media that the archive names and doesn't have, or that can't be read
	Cut     bool          `json:"cut,omitempty"`     // it ends early
	Open    bool          `json:"open,omitempty"`    // it wasn't read to its end
}

// Boost is a post of somebody else that an archive names.
type Boost struct {
	URL string    `json:"url"`
	At  time.Time `json:"at,omitzero"` // zero where that isn't known
}

// mostBoosts is how many of them are kept.
const mostBoosts = 20_000

// boostsKey is the record with the boosts of an archive.
func (b *Book) boostsKey() string { return b.first + "boosts" }

// KeepBoosts keeps the boosts of an archive, the newest first.
func (b *Book) KeepBoosts(ctx context.Context, all []Boost) error {
	value, err := jsontext.Marshal(all[:min(len(all), mostBoosts)])
	if err != nil {
		return &feeds.Error{Kind: feeds.Internal, Op: "write archive", Err: err}
	}
	return b.records.Change(ctx, feeds.Pair{Key: b.boostsKey(), Value: value})
}

// Boosts returns the boosts of an archive, the newest first.
func (b *Book) Boosts(ctx context.Context) ([]Boost, error) {
	v, err := b.records.Values(ctx, []string{b.boostsKey()})
	if err != nil || v[0] == nil {
		return nil, err
	}
	var all []Boost
	_ = jsontext.Unmarshal(v[0], &all) // what can't be read isn't shown
	return all, nil
}

// OwnerOfArchive is who wants the media of an archive (feeds.MediaStore).
func OwnerOfArchive(name string) string { return "archive " + name }

// Archives returns all archives that were read, by name.
func (b *Book) Archives(ctx context.Context) ([]*Archive, error) {
	from, to := feeds.KeyRange(aboutFirst)
	pairs, err := b.records.Range(ctx, from, to, 0)
	if err != nil {
		return nil, err
	}
	var all []*Archive
	for _, p := range pairs {
		a := new(Archive)
		if jsontext.Unmarshal(p.Value, a) == nil && a.Version <= version && a.Author != nil && a.Author.Domain != "" {
			all = append(all, a)
		}
	}
	return all, nil
}

// About returns what is known of an archive, nil for one that wasn't read.
func (b *Book) About(ctx context.Context, name string) (*Archive, error) {
	v, err := b.records.Values(ctx, []string{aboutFirst + esc(name)})
	if err != nil || v[0] == nil {
		return nil, err
	}
	a := new(Archive)
	if jsontext.Unmarshal(v[0], a) != nil || a.Version > version || a.Author == nil {
		return nil, nil
	}
	return a, nil
}

// KeepAbout keeps what is known of an archive.
func (b *Book) KeepAbout(ctx context.Context, a *Archive) error {
	a.Version = version
	value, err := jsontext.Marshal(a)
	if err != nil {
		return &feeds.Error{Kind: feeds.Internal, Op: "write archive", Err: err}
	}
	if err := b.records.Change(ctx, feeds.Pair{Key: aboutFirst + esc(a.Name), Value: value}); err != nil {
		return err
	}
	b.tell("")
	return nil
}

// DropArchive removes an archive. Its media stay until they are released.
func (b *Book) DropArchive(ctx context.Context, name string) error {
	from, to := feeds.KeyRange(archiveFirst + esc(name) + "/")
	if err := b.records.Clear(ctx, from, to); err != nil {
		return err
	}
	if err := b.records.Change(ctx, feeds.Pair{Key: aboutFirst + esc(name)}); err != nil {
		return err
	}
	b.tell("")
	return nil
}
