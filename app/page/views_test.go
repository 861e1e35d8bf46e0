package page

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"vitrine/app/browser"
	"vitrine/app/browser/browsertest"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/app/ui"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
	"vitrine/feeds/jobs"
	"vitrine/feeds/reader"
)

// wants looks for texts in a drawing.
func wants(t *testing.T, what, out string, texts ...string) {
	t.Helper()
	for _, want := range texts {
		if !strings.Contains(out, want) {
			t.Errorf("%s: %q is missing in %s", what, want, out)
		}
	}
}

// outer is what the page draws around the view, as HTML.
func outer(t *testing.T, n ...markup.Node) string {
	t.Helper()
	return written(t, Layout{Parts: []Part{nodes(n...)}})
}

func TestEveryViewIsOpenedByOneRow(t *testing.T) {
	rows := map[route.View]int{}
	for _, r := range views() {
		for _, v := range r.views {
			rows[v]++
			if r.open(nil, route.Route{View: v}) == nil {
				t.Errorf("%s has no model", v)
			}
		}
	}
	for _, v := range []route.View{route.Start, route.Profile, route.Community, route.Server, route.Tag, route.Post, route.Playlist, route.Feed, route.Home, route.Following, route.Settings, route.Embed, route.Open} {
		if rows[v] != 1 || models()[v] == nil {
			t.Errorf("%s has %d rows", v, rows[v])
		}
	}
}

func TestAListHasItsPostsAndTheWayOn(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 30)
		d.Visit("#/t/a.example/tea")
		out := written(t, view(d.App))
		wants(t, "list", out, "#tea", "post 30", "post 21", `data-action="older"`, `href="#/i/a.example"`)
		list.Top = 33
		d.Pass(time.Minute)
		wants(t, "new posts", written(t, view(d.App)), `data-action="show-new" data-count="3"`)
		list.Err = &feeds.Error{Kind: feeds.ServerError, Host: "a.example"}
		d.Click("again")
		wants(t, "failure", written(t, view(d.App)), `data-kind="ServerError"`, "post 30", `data-action="again"`)
		d.Click("older")
		wants(t, "older failed", written(t, view(d.App)), `data-action="older"`)
		list.Err = nil
		d.Click("older")
		d.Click("older")
		if out = written(t, view(d.App)); !strings.Contains(out, "feedend quiet") || !strings.Contains(out, "post 1<") {
			t.Errorf("the end isn't shown: %s", out)
		}
		d.Host("b.example", 0)
		d.Visit("#/t/b.example/tea")
		wants(t, "empty list", written(t, view(d.App)), `class="empty"`)
	})
}

func TestAViewThatWaitsShowsBones(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("a.example", 3)
		answer := make(chan struct{})
		s.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			<-answer
			return list.Page(c)
		}
		d.Visit("#/t/a.example/tea")
		d.Pass(time.Second)
		out := written(t, view(d.App))
		wants(t, "bones", out, `aria-busy="true"`, "a.example")
		if strings.Contains(out, "<article data") {
			t.Errorf("%s", out)
		}
		close(answer)
		d.Pass(0)
		wants(t, "afterwards", written(t, view(d.App)), "post 3")
	})
	wants(t, "before the first view", written(t, waiting(openApp(t, "en", "#/"), nil)), `aria-busy="true"`)
}

