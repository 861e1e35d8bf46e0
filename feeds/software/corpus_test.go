package software

import (
	"path"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// TestCorpus reads every recorded answer: it is understood, or refused as BadData.
func TestCorpus(t *testing.T) {
	t.Parallel()
	for _, r := range feedstest.Corpus(t, nil, "nodeinfo") {
		for name, replies := range map[string]map[string]feedstest.Answered{
			"discovery": {wellKnown: {Body: r.Body}},
			"document":  {wellKnown: {Body: `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/n"}]}`}, "https://a.example/n": {Body: r.Body}},
		} {
			info, err := Probe(t.Context(), &feedstest.Network{Replies: replies}, "a.example")
			if !isUnderstood(err) || err == nil && info.Software != canonicalName(info.Software) {
				t.Errorf("%s as %s: %+v, %v", r.Name, name, info, err)
			}
		}
	}
	for _, r := range feedstest.Corpus(t, nil, "webfinger") {
		actor, err := decodeWebFinger([]byte(r.Body))
		if err != nil {
			continue
		}
		if _, isException := withoutActor[path.Base(r.Name)]; (actor == "") != isException {
			t.Errorf("%s: actor %q", r.Name, actor)
		}
	}
}

// isUnderstood reports how reading may end. NotFound comes from what a discovery leads to, which wasn't recorded.
func isUnderstood(err error) bool {
	switch feeds.KindOf(err) {
	case "", feeds.BadData, feeds.NotFound:
		return true
	}
	return false
}

// withoutActor are recorded descriptors of WebFinger that name no ActivityPub actor, with the reason.
var withoutActor = map[string]string{
	"fedify--actor-1.json":                                  "made up for a test of avatars",
	"rebased--winterdienst_webfinger.json":                  "OStatus only",
	"mastodon--spec-webfinger-hacker1.json":                 "OStatus only",
	"mastodon--spec-webfinger-hacker2.json":                 "OStatus only",
	"mastodon--spec-webfinger-hacker3.json":                 "OStatus only",
	"application-activitypub--webfinger.json":               "made up, its types and relations are exchanged",
	"application-activitypub--webfinger_unknown_field.json": "made up, its types and relations are exchanged",
}
