package find_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/find"
	"vitrine/feeds/software"
)

// server finds what its functions say.
type server struct {
	*feedstest.Source
	people func(ctx context.Context, q string) ([]*feeds.Author, error)
	tags   []string
	asked  atomic.Int32
}

func (s *server) Capabilities() feeds.Capabilities { return feeds.Capabilities{Search: true} }

func (s *server) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	s.asked.Add(1)
	return s.people(ctx, q)
}

func (s *server) SearchTags(context.Context, string) (tags []feeds.Tag, err error) {
	for _, t := range s.tags {
		tags = append(tags, feeds.Tag{Name: t})
	}
	return tags, nil
}

// names makes a server that finds some handles.
func names(host string, handles ...string) *server {
	return &server{Source: &feedstest.Source{HostName: host}, people: func(context.Context, string) (all []*feeds.Author, err error) {
		for _, h := range handles {
			user, domain, _ := strings.Cut(strings.TrimPrefix(h, "!"), "@")
			a := feedstest.Author(user, domain)
			a.Host, a.Community = host, h[0] == '!'
			all = append(all, a)
		}
		return all, nil
	}}
}

// failing makes a server that finds nobody, for a reason.
func failing(host string, err error) *server {
	return &server{Source: &feedstest.Source{HostName: host}, people: func(context.Context, string) ([]*feeds.Author, error) { return nil, err }}
}

// found asks servers for words, and returns the last result.
func found(t *testing.T, typed string, blocked blocklist.List, servers ...feeds.Source) *find.Result {
	t.Helper()
	r := &feedstest.Resolver{Sources: map[string]feeds.Source{}}
	var hosts []string
	for _, s := range servers {
		r.Sources[s.Host()] = s
		hosts = append(hosts, s.Host())
	}
	var last *find.Result
	n := 0
	find.New(r, nil, blocked).Find(t.Context(), find.Words(typed), hosts, func(r *find.Result) { last = r; n++ })
	if last == nil || last.Busy() {
		t.Fatalf("%+v after %d results", last, n)
	}
	return last
}

func handles(hits []*find.Hit) string {
	var all []string
	for _, h := range hits {
		all = append(all, h.Author.Handle()+"<"+strings.Join(h.Hosts, ","))
	}
	return strings.Join(all, " ")
}

func TestWhatSeveralServersNameIsOneHitFromTheCopyOfItsOwnServer(t *testing.T) {
	r := found(t, "Ada", blocklist.List{}, names("a.example", "ada@b.example", "zada@a.example", "!ada@b.example"), names("b.example", "ada@b.example", "adam@b.example"))
	if got := handles(r.People); got != "ada@b.example<a.example,b.example adam@b.example<b.example zada@a.example<a.example" {
		t.Errorf("%s", got)
	}
	if r.People[0].Author.Host != "b.example" {
		t.Errorf("the copy of %s is shown", r.People[0].Author.Host)
	}
	if got := handles(r.Communities); got != "ada@b.example<a.example" {
		t.Errorf("%s", got)
	}
}

func TestASignSaysWhatIsLookedFor(t *testing.T) {
	s := names("a.example", "ada@a.example", "!ada@a.example")
	s.tags = []string{"ada"}
	for typed, want := range map[string]string{"ada": "1 1 1", "@ada": "1 0 0", "@ada@nowhere": "1 0 0", "!ada": "0 1 0", "#ada": "0 0 1"} {
		r := found(t, typed, blocklist.List{}, s)
		if got := fmt.Sprint(len(r.People), len(r.Communities), len(r.Tags)); got != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
		}
	}
}

