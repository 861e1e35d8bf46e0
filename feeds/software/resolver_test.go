package software

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestAnyHostIsTakenForMastodonWithoutAsking(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{}
	r := New(n, feedstest.NewClock(), Options{})
	s, err := r.Resolve(t.Context(), "A.example:443")
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.Resolve(t.Context(), "a.example")
	if s.Host() != "a.example" || again != s || err != nil {
		t.Errorf("%s, the same %v, %v", s.Host(), again == s, err)
	}
	if _, ok := s.(feeds.ServerTimelines); !ok {
		t.Error("it can't read timelines")
	}
	if asked := n.URLs(); asked != "" {
		t.Errorf("it asked %s", asked)
	}
}

func TestTheSameSourceIsFoundFromEverywhere(t *testing.T) {
	t.Parallel()
	r := New(&feedstest.Network{}, feedstest.NewClock(), Options{})
	found := make([]feeds.Source, 20)
	var all sync.WaitGroup
	for i := range found {
		all.Go(func() { found[i], _ = r.Resolve(context.Background(), "a.example") })
	}
	all.Wait()
	for _, s := range found {
		if s == nil || s != found[0] {
			t.Fatal("two sources read one host")
		}
	}
}

func TestPrivateHostsAreReadOnlyWhereAllowed(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]feeds.Kind{
		"localhost:8081": feeds.Refused, "a.localhost": feeds.Refused, "192.168.1.1": feeds.Refused, "router.local": feeds.Refused, "[::1]": feeds.Refused,
		"a.example": "", "": feeds.NotFound, "a": feeds.NotFound, "a.example/x": feeds.NotFound, "@a.example": feeds.NotFound,
	} {
		if _, err := New(&feedstest.Network{}, feedstest.NewClock(), Options{}).Resolve(t.Context(), host); feeds.KindOf(err) != want {
			t.Errorf("%q: %v, want %s", host, err, want)
		}
		if want == feeds.Refused {
			want = ""
		}
		if _, err := New(&feedstest.Network{}, feedstest.NewClock(), Options{Private: true}).Resolve(t.Context(), host); feeds.KindOf(err) != want {
			t.Errorf("%q where it is allowed: %v, want %q", host, err, want)
		}
	}
}

// profileAt asks a server for somebody.
func profileAt(t *testing.T, r *Resolver, host string) (*feeds.Author, error) {
	t.Helper()
	s, err := r.Resolve(t.Context(), host)
	if err != nil {
		t.Fatal(err)
	}
	return s.(feeds.Profiles).Profile(t.Context(), "ada", host)
}

const channelBody = `{"id":1,"name":"ada","host":"a.example","url":"https://a.example/video-channels/ada","displayName":"Ada"}`

func TestAServerOfAnotherSoftwareIsAskedInItsOwnWay(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]feedstest.Answered{
		"no such path":    {Status: 404, Body: `{"error":"x"}`},
		"a web page":      {Body: "<!doctype html><title>PeerTube</title>"},
		"no CORS headers": {Err: errUnreachable},
		"a closed door":   {Status: 401, Body: `{"error":"x"}`},
	} {
		n := runs("a.example", "peertube")
		n.Replies["https://a.example/api/v1/accounts/lookup?acct=ada"] = first
		n.Replies["https://a.example/api/v1/video-channels/ada"] = feedstest.Answered{Body: channelBody}
		memory := fakeMemory{}
		r := New(n, feedstest.NewClock(), Options{Browser: true, Memory: memory})
		a, err := profileAt(t, r, "a.example")
		if err != nil || a.Name != "Ada" || memory["a.example"].Software != "peertube" {
			t.Errorf("%s: %+v, %v; memory %v", name, a, err, memory)
		}
		n.URLs()
		if _, err := profileAt(t, r, "a.example"); err != nil || n.URLs() != "https://a.example/api/v1/video-channels/ada" {
			t.Errorf("%s, asked again: %v", name, err)
		}
	}
}

