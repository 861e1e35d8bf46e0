package state_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// looking is a Resolver whose answer to Look waits for a test.
type looking struct {
	*feedstest.Resolver
	answers chan feeds.Found // without a field that is set: nothing is found
}

func (l looking) Look(ctx context.Context, _ string) (feeds.Found, error) {
	select {
	case f := <-l.answers:
		if f.Feed == "" {
			return f, &feeds.Error{Kind: feeds.NotFound}
		}
		return f, nil
	case <-ctx.Done():
		return feeds.Found{}, ctx.Err()
	}
}

const page = "#/open?u=https%3A%2F%2Fblog.example%2Fsome%2Fpage%2Fof%2Fit"

func TestWhatWasPastedOpensItsView(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Do(browser.Submit{Form: "open", Text: "@ada@a.example"})
		d.Pass(time.Second)
		if d.Shown().Hash != "#/@ada@a.example" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
		d.Back()
		if d.Shown().Hash != "#/" {
			t.Errorf("back leads to %s", d.Shown().Hash)
		}
		d.Window.Calls()
		d.Do(browser.Submit{Form: "open", Text: "  "})
		if calls := d.Window.Calls(); d.Note != d.Words.T("open.empty") || calls != "focus #u" {
			t.Errorf("%q, %q", d.Note, calls)
		}
	})
}

func TestWhatCannotBeOpenedSaysWhyOrAsks(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/open?u=%21%21%21")
		if m := shown[*state.OpenModel](t, d); m.Reason == "" {
			t.Errorf("%+v", m)
		}
		d.Click("again") // there is nothing to ask
	})
}

func TestWhateverIsTypedLeadsSomewhere(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		for typed, want := range map[string]string{
			"cats": "#/find?q=cats", "hello world": "#/find?q=hello+world", "@name": "#/find?q=%40name", "#cats": "#/find?q=%23cats", "marta@hafen": "#/find?q=marta%40hafen",
			"🐈": "#/find?q=%F0%9F%90%88", "قطط": "#/find?q=%D9%82%D8%B7%D8%B7", strings.Repeat("a", 10_000): "#/find?q=" + strings.Repeat("a", 100),
		} {
			d.Do(browser.Submit{Form: "open", Text: typed})
			d.Pass(time.Second)
			if got := d.Shown().Hash; got != want {
				t.Errorf("%.20q leads to %s, want %s", typed, got, want)
			}
		}
	})
}

func TestAPageIsAskedWhatItIs(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.WebFeeds = statetest.WebFeed{Posts: []*feeds.Post{feedstest.Post("blog.example", "1", 1)}}
		d.Resolver.Pages["https://blog.example/some/page/of/it"] = feeds.Found{Feed: "https://blog.example/feed"}
		d.Visit(page)
		d.Pass(time.Second)
		if d.Shown().Hash != "#/f/https:%2F%2Fblog.example%2Ffeed" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
	})
}

func TestAPageThatCannotBeReadIsAskedAgain(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.WebFeeds = statetest.WebFeed{}
		d.Visit(page)
		m := shown[*state.OpenModel](t, d)
		if m.Err == nil || m.Err.Kind != feeds.NotFound || m.Host() != "blog.example" {
			t.Fatalf("%+v", m)
		}
		d.Resolver.Pages["https://blog.example/some/page/of/it"] = feeds.Found{Feed: "https://blog.example/feed"}
		d.Click("again")
		d.Pass(time.Second)
		if d.Shown().Hash != "#/f/https:%2F%2Fblog.example%2Ffeed" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
	})
}