func TestAProfileHasPinnedPostsTabsAndWhereItMovedTo(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.Can.Pinned, s.Can.Replies, s.Can.Media, s.Can.FeaturedTags = true, true, true, true
		s.PinnedPosts = []*feeds.Post{feedstest.Post("a.example", "99", 1)}
		a := feedstest.Author("ada", "a.example")
		a.Moved, a.Bot, a.Locked, a.Memorial, a.Group, a.Roles = feedstest.Author("ada", "new.example"), true, true, true, true, []string{"admin"}
		a.Joined, a.LastPost, a.Wishes = feedstest.Epoch(), feedstest.Epoch(), feeds.Wishes{NoBot: true}
		s.OnProfile = func(string, string) (*feeds.Author, error) { return a, nil }
		d.Visit("#/@ada@a.example")
		out := written(t, view(d.App))
		wants(t, "profile", out, "post 99", "post 3", `href="#/@ada@a.example/replies"`, `href="#/@ada@a.example/media"`, `href="#/@ada@new.example"`, `data-action="follow-author" data-key="#/@ada@new.example"`, `aria-current="page"`)
		s.Recommended = []*feeds.Author{feedstest.Author("rec", "far.example")}
		d.Do(browser.Click{Action: "follow-author", Post: "#/@ada@new.example"})
		if _, ok := d.Follows.Find("#/@ada@new.example"); !ok {
			t.Errorf("followed: %+v", d.Follows.Follows)
		}
		d.Visit("#/@ada@a.example/about")
		wants(t, "featured accounts", written(t, view(d.App)), "h-featured", `href="#/@rec@far.example"`)
		wants(t, "about", written(t, view(d.App)), "admin", "h-wishes", `href="#/@ada@a.example?tag=tea"`, `href="#/embed?u=%40ada%40a.example"`)
		d.Visit("#/@ada@a.example?via=a.example")
		if out := written(t, view(d.App)); strings.Contains(out, `data-part="copy"`) {
			t.Errorf("the origin is said to be a copy: %s", out)
		}
		far, _ := d.Host("far.example", 2)
		far.OnProfile = func(user, domain string) (*feeds.Author, error) {
			a := feedstest.Author(user, domain)
			a.Host = "far.example"
			return a, nil
		}
		d.Visit("#/@ada@a.example?via=far.example")
		wants(t, "copy", written(t, view(d.App)), `data-part="copy"`, "Posts from before far.example knew this account", `href="#/@ada@a.example"`, `href="#/@ada@a.example/about?via=far.example"`)
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return &feeds.Page{}, nil }
		a = feedstest.Author("bob", "a.example")
		d.Visit("#/@bob@a.example")
		wants(t, "no posts", written(t, view(d.App)), `class="empty"`)
		d.Visit("#/@bob@a.example/media")
		wants(t, "no media", written(t, view(d.App)), `class="empty"`, `href="#/@bob@a.example"`)
		a = feedstest.Author("cat", "a.example")
		a.Counts.Posts, a.Limited, a.Memorial = 500, true, true
		d.Visit("#/@cat@a.example")
		wants(t, "none shown of 500", written(t, view(d.App)), "a.example counts 500 posts and shows none to guests", "The moderators of a.example have limited this account", "In memoriam")
		a = feedstest.Author("eve", "a.example")
		a.Counts.Posts = 500
		s.OnReplies = func(feeds.Cursor) (*feeds.Page, error) {
			return feedstest.Page("", feedstest.Reply("a.example", "7", "5", 1)), nil
		}
		d.Visit("#/@eve@a.example")
		out = written(t, view(d.App))
		wants(t, "only replies", out, `class="empty"`, "has only replied to others or boosted", `href="#/@eve@a.example/replies"`)
		if strings.Contains(out, "shows none to guests") {
			t.Errorf("what is there is said to be hidden: %s", out)
		}
		a = feedstest.Author("dan", "a.example")
		a.Gone = feeds.Refused
		d.Visit("#/@dan@a.example")
		wants(t, "suspended", written(t, view(d.App)), `data-kind="Refused"`, "Suspended by the moderators of a.example")
		a = feedstest.Author("eve", "a.example")
		a.Gone = feeds.Gone
		d.Visit("#/@eve@a.example")
		wants(t, "gone", written(t, view(d.App)), `data-kind="Gone"`)
	})
}

func TestSomebodyWhoseServerCannotBeReadIsOfferedAsACopy(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("x.example", 0)
		s.OnProfile = func(string, string) (*feeds.Author, error) {
			return nil, &feeds.Error{Kind: feeds.Unsupported, Host: "x.example"}
		}
		d.Visit("#/!cats@x.example")
		wants(t, "copies", written(t, view(d.App)), `href="#/!cats@x.example?via=a.example"`, `href="https://x.example/c/cats"`)
		d.Visit("#/!cats@x.example?via=x.example")
		wants(t, "no copy either", written(t, view(d.App)), `href="#/!cats@x.example"`)
	})
}

func TestAClosedListSaysWhichOneItIs(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 0)
		list.Err = &feeds.Error{Kind: feeds.NeedsLogin, Host: "a.example"}
		d.Visit("#/t/a.example/tea")
		wants(t, "hashtag", written(t, view(d.App)), `data-kind="NeedsLogin"`, "a.example shows hashtags to members only")
		d.Visit("#/@ada@a.example")
		wants(t, "profile", written(t, view(d.App)), `data-kind="NeedsLogin"`, "a.example shows this profile to members only", `href="#/@ada@a.example?via=`)
	})
}

