package read

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/app/document"
	"vitrine/app/syndicate"
	"vitrine/app/words"
	"vitrine/build/command"
	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/fetch"
	"vitrine/feeds/reader"
	"vitrine/web"
)

// Command is `read`.
func Command() command.Command {
	return command.Command{
		Name:  "read",
		Usage: "read ADDRESS... [-follows FILE] [-since TIME|DURATION] [-words WORD,WORD] [-limit N] [-format jsonfeed|atom|text|html|epub|markdown] [-pictures none|small|full] [-out FILE] [-via HOST] [-complete]",
		Short: "reads any profile, hashtag, server, feed or thread, or several of them as one list, and prints it or makes a file of it",
		Run:   run,
	}
}

// request is what is asked for.
type request struct {
	addresses []string
	follows   string // name of a file; "" for none
	since     time.Time
	without   []string // words
	limit     int
	via       string
	complete  bool // further servers are asked for a conversation
	text      bool
	out       string // name of the file that is written; "" for standard output
	write     func(io.Writer, *syndicate.Feed) error
	document  document.Format // that is written in place of write; "" for none
	pictures  document.Pictures
	private   bool // servers on this machine may be asked for pictures: all addresses are on it

	stdout, stderr io.Writer
	words          *words.Words
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	q, err := parse(args, fetch.SystemClock().Now())
	if err != nil {
		return err
	}
	if q.words, err = command.English(web.Files); err != nil {
		return err
	}
	q.stdout, q.stderr = stdout, stderr
	if q.follows != "" || len(q.addresses) > 1 || !q.since.IsZero() || len(q.without) > 0 {
		return q.merge(ctx)
	}
	return q.single(ctx)
}

// mostSince is how many posts there are at most since a time, where no limit is given.
const mostSince = 1000

func parse(args []string, now time.Time) (*request, error) {
	flags := flag.NewFlagSet("read", flag.ContinueOnError)
	limit := flags.Int("limit", 20, "how many posts at most")
	format := flags.String("format", "jsonfeed", "jsonfeed, atom, text, html, epub or markdown")
	out := flags.String("out", "", "file that is written; without one, or with -, posts are printed")
	pictures := flags.String("pictures", string(document.Small), "of html, epub and markdown: which pictures are in the file: none, small or full")
	via := flags.String("via", "", "server whose copy is read")
	complete := flags.Bool("complete", false, "of a single post, further servers are asked for replies that its server doesn't have")
	follows := flags.String("follows", "", "file of addresses that are read too: OPML, CSV, JSON or any text")
	since := flags.String("since", "", "only posts since a time (RFC 3339) or a day (UTC), or of the last 24h or 7d")
	without := flags.String("words", "", "posts with one of these words are left out")
	rest, err := command.Parse(flags, args)
	if err != nil {
		return nil, err
	}
	q := &request{addresses: rest, follows: *follows, limit: *limit, via: *via, complete: *complete, text: *format == "text", pictures: document.Pictures(*pictures)}
	if *out != "-" {
		q.out = *out
	}
	if len(rest) == 0 && q.follows == "" {
		return nil, command.Usagef("an ADDRESS or -follows FILE is needed")
	}
	if *limit < 1 {
		return nil, command.Usagef("-limit %d is less than 1", *limit)
	}
	switch *format {
	case "jsonfeed":
		q.write = syndicate.JSONFeed
	case "atom":
		q.write = syndicate.Atom
	case "text":
		q.write = syndicate.Text
	case "html", "epub", "markdown":
		q.document = document.Format(*format)
	default:
		return nil, command.Usagef("-format %q is not jsonfeed, atom, text, html, epub or markdown", *format)
	}
	if q.pictures != document.None && q.pictures != document.Small && q.pictures != document.Full {
		return nil, command.Usagef("-pictures %q is not none, small or full", *pictures)
	}
	if *since != "" {
		if q.since, err = sinceWhen(*since, now); err != nil {
			return nil, err
		}
		limited := false
		flags.Visit(func(f *flag.Flag) { limited = limited || f.Name == "limit" })
		if !limited {
			q.limit = mostSince
		}
	}
	for w := range strings.SplitSeq(*without, ",") {
		if w = strings.TrimSpace(w); w != "" {
			q.without = append(q.without, w)
		}
	}
	return q, nil
}

// sinceWhen reads a time, or how long ago it was.
func sinceWhen(given string, now time.Time) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, given)
	if err != nil {
		at, err = time.Parse(time.DateOnly, given)
	}
	if err != nil {
		var ago time.Duration
		if days, isDays := strings.CutSuffix(given, "d"); isDays {
			var n int
			n, err = strconv.Atoi(days)
			ago = time.Duration(n) * 24 * time.Hour
		} else {
			ago, err = time.ParseDuration(given)
		}
		at = now.Add(-ago)
	}
	switch {
	case err != nil:
		return time.Time{}, command.Usagef("-since %q is neither a time, as 2026-11-29T08:00:00Z, nor a day, as 2026-11-29, nor a duration, as 24h or 7d", given)
	case !at.Before(now):
		return time.Time{}, command.Usagef("-since %q is not in the past", given)
	}
	return at, nil
}

