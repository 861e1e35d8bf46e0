package software

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const fingerAda = "https://a.example/.well-known/webfinger?resource=acct%3Aada%40a.example"

func self(contentType, href string) string {
	return `{"subject":"acct:ada@a.example","links":[{"rel":"http://webfinger.net/rel/profile-page","type":"text/html","href":"https://www.a.example/@ada"},` +
		`{"rel":"self","type":"application/html","href":"https://www.a.example/ada"},{"rel":"self","type":"` + contentType + `","href":"` + href + `"}]}`
}

func TestHomeOfIsWhereTheAccountLinksToItself(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, want string }{
		"same host":            {self("application/activity+json", "https://a.example/users/ada"), "a.example"},
		"another host":         {self("application/activity+json", "https://Social.a.example/users/ada"), "social.a.example"},
		"with a port":          {self("application/activity+json", "https://a.example:8443/users/ada"), "a.example:8443"},
		"the usual port":       {self("application/activity+json", "https://b.example:443/users/ada"), "b.example"},
		"with a parameter":     {self("Application/Activity+JSON; charset=utf-8", "https://b.example/users/ada"), "b.example"},
		"the longer type":      {self(`application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"`, "https://b.example/users/ada"), "b.example"},
		"international":        {self("application/activity+json", "https://bücher.example/users/ada"), "xn--bcher-kva.example"},
		"one link, no list":    {`{"links":{"rel":"self","type":"application/activity+json","href":"https://b.example/users/ada"}}`, "b.example"},
		"links with templates": {`{"links":[{"rel":"x","template":{}},{"rel":"self","type":"application/activity+json","href":"https://b.example/users/ada"}],"aliases":{}}`, "b.example"},
	} {
		n := &feedstest.Network{Replies: map[string]feedstest.Answered{fingerAda: {Body: c.body}}}
		got, err := New(n, feedstest.NewClock(), Options{}).HomeOf(t.Context(), "ada", "A.example")
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
}

func TestHomeOfSaysWhyThereIsNone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer feedstest.Answered
		want   feeds.Kind
	}{
		"unreachable":       {feedstest.Answered{Err: errUnreachable}, feeds.Unreachable},
		"unknown person":    {feedstest.Answered{Status: 404}, feeds.NotFound},
		"deleted":           {feedstest.Answered{Status: 410}, feeds.Gone},
		"members only":      {feedstest.Answered{Status: 401}, feeds.NeedsLogin},
		"a web page":        {feedstest.Answered{Body: "<html>"}, feeds.BadData},
		"cut off":           {feedstest.Answered{Body: `{"links":[`}, feeds.BadData},
		"no ActivityPub":    {feedstest.Answered{Body: self("text/html", "https://b.example/ada")}, feeds.NotFound},
		"an empty document": {feedstest.Answered{Body: `{}`}, feeds.NotFound},
		"plain http":        {feedstest.Answered{Body: self("application/activity+json", "http://b.example/ada")}, feeds.BadData},
		"another scheme":    {feedstest.Answered{Body: self("application/activity+json", "ipns://b.example/ada")}, feeds.BadData},
		"no host":           {feedstest.Answered{Body: self("application/activity+json", "/users/ada")}, feeds.BadData},
		"a password":        {feedstest.Answered{Body: self("application/activity+json", "https://a:b@b.example/ada")}, feeds.BadData},
		"this machine":      {feedstest.Answered{Body: self("application/activity+json", "http://localhost:8081/users/ada")}, feeds.BadData},
		"this network":      {feedstest.Answered{Body: self("application/activity+json", "https://10.0.0.1/users/ada")}, feeds.BadData},
	} {
		for _, private := range []bool{false, true} {
			n := &feedstest.Network{Replies: map[string]feedstest.Answered{fingerAda: c.answer}}
			got, err := New(n, feedstest.NewClock(), Options{Private: private}).HomeOf(t.Context(), "ada", "a.example")
			if feeds.KindOf(err) != c.want || got != "" {
				t.Errorf("%s (private %v): %q, %v, want %s", name, private, got, err, c.want)
			}
		}
	}
}

