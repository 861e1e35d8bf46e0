package state_test

import (
	"context"
	"testing"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// edited is a server that tells the versions of its posts.
type edited struct {
	*statetest.Server
	versions []*feeds.Post
	err      error
}

// Edits implements feeds.Edits.
func (e edited) Edits(context.Context, string) ([]*feeds.Post, error) { return e.versions, e.err }

func TestTheVersionsOfAPostAreAskedForWhenTheyAreOpened(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		p, _ := linking(t, d, "<p>now</p>", nil)
		d.Do(browser.Click{Action: "edits", Post: p.Key})
		if e := d.Edits; e == nil || e.Busy || feeds.KindOf(e.Err) != feeds.Unsupported {
			t.Fatalf("a server without them: %+v", e)
		}
		a := d.Resolver.Sources["a.example"].(*statetest.Server)
		d.Resolver.Sources["a.example"] = edited{Server: a, versions: []*feeds.Post{feedstest.Post("a.example", "1", 0), feedstest.Post("a.example", "1", 5)}}
		d.Do(browser.Click{Action: "edits", Post: p.Key})
		if e := d.Edits; e == nil || e.Err != nil || len(e.Versions) != 2 {
			t.Fatalf("%+v", e)
		}
		d.Do(browser.DialogClosed{Dialog: state.EditsDialog})
		if d.Edits != nil {
			t.Error("what was closed is kept")
		}
	})
}
