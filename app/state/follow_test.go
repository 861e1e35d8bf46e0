package state_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser/browsertest"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// followed are the addresses of what is followed, as the program knows it.
func followed(d *statetest.Driver) string {
	var all []string
	for _, f := range d.Follows.Follows {
		all = append(all, string(f.Address))
	}
	return strings.Join(all, " ")
}

func TestOnePressFollowsWhatAViewShowsAndTheNextNoLonger(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Resolver.WebFeeds = statetest.WebFeed{Posts: []*feeds.Post{feedstest.Post("blog.example", "1", 1)}}
		for _, view := range []struct {
			hash, address string
			kind          follows.Kind
		}{
			{"#/@ada@a.example", "#/@ada@a.example", follows.Profile},
			{"#/@bob@a.example/replies", "#/@bob@a.example", follows.Profile},
			{"#/!cats@a.example", "#/!cats@a.example", follows.Community},
			{"#/i/a.example/trending", "#/i/a.example", follows.Server},
			{"#/t/a.example/tea", "#/t/a.example/tea", follows.Hashtag},
			{"#/f/https:%2F%2Fblog.example%2Ffeed", "#/f/https:%2F%2Fblog.example%2Ffeed", follows.WebFeed},
		} {
			d.Visit(view.hash)
			d.Click("follow")
			if f, ok := d.Follows.Find(follows.Address(view.address)); !ok || f.Kind != view.kind || f.Host == "" || f.Added.IsZero() || d.LastUndo == nil {
				t.Fatalf("%s: %+v of %s, %+v", view.hash, f, followed(d), d.LastUndo)
			}
			d.Click("follow")
			if followed(d) != "" {
				t.Fatalf("%s is still followed: %s", view.hash, followed(d))
			}
			d.Click("undo")
			d.Click("follow")
			if followed(d) != "" || d.LastUndo == nil {
				t.Fatalf("%s: %s", view.hash, followed(d))
			}
		}
	})
}

func TestWhatFailsCanBeFollowed(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.OnProfile = func(string, string) (*feeds.Author, error) {
			return nil, &feeds.Error{Kind: feeds.ServerError, Host: "a.example"}
		}
		for _, hash := range []string{"#/@ada@a.example", "#/i/down.example", "#/t/down.example/tea"} {
			d.Visit(hash)
			d.Click("follow")
			if _, ok := d.Follows.Find(follows.Address(hash)); !ok {
				t.Errorf("%s isn't in %s", hash, followed(d))
			}
		}
	})
}

func TestWhatCantBeStoredIsNotFollowedAndSaysSo(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/t/a.example/tea"}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Shelf.Err = &feeds.Error{Kind: feeds.Storage, Err: errors.New("full")}
		d.Click("follow")
		if followed(d) != "" || d.Note == "" || d.LastUndo != nil {
			t.Errorf("%s, %q, %+v", followed(d), d.Note, d.LastUndo)
		}
	})
}

func TestAnotherWritingOfAnAddressIsFollowedToo(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Visit("#/t/a.example/Tea")
		d.Click("follow")
		d.Visit("#/t/a.example/tea")
		f, _ := d.Shown().Model.(state.Followable).Follow(feedstest.Epoch())
		if own, ok := d.Followed(f); !ok || own.Tag != "Tea" {
			t.Errorf("%+v, %v", own, ok)
		}
	})
}

func TestAFollowedChannelHasNoFilterThatNobodyChose(t *testing.T) {
	site := `{"servers":[{"host":"film.example","software":"peertube"}]}`
	statetest.Run(t, statetest.Options{Site: site}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("film.example", 2)
		s.OnProfile = func(user, domain string) (*feeds.Author, error) {
			a := feedstest.Author(user, domain)
			a.Group = true
			return a, nil
		}
		d.Visit("#/@shorts@film.example")
		d.Click("follow")
		if f, _ := d.Follows.Find("#/@shorts@film.example"); f.Kind != follows.Channel || !f.Filter.IsZero() {
			t.Errorf("%+v", f)
		}
	})
}

func TestTheOfferToTakeSomethingBackPasses(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/t/a.example/tea"}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Click("follow")
		d.Pass(19 * time.Second)
		if d.LastUndo == nil {
			t.Fatal("it passes too soon")
		}
		d.Window.Set(func(w *browsertest.Window) { w.Attentive = true })
		d.Pass(time.Minute)
		if d.LastUndo == nil {
			t.Fatal("it passes under the reader's hand")
		}
		d.Window.Set(func(w *browsertest.Window) { w.Attentive = false })
		d.Pass(10 * time.Second)
		if d.LastUndo != nil {
			t.Error("it stays")
		}
		d.Click("follow") // no longer
		d.Pass(15 * time.Second)
		d.Click("follow")
		d.Pass(10 * time.Second)
		if d.LastUndo == nil {
			t.Error("the later offer passes with the one before")
		}
	})
}

func TestTheOfferToTakeSomethingBackGoesWithItsViewAlsoWhereTheNextOneIsSlow(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/t/a.example/tea"}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("a.example", 3)
		s.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			time.Sleep(2 * time.Second)
			return list.Page(c)
		}
		d.Click("follow")
		if d.LastUndo == nil {
			t.Fatal("nothing can be taken back")
		}
		d.Visit("#/t/a.example/coffee")
		d.Pass(5 * time.Second)
		if d.LastUndo != nil {
			t.Error("it stays")
		}
	})
}
