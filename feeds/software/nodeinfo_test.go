package software

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const wellKnown = "https://a.example/.well-known/nodeinfo"

func TestProbeFollowsTheNewestKnownSchema(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ discovery, at string }{
		"one":              {`{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"https://a.example/n"}]}`, "https://a.example/n"},
		"several":          {`{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/1.0","href":"/1.0"},{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.1","href":"/2.1"},{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/2.0"},{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.2","href":"/2.2"}]}`, "https://a.example/2.1"},
		"relative":         {`{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/1.1","href":"1.1?x=y"}]}`, "https://a.example/.well-known/1.1?x=y"},
		"plain http":       {`{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"http://a.example:80/n"}]}`, "https://a.example/n"},
		"another host":     {`{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"https://Social.A.example/n"}]}`, "https://social.a.example/n"},
		"secure namespace": {`{"links":[{"rel":"https://nodeinfo.diaspora.software/ns/schema/2.0","href":"/n"}]}`, "https://a.example/n"},
		"an object":        {`{"links":{"rel":"http://nodeinfo.diaspora.software/ns/schema/1.0","href":"/n"}}`, "https://a.example/n"},
		"an object's rest": {`{"links":{"rel":"http://nodeinfo.diaspora.software/ns/schema/1.0","href":"/1.0"},"0":{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/2.0"}}`, "https://a.example/2.0"},
		"numbered":         {`{"links":{"0":{"rel":"http://nodeinfo.diaspora.software/ns/schema/1.0","href":"/1.0"},"2":{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/2.0"}}}`, "https://a.example/2.0"},
		"among rubbish":    {"\xef\xbb\xbf \n" + `{"links":[null,7,[],{"rel":[],"href":{}},{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/n"}],"x":3}`, "https://a.example/n"},
	} {
		n := &feedstest.Network{Replies: map[string]feedstest.Answered{
			wellKnown: {Body: c.discovery},
			c.at:      {Body: `{"software":{"name":"mastodon","version":"4.5.2"}}`},
		}}
		got, err := Probe(t.Context(), n, "a.example")
		if want := (Nodeinfo{Software: "mastodon", Version: "4.5.2"}); err != nil || got != want {
			t.Errorf("%s: %+v, %v after\n%s", name, got, err, n.URLs())
		}
	}
}

func TestProbeFollowsRelativeLinksFromWhereARedirectLed(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{
		wellKnown:                    {URL: "https://social.a.example/.well-known/nodeinfo", Body: `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/n"}]}`},
		"https://social.a.example/n": {Body: `{"software":{"name":"hollo"}}`},
		"http://localhost:8081/n":    {Body: `{"software":{"name":"mastodon"}}`},
		"http://localhost:8081" + "/.well-known/nodeinfo": {Body: `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"http://localhost:8081/n"}]}`},
	}}
	for host, want := range map[string]string{"a.example": "hollo", "localhost:8081": "mastodon"} {
		if got, err := Probe(t.Context(), n, host); err != nil || got.Software != want {
			t.Errorf("%s: %+v, %v", host, got, err)
		}
	}
}

func TestDocumentsOfAllSoftwares(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		want Nodeinfo
	}{
		"2.1":                    {`{"version":"2.1","software":{"name":"peertube","version":"6.3.0"},"metadata":{"nodeName":" Films "}}`, Nodeinfo{Software: "peertube", Version: "6.3.0", Name: "Films"}},
		"1.0":                    {`{"version":"1.0","software":{"name":"diaspora","version":"0.7"},"protocols":{"inbound":["diaspora"],"outbound":[]},"openRegistrations":"true"}`, Nodeinfo{Software: "diaspora", Version: "0.7", Name: ""}},
		"capitals":               {`{"software":{"name":"GNU social","version":"2"}}`, Nodeinfo{Software: "gnusocial", Version: "2", Name: ""}},
		"PHP's empty object":     {`{"software":{"name":"friendica"},"metadata":[],"usage":[]}`, Nodeinfo{Software: "friendica", Version: "", Name: ""}},
		"numbers":                {`{"software":{"name":"pixelfed","version":0.12},"metadata":{"nodeName":7},"usage":{"users":{"total":"12"},"localPosts":{"all":3}}}`, Nodeinfo{Software: "pixelfed", Version: "0.12", Name: "7"}},
		"nulls":                  {`{"software":{"name":"lemmy","version":null,"repository":null},"protocols":null,"metadata":null}`, Nodeinfo{Software: "lemmy", Version: "", Name: ""}},
		"strange counts":         {`{"software":{"name":"gotosocial","version":""},"usage":{"users":{"total":-1},"localPosts":1e99}}`, Nodeinfo{Software: "gotosocial", Version: "", Name: ""}},
		"a name that isn't text": {`{"software":{"name":"mitra","version":{"major":4}},"metadata":{"nodeName":["x"]}}`, Nodeinfo{Software: "mitra", Version: "", Name: ""}},
	} {
		if got, err := decodeNodeinfo([]byte(c.body)); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, c.want)
		}
	}
}

