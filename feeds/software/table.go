package software

import (
	"vitrine/feeds"
	"vitrine/feeds/lemmy"
)

// software is a row of the table: all that is known of one beforehand.
type software struct {
	name  string   // as it writes itself
	names []string // as NodeInfo names it, in the form of canonicalName; the usual one first
	api   api      // how it is read; nil for what can't be
	feeds webFeeds
	// communities says that a group's name is asked for as "!name". Elsewhere it is a name like any other, as PeerTube's channels.
	communities bool
	// probe is the place in the order in which a server that doesn't say what it is (by NodeInfo, or to pages) is asked in the words
	// of each software, likeliest first; 0 for a software that has no address of its own where it describes itself.
	probe  int
	guests Guests
}

// Guests is what somebody without an account may expect of a software.
type Guests struct {
	NativeOnly   bool // it lets no page of another origin read it (no CORS)
	MostlyClosed bool // nearly all of it is for members
}

var (
	// noTrends are the views of what is popular, which Pleroma's family and GoToSocial don't keep.
	noTrends = feeds.Capabilities{TrendingPosts: true, TrendingTags: true, TrendingLinks: true}
	// membersFind are the same, the directory, which GoToSocial doesn't have, and search, which it has for members only, as Pixelfed does.
	membersFind = feeds.Capabilities{TrendingPosts: true, TrendingTags: true, TrendingLinks: true, Directory: true, Search: true}

	// Where the API is closed these web feeds stand in for it.
	mastodonFeeds = webFeeds{member: []string{"/@USER.rss"}, tag: "/tags/USER.rss", standIn: true}
	pleromaFeeds  = webFeeds{member: []string{"/users/USER/feed.rss"}, tag: "/tags/USER.rss", standIn: true}
	// Misskey's don't: it is for its members' sake that a note is closed.
	misskeyFeeds = webFeeds{member: []string{"/@USER.atom"}}
)

