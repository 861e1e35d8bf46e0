package snapshot

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"vitrine/build/config"
	"vitrine/build/relme"
	"vitrine/build/snapshot/ledger"
	"vitrine/build/snapshot/mirror"
	"vitrine/build/snapshot/pages"
	"vitrine/feeds"
	"vitrine/feeds/address"
)

// refreshFeed refreshes one feed. The error is for what can't be written; all else stands in the feed's status.
func (r *run) refreshFeed(ctx context.Context, f config.Feed) error {
	folder := "feeds/" + f.Name + "/"
	r.mu.Lock()
	status := r.status.feed(f.Name)
	r.mu.Unlock()
	before, err := r.read(ctx, folder+ledger.File)
	if err != nil {
		return err
	}
	kept, err := ledger.Read(before)
	if err != nil {
		status.OK, status.Problem = false, err.Error()
		r.warn("%s: %v (move %s away to begin anew)", f.Name, err, folder+ledger.File)
		return nil
	}
	u := &update{run: r, client: r.public, feed: f, ledger: kept, status: status, now: r.clock.Now(), shown: map[feeds.Key]bool{}, partial: map[feeds.Key]bool{}, whole: map[feeds.Key]*feeds.Post{}}
	u.firstToday = status.Rechecked != u.today()
	if allLoopback(f) {
		u.client = r.private
	}
	carryRenamed(kept, f.Addresses)
	kept.Drop(func(k ledger.Item) bool { return !slices.Contains(f.Addresses, k.Source) })
	maps.DeleteFunc(kept.Sources, func(address string, _ ledger.Source) bool { return !slices.Contains(f.Addresses, address) })
	maps.DeleteFunc(status.Sources, func(address string, _ *SourceStatus) bool { return !slices.Contains(f.Addresses, address) })
	if err := u.readSources(ctx); err != nil {
		return err
	}
	proven := u.proveRelMe(ctx)
	left := filter{feed: f, wishes: kept.Wishes, proven: proven, blocked: r.blocked}
	kept.Drop(left.excludes)
	kept.Sort()
	if err := u.recheckOlder(ctx); err != nil {
		return err
	}
	kept.Drop(left.excludes)
	if err := r.mirror(ctx, u, folder, before); err != nil {
		return err
	}
	if err := r.publish(ctx, u, folder, before); err != nil {
		return err
	}
	status.Asked, status.OK, status.Problem = u.now, true, ""
	for address, s := range status.Sources {
		s.Posts = len(kept.Of(address))
		status.OK = status.OK && s.Kind == ""
	}
	return nil
}

// carryRenamed carries over what was kept of an address that is written in another way now: a handle instead of a page.
func carryRenamed(l *ledger.Ledger, addresses []string) {
	for old := range maps.Clone(l.Sources) {
		was, err := address.Parse(old)
		if err != nil || slices.Contains(addresses, old) {
			continue
		}
		for _, given := range addresses {
			if a, err := address.Parse(given); err == nil && a.Kind != address.Page && a.String() == was.String() {
				l.Rename(old, given)
			}
		}
	}
}

// allLoopback reports a feed all of whose sources are on this machine. Only then are private hosts asked, so that no server's answer
// leads there.
func allLoopback(f config.Feed) bool {
	return !slices.ContainsFunc(f.Addresses, func(given string) bool {
		a, err := address.Parse(given)
		return err != nil || !address.IsLoopback(a.Host)
	})
}

