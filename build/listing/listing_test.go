package listing_test

import (
	"testing"

	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/feedstest"
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
