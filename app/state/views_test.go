package state_test

import (
	"context"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// shown is the model of the view that is drawn.
func shown[M state.Model](t *testing.T, d *statetest.Driver) M {
	t.Helper()
	m, ok := d.Shown().Model.(M)
	if !ok {
		t.Fatalf("%s shows %T", d.Shown().Hash, d.Shown().Model)
	}
	return m
}

func TestASiteWithoutItsListStillOpens(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: "no JSON"}, func(t *testing.T, d *statetest.Driver) {
		if d.Site.Title != "Vitrine" || d.Shown() == nil || d.Shown().Hash != "#/" || !d.Arrived() || d.Base() != "/" || d.Root() != "https://www.example.org/" || d.IconsURL() != "/icons.svg" {
			t.Errorf("site %+v, shown %+v", d.Site, d.Shown())
		}
	})
}

func TestWordsThatCannotBeReadAreAnError(t *testing.T) {
	if a, err := state.New(state.Deps{}); a != nil || err == nil {
		t.Errorf("%v, %v", a, err)
	}
}

func TestAddressesThatLeadNowhereOpenTheStartWithANote(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/100%")
		if m := shown[*state.StartModel](t, d); !m.Malformed || m.Unbuilt {
			t.Errorf("%+v", m)
		}
	})
	start := map[route.View]func(*state.App, route.Route) state.Model{route.Start: func(a *state.App, r route.Route) state.Model { return state.NewStart(a, r) }}
	statetest.Run(t, statetest.Options{Views: start}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/saved")
		if m := shown[*state.StartModel](t, d); m.Malformed || !m.Unbuilt {
			t.Errorf("%+v", m)
		}
	})
}

func TestTheListOfServersIsNarrowedDown(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.FilterChange{Name: "language", Value: "de"}, browser.FilterChange{Name: "software", Value: "lemmy"}, browser.FilterChange{Name: "other", Value: "x"})
		if m := shown[*state.StartModel](t, d); m.Language != "de" || m.Software != "lemmy" {
			t.Errorf("%+v", m)
		}
	})
}

func TestAHashtagIsAskedOfItsServerOrOfACopy(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 30)
		d.Host("b.example", 5)
		d.Visit("#/t/a.example/tea")
		m := shown[*state.TagModel](t, d)
		if m.Feed.Server() != "a.example" || m.Host() != "a.example" || len(m.Posts()) != 10 || m.Rows() != 10 {
			t.Errorf("%s, %d posts", m.Feed.Server(), len(m.Posts()))
		}
		d.Visit("#/t/a.example/tea?via=b.example")
		if m := shown[*state.TagModel](t, d); m.Feed.Server() != "b.example" || len(m.Posts()) != 5 {
			t.Errorf("%s, %d posts", m.Feed.Server(), len(m.Posts()))
		}
	})
}

func TestAProfileShowsItsPinnedPostsAndItsList(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.Can.Pinned, s.Can.FeaturedTags = true, true
		s.PinnedPosts = []*feeds.Post{feedstest.Post("a.example", "99", 1)}
		d.Visit("#/@ada@a.example")
		m := shown[*state.ProfileModel](t, d)
		if m.Author == nil || len(m.Pinned) != 1 || len(m.Posts()) != 4 || m.Rows() != 3 || m.Host() != "a.example" {
			t.Errorf("%+v", m)
		}
		if at, withdrawn := m.Fresh(); at.IsZero() || withdrawn {
			t.Errorf("fresh: %v, %v", at, withdrawn)
		}
		d.Visit("#/@ada@a.example/about")
		m = shown[*state.ProfileModel](t, d)
		if m.Feed != nil || len(m.Tags) != 1 || m.Rows() != 0 || len(m.Posts()) != 0 {
			t.Errorf("%+v", m)
		}
		d.Click("older") // there is no list
		d.Do(browser.NearEnd{})
	})
}