func TestABrokenWebFeedIsToldFromAPageWithoutOne(t *testing.T) {
	for kind, want := range map[feeds.Kind]string{feeds.BadData: "The feed of blog.example is broken", feeds.Unsupported: "blog.example has no feed at this address"} {
		with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			d.Resolver.WebFeeds = failing{&feeds.Error{Kind: kind, Host: "blog.example", Err: feeds.ErrNoFeed}}
			d.Visit("#/f/https%3A%2F%2Fblog.example%2Ffeed")
			wants(t, string(kind), written(t, view(d.App)), `data-kind="`+string(kind)+`"`, want)
		})
	}
}

type failing struct{ err error }

func (f failing) Feed(context.Context, string, feeds.Cursor) (*feeds.Author, *feeds.Page, error) {
	return nil, nil, f.err
}

func TestAServerHasItsTabs(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.Can.Federated, s.Can.TrendingPosts, s.Can.TrendingTags = true, true, true
		s.OnDescribe = func() (*feeds.Instance, error) {
			return &feeds.Instance{Host: "a.example", Domain: "a.example", Software: "mastodon", Title: "Harbour", Fetched: feedstest.Epoch(), Email: "a@a.example", Contact: feedstest.Author("ada", "a.example"),
				Rules: []feeds.Rule{{Text: "Be kind"}}}, nil
		}
		d.Visit("#/i/a.example")
		wants(t, "local", written(t, view(d.App)), "Harbour", "post 3", "mailto:a@a.example", "Be kind", `href="#/i/a.example/federated"`)
		d.Visit("#/i/a.example/trending")
		wants(t, "trending", written(t, view(d.App)), `href="#/t/a.example/tea"`, "h-tags", "h-posts", "post 3")
		d.Visit("#/i/a.example/about")
		wants(t, "about", written(t, view(d.App)), "h-about", "Long", "h-rules")
		s.LiveErr = &feeds.Error{Kind: feeds.NeedsLogin, Host: "a.example"}
		d.Visit("#/i/a.example/federated")
		wants(t, "closed", written(t, view(d.App)), `data-kind="NeedsLogin"`, "post 3")
		d.Visit("#/i/nowhere.example")
		wants(t, "no server", written(t, view(d.App)), `role="alert"`, `href="#/f/https:%2F%2Fnowhere.example%2F"`)
	})
}

func TestAThreadHasItsFocusMissingPostsAndWhoTalks(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("b.example", 0)
		p := *feedstest.Reply("a.example", "2", "1", 2)
		p.Sightings = []feeds.Sighting{{Host: "b.example", ID: "2", ParentID: "1", At: feedstest.Epoch()}}
		s.OnPost = func(string) (*feeds.Post, error) { return &p, nil }
		s.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) {
			return nil, nil, &feeds.Error{Kind: feeds.Timeout, Host: "b.example"}
		}
		d.Visit("#/p/b.example/2")
		wants(t, "thread", written(t, view(d.App)), `data-part="copy"`, `href="#/p/a.example/2"`, `data-kind="Timeout"`, "ghost")
	})
}

func TestAWebFeedHasItsPublisherAndEntries(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.WebFeeds = statetest.WebFeed{Posts: []*feeds.Post{feedstest.Post("blog.example", "1", 1)}}
		d.Visit("#/f/https:%2F%2Fblog.example%2Ffeed")
		wants(t, "web feed", written(t, view(d.App)), "blog", "post 1", `href="https://blog.example/feed"`, `href="https://blog.example/@blog"`)
	})
}

func TestAPageThatCannotBeOpenedAndOneThatIsBlockedSayWhy(t *testing.T) {
	with(t, statetest.Options{Site: `{"blocked":["bad.example"]}`}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/open?u=https%3A%2F%2Fblog.example%2Fsome%2Fpage%2Fof%2Fit")
		wants(t, "page", written(t, view(d.App)), `data-kind="NotFound"`, `href="#/i/blog.example"`, `id="u"`)
		d.Visit("#/i/bad.example")
		wants(t, "blocked", written(t, view(d.App)), `data-kind="Refused"`, "bad.example")
	})
}

