// Package listing reads whatever stands at an address natively, through the same adapters and reader as the app: a person, a
// community, a playlist, a server, a hashtag, a web feed, a conversation.
package listing

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"vitrine/app/syndicate"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/fetch"
	"vitrine/feeds/reader"
	"vitrine/feeds/software"
)

// UserAgent says who asks, as servers expect of programs.
const UserAgent = "Vitrine (a reader of the fediverse)"

// Listing is what stands at an address.
type Listing struct {
	Title   string
	Home    string // its page for people
	ID      string // an address that names it for ever
	Summary string
	Icon    string
	Author  *feeds.Author // of a profile; nil otherwise
	Items   []reader.Item // in the order of time, newest first; a conversation from its beginning
	Focus   feeds.Key     // of a conversation: the post that was asked for; "" otherwise
	Thread  *reader.Tree  // of a conversation, cut to Items; nil otherwise
	More    int           // posts of a conversation beyond those in Items
	Around  error         // of a conversation: why what was said around the post couldn't be read; nil when it could
	End     bool          // there is nothing older
	Tired   bool          // so many pages were read for the items there are that older ones aren't asked for
	Older   error         // why older posts that are wanted couldn't be read; nil when they could
	Others  bool          // of a profile without items: there are answers or boosts, which weren't asked for
	WebFeed bool          // it was read from an RSS, Atom or JSON feed
	Search  reader.Search // what further servers said of a conversation; without Servers where none was asked
}

// Options say what of a listing is wanted.
type Options struct {
	Limit int    // posts at most, of those that Counts reports
	Via   string // a server whose copy is read; "" for the origin
	// Filter chooses among a person's posts; an address that names a tab chooses too.
	Filter feeds.ProfileFilter
	// Who is the person at the address where they are known from before: nobody is asked for them then.
	Who *feeds.Author
	// Counts reports items that fill Limit. Others are listed between these, and older ones are read for them. nil reports all.
	Counts func(reader.Item) bool
	// Enough ends the reading of older pages before Limit; nil never does.
	Enough func([]reader.Item) bool
	// WholeThread lists all posts of a conversation, whatever Limit is.
	WholeThread bool
	// Complete asks further servers for what the one at the address doesn't tell of a conversation, as far as the engine finds right, for a
	// minute at most.
	Complete bool
}

// Reader reads listings. It is safe for concurrent use.
type Reader struct {
	resolver feeds.Resolver
	clock    feeds.Clock
}

// New makes a Reader.
func New(r feeds.Resolver, c feeds.Clock) *Reader { return &Reader{resolver: r, clock: c} }

// Open makes a Reader that asks servers by itself, for some addresses: private hosts are asked only when all of these are, so that no link
// leads a server's answer there.
func Open(via string, addresses ...address.Address) *Reader {
	clock := fetch.SystemClock()
	private := address.IsLoopback(via) || !slices.ContainsFunc(addresses, func(a address.Address) bool { return !address.IsLoopback(a.Host) })
	f := fetch.New(fetch.Options{Clock: clock, Private: private, UserAgent: UserAgent})
	return New(software.New(f, clock, software.Options{Private: private}), clock)
}

// Post asks a server for one post.
func (r *Reader) Post(ctx context.Context, host, id string) (*feeds.Post, error) {
	s, err := r.resolver.Resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	threads, err := feeds.As[feeds.Threads](s)
	if err != nil {
		return nil, err
	}
	return threads.Post(ctx, id)
}

// List reads an address. The error is an *feeds.Error where a server was asked.
func (r *Reader) List(ctx context.Context, a address.Address, o Options) (*Listing, error) {
	// A store of its own: what one listing read is not shown as another's.
	l := lister{r: reader.New(reader.Options{Store: cache.NewMemory(), Resolver: r.resolver, Clock: r.clock}), o: o}
	out, err := l.list(ctx, a)
	other, ok := a.Otherwise()
	if !ok || o.Via != "" || o.Who != nil || !reader.InDoubt(a, err) {
		return out, err
	}
	there, otherwise := l.list(ctx, other)
	if otherwise == nil || a.Kind == address.Page {
		return there, otherwise
	}
	return out, err
}

