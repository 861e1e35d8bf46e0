package mastodon

import "vitrine/feeds"

// Quirks are how a software differs from Mastodon where its answers don't show it. The zero value is Mastodon.
type Quirks struct {
	// Software is the name that nodeinfo gave. When it is "" the name is read from the version that the server writes.
	Software string
	// Version is what the server was when it last said so, "" for unknown. It counts until Describe has the current one.
	Version string
	// Lacks are the views that the software never fills for guests. They aren't offered, and asking for one of them answers
	// with nothing, without a request: an unknown path is an error in a browser's console.
	Lacks feeds.Capabilities
	// SearchesPosts says that guests may search posts (Pleroma, Akkoma). Elsewhere that is for members.
	SearchesPosts bool
	// ThreadIsConversation says that a status's context is its whole conversation, siblings and all (Pleroma, Akkoma).
	ThreadIsConversation bool
	// AccountByName says that /accounts/NAME answers where /accounts/lookup wants a token (Friendica).
	AccountByName bool
	// InstanceV1 says that /api/v2/instance isn't there (Akkoma).
	InstanceV1 bool
	// Permalinks says that guests are shown posts by the addresses of their pages (Pixelfed).
	Permalinks bool
	// JoinsTags says that a hashtag's timeline heeds further hashtags, as that of Mastodon's own forks does (Pleroma, Akkoma).
	JoinsTags bool
}

// Capabilities implements feeds.Source. Before Describe has found a version, the current Mastodon's are assumed.
func (s *Source) Capabilities() feeds.Capabilities {
	return feeds.Capabilities{
		Profiles: true, Replies: true, Media: true, Pinned: true, FeaturedTags: s.since(3, 3),
		Local: true, Federated: true, Tags: true,
		TrendingPosts: s.since(3, 5), TrendingTags: s.since(3, 0),
		TrendingLinks: s.since(3, 5), Directory: s.since(3, 0),
		Threads: true, Search: s.since(4, 0), // before, search wanted a token
		TagsJoined:  s.quirks.JoinsTags || isMastodon(s.software()) && s.since(2, 7),
		TagHistory:  isMastodon(s.software()) && s.version() != "" && s.since(4, 0),
		SearchPosts: s.quirks.SearchesPosts,
	}.Without(s.quirks.Lacks)
}

// since reports that the server has what came with a version of Mastodon. Only Mastodon's own version numbers say so: of other
// softwares it is assumed, and Quirks.Lacks says otherwise.
func (s *Source) since(major, minor int) bool {
	if !isMastodon(s.software()) {
		return true
	}
	v, ok := parseNumber(s.version())
	return !ok || v.major == 0 || v.major > major || v.major == major && v.minor >= minor
}

// version is what the server last said that it is, "" for unknown.
func (s *Source) version() string {
	if i := s.Instance(); i != nil {
		return i.Version
	}
	return s.quirks.Version
}

// isMastodon recognises Mastodon and the forks that have another name in nodeinfo and Mastodon's numbers.
func isMastodon(software string) bool {
	switch software {
	case "mastodon", "hometown", "fedibird", "kmyblue":
		return true
	}
	return false
}