func TestSettingsCountWhatIsStored(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 5)
		d.Visit("#/t/a.example/tea")
		d.Window.Set(func(w *browsertest.Window) { w.Used, w.Quota = 2_000_000, 9_000_000 })
		d.StoreFailure <- &feeds.Error{Kind: feeds.Storage}
		d.Visit("#/settings")
		wants(t, "settings", written(t, view(d.App)), `data-part="hosts"`, `data-key="a.example"`, `data-action="lasting"`, `data-action="export"`, `data-action="import"`)
		c := canvas{App: d.App, Drawing: d.Drawing("")}
		wants(t, "trouble", outer(t, c.trouble(d.StoreNotice)), `data-action="noted"`, `data-kind="Storage"`)
		d.Click("noted")
		wants(t, "afterwards", written(t, view(d.App)), `data-kind="Storage"`)
	})
}

func TestTheSettingsShowHowFarLongWorkCame(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {"In the background", "Making room", "3 of 10", "Loading new posts from b.example", "Loading the description of a.example", "Stop: Making room"},
		"de": {"Im Hintergrund", "Speicher wird aufgeräumt", "3 von 10", "Neue Beiträge von b.example werden geladen", "Beschreibung von a.example wird geladen", "Abbrechen: Speicher wird aufgeräumt"},
	} {
		with(t, statetest.Options{Language: language, Jobs: true, Asleep: true}, func(t *testing.T, d *statetest.Driver) {
			d.Visit("#/settings")
			if out := written(t, view(d.App)); strings.Contains(out, `data-part="jobs"`) {
				t.Errorf("without work: %s", out)
			}
			d.Visit("#/")
			list := jobs.New("/", d.Shelf, browser.NewTabs())
			for _, j := range []feeds.Job{
				{Kind: feeds.JobSweep, Subject: "{}", Done: 3, Total: 10}, {Kind: feeds.JobAbout, Subject: "a.example"},
				{Kind: feeds.JobRefresh, Subject: reader.PlaceName(reader.TagPlace{Host: "b.example", Tag: "tea"})}, {Kind: "later", Subject: "x"},
			} {
				if err := list.Add(t.Context(), j); err != nil {
					t.Fatal(err)
				}
			}
			d.Visit("#/settings")
			out := written(t, view(d.App))
			wants(t, language, out, append(want, `data-part="jobs"`, `data-action="stop-job" data-key="sweep {}"`, `value="3" max="10"`)...)
			if n := strings.Count(out, "<progress"); n != 4 {
				t.Errorf("%d bars in %s", n, out)
			}
		})
	}
}

func TestTheBackgroundRefreshIsASwitchWhereTheBrowserHasIt(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/settings")
		if out := written(t, view(d.App)); strings.Contains(out, `id="sync"`) {
			t.Errorf("where there is none: %s", out)
		}
		d.Window.Syncs = new(bool)
		d.Visit("#/")
		d.Visit("#/settings")
		wants(t, "off", written(t, view(d.App)), `name="sync"`, "Update what you follow in the background")
	})
}

func TestALongListOfServersCanBeNarrowedDown(t *testing.T) {
	var list []string
	for i := range 12 {
		list = append(list, `{"host":"`+string(rune('a'+i))+`.example","topic":"general","languages":["de","mul"],"software":"mastodon","text":"A"}`)
	}
	with(t, statetest.Options{Site: `{"servers":[` + strings.Join(list, ",") + `,{"host":"z.example","languages":["fr"],"software":"lemmy","feed":"https://z.example/feed"}]}`}, func(t *testing.T, d *statetest.Driver) {
		wants(t, "all", written(t, view(d.App)), `data-action="choose"`, `href="#/i/a.example"`, `href="#/f/https:%2F%2Fz.example%2Ffeed"`)
		d.Do(browser.FilterChange{Name: "software", Value: "lemmy"})
		if out := written(t, view(d.App)); strings.Contains(out, `href="#/i/a.example"`) || !strings.Contains(out, "z.example") {
			t.Errorf("%s", out)
		}
	})
}

func TestTheViewerShowsPicturesFilmsAndOthers(t *testing.T) {
	s := openApp(t, "en", "#/")
	wants(t, "closed", outer(t, viewer(s)), `id="viewer"`)
	p := *feedstest.Post("a.example", "1", 0)
	p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://a.example/1.jpg", Alt: "A <lamp>"}, {Kind: feeds.Video, URL: "https://a.example/2.mp4"}, {Kind: feeds.Audio, URL: "https://a.example/3.mp3"}}
	s.Viewer = &state.Viewer{Post: &p}
	wants(t, "open", outer(t, viewer(s)), "A &lt;lamp&gt;", "<video", `href="https://a.example/3.mp3"`, "aria-disabled", `data-index="1"`)
}

