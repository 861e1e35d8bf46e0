package feeds

import (
	"time"

	"vitrine/feeds/content"
)

// Instance is a server of the fediverse. It is immutable.
// Source: https://docs.joinmastodon.org/entities/Instance/ and https://nodeinfo.diaspora.software/protocol
type Instance struct {
	Host        string // API host, with its port
	Domain      string // host part of its members' handles; may differ from Host
	Software    string // lower case, as nodeinfo names it: "mastodon"
	Version     string // as the server writes it: "4.5.2+glitch"
	Title       string // plain text
	Summary     string // one line, plain text
	Description content.Doc
	Rules       []Rule
	Languages   []string // BCP 47
	Thumbnail   string   // a wide picture; "" for none
	Icon        string   // square; "" for none
	Contact     *Author  // nil for none
	Email       string   // contact address; "" for none
	Users       int      // accounts; -1 when unknown
	Active      int      // accounts active in a month; -1 when unknown
	Posts       int      // -1 when unknown
	Access      Access
	Fetched     time.Time
}

// Rule is one of a server's house rules.
type Rule struct {
	Text string // plain text
	Hint string // plain text; "" for none
}

// Openness is whether somebody without an account may read something.
type Openness string

// The values of `timelines_access`; Unknown where a server doesn't say.
const (
	OpennessUnknown Openness = ""
	Open            Openness = "public"
	Members         Openness = "authenticated"
	Disabled        Openness = "disabled"
)

// Closed reports that a guest is known not to be let in.
func (o Openness) Closed() bool { return o == Members || o == Disabled }

// Access is what a guest may see on a server, as it says itself (Mastodon 4.5 and later).
// Source: configuration.timelines_access of https://docs.joinmastodon.org/entities/Instance/
type Access struct {
	Local, Federated       Openness // live feeds
	TagLocal, TagFederated Openness
	TrendsLinkLocal        Openness
	TrendsLinkFederated    Openness
}
