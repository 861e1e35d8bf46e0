package snapshot

import (
	"context"
	"errors"
	"strings"
	"time"

	"vitrine/build/config"
	"vitrine/build/listing"
	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/reader"
)

// gathering is the reading of one feed's sources.
type gathering struct {
	*run
	asker  *asker
	feed   config.Feed
	ledger *ledger.Ledger
	status *FeedStatus
	now    time.Time
	shown  map[feeds.Key]bool // what sources showed in this run

	firstToday bool // no run of this day was there before
}

// all asks every source. What fails leaves what was kept of it.
func (g *gathering) all(ctx context.Context) error {
	for _, given := range g.feed.Addresses {
		a, err := address.Parse(given)
		switch {
		case err != nil: // a page of a server that we know, which names nothing
			err = &feeds.Error{Kind: feeds.NotFound, Host: a.Host, Op: "read " + given, Err: err}
		case g.blocked.Host(a.Host):
			err = &feeds.Error{Kind: feeds.Refused, Host: a.Host, Op: "read " + given, Err: errors.New("this site blocks it")}
		default:
			err = g.source(ctx, given, a)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		g.note(given, a, err)
	}
	return nil
}

// note writes down how a source answered, and what a lasting failure means.
func (g *gathering) note(given string, a address.Address, err error) {
	s := g.status.source(given)
	if err == nil {
		s.Asked, s.Kind, s.Problem, s.Since = g.now, "", "", time.Time{}
		return
	}
	kind := feeds.KindOf(err)
	if s.Since.IsZero() {
		s.Since = g.now
	}
	s.Kind, s.Problem = string(kind), g.inWords(err)
	g.warn("%s: %s: %s", g.feed.Name, given, s.Problem)
	record := g.feed.Deletions == "record"
	switch kind {
	case feeds.Gone, feeds.NotFound:
		if a.Kind == address.Post {
			for _, k := range g.ledger.Of(given) {
				g.ledger.Gone(k.Post.Key, record, g.now)
			}
			return
		}
		fallthrough
	case feeds.NeedsLogin, feeds.Refused:
		// An account may be away for an hour because somebody made a mistake. After a week it is meant.
		if g.now.Sub(s.Since) >= goneAfter {
			for _, k := range g.ledger.Of(given) {
				g.ledger.Gone(k.Post.Key, record, g.now)
			}
		}
	}
}

// goneAfter is how long an account that is gone or closed is kept, where deletions are mirrored.
const goneAfter = 7 * 24 * time.Hour

// source asks one source for what is new.
func (g *gathering) source(ctx context.Context, given string, a address.Address) error {
	known := g.ledger.Of(given)
	o := listing.Options{
		Limit:  g.feed.Limit,
		Filter: feeds.ProfileFilter{Replies: g.feed.Replies, NoBoosts: !g.feed.Boosts, OnlyMedia: g.feed.OnlyMedia},
	}
	src := g.ledger.Sources[given]
	o.Enough = func(items []reader.Item) bool {
		return (src.Whole || len(known) >= g.feed.Limit) && g.meets(items, given)
	}
	day := g.now.UTC().Format(time.DateOnly)
	status := g.status.source(given)
	pinned := src.Author != nil && (a.Kind == address.Profile || a.Kind == address.Community) && status.Profiled == day
	if pinned {
		o.Who = src.Author
	}
	l, err := g.ask(ctx, a, o)
	if kind := feeds.KindOf(err); pinned && (kind == feeds.NotFound || kind == feeds.Gone) { // the account may have another id now
		o.Who, pinned = nil, false
		l, err = g.ask(ctx, a, o)
	}
	if err != nil {
		return err
	}
	if !pinned {
		status.Profiled = day
	}
	next := ledger.Source{Author: ledger.Profile(l.Author), Title: titleOf(l), Home: l.Home, RelMe: src.RelMe, Software: src.Software, Whole: src.Whole || l.End}
	if info, ok := g.memory.Recall(ctx, a.Host); ok {
		next.Software = info.Software
	}
	g.ledger.Sources[given] = next
	answer := ledger.Answer{Source: given, Items: g.wanted(l, a), End: l.End || a.Kind == address.Post, Gaps: gaps(a)}
	for _, i := range answer.Items {
		g.shown[i.Post.Key] = true
	}
	if err := g.whole(ctx, a, answer.Items); err != nil {
		return err
	}
	return g.verify(ctx, g.ledger.Take(answer))
}

// titleOf is what a source is called, where pictures can't stand: without the names of custom emoji.
func titleOf(l *listing.Listing) string {
	if l.Author == nil || l.Title != l.Author.DisplayName() {
		return l.Title
	}
	title := l.Title
	for _, e := range l.Author.Emoji {
		title = strings.ReplaceAll(title, ":"+e.Shortcode+":", "")
	}
	if title = strings.Join(strings.Fields(title), " "); title != "" {
		return title
	}
	return l.Author.User
}

// gaps reports lists from which nothing can be concluded about what they don't show: a web feed has the newest only, and what is
// talked about is chosen by the server.
func gaps(a address.Address) bool {
	return a.Kind == address.Feed || a.Kind == address.Page || a.Tab == "trending"
}

// meets reports that posts which are known already were reached.
func (g *gathering) meets(items []reader.Item, given string) bool {
	for _, i := range items {
		if i.Post == nil {
			continue
		}
		if at := g.ledger.Index(i.Post.Key); at >= 0 && g.ledger.Posts[at].Source == given && i.Entry.BoostedBy == nil {
			return true
		}
	}
	return false
}

// wanted are the items of a listing that a feed may show. Of a conversation these are the post and what its author goes on with, all
// of it where answers are wanted.
func (g *gathering) wanted(l *listing.Listing, a address.Address) []reader.Item {
	var out []reader.Item
	own := map[feeds.Key]bool{}
	if l.Thread != nil && !g.feed.Replies {
		own[l.Focus] = true
		for _, r := range l.Thread.Replies {
			if r.Post != nil && r.Chain > 0 {
				own[r.Post.Key] = true
			}
		}
	}
	for _, i := range l.Items {
		p := i.Post
		switch {
		case p == nil || p.Deleted:
		case len(own) > 0 && !own[p.Key]:
		case l.Thread == nil && !g.feed.Replies && i.Entry.BoostedBy == nil && p.ReplyTo != nil && !p.ReplyTo.Self:
		case a.Kind == address.Profile && !g.feed.Boosts && i.Entry.BoostedBy != nil:
		default:
			out = append(out, i)
		}
	}
	return out
}

// whole asks for posts by themselves of which a list tells only a part.
func (g *gathering) whole(ctx context.Context, a address.Address, items []reader.Item) error {
	for n, i := range items {
		at := g.ledger.Index(i.Post.Key)
		if !i.Post.Partial || at >= 0 && !g.ledger.Posts[at].Post.Partial || len(i.Post.Sightings) == 0 {
			continue
		}
		p, err := g.post(ctx, i.Post.Sightings[0])
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			items[n].Post = feeds.MergePost(p, i.Post)
		}
	}
	return nil
}