func TestWhoDoesNotWishToBeSuggestedIsLeftOutAndSoIsWhatIsBlocked(t *testing.T) {
	blocked, err := blocklist.New([]string{"@bob@a.example", "shut.example"})
	if err != nil {
		t.Fatal(err)
	}
	s := failing("a.example", nil)
	s.people = func(context.Context, string) (all []*feeds.Author, err error) {
		for user, wishes := range map[string]feeds.Wishes{
			"ada": {}, "bob": {}, "cy": {NoIndex: true}, "dee": {NotDiscoverable: true}, "eve": {NoBot: true}, "fay": {SignInToView: true}, "gil": {NotIndexable: true},
		} {
			a := feedstest.Author(user, "a.example")
			a.Wishes = wishes
			all = append(all, a)
		}
		slices.SortFunc(all, func(a, b *feeds.Author) int { return strings.Compare(a.User, b.User) })
		return all, nil
	}
	shut := names("shut.example", "ada@shut.example")
	r := found(t, "a", blocked, s, shut)
	if got := handles(r.People); got != "ada@a.example<a.example gil@a.example<a.example" || r.LeftOut != 4 {
		t.Errorf("%s, %d left out", got, r.LeftOut)
	}
	if shut.asked.Load() != 0 {
		t.Error("a blocked server was asked")
	}
	if !find.Searchable(&feeds.Post{Author: feedstest.Author("ada", "a.example")}) || find.Searchable(&feeds.Post{Author: &feeds.Author{Wishes: feeds.Wishes{NotIndexable: true}}}) {
		t.Error("posts of who isn't indexable are found")
	}
}

func TestAServerThatIsSlowClosedOrNoneSpoilsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := failing("slow.example", nil)
		slow.people = func(ctx context.Context, _ string) ([]*feeds.Author, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		closed, page := failing("closed.example", &feeds.Error{Kind: feeds.NeedsLogin}), failing("page.example", &feeds.Error{Kind: feeds.BadData})
		begin := time.Now()
		r := found(t, "@ada", blocklist.List{}, slow, closed, page, &feedstest.Source{HostName: "mute.example"}, names("a.example", "ada@a.example"))
		if d := time.Since(begin); d > find.Patience {
			t.Errorf("it took %v", d)
		}
		var kinds []feeds.Kind
		for _, s := range r.Servers {
			kinds = append(kinds, feeds.KindOf(orNil(s.Err)))
		}
		if fmt.Sprint(kinds) != "[Timeout NeedsLogin BadData Unsupported ]" || len(r.People) != 1 {
			t.Errorf("%q, %d people", kinds, len(r.People))
		}
	})
}

func orNil(e *feeds.Error) error {
	if e == nil {
		return nil
	}
	return e
}

func TestAMillionHitsAreBounded(t *testing.T) {
	var servers []feeds.Source
	for n := range 20 {
		var many []string
		for i := range 2_000 {
			many = append(many, fmt.Sprintf("ada%d@a%d.example", i, n))
		}
		s := names(fmt.Sprintf("a%d.example", n), many...)
		s.tags = many
		servers = append(servers, s)
	}
	r := found(t, "ada", blocklist.List{}, servers...)
	if len(r.Servers) != find.MostServers || len(r.People) != find.Most || len(r.Tags) != find.Most {
		t.Errorf("%d servers, %d people, %d hashtags", len(r.Servers), len(r.People), len(r.Tags))
	}
}

func TestADirectoryThatRepeatsItselfNamesEverybodyOnce(t *testing.T) {
	s := names("a.example", "ada@a.example", "Ada@a.example", "ada@A.EXAMPLE", "bob@a.example")
	s.tags = []string{"tea", "Tea", "TEA"}
	r := found(t, "a", blocklist.List{}, s)
	if got := handles(r.People); got != "ada@a.example<a.example bob@a.example<a.example" || len(r.Tags) != 1 {
		t.Errorf("%s, %d hashtags", got, len(r.Tags))
	}
}