// Some servers let pages of other sites read a part of what they have: WriteFreely its ActivityPub documents, but neither NodeInfo nor what
// it says of unknown paths; others their own API alone.
func TestOfAHalfOpenServerWhatIsOpenIsRead(t *testing.T) {
	t.Parallel()
	for name, replies := range map[string]map[string]feedstest.Answered{
		"documents": {
			"https://a.example/.well-known/webfinger?resource=acct%3Aada%40a.example": {Body: `{"subject":"acct:ada@a.example","links":[{"rel":"self","type":"application/activity+json","href":"https://a.example/api/collections/ada"}]}`},
			"https://a.example/api/collections/ada":                                   {Body: `{"@context":"https://www.w3.org/ns/activitystreams","type":"Person","id":"https://a.example/api/collections/ada","preferredUsername":"ada","name":"Ada","inbox":"https://a.example/in","outbox":"https://a.example/out"}`},
		},
		"an API": {
			"https://a.example/api/v1/config":             {Body: `{"serverVersion":"6.0.0","instance":{"name":"Films"}}`},
			"https://a.example/api/v1/video-channels/ada": {Body: channelBody},
		},
	} {
		n := &feedstest.Network{Otherwise: feedstest.Answered{Err: errUnreachable}, Replies: replies}
		memory := fakeMemory{}
		r := New(n, feedstest.NewClock(), Options{Browser: true, Memory: memory})
		a, err := profileAt(t, r, "a.example")
		if err != nil || a.Name != "Ada" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
		n.URLs()
		if _, err := profileAt(t, r, "a.example"); err != nil || len(strings.Fields(n.URLs())) > 3 { // WebFinger, the document, and how many posts its outbox has
			t.Errorf("%s, asked again: %v", name, err)
		}
		s, _ := r.Resolve(t.Context(), "a.example")
		if _, err := s.Describe(t.Context()); feeds.KindOf(err) != "" && feeds.KindOf(err) != feeds.Unsupported {
			t.Errorf("%s, what it is: %v", name, err)
		}
	}
	n := &feedstest.Network{Otherwise: feedstest.Answered{Err: errUnreachable}}
	if _, err := profileAt(t, New(n, feedstest.NewClock(), Options{Browser: true}), "a.example"); feeds.KindOf(err) != feeds.Unreachable {
		t.Errorf("all of it is closed: %v", err)
	}
	n = &feedstest.Network{Otherwise: feedstest.Answered{Err: errUnreachable}}
	if _, err := profileAt(t, New(n, feedstest.NewClock(), Options{}), "a.example"); feeds.KindOf(err) != feeds.Unreachable || len(strings.Fields(n.URLs())) > 2 {
		t.Errorf("natively a server that can't be reached is left: %v", err)
	}
}

// fakeMemory is a Memory.
type fakeMemory map[string]Nodeinfo

func (m fakeMemory) Recall(_ context.Context, host string) (Nodeinfo, bool) {
	i, ok := m[host]
	return i, ok
}
func (m fakeMemory) Answered(_ context.Context, host string)            { m[host] = Nodeinfo{Name: "answered"} }
func (m fakeMemory) Keep(_ context.Context, host string, info Nodeinfo) { m[host] = info }

func TestWhatAHostIsIsRemembered(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{"https://a.example/api/v1/video-channels/ada": {Body: channelBody}}}
	r := New(n, feedstest.NewClock(), Options{Memory: fakeMemory{"a.example": {Software: "peertube"}}})
	if _, err := profileAt(t, r, "a.example"); err != nil || n.URLs() != "https://a.example/api/v1/video-channels/ada" {
		t.Errorf("%v", err)
	}
}

func TestWhatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"diaspora": "diaspora*", "Diaspora": "diaspora*"} {
		_, err := profileAt(t, New(runs("a.example", name), feedstest.NewClock(), Options{}), "a.example")
		if e := feeds.AsError(err); e == nil || e.Kind != feeds.Unsupported || e.Detail != want || e.Host != "a.example" {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	_, err := profileAt(t, New(runs("a.example", "bookwyrm"), feedstest.NewClock(), Options{Browser: true}), "a.example")
	if e := feeds.AsError(err); e.Kind != feeds.Unsupported || e.Detail != "BookWyrm" {
		t.Errorf("in a browser: %v", err)
	}
	_, err = profileAt(t, New(runs("a.example", "mastodon"), feedstest.NewClock(), Options{}), "a.example")
	if feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("nobody of that name: %v", err)
	}
}

func TestAClearFailureIsNoReasonToAskWhatAHostIs(t *testing.T) {
	t.Parallel()
	for _, first := range []feedstest.Answered{
		{Status: 429}, {Status: 503}, {Status: 410}, {Err: &feeds.Error{Kind: feeds.Timeout}}, {Err: &feeds.Error{Kind: feeds.Offline}}, {Err: &feeds.Error{Kind: feeds.TooLarge}},
		{Err: context.Canceled},
	} {
		n := runs("a.example", "peertube")
		n.Replies["https://a.example/api/v1/accounts/lookup?acct=ada"] = first
		_, err := profileAt(t, New(n, feedstest.NewClock(), Options{}), "a.example")
		if asked := n.URLs(); err == nil || strings.Contains(asked, "nodeinfo") {
			t.Errorf("%+v: %v, it asked\n%s", first, err, asked)
		}
	}
}

