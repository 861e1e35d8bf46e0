package read

import (
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"vitrine/app/words"
	"vitrine/build/command"
	"vitrine/build/listing"
	"vitrine/build/syndicate"
	"vitrine/feeds/address"
	"vitrine/feeds/fetch"
	"vitrine/feeds/reader"
	"vitrine/web"
)

// Command is `read`.
func Command() command.Command {
	return command.Command{
		Name:  "read",
		Usage: "read ADDRESS [-limit N] [-format jsonfeed|atom|text] [-via HOST]",
		Short: "reads any profile, hashtag, server or thread and prints it",
		Run:   run,
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
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
	write, ok := map[string]func(io.Writer, *syndicate.Feed) error{"jsonfeed": syndicate.JSONFeed, "atom": syndicate.Atom, "text": syndicate.Text}[*format]
	if !ok {
		return command.Usagef("-format %q is not jsonfeed, atom or text", *format)
	}
	w, err := command.English(web.Files)
	if err != nil {
		return err
	}
	a, err := address.Parse(rest[0])
	if err != nil {
		return fmt.Errorf("%q is no address that can be read: %w", rest[0], err)
	}
	l, err := listing.Open(a, *via).List(ctx, a, listing.Options{Limit: *limit, Via: *via})
	if err != nil {
		return inWords(w, err)
	}
	remark(stderr, a, l)
	if l.Older != nil {
		fmt.Fprintf(stderr, "%d of %d posts are printed. Older ones could not be read: %v\n", len(l.Items), *limit, inWords(w, l.Older))
	}
	if err := write(stdout, feedOf(l, w)); err != nil {
		return err
	}
	missing := missingPosts(l, w, *format == "text")
	if missing == "" {
		return nil
	}
	if *format == "text" {
		stderr = stdout
		missing = "\n" + missing
	}
	_, err = fmt.Fprintln(stderr, missing)
	return err
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
	if total, shown := l.Thread.Focus.Counts.Replies, l.Thread.Shown; total > shown {
		said = append(said, w.N("thread.shown", total, w.Number(shown))+".")
	}
	switch {
	case l.Around != nil:
		p := w.Problem(l.Around, words.Problems{What: "replies", Now: fetch.SystemClock().Now()})
		said = append(said, strings.TrimSuffix(p.Title, ".")+".", p.Text)
	case l.Thread.Focus.Counts.Replies > l.Thread.Shown:
		said = append(said, w.T("thread.missing", l.Thread.Focus.Sightings[0].Host))
	}
	if l.More > 0 {
		said = append(said, fmt.Sprintf("%d of %d posts are printed: -limit %d prints all.", len(l.Items), len(l.Items)+l.More, len(l.Items)+l.More))
	}
	return strings.Join(said, " ")
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
	p := w.Problem(err, words.Problems{Now: fetch.SystemClock().Now()})
	return fmt.Errorf("%s. %s (%w)", strings.TrimSuffix(p.Title, "."), p.Text, err)
}

func feedOf(l *listing.Listing, w *words.Words) *syndicate.Feed {
	return &syndicate.Feed{ID: l.ID, Title: l.Title, Summary: l.Summary, Home: l.Home, Icon: l.Icon, Author: l.Author, Items: l.Items, Thread: l.Thread, Words: w}
}
