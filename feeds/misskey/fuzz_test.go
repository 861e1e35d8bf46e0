package misskey

import (
	"testing"

	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// FuzzNotes: whatever a server sends as a list of notes, it becomes sound posts or an error.
func FuzzNotes(f *testing.F) {
	f.Add("[" + noted("n1", ada, `"poll":{"choices":[{"text":"a"}]},"renoteId":"x","reactions":{":a@.:":1},`) + "]")
	f.Add("[" + noted("n1", bo, `"text":"","renoteId":"n2","renote":`+noted("n2", ada, `"renoteId":"n3","renote":`+noted("n3", bo, "")+`,`)+`,`) + "]")
	f.Add("[" + noted("n1", bo, `"uri":"https://far.example/1","url":"javascript:1","replyId":"n0","reply":`+noted("n0", ada, "")+`,"tags":["a"],"files":[{"type":"image/png","url":"//x.example/a"}],`) + "]")
	f.Add(`[{"id":1,"createdAt":null,"user":[],"files":{},"emojis":7,"reactions":[]}]`)
	f.Add(refusal("NO_SUCH_NOTE"))
	for _, body := range feedstest.CorpusSeeds(f, []string{"misskey"}, "notes") {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]feedstest.Answered{
			"/api/notes/local-timeline": {Body: body}, "/api/notes/children": {Body: body}, "/api/notes/conversation": {Body: body}, "/api/notes/show": {Body: body},
			"/api/emojis": {Body: `{"emojis":[{"name":"a","url":"/a.png"},{"name":"lamp","url":"javascript:1"}]}`},
		})
		feedstest.Exercise(t, s, feedstest.Questions{Posts: []string{"n1"}})
	})
}

// FuzzProfile: the same for a user with pinned notes.
func FuzzProfile(f *testing.F) {
	f.Add(ada)
	f.Add(bo)
	f.Add(`{"id":"u1","username":"ada","description":"#nobot @bo","fields":[{"name":"a","value":"https://a.example"}],"movedTo":"u2","pinnedNotes":[` + noted("n1", ada, "") + `]}`)
	f.Add(`{"id":7,"username":"a.b","host":"x.example:8443","avatarUrl":"//evil","fields":{"name":"a"},"roles":"x","emojis":[{"name":"a"}]}`)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]feedstest.Answered{"/api/users/show": {Body: body}, "/api/users": {Body: "[" + body + "]"}, "/api/users/notes": {Body: "[]"}, "/api/emojis": {Body: "{}"}})
		feedstest.Exercise(t, s, feedstest.Questions{People: []string{"ada"}})
	})
}

// FuzzAnswer: the same for what is sent on whatever route.
func FuzzAnswer(f *testing.F) {
	for kind := range readers {
		for _, body := range golden.Bodies(f, kind) {
			f.Add(body)
		}
	}
	f.Add(`{"name":"Bay","version":"2026.10.0","policies":{"ltlAvailable":true},"serverRules":["<b>"],"iconUrl":"/i.png"}`)
	f.Add(`{"version":"1","uri":7,"langs":"de","policies":[],"serverRules":{"0":"x"},"bannerUrl":{"url":"x"}}`)
	f.Add(`[{"tag":"tea","chart":[1,"2",null],"usersCount":-3},{"tag":"\u0000"}]`)
	f.Fuzz(func(t *testing.T, body string) {
		s := New(feedstest.Always(body), feedstest.NewClock(), host, Quirks{})
		feedstest.Exercise(t, s, feedstest.Questions{Posts: []string{"n1"}, People: []string{"ada"}})
	})
}