// parseAddress reads an address of the command line.
func parseAddress(given string) (address.Address, error) {
	a, err := address.Parse(given)
	if err != nil {
		return a, fmt.Errorf("%q is no address that can be read: %w", given, err)
	}
	return a, nil
}

// single prints what stands at one address.
func (q *request) single(ctx context.Context) error {
	a, err := parseAddress(q.addresses[0])
	if err != nil {
		return err
	}
	q.private = address.IsLoopback(cmp.Or(q.via, a.Host))
	l, err := listing.Open(q.via, a).List(ctx, a, listing.Options{Limit: q.limit, Via: q.via, Complete: q.complete})
	if err != nil {
		return inWords(q.words, err)
	}
	remark(q.stderr, a, l)
	if asked := l.Search.Servers; len(asked) > 0 {
		fmt.Fprintf(q.stderr, "%d servers were asked %d times for this conversation. %s\n", len(asked), l.Search.Requests, notAll(l))
	}
	if l.Older != nil {
		fmt.Fprintf(q.stderr, "%d of %d posts are printed. Older ones could not be read: %v\n", len(l.Items), q.limit, inWords(q.words, l.Older))
	}
	missing := missingPosts(l, q.words, q.text)
	if missing != "" && !q.text {
		fmt.Fprintln(q.stderr, missing)
	}
	return q.print(ctx, feedOf(l, q.words), func(w io.Writer) error {
		if missing == "" || !q.text {
			return nil
		}
		_, err := fmt.Fprintln(w, "\n"+missing)
		return err
	})
}

// missingPosts says what of a conversation could not be read, and why; "" for nothing. Text has a line for each hole in its place.
func missingPosts(l *listing.Listing, w *words.Words, text bool) string {
	if l.Thread == nil {
		return ""
	}
	var said []string
	if hole := func(a reader.Ancestor) bool { return a.Hole != nil }; !text && slices.ContainsFunc(l.Thread.Above, hole) {
		said = append(said, w.T("ghost.above")+":", w.T("ghost.unknown", l.Thread.Focus.Sightings[0].Host))
	}
	lost := 0
	for _, n := range l.Search.Missing {
		lost += n
	}
	total, shown := l.Thread.Focus.Counts.Replies, l.Thread.Shown
	if asked := len(l.Search.Servers) > 0; asked {
		total = shown + lost
	}
	if total > shown {
		said = append(said, w.N("thread.shown", total, w.Number(shown))+".")
	}
	switch {
	case lost > 0:
		said = append(said, w.N("thread.lost", lost, w.Reasons(l.Search.Missing)))
	case l.Around != nil:
		p := w.Problem(l.Around, words.Problems{What: "replies", Now: fetch.SystemClock().Now()})
		said = append(said, strings.TrimSuffix(p.Title, ".")+".", p.Text)
	case total > shown:
		said = append(said, w.T("thread.missing", l.Thread.Focus.Sightings[0].Host))
	}
	if l.More > 0 {
		said = append(said, fmt.Sprintf("%d of %d posts are printed: -limit %d prints all.", len(l.Items), len(l.Items)+l.More, len(l.Items)+l.More))
	}
	return strings.Join(said, " ")
}

// notAll says what further servers weren't asked for; "" for nothing.
func notAll(l *listing.Listing) string {
	switch {
	case !l.Search.Done:
		return "The time for that ended."
	case l.Search.More:
		return "More could be asked."
	}
	return "They have told all that they know."
}

// remark says what a reader should know of a profile beside its posts.
func remark(out io.Writer, a address.Address, l *listing.Listing) {
	posts := len(l.Items)
	if a.Tab != "" {
		posts = -1
	}
	for _, said := range listing.Remarks(l.Author, posts, l.Others) {
		fmt.Fprintln(out, said)
	}
}

// inWords makes a failure one line for people, with the technical cause behind it.
func inWords(w *words.Words, err error) error {
	if known := (*feeds.Error)(nil); !errors.As(err, &known) && feeds.KindOf(err) == feeds.Internal {
		return err // advice, which needs no more words
	}
	p := w.Problem(err, words.Problems{Now: fetch.SystemClock().Now()})
	return fmt.Errorf("%s. %s (%w)", strings.TrimSuffix(p.Title, "."), p.Text, err)
}

func feedOf(l *listing.Listing, w *words.Words) *syndicate.Feed {
	return &syndicate.Feed{ID: l.ID, Title: l.Title, Summary: l.Summary, Home: l.Home, Icon: l.Icon, Author: l.Author, Items: l.Items, Thread: l.Thread, Words: w}
}
