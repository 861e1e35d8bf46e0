package offline

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// conversation reads the conversation of the wish, as completely as a reader may ask.
func (r *run) conversation(ctx context.Context) ([]feeds.Key, []feeds.TimelineID, error) {
	id := reader.ThreadList(r.t.Host, r.t.ID)
	r.t.Total = max(r.t.Total, 2)
	for try := 1; ; try++ {
		thread := r.Reader.Thread(r.t.Host, r.t.ID, func(*reader.ThreadSnapshot) {})
		err := thread.Refresh(ctx)
		if err == nil {
			thread.Complete(ctx)
			break
		}
		again, end := r.waits(ctx, err, try)
		if end != nil {
			return nil, nil, end
		}
		if !again {
			r.failed(r.t.Fragment, err)
			break
		}
	}
	posts, _, err := r.Store.List(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	r.t.Total = max(1, len(posts)) * r.steps()
	return nil, []feeds.TimelineID{id}, r.step(ctx, len(posts))
}

// talks reads the conversations of posts that have one.
func (r *run) talks(ctx context.Context, keys []feeds.Key) (talks []feeds.TimelineID, err error) {
	r.t.Phase = ReadsThreads
	places := make(chan struct{}, talksAtOnce)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed error
	done := 0
	for at := 0; at < len(keys); at += postsAtOnce {
		some := keys[at:min(len(keys), at+postsAtOnce)]
		posts, err := r.Store.Posts(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, key := range some {
			host, id, ok := talkOf(posts[key], r.t.Choice)
			mu.Lock()
			if ok {
				talks = append(talks, reader.ThreadList(host, id))
			} else {
				done++
			}
			stop := failed != nil
			mu.Unlock()
			if !ok || stop {
				continue
			}
			places <- struct{}{}
			wg.Go(func() {
				defer func() { <-places }()
				err := r.talk(ctx, host, id)
				mu.Lock()
				defer mu.Unlock()
				done++
				if err == nil {
					err = r.step(ctx, len(keys)+done)
				}
				if err != nil && failed == nil {
					failed = err
				}
			})
		}
		if failed := func() error { mu.Lock(); defer mu.Unlock(); return failed }(); failed != nil {
			break
		}
	}
	wg.Wait()
	if failed != nil {
		return nil, failed
	}
	return talks, r.step(ctx, 2*len(keys))
}

// talk reads what was said around a post, unless this run did so before.
func (r *run) talk(ctx context.Context, host, id string) error {
	if _, at, err := r.Store.List(ctx, reader.ThreadList(host, id)); err != nil || !at.Before(r.t.Began) {
		return err
	}
	for try := 1; ; try++ {
		err := r.Reader.Thread(host, id, func(*reader.ThreadSnapshot) {}).Refresh(ctx)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		again, end := r.waits(ctx, err, try)
		if end != nil {
			return end
		}
		if !again {
			r.failed("#/p/"+url.PathEscape(host)+"/"+url.PathEscape(id), err)
			return nil
		}
	}
}

// talkOf is where a post is opened in its conversation; false for one that stands alone, or has no view. One whose list doesn't say where its film is
// is opened for that.
func talkOf(p *feeds.Post, c Choice) (host, id string, ok bool) {
	switch {
	case p == nil || len(p.Sightings) == 0:
		return "", "", false
	case c.Threads && (p.Counts.Replies != 0 || p.ReplyTo != nil):
	case c.Film > 0 && p.Partial && slices.ContainsFunc(p.Media, func(m feeds.Media) bool { return m.Kind != feeds.Image && m.URL == "" }):
	default:
		return "", "", false
	}
	s := p.Sightings[0]
	return s.Host, s.ID, s.ID != "" && (p.URI != "" || !strings.Contains(s.ID, "://"))
}

// keepTalks makes timelines of the posts of conversations, one for each server, so that they are kept as those of lists are. It returns what
// they hold.
func (r *run) keepTalks(ctx context.Context, talks []feeds.TimelineID) (keys []feeds.Key, err error) {
	seen, named := map[feeds.Key]bool{}, map[feeds.TimelineID]bool{}
	for _, talk := range talks {
		posts, at, err := r.Store.List(ctx, talk)
		if err != nil {
			return nil, err
		}
		if len(posts) == 0 {
			continue
		}
		id := feeds.TimelineID(talk.Host() + "/offline/" + strconv.Itoa(r.t.Run) + "/" + url.QueryEscape(r.t.Fragment))
		if _, err := r.Store.SavePage(ctx, id, "", &feeds.Page{Entries: feeds.EntriesOf(posts), Posts: posts}, at); err != nil {
			return nil, err
		}
		if !named[id] {
			named[id] = true
			r.holds(id)
		}
		for _, p := range posts {
			if !seen[p.Key] {
				seen[p.Key] = true
				keys = append(keys, p.Key)
			}
		}
	}
	return keys, r.tell(ctx, false)
}