// table has every software that is known. What isn't here may be anything, and is read as Mastodon first. Glitch-soc calls itself
// mastodon; Truth Social and Threads have no NodeInfo. It is never written to.
var table = []software{
	{name: "Mastodon", names: []string{"mastodon"}, api: mastodonAPI{}, feeds: mastodonFeeds},
	{name: "Hometown", names: []string{"hometown"}, api: mastodonAPI{}, feeds: mastodonFeeds},
	{name: "Fedibird", names: []string{"fedibird"}, api: mastodonAPI{}, feeds: mastodonFeeds},
	{name: "kmyblue", names: []string{"kmyblue"}, api: mastodonAPI{}, feeds: mastodonFeeds},

	{name: "Pleroma", names: []string{"pleroma"}, api: mastodonAPI{SearchesPosts: true, JoinsTags: true, ThreadIsConversation: true, Lacks: noTrends}, feeds: pleromaFeeds},
	{name: "Akkoma", names: []string{"akkoma"}, api: mastodonAPI{SearchesPosts: true, JoinsTags: true, ThreadIsConversation: true, InstanceV1: true, Lacks: noTrends}, feeds: pleromaFeeds},
	{name: "Rebased", names: []string{"rebased"}, api: mastodonAPI{SearchesPosts: true, JoinsTags: true, ThreadIsConversation: true}, feeds: pleromaFeeds},
	{name: "GoToSocial", names: []string{"gotosocial"}, api: mastodonAPI{Lacks: membersFind}, feeds: webFeeds{member: []string{"/@USER/feed.rss"}, standIn: true}, guests: Guests{MostlyClosed: true}},
	{name: "Pixelfed", names: []string{"pixelfed"}, api: mastodonAPI{Permalinks: true, Lacks: feeds.Capabilities{Search: true}}, feeds: webFeeds{member: []string{"/users/USER.atom"}, standIn: true}, guests: Guests{MostlyClosed: true}},
	{name: "Friendica", names: []string{"friendica"}, api: mastodonAPI{AccountByName: true, Lacks: feeds.Capabilities{Tags: true, Search: true}}, feeds: webFeeds{member: []string{"/feed/USER/"}, standIn: true}},
	{name: "Takahē", names: []string{"takahe"}, api: mastodonAPI{}},
	{name: "Hollo", names: []string{"hollo"}, api: mastodonAPI{}},
	{name: "Mitra", names: []string{"mitra"}, api: mastodonAPI{}},
	{name: "snac", names: []string{"snac"}, api: mastodonAPI{}, feeds: webFeeds{member: []string{"/USER.rss"}}, guests: Guests{NativeOnly: true}},
	{name: "NeoDB", names: []string{"neodb"}, api: mastodonAPI{}},
	{name: "Wildebeest", names: []string{"wildebeest"}, api: mastodonAPI{}},
	{name: "Wafrn", names: []string{"wafrn"}, api: mastodonAPI{}},
	{name: "Iceshrimp.NET", names: []string{"iceshrimp.net"}, api: mastodonAPI{}, guests: Guests{MostlyClosed: true}},
	{name: "Vernissage", names: []string{"vernissage"}, api: mastodonAPI{}},

	{name: "Misskey", names: []string{"misskey"}, api: misskeyAPI{}, feeds: misskeyFeeds, probe: 3},
	{name: "Sharkey", names: []string{"sharkey"}, api: misskeyAPI{}, feeds: misskeyFeeds},
	{name: "Firefish", names: []string{"firefish"}, api: misskeyAPI{}, feeds: misskeyFeeds},
	{name: "Calckey", names: []string{"calckey"}, api: misskeyAPI{}, feeds: misskeyFeeds},
	{name: "Catodon", names: []string{"catodon"}, api: misskeyAPI{}, feeds: misskeyFeeds},
	{name: "Iceshrimp", names: []string{"iceshrimp"}, api: misskeyAPI{}, feeds: misskeyFeeds},
	{name: "CherryPick", names: []string{"cherrypick"}, api: misskeyAPI{}, feeds: misskeyFeeds},
	{name: "FoundKey", names: []string{"foundkey"}, api: misskeyAPI{}, feeds: misskeyFeeds},
	{name: "Magnetar", names: []string{"magnetar"}, api: misskeyAPI{}},

	{name: "PeerTube", names: []string{"peertube"}, api: peertubeAPI{}, feeds: webFeeds{member: []string{"/feeds/videos.xml?videoChannelName=USER", "/feeds/videos.xml?accountName=USER"}, local: "/feeds/videos.xml?isLocal=true&sort=-publishedAt"}, probe: 1},

	{name: "Lemmy", names: []string{"lemmy"}, api: lemmyAPI{}, feeds: webFeeds{member: []string{"/feeds/u/USER.xml"}, community: []string{"/feeds/c/USER.xml"}, local: "/feeds/local.xml?sort=New"}, communities: true, probe: 2},
	{name: "PieFed", names: []string{"piefed"}, api: lemmyAPI{Dialect: lemmy.PieFed}, communities: true, probe: 4},
	{name: "Mbin", names: []string{"mbin"}, api: mbinAPI{}, communities: true, probe: 5},
	{name: "/kbin", names: []string{"kbin"}, api: mbinAPI{}, communities: true},

	{name: "Mobilizon", names: []string{"mobilizon"}, api: activityPubAPI{}},
	{name: "Gancio", names: []string{"gancio"}, api: activityPubAPI{}},
	{name: "Castopod", names: []string{"castopod"}, api: activityPubAPI{}},
	{name: "Funkwhale", names: []string{"funkwhale"}, api: activityPubAPI{}},
	{name: "Owncast", names: []string{"owncast"}, api: activityPubAPI{}},
	{name: "WriteFreely", names: []string{"writefreely"}, api: activityPubAPI{}, feeds: webFeeds{member: []string{"/USER/feed/"}}},
	{name: "WordPress", names: []string{"wordpress"}, api: activityPubAPI{}},
	{name: "Ghost", names: []string{"ghost"}, api: activityPubAPI{}},
	{name: "Plume", names: []string{"plume"}, api: activityPubAPI{}},
	{name: "Hubzilla", names: []string{"hubzilla"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "Osada", names: []string{"osada"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "Streams", names: []string{"streams"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "Forte", names: []string{"forte"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "Smithereen", names: []string{"smithereen"}, api: activityPubAPI{}},
	{name: "Emissary", names: []string{"emissary"}, api: activityPubAPI{}},
	{name: "Guppe", names: []string{"guppe"}, api: activityPubAPI{}},
	{name: "BirdsiteLIVE", names: []string{"birdsitelive"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "Bridgy Fed", names: []string{"bridgy-fed", "bridgyfed"}, api: activityPubAPI{}},
	{name: "lotide", names: []string{"lotide"}, api: activityPubAPI{}},
	{name: "Prismo", names: []string{"prismo"}, api: activityPubAPI{}},
	{name: "XWiki", names: []string{"xwiki"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "NodeBB", names: []string{"nodebb"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "Discourse", names: []string{"discourse"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "BookWyrm", names: []string{"bookwyrm"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "GNU social", names: []string{"gnusocial"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},
	{name: "Loops", names: []string{"loops"}, api: activityPubAPI{}, guests: Guests{NativeOnly: true}},

	{name: "diaspora*", names: []string{"diaspora"}}, // it has neither an API for guests nor ActivityPub
}
