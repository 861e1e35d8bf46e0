package snapshot

import (
	"context"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
	"vitrine/feeds/address"
)

// maxVerified is how many missing posts of a source are asked for in a run.
const maxVerified = 20

// verify looks after posts that should have been shown and weren't. A post that its server doesn't know any more is gone. One that is
// there all the same is asked for once a day. A boost can't be asked for: when it is missing for a day, it was taken back.
func (u *update) verify(ctx context.Context, status *SourceStatus, missing []ledger.Item) error {
	before := status.Missing
	status.Missing = map[feeds.Key]Missing{}
	asked := 0
	for _, k := range missing {
		key := k.Post.Key
		m, known := before[key]
		if !known {
			m.Since = u.now
		}
		switch {
		case k.Entry.BoostedBy != nil:
			if u.now.Sub(m.Since) >= absenceGrace {
				u.ledger.Drop(func(k ledger.Item) bool { return k.Post.Key == key })
			}
		case m.Found != u.today() && asked < maxVerified:
			asked++
			there, err := u.recheck(ctx, k)
			if err != nil {
				return err
			}
			if there {
				m.Found = u.today()
			}
		}
		if at := u.ledger.Index(key); at >= 0 && u.ledger.Posts[at].Deleted.IsZero() {
			status.Missing[key] = m
		}
	}
	return nil
}

// recheck asks for one post again, and reports whether it is there. The error is ctx's.
func (u *update) recheck(ctx context.Context, k ledger.Item) (there bool, err error) {
	var p *feeds.Post
	switch {
	case u.ledger.Sources[k.Source].WebFeed: // which has no ids to ask for: the page of the entry is what there is
		if k.Post.URL == "" {
			return true, nil
		}
		err = u.page(ctx, k.Post.URL)
	case len(k.Post.Sightings) == 0 || k.Post.Sightings[0].ID == "":
		return true, nil
	default:
		p, err = u.post(ctx, k.Post.Sightings[0])
	}
	switch kind := feeds.KindOf(err); {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case kind == feeds.NotFound || kind == feeds.Gone || p != nil && p.Deleted:
		u.ledger.Gone(k.Post.Key, u.feed.Deletions == "record", u.now)
	case err != nil:
		return false, nil
	case p != nil && p.Key == k.Post.Key && lostTag(k, p):
		u.ledger.Drop(func(other ledger.Item) bool { return other.Post.Key == p.Key })
	case p != nil && p.Key == k.Post.Key:
		u.ledger.Replace(p)
		return true, nil
	default:
		return true, nil
	}
	return false, nil
}

// page asks for a page, only to learn whether it is there.
func (u *update) page(ctx context.Context, link string) error {
	r, err := u.client.entryPages.Fetch(ctx, feeds.Request{URL: link, Accept: "text/html"})
	if err == nil {
		err = feeds.StatusError(r)
	}
	return err
}

// lostTag reports a post that was under the hashtag by which it was found and isn't any more. How a server writes a hashtag may differ
// from the address: then nothing is concluded.
func lostTag(k ledger.Item, now *feeds.Post) bool {
	a, err := address.Parse(k.Source)
	has := func(p *feeds.Post) bool {
		return slices.ContainsFunc(p.Tags, func(t feeds.Tag) bool { return strings.EqualFold(t.Name, a.Tag) })
	}
	return err == nil && a.Kind == address.Tag && has(k.Post) && !has(now)
}

// recheckCycle is within how many days each post that stands below what lists show is looked at again.
const recheckCycle = 30

// recheckOlder looks again at those posts that no list showed, or only in part, and whose day it is, so that none is shown for longer
// than a cycle after it was taken back. A post that is marked as taken back may be there again.
func (u *update) recheckOlder(ctx context.Context) error {
	today := u.now.UTC().Truncate(24 * time.Hour)
	last, err := time.Parse(time.DateOnly, u.status.Rechecked)
	switch {
	case err != nil: // the first run: all was read just now
		last = today.AddDate(0, 0, -1)
	case today.Sub(last) > recheckCycle*24*time.Hour:
		last = today.AddDate(0, 0, -recheckCycle)
	}
	due := map[int]bool{}
	for day := last.AddDate(0, 0, 1); !day.After(today); day = day.AddDate(0, 0, 1) {
		due[int(day.Unix()/86400)%recheckCycle] = true
	}
	var now []ledger.Item
	for _, k := range u.ledger.Posts {
		s := u.status.source(k.Source)
		if (!u.shown[k.Post.Key] || u.partial[k.Post.Key]) && s.Kind == "" && (s.Empty.IsZero() || u.now.Sub(s.Empty) >= absenceGrace) && due[recheckDay(k.Post.Key, recheckCycle)] {
			now = append(now, k)
		}
	}
	for _, k := range now {
		if _, err := u.recheck(ctx, k); err != nil {
			return err
		}
	}
	u.status.Rechecked = today.Format(time.DateOnly)
	return nil
}

// recheckDay is the day of the cycle on which a post is asked for again: 0 to days-1.
func recheckDay(key feeds.Key, days int) int {
	h := fnv.New32a()
	h.Write([]byte(key))
	return int(h.Sum32() % uint32(days))
}
