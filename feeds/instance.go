package feeds

import (
	"time"

	"vitrine/feeds/content"
)

// Instance is a server of the fediverse. It is immutable.
// Source: https://docs.joinmastodon.org/entities/Instance/ and https://nodeinfo.diaspora.software/protocol
type Instance struct {
	Host        string      `json:",omitzero"` // API host, with its port
	Domain      string      `json:",omitzero"` // host part of its members' handles; may differ from Host
	Software    string      `json:",omitzero"` // lower case, as nodeinfo names it: "mastodon"
	Version     string      `json:",omitzero"` // as the server writes it: "4.5.2+glitch"
	Title       string      `json:",omitzero"` // plain text
	Summary     string      `json:",omitzero"` // one line, plain text
	Description content.Doc `json:",omitzero"`
	Rules       []Rule      `json:",omitzero"`
	Languages   []string    `json:",omitzero"` // BCP 47
	Thumbnail   string      `json:",omitzero"` // a wide picture; "" for none
	Icon        string      `json:",omitzero"` // square; "" for none
	Contact     *Author     `json:",omitzero"` // nil for none
	Email       string      `json:",omitzero"` // contact address; "" for none
	Users       int         `json:",omitzero"` // accounts; -1 when unknown
	Active      int         `json:",omitzero"` // accounts active in a month; -1 when unknown
	Posts       int         `json:",omitzero"` // -1 when unknown
	Access      Access      `json:",omitzero"`
	Fetched     time.Time   `json:",omitzero"`
	Long        content.Doc `json:",omitzero"` // what it says of itself at length; empty until that was asked for, and where there is nothing
	LongFetched time.Time   `json:",omitzero"` // when Long was asked for; zero for never
}

// MergeInstance returns what is known of a server from two values of it, of which b was read later. A server describes itself and says at
// length what it is in two answers: of what b has no answer to, a's stays.
func MergeInstance(a, b *Instance) *Instance {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	win, long := b, b
	if b.Fetched.IsZero() && !a.Fetched.IsZero() {
		win = a
	}
	if b.LongFetched.IsZero() {
		long = a
	}
	if win == long {
		return win
	}
	merged := *win
	merged.Long, merged.LongFetched = long.Long, long.LongFetched
	return &merged
}

// Rule is one of a server's house rules.
type Rule struct {
	Text string `json:",omitzero"` // plain text
	Hint string `json:",omitzero"` // plain text; "" for none
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

// Access is what a guest may see on a server, as it says itself (Mastodon 4.5 and later; Misskey's policies), or as its answers showed.
// Source: configuration.timelines_access of https://docs.joinmastodon.org/entities/Instance/
type Access struct {
	Local, Federated       Openness `json:",omitzero"` // live feeds
	TagLocal, TagFederated Openness `json:",omitzero"`
	TrendsLinkLocal        Openness `json:",omitzero"`
	TrendsLinkFederated    Openness `json:",omitzero"`
	// The rest no server says: it shows in what it answers.
	Profiles, Threads Openness `json:",omitzero"`
	Trends, Search    Openness `json:",omitzero"`
}

// With returns what two accounts of a server say together; where both say something, b counts.
func (a Access) With(b Access) Access {
	for _, f := range []struct {
		to   *Openness
		from Openness
	}{
		{&a.Local, b.Local}, {&a.Federated, b.Federated}, {&a.TagLocal, b.TagLocal}, {&a.TagFederated, b.TagFederated},
		{&a.TrendsLinkLocal, b.TrendsLinkLocal}, {&a.TrendsLinkFederated, b.TrendsLinkFederated},
		{&a.Profiles, b.Profiles}, {&a.Threads, b.Threads}, {&a.Trends, b.Trends}, {&a.Search, b.Search},
	} {
		if f.from != OpennessUnknown {
			*f.to = f.from
		}
	}
	return a
}

// Tags is what the halves of a hashtag's feed are together: open as a whole only where both are.
func (a Access) Tags() Openness { return strictest(a.TagLocal, a.TagFederated) }

// TrendLinks is the same for links that are passed on.
func (a Access) TrendLinks() Openness { return strictest(a.TrendsLinkLocal, a.TrendsLinkFederated) }

func strictest(a, b Openness) Openness {
	switch {
	case b == OpennessUnknown || a.Closed():
		return a
	case a == OpennessUnknown || b.Closed():
		return b
	}
	return a
}

// OpennessOf is what an answer says of a view: open when it came, closed when it was refused, switched off when there is no such thing;
// unknown after any other failure.
func OpennessOf(err error) Openness {
	switch KindOf(err) {
	case "":
		return Open
	case NeedsLogin, Refused:
		return Members
	case Unsupported, NotFound:
		return Disabled
	}
	return OpennessUnknown
}