func TestAProfileThatCannotBeReadSaysWhyAndIsAskedAgain(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		find := s.OnProfile
		s.OnProfile = func(string, string) (*feeds.Author, error) {
			return nil, &feeds.Error{Kind: feeds.ServerError, Host: "a.example"}
		}
		d.Visit("#/!cats@a.example?via=a.example")
		m := shown[*state.ProfileModel](t, d)
		if m.Author != nil || m.Err == nil || m.Err.Kind != feeds.ServerError || m.Host() != "a.example" {
			t.Fatalf("%+v", m)
		}
		s.OnProfile = find
		d.Click("again")
		if m := shown[*state.ProfileModel](t, d); m.Err != nil || m.Author == nil || len(m.Posts()) != 3 {
			t.Errorf("%+v", m)
		}
	})
}

func TestAnAccountThatIsGoneIsTakenOffTheScreen(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		d.Visit("#/@ada@a.example")
		d.Visit("#/")
		s.OnProfile = func(string, string) (*feeds.Author, error) {
			return nil, &feeds.Error{Kind: feeds.Gone, Host: "a.example"}
		}
		d.Visit("#/@ada@a.example")
		m := shown[*state.ProfileModel](t, d)
		if m.Author != nil || m.Feed != nil || m.Err == nil || m.Err.Kind != feeds.Gone {
			t.Errorf("%+v", m)
		}
	})
}

func TestAServerShowsItsTabs(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.Can.Federated, s.Can.TrendingPosts, s.Can.TrendingTags = true, true, true
		for hash, rows := range map[string]int{"#/i/a.example": 3, "#/i/a.example/federated": 3, "#/i/a.example/trending": 3, "#/i/a.example/about": 0} {
			d.Visit(hash)
			m := shown[*state.ServerModel](t, d)
			if m.Instance == nil || m.Rows() != rows || len(m.Posts()) != rows || m.Host() != "a.example" || m.Err != nil {
				t.Errorf("%s: %+v", hash, m)
			}
		}
		d.Visit("#/i/a.example/trending")
		if m := shown[*state.ServerModel](t, d); m.Trends == nil || len(m.Trends.Tags) != 1 {
			t.Errorf("%+v", m)
		}
		d.Visit("#/i/a.example/about")
		if m := shown[*state.ServerModel](t, d); len(m.Instance.Long.Blocks) != 1 || m.Budget.Limit != 300 {
			t.Errorf("%+v", m)
		}
	})
}

func TestPostsWaitForWhatIsTalkedAboutAboveThem(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.Can.TrendingPosts, s.Can.TrendingTags = true, true
		answer := make(chan struct{})
		s.OnTrends = func(ctx context.Context) error {
			select {
			case <-answer:
			case <-ctx.Done():
			}
			return nil
		}
		d.Visit("#/i/a.example/trending")
		if d.Arrived() && d.Shown().Hash == "#/i/a.example/trending" {
			t.Error("posts stand where hashtags will come")
		}
		d.Pass(3 * time.Second)
		if m := shown[*state.ServerModel](t, d); !d.Arrived() || m.Rows() != 3 || m.Trends != nil {
			t.Errorf("hashtags that don't come hold the posts back: %+v", m)
		}
		close(answer)
		d.Pass(0)
		if m := shown[*state.ServerModel](t, d); m.Trends == nil || len(m.Trends.Tags) != 1 {
			t.Errorf("%+v", m.Trends)
		}
	})
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.Can.TrendingPosts, s.Can.TrendingTags = true, true
		s.ExtrasErr = &feeds.Error{Kind: feeds.BadData, Host: "a.example"}
		d.Visit("#/i/a.example/trending")
		if m := shown[*state.ServerModel](t, d); !d.Arrived() || m.Rows() != 3 {
			t.Errorf("hashtags that can't be had hold the posts back: %+v", m)
		}
	})
}

func TestAServerWithoutALocalTimelineShowsWhatElseThereIs(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.Can.Local, s.Can.Federated = false, true
		d.Visit("#/i/a.example")
		if m := shown[*state.ServerModel](t, d); m.Tab() != "federated" || m.Rows() != 3 {
			t.Errorf("%s, %+v", m.Tab(), m)
		}
		s, _ = d.Host("b.example", 3)
		s.Can.Local = false
		d.Visit("#/i/b.example")
		if m := shown[*state.ServerModel](t, d); m.Tab() != "about" || m.Feed != nil {
			t.Errorf("%s, %+v", m.Tab(), m)
		}
	})
}

