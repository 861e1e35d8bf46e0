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

// Posts implements search.Source. What the store has lost is read from what is saved.
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
	for _, p := range kept {
		if p != nil {
			posts[p.Post.Key] = p.Now()
		}
	}
	return posts, nil
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
