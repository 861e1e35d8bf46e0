package state_test

import (
	"context"
	"fmt"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// limitedViews opens views of a server that counts what it is asked and refuses with *err until that is nil.
func limitedViews(s *statetest.Server, list *statetest.Timeline, err *error, asked *atomic.Int32) []string {
	answer := func() error {
		asked.Add(1)
		return *err
	}
	page, profile, describe := list.Page, s.OnProfile, s.OnDescribe
	s.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
		if err := answer(); err != nil {
			return nil, err
		}
		return page(c)
	}
	s.OnProfile = func(user, domain string) (*feeds.Author, error) {
		if err := answer(); err != nil {
			return nil, err
		}
		return profile(user, domain)
	}
	s.OnDescribe = func() (*feeds.Instance, error) {
		if err := answer(); err != nil {
			return nil, err
		}
		return describe()
	}
	s.OnPost = func(id string) (*feeds.Post, error) {
		if err := answer(); err != nil {
			return nil, err
		}
		return feedstest.Post("a.example", id, 1), nil
	}
	s.OnContext = func(string) (above, below []*feeds.Post, err error) { return nil, nil, nil }
	return []string{"#/t/a.example/tea", "#/@ada@a.example", "#/@ada@a.example/about", "#/i/a.example", "#/i/a.example/about", "#/p/a.example/1"}
}

func TestAQuietRefreshWaitsUntilALimitedServerMayBeAsked(t *testing.T) {
	for i := range 6 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
				s, list := d.Host("a.example", 5)
				var err error = &feeds.Error{Kind: feeds.RateLimited, Host: "a.example", RetryAt: time.Now().Add(5*time.Minute + 30*time.Second)}
				var asked atomic.Int32
				view := limitedViews(s, list, &err, &asked)[i]
				d.Visit(view)
				d.Pass(time.Second)
				before := asked.Load()
				d.Pass(5 * time.Minute)
				if n := asked.Load(); n != before {
					t.Errorf("%s: asked %d times before the server may be asked", view, n-before)
				}
				// The server names the same time again: the reading doesn't wait for it twice, so the next quiet refresh asks.
				d.Pass(time.Minute)
				before = asked.Load()
				err = nil
				d.Pass(2 * time.Minute)
				if asked.Load() == before {
					t.Errorf("%s: never asked again after the server named the same time twice", view)
				}
			})
		})
	}
}

func TestThePostsOfALimitedProfileAreNotPolledEarlier(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("a.example", 5)
		d.Visit("#/@ada@a.example")
		d.Visit("#/")
		s.OnProfile = func(string, string) (*feeds.Author, error) {
			return nil, &feeds.Error{Kind: feeds.RateLimited, Host: "a.example", RetryAt: time.Now().Add(10 * time.Minute)}
		}
		d.Visit("#/@ada@a.example")
		if m := shown[*state.ProfileModel](t, d); m.Author == nil || m.Err == nil || m.Rows() != 5 {
			t.Fatalf("%+v", m)
		}
		asked := list.Asked
		d.Pass(8 * time.Minute)
		if list.Asked != asked {
			t.Errorf("asked %d times", list.Asked-asked)
		}
	})
}

// holdsContext finds a field that is a context, or a function that closes over one, in what a value points to within this package.
func holdsContext(typ reflect.Type, seen map[reflect.Type]bool) string {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct || seen[typ] || typ.PkgPath() != reflect.TypeFor[state.App]().PkgPath() || typ == reflect.TypeFor[state.App]() {
		return ""
	}
	seen[typ] = true
	runner := reflect.TypeFor[func(func(context.Context))]()
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Type == reflect.TypeFor[context.Context]() || f.Type.ConvertibleTo(runner) {
			return typ.Name() + "." + f.Name
		}
		if found := holdsContext(f.Type, seen); found != "" {
			return found
		}
	}
	return ""
}

func TestNoModelKeepsAContext(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 5)
		for _, view := range []string{"#/", "#/t/a.example/tea", "#/@ada@a.example", "#/i/a.example", "#/p/a.example/1", "#/f/https:%2F%2Fblog.example%2Ffeed", "#/settings", "#/embed", "#/open?u=nothing"} {
			d.Visit(view)
			d.Pass(time.Second)
			if field := holdsContext(reflect.TypeOf(d.Shown().Model), map[reflect.Type]bool{}); field != "" {
				t.Errorf("%s: %s keeps a context", view, field)
			}
		}
	})
}
