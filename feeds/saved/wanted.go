package saved

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// wantedKey names the record of posts that are to be saved and of which only the address is known.
const wantedKey = "wanted/links"

// Wanted are posts that are to be saved and of which only the address is known.
type Wanted struct {
	Version int    `json:"v"`
	Links   []Link `json:"links"`            // that weren't asked for yet
	Total   int    `json:"total"`            // all there were
	Failed  int    `json:"failed,omitempty"` // that couldn't be read
}

// Link is the address of a post.
type Link struct {
	URL string `json:"url"`
	Tag string `json:"tag,omitempty"` // that the saved post gets
}

// Wanted returns what is to be saved still; never nil.
func (b *Book) Wanted(ctx context.Context) (*Wanted, error) {
	w := &Wanted{}
	v, err := b.records.Values(ctx, []string{wantedKey})
	if err != nil || v[0] == nil {
		return w, err
	}
	if jsontext.Unmarshal(v[0], w) != nil || w.Version > version {
		return &Wanted{}, nil
	}
	return w, nil
}

// Want adds to what is to be saved.
func (b *Book) Want(ctx context.Context, links []Link) error {
	return b.changeWanted(ctx, func(w *Wanted) {
		known := map[string]bool{}
		for _, l := range w.Links {
			known[l.URL] = true
		}
		if len(w.Links) == 0 {
			w.Total, w.Failed = 0, 0
		}
		for _, l := range links {
			if !known[l.URL] {
				known[l.URL] = true
				w.Links = append(w.Links, l)
				w.Total++
			}
		}
	})
}

// Asked says that a post was asked for; failed: in vain. After the last one all programs are told, for how many failed is known then.
func (b *Book) Asked(ctx context.Context, l Link, failed bool) error {
	last := false
	err := b.changeWanted(ctx, func(w *Wanted) {
		for i := range w.Links {
			if w.Links[i] == l {
				w.Links = append(w.Links[:i:i], w.Links[i+1:]...)
				break
			}
		}
		if failed {
			w.Failed++
		}
		last = len(w.Links) == 0
	})
	if err == nil && last {
		b.tell("")
	}
	return err
}

// WantNothing forgets what is to be saved still, and how many failed. All programs are told.
func (b *Book) WantNothing(ctx context.Context) error {
	err := b.changeWanted(ctx, func(w *Wanted) { *w = Wanted{} })
	if err == nil {
		b.tell("")
	}
	return err
}

func (b *Book) changeWanted(ctx context.Context, f func(*Wanted)) error {
	release, err := b.lock(ctx)
	if err != nil {
		return err
	}
	defer release()
	w, err := b.Wanted(ctx)
	if err != nil {
		return err
	}
	f(w)
	w.Version = version
	value, err := jsontext.Marshal(w)
	if err != nil {
		return &feeds.Error{Kind: feeds.Internal, Op: "write wanted posts", Err: err}
	}
	return b.records.Change(ctx, feeds.Pair{Key: wantedKey, Value: value})
}
