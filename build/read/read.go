package read

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"

	"vitrine/app/words"
	"vitrine/build/command"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/cache"
	"vitrine/feeds/fetch"
	"vitrine/feeds/reader"
	"vitrine/feeds/software"
	"vitrine/web"
)

// userAgent says who asks, as servers expect of programs.
const userAgent = "Vitrine (a reader of the fediverse)"

// Command is `read`.
func Command() command.Command {
	return command.Command{
		Name:  "read",
		Usage: "read ADDRESS [-limit N] [-format jsonfeed|atom|text] [-via HOST]",
		Short: "reads any profile, hashtag, server or thread and prints it",
		Run:   run,
	}
}

func run(ctx context.Context, args []string, stdout, _ io.Writer) error {
	flags := flag.NewFlagSet("read", flag.ContinueOnError)
	limit := flags.Int("limit", 20, "how many posts at most")
	format := flags.String("format", "jsonfeed", "jsonfeed, atom or text")
	via := flags.String("via", "", "server whose copy is read")
	rest, err := command.Parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return command.Usagef("one ADDRESS is needed, %d are given", len(rest))
	}
	if *limit < 1 {
		return command.Usagef("-limit %d is less than 1", *limit)
	}
	write, ok := map[string]func(io.Writer, *Listing, *words.Words) error{"jsonfeed": writeJSON, "atom": writeAtom, "text": writeText}[*format]
	if !ok {
		return command.Usagef("-format %q is not jsonfeed, atom or text", *format)
	}
	w, err := english()
	if err != nil {
		return err
	}
	a, err := address.Parse(rest[0])
	if err != nil {
		return fmt.Errorf("%q is no address that can be read: %w", rest[0], err)
	}
	l, err := List(ctx, a, *limit, *via)
	if err != nil {
		return inWords(w, err)
	}
	return write(stdout, l, w)
}

// english are the sentences of the command line.
func english() (*words.Words, error) {
	data, err := web.Files.ReadFile("locales/en.json")
	if err != nil {
		return nil, err
	}
	return words.Load(data)
}

// inWords makes a failure one line for people, with the technical cause behind it.
func inWords(w *words.Words, err error) error {
	p := w.Problem(err, words.Problems{Now: fetch.SystemClock().Now()})
	return fmt.Errorf("%s. %s (%w)", strings.TrimSuffix(p.Title, "."), p.Text, err)
}

// Listing is what stands at an address.
type Listing struct {
	Title    string
	Home     string // its page for people
	ID       string // an address that names it for ever
	Summary  string
	Icon     string
	Author   *feeds.Author // of a profile; nil otherwise
	Items    []reader.Item // in the order of time, newest first; a thread from its beginning
	Language string
}

// List reads an address. limit bounds the posts; via is a server whose copy is read, "" for the origin.
func List(ctx context.Context, a address.Address, limit int, via string) (*Listing, error) {
	clock := fetch.SystemClock()
	// Private hosts are asked only when the address itself is one, so that no link leads a server's answer there.
	private := address.IsLoopback(a.Host) || address.IsLoopback(via)
	f := fetch.New(fetch.Options{Clock: clock, Private: private, UserAgent: userAgent})
	l := lister{r: reader.New(cache.NewMemory(), software.New(f, clock, software.Options{Private: private}), clock), limit: limit, via: via}
	switch a.Kind {
	case address.Profile:
		return l.profile(ctx, a)
	case address.Community:
		a.User = "!" + a.User
		return l.profile(ctx, a)
	case address.Feed:
		return l.webFeed(ctx, a.URL)
	case address.Page:
		return l.page(ctx, a)
	case address.Server:
		return l.server(ctx, a)
	case address.Tag:
		return l.tag(ctx, a)
	case address.Post:
		return l.thread(ctx, a)
	}
	return nil, &feeds.Error{Kind: feeds.Unsupported, Host: a.Host, Op: "read a " + string(a.Kind)}
}

type lister struct {
	r     *reader.Reader
	limit int
	via   string
}

func (l lister) profile(ctx context.Context, a address.Address) (*Listing, error) {
	who, err := l.r.Profile(ctx, a.User, a.Domain, l.via)
	if err != nil {
		return nil, err
	}
	if who.Gone != "" {
		return nil, &feeds.Error{Kind: who.Gone, Host: who.Host}
	}
	return l.posts(ctx, who, feeds.ProfileFilter{Replies: a.Tab == "replies", OnlyMedia: a.Tab == "media"})
}

