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

// update is the reading of one feed's sources.
type update struct {
	*run
	client  *client
	feed    config.Feed
	ledger  *ledger.Ledger
	status  *FeedStatus
	now     time.Time
	shown   map[feeds.Key]bool // what sources showed in this run
	partial map[feeds.Key]bool // of these, of which lists have only a part

	whole map[feeds.Key]*feeds.Post // posts of which a list has only a part, as they were read by themselves

	firstToday bool // no run of this day was there before
}

// readSources asks every source. What fails leaves what was kept of it.
func (u *update) readSources(ctx context.Context) error {
	for _, given := range u.feed.Addresses {
		a, err := address.Parse(given)
		switch {
		case err != nil: // a page of a server that we know, which names nothing
			err = &feeds.Error{Kind: feeds.NotFound, Host: a.Host, Op: "read " + given, Err: err}
		case u.blocked.Host(a.Host):
			err = &feeds.Error{Kind: feeds.Refused, Host: a.Host, Op: "read " + given, Err: errors.New("this site blocks it")}
		default:
			err = u.readSource(ctx, given, a)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		u.noteAnswer(given, a, err)
	}
	return nil
}

// noteAnswer writes down how a source answered, and what a lasting failure means.
func (u *update) noteAnswer(given string, a address.Address, err error) {
	s := u.status.source(given)
	if err == nil {
		s.Asked, s.Kind, s.Problem, s.Since, s.Away = u.now, "", "", time.Time{}, nil
		return
	}
	kind := feeds.KindOf(err)
	if s.Since.IsZero() {
		s.Since = u.now
	}
	s.Kind, s.Problem = string(kind), u.describe(err)
	u.warn("%s: %s: %s", u.feed.Name, given, s.Problem)
	switch kind {
	case feeds.Gone, feeds.NotFound:
		if a.Kind == address.Post {
			u.takeBack(given)
			return
		}
		fallthrough
	case feeds.NeedsLogin, feeds.Refused:
		if s.Away == nil {
			s.Away = &Away{Since: u.now}
		}
		if s.Away.Day != u.today() {
			s.Away.Day = u.today()
			s.Away.Days++
		}
		if u.now.Sub(s.Away.Since) >= goneAfter && s.Away.Days >= goneDays {
			u.takeBack(given)
		}
	}
}

// takeBack treats all posts of a source as deleted.
func (u *update) takeBack(given string) {
	for _, k := range u.ledger.Of(given) {
		u.ledger.Gone(k.Post.Key, u.feed.Deletions == "record", u.now)
	}
}

// An account may be away for an hour because somebody made a mistake, and a server that comes back may say so once. When a source says
// for a week, and on several days, that there is nothing for guests, that is meant.
const (
	goneAfter = 7 * 24 * time.Hour
	goneDays  = 3
)

// readSource asks one source for what is new.
func (u *update) readSource(ctx context.Context, given string, a address.Address) error {
	known := u.ledger.Of(given)
	src := u.ledger.Sources[given]
	o := listing.Options{
		Limit:       u.feed.Limit,
		Filter:      feeds.ProfileFilter{Replies: u.feed.Replies, NoBoosts: !u.feed.Boosts, OnlyMedia: u.feed.OnlyMedia},
		Counts:      func(i reader.Item) bool { return u.shows(given, a, i) },
		WholeThread: true,
	}
	if chosen := choices(u.feed, u.Config.Blocked); src.Choices != chosen {
		src.Choices, src.Whole = chosen, false
	} else {
		o.Enough = func(items []reader.Item) bool {
			return u.reachesKnown(items, given) && (src.Whole || u.count(given, a, items)+below(known, items) >= u.feed.Limit)
		}
	}
	day := u.today()
	status := u.status.source(given)
	pinned := src.Author != nil && !src.WebFeed && (a.Kind == address.Profile || a.Kind == address.Community) && status.Profiled == day
	if pinned {
		o.Who = src.Author
	}
	l, err := u.ask(ctx, a, o)
	if kind := feeds.KindOf(err); pinned && (kind == feeds.NotFound || kind == feeds.Gone) { // the account may have another id now
		o.Who, pinned = nil, false
		l, err = u.ask(ctx, a, o)
	}
	if err != nil {
		return err
	}
	if !pinned {
		status.Profiled = day
		if status.Remarks = listing.Remarks(l.Author, len(l.Items), l.Others); a.Tab != "" || u.feed.OnlyMedia {
			status.Remarks = listing.Remarks(l.Author, -1, false)
		}
		for _, said := range status.Remarks {
			u.warn("%s: %s: %s", u.feed.Name, given, said)
		}
	}
	items := u.eligible(l, given, a)
	for {
		n := len(u.whole)
		if err := u.complete(ctx, items); err != nil {
			return err
		}
		// A post read by itself may turn out to be one that isn't shown: the list is read on for it.
		if len(u.whole) == n || l.End || l.Tired || l.Thread != nil || u.count(given, a, items)+below(known, l.Items) >= u.feed.Limit {
			break
		}
		if l, err = u.ask(ctx, a, o); err != nil {
			return err
		}
		items = u.eligible(l, given, a)
	}
	if l.Older != nil {
		u.warn("%s: %s: older posts could not be read: %s", u.feed.Name, given, u.describe(l.Older))
	}
	next := ledger.Source{Author: ledger.Profile(l.Author), Title: titleOf(l), Home: l.Home, RelMe: src.RelMe, Software: src.Software, WebFeed: l.WebFeed, Whole: src.Whole || l.End || l.Tired, Choices: src.Choices}
	if info, ok := u.memory.Recall(ctx, a.Host); ok {
		next.Software = info.Software
	}
	u.ledger.Sources[given] = next
	answer := ledger.Answer{Source: given, Items: items, End: (l.End || a.Kind == address.Post) && !l.WebFeed, Incomplete: incomplete(a, l) || u.newlyEmpty(status, l, known)}
	for _, i := range answer.Items {
		u.shown[i.Post.Key], u.partial[i.Post.Key] = true, i.Post.Partial
	}
	return u.verify(ctx, status, u.ledger.Take(answer))
}

// newlyEmpty reports a list without posts where there were some. An account may be emptied, but so may be a database that is being
// mended: for a day nothing is concluded from it.
func (u *update) newlyEmpty(status *SourceStatus, l *listing.Listing, known []ledger.Item) bool {
	if len(l.Items) > 0 || len(known) == 0 {
		status.Empty = time.Time{}
		return false
	}
	if status.Empty.IsZero() {
		status.Empty = u.now
	}
	return u.now.Sub(status.Empty) < absenceGrace
}

// absenceGrace is how long an absence is absenceGrace that can't be looked at by itself.
const absenceGrace = 24 * time.Hour

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

// incomplete reports lists from which nothing can be concluded about what they don't show: what is trending is chosen by the server, and
// what a page lists by nobody knows what.
func incomplete(a address.Address, l *listing.Listing) bool {
	return a.Tab == "trending" || a.Kind == address.Page && l.Author == nil && !l.WebFeed
}

// reachesKnown reports that posts which are known already were reached.
func (u *update) reachesKnown(items []reader.Item, given string) bool {
	for _, i := range items {
		if i.Post == nil {
			continue
		}
		if at := u.ledger.Index(i.Post.Key); at >= 0 && u.ledger.Posts[at].Source == given && i.Entry.BoostedBy == nil {
			return true
		}
	}
	return false
}

// eligible are the items of a listing that a feed may show. Of a conversation these are the post and what its author goes on with, all
// of it where answers are wanted.
func (u *update) eligible(l *listing.Listing, given string, a address.Address) []reader.Item {
	var out []reader.Item
	own := map[feeds.Key]bool{}
	if l.Thread != nil && !u.feed.Replies {
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
		case l.Thread == nil && !u.feed.Replies && i.Entry.BoostedBy == nil && p.ReplyTo != nil && !p.ReplyTo.Self:
		case a.Kind == address.Profile && !u.feed.Boosts && i.Entry.BoostedBy != nil:
		default:
			out = append(out, i)
		}
	}
	if l.Thread != nil {
		return u.window(given, a, out, l.Focus)
	}
	return out
}