func TestEachPictureOfAGalleryOfSixteenIsInTheViewer(t *testing.T) {
	s := openApp(t, "en", "#/")
	p := *feedstest.Post("a.example", "1", 0)
	for i := range 16 {
		name := strconv.Itoa(i)
		p.Media = append(p.Media, feeds.Media{Kind: feeds.Image, URL: "https://a.example/" + name + ".jpg", Original: "https://b.example/" + name + ".jpg", Alt: "alt " + name})
	}
	s.Viewer = &state.Viewer{Post: &p, Index: 15}
	out := outer(t, viewer(s))
	if n := strings.Count(out, "<img"); n != 16 {
		t.Errorf("%d pictures in %s", n, out)
	}
	wants(t, "the last", out, "16 of 16", ">alt 15<", `data-action="near"`, `data-action="far"`, `href="https://b.example/15.jpg"`, `data-action="download"`, `loading="lazy"`, `data-original="https://b.example/0.jpg"`)
	if strings.Contains(out, `data-action="animate"`) {
		t.Error("a picture that stands still can be stopped")
	}
}

func TestAPictureThatMovesCanBeStopped(t *testing.T) {
	s := openApp(t, "en", "#/")
	p := *feedstest.Post("a.example", "1", 0)
	p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://a.example/1.GIF?x=1"}}
	s.Viewer = &state.Viewer{Post: &p}
	wants(t, "the viewer", outer(t, viewer(s)), `data-action="animate"`, `class="still"`)
}

func TestTheFrameAroundTheView(t *testing.T) {
	s := openApp(t, "en", "#/settings")
	wants(t, "navigation", outer(t, navigation(s), skip(s), decoration(), status(s), newVersion(s), menu(s), help(s), siteLinks(s)),
		`href="#/settings" aria-current="page"`, `href="/about.html"`, `data-action="skip"`, `id="menu"`, `id="help"`, "<kbd")
	s.NewVersion, s.Note, s.Site.Source = true, "Copied", "https://code.example/"
	wants(t, "notes", outer(t, navigation(s), status(s), newVersion(s)), `data-action="update"`, "Copied", `href="https://code.example/"`)
}

func TestAFrontIsTheViewAsTheLoaderDrawsIt(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		p := feedstest.Post("a.example", "9", 9)
		p.Warning, p.Body = "Careful", content.ParseHTML("<p>Hidden</p>", content.Options{})
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", p), nil }
		d.Visit("#/t/a.example/tea")
		d.Do(browser.Toggle{Post: p.Key, Part: "cw", Open: true})
		tree := front(d.App)
		wants(t, "front", tree, `"main"`, `"feed"`, "Careful", `"aside"`)
		if strings.Contains(tree, `"open"`) {
			t.Errorf("something stands open: %s", tree)
		}
		if got := d.Window.Fronts(); len(got) != 1 || got[0] != "#/t/a.example/tea" {
			t.Errorf("%q", got)
		}
	})
}

// english returns the table of the English words.
func english(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../web/locales/en.json")
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return w.Table()
}

func TestThePageStartsInABrowser(t *testing.T) {
	w := browsertest.New("#/")
	r := &Root{browser: w, parts: state.RealParts(w, browser.Config{Base: "/", Words: english(t), Site: []byte(site)})}
	d := app.NewClientTester(r)
	defer d.Close()
	for r.screen.state.Shown() == nil { // it is started by way of a queue
		d.Consume()
	}
	w.Set(func(w *browsertest.Window) { w.FrontSeen = true })
	r.screen.state.StoreNotice = &feeds.Error{Kind: feeds.Storage}
	r.screen.painter = ui.NewPainter(postsAtOnce) // of a page on which nothing stands
	r.stale = true
	r.draw(nil)
	if out := w.Drawn(); !strings.Contains(out, `"data-view":"#/"`) || !strings.Contains(out, `"class":"frame`) || !strings.Contains(out, "noted") {
		t.Errorf("%s", out)
	}
	if w.Title() != "Vitrine" {
		t.Errorf("the title is %q", w.Title())
	}
}