func (l lister) posts(ctx context.Context, who *feeds.Author, f feeds.ProfileFilter) (*Listing, error) {
	items, err := l.read(ctx, reader.ProfilePlace{Author: who, Filter: f})
	if err != nil {
		return nil, err
	}
	return &Listing{Title: who.DisplayName(), Home: who.URL, ID: who.URI, Summary: oneLine(who.Bio), Icon: who.Avatar, Author: who, Items: items}, nil
}

// webFeed reads an RSS, Atom or JSON feed.
func (l lister) webFeed(ctx context.Context, url string) (*Listing, error) {
	out := &Listing{Title: url, Home: url, ID: url}
	items, err := l.read(ctx, reader.WebFeedPlace{URL: url, Told: func(a *feeds.Author) {
		out.Title, out.Summary, out.Icon, out.Author = a.DisplayName(), oneLine(a.Bio), a.Avatar, a
		if a.URL != "" {
			out.Home = a.URL
		}
	}})
	out.Items = items
	return out, err
}

// page reads what stands at a URL that tells nothing by its form.
func (l lister) page(ctx context.Context, a address.Address) (*Listing, error) {
	found, err := l.r.Look(ctx, a.URL)
	switch {
	case err != nil:
		return nil, err
	case found.Post != nil:
		return l.thread(ctx, address.Address{Host: found.Post.Sightings[0].Host, ID: found.Post.Sightings[0].ID})
	case found.Author != nil:
		return l.posts(ctx, found.Author, feeds.ProfileFilter{})
	case len(found.Posts) > 0:
		out := &Listing{Title: a.URL, Home: a.URL, ID: a.URL}
		for _, p := range found.Posts[:min(len(found.Posts), l.limit)] {
			out.Items = append(out.Items, reader.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}})
		}
		return out, nil
	}
	return l.webFeed(ctx, found.Feed)
}

func (l lister) server(ctx context.Context, a address.Address) (*Listing, error) {
	out := &Listing{Title: a.Host, Home: address.Origin(a.Host) + "/"}
	if i, err := l.r.Instance(ctx, a.Host); err == nil { // without it its posts may still be read
		out.Title, out.Summary, out.Icon = i.Title, i.Summary, i.Icon
	}
	var place reader.Place = reader.ServerPlace{Host: a.Host, Scope: feeds.Local}
	switch a.Tab {
	case "federated":
		place = reader.ServerPlace{Host: a.Host, Scope: feeds.Federated}
	case "trending":
		place = reader.TrendPlace{Host: a.Host}
	}
	items, err := l.read(ctx, place)
	switch feeds.KindOf(err) {
	case feeds.NotFound, feeds.BadData, feeds.Unsupported: // perhaps it is a site with a web feed
		if site, ferr := l.webFeed(ctx, address.Origin(a.Host)+"/"); ferr == nil {
			return site, nil
		}
	}
	out.Items = items
	return out, err
}

func (l lister) tag(ctx context.Context, a address.Address) (*Listing, error) {
	host := a.Host
	if l.via != "" {
		host = l.via
	}
	if host == "" {
		return nil, fmt.Errorf("#%s is known differently on each server: name one, as #%s@mastodon.social", a.Tag, a.Tag)
	}
	items, err := l.read(ctx, reader.TagPlace{Host: host, Tag: a.Tag})
	return &Listing{Title: "#" + a.Tag + " on " + host, Home: address.Origin(host) + "/tags/" + a.Tag, Items: items}, err
}

func (l lister) thread(ctx context.Context, a address.Address) (*Listing, error) {
	var last *reader.ThreadSnapshot
	t := l.r.Thread(a.Host, a.ID, func(s *reader.ThreadSnapshot) { last = s })
	if err := t.Refresh(ctx); err != nil {
		return nil, err
	}
	posts := append(append([]*feeds.Post{}, last.Tree.Above...), last.Tree.Focus)
	for _, r := range last.Tree.Replies {
		if r.Post != nil {
			posts = append(posts, r.Post)
		}
	}
	out := &Listing{Title: title(last.Tree.Focus), Home: last.Tree.Focus.URL, ID: last.Tree.Focus.URI}
	for _, p := range posts[:min(len(posts), l.limit)] {
		out.Items = append(out.Items, reader.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}})
	}
	return out, nil
}

// read reads a list until there are enough posts.
func (l lister) read(ctx context.Context, p reader.Place) ([]reader.Item, error) {
	var last *reader.Snapshot
	f := l.r.Feed(p, func(s *reader.Snapshot) { last = s })
	if err := f.Refresh(ctx, nil); err != nil {
		return nil, err
	}
	for before := -1; len(last.Items) < l.limit && !last.End && len(last.Items) > before; {
		before = len(last.Items)
		if err := f.LoadOlder(ctx); err != nil {
			break // what was read is worth printing
		}
	}
	return last.Items[:min(len(last.Items), l.limit)], nil
}
