package read

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"vitrine/build/command"
	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/exchange"
	"vitrine/feeds/fetch"
	"vitrine/feeds/follows"
)

// merge prints several addresses as one list. Sources that can't be read are named on standard error, a line each.
func (q *request) merge(ctx context.Context) error {
	sources, err := q.sources()
	if err != nil {
		return err
	}
	addresses := make([]address.Address, len(sources))
	for i, s := range sources {
		addresses[i] = s.Address
	}
	q.private = !slices.ContainsFunc(addresses, func(a address.Address) bool { return !address.IsLoopback(a.Host) })
	if here := slices.IndexFunc(addresses, func(a address.Address) bool { return address.IsLoopback(a.Host) }); here >= 0 && !q.private {
		fmt.Fprintf(q.stderr, "%s is on this machine: its servers are only asked when all addresses are\n", addresses[here].Host)
	}
	m := listing.Open(q.via, addresses...).Merge(ctx, sources, q.since, listing.Options{Limit: q.limit, Via: q.via})
	if err := ctx.Err(); err != nil {
		return err
	}
	failed := 0
	for _, p := range m.Parts {
		if p.Err != nil {
			failed++
		}
	}
	if failed == 1 && len(m.Parts) == 1 {
		return inWords(q.words, m.Parts[0].Err)
	}
	q.remarkParts(m)
	if failed == len(m.Parts) {
		return fmt.Errorf("none of the %d sources could be read", failed)
	}
	return q.print(ctx, feedOf(&m.Listing, q.words), nil)
}

// remarkParts says what a reader should know of a list beside its posts.
func (q *request) remarkParts(m *listing.Merged) {
	for _, p := range m.Parts {
		switch {
		case p.Err != nil:
			fmt.Fprintf(q.stderr, "%s: %s: %v\n", p.Address, feeds.KindOf(p.Err), inWords(q.words, p.Err))
			continue
		case p.Older != nil:
			fmt.Fprintf(q.stderr, "%s: %s: older posts could not be read: %v\n", p.Address, feeds.KindOf(p.Older), inWords(q.words, p.Older))
		}
		for _, err := range p.Lacks {
			fmt.Fprintf(q.stderr, "%s: %s: %v\n", p.Address, feeds.KindOf(err), inWords(q.words, err))
		}
		for _, said := range listing.Remarks(p.Author, -1, false) {
			fmt.Fprintf(q.stderr, "%s: %s\n", p.Address, said)
		}
	}
	if m.Hidden > 0 {
		fmt.Fprintf(q.stderr, "posts that filters leave out: %d\n", m.Hidden)
	}
	switch {
	case q.since.IsZero():
	case m.Full:
		fmt.Fprintf(q.stderr, "%d posts since %s are printed, and there may be more: -limit says how many there are at most\n", len(m.Items), q.since.UTC().Format(time.RFC3339))
	case m.Tired:
		fmt.Fprintf(q.stderr, "so many pages were read that posts since %s may be missing\n", q.since.UTC().Format(time.RFC3339))
	}
}

// sources are the addresses of the command line and of the file, each once.
func (q *request) sources() ([]listing.Source, error) {
	without := follows.Filter{}
	for _, w := range q.without {
		without.Rules = append(without.Rules, follows.Rule{Cause: follows.OfWord, Text: w})
	}
	hides := follows.Compile(follows.Everywhere, without)
	var all []listing.Source
	known := map[string]bool{}
	for _, given := range q.addresses {
		a, err := parseAddress(given)
		if err != nil {
			return nil, err
		}
		key, ok := exchange.Key(given)
		switch {
		case a.Kind == address.Post && !ok:
			return nil, command.Usagef("%s is a single post: it is read by itself, without -since and -words", given)
		case !ok: // a hashtag whose server -via names
			key = given
		case a.Tab != "":
			key += " " + a.Tab
		}
		if !known[key] {
			all = append(all, listing.Source{Address: a, Hides: hides})
		}
		known[key] = true
	}
	if q.follows == "" {
		return all, nil
	}
	file, err := q.file()
	if err != nil {
		return nil, err
	}
	kept := followed(file)
	for _, e := range file.Entries {
		a, err := address.Parse(e.Address)
		if key, ok := exchange.Key(e.Address); err != nil || !ok || known[key] {
			continue
		}
		own := follows.Filter{NoBoosts: e.Boosts == exchange.Hide, Languages: e.Languages}
		source := listing.Source{
			Address: a,
			Posts:   feeds.ProfileFilter{Replies: e.Replies == exchange.Show, NoBoosts: own.NoBoosts},
			Hides:   follows.Join(hides, follows.Compile(follows.Everywhere, own)),
		}
		key, _ := exchange.Key(e.Address)
		if f, ok := kept[key]; ok && f.Kind == follows.Hashtag && q.via == "" {
			source.Tag = &f
		}
		all = append(all, source)
	}
	return all, nil
}

// followed is what a file of Vitrine says of what is followed, by exchange.Key.
func followed(file exchange.Result) map[string]follows.Follow {
	if file.File == nil {
		return nil
	}
	data, err := follows.DecodeSections(file.File.Follows, file.File.Lists, file.File.Filters)
	if err != nil {
		return nil // what exchange reads of it is taken
	}
	kept := make(map[string]follows.Follow, len(data.Follows))
	for _, f := range data.Follows {
		if key, ok := exchange.Key(string(f.Address)); ok {
			kept[key] = f
		}
	}
	return kept
}

// maxUnread is how many lines of a file that weren't read are told one by one.
const maxUnread = 20

// file reads the file of follows. Its lines that name nothing are told on standard error.
func (q *request) file() (exchange.Result, error) {
	f, err := os.Open(q.follows)
	if err != nil {
		return exchange.Result{}, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, exchange.MaxSize+1))
	if err != nil {
		return exchange.Result{}, err
	}
	file, err := exchange.Read(text, fetch.Charsets{})
	if err != nil {
		return exchange.Result{}, fmt.Errorf("%s %s: %w", q.follows, unreadFile(err), err)
	}
	for i, u := range file.Unread {
		if i == maxUnread {
			break
		}
		said := unreadLine(u.Reason)
		if u.Text != "" {
			said = u.Text + ": " + said
		}
		fmt.Fprintf(q.stderr, "%s, line %d: %s\n", q.follows, u.Line, said)
	}
	if more := len(file.Unread) - maxUnread + file.MoreUnread; more > 0 {
		fmt.Fprintf(q.stderr, "%s: %d further lines name nothing that can be read\n", q.follows, more)
	}
	if len(file.Entries) == 0 {
		return exchange.Result{}, errors.New(q.follows + " names nothing that can be read")
	}
	return file, nil
}

// unreadFile says why a file can't be read.
func unreadFile(err error) string {
	switch feeds.KindOf(err) {
	case feeds.TooLarge:
		return fmt.Sprintf("is larger than %d MB, or names more than %d sources", exchange.MaxSize>>20, exchange.MaxEntries)
	case feeds.Unsupported:
		return "was written by a later version of Vitrine"
	}
	return "is no OPML, CSV, JSON or text with addresses"
}

// unreadLine says why a line of a file was not read.
func unreadLine(r exchange.Reason) string {
	switch r {
	case exchange.NoServer:
		return "its server is missing"
	case exchange.Post:
		return "a single post can't be followed"
	case exchange.Page:
		return "its address doesn't show that it can be followed"
	case exchange.Hidden:
		return "characters that people can't see stand in it"
	case exchange.Broken:
		return "the file ends in the middle of it"
	}
	return "it is no address"
}