func TestAProgramWithoutItsWordsSaysSo(t *testing.T) {
	w := browsertest.New("#/")
	r := &Root{browser: w, parts: state.RealParts(w, browser.Config{Base: "/", Words: "{"})}
	d := app.NewClientTester(r)
	defer d.Close()
	if out := app.HTMLString(r.Render()); r.screen != nil || r.broken == "" || !strings.Contains(out, `id="page"`) {
		t.Errorf("%s", out)
	}
}

func TestWhileTheLoaderShowsAFrontThePageWaits(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("a.example", 3)
		answer := make(chan struct{})
		s.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			<-answer
			return list.Page(c)
		}
		d.Visit("#/t/a.example/tea")
		d.Pass(time.Second)
		r := &Root{screen: &screen{browser: d.Window, state: d.App, painter: ui.NewPainter(postsAtOnce)}, stale: true}
		d.Window.Set(func(w *browsertest.Window) { w.FrontSeen = true })
		if r.draw(nil); d.Window.Drawn() != "" {
			t.Errorf("%s", d.Window.Drawn())
		}
		close(answer)
		d.Pass(0)
		r.draw(nil)
		if out := d.Window.Drawn(); !strings.Contains(out, `"main"`) || d.Window.Title() != "#tea · Vitrine" {
			t.Errorf("%q, %s", d.Window.Title(), out)
		}
	})
}

