package mastodon

import (
	"encoding/json"
	"testing"

	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// FuzzStatus: whatever a server sends as a status, it becomes a sound post or an error.
func FuzzStatus(f *testing.F) {
	for _, body := range golden.Bodies(f, "timeline") {
		var list []json.RawMessage
		if err := json.Unmarshal([]byte(body), &list); err != nil {
			f.Fatal(err)
		}
		for _, status := range list {
			f.Add(string(status))
		}
	}
	f.Add(toot("1"))
	f.Add(boost("2", "1"))
	f.Add(`{"id":[],"account":{"id":{},"fields":{"1":{}}},"reblog":{"reblog":{"reblog":{}}},"quote":{"quote":{"quote":1}}}`)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/1": {Body: body}, "/api/v1/timelines/public": {Body: "[" + body + "]"}})
		feedstest.Exercise(t, s, feedstest.Questions{Posts: []string{"1"}})
	})
}

// FuzzAnswer: the same for what is sent on whatever route.
func FuzzAnswer(f *testing.F) {
	for kind := range readers {
		for _, body := range golden.Bodies(f, kind) {
			f.Add(body)
		}
	}
	f.Add(`{"title":"a","version":"0.1","thumbnail":{"url":7},"languages":{"0":"en"},"rules":"x","contact":[],"stats":[]}`)
	f.Fuzz(func(t *testing.T, body string) {
		s := New(feedstest.Always(body), feedstest.NewClock(), host, Quirks{})
		feedstest.Exercise(t, s, feedstest.Questions{Posts: []string{"1"}, People: []string{"ada"}})
	})
}
