package state

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"vitrine/app/route"
	"vitrine/app/settings"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/exchange"
	"vitrine/feeds/follows"
	"vitrine/feeds/jsontext"
)

// Import is what a file or a link brings, before anything of it is taken.
type Import struct {
	List       string           // the name of a shared list; "" for none, and for a file
	New        []follows.Follow // what isn't followed yet; their Lists are names
	Known      int              // how many are followed already
	Unreadable int              // how many lines can't be read, or name a page that nobody asked yet what it is
	Unread     []Unread         // the first of those that can't be read
	Repeated   int              // how many lines name again what one before them names
	NewLists   []string         // names of the lists that will be made
	First      bool             // it comes from the first of several files
	Cut        bool             // it is a list of a server that wasn't read to its end
	CutBy      *feeds.Error     // why; nil where it was stopped or is too long
	People     []Suggestion     // whom somebody follows, one by one: those who want to be found
	Rest       bool             // the file holds what only the settings import

	pages      []exchange.Entry // of which only their servers could tell what they are
	unreadable int              // how many can't be read without these
	all        []follows.Follow // the known ones too, which join the file's lists
	lists      []string         // names of the lists
	data       *follows.Data    // of a file of Vitrine: with filters
	lines      map[string]follows.Line
	more       bool              // it brings more than new sources and lists
	listed     map[string]string // names of the file's lists, by id
	keys       map[follows.Address]string
}

// Unread is a line of a file or a list that can't be read.
type Unread struct {
	exchange.Unread
	Kind feeds.Kind // why its server didn't say what it is; "" where it wasn't asked
}

// followOf is what an entry of a file names; false for a page of which only its server could tell what it is.
func followOf(e exchange.Entry, now time.Time) (follows.Follow, bool) {
	a, err := address.Parse(e.Address)
	if err != nil || e.Ask {
		return follows.Follow{}, false
	}
	r, ok := route.FromAddress(a)
	if !ok {
		return follows.Follow{}, false
	}
	f, ok := followOfRoute(r, now)
	if !ok {
		return f, false
	}
	return chosen(f, e), true
}

// chosen is a follow as a file wants it.
func chosen(f follows.Follow, e exchange.Entry) follows.Follow {
	f.Title, f.Lists, f.Filter.Languages = e.Title, e.Lists, e.Languages
	f.Filter.NoBoosts = e.Boosts == exchange.Hide
	if e.Replies != exchange.Unsaid {
		f.Filter.NoReplies = e.Replies == exchange.Hide
	}
	return f
}

// followOfRoute is what a view shows, as it is followed; false for a view of something else.
func followOfRoute(r route.Route, now time.Time) (follows.Follow, bool) {
	kinds := map[route.View]follows.Kind{
		route.Profile: follows.Profile, route.Community: follows.Community, route.Server: follows.Server, route.Tag: follows.Hashtag,
		route.Feed: follows.WebFeed, route.Playlist: follows.Playlist,
	}
	kind, ok := kinds[r.View]
	if !ok {
		return follows.Follow{}, false
	}
	f := follows.New(follows.Address(r.String()), kind, now)
	f.Host, f.Tag, f.URL = r.Host, r.Tag, r.URL
	switch kind {
	case follows.Profile, follows.Community:
		f.Handle, f.Host = r.User+"@"+r.Domain, r.Domain
	case follows.WebFeed:
		f.Host = (&WebFeedModel{Route: r}).Host()
	case follows.Playlist:
		f.ID, f.URL = r.ID, address.Address{Kind: address.Playlist, Host: r.Host, ID: r.ID}.String()
	}
	return f, true
}

// readImport reads a file, and compares it with what is followed.
func readImport(file []byte, charsets feeds.Charsets, d *follows.Data, now time.Time) (*Import, error) {
	r, err := exchange.Read(file, charsets)
	if err != nil {
		return nil, err
	}
	in := &Import{}
	in.take(r, now)
	turn := feeds.Turn{}
	for _, f := range slices.Concat(d.Follows, in.all) {
		turn.Next()
		in.key(f)
	}
	in.compare(d)
	return in, nil
}