func TestWhatIsFollowedIsShownOnceEachWithWhatIsKnownOfIt(t *testing.T) {
	with(t, statetest.Options{Site: `{"servers":[{"host":"known.example"}]}`}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/following")
		wants(t, "nothing", written(t, view(d.App)), `class="empty"`, `data-action="import"`, `data-format="opml"`, `data-format="csv"`, `data-format="json"`)
		_, err := d.Book.Change(t.Context(), func(data *follows.Data) error {
			for _, name := range []string{"ada", "bob", "cat"} {
				f := follows.New(follows.Address("#/@"+name+"@a.example"), follows.Profile, feedstest.Epoch())
				f.Handle, f.Host = name+"@a.example", "a.example"
				data.Add(f)
			}
			data.Put(data.MakeList("Town <b>"), true, "#/@ada@a.example", "#/@bob@a.example")
			data.Put(data.MakeList("Sea"), true, "#/@ada@a.example")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		err = d.Book.Learn(t.Context(), func(all map[follows.Address]follows.Learned) error {
			all["#/@ada@a.example"] = follows.Learned{LastPost: now.Add(-2 * time.Hour), PerWeek: 14, Moved: "#/@ada@b.example", MovedName: "ada@b.example"}
			all["#/@bob@a.example"] = follows.Learned{LastPost: now.AddDate(-1, 0, 0), FailsSince: now.Add(-3 * time.Hour), FailKind: feeds.Gone}
			all["#/@cat@a.example"] = follows.Learned{FailsSince: now.Add(-3 * time.Hour), FailKind: feeds.ServerError}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		d.Visit("#/")
		wants(t, "the start", written(t, view(d.App)), `href="#/following"`, "3 sources")
		d.Wiped = true
		d.Visit("#/following")
		wants(t, "what was deleted", written(t, view(d.App)), `data-part="wiped"`, `data-action="wiped"`)
		d.Click("wiped")
		d.Visit("#/following")
		out := written(t, view(d.App))
		wants(t, "by list", out, "Town &lt;b&gt;", "Also in Sea", "about 2 posts a day", "last post 2", "No new post since", `data-action="pick-silent"`, `data-kind="Gone"`, "Follow there instead", "In no list", "#/following?add=",
			"Select 2 that fail", `href="#/@cat@a.example?via=known.example"`, `data-action="unfollow" data-key="#/@cat@a.example"`, `data-action="unfollow" data-key="#/@bob@a.example"`)
		if strings.Contains(out, "#/@bob@a.example?via=") {
			t.Error("a copy of what was deleted is offered")
		}
		for _, name := range []string{"ada", "bob", "cat"} {
			if n := strings.Count(out, `data-follow="#/@`+name+`@a.example"`); n != 1 {
				t.Errorf("%s stands there %d times", name, n)
			}
		}
		d.Do(browser.Click{Action: "list-code", Key: d.Follows.Lists[0].ID})
		wants(t, "a code", written(t, view(d.App)), `data-part="code"`, `viewBox="0 0 29 29"`, `role="img"`, "QR code of the link to the list Town")
		d.Do(browser.FilterChange{Name: "by", Value: "server"}, browser.SettingChange{Name: "pick", Value: "#/@cat@a.example", On: true})
		wants(t, "by server", written(t, view(d.App)), `id="h-server-a.example"`, `data-action="picked-remove"`, "Selected: 1")
		d.Do(browser.FileChosen{Data: []byte("@ada@a.example\n@dan@b.example\n@nobody\n")})
		wants(t, "a file", written(t, view(d.App)), `data-part="import"`, `<dd data-part="new">1</dd>`, `<dd data-part="known">1</dd>`, `<dd data-part="unreadable">1</dd>`, `data-action="confirm"`, "@dan@b.example", "@nobody")
		d.Do(browser.FileChosen{Data: []byte("https://b.example/about-dan\n")})
		wants(t, "a page", written(t, view(d.App)), "1 address does not show what it is", `data-action="import-ask"`)
		d.Click("import-ask")
		wants(t, "a page that leads nowhere", written(t, view(d.App)), `<dd data-part="unreadable">1</dd>`, `data-kind="NotFound"`)
		server, _ := d.Host("c.example", 1)
		server.OnProfile = func(user, domain string) (*feeds.Author, error) {
			a := feedstest.Author(user, domain)
			a.Counts.Following = 120
			return a, nil
		}
		d.Do(browser.Submit{Form: "bring", Text: "@cy@c.example"})
		wants(t, "what a list costs", written(t, view(d.App)), "follows 120 accounts. Reading the list takes about 2 requests to c.example.", `data-action="bring-read"`)
		server.OnFollowing = func(*feeds.Author, feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
			return nil, "", &feeds.Error{Kind: feeds.Refused, Host: "c.example"}
		}
		d.Click("bring-read")
		wants(t, "a list that is hidden", written(t, view(d.App)), "does not show this list", `data-kind="Refused"`)
		d.Do(browser.Click{Action: "follow-options", Key: "#/@ada@a.example"})
		wants(t, "options", outer(t, followMenu(d.App)), `name="follow-boosts"`, `name="follow-list"`, `data-action="unfollow"`)
		d.Click("pick-all")
		d.Click("picked-remove")
		wants(t, "a way back", outer(t, undoNote(d.App)), `data-action="undo"`, "Unfollowed 3 sources.")
	})
}

func TestTheAddressBoxIsAComboboxWithItsSuggestions(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: `{"servers":[{"host":"tea.example"},{"host":"teapot.example"}]}`}, func(t *testing.T, d *statetest.Driver) {
		wants(t, "before anything is typed", written(t, view(d.App)), `role="combobox" aria-expanded="false" aria-controls="options"`)
		d.Do(browser.BoxChange{Text: "tea"}, browser.BoxChange{Text: "tea", Key: "ArrowDown"}, browser.BoxChange{Text: "tea", Key: "ArrowDown"})
		wants(t, "the second of them", written(t, view(d.App)), `aria-expanded="true"`, `id="options" role="listbox" aria-label="Suggestions"`, `aria-activedescendant="option-1"`, `id="option-0" role="option" aria-selected="false"`,
			`id="option-1" role="option" aria-selected="true" data-action="choose-option" data-index="1"`, "teapot.example")
	})
}

// An element of a view that is waited for, kept as one of the view itself, would be seen to move.
func TestNothingOfAViewThatIsWaitedForStaysAnElementOfTheView(t *testing.T) {
	parts := []Part{nodes(el("p", nil)), nodes(el("div", nil))}
	view := Layout{Parts: parts}.pieces("visit")
	for i, waiting := range (Layout{Parts: parts, Waits: true}).pieces("visit") {
		if waiting.Key == view[i].Key {
			t.Errorf("part %d is %q in both", i, waiting.Key)
		}
	}
	if l := waiting(openApp(t, "en", "#/"), nil); !l.Waits {
		t.Error("the placeholders aren't known as such")
	}
}

func TestAFilmInPiecesIsALinkAmongPictures(t *testing.T) {
	for src, want := range map[string]string{"https://a.example/f.mp4": "<video", "https://a.example/f.m3u8": `<a href="https://a.example/f.m3u8"`} {
		var out strings.Builder
		if err := markup.HTML(&out, slide(feeds.Media{Kind: feeds.Video, URL: src})); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %v %s", src, err, out.String())
		}
	}
}
