package doctor

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"vitrine/app/route"
	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/cache"
	"vitrine/feeds/fetch"
	"vitrine/feeds/reader"
	"vitrine/feeds/software"
)

// side is somebody who asks: a guest's own program, or the app in a browser. Both read as the app does.
type side struct {
	reader   *reader.Reader
	resolver *software.Resolver
	describe error // why the server couldn't say what it is

	who *feeds.Author // the person who was examined; nil where they couldn't be read
}

func newSide(f feeds.Fetcher, private, inBrowser bool) *side {
	resolver := software.New(f, fetch.SystemClock(), software.Options{Private: private, Browser: inBrowser})
	return &side{reader: reader.New(reader.Options{Store: cache.NewMemory(), Resolver: resolver, Clock: fetch.SystemClock()}), resolver: resolver}
}

// list reads the first posts of a list, as the view of it does.
func (s *side) list(ctx context.Context, p reader.Place) ([]*feeds.Post, error) {
	var last *reader.Snapshot
	q := s.reader.Feed(p, func(s *reader.Snapshot) { last = s })
	if err := q.Refresh(ctx, nil); err != nil {
		return nil, err
	}
	if len(last.Items) == 0 && !last.End {
		if err := q.LoadOlder(ctx); err != nil {
			return nil, err
		}
	}
	return reader.Posts(last.Items), nil
}

// timeline reads a list of the server. Where the server can't be read at all, the app doesn't ask for it.
func (s *side) timeline(ctx context.Context, p reader.Place) ([]*feeds.Post, error) {
	if s.describe != nil && !reader.MayShowPosts(s.describe) {
		return nil, s.describe
	}
	return s.list(ctx, p)
}

// examination asks for the parts of an address, each for a guest and in a browser.
type examination struct {
	guest, browser *side
	report         *Report
	posts          []*feeds.Post // that a guest was shown

	cors *corsLog // of what is asked for official feeds
}

// part asks for one part on both sides. What note returns is said of a part that is open.
func (e *examination) part(name, fragment string, ask func(*side) error, note func() string) error {
	v := View{Name: name, Route: fragment, Err: ask(e.guest), Browser: ask(e.browser)}
	if v.Err == nil && note != nil {
		v.Note = note()
	}
	e.report.Views = append(e.report.Views, v)
	return v.Err
}

func (e *examination) skip(name, why string) {
	e.report.Views = append(e.report.Views, View{Name: name, Why: why})
}

// notOffered is why a part isn't asked for that the software doesn't have.
const notOffered = "the software has none for guests"

// place asks for a list, where the software has it for guests.
func (e *examination) place(name string, can bool, r route.Route, list func(*side) ([]*feeds.Post, error)) {
	if !can {
		e.skip(name, notOffered)
		return
	}
	_ = e.part(name, r.String(), func(s *side) error {
		posts, err := list(s)
		if s == e.guest {
			e.posts = append(e.posts, posts...)
		}
		return err
	}, nil)
}

// server asks for what a server shows, then for what the address names.
func (e *examination) server(ctx context.Context, a address.Address) {
	host := a.Host
	view := route.Route{View: route.Server, Host: host}
	tab := func(name string) route.Route {
		r := view
		r.Tab = name
		return r
	}
	described := e.part("about", tab("about").String(), func(s *side) error {
		i, err := s.reader.Instance(ctx, host)
		if s == e.guest {
			e.report.Instance = i
		}
		s.describe = err
		return err
	}, nil)
	can := e.capabilities(ctx, host)
	e.place("local posts", can.Local, tab(""), func(s *side) ([]*feeds.Post, error) {
		return s.timeline(ctx, reader.ServerPlace{Host: host, Scope: feeds.Local})
	})
	e.place("federated posts", can.Federated, tab("federated"), func(s *side) ([]*feeds.Post, error) {
		return s.timeline(ctx, reader.ServerPlace{Host: host, Scope: feeds.Federated})
	})
	e.place("trending posts", can.TrendingPosts, tab("trending"), func(s *side) ([]*feeds.Post, error) {
		return s.timeline(ctx, reader.TrendPlace{Host: host})
	})
	tag := a.Tag
	for _, p := range e.posts {
		if tag == "" && len(p.Tags) > 0 {
			tag = p.Tags[0].Name
		}
	}
	if tag == "" {
		tag = "fediverse"
	}
	e.place("hashtag #"+tag, can.Tags, route.Route{View: route.Tag, Host: host, Tag: tag}, func(s *side) ([]*feeds.Post, error) {
		return s.list(ctx, reader.TagPlace{Host: host, Tag: tag})
	})
	if a.Kind == address.Playlist {
		e.place("playlist "+a.ID, true, route.Route{View: route.Playlist, Host: host, ID: a.ID}, func(s *side) ([]*feeds.Post, error) {
			return s.list(ctx, reader.PlaylistPlace{Host: host, List: a.ID, Bare: true})
		})
		a.ID = "" // it names no post
	}
	e.profile(ctx, a)
	e.thread(ctx, a)
	if can.Search {
		_ = e.part("search for people", "", func(s *side) error {
			source, err := s.resolver.Resolve(ctx, host)
			if err != nil {
				return err
			}
			searcher, err := feeds.As[feeds.AccountSearch](source)
			if err != nil {
				return err
			}
			_, err = searcher.SearchAccounts(ctx, "a")
			return err
		}, nil)
	} else {
		e.skip("search for people", notOffered)
	}
	for _, v := range e.report.Views {
		if v.Err == nil && v.Why == "" {
			return
		}
	}
	e.report.Err = described
}

