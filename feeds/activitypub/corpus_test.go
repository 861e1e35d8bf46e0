package activitypub

import (
	"fmt"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// TestCorpus reads every recorded document of every software.
func TestCorpus(t *testing.T) {
	t.Parallel()
	posts, actors, none := map[string]int{}, map[string]int{}, 0
	objects := feedstest.Corpus(t, nil, "activitypub-object")
	feedstest.CheckCorpus(t, objects, nil, func(r feedstest.Recording) error {
		at := "https://recorded.example/" + r.Software
		p, err := Object([]byte(r.Body), at, feedstest.Epoch())
		if err != nil {
			if _, err := ActorOf([]byte(r.Body), at, feedstest.Epoch()); err == nil {
				actors[r.Software]++
				return nil
			}
		}
		switch kind := feeds.KindOf(err); {
		case IsNoPost(err), kind == feeds.NeedsLogin, kind == feeds.Gone:
			none++
			return nil
		case err != nil:
			return err
		}
		posts[r.Software]++
		return feedstest.CheckPosts(p.Sightings[0].Host, p)
	})
	people := feedstest.Corpus(t, nil, "activitypub-actor")
	feedstest.CheckCorpus(t, people, nil, func(r feedstest.Recording) error {
		a, err := ActorOf([]byte(r.Body), "https://recorded.example/"+r.Software, feedstest.Epoch())
		switch {
		case feeds.KindOf(err) == feeds.Gone:
			none++
			return nil
		case err != nil:
			return err
		case a.User == "" || a.Domain == "":
			return fmt.Errorf("an actor without a name: %+v", a)
		}
		actors[r.Software]++
		return feedstest.CheckValue(a)
	})
	t.Logf("posts %v\nactors %v\n%d documents are neither", posts, actors, none)
}