func TestTheCauseStaysWhenAProbeFails(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]feedstest.Answered{
		"unreachable": {Err: errUnreachable}, "broken": {Status: 500}, "too often": {Status: 429}, "not found": {Status: 404}, "a web page": {Body: "<html>"},
	} {
		n := runs("a.example", "peertube")
		n.Replies["https://a.example/.well-known/nodeinfo"] = answer
		n.Replies["https://a.example/api/v1/accounts/lookup?acct=ada"] = feedstest.Answered{Body: "<html>"}
		if _, err := profileAt(t, New(n, feedstest.NewClock(), Options{}), "a.example"); feeds.KindOf(err) != feeds.BadData {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAServerWithoutNodeinfoIsKnownByItsOwnWords(t *testing.T) {
	t.Parallel()
	for name, probe := range map[string]feedstest.Answered{"none": {Status: 404}, "none for pages": {Err: errUnreachable}, "a web page": {Body: "<html>"}} {
		n := &feedstest.Network{Replies: map[string]feedstest.Answered{
			"https://a.example/.well-known/nodeinfo":            {Status: probe.Status, Body: probe.Body, Err: probe.Err},
			"https://a.example/api/v1/accounts/lookup?acct=ada": {Status: 404},
			"https://a.example/api/v1/config":                   {Body: `{"instance":{"name":"A"},"serverVersion":"7.1.0"}`},
			"https://a.example/api/v1/video-channels/ada":       {Body: channelBody},
		}}
		if a, err := profileAt(t, New(n, feedstest.NewClock(), Options{Browser: true}), "a.example"); err != nil || a.Name != "Ada" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

func TestAHostThatAnsweredIsNotAskedWhatItIs(t *testing.T) {
	t.Parallel()
	n := runs("a.example", "peertube")
	n.Replies["https://a.example/api/v1/accounts/lookup?acct=ada"] = feedstest.Answered{Body: `{"id":"1","acct":"ada","username":"ada","url":"https://a.example/@ada"}`}
	r := New(n, feedstest.NewClock(), Options{})
	if _, err := profileAt(t, r, "a.example"); err != nil {
		t.Fatal(err)
	}
	s, _ := r.Resolve(t.Context(), "a.example")
	if _, err := s.(feeds.Profiles).Profile(t.Context(), "nobody", "a.example"); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("%v", err)
	}
	if asked := n.URLs(); strings.Contains(asked, "nodeinfo") {
		t.Errorf("it asked\n%s", asked)
	}
}

var errUnreachable = &feeds.Error{Kind: feeds.Unreachable, Err: errors.New("no such host")}

// runs is a network of one server that runs a software.
func runs(host, software string) *feedstest.Network {
	return &feedstest.Network{Replies: map[string]feedstest.Answered{
		"https://" + host + "/.well-known/nodeinfo": {Body: `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"https://` + host + `/nodeinfo/2.0"}]}`},
		"https://" + host + "/nodeinfo/2.0":         {Body: `{"version":"2.0","software":{"name":"` + software + `","version":"1.2.3"},"metadata":{"nodeName":"A server"}}`},
	}}
}

// The post and what is around it are two questions, and both come to a server that doesn't speak Mastodon's API.
func TestAServerIsAskedOnceWhatItIs(t *testing.T) {
	t.Parallel()
	clock := feedstest.NewClock()
	n := runs("a.example", "brand-new")
	memory := fakeMemory{}
	r := New(n, clock, Options{Memory: memory})
	s, _ := r.Resolve(t.Context(), "a.example")
	ask := func(ctx context.Context) (asked int) {
		n.URLs()
		_, _ = s.(feeds.Threads).Post(ctx, "7")
		_, _, _ = s.(feeds.Threads).Context(ctx, "7")
		return strings.Count(n.URLs(), "/.well-known/nodeinfo")
	}
	if got := ask(t.Context()); got != 1 {
		t.Errorf("asked %d times what it is", got)
	}
	if got := ask(feeds.Anew(t.Context())); got != 2 {
		t.Errorf("when somebody wants it asked again, %d times", got)
	}
	clock.Advance(2 * trialTime)
	if got := ask(t.Context()); got != 1 {
		t.Errorf("later %d times", got)
	}
	if got := memory["a.example"]; got != (Nodeinfo{Software: "brand-new"}) {
		t.Errorf("it is remembered as %+v", got)
	}
}

func TestAServerBesideAViewIsAskedWhatItIsBeforeWhatItMightRefuse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ software, id, want string }{
		{"lemmy", "comment:5", "https://a.example/.well-known/nodeinfo https://a.example/nodeinfo/2.0 https://a.example/api/v"},
		{"glitchcafe", "71", "https://a.example/.well-known/nodeinfo https://a.example/nodeinfo/2.0 https://a.example/api/v1/statuses/71"}, // nobody knows it
		{"mastodon", "113500000000000001", "https://a.example/api/v1/statuses/113500000000000001"},
	} {
		n := runs("a.example", c.software)
		s, _ := New(n, feedstest.NewClock(), Options{}).Resolve(t.Context(), "a.example")
		_, _ = s.(feeds.Threads).Post(feeds.Beside(t.Context()), c.id)
		if asked := strings.Join(strings.Fields(n.URLs()), " "); !strings.HasPrefix(asked, c.want) {
			t.Errorf("%s was asked\n%s", c.software, asked)
		}
		_, _, _ = s.(feeds.Threads).Context(feeds.Beside(t.Context()), c.id)
		if again := n.URLs(); strings.Contains(again, "nodeinfo") {
			t.Errorf("%s was asked again what it is\n%s", c.software, again)
		}
	}
}

func TestAServerThatIsReadByItsDocumentsIsAskedForThemAtOnceTheNextTime(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{
		"https://a.example/.well-known/webfinger?resource=acct%3Aada%40a.example": {Body: `{"links":[{"rel":"self","type":"application/activity+json","href":"https://a.example/u/ada"}]}`},
		"https://a.example/u/ada": {Body: `{"id":"https://a.example/u/ada","type":"Person","preferredUsername":"ada","name":"Ada"}`},
	}}
	memory := fakeMemory{}
	if _, err := profileAt(t, New(n, feedstest.NewClock(), Options{Memory: memory}), "a.example"); err != nil || !memory["a.example"].Documents {
		t.Fatalf("%v, remembered %+v", err, memory)
	}
	n.URLs()
	a, err := profileAt(t, New(n, feedstest.NewClock(), Options{Memory: memory}), "a.example")
	if asked := n.URLs(); err != nil || a.Name != "Ada" || strings.Contains(asked, "/api/") || strings.Contains(asked, "nodeinfo") {
		t.Errorf("%+v, %v; asked\n%s", a, err, asked)
	}
}

