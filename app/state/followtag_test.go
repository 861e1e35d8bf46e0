package state_test

import (
	"fmt"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// further writes into a field of the menu.
func further(which, text string) browser.Event {
	return browser.Submit{Form: "follow-tags", Key: which, Text: text}
}

func TestAHashtagIsFollowedOnSeveralServersWithFurtherHashtags(t *testing.T) {
	file := ""
	const tea = follows.Address("#/t/a.example/tea")
	said := func(d *statetest.Driver) string {
		f, _ := d.Follows.Find(tea)
		return fmt.Sprint(f.Host, f.Hosts, f.Tags.Any, f.Tags.All, f.Tags.None)
	}
	const all = "a.example[b.example c.example:8443] [mate Kaffee] [hot] [ad]"
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 1)
		d.Host("b.example", 2)
		follow(d, "#/t/b.example/Tea", string(tea))
		town := ""
		d.Follow(t, func(data *follows.Data) {
			town = data.MakeList("Town")
			data.Put(town, true, "#/t/b.example/Tea")
		})
		d.Click("follow-options")
		d.Do(further("hosts", " https://B.example/, c.example:8443 b.example "), further("any", "#mate Kaffee mate #TEA"), further("all", "hot"), further("none", "#ad"))
		if said(d) != all || followed(d) != string(tea) || lists(d) != "Town()" || d.FollowMenu.Said != "" || len(d.Follows.In(town)) != 1 {
			t.Errorf("%s, %s, %s, %+v", said(d), followed(d), lists(d), d.FollowMenu)
		}
		for _, bad := range []browser.Event{further("hosts", "nothing"), further("hosts", "@ada@a.example"), further("none", "ad spam")} {
			if d.Do(bad); said(d) != all || d.FollowMenu.Said == "" {
				t.Errorf("%+v: %s, %+v", bad, said(d), d.FollowMenu)
			}
		}
		d.Visit("#/t/b.example/tea")
		f, _ := d.Shown().Model.(state.Followable).Follow(feedstest.Epoch())
		if own, ok := d.Followed(f); !ok || own.Address != tea {
			t.Errorf("at another server it is %+v", own)
		}
		d.Visit("#/home")
		if m := shown[*state.HomeModel](t, d); len(m.Sources) != 1 || len(m.Feed.Snapshot.Sources) != 9 {
			t.Errorf("%+v", m.Feed.Snapshot.Sources)
		}
		d.Pass(time.Second) // many places take turns
		d.Visit("#/following")
		d.Do(browser.Click{Action: "export", Format: "json"})
		file = d.Window.Downloaded("vitrine.json")
	})
	statetest.Run(t, statetest.Options{Hash: "#/following"}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.FileChosen{Data: []byte(file)})
		if d.Click("confirm"); said(d) != all {
			t.Errorf("another browser has %s of %s", said(d), file)
		}
	})
}