// take takes over what was read of a file or a list.
func (in *Import) take(r exchange.Result, now time.Time) {
	in.unreadable, in.lists, in.Repeated = len(r.Unread)+r.MoreUnread, r.Lists, r.Repeated
	for _, u := range r.Unread {
		in.Unread = append(in.Unread, Unread{Unread: u})
	}
	if r.File != nil {
		in.takeFile(*r.File)
	}
	turn := feeds.Turn{}
	for _, e := range r.Entries {
		turn.Next()
		in.add(e, now)
	}
}

// add adds an entry of a file or a link.
func (in *Import) add(e exchange.Entry, now time.Time) {
	switch f, ok := followOf(e, now); {
	case ok:
		in.all = append(in.all, in.own(f))
	case e.Ask:
		in.pages = append(in.pages, e)
	default:
		in.unreadable++
		in.Unread = append(in.Unread, Unread{Unread: exchange.Unread{Line: e.Line, Text: e.Address, Reason: exchange.Page}})
	}
}

// Pages is how many entries are addresses of pages that nobody asked yet what they are.
func (in *Import) Pages() int { return len(in.pages) }

// readLink reads a list that somebody shares.
func readLink(text string, d *follows.Data, now time.Time) (*Import, error) {
	l, err := exchange.DecodeLink(text)
	if err != nil {
		return nil, err
	}
	in := &Import{List: l.Name}
	var lists []string
	if l.Name != "" {
		lists, in.lists = []string{l.Name}, []string{l.Name}
	}
	for _, text := range l.Addresses {
		a, err := address.Parse(text)
		in.add(exchange.Entry{Address: text, Ask: err == nil && a.Kind == address.Page, Lists: lists}, now)
	}
	in.compare(d)
	return in, nil
}

// FollowsAllOf reports that everything on a list that somebody shares is followed; link is what its address holds.
func (a *App) FollowsAllOf(link string) bool {
	in, err := readLink(link, a.Follows, a.clock.Now())
	return err == nil && in.Known > 0 && len(in.New)+in.Unreadable == 0
}

// takeFile takes over what only a file of Vitrine says.
func (in *Import) takeFile(f exchange.File) {
	d, err := follows.DecodeSections(f.Follows, f.Lists, f.Filters)
	if err != nil {
		return // what exchange reads of it is taken
	}
	in.data, in.listed, in.Rest = d, map[string]string{}, f.Settings != nil || f.Saved != nil
	for _, l := range d.Lists {
		in.listed[l.ID] = l.Name
	}
	if f.Lines != nil {
		_ = jsontext.Unmarshal(f.Lines, &in.lines) // lines that can't be read are none
	}
}

// own is a follow with all that the file of a Vitrine says of it.
func (in *Import) own(f follows.Follow) follows.Follow {
	if in.data == nil {
		return f
	}
	own, ok := in.data.Find(f.Address)
	if !ok {
		return f
	}
	own.Kind, own.Handle, own.Tag, own.URL = f.Kind, f.Handle, f.Tag, cmp.Or(f.URL, own.URL)
	own.Lists = f.Lists
	if own.Host == "" {
		own.Host = f.Host
	}
	if !allHosts(append(own.Hosts, own.Host)) {
		own.Host, own.Hosts = f.Host, nil
	}
	return own
}

// allHosts reports that all are names of servers.
func allHosts(hosts []string) bool {
	for _, h := range hosts {
		if clean, ok := address.CleanHost(h); !ok || clean != h {
			return false
		}
	}
	return true
}

// key is what is equal for all ways to write the address of a source. Finding that takes a while where there are thousands, so it is kept.
func (in *Import) key(f follows.Follow) string {
	key, known := in.keys[f.Address]
	if !known {
		var ok bool
		if key, ok = exchange.Key(string(f.Address)); !ok {
			key = string(f.Address)
		}
		if in.keys == nil {
			in.keys = map[follows.Address]string{}
		}
		in.keys[f.Address] = key
	}
	return key
}

// followed are the sources that are followed, by key.
func (in *Import) followed(d *follows.Data) map[string]*follows.Follow {
	all := make(map[string]*follows.Follow, len(d.Follows))
	for i := range d.Follows {
		all[in.key(d.Follows[i])] = &d.Follows[i]
	}
	return all
}