func TestADomainNamesWhoAnswersWebFingerForIt(t *testing.T) {
	t.Parallel()
	const finger = "https://social.example/.well-known/webfinger?resource=acct%3Aada%40a.example"
	xrd := func(links string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">` + links + `</XRD>`
	}
	for name, c := range map[string]struct{ body, want string }{
		"XML":               {xrd(`<Link rel="lrdd" template="https://social.example/.well-known/webfinger?resource={uri}"/>`), "b.example"},
		"with a type":       {xrd(`<Link rel="x" href="y"/><Link rel='lrdd' type='application/xrd+xml' template='https://social.example/.well-known/webfinger?resource={uri}'/>`), "b.example"},
		"over two lines":    {xrd("<Link rel=\"lrdd\"\n\ttemplate=\"https://social.example/.well-known/webfinger?resource={uri}\"></Link>"), "b.example"},
		"a prefix":          {`<x:XRD xmlns:x="http://docs.oasis-open.org/ns/xri/xrd-1.0"><x:Link rel="lrdd" template="https://social.example/.well-known/webfinger?resource={uri}"/></x:XRD>`, "b.example"},
		"JSON":              {`{"links":[{"rel":"x"},{"rel":"lrdd","template":"https://social.example/.well-known/webfinger?resource={uri}"}]}`, "b.example"},
		"plain http":        {xrd(`<Link rel="lrdd" template="http://social.example/.well-known/webfinger?resource={uri}"/>`), "b.example"},
		"an escaped query":  {xrd(`<Link rel="lrdd" template="https://social.example/.well-known/webfinger?x=1&amp;resource={uri}"/>`), ""},
		"no template":       {xrd(`<Link rel="lrdd" template="https://social.example/webfinger"/>`), ""},
		"itself":            {xrd(`<Link rel="lrdd" template="https://a.example/.well-known/webfinger?resource={uri}"/>`), ""},
		"a private network": {xrd(`<Link rel="lrdd" template="https://10.0.0.1/.well-known/webfinger?resource={uri}"/>`), ""},
		"a web page":        {`<html><link rel="stylesheet" href="x">Links</html>`, ""},
		"nothing":           {``, ""},
	} {
		n := &feedstest.Network{Replies: map[string]feedstest.Answered{
			"https://a.example/.well-known/host-meta": {Body: c.body},
			finger: {Body: self("application/activity+json", "https://b.example/users/ada")},
		}}
		got, err := New(n, feedstest.NewClock(), Options{Private: true}).HomeOf(t.Context(), "ada", "a.example")
		if got != c.want || c.want == "" && feeds.KindOf(err) != feeds.NotFound {
			t.Errorf("%s: %q, %v, want %q; asked\n%s", name, got, err, c.want, n.URLs())
		}
	}
}

func TestHomeOfAsksPrivateDomainsOnlyWhereAllowed(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{
		"http://town.localhost:8081/.well-known/webfinger?resource=acct%3Aada%40town.localhost%3A8081": {Body: self("application/activity+json", "http://social.localhost:8081/users/ada")},
	}}
	if got, err := New(n, feedstest.NewClock(), Options{Private: true}).HomeOf(t.Context(), "ada", "town.localhost:8081"); got != "social.localhost:8081" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	n.URLs()
	got, err := New(n, feedstest.NewClock(), Options{}).HomeOf(t.Context(), "ada", "town.localhost:8081")
	if got != "" || feeds.KindOf(err) != feeds.Refused || n.URLs() != "" {
		t.Errorf("%q, %v", got, err)
	}
}

func FuzzDecodeWebFinger(f *testing.F) {
	f.Add([]byte(self("application/activity+json", "https://a.example/users/ada")))
	f.Add([]byte(`{"links":{"0":{"rel":"self","type":"application/activity+json","href":"https://b.example/users/ada"}}}`))
	f.Add([]byte(`{"links":[[],{"rel":{}},7]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		actor, err := decodeWebFinger(body)
		if err != nil && actor != "" {
			t.Fatalf("%q, %v", actor, err)
		}
		if home, err := homeOf(actor, "a.example"); (home == "") != (err != nil) {
			t.Fatalf("%q: %q, %v", actor, home, err)
		}
	})
}
