package state

import (
	"slices"
	"strings"
	"unicode"

	"vitrine/feeds/address"
	"vitrine/feeds/follows"
)

// setFurther changes at which further servers the hashtag of the menu is read ("hosts"), or which further hashtags its posts have ("any",
// "all", "none"). The names stand in a text, with spaces or commas between them.
func (a *App) setFurther(which, text string) {
	if a.FollowMenu == nil {
		return
	}
	own := a.FollowMenu.Address
	f, ok := a.Follows.Find(own)
	if !ok || f.Kind != follows.Hashtag {
		return
	}
	a.FollowMenu = &FollowMenu{Address: own, SaidOf: "follow-tags", Made: a.FollowMenu.Made}
	var names []string
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		if name = strings.TrimLeft(name, "#"); which == "hosts" {
			server, err := address.Parse(name)
			if err != nil || server.Kind != address.Server {
				a.FollowMenu.Said = a.Words.T("follow.hosts.bad", name)
				return
			}
			name = server.Host
		}
		if name != "" && !slices.ContainsFunc(names, func(o string) bool { return strings.EqualFold(o, name) }) && !(which != "hosts" && strings.EqualFold(name, f.Tag)) {
			names = append(names, name)
		}
	}
	if setTags(&f.Tags, which, names); len(f.Tags.Any)+len(f.Tags.All)+len(f.Tags.None) > follows.MaxTags {
		a.FollowMenu.Said = a.Words.T("follow.tags.many")
		return
	}
	a.changeFollows(a.Words.T("follow.changed", FollowName(f)), func(d *follows.Data) error {
		d.Update(func(f *follows.Follow) {
			if setTags(&f.Tags, which, names); which == "hosts" {
				f.Hosts = names
			}
		}, own)
		if which == "hosts" {
			joinHashtag(d, own, f.Tag, names)
		}
		return nil
	})
}

func setTags(t *follows.Tags, which string, names []string) {
	switch which {
	case "any":
		t.Any = names
	case "all":
		t.All = names
	case "none":
		t.None = names
	}
}

// joinHashtag takes the same hashtag of those servers, which was followed by itself, into one source, with its lists.
func joinHashtag(d *follows.Data, own follows.Address, tag string, hosts []string) {
	var joined []follows.Address
	for _, o := range d.Follows {
		if o.Kind == follows.Hashtag && o.Address != own && strings.EqualFold(o.Tag, tag) && slices.Contains(hosts, o.Host) && len(o.Hosts) == 0 {
			joined = append(joined, o.Address)
			for _, list := range o.Lists {
				d.Put(list, true, own)
			}
		}
	}
	d.Remove(joined...)
}