func (l lister) list(ctx context.Context, a address.Address) (*Listing, error) {
	switch a.Kind {
	case address.Profile:
		return l.profile(ctx, a)
	case address.Community:
		a.User = "!" + a.User
		return l.profile(ctx, a)
	case address.Feed:
		return l.webFeed(ctx, a.URL)
	case address.Page:
		return l.page(ctx, a)
	case address.Playlist:
		return l.playlist(ctx, a)
	case address.Server:
		return l.server(ctx, a)
	case address.Tag:
		return l.tag(ctx, a)
	case address.Post:
		return l.thread(ctx, a)
	}
	return nil, &feeds.Error{Kind: feeds.Unsupported, Host: a.Host, Op: "read a " + string(a.Kind)}
}

type lister struct {
	r *reader.Reader
	o Options
}

func (l lister) profile(ctx context.Context, a address.Address) (*Listing, error) {
	filter := l.o.Filter
	filter.Replies = filter.Replies || a.Tab == "replies"
	filter.OnlyMedia = filter.OnlyMedia || a.Tab == "media"
	if l.o.Who != nil {
		return l.posts(ctx, l.o.Who, filter)
	}
	who, err := l.author(ctx, a)
	if err != nil {
		return nil, err
	}
	return l.posts(ctx, who, filter)
}

// author asks for a person or, with "!" before its name, a community.
func (l lister) author(ctx context.Context, a address.Address) (*feeds.Author, error) {
	who, err := l.r.Author(ctx, a.User, a.Domain, l.o.Via)
	if err != nil {
		return nil, err
	}
	if failure := who.Failure(); failure != nil {
		return nil, failure
	}
	return who, nil
}

// headOf is a listing of somebody's posts without them.
func headOf(who *feeds.Author) *Listing {
	return &Listing{Title: who.DisplayName(), Home: who.URL, ID: who.URI, Summary: oneLine(who.Bio), Icon: who.Avatar, Author: who}
}

func (l lister) posts(ctx context.Context, who *feeds.Author, f feeds.ProfileFilter) (*Listing, error) {
	last, err := l.read(ctx, reader.ProfilePlace{Author: who, Filter: f})
	if err != nil {
		return nil, err
	}
	out := headOf(who)
	last.into(out)
	if others := (feeds.ProfileFilter{Replies: true}); len(out.Items) == 0 && who.Counts.Posts > 0 && !f.OnlyMedia && f != others {
		found, err := l.read(ctx, reader.ProfilePlace{Author: who, Filter: others})
		out.Others = err == nil && len(found.items) > 0
	}
	return out, nil
}

// webFeed reads an RSS, Atom or JSON feed.
func (l lister) webFeed(ctx context.Context, url string) (*Listing, error) {
	out := webFeedHead(url)
	last, err := l.read(ctx, reader.WebFeedPlace{URL: url})
	if err != nil {
		return out, err
	}
	last.into(out)
	out.publishedBy(last.Sources[0].Publisher)
	return out, nil
}

func webFeedHead(url string) *Listing { return &Listing{Title: url, Home: url, ID: url, WebFeed: true} }

// publishedBy notes who publishes a web feed or a playlist; nil for unknown.
func (l *Listing) publishedBy(a *feeds.Author) {
	if a != nil {
		l.Title, l.Summary, l.Icon = a.DisplayName(), oneLine(a.Bio), a.Avatar
		if l.WebFeed {
			l.Author = a
		}
		l.Home = cmp.Or(a.URL, l.Home)
	}
}

// playlist reads a list of posts that somebody put together.
func (l lister) playlist(ctx context.Context, a address.Address) (*Listing, error) {
	out, place := l.playlistPlace(a)
	last, err := l.read(ctx, place)
	if err != nil {
		return nil, err
	}
	last.into(out)
	out.publishedBy(last.Sources[0].Publisher)
	return out, nil
}

func (l lister) playlistPlace(a address.Address) (*Listing, reader.Place) {
	page := a.String()
	return &Listing{Title: page, Home: page, ID: page}, reader.PlaylistPlace{Host: cmp.Or(l.o.Via, a.Host), List: a.ID}
}

