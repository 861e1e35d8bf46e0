package state_test

import (
	"strings"
	"testing"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// directoryAt makes a server that lists two people a page, forever, and notes what it is asked.
func directoryAt(d *statetest.Driver, host string) (s *statetest.Server, asked *string) {
	s, _ = d.Host(host, 3)
	s.Can.Directory = true
	asked = new(string)
	s.OnDirectory = func(o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		*asked += string(o) + string(c) + ";"
		return []*feeds.Author{feedstest.Author("a"+string(c), host), feedstest.Author("b"+string(c), host)}, c + "x", nil
	}
	return s, asked
}

func TestADirectoryIsAskedForOnItsTabAlone(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, asked := directoryAt(d, "a.example")
		s.Can.TrendingPosts = true
		for _, hash := range []string{"#/i/a.example", "#/i/a.example/trending", "#/i/a.example/about", "#/"} {
			d.Visit(hash)
		}
		if *asked != "" {
			t.Errorf("asked %q", *asked)
		}
		d.Visit("#/i/a.example/directory")
		m := shown[*state.ServerModel](t, d)
		if *asked != ";" || len(m.Directory.People) != 2 || m.Feed != nil || !m.Ready() {
			t.Errorf("asked %q: %+v", *asked, m.Directory)
		}
		d.Do(browser.NearEnd{})
		if *asked != ";x;" || len(m.Directory.People) != 4 {
			t.Errorf("asked %q: %+v", *asked, m.Directory)
		}
		d.Do(browser.FilterChange{Name: "order", Value: "new"})
		d.Do(browser.FilterChange{Name: "language", Value: "de"})
		if *asked != ";x;new;" || len(m.Directory.People) != 2 || m.Order != feeds.NewestFirst {
			t.Errorf("asked %q: %+v", *asked, m.Directory)
		}
	})
}

func TestADirectoryThatFailsIsAskedAgainFromWhereItWas(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, asked := directoryAt(d, "a.example")
		good := s.OnDirectory
		s.OnDirectory = func(feeds.DirectoryOrder, feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
			return nil, "", &feeds.Error{Kind: feeds.NotFound, Host: "a.example"}
		}
		d.Visit("#/i/a.example/directory")
		m := shown[*state.ServerModel](t, d)
		if !m.Ready() || m.Directory.Err == nil || m.Err != nil {
			t.Fatalf("%+v", m.Directory)
		}
		d.Do(browser.NearEnd{}) // nobody asked for it
		s.OnDirectory = good
		if *asked != "" {
			t.Errorf("asked %q", *asked)
		}
		d.Click("again")
		if len(m.Directory.People) != 2 || m.Directory.Err != nil {
			t.Errorf("%+v", m.Directory)
		}
		d.Do(browser.VisibilityChange{Visible: false}, browser.VisibilityChange{Visible: true})
		s.OnDirectory = func(feeds.DirectoryOrder, feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
			return nil, "", &feeds.Error{Kind: feeds.BadData, Host: "a.example"}
		}
		d.Do(browser.NearEnd{})
		s.OnDirectory = good
		d.Click("older")
		if *asked != ";x;" || len(m.Directory.People) != 4 {
			t.Errorf("asked %q: %+v", *asked, m.Directory)
		}
	})
}

func TestWhoIsListedCanBeFollowed(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		directoryAt(d, "a.example")
		d.Visit("#/i/a.example/directory")
		d.Do(browser.Click{Action: "follow-author", Post: "#/@b@a.example"}, browser.Click{Action: "follow-author", Post: "#/@nobody@a.example"})
		if all := d.Follows.Follows; len(all) != 1 || string(all[0].Address) != "#/@b@a.example" || !strings.HasSuffix(all[0].URL, "/@b") && all[0].Host != "a.example" {
			t.Errorf("%+v", all)
		}
		d.Do(browser.Click{Action: "follow-author", Post: "#/@b@a.example"})
		if len(d.Follows.Follows) != 0 {
			t.Errorf("%+v", d.Follows.Follows)
		}
	})
}

func TestAServerWithoutADirectorySaysSo(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.Sources["a.example"] = &feedstest.Source{HostName: "a.example", OnDescribe: func() (*feeds.Instance, error) {
			return &feeds.Instance{Host: "a.example", Domain: "a.example", Fetched: feedstest.Epoch()}, nil
		}}
		d.Visit("#/i/a.example/directory")
		if m := shown[*state.ServerModel](t, d); m.Directory == nil || m.Directory.Err == nil || m.Directory.Err.Kind != feeds.Unsupported {
			t.Errorf("%+v", m.Directory)
		}
	})
}
