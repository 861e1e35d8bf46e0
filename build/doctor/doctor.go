// Package doctor says what an anonymous browser can see at an address, and why not: each view of the server is asked for as the app
// would, natively and with an Origin, so that the answers' CORS headers show.
package doctor

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"sync"

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
		return examineAll(ctx, stdout, *rewrite)
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

// View is one thing that was asked for, with its outcome.
type View struct {
	Name string
	Err  error  // nil: open
	Why  string // where it wasn't asked for: the reason
	CORS bool   // pages of other sites may read the answers
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

// Examine asks for each view that a guest may be shown, and looks at an account as the source of an official feed of the site at
// baseURL, which may be "".
func Examine(ctx context.Context, a address.Address, baseURL string) *Report {
	private := address.IsLoopback(a.Host)
	client := fetch.New(fetch.Options{Private: private, UserAgent: "Vitrine (a reader of the fediverse)", Origin: origin})
	e := &examination{cors: &corsLog{Fetcher: client}, report: &Report{Host: a.Host}}
	resolver := software.New(e.cors, fetch.SystemClock(), software.Options{Private: private})
	if a.Kind == address.Feed {
		e.view("web feed", func() error {
			_, _, err := resolver.Feeds().Feed(ctx, a.URL, "")
			return err
		})
		e.report.Err = e.report.Views[0].Err
		return e.report
	}
	s, err := resolver.Resolve(ctx, a.Host)
	if err != nil {
		e.report.Err = err
		return e.report
	}
	e.server(ctx, s, a)
	// As a run asks: a web feed doesn't stand in for a closed API there.
	asked := software.New(e.cors, fetch.SystemClock(), software.Options{Private: private, NoWebFeeds: true})
	if s, err = asked.Resolve(ctx, a.Host); err == nil {
		e.official(ctx, asked, s, a, baseURL)
	}
	e.report.Budget, _ = client.Budget(a.Host)
	return e.report
}

type examination struct {
	cors   *corsLog
	report *Report
	posts  []*feeds.Post
}

// view asks for one view, and notes whether all its answers may be read by pages.
func (e *examination) view(name string, ask func() error) error {
	e.cors.begin()
	err := ask()
	e.report.Views = append(e.report.Views, View{Name: name, Err: err, CORS: e.cors.readable()})
	return err
}

func (e *examination) skip(name, why string) {
	e.report.Views = append(e.report.Views, View{Name: name, Why: why})
}

// notOffered is why a view isn't asked for that the software doesn't have.
const notOffered = "the software has none for guests"

// page asks s for posts by the interface T, where the software has them for guests.
func page[T any](e *examination, s feeds.Source, name string, can bool, ask func(T) (*feeds.Page, error)) {
	t, err := feeds.As[T](s)
	if err != nil || !can {
		e.skip(name, notOffered)
		return
	}
	_ = e.view(name, func() error {
		found, err := ask(t)
		if err == nil {
			e.posts = append(e.posts, found.Posts...)
		}
		return err
	})
}

func (e *examination) server(ctx context.Context, s feeds.Source, a address.Address) {
	first := e.view("about", func() error {
		i, err := s.Describe(ctx)
		e.report.Instance = i
		return err
	})
	can := s.Capabilities()
	page(e, s, "local posts", can.Local, func(t feeds.ServerTimelines) (*feeds.Page, error) { return t.ServerPosts(ctx, feeds.Local, "") })
	page(e, s, "federated posts", can.Federated, func(t feeds.ServerTimelines) (*feeds.Page, error) { return t.ServerPosts(ctx, feeds.Federated, "") })
	page(e, s, "trending posts", can.TrendingPosts, func(t feeds.PostTrends) (*feeds.Page, error) { return t.TrendingPosts(ctx, "") })
	tag := a.Tag
	for _, p := range e.posts {
		if tag == "" && len(p.Tags) > 0 {
			tag = p.Tags[0].Name
		}
	}
	if tag == "" {
		tag = "fediverse"
	}
	page(e, s, "hashtag #"+tag, can.Tags, func(t feeds.TagTimelines) (*feeds.Page, error) { return t.TagPosts(ctx, tag, "") })
	e.profile(ctx, s, a, can)
	e.thread(ctx, s, a, can)
	if searcher, err := feeds.As[feeds.AccountSearch](s); err == nil && can.Search {
		_ = e.view("search for people", func() error {
			_, err := searcher.SearchAccounts(ctx, "a")
			return err
		})
	} else {
		e.skip("search for people", notOffered)
	}
	for _, v := range e.report.Views {
		if v.Err == nil && v.Why == "" {
			return
		}
	}
	e.report.Err = first
}

// profile looks at who was named, or at somebody whose posts were seen.
func (e *examination) profile(ctx context.Context, s feeds.Source, a address.Address, can feeds.Capabilities) {
	profiles, unsupported := feeds.As[feeds.Profiles](s)
	user := a.User
	if a.Kind == address.Community {
		user = "!" + user
	}
	for _, p := range e.posts {
		if user == "" && p.Author.Domain == s.Host() {
			user = p.Author.User
		}
	}
	if unsupported != nil || !can.Profiles || user == "" {
		e.skip("profile", "nobody of the server was seen: name somebody, as @user@"+s.Host())
		return
	}
	var who *feeds.Author
	if e.view("profile of "+user, func() (err error) {
		if who, err = profiles.Profile(ctx, user, s.Host()); err == nil {
			err = failure(who)
		}
		return err
	}) != nil {
		return
	}
	page(e, s, "posts of "+user, true, func(p feeds.Profiles) (*feeds.Page, error) {
		return p.ProfilePosts(ctx, who, feeds.ProfileFilter{}, "")
	})
	if said := marks(who); said != "" {
		e.skip("state of "+user, said)
	}
	if w := wishes(who.Wishes); w != "" {
		e.skip("wishes of "+user, w)
	}
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

func (e *examination) thread(ctx context.Context, s feeds.Source, a address.Address, can feeds.Capabilities) {
	threads, unsupported := feeds.As[feeds.Threads](s)
	id := a.ID
	for _, p := range e.posts {
		if here, seen := p.SeenAt(s.Host()); id == "" && seen {
			id = here
		}
	}
	if unsupported != nil || !can.Threads || id == "" {
		e.skip("conversation", "no post was seen: give the address of one")
		return
	}
	_ = e.view("conversation "+id, func() error {
		if _, err := threads.Post(ctx, id); err != nil {
			return err
		}
		_, _, err := threads.Context(ctx, id)
		return err
	})
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
	if allowed := resp.Header["access-control-allow-origin"]; allowed != "*" && allowed != origin {
		l.denied++
	}
	return resp, nil
}
