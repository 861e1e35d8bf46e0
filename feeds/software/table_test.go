package software

import (
	"context"
	"net/url"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestEveryNameLeadsToItsOwnRow(t *testing.T) {
	t.Parallel()
	taken := map[string]bool{}
	for i := range table {
		s := &table[i]
		if s.name == "" || len(s.names) == 0 || taken[s.name] {
			t.Errorf("row %d: %q, %q has no name, or one that is taken", i, s.name, s.names)
		}
		taken[s.name] = true
		for _, name := range s.names {
			if name == "" || name != canonicalName(name) {
				t.Errorf("%s: %q isn't how NodeInfo names it: %q", s.name, name, canonicalName(name))
			}
			for _, written := range []string{name, strings.ToUpper(name), " " + name + "\n"} {
				if found := lookup(written); found != s {
					t.Errorf("%q leads to %+v, not to %s", written, found, s.name)
				}
			}
		}
	}
	if s := lookup(""); s != nil {
		t.Errorf("no name leads to %s", s.name)
	}
}

func TestNamesAreWrittenAsTheirMakersDo(t *testing.T) {
	t.Parallel()
	for nodeinfo, want := range map[string]string{
		"mastodon": "Mastodon", "kmyblue": "kmyblue", "snac": "snac", "kbin": "/kbin", "Mbin": "Mbin", "takahe": "Takahē", "GNU social": "GNU social",
		"Iceshrimp.NET": "Iceshrimp.NET", "bridgy-fed": "Bridgy Fed", "bridgyfed": "Bridgy Fed", "diaspora": "diaspora*",
	} {
		if got, known := NameOf(nodeinfo); got != want || !known {
			t.Errorf("%s: %q, known %v", nodeinfo, got, known)
		}
	}
	if got, known := NameOf("brand-new"); got != "brand-new" || known {
		t.Errorf("an unknown one: %q, known %v", got, known)
	}
}

func TestWebFeedsAreWellFormed(t *testing.T) {
	t.Parallel()
	for i := range table {
		s := &table[i]
		if s.feeds.standIn && len(s.feeds.member) == 0 || s.feeds.community != nil && !s.communities {
			t.Errorf("%s: %+v", s.name, s.feeds)
		}
		for _, template := range append(append([]string{}, s.feeds.member...), s.feeds.community...) {
			u, err := url.Parse("https://a.example" + fill(template, "ada"))
			if err != nil || u.Host != "a.example" || strings.Count(template, "USER") != 1 || !strings.Contains(u.String(), "ada") || u.Fragment != "" {
				t.Errorf("%s: %q becomes %v, %v", s.name, template, u, err)
			}
		}
	}
}

func TestWebFeedsOfMembersAndCommunities(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		software, user string
		community      bool
		want           string
	}{
		{"mastodon", "ada", false, "https://a.example/@ada.rss"},
		{"lemmy", "ada", false, "https://a.example/feeds/u/ada.xml"},
		{"lemmy", "cats", true, "https://a.example/feeds/c/cats.xml"},
		{"Sharkey", "ada", false, "https://a.example/@ada.atom"},
		{"peertube", "a&b", false, "https://a.example/feeds/videos.xml?videoChannelName=a%26b https://a.example/feeds/videos.xml?accountName=a%26b"},
		{"hollo", "ada", false, "https://a.example/@ada.rss https://a.example/users/ada/feed.atom"},
		{"", "../x", false, "https://a.example/@..%2Fx.rss https://a.example/users/..%2Fx/feed.atom"},
	} {
		if got := strings.Join(WebFeeds("a.example", c.software, c.user, c.community), " "); got != c.want {
			t.Errorf("%s of %q: %s", c.user, c.software, got)
		}
	}
}

func TestSoftwaresThatDescribeThemselvesAreAskedInAnOrder(t *testing.T) {
	t.Parallel()
	var order []string
	for i, s := range probed() {
		if s.probe != i+1 || s.api == nil {
			t.Errorf("%s is number %d, not %d", s.name, s.probe, i+1)
		}
		order = append(order, s.names[0])
	}
	if got := strings.Join(order, " "); got != "peertube lemmy misskey piefed mbin" {
		t.Errorf("%s", got)
	}
}

// An interface says that an adapter can ask for something; replies and media are choices among a profile's posts, which an API may lack, and
// who may search posts isn't the API's to say, and the use of a hashtag is for versions that are known.
func TestCapabilitiesAgreeWithTheInterfaces(t *testing.T) {
	t.Parallel()
	filters := feeds.Capabilities{Replies: true, Media: true, SearchPosts: true, TagsJoined: true, TagHistory: true}
	for i := range table {
		s := &table[i]
		if s.api == nil {
			continue
		}
		source := s.api.source(&feedstest.Network{}, feedstest.NewClock(), "a.example", Nodeinfo{Software: s.names[0]})
		says, implements := source.Capabilities(), feeds.Implemented(source)
		var lacks feeds.Capabilities
		if m, ok := s.api.(mastodonAPI); ok {
			lacks = m.Lacks
		}
		if more := says.Without(implements); more != (feeds.Capabilities{}) {
			t.Errorf("%s has no interface for %+v", s.name, more)
		}
		if less := implements.Without(says).Without(lacks).Without(filters); less != (feeds.Capabilities{}) {
			t.Errorf("%s implements, and doesn't offer, %+v", s.name, less)
		}
		if says.Without(lacks) != says {
			t.Errorf("%s lacks %+v and offers %+v", s.name, lacks, says)
		}
	}
}

