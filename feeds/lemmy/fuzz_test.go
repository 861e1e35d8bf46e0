package lemmy

import (
	"maps"
	"slices"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// FuzzAnswer: whatever a server sends, on whatever route and in whichever dialect, it becomes sound values or an error.
func FuzzAnswer(f *testing.F) {
	f.Add(`{"post_view":` + link("1", "12:00:00", `,"url":"https://a.example/b.png","body":"x"`) + `,"cross_posts":[` + link("2", "12:00:00", "") + `]}`)
	f.Add(`{"comment_view":` + remark("0.10.34", "12:00:00", "") + `}`)
	f.Add(posts(link("1", "12:00:00", ""), link("2", "11:00:00", `,"featured_local":true`)).Body)
	f.Add(remarks(remark("0.10", "12:00:00", `,"deleted":true`), remark("0.10.34", "12:00:00", "")).Body)
	f.Add(`{"comments":[` + remark("0.10", "12:00:00", "") + `],"replies":[{"replies":[{}]}],"next_page":"2"}`)
	f.Add(personPage([]int{1, 2}, []int{3}).Body)
	f.Add(siteV3)
	f.Add(catsView)
	f.Add(adaView)
	f.Add(`{"error":"couldnt_find_post","message":{}}`)
	for kind := range readers {
		for _, body := range golden.Bodies(f, kind) {
			f.Add(body)
		}
	}
	f.Add(`{"items":[{"type_":"community","community":` + cats + `},{"person":` + ada + `}],"next_page":[]}`)
	for _, body := range feedstest.CorpusSeeds(f, []string{"lemmy", "piefed"}, slices.Sorted(maps.Keys(corpusChecks))...) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, q := range []Quirks{{Version: "0.18.0"}, {Version: "1.0.0"}, {Dialect: PieFed}} {
			s := New(feedstest.Always(body), feedstest.NewClock(), host, q)
			feedstest.Exercise(t, s, feedstest.Questions{
				Posts: []string{"1", "comment:34"}, People: []string{"!cats", "ada"}, Authors: []*feeds.Author{known("c:7"), known("u:3")},
			})
		}
	})
}