func TestAHostThatAnswersAsAssumedIsReported(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{"https://a.example/api/v1/accounts/lookup?acct=ada": {Body: `{"id":"1","username":"ada","acct":"ada"}`}}}
	memory := fakeMemory{}
	if _, err := profileAt(t, New(n, feedstest.NewClock(), Options{Memory: memory}), "a.example"); err != nil || memory["a.example"].Name != "answered" {
		t.Errorf("%v, %+v", err, memory)
	}
}

func TestAWebsiteWhosePeopleAreElsewhereIsNotSearchedForAServer(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{fingerAda: {Body: self("application/activity+json", "https://social.a.example/users/ada")}}}
	r := New(n, feedstest.NewClock(), Options{})
	if _, err := profileAt(t, r, "a.example"); feeds.KindOf(err) != feeds.NotFound {
		t.Error(err)
	}
	feedstest.Equal(t, "the questions", n.Asked(), "/api/v1/accounts/lookup?acct=ada\n/.well-known/nodeinfo\n/.well-known/webfinger?resource=acct%3Aada%40a.example")

	// Where WebFinger names nobody, or somebody of the same host, the search goes on.
	n = &feedstest.Network{Replies: map[string]feedstest.Answered{
		fingerAda:         {Body: self("application/activity+json", "https://a.example/users/ada")},
		"/api/meta":       {Body: `{"version":"2025.4.0","name":"A"}`},
		"/api/users/show": {Body: `{"id":"u1","username":"ada","name":"Ada"}`},
	}}
	if a, err := profileAt(t, New(n, feedstest.NewClock(), Options{}), "a.example"); err != nil || a.Name != "Ada" {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestAServerThatShowsPagesToGuestsIsAskedByThem(t *testing.T) {
	t.Parallel()
	const page = "https://a.example/p/ada/12"
	n := runs("a.example", "pixelfed")
	n.Replies["https://a.example/api/v1/statuses/12"] = feedstest.Answered{Status: 500, Body: `{"error":"Unauthenticated."}`}
	n.Replies["https://a.example/api/v2/profile/ada/status/12"] = feedstest.Answered{Body: `{"status":{"id":"12","uri":"` + page + `","url":"` + page + `",
		"created_at":"2026-01-01T10:00:00Z","content":"Tea","visibility":"public","account":{"id":"7","username":"ada","acct":"ada"}}}`}
	s, _ := New(n, feedstest.NewClock(), Options{Browser: true}).Resolve(t.Context(), "a.example")
	_, err := s.(feeds.Threads).Post(t.Context(), "12")
	feedstest.Kind(t, err, "a.example", feeds.NeedsLogin)
	n.URLs()
	p, err := s.(feeds.Threads).Post(t.Context(), page)
	if asked := n.URLs(); err != nil || p.Key != page || strings.TrimSpace(asked) != "https://a.example/api/v2/profile/ada/status/12" {
		t.Errorf("%+v, %v; asked %s", p, err, asked)
	}
}