// today is the day of the run.
func (u *update) today() string { return u.now.UTC().Format(time.DateOnly) }

// complete asks for posts by themselves of which a list has only a part, each once in a run, unless nothing says that they changed.
func (u *update) complete(ctx context.Context, items []reader.Item) error {
	for n, i := range items {
		at := u.ledger.Index(i.Post.Key)
		if !i.Post.Partial || at >= 0 && unchanged(u.ledger.Posts[at].Post, i.Post) || len(i.Post.Sightings) == 0 {
			continue
		}
		p, known := u.whole[i.Post.Key]
		if !known {
			var err error
			if p, err = u.post(ctx, i.Post.Sightings[0]); ctx.Err() != nil {
				return ctx.Err()
			} else if err != nil {
				continue
			}
			u.whole[i.Post.Key] = p
		}
		items[n].Post = feeds.MergePost(p, i.Post)
	}
	return nil
}

// unchanged reports a post that was read as a whole and of which a list says nothing new.
func unchanged(whole, listed *feeds.Post) bool {
	return !whole.Partial && whole.Title == listed.Title && whole.Warning == listed.Warning && whole.Warned == listed.Warned && whole.Sensitive == listed.Sensitive && !listed.Edited.After(whole.Edited)
}

// ask lists an address when its host's turn has come. A host that asks for a pause gets it, once, if that isn't too long.
func (u *update) ask(ctx context.Context, a address.Address, o listing.Options) (*listing.Listing, error) {
	return askHost(ctx, u, a.Host, func() (*listing.Listing, error) { return u.client.reader.List(ctx, a, o) })
}

func (u *update) post(ctx context.Context, s feeds.Sighting) (*feeds.Post, error) {
	return askHost(ctx, u, s.Host, func() (*feeds.Post, error) { return u.client.reader.Post(ctx, s.Host, s.ID) })
}

func askHost[T any](ctx context.Context, u *update, host string, question func() (T, error)) (T, error) {
	var none T
	leave, err := u.turns.take(ctx, host)
	if err != nil {
		return none, err
	}
	answer, err := question()
	var limited *feeds.Error
	if errors.As(err, &limited) && limited.Kind == feeds.RateLimited {
		if pause := limited.RetryAt.Sub(u.clock.Now()); pause <= u.wait {
			select {
			case <-u.clock.After(max(pause, 0) + u.jitter(time.Second)):
				answer, err = question()
			case <-ctx.Done():
				err = ctx.Err()
			}
		}
	}
	leave(err)
	return answer, err
}

// isConversation reports a feed that is made of single posts and what was said around them: it is read from its beginning.
func isConversation(f config.Feed) bool {
	for _, given := range f.Addresses {
		if a, err := address.Parse(given); err != nil || a.Kind != address.Post {
			return false
		}
	}
	return true
}
