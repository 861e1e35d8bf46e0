package reader

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func blocked(t *testing.T, entries ...string) blocklist.List {
	t.Helper()
	l, err := blocklist.New(entries)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// fullSource is a server with everything a feedstest.Source leaves out.
type fullSource struct {
	*feedstest.Source
	can    feeds.Capabilities
	pinned func() (*feeds.Page, error)
	tags   []feeds.Tag
	links  []feeds.LinkTrend
}

func (s *fullSource) Capabilities() feeds.Capabilities { return s.can }
func (s *fullSource) Pinned(context.Context, *feeds.Author) (*feeds.Page, error) {
	return s.pinned()
}
func (s *fullSource) Featured(context.Context, *feeds.Author) (*feeds.Featured, error) {
	return &feeds.Featured{Tags: s.tags, Accounts: []*feeds.Author{feedstest.Author("bo", host), feedstest.Author("bo", "blocked.example")}}, nil
}
func (s *fullSource) TrendingPosts(context.Context, feeds.Cursor) (*feeds.Page, error) {
	return &feeds.Page{}, nil
}
func (s *fullSource) TrendingTags(context.Context) ([]feeds.TagTrend, error) {
	return []feeds.TagTrend{{Tag: feeds.Tag{Name: "tea"}}}, nil
}
func (s *fullSource) TrendingLinks(context.Context) ([]feeds.LinkTrend, error) { return s.links, nil }
func (s *fullSource) Seen() feeds.Access                                       { return feeds.Access{Local: feeds.Open} }
func (s *fullSource) Poll(context.Context, string) (*feeds.Poll, error)        { return nil, s.gone() }
func (s *fullSource) CustomEmoji(context.Context) ([]content.CustomEmoji, error) {
	return nil, s.gone()
}
func (s *fullSource) ExtendedDescription(context.Context) (content.Doc, error) {
	return content.ParsePlain("long", content.Options{}), nil
}
func (s *fullSource) gone() error { return &feeds.Error{Kind: feeds.Gone, Host: s.HostName} }

func readerOf(store feeds.Store, l blocklist.List, sources ...feeds.Source) *Reader {
	all := map[string]feeds.Source{}
	for _, s := range sources {
		all[s.Host()] = s
	}
	return New(Options{Store: store, Resolver: &feedstest.Resolver{Sources: all}, Clock: feedstest.NewClock(), Blocked: l})
}

func TestListsLeaveOutWhatIsBlocked(t *testing.T) {
	by := func(user, id string, minutes int) *feeds.Post {
		p := feedstest.Post(host, id, minutes)
		p.Author = feedstest.Author(user, user+".example")
		return p
	}
	bad := by("ada", "2", 2)
	quoting := by("cy", "3", 3)
	quoting.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: bad, URL: bad.URL}
	page := feedstest.Page("", by("cy", "5", 5), by("bob", "4", 4), quoting, bad, by("cy", "1", 1))
	page.Entries[0].BoostedBy = feedstest.Author("ada", "ada.example")
	src := &feedstest.Source{HostName: host, OnPosts: func(feeds.Cursor) (*feeds.Page, error) { return page, nil }}
	var last *Snapshot
	q := readerOf(cache.NewMemory(), blocked(t, "@ada@ada.example", "bob.example"), src).Feed(ServerPlace{Host: host, Scope: feeds.Local}, func(s *Snapshot) { last = s })
	q.Open(context.Background(), nil)
	if len(last.Items) != 2 || last.Items[0].Post.Key != quoting.Key || last.Items[1].Entry.WrapperID != "1" || !last.LeftOut {
		t.Fatalf("%+v", last.Items)
	}
	if quote := last.Items[0].Post.Quote; quote.State != feeds.QuoteBlocked || quote.Post != nil || quote.URL != "" {
		t.Errorf("%+v", quote)
	}

	page = feedstest.Page("", append([]*feeds.Post{by("ada", "9", 9), by("cy", "8", 8), by("bob", "7", 7)}, page.Posts...)...)
	page.Entries[3].BoostedBy = feedstest.Author("ada", "ada.example")
	if err := q.Poll(context.Background()); err != nil || last.New != 1 {
		t.Errorf("%d new posts wait, %v; want the one that will be shown", last.New, err)
	}
	q.ShowNew()
	if last.Items[0].Entry.WrapperID != "8" || last.New != 0 {
		t.Errorf("%+v", last.Items[0])
	}
}

func TestAListReadsOnBelowPagesOfBlockedPosts(t *testing.T) {
	d := newFeedFixture(25)
	bad := feedstest.Author("bad", "bad.example")
	d.Reader.blocked = blocked(t, "bad.example")
	src := &feedstest.Source{HostName: host, OnPosts: func(c feeds.Cursor) (*feeds.Page, error) {
		p, err := d.server.posts(c)
		for i, post := range p.Posts {
			if post.Published.Sub(feedstest.Epoch()).Minutes() > 5 {
				other := *post
				other.Author = bad
				p.Posts[i] = &other
			}
		}
		return p, err
	}}
	d.Reader.resolver = &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}
	f := d.open()
	if len(d.last.Items) > 0 || !d.last.LeftOut || d.last.End {
		t.Fatalf("%+v", d.last)
	}
	if err := f.LoadOlder(context.Background()); err != nil || d.shows() != numbers(5, 1) || !d.last.End {
		t.Errorf("%s, %v", d.shows(), err)
	}
}

func TestConversationsLeaveOutWhatIsBlocked(t *testing.T) {
	focus := post("1 cy", 0)
	lost := post("2<1 ada", 1)
	below := post("3<2 bob", 2)
	src := &feedstest.Source{HostName: host, OnPost: func(string) (*feeds.Post, error) { return focus, nil },
		OnContext: func(string) ([]*feeds.Post, []*feeds.Post, error) { return nil, []*feeds.Post{lost, below}, nil }}
	var last *ThreadSnapshot
	read := func(l blocklist.List) error {
		return readerOf(cache.NewMemory(), l, src).Thread(host, "1", func(s *ThreadSnapshot) { last = s }).Refresh(context.Background())
	}
	if err := read(blocked(t, "@ada@"+host)); err != nil || len(last.Tree.Replies) != 1 || last.Tree.Shown != 1 {
		t.Fatalf("%v, %+v", err, last.Tree)
	}
	if r := last.Tree.Replies[0]; r.Post != below || !r.Missing || r.Parent != nil || r.Depth != 2 {
		t.Errorf("%+v", r)
	}
	if posts := last.Tree.Posts(); len(posts) != 2 || posts[0] != focus || posts[1] != below {
		t.Errorf("%v", posts)
	}
	if err := read(blocked(t, "@cy@"+host)); feeds.KindOf(err) != feeds.Refused || !last.Blocked || last.Tree != nil {
		t.Errorf("the post itself: %v, %+v", err, last)
	}
}
