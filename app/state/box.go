package state

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds/find"
	"vitrine/feeds/follows"
	"vitrine/feeds/search"
)

const (
	// askPause is how long nothing more was typed before a server is asked for it.
	askPause = 600 * time.Millisecond
	// mostOptions is how many views the address box suggests.
	mostOptions = 10
	// shortest and longest are how many characters a server may be asked for while they are typed.
	shortest, longest = 2, 40
)

// Box is what the address box suggests for what stands in it. What is stored is looked through without asking anybody. A server is asked only
// once the reader has chosen that by its option, and from then on for as long as the page is open.
type Box struct {
	Options []Option // nil while the list is closed
	Active  int      // the option that the arrow keys have come to; -1 for none

	text   string
	open   bool         // the list is wanted: something was typed, and neither Escape pressed nor the box left
	read   bool         // stored and host are known, or about to be
	stored *find.Stored // nil until it is known
	host   string       // the server that can be asked; "" for none
	found  *find.Result // what it has answered; nil for nothing
	stop   context.CancelFunc
}

// Option is a view that is suggested, or with a Host the offer to ask that server.
type Option struct {
	Link, Host        string
	Sign, Name, Under string // Sign is the name of an icon
	Handle            string // of a person or a community, before Under; "" for none
}

// boxChange does what was done in the address box.
func (a *App) boxChange(e browser.BoxChange) {
	b, n := &a.Box, len(a.Box.Options)
	switch e.Key {
	case "":
		a.typed(e.Text)
	case "ArrowDown", "ArrowUp":
		switch {
		case n == 0:
			a.typed(e.Text)
		case e.Key == "ArrowDown":
			b.Active = (b.Active + 1) % n
		default:
			b.Active = (max(b.Active, 0) + n - 1) % n
		}
	case "Enter":
		if b.Active >= 0 {
			a.choose(b.Active)
		} else {
			a.closeBox()
			a.submit(browser.Submit{Form: "open", Text: e.Text})
		}
	default: // Escape, or the focus is elsewhere
		a.closeBox()
	}
}

// closeBox closes the list of suggestions. Nobody is asked any more for what was typed.
func (a *App) closeBox() {
	a.Box.Options, a.Box.Active, a.Box.open = nil, -1, false
	if a.Box.stop != nil {
		a.Box.stop()
	}
}

// choose opens the view of an option, or asks the server that it names.
func (a *App) choose(i int) {
	if i < 0 || i >= len(a.Box.Options) {
		return
	}
	o := a.Box.Options[i]
	if o.Host == "" {
		a.closeBox()
		a.browser.Go(o.Link, false)
		return
	}
	a.asksHost = true
	a.Box.Active = -1
	a.askFor(0)
	a.suggestViews()
}

// typed suggests views for a text. What is stored is read with the first letter.
func (a *App) typed(text string) {
	a.closeBox()
	b, visit := &a.Box, a.shown
	b.text, b.found, b.open = text, nil, true
	if !b.read && visit != nil {
		b.read = true
		followed, ctx := a.Follows.Follows, visit.ctx
		go func() {
			stored := a.finder.Stored(ctx)
			hosts, _, _ := a.askedServers(ctx, followed, false)
			a.later(func() {
				if a.shown != visit {
					return
				}
				if b.stored = stored; len(hosts) > 0 {
					b.host = hosts[0]
				}
				if b.open {
					a.askFor(askPause)
					a.suggestViews()
				}
			})
		}()
	}
	a.askFor(askPause)
	a.suggestViews()
}

// asked is the name that a server may be asked for while it is typed; "" where the text is an address, or too short.
func (b *Box) asked() string {
	q := find.Words(b.text)
	if n := utf8.RuneCountInString(q.Name); n < shortest && len(q.Name) < 3 || n > longest || strings.ContainsAny(b.text, "/:.") {
		return ""
	}
	return q.Name
}

