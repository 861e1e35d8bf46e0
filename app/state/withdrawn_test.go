package state_test

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/app/state/statetest"
	"vitrine/feeds"
)

// A server that showed something may later refuse it in any way. Only what was deleted, withdrawn or isn't found any more goes.
func TestWhatIsStoredStaysUnlessItWasWithdrawn(t *testing.T) {
	for _, kind := range []feeds.Kind{
		feeds.Offline, feeds.Unreachable, feeds.NeedsLogin, feeds.RateLimited, feeds.Refused, feeds.ServerError, feeds.Gone, feeds.NotFound, feeds.BadData, feeds.TooLarge,
		feeds.Timeout, feeds.Unsupported, feeds.Storage, feeds.Internal,
	} {
		gone := kind == feeds.Gone || kind == feeds.Refused || kind == feeds.NotFound
		for i, view := range []string{"#/t/a.example/tea", "#/@ada@a.example", "#/i/a.example", "#/i/a.example/federated", "#/p/a.example/1"} {
			t.Run(string(kind)+" "+view, func(t *testing.T) {
				statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
					s, list := d.Host("a.example", 5)
					s.Can.Local, s.Can.Federated, s.Can.TrendingPosts = true, true, true
					var err error
					var asked atomic.Int32
					limitedViews(s, list, &err, &asked)
					d.Visit(view)
					d.Pass(time.Second)
					if !slices.Contains(d.Window.Fronts(), view) {
						t.Fatal("there is no front from the beginning")
					}
					err = &feeds.Error{Kind: kind, Host: "a.example"}
					if i == 2 || i == 3 {
						s.LiveErr = err
					}
					d.Visit("#/settings")
					d.Visit(view)
					d.Pass(time.Minute)
					d.Click("again")
					d.Pass(time.Minute)
					if kept := slices.Contains(d.Window.Fronts(), view); kept == gone {
						t.Errorf("its front is kept: %v", kept)
					}
					if n := len(d.Shown().Model.Posts()); n == 0 && !gone {
						t.Error("the stored posts are not shown")
					}
				})
			})
		}
	}
}

func TestTheFrontOfASuspendedAccountGoes(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		const view = "#/@ada@a.example"
		s, _ := d.Host("a.example", 5)
		profile := s.OnProfile
		d.Visit(view)
		d.Pass(time.Second)
		if !slices.Contains(d.Window.Fronts(), view) {
			t.Fatal("there is no front from the beginning")
		}
		s.OnProfile = func(user, domain string) (*feeds.Author, error) {
			a, err := profile(user, domain)
			a.Gone = feeds.Refused
			return a, err
		}
		d.Visit("#/settings")
		d.Visit(view)
		d.Pass(time.Minute)
		if slices.Contains(d.Window.Fronts(), view) {
			t.Error("its front is kept")
		}
	})
}
