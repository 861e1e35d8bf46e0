package listing_test

import (
	"strconv"
	"testing"

	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/reader"
)

const host = "a.example"

func conversation(t *testing.T, limit int, above, below []*feeds.Post, around error) *listing.Listing {
	t.Helper()
	src := &feedstest.Source{
		HostName:  host,
		OnPost:    func(id string) (*feeds.Post, error) { return feedstest.Reply(host, id, "1", 2), nil },
		OnContext: func(string) ([]*feeds.Post, []*feeds.Post, error) { return above, below, around },
	}
	r := listing.New(&feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, feedstest.NewClock())
	l, err := r.List(t.Context(), address.Address{Kind: address.Post, Host: host, ID: "2"}, listing.Options{Limit: limit})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAConversationNamesWhatEachPostAnswers(t *testing.T) {
	t.Parallel()
	one, two := feedstest.Post(host, "1", 1), feedstest.Post(host, "2", 2)
	reply := feedstest.Reply(host, "3", "2", 3)
	l := conversation(t, 9, []*feeds.Post{one}, []*feeds.Post{reply}, nil)
	if len(l.Items) != 3 || l.Items[1].Post.ReplyTo.Key != one.Key || l.Items[2].Post.ReplyTo.Key != two.Key || l.Around != nil {
		t.Errorf("%+v", l)
	}
	if reply.ReplyTo.Key != "" {
		t.Error("a post that others may hold was changed")
	}
}

func TestAConversationThatIsClosedSaysWhy(t *testing.T) {
	t.Parallel()
	l := conversation(t, 9, nil, nil, &feeds.Error{Kind: feeds.NeedsLogin, Host: host})
	if len(l.Items) != 1 || feeds.KindOf(l.Around) != feeds.NeedsLogin {
		t.Errorf("%+v", l)
	}
}

func TestALimitKeepsThePostThatWasAskedFor(t *testing.T) {
	t.Parallel()
	above := []*feeds.Post{feedstest.Post(host, "0", 0), feedstest.Reply(host, "1", "0", 1)}
	below := []*feeds.Post{feedstest.Reply(host, "3", "2", 3), feedstest.Reply(host, "4", "2", 4)}
	for limit, want := range []string{1: "2", 2: "1 2", 3: "0 1 2", 4: "0 1 2 3", 5: "0 1 2 3 4"} {
		if limit == 0 {
			continue
		}
		l := conversation(t, limit, above, below, nil)
		posts := make([]*feeds.Post, 0, len(l.Items))
		for _, i := range l.Items {
			posts = append(posts, i.Post)
		}
		if got := feedstest.IDs(posts); got != want || l.More != 5-limit || len(l.Thread.Posts()) != limit {
			t.Errorf("%d: %s, %d more", limit, got, l.More)
		}
	}
}

// pages is a profile of 40 posts in pages of five, of which a server leaves out or breaks some.
func pages(t *testing.T, o listing.Options, page func(c feeds.Cursor) (*feeds.Page, error)) *listing.Listing {
	t.Helper()
	src := &feedstest.Source{
		HostName:  host,
		OnProfile: func(user, domain string) (*feeds.Author, error) { return feedstest.Author(user, domain), nil },
		OnPosts:   page,
	}
	r := listing.New(&feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, feedstest.NewClock())
	l, err := r.List(t.Context(), address.Address{Kind: address.Profile, Host: host, User: "ann", Domain: host}, o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestALimitIsReadOnFor(t *testing.T) {
	t.Parallel()
	five := func(c feeds.Cursor) (*feeds.Page, error) {
		top := 40
		if c != "" {
			top, _ = strconv.Atoi(string(c))
		}
		var posts []*feeds.Post
		for n := top; n > top-5; n-- {
			if n%10 != 0 { // the server leaves one out, as a private post
				posts = append(posts, feedstest.Post(host, strconv.Itoa(n), n))
			}
		}
		next := feeds.Cursor("")
		if top > 5 {
			next = feeds.Cursor(strconv.Itoa(top - 5))
		}
		return feedstest.Page(next, posts...), nil
	}
	for _, c := range []struct {
		limit       int
		counts      func(reader.Item) bool
		items       int
		end, tired  bool
		description string
	}{
		{limit: 20, items: 20, description: "some are left out by the server"},
		{limit: 36, items: 36, end: true, description: "all there are"},
		{limit: 100, items: 36, end: true, description: "more than there are"},
		{limit: 9, counts: func(i reader.Item) bool { return i.Post.Published.Minute()%2 == 0 }, items: 20, description: "half of them count"},
		{limit: 9, counts: func(reader.Item) bool { return false }, items: 36, end: true, description: "none counts"},
	} {
		l := pages(t, listing.Options{Limit: c.limit, Counts: c.counts}, five)
		if len(l.Items) != c.items || l.End != c.end || l.Tired != c.tired || l.Older != nil {
			t.Errorf("%s: %d items, end %v, tired %v, %v", c.description, len(l.Items), l.End, l.Tired, l.Older)
		}
	}
}

func TestALimitThatCannotBeReadOnForSaysWhy(t *testing.T) {
	t.Parallel()
	l := pages(t, listing.Options{Limit: 20}, func(c feeds.Cursor) (*feeds.Page, error) {
		if c == "" {
			return feedstest.Page("older", feedstest.Post(host, "1", 1)), nil
		}
		return nil, &feeds.Error{Kind: feeds.RateLimited, Host: host}
	})
	if len(l.Items) != 1 || l.End || feeds.KindOf(l.Older) != feeds.RateLimited {
		t.Errorf("%d items, end %v, %v", len(l.Items), l.End, l.Older)
	}
}

func TestAListWithoutWhatIsWantedIsLeftAfterAWhile(t *testing.T) {
	t.Parallel()
	asked := 0
	l := pages(t, listing.Options{Limit: 20, Counts: func(reader.Item) bool { return false }}, func(feeds.Cursor) (*feeds.Page, error) {
		asked++
		return feedstest.Page(feeds.Cursor(strconv.Itoa(asked)), feedstest.Post(host, strconv.Itoa(asked), 1000-asked)), nil
	})
	if asked > 40 || !l.Tired || l.End {
		t.Errorf("%d pages, tired %v, end %v", asked, l.Tired, l.End)
	}
}