// askFor asks the server that the reader has chosen to ask once nothing was typed for a while.
func (a *App) askFor(pause time.Duration) {
	b, visit := &a.Box, a.shown
	if !a.asksHost || b.host == "" || visit == nil || b.asked() == "" {
		return
	}
	if b.stop != nil {
		b.stop()
	}
	ctx, stop := context.WithCancel(visit.ctx)
	b.stop = stop
	q, host := find.Words(b.text), b.host
	go func() {
		if pause > 0 {
			select {
			case <-a.clock.After(pause):
			case <-ctx.Done():
				return
			}
		}
		a.asker.Find(ctx, q, []string{host}, func(r *find.Result) {
			if !r.Busy() {
				a.later(func() {
					if ctx.Err() != nil {
						return
					}
					if err := r.Servers[0].Err; err != nil {
						a.asksHost, a.Note = false, a.problem(err)
					}
					b.found = r
					a.suggestViews()
				})
			}
		})
	}()
}

// suggestViews makes the options: what is followed, what was read before, servers of the list, what the server has answered, and the offer to ask it.
func (a *App) suggestViews() {
	b := &a.Box
	q := find.Words(b.text)
	var options []Option
	add := func(o Option) {
		for _, other := range options {
			if other.Link == o.Link {
				return
			}
		}
		if len(options) < mostOptions {
			options = append(options, o)
		}
	}
	hits := func(r *find.Result) {
		for _, list := range [][]*find.Hit{r.People, r.Communities, r.Tags} {
			for _, h := range list[:min(len(list), mostOptions/2)] {
				said := "find.from"
				if h.Stored {
					said = "find.stored"
				}
				o := Option{Under: a.Words.T(said, h.Hosts[0])}
				if h.Tag != nil {
					o.Link, o.Sign, o.Name = route.Links{}.Tag(h.Hosts[0], h.Tag.Tag.Name), "tag", "#"+h.Tag.Tag.Name
				} else {
					o.Link, o.Sign, o.Name = route.Links{}.Profile(h.Author), "person", PlainName(h.Author)
					if h.Author.Community {
						o.Sign = "people"
					}
					o.Handle = h.Author.Handle()
				}
				add(o)
			}
		}
	}
	if q.Name != "" && !strings.ContainsAny(b.text, "/:") {
		followed, servers := a.called(q)
		for _, f := range followed[:min(len(followed), mostOptions/2)] {
			add(Option{Link: string(f.Address), Sign: SignOf(f), Name: FollowName(f), Under: a.Words.T("find.followed")})
		}
		if b.stored != nil {
			hits(a.finder.Here(q, b.stored))
		}
		for _, s := range servers[:min(len(servers), mostOptions/3)] {
			o := Option{Link: route.Links{}.Server(s.Host), Sign: "server", Name: s.Host, Under: s.TextIn(a.Words.Lang())}
			if s.Feed != "" {
				o.Link, o.Sign = route.Route{View: route.Feed, URL: s.Feed}.String(), "feed"
			}
			add(o)
		}
		if b.found != nil {
			hits(b.found)
		}
	}
	if a.Built(route.Search) && searchable(b.text) {
		text := strings.TrimSpace(b.text)
		options = append(options, Option{Link: route.Route{View: route.Search, Query: text}.String(), Sign: "search", Name: a.Words.T("box.here", text), Under: a.Words.T("box.here.text")})
	}
	if q.Name != "" && !strings.ContainsAny(b.text, "/:") {
		if b.host != "" && !a.asksHost && b.asked() != "" {
			options = append(options, Option{Host: b.host, Sign: "search", Name: a.Words.T("box.ask", b.host), Under: a.Words.T("box.ask.text")})
		}
	}
	b.Options, b.Active = options, min(b.Active, len(options)-1)
}

// searchable reports a text that may be words to look for in what is stored, not an address.
func searchable(text string) bool {
	return len(text) <= 500 && !strings.Contains(text, "://") && !strings.HasPrefix(strings.TrimSpace(text), "@") && search.Parse(text, time.UTC).Plain() != ""
}

// SignOf names the icon of what is followed.
func SignOf(f follows.Follow) string {
	switch f.Kind {
	case follows.Hashtag:
		return "tag"
	case follows.Server:
		return "server"
	case follows.Community, follows.Channel:
		return "people"
	case follows.WebFeed:
		return "feed"
	case follows.Playlist:
		return "list"
	}
	return "person"
}
