package state

import (
	"slices"
	"strings"

	"vitrine/app/markup"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
	"vitrine/feeds/follows"
)

// links are the posts that texts link to, by the address of the link. Only servers that are known to be some are asked for one, and only
// once its place is near the screen.
type links struct {
	posts map[string]*linkedPost
	hosts map[string]bool                           // whether a host is known to be such a server; none: it wasn't looked up
	of    map[*feeds.Post][markup.MostLinked]string // the links of a post that can be shown
	other map[string]bool                           // links that lead to no post, whoever has them: most do, to people and hashtags
}

type linkedPost struct {
	addr  address.Address
	shown *markup.Linked
	asked bool
	lost  bool // it can't be shown: the link is all there is
}

// mostLinksKept is how many posts are remembered with what they link to.
const mostLinksKept = 400

// mostOthersKept is how many links that lead to no post are remembered.
const mostOthersKept = 10 * mostLinksKept

func newLinks() links {
	return links{posts: map[string]*linkedPost{}, hosts: map[string]bool{}, of: map[*feeds.Post][markup.MostLinked]string{}, other: map[string]bool{}}
}

// forgetStrangers has hosts looked up again that weren't known: one may have been read meanwhile.
func (l *links) forgetStrangers() {
	for host, known := range l.hosts {
		if !known {
			delete(l.hosts, host)
		}
	}
	clear(l.of)
}

// Linked returns the posts that a post links to, as far as they are known.
func (a *App) Linked(p *feeds.Post) (out [markup.MostLinked]*markup.Linked) {
	links, found := a.links.of[p]
	if !found {
		if len(a.links.of) >= mostLinksKept {
			a.links = newLinks()
		}
		links = a.linksOf(p)
		a.links.of[p] = links
	}
	n := 0
	for _, link := range links {
		x := a.links.posts[link]
		if x == nil || x.lost || x.shown.Post != nil && a.everywhere.Match(x.shown.Post, follows.Place{}, a.clock.Now()).Action != follows.Show {
			continue
		}
		out[n] = x.shown
		n++
	}
	return out
}

// linksOf finds the links of a post to posts on known servers, but to itself, what it answers and what it quotes: whether a quoted post may
// be shown, its author says.
func (a *App) linksOf(p *feeds.Post) (out [markup.MostLinked]string) {
	if p.Deleted {
		return out
	}
	blocks := p.Body.Blocks
	if at := p.Body.QuoteFallback; p.Quote != nil && at != nil && *at >= 0 && *at < len(blocks) {
		blocks = slices.Delete(slices.Clone(blocks), *at, *at+1)
	}
	for n, href := range a.linksIn(p, blocks, nil) {
		out[n] = href
	}
	return out
}

// linksIn adds the links of a part of a post's text to those that were found before it, each once and no more than are shown.
func (a *App) linksIn(p *feeds.Post, nodes []content.Node, found []string) []string {
	for i := range nodes {
		if len(found) == markup.MostLinked {
			break
		}
		if href := nodes[i].Href; nodes[i].Kind == content.Link && (len(found) == 0 || found[0] != href) && a.shows(p, href) {
			found = append(found, href)
		}
		found = a.linksIn(p, nodes[i].Children, found)
	}
	return found
}

// shows reports that a link of a post leads to another post that can be shown with it.
func (a *App) shows(p *feeds.Post, link string) bool {
	if a.links.other[link] {
		return false
	}
	if a.links.posts[link] == nil {
		addr, err := address.Parse(link)
		if err != nil || addr.Kind != address.Post || a.blocked.Page(link) || a.blocked.Host(addr.Host) {
			if len(a.links.other) >= mostOthersKept {
				clear(a.links.other)
			}
			a.links.other[strings.Clone(link)] = true // not a part of an answer, which would be kept with it
			return false
		}
		if !a.knowsServer(p, addr.Host) {
			return false
		}
		a.links.posts[link] = &linkedPost{addr: addr, shown: &markup.Linked{URL: link}}
	}
	addr := a.links.posts[link].addr
	own := []string{p.URL, p.URI}
	if p.ReplyTo != nil {
		own = append(own, string(p.ReplyTo.Key))
	}
	if q := p.Quote; q != nil {
		own = append(own, q.URL)
		if q.Post != nil {
			own = append(own, q.Post.URL, q.Post.URI)
		}
	}
	for _, url := range own {
		if other, err := address.Parse(url); url == link || err == nil && other.Kind == address.Post && other.Host == addr.Host && other.ID == addr.ID {
			return false
		}
	}
	for _, s := range p.Sightings {
		if s.Host == addr.Host && (s.ID == addr.ID || s.ParentID == addr.ID) {
			return false
		}
	}
	return true
}

// knowsServer reports that a host is known to be a server of the fediverse: it was read, the site's list has it, or somebody whom the post
// names is at home there. What is stored of it is looked up, and drawn when that is known.
func (a *App) knowsServer(p *feeds.Post, host string) bool {
	if p.URI != "" && p.Author.Domain == host {
		return true
	}
	for _, s := range p.Sightings {
		if s.Host == host && p.URI != "" {
			return true
		}
	}
	for _, m := range p.Mentions {
		if strings.HasSuffix(m.Handle, "@"+host) {
			return true
		}
	}
	known, found := a.links.hosts[host]
	if found {
		return known
	}
	known = a.hosts.knows(host)
	a.links.hosts[host] = known
	if !known && a.shown != nil {
		ctx := a.shown.ctx
		go func() {
			if _, known := a.hosts.Recall(ctx, host); known {
				a.later(func() {
					a.links.hosts[host] = true
					clear(a.links.of)
				})
			}
		}()
	}
	return known
}

// readLinked asks for a post that another one links to, once.
func (a *App) readLinked(link string) {
	x := a.links.posts[link]
	if x == nil || x.asked || x.lost || a.shown == nil {
		return
	}
	x.asked = true
	if a.Settings.DataSaver {
		x.shown = &markup.Linked{URL: link, Asked: true}
	}
	ctx := a.shown.ctx
	go func() {
		p, err := a.reader.Linked(ctx, x.addr)
		a.later(func() {
			if ctx.Err() != nil {
				x.asked, x.shown = false, &markup.Linked{URL: link} // another view may want it
				return
			}
			x.shown, x.lost = &markup.Linked{URL: link, Post: p}, err != nil
		})
	}()
}
