package software

import (
	"vitrine/feeds"
	"vitrine/feeds/mastodon"
)

// api is what a software is read by.
type api string

const (
	byMastodon    api = "mastodon" // it has Mastodon's API, or enough of it
	byMisskey     api = "misskey"
	byPeerTube    api = "peertube"
	byLemmy       api = "lemmy"
	byPieFed      api = "piefed"
	byMbin        api = "mbin"
	byActivityPub api = "activitypub" // it has no API for guests; its ActivityPub documents are read
	byNone        api = ""
)

// software is what we know of one.
type software struct {
	name   string // for people
	api    api
	quirks mastodon.Quirks // where it is read by Mastodon's API
	// feed is the path of a member's web feed with USER in the name's place, which is read where the API is closed; "" for none.
	feed string
	// nativeOnly says that it lets no page of another origin read it (no CORS).
	nativeOnly bool
	// closed says that nearly all of it is for members.
	closed bool
}

// softwares are known by the name that NodeInfo has for them, in the form of canonicalName. What isn't here may be anything,
// and is read as Mastodon first. Glitch-soc calls itself mastodon; Truth Social and Threads have no NodeInfo.
var softwares = map[string]software{
	"mastodon": {name: "Mastodon", api: byMastodon, feed: "/@USER.rss"},
	"hometown": {name: "Hometown", api: byMastodon, feed: "/@USER.rss"},
	"fedibird": {name: "Fedibird", api: byMastodon, feed: "/@USER.rss"},
	"kmyblue":  {name: "kmyblue", api: byMastodon, feed: "/@USER.rss"},

	"pleroma":       {name: "Pleroma", api: byMastodon, feed: "/users/USER/feed.rss", quirks: mastodon.Quirks{ThreadIsConversation: true, Lacks: noTrends()}},
	"akkoma":        {name: "Akkoma", api: byMastodon, feed: "/users/USER/feed.rss", quirks: mastodon.Quirks{ThreadIsConversation: true, InstanceV1: true, Lacks: noTrends()}},
	"rebased":       {name: "Rebased", api: byMastodon, feed: "/users/USER/feed.rss", quirks: mastodon.Quirks{ThreadIsConversation: true}},
	"gotosocial":    {name: "GoToSocial", api: byMastodon, feed: "/@USER/feed.rss", closed: true, quirks: mastodon.Quirks{Lacks: noTrends()}},
	"pixelfed":      {name: "Pixelfed", api: byMastodon, feed: "/users/USER.atom", closed: true},
	"friendica":     {name: "Friendica", api: byMastodon, feed: "/feed/USER/", quirks: mastodon.Quirks{AccountByName: true, Lacks: feeds.Capabilities{Tags: true, Search: true}}},
	"takahe":        {name: "Takahē", api: byMastodon},
	"hollo":         {name: "Hollo", api: byMastodon},
	"mitra":         {name: "Mitra", api: byMastodon},
	"snac":          {name: "snac", api: byMastodon, nativeOnly: true},
	"neodb":         {name: "NeoDB", api: byMastodon},
	"wildebeest":    {name: "Wildebeest", api: byMastodon},
	"wafrn":         {name: "Wafrn", api: byMastodon},
	"iceshrimp.net": {name: "Iceshrimp.NET", api: byMastodon, closed: true},
	"vernissage":    {name: "Vernissage", api: byMastodon},

	"misskey":    {name: "Misskey", api: byMisskey},
	"sharkey":    {name: "Sharkey", api: byMisskey},
	"firefish":   {name: "Firefish", api: byMisskey},
	"calckey":    {name: "Calckey", api: byMisskey},
	"catodon":    {name: "Catodon", api: byMisskey},
	"iceshrimp":  {name: "Iceshrimp", api: byMisskey},
	"cherrypick": {name: "CherryPick", api: byMisskey},
	"foundkey":   {name: "FoundKey", api: byMisskey},
	"magnetar":   {name: "Magnetar", api: byMisskey},

	"peertube": {name: "PeerTube", api: byPeerTube},

	"lemmy":  {name: "Lemmy", api: byLemmy},
	"piefed": {name: "PieFed", api: byPieFed},
	"mbin":   {name: "Mbin", api: byMbin},
	"kbin":   {name: "kbin", api: byMbin},

	"mobilizon":    {name: "Mobilizon", api: byActivityPub},
	"gancio":       {name: "Gancio", api: byActivityPub},
	"castopod":     {name: "Castopod", api: byActivityPub},
	"funkwhale":    {name: "Funkwhale", api: byActivityPub},
	"owncast":      {name: "Owncast", api: byActivityPub},
	"writefreely":  {name: "WriteFreely", api: byActivityPub},
	"wordpress":    {name: "WordPress", api: byActivityPub},
	"ghost":        {name: "Ghost", api: byActivityPub},
	"plume":        {name: "Plume", api: byActivityPub},
	"hubzilla":     {name: "Hubzilla", api: byActivityPub, nativeOnly: true},
	"osada":        {name: "Osada", api: byActivityPub, nativeOnly: true},
	"streams":      {name: "Streams", api: byActivityPub, nativeOnly: true},
	"forte":        {name: "Forte", api: byActivityPub, nativeOnly: true},
	"smithereen":   {name: "Smithereen", api: byActivityPub},
	"emissary":     {name: "Emissary", api: byActivityPub},
	"guppe":        {name: "Guppe", api: byActivityPub},
	"birdsitelive": {name: "BirdsiteLIVE", api: byActivityPub, nativeOnly: true},
	"bridgy-fed":   {name: "Bridgy Fed", api: byActivityPub},
	"bridgyfed":    {name: "Bridgy Fed", api: byActivityPub},
	"lotide":       {name: "lotide", api: byActivityPub},
	"prismo":       {name: "Prismo", api: byActivityPub},
	"xwiki":        {name: "XWiki", api: byActivityPub, nativeOnly: true},
	"nodebb":       {name: "NodeBB", api: byActivityPub, nativeOnly: true},
	"discourse":    {name: "Discourse", api: byActivityPub, nativeOnly: true},
	"bookwyrm":     {name: "BookWyrm", api: byActivityPub, nativeOnly: true},
	"gnusocial":    {name: "GNU social", api: byActivityPub, nativeOnly: true},
	"loops":        {name: "Loops", api: byActivityPub, nativeOnly: true},

	"diaspora": {name: "diaspora*", api: byNone}, // it doesn't speak ActivityPub
}

// noTrends are the views of what a server's members talk about, which Pleroma's family and GoToSocial don't keep.
func noTrends() feeds.Capabilities {
	return feeds.Capabilities{TrendingPosts: true, TrendingTags: true, TrendingLinks: true}
}

// NameOf is what people call the software that NodeInfo, or a server's version, names so.
func NameOf(nodeinfoName string) string {
	if s, known := softwares[canonicalName(nodeinfoName)]; known {
		return s.name
	}
	return nodeinfoName
}

// SpeaksMastodon reports that a software, as NodeInfo names it, is read by Mastodon's API, or may be: of an unknown one nobody knows.
func SpeaksMastodon(nodeinfoName string) bool {
	s, known := softwares[canonicalName(nodeinfoName)]
	return !known || s.api == byMastodon
}
