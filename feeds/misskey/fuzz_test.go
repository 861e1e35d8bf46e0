package misskey

import (
	"context"
	"os"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// FuzzNotes: whatever a server sends as a list of notes, it becomes sound posts or an error.
func FuzzNotes(f *testing.F) {
	f.Add("[" + noted("n1", ada, `"poll":{"choices":[{"text":"a"}]},"renoteId":"x","reactions":{":a@.:":1},`) + "]")
	f.Add("[" + noted("n1", bo, `"text":"","renoteId":"n2","renote":`+noted("n2", ada, `"renoteId":"n3","renote":`+noted("n3", bo, "")+`,`)+`,`) + "]")
	f.Add("[" + noted("n1", bo, `"uri":"https://far.example/1","url":"javascript:1","replyId":"n0","reply":`+noted("n0", ada, "")+`,"tags":["a"],"files":[{"type":"image/png","url":"//x.example/a"}],`) + "]")
	f.Add(`[{"id":1,"createdAt":null,"user":[],"files":{},"emojis":7,"reactions":[]}]`)
	f.Add(refusal("NO_SUCH_NOTE"))
	seedCorpus(f)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]feedstest.Answered{
			"/api/notes/local-timeline": {Body: body}, "/api/notes/children": {Body: body}, "/api/notes/conversation": {Body: body}, "/api/notes/show": {Body: body},
			"/api/emojis": {Body: `{"emojis":[{"name":"a","url":"/a.png"},{"name":"lamp","url":"javascript:1"}]}`},
		})
		page, err := s.ServerPosts(context.Background(), feeds.Local, "")
		if (page == nil) != (err != nil) || feeds.KindOf(err) == feeds.Internal {
			t.Fatalf("%+v, %v", page, err)
		}
		if err == nil {
			checkPosts(t, page.Posts)
			for i, e := range page.Entries {
				if e.Key != page.Posts[i].Key || e.WrapperID == "" || e.At.IsZero() {
					t.Errorf("%+v", e)
				}
			}
		}
		above, below, _ := s.Context(context.Background(), "n1")
		checkPosts(t, above)
		checkPosts(t, below)
		p, err := s.Post(context.Background(), "n1")
		if (p == nil) != (err != nil) {
			t.Fatalf("%+v, %v", p, err)
		}
		if err == nil {
			checkPosts(t, []*feeds.Post{p})
		}
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
		a, err := s.Profile(context.Background(), "ada", "")
		if (a == nil) != (err != nil) {
			t.Fatalf("%+v, %v", a, err)
		}
		if err == nil {
			if a.User == "" || a.Domain == "" || a.Host != host || a.URL == "" {
				t.Errorf("%+v", a)
			}
			checkSound(t, a)
			_, _ = s.ProfilePosts(context.Background(), a, feeds.ProfileFilter{}, "")
			if pins, err := s.Pinned(context.Background(), a); err == nil {
				checkPosts(t, pins.Posts)
			}
		}
		people, _, _ := s.Directory(context.Background(), "")
		checkSound(t, people)
	})
}

// FuzzMeta: the same for a server's description and its tags.
func FuzzMeta(f *testing.F) {
	f.Add(`{"name":"Bay","version":"2026.10.0","policies":{"ltlAvailable":true},"serverRules":["<b>"],"iconUrl":"/i.png"}`)
	f.Add(`{"version":"1","uri":7,"langs":"de","policies":[],"serverRules":{"0":"x"},"bannerUrl":{"url":"x"}}`)
	f.Add(`[{"tag":"tea","chart":[1,"2",null],"usersCount":-3},{"tag":"\u0000"}]`)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]feedstest.Answered{"/api/meta": {Body: body}, "/api/stats": {Body: body}, "/api/hashtags/trend": {Body: body}})
		i, err := s.Describe(context.Background())
		if (i == nil) != (err != nil) {
			t.Fatalf("%+v, %v", i, err)
		}
		if err == nil {
			checkSound(t, i)
		}
		tags, _ := s.TrendingTags(context.Background())
		checkSound(t, tags)
	})
}

// seedCorpus adds the recorded answers where they are there; without them the test goes on.
func seedCorpus(f *testing.F) {
	if os.Getenv("CORPUS") == "" {
		return
	}
	feedstest.Corpus(f, "misskey", "notes", func(_, body string) { f.Add(body) })
}
