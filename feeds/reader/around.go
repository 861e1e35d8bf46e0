package reader

import (
	"context"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// Around is what is stored of the people around what is followed.
type Around struct {
	Moved   map[follows.Address]*feeds.Author // where the authors of sources have moved to
	Boosted []Boosted                         // whose posts were boosted, in no order
}

// Boosted is an author whose posts others boosted.
type Boosted struct {
	Author *feeds.Author
	Boosts int
}

const (
	// lookedThrough is how many of the newest entries of a source are looked through.
	lookedThrough = 80
	// readTogether is how many posts are read from the store at once: what reads them is held for as long.
	readTogether = 40
)

// Around looks through what is stored of sources: where their authors have moved to, and whom they boosted since a time. Nobody is asked.
// Whoever wishes not to be suggested, or can't be read any more, is left out of those who were boosted.
func (r *Reader) Around(ctx context.Context, sources []Source, since time.Time) Around {
	out := Around{Moved: map[follows.Address]*feeds.Author{}}
	boosts, own, seen := map[feeds.Key]int{}, map[feeds.Key]follows.Address{}, map[string]bool{}
	var keys []feeds.Key
	for _, s := range sources {
		tl, err := r.store.Timeline(ctx, s.Place.ID(), feeds.Window{Limit: lookedThrough})
		if err != nil {
			return out
		}
		p, person := s.Place.(ProfilePlace)
		told := !person
		if tl != nil {
			for _, e := range tl.Entries {
				by := e.BoostedBy
				if !told {
					told = true
					if by == nil {
						own[e.Key], keys = s.Name, append(keys, e.Key)
					} else if by.Moved != nil {
						out.Moved[s.Name] = by.Moved
					}
				}
				if by == nil || by.Group || e.At.Before(since) {
					continue
				}
				if name := string(e.Key) + " " + by.Handle(); !seen[name] {
					seen[name] = true
					boosts[e.Key]++
					keys = append(keys, e.Key)
				}
			}
		}
		if !told {
			if a := r.storedAuthor(ctx, p.request()); a != nil && a.Moved != nil {
				out.Moved[s.Name] = a.Moved
			}
		}
	}
	places := map[string]int{}
	for len(keys) > 0 && ctx.Err() == nil {
		n := min(len(keys), readTogether)
		posts, err := r.store.Posts(ctx, keys[:n])
		if err != nil {
			return out
		}
		keys = keys[n:]
		for key, p := range posts {
			if name, ok := own[key]; ok && p.Author.Moved != nil {
				out.Moved[name] = p.Author.Moved
			}
			if boosts[key] == 0 || !Suggestable(p.Author) || r.blocked.Post(p) {
				continue
			}
			handle := p.Author.Handle()
			i, known := places[handle]
			if !known {
				i = len(out.Boosted)
				places[handle], out.Boosted = i, append(out.Boosted, Boosted{Author: p.Author})
			}
			out.Boosted[i].Boosts += boosts[key]
			boosts[key] = 0
		}
	}
	return out
}

// Suggestable reports somebody who can be read, and who has no wish about being found: see docs/decisions/05-wishes.md.
func Suggestable(a *feeds.Author) bool {
	return a.Wishes == (feeds.Wishes{}) && a.Gone == "" && a.Moved == nil && !a.Limited && !a.Banned && !a.Memorial
}

// Writes is who writes what is read at a place, or publishes it, as far as that is stored; nil for unknown, or several.
func (r *Reader) Writes(ctx context.Context, p Place) *feeds.Author {
	switch p := p.(type) {
	case ProfilePlace:
		return r.storedAuthor(ctx, p.request())
	case published:
		return r.storedPublisher(ctx, p)
	}
	return nil
}