// page reads what stands at a URL that tells nothing by its form.
func (l lister) page(ctx context.Context, a address.Address) (*Listing, error) {
	found, err := l.r.Look(ctx, a.URL)
	switch {
	case err != nil:
		return nil, err
	case found.Post != nil:
		return l.thread(ctx, address.Address{Host: found.Post.Sightings[0].Host, ID: found.Post.Sightings[0].ID})
	case found.Author != nil:
		return l.posts(ctx, found.Author, l.o.Filter)
	case len(found.Posts) > 0:
		return &Listing{Title: a.URL, Home: a.URL, ID: a.URL, Items: itemsOf(found.Posts[:min(len(found.Posts), l.o.Limit)])}, nil
	}
	return l.webFeed(ctx, found.Feed)
}

func (l lister) server(ctx context.Context, a address.Address) (*Listing, error) {
	out, _ := l.serverHead(ctx, a) // without it its posts may still be read
	last, err := l.read(ctx, serverPlace(a))
	if mayBeSite(err) {
		if site, ferr := l.webFeed(ctx, address.Origin(a.Host)+"/"); ferr == nil {
			return site, nil
		}
	}
	last.into(out)
	return out, err
}

// serverHead asks a server what it is.
func (l lister) serverHead(ctx context.Context, a address.Address) (*Listing, error) {
	out := &Listing{Title: address.ShowHost(a.Host), Home: address.Origin(a.Host) + "/"}
	i, err := l.r.Instance(ctx, a.Host)
	if err == nil {
		out.Title, out.Summary, out.Icon = i.Title, i.Summary, i.Icon
	}
	return out, err
}

// serverPlace is the list of a server that an address names.
func serverPlace(a address.Address) reader.Place {
	switch a.Tab {
	case "federated":
		return reader.ServerPlace{Host: a.Host, Scope: feeds.Federated}
	case "trending":
		return reader.TrendPlace{Host: a.Host}
	}
	return reader.ServerPlace{Host: a.Host, Scope: feeds.Local}
}

// mayBeSite reports a failure after which a host may still be a site with a web feed.
func mayBeSite(err error) bool {
	switch feeds.KindOf(err) {
	case feeds.NotFound, feeds.BadData, feeds.Unsupported:
		return true
	}
	return false
}

func (l lister) tag(ctx context.Context, a address.Address) (*Listing, error) {
	out, place, err := l.tagPlace(a)
	if err != nil {
		return nil, err
	}
	last, err := l.read(ctx, place)
	last.into(out)
	return out, err
}

func (l lister) tagPlace(a address.Address) (*Listing, reader.Place, error) {
	host := cmp.Or(l.o.Via, a.Host)
	if host == "" {
		return nil, nil, fmt.Errorf("#%s is known differently on each server: name one, as #%s@mastodon.social", a.Tag, a.Tag)
	}
	return &Listing{Title: "#" + a.Tag + " on " + host, Home: address.Origin(host) + "/tags/" + a.Tag}, reader.TagPlace{Host: host, Tag: a.Tag}, nil
}

// completeFor is how long further servers are asked for a conversation.
const completeFor = time.Minute

