package software

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// pages is a Fetcher that knows some addresses; any other is not found.
type pages map[string]string

func (p pages) Fetch(_ context.Context, r feeds.Request) (*feeds.Response, error) {
	body, ok := p[r.URL]
	if !ok {
		return &feeds.Response{Status: 404, URL: r.URL, At: feedstest.Epoch()}, nil
	}
	return &feeds.Response{Status: 200, URL: r.URL, Body: []byte(body), At: feedstest.Epoch()}, nil
}

const schema = "http://nodeinfo.diaspora.software/ns/schema/"

func TestProbeReadsWhatServersWrite(t *testing.T) {
	for name, p := range map[string]pages{
		"the highest schema":   {"https://a.example/.well-known/nodeinfo": `{"links":[{"rel":"` + schema + `1.0","href":"https://a.example/1"},{"rel":"` + schema + `2.1","href":"https://a.example/21"},{"rel":"` + schema + `2.0","href":"https://a.example/20"},{"rel":"` + schema + `3.0","href":"https://a.example/3"}]}`, "https://a.example/21": `{"software":{"name":"PeerTube","version":"6.3"},"metadata":{"nodeName":"A"}}`},
		"an object for a list": {"https://a.example/.well-known/nodeinfo": `{"links":{"rel":"` + schema + `2.0","href":"https://a.example/20"}}`, "https://a.example/20": `{"software":{"name":" PeerTube "},"metadata":[]}`},
		"a relative address":   {"https://a.example/.well-known/nodeinfo": `{"links":[{"rel":"` + schema + `2.0","href":"/nodeinfo/2.0"}]}`, "https://a.example/nodeinfo/2.0": `{"software":{"name":"peertube","version":3}}`},
		"http behind a proxy":  {"https://a.example/.well-known/nodeinfo": `{"links":[{"rel":"` + schema + `2.0","href":"http://a.example/20"}]}`, "https://a.example/20": `{"software":{"name":"peertube"},"metadata":null}`},
		"another host":         {"https://a.example/.well-known/nodeinfo": `{"links":[{"rel":"` + schema + `2.0","href":"https://b.example/20"}]}`, "https://b.example/20": `{"software":{"name":"peertube"}}`},
	} {
		n, err := Probe(context.Background(), p, "a.example")
		if err != nil || n.Software != "peertube" {
			t.Errorf("%s: %+v, %v", name, n, err)
		}
	}
	for name, p := range map[string]pages{
		"no list": {}, "no JSON": {"https://a.example/.well-known/nodeinfo": `<html>`}, "no links": {"https://a.example/.well-known/nodeinfo": `{"links":7}`},
		"no name": {"https://a.example/.well-known/nodeinfo": `{"links":[{"rel":"` + schema + `2.0","href":"/20"}]}`, "https://a.example/20": `{"software":{}}`},
	} {
		if n, err := Probe(context.Background(), p, "a.example"); err == nil {
			t.Errorf("%s: %+v", name, n)
		}
	}
}

func resolver(p pages, private bool) *Resolver { return New(p, feedstest.NewClock(), private) }

func TestExplainNamesASoftwareThatCannotBeRead(t *testing.T) {
	p := pages{"https://a.example/.well-known/nodeinfo": `{"links":[{"rel":"` + schema + `2.0","href":"/20"}]}`, "https://a.example/20": `{"software":{"name":"peertube"}}`}
	for _, kind := range []feeds.Kind{feeds.NotFound, feeds.BadData} {
		e := feeds.AsError(resolver(p, false).Explain(context.Background(), "a.example", &feeds.Error{Kind: kind, Host: "a.example"}))
		if e.Kind != feeds.Unsupported || e.Detail != "PeerTube" {
			t.Errorf("%s: %v", kind, e)
		}
	}
	p["https://a.example/20"] = `{"software":{"name":"mastodon"}}`
	cause := &feeds.Error{Kind: feeds.NotFound, Host: "a.example"}
	if got := resolver(p, false).Explain(context.Background(), "a.example", cause); got != error(cause) {
		t.Errorf("Mastodon's own answer became %v", got)
	}
}

func TestExplainKeepsTheCauseWhenItLearnsNothing(t *testing.T) {
	for _, kind := range []feeds.Kind{feeds.NotFound, feeds.BadData, feeds.Unreachable, feeds.Timeout, feeds.RateLimited, feeds.ServerError, feeds.NeedsLogin, feeds.Refused, feeds.Gone} {
		cause := &feeds.Error{Kind: kind, Host: "a.example"}
		if got := resolver(nil, false).Explain(context.Background(), "a.example", cause); got != error(cause) {
			t.Errorf("%s became %v", kind, got)
		}
	}
}

func TestHomeOfFollowsWebFinger(t *testing.T) {
	ask := "https://a.example/.well-known/webfinger?resource=acct%3Aada%40a.example"
	for body, want := range map[string]string{
		`{"links":[{"rel":"http://webfinger.net/rel/profile-page","href":"https://x.example"},{"rel":"self","type":"application/activity+json","href":"https://social.a.example/users/ada"}]}`: "social.a.example",
		`{"links":{"rel":"self","type":"application/activity+json","href":"https://social.a.example:8443/users/ada"}}`:                                                                         "social.a.example:8443",
		`{"links":[{"rel":"self","type":"application/activity+json","href":"http://social.a.example/users/ada"}]}`:                                                                             "",
		`{"links":[{"rel":"self","type":"application/activity+json","href":"http://localhost/users/ada"}]}`:                                                                                    "",
		`{"links":[]}`: "", `[]`: "", `<html>`: "",
	} {
		host, err := resolver(pages{ask: body}, false).HomeOf(context.Background(), "ada", "a.example")
		if host != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", body, host, err)
		}
	}
}

func TestPrivateHostsAreAskedFromLoopbackOnly(t *testing.T) {
	for _, host := range []string{"localhost:8081", "192.168.1.1", "router.local", ""} {
		if _, err := resolver(nil, false).Resolve(context.Background(), host); feeds.KindOf(err) != feeds.Refused {
			t.Errorf("%q: %v", host, err)
		}
	}
	r := resolver(nil, true)
	one, err := r.Resolve(context.Background(), "localhost:8081")
	if err != nil {
		t.Fatal(err)
	}
	if two, _ := r.Resolve(context.Background(), "localhost:8081"); one != two {
		t.Error("the same host has two sources")
	}
}

func TestRecordedDocumentsAreRead(t *testing.T) {
	dir := os.Getenv("CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Log("no recorded documents beside this checkout")
		return
	}
	named, all := 0, 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		kind := filepath.Base(filepath.Dir(path))
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") || strings.HasSuffix(path, ".headers.json") || kind != "nodeinfo" && kind != "webfinger" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		all++
		if _, ok := decodeNodeinfo(data); ok {
			named++
		} else if _, ok := bestSchema(data, "https://a.example"); ok {
			named++
		} else if _, ok := decodeFinger(data); ok {
			named++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if named*2 < all {
		t.Errorf("only %d of %d documents say something", named, all)
	}
}

func FuzzNodeinfo(f *testing.F) {
	f.Add([]byte(`{"links":[{"rel":"` + schema + `2.0","href":"/20"}]}`))
	f.Add([]byte(`{"software":{"name":"x","version":1},"metadata":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if href, ok := bestSchema(data, "https://a.example"); ok && !strings.HasPrefix(href, "http") && !strings.Contains(href, ":") {
			t.Errorf("address %q", href)
		}
		decodeNodeinfo(data)
		decodeFinger(data)
	})
}
