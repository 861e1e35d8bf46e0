package page

import (
	"strings"
	"testing"

	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestAHashtagHasItsWeekAndWhatStandsBesideIt(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 0)
		s.Can.TagHistory = true
		s.Week = []feeds.DayUse{{Uses: 4}, {Uses: 1 << 60}, {Uses: -9}, {}, {Uses: 2}, {}, {Uses: 1}}
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) {
			var posts []*feeds.Post
			for i, id := range []string{"3", "2", "1"} {
				p := feedstest.Post("a.example", id, 3-i)
				p.Tags = []feeds.Tag{{Name: "tea"}, {Name: "caf\u00e9"}, {Name: "<b>\u202e"}}
				posts = append(posts, p)
			}
			return feedstest.Page("", posts...), nil
		}
		d.Visit("#/t/a.example/tea")
		out := written(t, view(d.App))
		wants(t, "beside", out, "Often beside it here", `href="#/t/a.example/caf%C3%A9"`, "<bdi>#caf\u00e9</bdi>", "<bdi>#&lt;b&gt;\u202e</bdi>", `data-part="week"`, "<polyline", "posts in 7 days", "By day, the latest last: 1, 0, 2, 0, 0, 100", ", 4<")
		if strings.Contains(out, `href="#/t/a.example/tea"`) {
			t.Error("a hashtag stands beside itself")
		}
	})
}