// compare tells what is new from what is followed already, which may join lists that are there.
func (in *Import) compare(d *follows.Data) {
	followed := in.followed(d)
	in.New, in.Known, in.Unreadable = nil, 0, in.unreadable+len(in.pages)
	in.NewLists, in.more = nil, in.data != nil
	for _, name := range in.lists {
		if !slices.ContainsFunc(d.Lists, func(l follows.List) bool { return l.Name == name }) {
			in.NewLists = append(in.NewLists, name)
		}
	}
	for _, f := range in.all {
		own := followed[in.key(f)]
		if own == nil {
			in.New = append(in.New, f)
			continue
		}
		in.Known++
		in.more = in.more || slices.ContainsFunc(f.Lists, func(name string) bool {
			return !slices.ContainsFunc(own.Lists, func(id string) bool { l, _ := d.List(id); return l.Name == name })
		})
	}
}

// Changes reports that it brings something that isn't there yet: a source, a list, a place in one, or what a file of Vitrine says beside that.
func (in *Import) Changes() bool { return len(in.New)+len(in.NewLists) > 0 || in.more }

// apply follows all of it. ids become those of the lists, by the file's ids.
func (in *Import) apply(d *follows.Data, ids map[string]string) {
	byName := map[string]string{}
	for _, l := range d.Lists {
		byName[l.Name] = l.ID
	}
	for _, name := range in.lists {
		if byName[name] == "" {
			byName[name] = d.MakeList(name)
			if in.data != nil {
				if i := slices.IndexFunc(in.data.Lists, func(l follows.List) bool { return l.Name == name }); i >= 0 {
					d.UpdateList(byName[name], func(l *follows.List) { l.Filter = in.data.Lists[i].Filter })
				}
			}
		}
	}
	for id, name := range in.listed {
		ids[id] = byName[name]
	}
	followed := in.followed(d)
	all := make([]follows.Follow, 0, len(in.all))
	for _, f := range in.all {
		if own := followed[in.key(f)]; own != nil {
			f.Address = own.Address
		}
		var lists []string
		for _, name := range f.Lists {
			lists = append(lists, byName[name])
		}
		f.Lists = lists
		all = append(all, f)
	}
	d.Add(all...)
	if in.data != nil {
		d.Filter = d.Filter.Joined(in.data.Filter)
	}
}

// takeImport follows what a file or a link brings.
func (a *App) takeImport(in *Import) {
	said := a.Words.N("following.imported", len(in.New))
	taken := *in
	in, taken.keys = &taken, maps.Clone(in.keys) // the view may go on with its own
	a.background(func(ctx context.Context) {
		ids := map[string]string{follows.Home: follows.Home}
		undo, err := a.changeBook(ctx, func(d *follows.Data) error { in.apply(d, ids); return nil })
		for feed, line := range in.lines {
			if id := ids[feed]; err == nil && id != "" {
				err = a.book.MoveLine(ctx, id, line, a.clock.Now())
			}
		}
		if err != nil && !undo.Empty() { // all of it or nothing
			_, _ = a.book.Change(ctx, func(d *follows.Data) error { d.Undo(undo); return nil })
		}
		a.later(func() {
			switch {
			case err != nil:
				a.Note = a.problem(err)
			case undo.Empty(): // nothing of it was new
				a.Note = said
			default:
				a.LastUndo = &Undo{Text: said, undo: undo}
			}
		})
	})
}

// own is what a file of the reader's own data holds; what is nil isn't in it.
type own struct {
	settings *settings.Settings
	follows  *Import
	saved    jsontext.Raw
}

// readOwn reads the file of a reader's own data. The errors are those of exchange.DecodeFile.
func readOwn(file []byte) (own, error) {
	f, err := exchange.DecodeFile(file)
	if err != nil {
		return own{}, err
	}
	o := own{saved: f.Saved}
	if f.Settings != nil {
		s, err := settings.Import(file)
		if err != nil {
			return own{}, err
		}
		o.settings = &s
	}
	if f.Follows != nil || f.Lists != nil || f.Filters != nil || f.Lines != nil {
		f.Saved = nil // it may be larger than lists ever are
		if file, err = exchange.EncodeFile(f); err == nil {
			o.follows, err = readImport(file, nil, &follows.Data{}, f.Exported)
		}
		if err != nil {
			return own{}, err
		}
	}
	return o, nil
}
