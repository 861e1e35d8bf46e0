package state_test

import (
	"context"
	"testing"
	"time"

	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// named has everybody of a host call themselves by a name.
func named(s *statetest.Server, name string) {
	s.OnProfile = func(user, domain string) (*feeds.Author, error) {
		a := feedstest.Author(user, domain)
		a.Name = name
		return a, nil
	}
}

func TestWhoWasFollowedByAddressAloneGetsTheirNameFromTheirAnswers(t *testing.T) {
	many := func(d *statetest.Driver) {
		startList(d)
		_, err := d.Book.Change(context.Background(), func(data *follows.Data) error {
			for i := range 13 {
				data.Add(serverFollow(string(rune('b'+i)) + ".example"))
			}
			return nil
		})
		if err != nil {
			panic(err)
		}
	}
	for name, o := range map[string]statetest.Options{"by the page": {Before: startList}, "beside it": {Before: many, Jobs: true}} {
		t.Run(name, func(t *testing.T) {
			statetest.Run(t, o, func(t *testing.T, d *statetest.Driver) {
				s, _ := d.Host("a.example", 2)
				for i := range 13 {
					d.Host(string(rune('b'+i))+".example", 1)
				}
				named(s, "Ada of the Sea")
				d.Visit("#/home")
				d.Pass(time.Minute)
				if f, _ := d.Follows.Find("#/@ada@a.example"); f.Title != "Ada of the Sea" {
					t.Errorf("they are called %q", f.Title)
				}
				if d.LastUndo != nil {
					t.Errorf("that isn't the reader's doing: %+v", d.LastUndo)
				}
			})
		})
	}
}

// serverFollow is a server that is followed.
func serverFollow(host string) follows.Follow {
	f := follows.New(follows.Address("#/i/"+host), follows.Server, feedstest.Epoch())
	f.Host = host
	return f
}

func TestAFollowedSourceThatIsReadInItsOwnViewIsLearnedOf(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		top, failure := 3, error(nil)
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { // of the hour before
			return feedstest.Page("", feedstest.Post("a.example", "1", int(time.Until(feedstest.Epoch()).Minutes())*-1-60+top)), failure
		}
		d.Visit("#/@ada@a.example")
		if len(learned(t, d)) != 0 {
			t.Fatalf("nobody is followed: %v", learned(t, d))
		}
		d.Click("follow")
		if l := learned(t, d)["#/@ada@a.example"]; l.LastPost.IsZero() || l.Asked.IsZero() {
			t.Fatalf("what is shown when it is followed tells nothing: %+v", l)
		}
		last := learned(t, d)["#/@ada@a.example"].LastPost

		top = 5
		d.Pass(time.Hour)
		if l := learned(t, d)["#/@ada@a.example"]; !l.LastPost.After(last) {
			t.Errorf("a later answer tells nothing: %+v", l)
		}

		failure = &feeds.Error{Kind: feeds.NeedsLogin, Host: "a.example"}
		d = d.Reload(t)
		if l := learned(t, d)["#/@ada@a.example"]; l.FailKind != feeds.NeedsLogin || l.FailsSince.IsZero() {
			t.Errorf("its failure tells nothing: %+v", l)
		}
	})
}

func TestARenamedSourceIsCalledByItsNewName(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		d.Visit("#/@ada@a.example")
		d.Click("follow")
		named(s, "Ada, renamed")
		e := d.Reload(t)
		if f, _ := e.Follows.Find("#/@ada@a.example"); f.Title != "Ada, renamed" {
			t.Errorf("they are called %q", f.Title)
		}
	})
}