func TestEqualRowsOfTheTableAreOneFamily(t *testing.T) {
	t.Parallel()
	for i := range table {
		for j := range table {
			a, b := &table[i], &table[j]
			if a.api == b.api && !a.sameFamily(b) || a.sameFamily(b) && reflect.TypeOf(a.api) != reflect.TypeOf(b.api) {
				t.Errorf("%s and %s", a.name, b.name)
			}
		}
	}
	for name, want := range map[string]bool{"mastodon": true, "Pleroma": true, "brand-new": true, "misskey": false, "diaspora": false} {
		if SpeaksMastodon(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

// An adapter that no row leads to would be dead code. Web feeds are read by their addresses, whatever the software.
func TestEveryAdapterIsReachedFromTheTable(t *testing.T) {
	t.Parallel()
	reached := map[string]bool{}
	for i := range table {
		if table[i].api != nil {
			source := table[i].api.source(&feedstest.Network{}, feedstest.NewClock(), "a.example", Nodeinfo{})
			reached[reflect.TypeOf(source).Elem().PkgPath()] = true
		}
	}
	for _, dir := range adapterFolders(t) {
		if !reached["vitrine/feeds/"+dir] && dir != "syndication" {
			t.Errorf("no row leads to feeds/%s", dir)
		}
	}
}

// adapterFolders are the folders of feeds whose package makes a Source.
func adapterFolders(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "*", "source.go"))
	if err != nil || len(files) < 7 {
		t.Fatalf("%d adapters, %v", len(files), err)
	}
	var dirs []string
	for _, file := range files {
		if dir := filepath.Base(filepath.Dir(file)); dir != "feedstest" {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

func TestAHostImplementsWhatItsAdapterDoes(t *testing.T) {
	t.Parallel()
	r := New(&feedstest.Network{}, feedstest.NewClock(), Options{Memory: fakeMemory{"films.example": {Software: "peertube"}, "forum.example": {Software: "lemmy"}}})
	films, _ := r.Resolve(t.Context(), "films.example")
	forum, _ := r.Resolve(t.Context(), "forum.example")
	unknown, _ := r.Resolve(t.Context(), "a.example")
	if _, err := feeds.As[feeds.TagTimelines](films); err != nil {
		t.Errorf("PeerTube's tags: %v", err)
	}
	if _, err := feeds.As[feeds.TagTimelines](forum); !isUnsupported(err, "forum.example", "Lemmy") {
		t.Errorf("Lemmy's tags: %v", err)
	}
	if _, err := feeds.As[feeds.Pinner](films); !isUnsupported(err, "films.example", "PeerTube") {
		t.Errorf("PeerTube's pinned posts: %v", err)
	}
	if _, err := feeds.As[feeds.Emojis](unknown); err != nil {
		t.Errorf("what is taken for Mastodon: %v", err)
	}
	if got := feeds.Implemented(films); got.Pinned || !got.Tags || !got.Directory {
		t.Errorf("PeerTube implements %+v", got)
	}
	if films.Capabilities().Pinned || !unknown.Capabilities().Pinned {
		t.Error("the capabilities of a host aren't its adapter's")
	}
}

func TestWhatAnAdapterLacksIsUnsupportedWithoutAQuestion(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{}
	r := New(n, feedstest.NewClock(), Options{Memory: fakeMemory{"forum.example": {Software: "lemmy"}}})
	s, _ := r.Resolve(t.Context(), "forum.example")
	h := s.(*host)
	for name, err := range map[string]error{
		"a hashtag": second(h.TagPosts(t.Context(), "cats", feeds.TagChoice{}, "")), "popular hashtags": second(h.TrendingTags(t.Context())), "hashtags by words": second(h.SearchTags(t.Context(), "cats")),
		"featured hashtags": second(h.Featured(t.Context(), &feeds.Author{})), "a poll": second(h.Poll(t.Context(), "1")),
	} {
		if !isUnsupported(err, "forum.example", "Lemmy") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if asked := n.URLs(); asked != "" {
		t.Errorf("it asked\n%s", asked)
	}
}

func TestAnotherSoftwareThanAssumedLacksWhatItsAdapterDoes(t *testing.T) {
	t.Parallel()
	n := runs("a.example", "peertube")
	s, _ := New(n, feedstest.NewClock(), Options{}).Resolve(context.Background(), "a.example")
	if _, err := s.(*host).TrendingLinks(t.Context()); !isUnsupported(err, "a.example", "PeerTube") {
		t.Errorf("%v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func isUnsupported(err error, host, software string) bool {
	e := feeds.AsError(err)
	return e != nil && e.Kind == feeds.Unsupported && e.Host == host && e.Detail == software
}
