package reader

import (
	"context"
	"slices"
	"sync"

	"vitrine/feeds"
)

// together is from how many accounts of one server on its local timeline, one request, stands for their own.
const together = 3

// readTogether reads accounts of one server from its local timeline, where several of them are asked for and it shows all that they have: it
// reaches down to what is stored of each of them, and they are known neither to boost nor to post outside of it. It returns the sources that are
// still to be asked.
func (q *Query) readTogether(ctx context.Context, sources []*stream, told func(Answer)) []*stream {
	groups := map[string][]*stream{}
	for _, s := range sources {
		if s.local() {
			groups[s.server] = append(groups[s.server], s)
		}
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	read := map[*stream]bool{}
	for host, all := range groups {
		if len(all) < together || !q.r.capabilities(ctx, host).Local {
			continue
		}
		wg.Go(func() {
			q.readLocal(ctx, host, all, func(s *stream, a Answer) {
				mu.Lock()
				read[s] = true
				mu.Unlock()
				told(a)
			})
		})
	}
	wg.Wait()
	return slices.DeleteFunc(slices.Clone(sources), func(s *stream) bool { return read[s] })
}

// readLocal reads accounts from the local timeline of their server, as far as it has all of theirs.
func (q *Query) readLocal(ctx context.Context, host string, accounts []*stream, told func(*stream, Answer)) {
	stored := map[*stream]*feeds.Timeline{}
	for _, s := range accounts {
		if tl := s.storedTop(ctx); q.onlyPublic(ctx, tl) {
			stored[s] = tl
		}
	}
	if len(stored) < together || q.r.turn != nil && q.r.turn(ctx) != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	page, err := ServerPlace{Host: host, Scope: feeds.Local}.page(ctx, q.r, "")
	if err != nil {
		return // each is asked itself, and says why
	}
	for s, tl := range stored {
		if own := s.among(page, tl); own != nil {
			told(s, s.keep(ctx, own))
		}
	}
}

// local reports an account whose posts its server's local timeline has, but for boosts, answers to others, and posts outside of it.
func (s *stream) local() bool {
	p, ok := s.place.(ProfilePlace)
	return ok && p.Author.Domain == s.server && !p.Author.Group && p.Author.URI == "" && !p.Filter.Replies && !p.Filter.OnlyMedia && p.Filter.Tag == ""
}

// onlyPublic reports that what is stored of an account would all stand in a local timeline.
func (q *Query) onlyPublic(ctx context.Context, tl *feeds.Timeline) bool {
	if tl == nil || len(tl.Entries) == 0 || len(tl.Ranges) == 0 {
		return false
	}
	keys := make([]feeds.Key, 0, len(tl.Entries))
	for _, e := range tl.Entries {
		if e.BoostedBy != nil {
			return false
		}
		keys = append(keys, e.Key)
	}
	posts, err := q.r.store.Posts(ctx, keys)
	for _, p := range posts {
		if p.Visibility != feeds.Public && p.Visibility != "" {
			return false
		}
	}
	return err == nil
}

// among are the posts of the source that a page of its server's local timeline has, as the newest page of its own; nil where the page doesn't
// reach down to what is stored. The stored post at the top belongs to it, so that the two join without a gap.
func (s *stream) among(page *feeds.Page, stored *feeds.Timeline) *feeds.Page {
	top, by := stored.Entries[0], s.place.(ProfilePlace).Author
	if len(page.Entries) == 0 || page.Entries[len(page.Entries)-1].At.After(top.At) {
		return nil
	}
	own := &feeds.Page{}
	posts := byKey(page.Posts)
	for _, e := range page.Entries {
		if p := posts[e.Key]; p != nil && p.Author != nil && p.Author.Handle() == by.Handle() && e.At.After(top.At) && p.Visibility != feeds.Unlisted {
			own.Entries, own.Posts = append(own.Entries, e), append(own.Posts, p)
		}
	}
	own.Entries = append(own.Entries, top)
	return own
}
