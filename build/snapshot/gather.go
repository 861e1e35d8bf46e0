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
	inPart map[feeds.Key]bool // of these, what lists tell only a part of

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
		s.Asked, s.Kind, s.Problem, s.Since, s.Away = g.now, "", "", time.Time{}, nil
		return
	}
	kind := feeds.KindOf(err)
	if s.Since.IsZero() {
		s.Since = g.now
	}
	s.Kind, s.Problem = string(kind), g.inWords(err)
	g.warn("%s: %s: %s", g.feed.Name, given, s.Problem)
	switch kind {
	case feeds.Gone, feeds.NotFound:
		if a.Kind == address.Post {
			g.takeBack(given)
			return
		}
		fallthrough
	case feeds.NeedsLogin, feeds.Refused:
		if s.Away == nil {
			s.Away = &Away{Since: g.now}
		}
		if s.Away.Day != g.today() {
			s.Away.Day = g.today()
			s.Away.Days++
		}
		if g.now.Sub(s.Away.Since) >= goneAfter && s.Away.Days >= goneDays {
			g.takeBack(given)
		}
	}
}

// takeBack treats all posts of a source as deleted.
func (g *gathering) takeBack(given string) {
	for _, k := range g.ledger.Of(given) {
		g.ledger.Gone(k.Post.Key, g.feed.Deletions == "record", g.now)
	}
}

// An account may be away for an hour because somebody made a mistake, and a server that comes back may say so once. When a source says
// for a week, and on several days, that there is nothing for guests, that is meant.
const (
	goneAfter = 7 * 24 * time.Hour
	goneDays  = 3
)

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
	day := g.today()
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
	next := ledger.Source{Author: ledger.Profile(l.Author), Title: titleOf(l), Home: l.Home, RelMe: src.RelMe, Software: src.Software, WebFeed: l.WebFeed, Whole: src.Whole || l.End}
	if info, ok := g.memory.Recall(ctx, a.Host); ok {
		next.Software = info.Software
	}
	g.ledger.Sources[given] = next
	answer := ledger.Answer{Source: given, Items: g.wanted(l, a), End: (l.End || a.Kind == address.Post) && !l.WebFeed, Gaps: gaps(a, l) || g.hollow(status, l, known)}
	for _, i := range answer.Items {
		g.shown[i.Post.Key], g.inPart[i.Post.Key] = true, i.Post.Partial
	}
	if err := g.whole(ctx, a, answer.Items); err != nil {
		return err
	}
	return g.verify(ctx, status, g.ledger.Take(answer))
}

// hollow reports a list without posts where there were some. An account may be emptied, but so may be a database that is being
// mended: for a day nothing is concluded from it.
func (g *gathering) hollow(status *SourceStatus, l *listing.Listing, known []ledger.Item) bool {
	if len(l.Items) > 0 || len(known) == 0 {
		status.Empty = time.Time{}
		return false
	}
	if status.Empty.IsZero() {
		status.Empty = g.now
	}
	return g.now.Sub(status.Empty) < doubted
}

// doubted is how long an absence is doubted that can't be looked at by itself.
const doubted = 24 * time.Hour

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

// gaps reports lists from which nothing can be concluded about what they don't show: what is trending is chosen by the server, and
// what a page lists by nobody knows what.
func gaps(a address.Address, l *listing.Listing) bool {
	return a.Tab == "trending" || a.Kind == address.Page && l.Author == nil && !l.WebFeed
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

// today is the day of the run.
func (g *gathering) today() string { return g.now.UTC().Format(time.DateOnly) }

// whole asks for posts by themselves of which a list tells only a part, unless nothing says that they changed.
func (g *gathering) whole(ctx context.Context, a address.Address, items []reader.Item) error {
	for n, i := range items {
		at := g.ledger.Index(i.Post.Key)
		if !i.Post.Partial || at >= 0 && asBefore(g.ledger.Posts[at].Post, i.Post) || len(i.Post.Sightings) == 0 {
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

// asBefore reports a post that was read as a whole and of which a list says nothing new.
func asBefore(whole, listed *feeds.Post) bool {
	return !whole.Partial && whole.Title == listed.Title && whole.Warning == listed.Warning && whole.Sensitive == listed.Sensitive && !listed.Edited.After(whole.Edited)
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
