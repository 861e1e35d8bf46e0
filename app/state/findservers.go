package state

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/find"
	"vitrine/feeds/follows"
	"vitrine/feeds/jsontext"
)

// Unsearched are the servers that don't let guests search posts, as far as that is known.
func (m *FindModel) Unsearched() (hosts []string) {
	if m.Query.Sign != 0 {
		return nil
	}
	for _, s := range m.Result.Servers {
		if posts := m.Source(s.Host); posts == nil && s.Err == nil || posts != nil && posts.Err != nil {
			hosts = append(hosts, s.Host)
		}
	}
	return hosts
}

// Chips are the servers that are asked, as the sources of a list.
func (m *FindModel) Chips() []*HomeSource {
	var all []*HomeSource
	for _, s := range m.Result.Servers {
		h := &HomeSource{Follow: follows.Follow{Address: follows.Address(route.Links{}.Server(s.Host)), Kind: follows.Server, Host: s.Host, Title: s.Host}, Standing: Standing{Busy: s.Busy, Err: s.Err}}
		if posts := m.Source(s.Host); posts != nil {
			h.Busy = h.Busy || posts.Busy
			if m.Query.Sign == '#' {
				h.Err = posts.Err
			}
		}
		all = append(all, h)
	}
	return all
}

// hostOf is the server that a text names: by its name, or by the address of something there.
func hostOf(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if host, ok := address.CleanHost(text); ok {
		return host, true
	}
	a, err := address.Parse(text)
	if err != nil || a.Host == "" && a.Domain == "" {
		var why *address.Error
		if errors.As(err, &why) && why.Host != "" {
			return why.Host, true
		}
		return "", false
	}
	return cmp.Or(a.Host, a.Domain), true
}

func (m *FindModel) add(ctx context.Context, host string) {
	if !slices.Contains(m.chosen, host) && len(m.chosen) < find.MostServers {
		m.choose(ctx, append(slices.Clone(m.chosen), host))
	}
}

// choose keeps which servers are asked, and asks them; none: those that are chosen for the reader.
func (m *FindModel) choose(ctx context.Context, hosts []string) {
	m.Asked = ""
	followed := m.app.Follows.Follows
	go func() {
		kept, err := jsontext.Marshal(findRecord{Hosts: hosts})
		if err == nil {
			err = m.app.shelf.SaveRecord(ctx, findName, kept, 1)
		}
		asked, others, own := m.app.askedServers(ctx, followed, m.Query.Sign == '#')
		m.app.later(func() {
			if err != nil {
				m.app.Note = m.app.problem(err)
				return
			}
			m.chosen, m.Others, m.Own = asked, others, own
			m.begin(ctx)
			next := "[data-action=find-servers]" // what was pressed may be gone
			if m.Choosing {
				next = "#find-host"
			}
			m.app.afterDraw(func() { m.app.browser.FocusOn(next) })
		})
	}()
}

// findName names the record of the servers that the reader has chosen to be asked.
const findName = "find"

type findRecord struct {
	Hosts []string `json:"hosts"`
}

// askedServers are the servers that are asked for words or a hashtag: those that the reader has chosen, else a handful that is likely to answer. others
// are further ones that may be added; own: the reader has chosen them.
func (a *App) askedServers(ctx context.Context, followed []follows.Follow, tag bool) (hosts, others []string, own bool) {
	all := a.candidates(ctx, followed)
	var kept findRecord
	if value, _, err := a.shelf.Record(ctx, findName); err == nil && value != nil && jsontext.Unmarshal(value, &kept) == nil {
		for _, h := range kept.Hosts {
			if host, ok := address.CleanHost(h); ok && !a.blocked.Host(host) && !slices.Contains(hosts, host) && len(hosts) < find.MostServers {
				hosts = append(hosts, host)
			}
		}
	}
	own = len(hosts) > 0
	if !own {
		hosts = find.Choose(all, a.Words.Lang(), tag, find.Handful)
	}
	for _, host := range find.Choose(all, a.Words.Lang(), tag, 2*find.MostServers) {
		if !slices.Contains(hosts, host) {
			others = append(others, host)
		}
	}
	return hosts, others, own
}

// assumed is the software of a server on the list of which nothing is said: the one that it is read as at first.
const assumed = "mastodon"

// candidates are the servers of the site's list, and those that the reader knows.
func (a *App) candidates(ctx context.Context, followed []follows.Follow) []*find.Candidate {
	var all []*find.Candidate
	at := map[string]*find.Candidate{}
	add := func(host string) *find.Candidate {
		c := at[host]
		if c == nil {
			c = &find.Candidate{Host: host}
			at[host] = c
			if !a.blocked.Host(host) && (!a.Site.Demo || address.IsPrivate(host)) { // the demo asks no real server that wasn't named
				all = append(all, c)
			}
		}
		return c
	}
	for _, s := range a.Site.Servers {
		if s.Feed == "" {
			c := add(s.Host)
			c.Software, c.Languages = cmp.Or(s.Software, assumed), s.Languages
		}
	}
	for _, f := range followed {
		if f.Host != "" && f.Kind != follows.WebFeed {
			add(f.Host).Followed = true
		}
	}
	if used, err := a.upkeep.Usage(ctx); err == nil {
		for _, u := range used {
			if u.Posts > 0 {
				add(u.Host).Read = u.Posts
			}
		}
	}
	for _, c := range all {
		var i *feeds.Instance
		if i, c.Can, c.Access = a.reader.Known(ctx, c.Host); i != nil && i.Software != "" {
			c.Software = i.Software
		} else if c.Software == "" {
			c.Can = feeds.Capabilities{} // nobody knows what it is, as of hosts that only published a web feed
		}
	}
	return all
}
