package listing_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// profile is a server with one person's posts, written at the given minutes, in pages of two.
func profile(host string, minutes ...int) *feedstest.Source {
	return &feedstest.Source{
		HostName:  host,
		OnProfile: func(user, domain string) (*feeds.Author, error) { return feedstest.Author(user, domain), nil },
		OnPosts: func(c feeds.Cursor) (*feeds.Page, error) {
			first, _ := strconv.Atoi(string(c))
			var posts []*feeds.Post
			for _, m := range minutes[first:min(first+2, len(minutes))] {
				posts = append(posts, feedstest.Post(host, strconv.Itoa(m), m))
			}
			var older feeds.Cursor
			if first+2 < len(minutes) {
				older = feeds.Cursor(strconv.Itoa(first + 2))
			}
			return feedstest.Page(older, posts...), nil
		},
	}
}

func parsed(t *testing.T, given ...string) (all []listing.Source) {
	t.Helper()
	for _, g := range given {
		a, err := address.Parse(g)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, listing.Source{Address: a})
	}
	return all
}

func TestSourcesAreMergedByTime(t *testing.T) {
	t.Parallel()
	sources := map[string]feeds.Source{
		"a.example": profile("a.example", 90, 70, 50, 30, 10),
		"b.example": profile("b.example", 80, 60, 40, 20),
		"c.example": &feedstest.Source{HostName: "c.example"},
	}
	since := func(minutes int) time.Time { return feedstest.Epoch().Add(time.Duration(minutes) * time.Minute) }
	person := follows.Compile(follows.Everywhere, follows.Filter{Rules: []follows.Rule{{Cause: follows.OfPerson, Text: "ada@a.example"}}})
	for name, c := range map[string]struct {
		addresses string
		since     time.Time
		hides     *follows.Matcher // of the first
		limit     int
		want      string
		title     string
		failed    string
		hidden    int
		full      bool
	}{
		"all":                       {addresses: "@ann@a.example @bob@b.example", limit: 20, want: "90 80 70 60 50 40 30 20 10", title: "ann, bob"},
		"a limit":                   {addresses: "@ann@a.example @bob@b.example", limit: 4, want: "90 80 70 60", title: "ann, bob", full: true},
		"since a time":              {addresses: "@ann@a.example @bob@b.example", limit: 20, since: since(45), want: "90 80 70 60 50", title: "ann, bob"},
		"since a post's time":       {addresses: "@ann@a.example @bob@b.example", limit: 20, since: since(50), want: "90 80 70 60 50", title: "ann, bob"},
		"one that fails":            {addresses: "@ann@a.example @eve@c.example", limit: 3, want: "90 70 50", title: "ann", failed: "@eve@c.example NotFound", full: true},
		"one alone":                 {addresses: "@bob@b.example", limit: 2, want: "80 60", title: "bob", full: true},
		"one twice":                 {addresses: "@bob@b.example @Bob@b.example", limit: 20, want: "80 60 40 20", title: "bob, Bob"},
		"none":                      {addresses: "@eve@c.example @bob@d.example", limit: 20, failed: "@eve@c.example NotFound, @bob@d.example Unreachable"},
		"a hidden one":              {addresses: "@ann@a.example @bob@b.example", limit: 3, hides: person, want: "80 60 40", title: "ann, bob", hidden: 3, full: true},
		"a conversation":            {addresses: "https://a.example/@ann/50 @bob@b.example", limit: 1, want: "80", title: "bob", failed: "https://a.example/statuses/50 Unsupported", full: true},
		"a hashtag and two servers": {addresses: "#tea@a.example b.example", limit: 4, want: "90 80 70 60", title: "#tea on a.example, b.example", full: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := listing.New(&feedstest.Resolver{Sources: sources}, feedstest.NewClock())
			all := parsed(t, strings.Fields(c.addresses)...)
			all[0].Hides = c.hides
			m := r.Merge(t.Context(), all, c.since, listing.Options{Limit: c.limit})
			var failed []string
			for _, p := range m.Parts {
				if p.Err != nil {
					failed = append(failed, p.Address.String()+" "+string(feeds.KindOf(p.Err)))
				}
			}
			if got := feedstest.IDs(reader.Posts(m.Items)); got != c.want {
				t.Errorf("posts %s", got)
			}
			if got := strings.Join(failed, ", "); got != c.failed || m.Title != c.title || m.Hidden != c.hidden || m.Full != c.full {
				t.Errorf("%q failed; %q, %d hidden, full %t", got, m.Title, m.Hidden, m.Full)
			}
		})
	}
}

func TestAListOfManySourcesIsNamedByTheFirst(t *testing.T) {
	t.Parallel()
	sources := map[string]feeds.Source{}
	var addresses []string
	for i := range 40 {
		host := fmt.Sprintf("s%d.example", i)
		sources[host] = profile(host, 100+i, i)
		addresses = append(addresses, fmt.Sprintf("@u%d@%s", i, host))
	}
	r := listing.New(&feedstest.Resolver{Sources: sources}, feedstest.NewClock())
	m := r.Merge(t.Context(), parsed(t, addresses...), time.Time{}, listing.Options{Limit: 40})
	if m.Title != "u0, u1, u2 and 37 more" || len(m.Items) != 40 || m.Items[0].Post.Sightings[0].ID != "139" || m.Home != "" {
		t.Errorf("%q with %d", m.Title, len(m.Items))
	}
	addresses[0], addresses[1] = addresses[1], addresses[0]
	again := r.Merge(t.Context(), parsed(t, addresses...), time.Time{}, listing.Options{Limit: 1})
	if m.ID != again.ID || !strings.HasPrefix(m.ID, "urn:uuid:") || len(m.ID) != len("urn:uuid:")+36 {
		t.Errorf("%q, then %q", m.ID, again.ID)
	}
}

func TestAMergeEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	r := listing.New(&feedstest.Resolver{Sources: map[string]feeds.Source{}}, feedstest.NewClock())
	if m := r.Merge(ctx, parsed(t, "@ann@a.example"), time.Time{}, listing.Options{Limit: 1}); m.Parts[0].Err == nil || len(m.Items) > 0 {
		t.Errorf("%+v", m)
	}
}
