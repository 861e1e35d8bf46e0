package state

import (
	"context"
	"slices"
	"strings"

	"vitrine/app/settings"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/exchange"
	"vitrine/feeds/follows"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/software"
)

// exportOwn gives the reader all of their own data as one file.
func (a *App) exportOwn() {
	chosen, d, now := a.Settings, a.Follows, a.clock.Now()
	a.background(func(ctx context.Context) {
		lines, err := a.book.Lines(ctx)
		file := exchange.File{Exported: now, Settings: settings.Encode(chosen)}
		if len(d.Follows) > 0 || len(d.Lists) > 0 || !d.Filter.IsZero() {
			file.Follows = section(d.Follows)
			file.Lists = section(d.Lists)
			file.Filters = section(d.Filter)
		}
		if len(lines) > 0 {
			file.Lines = section(lines)
		}
		kept, keptErr := a.keeps.Encode(ctx)
		if err == nil {
			err = keptErr
		}
		file.Saved = kept
		text, encodeErr := exchange.EncodeFile(file)
		a.later(func() {
			if encodeErr != nil || err != nil && feeds.KindOf(err) != feeds.Storage {
				a.Note = a.Words.T("own.unreadable")
				return
			}
			a.browser.Download("vitrine.json", text)
		})
	})
}

// section is a part of the reader's own data in JSON.
func section(v any) jsontext.Raw {
	text, err := jsontext.Marshal(v)
	if err != nil {
		return nil // all of it is plain values
	}
	return text
}

// exportFollows gives the reader what is followed as a file that other programs read.
func (a *App) exportFollows(format string) {
	all, lists := entries(a.Follows)
	switch format {
	case "opml":
		a.browser.Download("following.opml", exchange.WriteOPML(a.Words.T("following.title"), all, lists))
	case "csv":
		file, left := exchange.WriteFollowingCSV(all)
		if left == len(all) {
			a.Note = a.Words.T("following.csv.none")
			return
		}
		a.browser.Download("following.csv", file)
		if left > 0 {
			a.Note = a.Words.N("following.csv.left", left)
		}
	default:
		a.exportOwn()
	}
}

// ShareLink is the address under which a list is offered to others; "" where it is empty or too long.
func (a *App) ShareLink(id string) string {
	l, _ := a.Follows.List(id)
	link := exchange.Link{Name: l.Name}
	for _, f := range a.Follows.Follows {
		if !slices.Contains(f.Lists, id) {
			continue
		}
		if e, ok := entryOf(f, nil); ok {
			link.Addresses = append(link.Addresses, e.Address)
		}
	}
	text, err := exchange.EncodeLink(link)
	if err != nil {
		return ""
	}
	return text
}

// Code is the QR code of the link of a list.
type Code struct {
	List   string // its id
	Link   string // with the site's address
	Size   int    // modules of a side; 0 until it is made
	Path   string // the dark ones as the data of an SVG path; "" where the link is too long for a code
	Failed bool   // what makes codes couldn't be loaded
}

// showCode shows the QR code of a list, or no longer.
func (m *FollowingModel) showCode(list string) {
	if m.Code != nil && m.Code.List == list {
		m.Code = nil
		return
	}
	link := m.app.ShareLink(list)
	if link == "" {
		return
	}
	c := &Code{List: list, Link: m.app.Root() + link}
	m.Code = c
	m.app.browser.Code(c.Link, func(size int, path string, err error) {
		m.app.later(func() {
			if m.Code != c {
				return
			}
			c.Size, c.Path, c.Failed = max(size, 1), path, err != nil
			m.app.changed(m)
		})
	})
}

// entryOf is what is followed as files name it; false for an address of a version to come.
func entryOf(f follows.Follow, names map[string]string) (exchange.Entry, bool) {
	a, err := address.Parse(string(f.Address))
	if err != nil {
		return exchange.Entry{}, false
	}
	e := exchange.Entry{Address: a.String(), Title: f.Title, Boosts: exchange.Show, Replies: exchange.Show, Languages: f.Filter.Languages}
	if f.Filter.NoBoosts {
		e.Boosts = exchange.Hide
	}
	if f.Filter.NoReplies {
		e.Replies = exchange.Hide
	}
	for _, id := range f.Lists {
		e.Lists = append(e.Lists, names[id])
	}
	if f.Handle != "" && (f.Software != "" || isNumber(f.ID)) {
		user, _, _ := strings.Cut(f.Handle, "@")
		if all := software.WebFeeds(f.Host, f.Software, user, f.Kind == follows.Community); len(all) > 0 {
			e.FeedURL = all[0]
		}
	}
	return e, true
}

// isNumber reports an id as Mastodon has them, where it isn't known what a server runs.
func isNumber(id string) bool { return id != "" && strings.Trim(id, "0123456789") == "" }

// entries are all that is followed as files name it, and the lists.
func entries(d *follows.Data) (all []exchange.Entry, lists []string) {
	names := map[string]string{}
	for _, l := range d.Lists {
		names[l.ID] = l.Name
		lists = append(lists, l.Name)
	}
	for _, f := range d.Follows {
		if e, ok := entryOf(f, names); ok {
			all = append(all, e)
		}
	}
	return all, lists
}
