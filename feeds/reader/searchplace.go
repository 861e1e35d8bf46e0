package reader

import (
	"context"
	"slices"

	"vitrine/feeds"
	"vitrine/feeds/find"
)

// SearchPlace is what a server finds among posts by words, of authors who may be found so.
type SearchPlace struct{ Host, Query string }

var _ Place = SearchPlace{}

// ID implements Place.
func (p SearchPlace) ID() feeds.TimelineID { return feeds.TimelineID(p.Host + "/?" + p.Query) }

// Server implements Place.
func (p SearchPlace) Server() string { return p.Host }

// fleeting implements Place: what fits best comes first at some servers, and what was found once says nothing of what is found later.
func (p SearchPlace) fleeting() bool { return true }

func (p SearchPlace) page(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Page, error) {
	s, err := source[feeds.PostSearch](ctx, r, p.Host)
	if err != nil {
		return nil, err
	}
	page, err := s.SearchPosts(ctx, p.Query, c)
	if err != nil {
		return nil, err
	}
	hidden := map[feeds.Key]bool{}
	for _, post := range page.Posts {
		if !find.Searchable(post) {
			hidden[post.Key] = true
		}
	}
	if len(hidden) == 0 {
		return page, nil
	}
	return &feeds.Page{
		Posts:   slices.DeleteFunc(slices.Clone(page.Posts), func(post *feeds.Post) bool { return hidden[post.Key] }),
		Entries: slices.DeleteFunc(slices.Clone(page.Entries), func(e feeds.Entry) bool { return hidden[e.Key] }),
		Older:   page.Older,
	}, nil
}