func TestAnythingTypedIsAWordOrNothing(t *testing.T) {
	for typed, want := range map[string]string{
		"  hello \n world ": "hello world", "@": "", "#": "", "#!": "", "": "", "...": "", "@ada": "ada", "ada@nowhere": "ada@nowhere", "#tea": "tea",
		"🐈": "🐈", "قطط": "قطط", "e\u0301": "e\u0301", "a\xffb": "ab",
		strings.Repeat("a", 10_000):                  strings.Repeat("a", find.MaxWords),
		strings.Repeat("e\u0301", 10_000):            strings.Repeat("e\u0301", find.MaxWords/2),
		"a" + strings.Repeat("e\u0301", 10_000):      "a" + strings.Repeat("e\u0301", find.MaxWords/2-1),
		"e" + strings.Repeat("\u0301", 10_000):       "e" + strings.Repeat("\u0301", find.MaxWords-1),
		"a" + strings.Repeat("👩\u200d", 100) + "👩 b": "a",
	} {
		q := find.Words(typed)
		if q.Name != want && !(strings.Contains(typed, "\u200d") && strings.HasPrefix(typed, q.Name)) {
			t.Errorf("%.20q: %q, want %q", typed, q.Name, want)
		}
		if q.Cut != (len([]rune(q.Text)) < len([]rune(strings.Join(strings.Fields(strings.ToValidUTF8(typed, "")), " ")))) {
			t.Errorf("%.20q: cut %v", typed, q.Cut)
		}
	}
	for typed, want := range map[string]string{"#tea": "tea", "tea": "tea", "two words": "", "🐈": "🐈", "قطط": "قطط"} {
		if got := find.Words(typed).Tag(); got != want {
			t.Errorf("the hashtag of %q is %q, want %q", typed, got, want)
		}
	}
}

func TestNobodyIsAskedForNothing(t *testing.T) {
	s := names("a.example", "ada@a.example")
	if r := found(t, "@", blocklist.List{}, s); s.asked.Load() != 0 || r.Found() {
		t.Errorf("%+v", r)
	}
}

func TestServersAreChosenByWhatIsKnownOfThem(t *testing.T) {
	can := feeds.Capabilities{Search: true, Tags: true}
	all := []*find.Candidate{
		{Host: "m1", Software: "mastodon", Languages: []string{"mul"}, Can: can},
		{Host: "m2", Software: "mastodon", Languages: []string{"de"}, Can: can},
		{Host: "m3", Software: "mastodon", Languages: []string{"en"}, Can: can},
		{Host: "shut", Software: "mastodon", Languages: []string{"de"}, Can: can, Access: feeds.Access{Search: feeds.Members, TagLocal: feeds.Open, TagFederated: feeds.Open}},
		{Host: "p", Software: "peertube", Languages: []string{"mul"}, Can: can},
		{Host: "l", Software: "lemmy", Languages: []string{"en"}, Can: feeds.Capabilities{Search: true}},
		{Host: "w", Software: "writefreely"},
		{Host: "f", Software: "mastodon", Followed: true, Read: 9, Can: can},
	}
	if got := fmt.Sprint(find.Choose(all, "de", false, 4)); got != "[f p m2 l]" {
		t.Errorf("%s", got)
	}
	if got := fmt.Sprint(find.Choose(all, "de", true, 9)); got != "[f m2 shut p m1 m3]" {
		t.Errorf("for a hashtag: %s", got)
	}
}

func TestWebPagesAndLongAnswersOfAnySoftwareAreFailuresOfTheirServer(t *testing.T) {
	hosts, runs, _ := known()
	for body, want := range map[string]feeds.Kind{"<!doctype html><title>hello</title>": feeds.BadData, `{"accounts":[{`: feeds.BadData} {
		f := find.New(software.New(feedstest.Always(body), feedstest.NewClock(), software.Options{Memory: memory(runs)}), nil, blocklist.List{})
		var last *find.Result
		f.Find(t.Context(), find.Words("🐈 قطط e\u0301"), hosts, func(r *find.Result) { last = r })
		for _, s := range last.Servers {
			if s.Busy || feeds.KindOf(orNil(s.Err)) != want {
				t.Errorf("%s answers %q: %v", s.Host, body, s.Err)
			}
		}
		if last.Found() {
			t.Errorf("%+v", last)
		}
	}
	var many strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&many, `{"id":"%d","username":"ada%d","acct":"ada%d","url":"https://a.example/@ada%d"},`, i, i, i, i)
	}
	answer := `{"accounts":[` + strings.TrimSuffix(many.String(), ",") + `],"hashtags":[],"statuses":[]}`
	f := find.New(software.New(feedstest.Always(answer), feedstest.NewClock(), software.Options{Memory: memory(runs)}), nil, blocklist.List{})
	var last *find.Result
	f.Find(t.Context(), find.Words("ada"), hosts[:1], func(r *find.Result) { last = r })
	if n := len(last.People); n != find.PerServer {
		t.Errorf("%d people, %v", n, last.Servers)
	}
}
