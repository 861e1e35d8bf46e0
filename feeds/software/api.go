package software

import (
	"vitrine/feeds"
	"vitrine/feeds/activitypub"
	"vitrine/feeds/lemmy"
	"vitrine/feeds/mastodon"
	"vitrine/feeds/mbin"
	"vitrine/feeds/misskey"
	"vitrine/feeds/peertube"
)

// api is how servers of a software are read: an adapter, and the quirks that it is made with. Equal values read a server in the same
// way.
type api interface {
	// family is the same for softwares that answer the same questions, whatever their quirks.
	family() string
	// source makes the adapter for a server that says of itself what info holds.
	source(f feeds.Fetcher, c feeds.Clock, host string, info Nodeinfo) feeds.Source
}

// mastodonAPI is Mastodon's API, or enough of it.
type mastodonAPI mastodon.Quirks

func (a mastodonAPI) family() string { return "mastodon" }

func (a mastodonAPI) source(f feeds.Fetcher, c feeds.Clock, host string, info Nodeinfo) feeds.Source {
	q := mastodon.Quirks(a)
	q.Software, q.Version = info.Software, info.Version
	return mastodon.New(f, c, host, q)
}

type misskeyAPI struct{}

func (misskeyAPI) family() string { return "misskey" }

func (misskeyAPI) source(f feeds.Fetcher, c feeds.Clock, host string, info Nodeinfo) feeds.Source {
	return misskey.New(f, c, host, misskey.Quirks{Software: info.Software})
}

type peertubeAPI struct{}

func (peertubeAPI) family() string { return "peertube" }

func (peertubeAPI) source(f feeds.Fetcher, c feeds.Clock, host string, _ Nodeinfo) feeds.Source {
	return peertube.New(f, c, host)
}

// lemmyAPI is Lemmy's API in one of its dialects, whose addresses differ.
type lemmyAPI lemmy.Quirks

func (a lemmyAPI) family() string { return "lemmy" + string(a.Dialect) }

func (a lemmyAPI) source(f feeds.Fetcher, c feeds.Clock, host string, info Nodeinfo) feeds.Source {
	q := lemmy.Quirks(a)
	q.Version = info.Version
	return lemmy.New(f, c, host, q)
}

type mbinAPI struct{}

func (mbinAPI) family() string { return "mbin" }

func (mbinAPI) source(f feeds.Fetcher, c feeds.Clock, host string, _ Nodeinfo) feeds.Source {
	return mbin.New(f, c, host)
}

// activityPubAPI is for softwares without an API for guests: their ActivityPub documents are read.
type activityPubAPI struct{}

func (activityPubAPI) family() string { return "activitypub" }

func (activityPubAPI) source(f feeds.Fetcher, c feeds.Clock, host string, info Nodeinfo) feeds.Source {
	return activitypub.New(f, c, host, activitypub.Quirks{Software: info.Software})
}
