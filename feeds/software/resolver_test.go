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
	n := &network{}
	r := New(n, feedstest.NewClock(), false)
	s, err := r.Resolve(t.Context(), "A.example:443")
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.Resolve(t.Context(), "a.example")
	if s.Host() != "a.example" || again != s || err != nil {
		t.Errorf("%s, the same %v, %v", s.Host(), again == s, err)
	}
	if _, ok := s.(feeds.Timelines); !ok {
		t.Error("it can't read timelines")
	}
	if asked := n.requests(); asked != "" {
		t.Errorf("it asked %s", asked)
	}
}

func TestTheSameSourceIsFoundFromEverywhere(t *testing.T) {
	r := New(&network{}, feedstest.NewClock(), false)
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
	for host, want := range map[string]feeds.Kind{
		"localhost:8081": feeds.Refused, "a.localhost": feeds.Refused, "192.168.1.1": feeds.Refused, "router.local": feeds.Refused, "[::1]": feeds.Refused,
		"a.example": "", "": feeds.NotFound, "a": feeds.NotFound, "a.example/x": feeds.NotFound, "@a.example": feeds.NotFound,
	} {
		if _, err := New(&network{}, feedstest.NewClock(), false).Resolve(t.Context(), host); feeds.KindOf(err) != want {
			t.Errorf("%q: %v, want %s", host, err, want)
		}
		if want == feeds.Refused {
			want = ""
		}
		if _, err := New(&network{}, feedstest.NewClock(), true).Resolve(t.Context(), host); feeds.KindOf(err) != want {
			t.Errorf("%q where it is allowed: %v, want %q", host, err, want)
		}
	}
}

func TestExplainNamesWhatCannotBeRead(t *testing.T) {
	for name, want := range map[string]string{
		"peertube": "PeerTube", "PeerTube": "PeerTube", "lemmy": "Lemmy", "misskey": "Misskey", "wordpress": "WordPress", "GNU social": "GNU social", "WriteFreely": "WriteFreely",
		"mastodon": "", "pleroma": "", "friendica": "", "Iceshrimp.NET": "", "brand-new": "",
	} {
		for _, kind := range []feeds.Kind{feeds.NotFound, feeds.BadData, feeds.Unsupported} {
			cause := &feeds.Error{Kind: kind, Host: "a.example"}
			err := New(runs("a.example", name), feedstest.NewClock(), false).Explain(t.Context(), "a.example", cause)
			if want == "" {
				if err != cause {
					t.Errorf("%s after %s: %v, want the cause", name, kind, err)
				}
				continue
			}
			e := feeds.AsError(err)
			if e.Kind != feeds.Unsupported || e.Detail != want || e.Host != "a.example" || !errors.Is(err, cause) {
				t.Errorf("%s after %s: %v, want %s", name, kind, err, want)
			}
		}
	}
}

func TestExplainAsksNothingWhereTheCauseIsClear(t *testing.T) {
	causes := []error{
		nil, context.Canceled, context.DeadlineExceeded, errors.New("some mistake"),
		&feeds.Error{Kind: feeds.Unsupported, Detail: "Loops"},
	}
	for _, kind := range []feeds.Kind{
		feeds.Offline, feeds.Unreachable, feeds.NeedsLogin, feeds.RateLimited, feeds.Refused, feeds.ServerError, feeds.Gone, feeds.TooLarge,
		feeds.Timeout, feeds.Storage, feeds.Internal,
	} {
		causes = append(causes, &feeds.Error{Kind: kind})
	}
	n := runs("a.example", "peertube")
	r := New(n, feedstest.NewClock(), false)
	for _, cause := range causes {
		if err := r.Explain(t.Context(), "a.example", cause); err != cause {
			t.Errorf("%v became %v", cause, err)
		}
	}
	if asked := n.requests(); asked != "" {
		t.Errorf("it asked %s", asked)
	}
}

func TestExplainKeepsTheCauseWhenTheProbeFails(t *testing.T) {
	cause := &feeds.Error{Kind: feeds.NotFound, Host: "a.example"}
	for name, answer := range map[string]reply{
		"unreachable": {err: errUnreachable}, "not found": {status: 404}, "broken": {status: 500}, "too often": {status: 429}, "a web page": {body: "<html>"},
	} {
		for _, at := range []string{"/.well-known/nodeinfo", "/nodeinfo/2.0"} {
			n := runs("a.example", "peertube")
			n.replies["https://a.example"+at] = answer
			if err := New(n, feedstest.NewClock(), false).Explain(t.Context(), "a.example", cause); err != cause {
				t.Errorf("%s at %s: %v", name, at, err)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := New(runs("a.example", "peertube"), feedstest.NewClock(), false).Explain(ctx, "a.example", cause); err != cause {
		t.Errorf("cancelled: %v", err)
	}
	if err := New(runs("localhost", "peertube"), feedstest.NewClock(), false).Explain(t.Context(), "localhost", cause); err != cause {
		t.Errorf("private: %v", err)
	}
}

func TestAHostIsProbedOnceUntilItAnswers(t *testing.T) {
	cause := &feeds.Error{Kind: feeds.BadData, Host: "a.example"}
	n := runs("a.example", "lemmy")
	document := n.replies["https://a.example/nodeinfo/2.0"]
	n.replies["https://a.example/nodeinfo/2.0"] = reply{status: 503}
	r := New(n, feedstest.NewClock(), false)
	if err := r.Explain(t.Context(), "a.example", cause); err != cause {
		t.Errorf("%v", err)
	}
	n.replies["https://a.example/nodeinfo/2.0"] = document
	n.requests()
	for range 3 {
		if err := r.Explain(t.Context(), "A.example", cause); feeds.AsError(err).Detail != "Lemmy" {
			t.Errorf("%v", err)
		}
	}
	if asked := n.requests(); strings.Count(asked, "\n") != 1 {
		t.Errorf("it asked\n%s", asked)
	}
}

func TestTheTableIsKeyedByCanonicalNames(t *testing.T) {
	for key, s := range softwares {
		if key != canonicalName(key) || s.name == "" || s.adapter != byMastodon && s.adapter != byNone {
			t.Errorf("%q: %+v", key, s)
		}
	}
}
