package mbin

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// FuzzAnswer: whatever a server sends, on whatever route, it becomes sound values or an error. There are no recorded answers of
// this API.
func FuzzAnswer(f *testing.F) {
	f.Add(entry("1", "12:00:00", `,"url":"https://a.example/b.png","body":"x","image":{"storageUrl":"https://a.example/b"}`))
	f.Add(micro("5", "12:00:00", ""))
	f.Add(with(gone(remark("10", "null", "null", "")), remark("34", "10", "10", "")))
	f.Add(items(entry("1", "12:00:00", ""), `{"post":`+micro("5", "12:30:00", "")+`}`).Body)
	f.Add(items(cats, ada, bob, farCats).Body)
	f.Add(cats)
	f.Add(bob)
	f.Add(`{"softwareVersion":"1.8.2","websiteTitle":"Cat server","websiteDomain":"https://a.example/","about":"x","items":[{"magazine":` + cats + `}],"apActors":[{"type":"user","object":` + bob + `}]}`)
	for kind := range readers {
		for _, body := range golden.Bodies(f, kind) {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body string) {
		s := New(feedstest.Always(body), feedstest.NewClock(), host)
		feedstest.Exercise(t, s, feedstest.Questions{
			Posts:  []string{"1", "comment:34", "post:5", "post-comment:6"},
			People: []string{"!cats", "ada"}, Authors: []*feeds.Author{known("c:7"), known("u:3")},
		})
	})
}