func TestARetryWhosePageWasLeftDoesNotPullTheReaderBack(t *testing.T) {
	var l looking
	statetest.Run(t, statetest.Options{Resolver: func(r *feedstest.Resolver) feeds.Resolver {
		l = looking{r, make(chan feeds.Found, 1)}
		return l
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.WebFeeds = statetest.WebFeed{}
		d.Visit(page)
		l.answers <- feeds.Found{}
		d.Pass(time.Second)
		m := shown[*state.OpenModel](t, d)
		if m.Err == nil {
			t.Fatalf("%+v", m)
		}
		d.Click("again")
		d.Visit("#/settings")
		l.answers <- feeds.Found{Feed: "https://blog.example/feed"}
		d.Pass(time.Second)
		if d.Shown().Hash != "#/settings" {
			t.Errorf("the reader was taken to %s", d.Shown().Hash)
		}
		d.Back()
		d.Pass(time.Second)
		if d.Shown().Hash != "#/f/https:%2F%2Fblog.example%2Ffeed" {
			t.Errorf("after going back %s is shown", d.Shown().Hash)
		}
	})
}

func TestAViewThatIsStillLookedForIsLeftByTheNext(t *testing.T) {
	var l looking
	statetest.Run(t, statetest.Options{Resolver: func(r *feedstest.Resolver) feeds.Resolver {
		l = looking{r, make(chan feeds.Found)}
		return l
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Visit(page)
		d.Visit("#/settings")
		d.Pass(time.Minute)
		if d.Shown().Hash != "#/settings" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
	})
}

func TestACopyOfAPostIsOpenedAtItsOrigin(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		origin, seen := feedstest.Post("a.example", "1", 1), *feedstest.Post("a.example", "1", 1)
		seen.Sightings = []feeds.Sighting{{Host: "b.example", ID: "55", At: feedstest.Epoch()}}
		for name, p := range map[string]*feeds.Post{"a.example": origin, "b.example": &seen} {
			s, _ := d.Host(name, 0)
			s.OnPost = func(string) (*feeds.Post, error) { return p, nil }
		}
		d.Visit("#/open?u=https%3A%2F%2Fb.example%2F%40ada%40a.example%2F55")
		d.Pass(time.Second)
		if d.Shown().Hash != "#/p/a.example/1" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
	})
}

func TestAnAddressThatOnlyLooksLikeAServersIsAPage(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.WebFeeds = statetest.WebFeed{Posts: []*feeds.Post{feedstest.Post("blog.example", "1", 1)}}
		d.Resolver.Sources["blog.example"] = &feedstest.Source{HostName: "blog.example"}
		d.Host("a.example", 3)
		d.Resolver.Pages["https://blog.example/@ann"] = feeds.Found{Feed: "https://blog.example/ann.xml"}
		d.Resolver.Pages["https://blog.example/?p=12"] = feeds.Found{Feed: "https://blog.example/12.xml"}
		for given, want := range map[string]string{
			"https%3A%2F%2Fblog.example%2F%40ann":    "#/f/https:%2F%2Fblog.example%2Fann.xml",
			"https%3A%2F%2Fblog.example%2F%3Fp%3D12": "#/f/https:%2F%2Fblog.example%2F12.xml",
			"https%3A%2F%2Fblog.example%2F%40nobody": "#/@nobody@blog.example",
			"https%3A%2F%2Fblog.example%2F%3Fp%3D13": "#/i/blog.example",
			"https%3A%2F%2Fa.example%2F%40ada":       "#/@ada@a.example",
		} {
			d.Visit("#/open?u=" + given)
			d.Pass(time.Second)
			if d.Shown().Hash != want {
				t.Errorf("%s: %s is shown, want %s", given, d.Shown().Hash, want)
			}
		}
	})
}

func TestAnAddressOfAnotherNetworkOffersItsCopiesAndOpensNone(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite}, func(t *testing.T, d *statetest.Driver) {
		for given, want := range map[string]string{
			"https://bsky.app/profile/ada.example/post/3k": "#/open?u=https%3A%2F%2Fbsky.brid.gy%2Fconvert%2Fap%2Fat%3A%2F%2Fada.example%2Fapp.bsky.feed.post%2F3k #/@ada.example@bsky.brid.gy " +
				"#/@ada.example@bsky.brid.gy?via=a.example #/@ada.example@bsky.brid.gy?via=c.example",
			"https://www.threads.net/@ada": "#/@ada@threads.net?via=a.example #/@ada@threads.net?via=c.example",
		} {
			d.Do(browser.Submit{Form: "open", Text: given})
			d.Pass(time.Second)
			views, _ := shown[*state.OpenModel](t, d).Copies()
			var got []string
			for _, v := range views {
				got = append(got, v.String())
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %q", given, got)
			}
		}
	})
}
