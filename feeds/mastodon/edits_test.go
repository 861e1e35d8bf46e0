package mastodon

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestTheVersionsOfAPostAreRead(t *testing.T) {
	const account = `"account":{"id":"1","username":"ada","acct":"ada","url":"https://social.example/@ada"}`
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/7/history": {Body: `[
		{"content":"<p>one</p>","spoiler_text":"","sensitive":false,"created_at":"2026-01-01T10:00:00Z",` + account + `,"media_attachments":[],"emojis":[]},
		{"content":"<p>broken</p>","created_at":"soon",` + account + `},
		{"content":"<p>two</p>","spoiler_text":"food","created_at":"2026-01-02T10:00:00Z",` + account + `,
		 "poll":{"options":[{"title":"tea"}]},"media_attachments":[{"id":"3","type":"image","url":"https://social.example/1.png"}],"emojis":[]}]`}})
	versions, err := s.Edits(t.Context(), "7")
	if err != nil || len(versions) != 2 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	first, now := versions[0], versions[1]
	if content.PlainText(first.Body) != "one" || first.Published.Day() != 1 || len(first.Media) > 0 {
		t.Errorf("first %+v", first)
	}
	if content.PlainText(now.Body) != "two" || now.Warning != "food" || len(now.Media) != 1 || now.Poll.Options[0].Title != "tea" {
		t.Errorf("now %+v", now)
	}
	_, err = s.Edits(t.Context(), "8")
	feedstest.Kind(t, err, host, feeds.NotFound)
}
