package state

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/find"
	"vitrine/feeds/saved"
	"vitrine/feeds/search"
)

// indexed is what the index is made of: what is stored, and what is saved.
type indexed struct {
	feeds.PostNotes
	store feeds.Store
	keeps *saved.Book
}

// Posts implements search.Source. What the store doesn't have is read from what is saved, and from archives.
func (s indexed) Posts(ctx context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	posts, err := s.store.Posts(ctx, keys)
	if err != nil {
		return nil, err
	}
	var lost []feeds.Key
	for _, k := range keys {
		if posts[k] == nil {
			lost = append(lost, k)
		}
	}
	if len(lost) == 0 {
		return posts, nil
	}
	kept, err := s.keeps.Posts(ctx, lost)
	if err != nil {
		return nil, err
	}
	var elsewhere []feeds.Key
	for i, p := range kept {
		if p != nil {
			posts[p.Post.Key] = p.Now()
		} else {
			elsewhere = append(elsewhere, lost[i])
		}
	}
	return posts, s.archived(ctx, elsewhere, posts)
}

// archived reads those of some posts that archives hold.
func (s indexed) archived(ctx context.Context, keys []feeds.Key, into map[feeds.Key]*feeds.Post) error {
	if len(keys) == 0 {
		return nil
	}
	all, err := s.keeps.Archives(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		posts, err := s.keeps.Archive(a.Name).Posts(ctx, keys)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if p != nil {
				into[p.Post.Key] = p.Post
			}
		}
	}
	return nil
}

// Said implements search.Source.
func (s indexed) Said(ctx context.Context, keys []feeds.Key) (map[feeds.Key]search.Said, error) {
	kept, err := s.keeps.Posts(ctx, keys)
	if err != nil {
		return nil, err
	}
	said := map[feeds.Key]search.Said{}
	for _, p := range kept {
		if p != nil && (p.Note != "" || len(p.Tags) > 0) {
			said[p.Post.Key] = search.Said{Tags: p.Tags, Note: p.Note}
		}
	}
	own := map[feeds.Key]*feeds.Post{}
	err = s.archived(ctx, keys, own)
	for k := range own {
		o := said[k]
		o.Own = true
		said[k] = o
	}
	return said, err
}

// Kept implements search.Source: what is saved, and what archives hold.
func (s indexed) Kept(ctx context.Context) ([]feeds.Key, error) {
	keys, err := s.keeps.Keys(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.keeps.Archives(ctx)
	for _, a := range all {
		if err != nil {
			break
		}
		var more []feeds.Key
		more, err = s.keeps.Archive(a.Name).Keys(ctx)
		keys = append(keys, more...)
	}
	return keys, err
}

// Saved implements search.Source.
func (s indexed) Saved(ctx context.Context) ([]feeds.Key, error) { return s.keeps.Keys(ctx) }

// openIndex opens the index of all that is stored; nil where there are no parts for one.
func openIndex(d Deps) *search.Index {
	if d.Index == nil || d.Notes == nil {
		return nil
	}
	return search.Open(d.Index, func(p *feeds.Post) bool { return !find.Searchable(p) })
}

// grow brings the index up to what is stored.
func grow(ctx context.Context, d Deps, j feeds.Job, keep func(feeds.Job) error) error {
	x := openIndex(d)
	if x == nil {
		return nil
	}
	return x.Grow(ctx, indexed{d.Notes, d.Store, saved.Open(d.Kept, tabsOf(d), d.Config.Base)}, func(done int) error {
		j.Done = done
		return keep(j)
	})
}

// indexEvery is how many ticks pass between two looks at what isn't indexed yet.
const indexEvery = 2

// indexSoon has what isn't indexed yet indexed beside the page. It is not done at the start.
func (a *App) indexSoon() {
	if a.index == nil || a.jobs == nil || !a.browser.Visible() {
		return
	}
	if a.ticks++; a.ticks%indexEvery != 1 {
		return
	}
	all := a.jobs
	a.background(func(ctx context.Context) {
		if s, err := a.index.State(ctx, a.indexed, 1); err != nil && search.Broken(err) || err == nil && (s.More || len(s.Pending) > 0) {
			_ = all.Add(ctx, feeds.Job{Kind: feeds.JobIndex}) // it is looked at again soon
		}
	})
}

// reindex has a saved post taken over by the index again: the store may not have it.
func (a *App) reindex(key feeds.Key) {
	if a.index != nil && key != "" {
		a.background(func(ctx context.Context) { _ = a.indexed.Note(ctx, []feeds.Key{key}) })
	}
}

// reindexAll has what was kept or let go in one go taken over by the index.
func (a *App) reindexAll(ctx context.Context, keys []feeds.Key) {
	if a.index != nil && len(keys) > 0 {
		_ = a.indexed.Note(ctx, keys) // what isn't noted is found once the index is built anew
	}
}

// forgetIndexed has the index let go of a host's posts that were forgotten; of all for "".
func (a *App) forgetIndexed(ctx context.Context, host string) {
	if a.index == nil {
		return
	}
	if host == "" {
		_ = a.index.Empty(ctx) // what is left of it is removed by the job
	}
	a.indexNow(ctx)
}
