package software

// adapter is the package that reads a software.
type adapter string

const (
	byMastodon adapter = "mastodon" // it has Mastodon's API, or enough of it
	byNone     adapter = ""
)

// software is what we know of one.
type software struct {
	name    string // for people
	adapter adapter
}

// softwares are known by the name that NodeInfo has for them, in the form of canonicalName. What isn't here may be anything,
// and is read as Mastodon. Glitch-soc calls itself mastodon; Truth Social and Threads have no NodeInfo.
var softwares = map[string]software{
	"mastodon": {"Mastodon", byMastodon},
	"hometown": {"Hometown", byMastodon},
	"fedibird": {"Fedibird", byMastodon},
	"kmyblue":  {"kmyblue", byMastodon},

	"pleroma":       {"Pleroma", byMastodon},
	"akkoma":        {"Akkoma", byMastodon},
	"rebased":       {"Rebased", byMastodon},
	"gotosocial":    {"GoToSocial", byMastodon}, // nearly all of it for members only
	"pixelfed":      {"Pixelfed", byMastodon},   // nearly all of it for members only
	"friendica":     {"Friendica", byMastodon},
	"takahe":        {"Takahē", byMastodon},
	"hollo":         {"Hollo", byMastodon},
	"mitra":         {"Mitra", byMastodon},
	"snac":          {"snac", byMastodon},
	"neodb":         {"NeoDB", byMastodon},
	"wildebeest":    {"Wildebeest", byMastodon},
	"sharkey":       {"Sharkey", byMastodon},
	"firefish":      {"Firefish", byMastodon},
	"calckey":       {"Calckey", byMastodon},
	"catodon":       {"Catodon", byMastodon},
	"iceshrimp":     {"Iceshrimp", byMastodon},
	"iceshrimp.net": {"Iceshrimp.NET", byMastodon},

	"misskey":    {"Misskey", byNone},
	"cherrypick": {"CherryPick", byNone},
	"foundkey":   {"FoundKey", byNone},

	"peertube":   {"PeerTube", byNone},
	"loops":      {"Loops", byNone},
	"owncast":    {"Owncast", byNone},
	"castopod":   {"Castopod", byNone},
	"funkwhale":  {"Funkwhale", byNone},
	"vernissage": {"Vernissage", byNone},

	"lemmy":     {"Lemmy", byNone},
	"piefed":    {"PieFed", byNone},
	"mbin":      {"Mbin", byNone},
	"kbin":      {"kbin", byNone},
	"lotide":    {"lotide", byNone},
	"prismo":    {"Prismo", byNone},
	"nodebb":    {"NodeBB", byNone},
	"discourse": {"Discourse", byNone},

	"writefreely": {"WriteFreely", byNone},
	"wordpress":   {"WordPress", byNone},
	"ghost":       {"Ghost", byNone},
	"plume":       {"Plume", byNone},
	"bookwyrm":    {"BookWyrm", byNone},
	"mobilizon":   {"Mobilizon", byNone},
	"gancio":      {"Gancio", byNone},
	"xwiki":       {"XWiki", byNone},

	"diaspora":     {"diaspora*", byNone},
	"hubzilla":     {"Hubzilla", byNone},
	"osada":        {"Osada", byNone},
	"streams":      {"Streams", byNone},
	"gnusocial":    {"GNU social", byNone},
	"smithereen":   {"Smithereen", byNone},
	"wafrn":        {"Wafrn", byNone},
	"emissary":     {"Emissary", byNone},
	"guppe":        {"Guppe", byNone},
	"birdsitelive": {"BirdsiteLIVE", byNone},
}