func TestAClosedServerShowsWhatIsOpen(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.Can.TrendingPosts, s.Can.TrendingTags = true, true
		s.LiveErr = &feeds.Error{Kind: feeds.NeedsLogin, Host: "a.example"}
		d.Visit("#/i/a.example")
		m := shown[*state.ServerModel](t, d)
		if m.MembersOnly == nil || m.MembersOnly.Kind != feeds.NeedsLogin || m.Rows() != 3 || m.Trends == nil {
			t.Errorf("%+v", m)
		}
		if _, withdrawn := m.Fresh(); !withdrawn {
			t.Error("its front is kept")
		}
	})
}

func TestAServerThatCannotBeReadSaysWhyAndIsAskedAgain(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		describe := s.OnDescribe
		s.OnDescribe = func() (*feeds.Instance, error) { return nil, &feeds.Error{Kind: feeds.Timeout, Host: "a.example"} }
		d.Visit("#/i/a.example")
		if m := shown[*state.ServerModel](t, d); m.Err == nil || m.Err.Kind != feeds.Timeout || m.Instance != nil {
			t.Fatalf("%+v", m)
		}
		s.OnDescribe = describe
		d.Click("again")
		if m := shown[*state.ServerModel](t, d); m.Err != nil || m.Instance == nil || m.Rows() != 3 {
			t.Errorf("%+v", m)
		}
	})
}

func TestAServerWithoutADescriptionShowsItsPosts(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.OnDescribe = nil
		d.Visit("#/i/a.example")
		if m := shown[*state.ServerModel](t, d); m.Err != nil || m.Instance != nil || m.Rows() != 3 {
			t.Errorf("%+v", m)
		}
	})
}

func TestAThreadIsReadAsAWhole(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 0)
		post := feedstest.Reply("a.example", "2", "1", 2)
		s.OnPost = func(string) (*feeds.Post, error) { return post, nil }
		s.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) {
			return []*feeds.Post{feedstest.Post("a.example", "1", 1)}, []*feeds.Post{feedstest.Reply("a.example", "3", "2", 3)}, nil
		}
		d.Visit("#/p/a.example/2")
		m := shown[*state.ThreadModel](t, d)
		if posts := m.Posts(); len(posts) != 3 || posts[1].Key != post.Key || m.Rows() != 0 || m.Host() != "a.example" {
			t.Errorf("%v", posts)
		}
		if at, withdrawn := m.Fresh(); at.IsZero() || withdrawn {
			t.Errorf("fresh: %v, %v", at, withdrawn)
		}
		d.Do(browser.NearEnd{})
		s.OnPost = func(string) (*feeds.Post, error) { return nil, &feeds.Error{Kind: feeds.Gone, Host: "a.example"} }
		d.Click("again")
		if _, withdrawn := m.Fresh(); !withdrawn || len(m.Posts()) != 0 {
			t.Error("a deleted post is still shown")
		}
	})
}

func TestAWebFeedNamesItsPublisher(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.WebFeeds = statetest.WebFeed{Posts: []*feeds.Post{feedstest.Post("blog.example", "1", 1)}}
		d.Visit("#/f/https:%2F%2Fblog.example%2Ffeed")
		m := shown[*state.WebFeedModel](t, d)
		if m.Host() != "blog.example" || m.Publisher() == nil || m.Publisher().User != "blog" || m.Rows() != 1 || len(m.Posts()) != 1 {
			t.Errorf("%+v", m)
		}
		if at, withdrawn := m.Fresh(); at.IsZero() || withdrawn {
			t.Errorf("fresh: %v, %v", at, withdrawn)
		}
		d.Click("again")
		d.Do(browser.NearEnd{})
		d.Do(browser.Click{Action: "fill", Cursor: "1"})
	})
}
