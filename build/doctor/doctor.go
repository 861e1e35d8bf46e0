// Package doctor says what a guest can see at an address, and why not: each part is asked for as the app would, natively and with an Origin,
// so that the answers' CORS headers show. What the app can read of it in a browser is found out by the app's own reading, which is told no
// more than a browser would tell it.
package doctor

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"vitrine/app/words"
	"vitrine/build/command"
	"vitrine/build/config"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/fetch"
	"vitrine/feeds/software"
	"vitrine/web"
)

// origin is what the doctor calls itself when it asks as a page of another site would.
const origin = "https://vitrine.example"

// Command is `doctor`.
func Command() command.Command {
	return command.Command{
		Name:  "doctor",
		Usage: "doctor ADDRESS|FEED [-config FILE] | doctor -all [-write]",
		Short: "says what an anonymous browser can see there, and why not",
		Run:   run,
	}
}

func run(ctx context.Context, args []string, stdout, _ io.Writer) error {
	flags := flag.NewFlagSet("doctor", flag.ContinueOnError)
	all := flags.Bool("all", false, "check every server of the built-in list")
	file := flags.String("config", "", "configuration instead of web/site.toml, whose feeds can be examined by their names")
	rewrite := flags.Bool("write", false, "with -all: note in web/content/servers.toml what is closed to guests")
	rest, err := command.Parse(flags, args)
	switch {
	case err != nil:
		return err
	case *all && len(rest) == 0:
		return examineAll(ctx, stdout, *rewrite, time.Now())
	case *all || *rewrite:
		return command.Usagef("-all stands alone, and -write beside it")
	case len(rest) != 1:
		return command.Usagef("one ADDRESS is needed, %d are given", len(rest))
	}
	site, err := config.Load(*file)
	if err != nil {
		return err
	}
	w, err := command.English(web.Files)
	if err != nil {
		return err
	}
	addresses := rest
	for _, f := range site.Feeds {
		if f.Name == rest[0] {
			addresses = f.Addresses
		}
	}
	var failed error
	for n, given := range addresses {
		if n > 0 {
			fmt.Fprintln(stdout)
		}
		failed = errors.Join(failed, examineOne(ctx, given, site.BaseURL, stdout, w))
	}
	return failed
}

func examineOne(ctx context.Context, given, baseURL string, stdout io.Writer, w *words.Words) error {
	a, err := address.Parse(given)
	if err != nil {
		return fmt.Errorf("%q is no address that can be examined: %w", given, err)
	}
	if a.Host == "" {
		return fmt.Errorf("%q names no server", given)
	}
	r := Examine(ctx, a, baseURL)
	r.Write(stdout, w)
	if r.Err != nil {
		return fmt.Errorf("%s can't be read: %w", address.ShowHost(a.Host), r.Err)
	}
	return nil
}

// View is one part of what was asked for, with its outcome for a guest's own program and for the app in a browser.
type View struct {
	Name    string
	Route   string // the app's fragment that shows it; "" where it has none of its own
	Err     error  // why a guest can't read it; nil where it is open
	Browser error  // why the app can't read it in a browser; nil where it can
	Why     string // where it wasn't asked for: the reason
	Note    string // what is to be said of it though it is open
}

// Report is what was found at an address.
type Report struct {
	Host     string
	Instance *feeds.Instance // nil when the server doesn't describe itself
	Views    []View
	Budget   feeds.Budget
	Official *Official // nil for what is no account
	Err      error     // why nothing could be read at all
}

// Examine asks for each part that a guest may be shown, and looks at an account as the source of an official feed of the site at
// baseURL, which may be "".
func Examine(ctx context.Context, a address.Address, baseURL string) *Report {
	private := address.IsLoopback(a.Host)
	client := fetch.New(fetch.Options{Private: private, UserAgent: "Vitrine (a reader of the fediverse)", Origin: origin})
	answers := &once{Fetcher: client}
	e := &examination{
		guest: newSide(answers, private, false), browser: newSide(browser{answers}, private, true),
		cors: &corsLog{Fetcher: answers}, report: &Report{Host: a.Host},
	}
	defer func() { e.report.Budget, _ = client.Budget(a.Host) }()
	if a.Kind == address.Feed {
		e.report.Err = e.feed(ctx, "web feed", a.URL)
		return e.report
	}
	if a.Kind == address.Page {
		a = e.page(ctx, a)
	}
	e.server(ctx, a)
	// As a run asks: a web feed doesn't stand in for a closed API there.
	asked := software.New(e.cors, fetch.SystemClock(), software.Options{Private: private, NoWebFeeds: true})
	found := e.webFeeds(ctx, answers, a)
	if found.first != "" {
		e.report.Err = nil
	}
	if s, err := asked.Resolve(ctx, a.Host); err == nil {
		e.official(ctx, s, a, baseURL, found)
	}
	return e.report
}

// failure is why nothing of somebody can be read whose profile answers.
func failure(who *feeds.Author) error {
	if f := who.Failure(); f != nil {
		return f
	}
	return nil
}

// marks is what a server says of an account as a whole.
func marks(who *feeds.Author) string {
	var out []string
	if who.Moved != nil {
		out = append(out, "moved to @"+who.Moved.Handle())
	}
	if who.Limited {
		out = append(out, "limited by the moderators")
	}
	if who.Banned {
		out = append(out, "banned by the moderators")
	}
	if who.ModsOnly {
		out = append(out, "only moderators post")
	}
	if who.Memorial {
		out = append(out, "in memoriam")
	}
	if who.Locked {
		out = append(out, "new followers are approved manually")
	}
	return strings.Join(out, ", ")
}

func wishes(w feeds.Wishes) string {
	var out []string
	for _, wish := range []struct {
		on   bool
		name string
	}{
		{w.NoIndex, "not in search engines"}, {w.NotIndexable, "not in full-text search"}, {w.NotDiscoverable, "not suggested"},
		{w.NoBot, "no bots"}, {w.NoArchive, "no archives"}, {w.SignInToView, "read after signing in only"},
	} {
		if wish.on {
			out = append(out, wish.name)
		}
	}
	return strings.Join(out, ", ")
}

// corsLog is a Fetcher that notes whether pages of other sites could have read the answers.
type corsLog struct {
	feeds.Fetcher

	mu     sync.Mutex
	asked  int
	denied int

	botWall bool   // a web page came where data was asked for
	caching string // of the last answer
	etag    bool
}

func (l *corsLog) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked, l.denied, l.botWall, l.caching, l.etag = 0, 0, false, "", false
}

func (l *corsLog) readable() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.asked > 0 && l.denied == 0
}

// Fetch implements feeds.Fetcher. Answers that merely say "no such path" while a software is being found out don't count.
func (l *corsLog) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	resp, err := l.Fetcher.Fetch(ctx, r)
	if err != nil || resp.Status == 404 {
		return resp, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked++
	l.botWall = l.botWall || isPage(resp) && strings.Contains(r.URL, "/api/")
	l.caching, l.etag = resp.Header["cache-control"], resp.Header["etag"] != ""
	if !readable(resp) {
		l.denied++
	}
	return resp, nil
}
