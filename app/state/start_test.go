package state_test

import (
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
)

func TestAServerOfTheStartIsAskedOnTheTapAlone(t *testing.T) {
	site := `{"servers":[{"host":"a.example","topic":"general","text":"A"},{"host":"b.example","topic":"general","text":"B"}]}`
	statetest.Run(t, statetest.Options{Site: site}, func(t *testing.T, d *statetest.Driver) {
		described := 0
		s, list := d.Host("a.example", 30)
		describe := s.OnDescribe
		s.OnDescribe = func() (*feeds.Instance, error) { described++; return describe() }
		b, _ := d.Host("b.example", 3)
		b.LiveErr, b.Can.TrendingPosts = &feeds.Error{Kind: feeds.NeedsLogin, Host: "b.example"}, true
		d.Visit("#/")
		m := shown[*state.StartModel](t, d)
		d.Do(browser.VisibilityChange{Visible: false}, browser.VisibilityChange{Visible: true}, browser.NearEnd{})
		d.Pass(time.Minute)
		if described+list.Asked != 0 || m.Posts() != nil {
			t.Fatal("a server was asked before the tap")
		}
		look := func(host string) { d.Do(browser.Click{Action: "look", Post: feeds.Key(host)}) }
		look("a.example")
		if described != 1 || list.Asked != 1 || m.Look.Instance == nil || len(m.Posts()) == 0 {
			t.Errorf("described %d times, asked %d times: %+v", described, list.Asked, m.Look)
		}
		d.Do(browser.NearEnd{})
		if list.Asked != 1 {
			t.Errorf("asked %d times", list.Asked)
		}
		look("b.example")
		if m.Look.MembersOnly == nil || len(m.Posts()) != 3 {
			t.Errorf("%+v", m.Look)
		}
		if look("b.example"); m.Look != nil || m.Posts() != nil {
			t.Errorf("%+v", m.Look)
		}
		look("nowhere.example")
		if m.Look.Feed.Snapshot.Err == nil {
			t.Fatalf("%+v", m.Look)
		}
		d.Host("nowhere.example", 1)
		if d.Click("again"); m.Look.Feed.Snapshot.Err != nil || len(m.Posts()) != 1 {
			t.Errorf("%+v", m.Look)
		}
	})
}
