// Package blocklist says what a site doesn't open: servers, accounts and posts. It matches what is known of them and asks nobody.
package blocklist

import (
	"fmt"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// List is what is blocked. The zero value blocks nothing.
type List struct {
	keys  map[string]bool // as Keys has them
	pages bool            // some of them are addresses of pages
}

// New reads entries: "host"; "*.host" for all servers below it, itself not; "@user@host" or "!name@host", which both stand for
// the person and the community of that name; and addresses of profiles, posts and web feeds. The error names the first entry
// that is none of these; the list has all others.
func New(entries []string) (List, error) {
	l := List{keys: map[string]bool{}}
	var wrong error
	for _, entry := range entries {
		if !l.add(entry) && wrong == nil {
			wrong = fmt.Errorf("%q can't be blocked: it names no server, account or post", entry)
		}
	}
	return l, wrong
}

func (l *List) add(entry string) bool {
	if entry = strings.TrimSpace(entry); strings.ContainsAny(entry, " \t\r\n") {
		return false
	}
	if below, ok := strings.CutPrefix(entry, "*."); ok {
		host, ok := address.CleanHost(below)
		if ok {
			l.keys["*."+host] = true
		}
		return ok
	}
	a, err := address.Parse(entry)
	if strings.Contains(entry, "://") && a.Kind != address.Server {
		l.keys[entry], l.pages = true, true
		return l.name(a) || err != nil || a.Kind == address.Feed || a.Kind == address.Page
	}
	return err == nil && l.name(a)
}

// name adds what an address names, if that has a name of its own.
func (l *List) name(a address.Address) bool {
	switch a.Kind {
	case address.Server:
		l.keys[a.Host] = true
	case address.Profile, address.Community:
		l.keys[handle(a.User, a.Domain)] = true
	case address.Post, address.Playlist:
		l.keys[a.Host+"/"+a.ID] = true
	default:
		return false
	}
	return true
}

func handle(user, domain string) string { return strings.ToLower("@" + user + "@" + domain) }

// Keys returns all that is compared, in order: "host", "*.host", "@user@host" in small letters, "host/id" of a post, and
// addresses as they were written. None has a space in it.
func (l List) Keys() []string {
	keys := make([]string, 0, len(l.keys))
	for k := range l.keys {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Empty reports that nothing is blocked.
func (l List) Empty() bool { return len(l.keys) == 0 }

// Host reports a blocked server. host is in the form of address.CleanHost: its port is part of it.
func (l List) Host(host string) bool {
	if l.Empty() {
		return false
	}
	for below, found := host, true; found; {
		if _, below, found = strings.Cut(below, "."); found && l.keys["*."+below] {
			return true
		}
	}
	return l.keys[host]
}

// Handle reports a blocked account, or one of a blocked server.
func (l List) Handle(user, domain string) bool {
	return !l.Empty() && (l.Host(domain) || l.keys[handle(user, domain)])
}

// Page reports a blocked address, and any of a blocked server. "" is none.
func (l List) Page(url string) bool {
	_, rest, found := strings.Cut(url, "://")
	if !found || l.Empty() {
		return false
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return l.keys[url] || l.Host(strings.ToLower(rest))
}

// At reports a post by the id that it has at a server.
func (l List) At(host, id string) bool { return !l.Empty() && (l.Host(host) || l.keys[host+"/"+id]) }

// Author reports who is blocked, or writes at a blocked server. nil is nobody.
func (l List) Author(a *feeds.Author) bool {
	return a != nil && !l.Empty() && (l.Handle(a.User, a.Domain) || l.Page(a.URL) || l.Page(a.URI))
}

// Post reports a post that is blocked, was written by somebody who is, or in a community that is. nil is none.
func (l List) Post(p *feeds.Post) bool {
	if p == nil || l.Empty() {
		return false
	}
	if l.Author(p.Author) || l.Author(p.Group) || l.page(p.URL) || l.page(p.URI) {
		return true
	}
	return slices.ContainsFunc(p.Sightings, func(s feeds.Sighting) bool { return l.keys[s.Host+"/"+s.ID] })
}

// Admit returns a post as a site shows it: nil if it is blocked, and without what it quotes if that is. A nil post stays nil.
func (l List) Admit(p *feeds.Post) *feeds.Post {
	switch {
	case p == nil || l.Post(p):
		return nil
	case p.Quote == nil || !l.Post(p.Quote.Post) && !l.Page(p.Quote.URL):
		return p
	}
	without := *p
	without.Quote = &feeds.Quote{State: feeds.QuoteBlocked}
	return &without
}

// page reports an address of a post, in whichever of its forms it was blocked.
func (l List) page(url string) bool {
	if l.Page(url) {
		return true
	}
	if !l.pages || url == "" {
		return false
	}
	a, err := address.Parse(url)
	return err == nil && a.Kind == address.Post && l.keys[a.Host+"/"+a.ID]
}