// proveRelMe checks once a day how the site and its accounts link to each other with rel=me, and warns of links that were lost.
func (u *update) proveRelMe(ctx context.Context) map[string]bool {
	proven := map[string]bool{}
	for _, given := range u.feed.Addresses {
		src, ok := u.ledger.Sources[given]
		if !ok || src.Author == nil {
			continue
		}
		s := u.status.source(given)
		if day := u.today(); s.Proved != day && s.Kind == "" {
			now := relme.Prove(ctx, u.client.pages, u.Config.BaseURL, src.Author)
			if now != relme.NotChecked || src.RelMe == "" {
				if src.RelMe == string(relme.Both) && now != relme.Both {
					u.warn("%s: %s and the site named each other (rel=me); now that is %q", u.feed.Name, given, now)
				}
				src.RelMe = string(now)
				u.ledger.Sources[given] = src
			}
			s.Proved = day
		}
		if src.RelMe == string(relme.Both) {
			proven[src.Author.URI] = true
		} else if src.Author.Wishes.NoIndex {
			u.warn("%s: %s asks not to be in search engines, and nothing proves that it is the site's own (rel=me): is this feed meant?", u.feed.Name, given)
		}
		if w := src.Author.Wishes; (w.NoBot || w.NoArchive) && src.RelMe != string(relme.Both) {
			u.warn("%s: %s asks not to be copied (#nobot, #noarchive), and nothing proves that it is the site's own (rel=me): its posts are left out", u.feed.Name, given)
		}
	}
	return proven
}

// mirror makes the files that the posts show a part of the site.
func (r *run) mirror(ctx context.Context, u *update, folder string, before []byte) error {
	if mirror.Mode(u.feed.Media) != mirror.Mirrored {
		clear(u.ledger.Files)
		return nil
	}
	m := mirror.Mirror{
		Fetcher: u.client.files, MaxFile: int64(u.feed.MaxFile) << 20, PictureSlots: r.pictureSlots, Again: u.firstToday,
		Start: func(n int) int { return int(r.jitter(time.Duration(n))) },
		Write: func(ctx context.Context, name string, data []byte) error {
			return r.put(ctx, map[string][]byte{folder + name: data})
		},
		// What was mirrored is noted beside the posts that were there before: those of this run aren't published yet.
		Save: func(ctx context.Context) error {
			half, err := ledger.Read(before)
			if err != nil {
				return err
			}
			half.Files = u.ledger.Files
			data, err := half.Bytes()
			if err != nil {
				return err
			}
			return r.put(ctx, map[string][]byte{folder + ledger.File: data})
		},
	}
	return m.Fill(ctx, u.ledger)
}

// publish writes the feed's pages, and takes away files that nothing names any more.
func (r *run) publish(ctx context.Context, u *update, folder string, before []byte) error {
	state, err := u.ledger.Settle(before, u.now)
	if err != nil {
		return err
	}
	f := &pages.Feed{Feed: u.feed, Ledger: u.ledger, Posts: u.ledger.Posts, NoIndex: noIndex(u.ledger)}
	if isConversation(u.feed) {
		f.Order = pages.OldestFirst
	}
	made, err := r.site.Feed(f)
	if err != nil {
		return err
	}
	files := map[string][]byte{folder + ledger.File: state}
	for name, data := range made {
		files[folder+name] = data
	}
	if err := r.put(ctx, files); err != nil {
		return err
	}
	r.mu.Lock()
	r.shown[u.feed.Name] = f
	r.mu.Unlock()
	// What the pages of the last run showed stays for this one: caches may still hold them.
	last, err := ledger.Read(before)
	if err != nil {
		return err
	}
	for _, l := range []*ledger.Ledger{u.ledger, last} {
		for _, m := range l.Files {
			for _, c := range m.Copies() {
				files[folder+c.Name] = nil
			}
		}
	}
	there, err := r.Target.List(ctx, folder)
	if err != nil {
		return err
	}
	for _, name := range there {
		bare := strings.TrimSuffix(strings.TrimSuffix(name, ".br"), ".gz")
		if _, current := files[bare]; !current {
			if err := r.Target.Remove(ctx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// noIndex reports that somebody whose posts are shown wants to be in no search engine.
func noIndex(l *ledger.Ledger) bool {
	return slices.ContainsFunc(l.Posts, func(k ledger.Item) bool { return l.Wishes(k.Post.Author).NoIndex })
}