// mostVerified is how many missing posts of a feed are asked for in a run.
const mostVerified = 20

// verify asks for posts that should have been shown and weren't. A post that its server doesn't know any more is gone.
func (g *gathering) verify(ctx context.Context, missing []ledger.Kept) error {
	for _, k := range missing[:min(len(missing), mostVerified)] {
		if err := g.recheck(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

// recheck looks at one post again. The error is ctx's.
func (g *gathering) recheck(ctx context.Context, k ledger.Kept) error {
	if len(k.Post.Sightings) == 0 || k.Post.Sightings[0].ID == "" {
		return nil
	}
	p, err := g.post(ctx, k.Post.Sightings[0])
	switch kind := feeds.KindOf(err); {
	case ctx.Err() != nil:
		return ctx.Err()
	case kind == feeds.NotFound || kind == feeds.Gone || err == nil && p.Deleted:
		g.ledger.Gone(k.Post.Key, g.feed.Deletions == "record", g.now)
	case err == nil && p.Key == k.Post.Key:
		g.ledger.Replace(p)
	}
	return nil
}

// recheckCycle is within how many days each post that stands below what lists show is looked at again.
const recheckCycle = 30

// recheckOlder looks again at those posts that no list showed and whose day it is, so that none is shown for longer than a cycle after it was taken
// back.
func (g *gathering) recheckOlder(ctx context.Context) error {
	today := g.now.UTC().Truncate(24 * time.Hour)
	last, err := time.Parse(time.DateOnly, g.status.Rechecked)
	if err != nil || today.Sub(last) > recheckCycle*24*time.Hour {
		last = today.AddDate(0, 0, -1)
	}
	due := map[int]bool{}
	for day := last.AddDate(0, 0, 1); !day.After(today); day = day.AddDate(0, 0, 1) {
		due[int(day.Unix()/86400)%recheckCycle] = true
	}
	var now []ledger.Kept
	for _, k := range g.ledger.Posts {
		if k.Deleted.IsZero() && !g.shown[k.Post.Key] && g.status.source(k.Source).Kind == "" && due[slot(k.Post.Key, recheckCycle)] {
			now = append(now, k)
		}
	}
	for _, k := range now {
		if err := g.recheck(ctx, k); err != nil {
			return err
		}
	}
	g.status.Rechecked = today.Format(time.DateOnly)
	return nil
}

// ask lists an address when its host's turn has come. A host that asks for a pause gets it, once, if that isn't too long.
func (g *gathering) ask(ctx context.Context, a address.Address, o listing.Options) (*listing.Listing, error) {
	return patiently(ctx, g, a.Host, func() (*listing.Listing, error) { return g.asker.reader.List(ctx, a, o) })
}

func (g *gathering) post(ctx context.Context, s feeds.Sighting) (*feeds.Post, error) {
	return patiently(ctx, g, s.Host, func() (*feeds.Post, error) { return g.asker.reader.Post(ctx, s.Host, s.ID) })
}

func patiently[T any](ctx context.Context, g *gathering, host string, question func() (T, error)) (T, error) {
	var none T
	leave, err := g.turns.take(ctx, host)
	if err != nil {
		return none, err
	}
	answer, err := question()
	var limited *feeds.Error
	if errors.As(err, &limited) && limited.Kind == feeds.RateLimited {
		if pause := limited.RetryAt.Sub(g.clock.Now()); pause <= g.wait {
			select {
			case <-g.clock.After(max(pause, 0) + g.chance(time.Second)):
				answer, err = question()
			case <-ctx.Done():
				err = ctx.Err()
			}
		}
	}
	leave(err)
	return answer, err
}

// conversation reports a feed that is made of single posts and what was said around them: it is read from its beginning.
func conversation(f config.Feed) bool {
	for _, given := range f.Addresses {
		if a, err := address.Parse(given); err != nil || a.Kind != address.Post {
			return false
		}
	}
	return true
}
