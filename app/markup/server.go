package markup

import (
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/software"
)

// ServerHead draws what stands above a server's posts: what it is, and what a guest may see there as far as it says so.
func ServerHead(d *Drawing, i *feeds.Instance, buttons ...Node) Node {
	face := Sign(d.Icons, "server", "face sq")
	if src := first(i.Icon); src != "" {
		face = picture(src, "face sq", faceSize)
	}
	head := El("header", At("class", "head"),
		El("div", At("class", "top"), face, El("div", At("class", "row-b"), buttons...)),
		El("div", nil, El("h1", nil, InLines(address.ShowHost(i.Host))...), d.kindOfServer(i)),
		summary(i),
		d.guest(i.Access))
	return El("div", nil, d.banner(first(i.Thumbnail)), head)
}

// ServerFacts draws what runs on a server, for how many, and what a guest may see there as far as it is known.
func ServerFacts(d *Drawing, i *feeds.Instance, a feeds.Access) []Node {
	return []Node{d.kindOfServer(i), d.guest(a)}
}

// kindOfServer says what runs there and for how many.
func (d *Drawing) kindOfServer(i *feeds.Instance) Node {
	var parts []Node
	add := func(n Node) {
		if len(parts) > 0 {
			parts = append(parts, Text(d.Words.T("list.comma")))
		}
		parts = append(parts, n)
	}
	if i.Title != "" && i.Title != i.Host && i.Title != address.ShowHost(i.Host) {
		add(El("bdi", nil, Text(address.Show(i.Title))))
	}
	if i.Software != "" {
		add(El("bdi", nil, Text(strings.TrimSpace(SoftwareName(i.Software)+" "+release(i.Version)))))
	}
	switch {
	case i.Active > 0:
		add(Text(d.Words.N("server.active", i.Active)))
	case i.Users > 0:
		add(Text(d.Words.N("server.people", i.Users)))
	}
	if len(parts) == 0 {
		return Node{}
	}
	return El("p", At("class", "quiet"), parts...)
}

// release is a version without what a fork or a build adds to it.
func release(version string) string {
	if end := strings.IndexAny(version, "+ -("); end >= 0 {
		return version[:end]
	}
	return version
}

// SoftwareName writes a software's name as its makers do; one that isn't known with a capital letter.
func SoftwareName(nodeinfoName string) string {
	name, known := software.NameOf(nodeinfoName)
	if known || name == "" {
		return name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func summary(i *feeds.Instance) Node {
	if i.Summary == "" {
		return Node{}
	}
	return El("p", At("class", "bio", "dir", "auto"), Text(i.Summary))
}

// guest lists what is known to be open or closed. What a server doesn't say is left out: it shows by itself.
func (d *Drawing) guest(a feeds.Access) Node {
	var rows []Node
	for _, fact := range []struct {
		key string
		o   feeds.Openness
	}{
		{"guest.local", a.Local},
		{"guest.federated", a.Federated},
		{"guest.tags", a.Tags()},
		{"guest.links", a.TrendLinks()},
	} {
		if fact.o != feeds.OpennessUnknown {
			rows = append(rows, d.access(fact.key, fact.o))
		}
	}
	if len(rows) == 0 {
		return Node{}
	}
	return El("section", At("class", "panel", "aria-labelledby", "guest"),
		El("h2", At("id", "guest"), Text(d.Words.T("guest.title"))), El("dl", At("class", "sees"), rows...))
}

// Guest is all that is known of what somebody without an account meets on a server: what runs there, what it shows, whether pages
// may read it, and how much it lets itself be asked.
func Guest(d *Drawing, i *feeds.Instance, a feeds.Access, can feeds.Capabilities, b feeds.Budget) Node {
	w := d.Words
	row := func(key, value string) Node {
		return El("div", nil, El("dt", nil, Text(w.T(key))), El("dd", nil, Text(value)))
	}
	rows := []Node{row("guest.software", strings.TrimSpace(SoftwareName(i.Software)+" "+i.Version))}
	for _, view := range []struct {
		key string
		can bool
		o   feeds.Openness
	}{
		{"guest.local", can.Local, a.Local}, {"guest.federated", can.Federated, a.Federated}, {"guest.tags", can.Tags, a.Tags()},
		{"guest.profiles", can.Profiles, a.Profiles}, {"guest.threads", can.Threads, a.Threads},
		{"guest.trends", can.TrendingPosts || can.TrendingTags, a.Trends}, {"guest.links", can.TrendingLinks, a.TrendLinks()}, {"guest.search", can.Search, a.Search},
	} {
		switch {
		case !view.can:
			rows = append(rows, d.access(view.key, feeds.Disabled))
		case view.o == feeds.OpennessUnknown:
			rows = append(rows, row(view.key, w.T("guest.unasked")))
		default:
			rows = append(rows, d.access(view.key, view.o))
		}
	}
	rows = append(rows, row("guest.cors", w.T("guest.cors.yes"))) // else none of it could have been read
	if b.Limit > 0 {
		rows = append(rows, row("guest.budget", w.T("guest.budget.left", w.Number(b.Remaining), w.Number(b.Limit))))
	}
	return El("section", At("class", "section", "aria-labelledby", "guest-card", "data-part", "guest"),
		El("header", nil, El("h2", At("id", "guest-card"), Text(w.T("guest.detail")))), El("p", At("class", "quiet"), Text(w.T("guest.text"))), El("dl", At("class", "sees full"), rows...))
}

func (d *Drawing) access(key string, o feeds.Openness) Node {
	sign, class, words := "eye", "i yes s", "guest.open"
	switch o {
	case feeds.Members:
		sign, class, words = "lock", "i no s", "guest.members"
	case feeds.Disabled:
		sign, class, words = "eye-off", "i no s", "guest.off"
	}
	return El("div", nil, El("dt", nil, Sign(d.Icons, sign, class), Text(d.Words.T(key))), El("dd", nil, Text(d.Words.T(words))))
}

// Rules draws a server's house rules.
func Rules(d *Drawing, rules []feeds.Rule) Node {
	items := make([]Node, 0, len(rules))
	for _, r := range rules {
		words := []Node{Text(r.Text)}
		if r.Hint != "" {
			words = append(words, El("br", nil), El("span", At("class", "quiet"), Text(r.Hint)))
		}
		items = append(items, El("li", nil, El("span", At("dir", "auto"), words...)))
	}
	return El("ol", At("class", "rules"), items...)
}

// InLines lets a line that is too long, as one with a host may be, go on in the next one at a dot or before a port.
func InLines(host string) []Node {
	var out []Node
	for at := strings.LastIndexAny(host, ".:"); at > 0; at = strings.LastIndexAny(host, ".:") {
		out = append(out, Text(host[at:]), El("wbr", nil))
		host = host[:at]
	}
	out = append(out, Text(host))
	slices.Reverse(out)
	return out
}