func (l lister) thread(ctx context.Context, a address.Address) (*Listing, error) {
	var last *reader.ThreadSnapshot
	t := l.r.Thread(a.Host, a.ID, func(s *reader.ThreadSnapshot) { last = s })
	if !a.Copy {
		t.ReadAt(a.URL)
	}
	if err := t.Refresh(ctx); err != nil {
		return nil, err
	}
	if l.o.Complete {
		limited, cancel := context.WithTimeout(ctx, completeFor)
		t.Complete(limited)
		cancel()
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	out := &Listing{Search: last.Search, Title: syndicate.Title(last.Tree.Focus), Home: last.Tree.Focus.URL, ID: last.Tree.Focus.URI, Focus: last.Tree.Focus.Key}
	out.Thread = last.Tree
	if !l.o.WholeThread {
		out.Thread = cut(last.Tree, l.o.Limit)
	}
	out.More = len(last.Tree.Posts()) - len(out.Thread.Posts())
	if last.Around != nil {
		out.Around = last.Around
	}
	out.Items = itemsOf(answering(out.Thread))
	return out, nil
}

// cut returns a conversation with at most limit posts: the one that was asked for, then those right above it, then the first below. What
// was counted in it stays.
func cut(t *reader.Tree, limit int) *reader.Tree {
	next, left := *t, limit-1
	next.Above, next.Replies = nil, nil
	for _, a := range slices.Backward(t.Above) {
		if a.Post != nil {
			left--
		}
		if left < 0 {
			break
		}
		next.Above = append(next.Above, a)
	}
	slices.Reverse(next.Above)
	for _, r := range t.Replies {
		if r.Post != nil {
			left--
		}
		if left < 0 {
			break
		}
		next.Replies = append(next.Replies, r)
	}
	return &next
}

// answering returns the posts of a conversation, from its beginning. Each names what it answers by its key, as far as that was read:
// many servers only say their own id of it.
func answering(t *reader.Tree) []*feeds.Post {
	parents := map[feeds.Key]*feeds.Post{}
	var above *feeds.Post
	for _, a := range append(slices.Clone(t.Above), reader.Ancestor{Post: t.Focus}) {
		if a.Post != nil && above != nil {
			parents[a.Post.Key] = above
		}
		above = a.Post
	}
	for _, r := range t.Replies {
		if r.Post != nil && r.Parent != nil {
			parents[r.Post.Key] = r.Parent
		}
	}
	posts := t.Posts()
	for i, p := range posts {
		if parent := parents[p.Key]; parent != nil && p.ReplyTo != nil && p.ReplyTo.Key == "" {
			named, to := *p, *p.ReplyTo
			to.Key = parent.Key
			named.ReplyTo = &to
			posts[i] = &named
		}
	}
	return posts
}

// itemsOf are posts in the order in which they were given.
func itemsOf(posts []*feeds.Post) []reader.Item {
	var items []reader.Item
	for _, p := range posts {
		items = append(items, reader.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}})
	}
	return items
}

// So many times a list is read on for a limit: some more than its posts need, since some of what comes may not count.
func mostReadings(limit int) int { return 30 + limit/5 }

// found is what was read of a list.
type found struct {
	*reader.Snapshot
	items []reader.Item // as many as are wanted
	tired bool
}

// into writes it into a listing. Of nothing there is nothing.
func (f *found) into(l *Listing) {
	if f == nil {
		return
	}
	l.Items, l.End, l.Tired = f.items, f.End && len(f.items) == len(f.Items), f.tired
	if f.OldErr != nil && len(f.items) == len(f.Items) {
		l.Older = f.OldErr
	}
}

// read reads a list until there are enough posts. It is nil when the error isn't.
func (l lister) read(ctx context.Context, p reader.Place) (*found, error) {
	out, err := l.readAll(ctx, []reader.Place{p})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// readAll reads several lists as one. The error says that none could be read; what it returns then says how it stands with each.
func (l lister) readAll(ctx context.Context, places []reader.Place) (*found, error) {
	var last *reader.Snapshot
	q := l.r.Query(places, func(s *reader.Snapshot) { last = s })
	if err := q.Refresh(ctx, nil); err != nil {
		return &found{Snapshot: last}, err
	}
	items, full := l.first(last.Items)
	before, readings := -1, 0
	for !full && !last.End && len(last.Items) > before && readings < mostReadings(l.o.Limit) && !l.enough(last.Items) {
		before = len(last.Items)
		readings++
		if err := q.LoadOlder(ctx); err != nil {
			break // what was read is worth printing
		}
		items, full = l.first(last.Items)
	}
	return &found{last, items, readings == mostReadings(l.o.Limit)}, nil
}

// first returns items down to the one that fills the limit, and whether there is that one.
func (l lister) first(items []reader.Item) (first []reader.Item, full bool) {
	counted := 0
	for n, i := range items {
		if l.o.Counts == nil || l.o.Counts(i) {
			if counted++; counted == l.o.Limit {
				return items[:n+1], true
			}
		}
	}
	return items, false
}

func (l lister) enough(items []reader.Item) bool { return l.o.Enough != nil && l.o.Enough(items) }

func oneLine(d content.Doc) string { return strings.Join(strings.Fields(content.PlainText(d)), " ") }
