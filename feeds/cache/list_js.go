package cache

import (
	"context"
	"time"

	"vitrine/feeds"
)

// SaveList implements feeds.Store. The posts are stored before the list that names them.
func (d *DB) SaveList(ctx context.Context, id feeds.TimelineID, posts []*feeds.Post, at time.Time) error {
	if err := d.SavePosts(ctx, posts); err != nil {
		return err
	}
	return d.savePlain(ctx, listsStore, sightingKey(id.Host(), string(id)), id.Host(), 0, listOf(posts, at))
}

// List implements feeds.Store.
func (d *DB) List(ctx context.Context, id feeds.TimelineID) ([]*feeds.Post, time.Time, error) {
	l, err := readPlain[order](ctx, d, listsStore, sightingKey(id.Host(), string(id)))
	if l == nil || err != nil {
		return nil, time.Time{}, err
	}
	found, err := d.Posts(ctx, l.Keys)
	if err != nil {
		return nil, time.Time{}, err
	}
	posts, at := l.posts(found)
	return posts, at, nil
}