// capabilities are what a guest's program knows of the server by now.
func (e *examination) capabilities(ctx context.Context, host string) feeds.Capabilities {
	s, err := e.guest.resolver.Resolve(ctx, host)
	if err != nil {
		return feeds.Capabilities{}
	}
	return s.Capabilities()
}

// profile looks at who was named, or at somebody whose posts were seen.
func (e *examination) profile(ctx context.Context, a address.Address) {
	user, domain := a.User, a.Domain
	for _, p := range e.posts {
		if user == "" && p.Author.Domain == a.Host {
			user, domain = p.Author.User, p.Author.Domain
		}
	}
	if user == "" {
		e.skip("profile", "nobody of the server was seen: name somebody, as @user@"+a.Host)
		return
	}
	view := route.Route{View: route.Profile, User: user, Domain: domain}
	if a.Kind == address.Community {
		view.View = route.Community
		user = "!" + user
	}
	_ = e.part("profile of "+user, view.String(), func(s *side) (err error) {
		if s.who, err = s.reader.Author(ctx, user, domain, ""); err == nil {
			err = failure(s.who)
		}
		return err
	}, nil)
	who := e.guest.who
	if who == nil {
		return
	}
	listed, others := 0, false
	_ = e.part("posts of "+user, view.String(), func(s *side) error {
		if s.who == nil {
			return e.report.Views[len(e.report.Views)-1].Browser
		}
		if err := failure(s.who); err != nil {
			return err
		}
		posts, err := s.list(ctx, reader.ProfilePlace{Author: s.who})
		if s == e.guest {
			e.posts, listed = append(posts, e.posts...), len(posts)
			if listed == 0 && err == nil && s.who.Counts.Posts > 0 {
				answers, err := s.list(ctx, reader.ProfilePlace{Author: s.who, Filter: feeds.ProfileFilter{Replies: true}})
				others = err == nil && len(answers) > 0
			}
		}
		return err
	}, func() string { return shownNone(who, listed, others) })
	if said := marks(who); said != "" {
		e.skip("state of "+user, said)
	}
	if w := wishes(who.Wishes); w != "" {
		e.skip("wishes of "+user, w)
	}
}

// shownNone is what is to be said of a list without posts; "" for nothing.
func shownNone(who *feeds.Author, listed int, others bool) string {
	if listed > 0 {
		return ""
	}
	alone := &feeds.Author{Host: who.Host, Counts: who.Counts}
	return strings.Join(listing.Remarks(alone, listed, others), " ")
}

// thread looks at the post that was named, or at one that was seen.
func (e *examination) thread(ctx context.Context, a address.Address) {
	id := a.ID
	for _, p := range e.posts {
		if here, seen := p.SeenAt(a.Host); id == "" && seen {
			id = here
		}
	}
	if id == "" {
		e.skip("conversation", "no post was seen: give the address of one")
		return
	}
	var read *reader.ThreadSnapshot
	_ = e.part("conversation "+id, route.Route{View: route.Post, Host: a.Host, ID: id}.String(), func(s *side) error {
		var last *reader.ThreadSnapshot
		thread := s.reader.Thread(a.Host, id, func(t *reader.ThreadSnapshot) { last = t })
		if a.Kind == address.Post && !a.Copy {
			thread.ReadAt(a.URL)
		}
		err := thread.Refresh(ctx)
		if s == e.guest {
			read = last
		}
		return err
	}, func() string { return missingReplies(read) })
}

// missingReplies says how many answers to a post aren't shown, and why; "" for none.
func missingReplies(t *reader.ThreadSnapshot) string {
	if t == nil || t.Tree == nil {
		return ""
	}
	total, shown := t.Tree.Focus.Counts.Replies, t.Tree.Shown
	switch {
	case t.Around != nil:
		return fmt.Sprintf("replies can't be read (%s); %d are counted", t.Around.Kind, max(total, 0))
	case total > shown:
		return fmt.Sprintf("%d replies are counted, %d shown", total, shown)
	}
	return ""
}

// page looks at what stands at a URL whose form doesn't say what it is, and returns the address of that.
func (e *examination) page(ctx context.Context, a address.Address) address.Address {
	var found feeds.Found
	err := e.part("this page", route.Route{View: route.Open, Query: a.URL}.String(), func(s *side) error {
		there, err := s.reader.Look(ctx, a.URL)
		if s == e.guest {
			found = there
		}
		return err
	}, nil)
	switch {
	case err != nil:
		if other, ok := a.Otherwise(); ok {
			return other
		}
	case found.Post != nil && len(found.Post.Sightings) > 0:
		return address.Address{Kind: address.Post, Host: found.Post.Sightings[0].Host, ID: found.Post.Sightings[0].ID, URL: a.URL}
	case found.Author != nil:
		return address.Address{Kind: address.Profile, Host: a.Host, User: found.Author.User, Domain: found.Author.Domain, URL: a.URL}
	}
	return a
}

// feed looks at a web feed.
func (e *examination) feed(ctx context.Context, name, link string) error {
	return e.part(name, route.Route{View: route.Feed, URL: link}.String(), func(s *side) error {
		_, err := s.list(ctx, reader.WebFeedPlace{URL: link})
		return err
	}, nil)
}

// pageOf is a page for people of an address, whose feeds it may name.
func pageOf(a address.Address, who *feeds.Author) string {
	switch {
	case who != nil && who.URL != "":
		return who.URL
	case a.URL != "":
		return a.URL
	case a.Kind == address.Tag:
		return address.Origin(a.Host) + "/tags/" + url.PathEscape(a.Tag)
	}
	return address.Origin(a.Host) + "/"
}