func TestAFailedProbeKeepsItsKind(t *testing.T) {
	t.Parallel()
	const fine = `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/n"}]}`
	to := func(href string) feedstest.Answered {
		return feedstest.Answered{Body: `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"` + href + `"}]}`}
	}
	for name, c := range map[string]struct {
		discovery, document feedstest.Answered
		want                feeds.Kind
	}{
		"unreachable":          {feedstest.Answered{Err: errUnreachable}, feedstest.Answered{}, feeds.Unreachable},
		"not found":            {feedstest.Answered{Status: 404}, feedstest.Answered{}, feeds.NotFound},
		"members only":         {feedstest.Answered{Status: 401}, feedstest.Answered{}, feeds.NeedsLogin},
		"broken":               {feedstest.Answered{Body: fine}, feedstest.Answered{Status: 502, Body: "<html>"}, feeds.ServerError},
		"too often":            {feedstest.Answered{Body: fine}, feedstest.Answered{Status: 429}, feeds.RateLimited},
		"a web page":           {feedstest.Answered{Body: "<!doctype html>"}, feedstest.Answered{}, feeds.BadData},
		"nothing":              {feedstest.Answered{Body: " "}, feedstest.Answered{}, feeds.BadData},
		"a list":               {feedstest.Answered{Body: `[]`}, feedstest.Answered{}, feeds.BadData},
		"no links":             {feedstest.Answered{Body: `{}`}, feedstest.Answered{}, feeds.BadData},
		"links without schema": {feedstest.Answered{Body: `{"links":[{"rel":"self","href":"/n"}]}`}, feedstest.Answered{}, feeds.BadData},
		"cut off":              {feedstest.Answered{Body: fine}, feedstest.Answered{Body: `{"software":{"name":"mast`}, feeds.BadData},
		"without a name":       {feedstest.Answered{Body: fine}, feedstest.Answered{Body: `{"software":[],"version":"2.0"}`}, feeds.BadData},
		"a page as document":   {feedstest.Answered{Body: fine}, feedstest.Answered{Body: "<html>"}, feeds.BadData},
		"into this machine":    {to("http://localhost:8081/n"), feedstest.Answered{}, feeds.BadData},
		"into this network":    {to("https://192.168.1.1/n"), feedstest.Answered{}, feeds.BadData},
		"another scheme":       {to("file:///n"), feedstest.Answered{}, feeds.BadData},
		"with a password":      {to("https://a:b@a.example/n"), feedstest.Answered{}, feeds.BadData},
		"no address":           {to("https://%zz/"), feedstest.Answered{}, feeds.BadData},
	} {
		n := &feedstest.Network{Replies: map[string]feedstest.Answered{wellKnown: c.discovery, "https://a.example/n": c.document}}
		got, err := Probe(t.Context(), n, "a.example")
		e := feeds.AsError(err)
		if e == nil || e.Kind != c.want || got != (Nodeinfo{}) {
			t.Errorf("%s: %+v, %v, want %s", name, got, err, c.want)
			continue
		}
		if e.Kind == feeds.BadData && (e.Host != "a.example" || e.Op == "") {
			t.Errorf("%s: %v doesn't say where", name, err)
		}
	}
}

func FuzzDecodeDiscovery(f *testing.F) {
	f.Add([]byte(`{"links":{"rel":"http://nodeinfo.diaspora.software/ns/schema/1.0","href":"/1"},"0":{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/2"}}`))
	f.Add([]byte(`{"links":[{"rel":7,"href":[]},null]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if href, err := decodeDiscovery(body); (href == "") != (err != nil) {
			t.Fatalf("%q, %v", href, err)
		}
	})
}

func FuzzDecodeNodeinfo(f *testing.F) {
	f.Add([]byte(`{"software":{"name":"GNU social","version":2},"metadata":[]}`))
	f.Add([]byte(`{"software":[],"metadata":{"nodeName":{}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		info, err := decodeNodeinfo(body)
		if (info.Software == "") != (err != nil) || info.Software != canonicalName(info.Software) {
			t.Fatalf("%+v, %v", info, err)
		}
	})
}
