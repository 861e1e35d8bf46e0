package misskey

import (
	"context"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestNoteIsAPost(t *testing.T) {
	t.Parallel()
	p := read(t, noted("n1", ada, `"tags":["tea"],"reactions":{"👍":2,":lamp@.:":3,":star@far.example:":1,":gone@x.example:":1},"reactionEmojis":{"star@far.example":"https://far.example/star.png"},`+
		`"files":[{"type":"image/png","url":"/files/a.png","thumbnailUrl":"/files/t.webp","comment":"A lamp","blurhash":"LEHV6nWB2yk8","isSensitive":true,"properties":{"width":20,"height":10,"orientation":6}}],`))
	if p.Key != "https://mk.example/notes/n1" || p.URL != "https://mk.example/notes/n1" || content.PlainText(p.Body) != "Hello you" || !p.Edited.IsZero() {
		t.Errorf("%+v", p)
	}
	if !p.Published.Equal(time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)) || p.Visibility != feeds.Public || !p.Sensitive || p.Warning != "" {
		t.Errorf("%+v", p)
	}
	if p.Author.Handle() != "ada@mk.example" || p.Author.URI != "https://mk.example/users/u1" || len(p.Author.Emoji) != 1 || p.Author.Emoji[0].URL != "https://mk.example/lamp.png" {
		t.Errorf("%+v", p.Author)
	}
	if m := p.Media[0]; m.URL != "https://mk.example/files/a.png" || m.Alt != "A lamp" || m.Width != 10 || m.Height != 20 {
		t.Errorf("%+v", m)
	}
	const still = "https://mk.example/proxy/static.webp?emoji=1&static=1&url="
	want := []feeds.Reaction{{Name: "lamp", Count: 3, URL: "https://mk.example/lamp.png", Static: still + "https%3A%2F%2Fmk.example%2Flamp.png"}, {Name: "👍", Count: 2}, {Name: ":gone:", Count: 1},
		{Name: "star", Count: 1, URL: "https://far.example/star.png", Static: still + "https%3A%2F%2Ffar.example%2Fstar.png"}}
	if len(p.Reactions) != 4 || p.Reactions[0] != want[0] || p.Reactions[1] != want[1] || p.Reactions[2] != want[2] || p.Reactions[3] != want[3] {
		t.Errorf("%+v", p.Reactions)
	}
	if s := p.Sightings[0]; s.ID != "n1" || s.Host != host || !s.Origin {
		t.Errorf("%+v", s)
	}
}

func TestRemoteNoteKeepsItsOrigin(t *testing.T) {
	t.Parallel()
	p := read(t, noted("n1", bo, `"uri":"https://far.example/notes/9","url":"https://far.example/@bo/9","text":"@ada :star: #tea","visibility":"home","cw":"",`))
	if p.Key != "https://far.example/notes/9" || p.URL != "https://far.example/@bo/9" || p.Visibility != feeds.Unlisted || p.Sightings[0].Origin || !p.Sensitive {
		t.Errorf("%+v", p)
	}
	inline := p.Body.Blocks[0].Children
	if inline[0].Kind != content.Mention || inline[0].Name != "ada@far.example" || inline[2].Kind != content.Emoji || inline[4].Href != "https://far.example/tags/tea" {
		t.Errorf("%+v", inline)
	}
	if p.Author.Handle() != "bo@far.example" || p.Author.URL != "https://far.example/users/2" {
		t.Errorf("%+v", p.Author)
	}
}

func TestPollQuoteAndReply(t *testing.T) {
	t.Parallel()
	p := read(t, noted("n1", ada, `"replyId":"n0","reply":`+noted("n0", ada, "")+`,"renoteId":"n9","renote":`+noted("n9", bo, `"uri":"https://far.example/9","renoteId":"n8","renote":`+noted("n8", ada, "")+`,`)+
		`,"poll":{"multiple":true,"expiresAt":"2020-01-01T00:00:00Z","choices":[{"text":"a","votes":2},{"text":"<b>","votes":3}]},`))
	if p.ReplyTo == nil || p.ReplyTo.ID != "n0" || p.ReplyTo.Key != "https://mk.example/notes/n0" || !p.ReplyTo.Self || p.Sightings[0].ParentID != "n0" {
		t.Errorf("%+v", p.ReplyTo)
	}
	if p.Quote == nil || p.Quote.Post == nil || p.Quote.Post.Key != "https://far.example/9" || p.Quote.Post.Quote.Post != nil {
		t.Errorf("%+v", p.Quote)
	}
	if p.Poll == nil || p.Poll.Votes != 5 || !p.Poll.Expired || !p.Poll.Multiple || p.Poll.Options[1].Title != "<b>" {
		t.Errorf("%+v", p.Poll)
	}
}

func TestRenoteHasNothingOfItsOwn(t *testing.T) {
	t.Parallel()
	tea := noted("n1", ada, "")
	for fields, quote := range map[string]bool{
		`"text":"","renoteId":"n1",`:                         false,
		`"text":"","cw":"","renoteId":"n1",`:                 false,
		`"text":"","cw":"a warning","renoteId":"n1",`:        true,
		`"text":"look","renoteId":"n1",`:                     true,
		`"text":"","replyId":"n0","renoteId":"n1",`:          true,
		`"text":"","renoteId":"n1","poll":{"choices":[]},`:   true,
		`"text":"","renoteId":"n1","files":[{"type":"x"}],`:  true,
		`"text":"","renoteId":"n1","files":[],"poll":null,`:  false,
		`"text":"","renoteId":"n1","files":[],"tags":["x"],`: false,
	} {
		p := read(t, noted("n2", bo, fields+`"renote":`+tea+`,`))
		if isQuote := p.Quote != nil && p.Quote.Post != nil && p.Sightings[0].ID == "n2"; isQuote != quote || !quote && p.Sightings[0].ID != "n1" {
			t.Errorf("%s: %+v", fields, p)
		}
	}
}

func TestQuoteOfWhatIsNotForGuestsIsNotShown(t *testing.T) {
	t.Parallel()
	for name, fields := range map[string]string{
		"didn't come along": `"renoteId":"n1",`,
		"for followers":     `"renoteId":"n1","renote":` + noted("n1", ada, `"visibility":"followers",`) + `,`,
		"hidden":            `"renoteId":"n1","renote":` + noted("n1", ada, `"isHidden":true,`) + `,`,
		"broken":            `"renoteId":"n1","renote":{"id":"n1"},`,
	} {
		if q := read(t, noted("n2", ada, fields)).Quote; q == nil || q.State != feeds.QuoteUnauthorized || q.Post != nil || q.ID != "n1" {
			t.Errorf("%s: %+v", name, q)
		}
	}
}

func TestRemoteNoteWithoutItsAddressHasNone(t *testing.T) {
	t.Parallel()
	p := read(t, noted("n1", bo, ""))
	if p.URI != "" || p.Key != "mk.example/n1" || p.URL != "https://mk.example/notes/n1" || p.Sightings[0].Origin {
		t.Errorf("%+v", p)
	}
	p = read(t, noted("n1", bo, `"url":"https://far.example/@bo/1",`))
	if p.URI != "" || p.Key != "https://far.example/@bo/1" || p.URL != "https://far.example/@bo/1" {
		t.Errorf("%+v", p)
	}
}

func TestOwnHostNamedIsHome(t *testing.T) {
	t.Parallel()
	p := read(t, noted("n1", `{"id":"u1","username":"ada","host":"MK.example"}`, ""))
	if p.Author.Handle() != "ada@mk.example" || !p.Sightings[0].Origin || p.URI != "https://mk.example/notes/n1" {
		t.Errorf("%+v", p)
	}
}

func TestEditsAndLanguage(t *testing.T) {
	t.Parallel()
	p := read(t, noted("n1", ada, `"updatedAt":"2026-11-20T10:05:00.000Z","lang":"de",`))
	if p.Edited.Sub(p.Published) != 5*time.Minute || p.Language != "de" {
		t.Errorf("%+v", p)
	}
	if p = read(t, noted("n1", ada, `"updatedAt":"2026-11-20T10:00:00.000Z","lang":"<b>",`)); !p.Edited.IsZero() || p.Language != "" {
		t.Errorf("%+v", p)
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	calm, marked := ada, `{"id":"u1","username":"ada","mandatoryCW":"spiders"}`
	for _, c := range []struct {
		by, fields, want string
		sensitive        bool
	}{
		{calm, `"cw":null,`, "", false},
		{calm, `"cw":"",`, "", true},
		{calm, `"cw":"\u200b",`, "", true},
		{calm, `"cw":" food ",`, "food", true},
		{calm, `"cw":"$[x2 Loud] **film** [ending](https://b.example/) :lamp:",`, "Loud film ending :lamp:", true},
		{marked, `"cw":null,`, "spiders", false},
		{marked, `"cw":"spiders, big",`, "spiders, big", true},
		{marked, `"cw":"food","mandatoryCW":"long",`, "food, long, spiders", true},
	} {
		if p := read(t, noted("n1", c.by, c.fields)); p.Warning != c.want || p.Sensitive != c.sensitive || p.HasWarning() != (c.sensitive || c.want != "") {
			t.Errorf("%s %s: %q, %v", c.by, c.fields, p.Warning, p.Sensitive)
		}
	}
}

func TestReactionsOfOldVersions(t *testing.T) {
	t.Parallel()
	for _, fields := range []string{`"reactions":{"like":1,"pudding":3},`, `"reactions":null,"reactionCounts":{"like":1,"pudding":3},`} {
		got := read(t, noted("n1", ada, fields)).Reactions
		if len(got) != 2 || got[0] != (feeds.Reaction{Name: "🍮", Count: 3}) || got[1] != (feeds.Reaction{Name: "👍", Count: 1}) {
			t.Errorf("%s: %+v", fields, got)
		}
	}
	if got := read(t, noted("n1", ada, `"reactions":{"":3,"👍":0,"👎":-1,"🦀":"2"},`)).Reactions; len(got) != 1 || got[0].Name != "🦀" {
		t.Errorf("%+v", got)
	}
}

func TestReactionsHaveAnOrder(t *testing.T) {
	t.Parallel()
	body := noted("n1", ada, `"reactions":{"a":1,"b":1,"c":1,":s@x.example:":1,":s@y.example:":1,":s@.:":1},"reactionEmojis":{"s@x.example":"https://x.example/s.png","s@y.example":"https://y.example/s.png"},`)
	first := read(t, body).Reactions
	for range 20 {
		for i, r := range read(t, body).Reactions {
			if r != first[i] {
				t.Fatalf("%+v, %+v", r, first[i])
			}
		}
	}
}

func TestFilesAreMedia(t *testing.T) {
	t.Parallel()
	p := read(t, noted("n1", ada, `"files":[
		{"type":"video/mp4","url":"https://mk.example/a.mp4","thumbnailUrl":"https://mk.example/a.mp4"},
		{"type":"audio/ogg","url":"/files/a.ogg"},{"type":"application/ogg","url":"/files/b.ogg"},
		{"type":"application/zip","url":"/files/a.zip","properties":{}},
		{"type":"image/webp","url":null,"thumbnailUrl":"/files/t.webp","properties":{"width":"x","height":-1}},
		{"type":"image/png","url":"javascript:alert(1)"},{"url":7},7],`))
	want := []feeds.Media{
		{Kind: feeds.Video, URL: "https://mk.example/a.mp4"},
		{Kind: feeds.Audio, URL: "https://mk.example/files/a.ogg"}, {Kind: feeds.Audio, URL: "https://mk.example/files/b.ogg"},
		{Kind: feeds.UnknownMedia, URL: "https://mk.example/files/a.zip"},
		{Kind: feeds.Image, Preview: "https://mk.example/files/t.webp"},
	}
	if len(p.Media) != len(want) {
		t.Fatalf("%+v", p.Media)
	}
	for i, m := range p.Media {
		if m != want[i] {
			t.Errorf("%+v, wanted %+v", m, want[i])
		}
	}
}

func TestIDsAreParts(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", ".", "..", "a/b", "a?b", "a b", "é"} {
		s, n := serve(map[string]feedstest.Answered{"/api/notes/show": {Body: noted(id, ada, "")}})
		if _, err := s.Post(context.Background(), id); feeds.KindOf(err) != feeds.NotFound || n.Asked() != "" {
			t.Errorf("%q was asked for: %v", id, err)
		}
		if _, _, err := s.Context(context.Background(), id); feeds.KindOf(err) != feeds.NotFound || n.Asked() != "" {
			t.Errorf("what is around %q was asked for: %v", id, err)
		}
		if _, err := s.Post(context.Background(), "n1"); feeds.KindOf(err) != feeds.BadData {
			t.Errorf("a note named %q: %v", id, err)
		}
	}
	p := read(t, noted("n1", ada, `"replyId":"../x","renoteId":"a/b",`))
	if p.ReplyTo != nil || p.Quote != nil || p.Sightings[0].ParentID != "" {
		t.Errorf("%+v", p)
	}
}

func TestHandlesAreHandles(t *testing.T) {
	t.Parallel()
	for _, who := range []string{
		`{"id":"u1"}`, `{"id":"u1","username":""}`, `{"id":"u1","username":"a/b"}`, `{"id":"u1","username":"a@b"}`,
		`{"id":"u1","username":"a","host":"nowhere"}`, `{"id":"u1","username":"a","host":"x.example/?y"}`, `{"id":"u1","username":"a","host":"x y"}`, `7`,
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Body: noted("n1", who, "")}})
		if p, err := s.Post(context.Background(), "n1"); feeds.KindOf(err) != feeds.BadData {
			t.Errorf("%s: %+v, %v", who, p, err)
		}
	}
}

func TestDeletedAndHiddenNotes(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]feeds.Kind{
		`"deletedAt":"2026-11-20T10:00:00Z",`: feeds.Gone,
		`"isHidden":true,`:                    feeds.NeedsLogin,
		`"visibility":"followers",`:           feeds.NeedsLogin,
		`"visibility":"specified",`:           feeds.NeedsLogin,
		`"visibility":"new",`:                 feeds.NeedsLogin,
		`"text":"","renoteId":"n9",`:          feeds.NeedsLogin,
		`"createdAt":"once",`:                 feeds.BadData,
		`"user":null,`:                        feeds.BadData,
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Body: noted("n1", ada, fields)}})
		if p, err := s.Post(context.Background(), "n1"); feeds.KindOf(err) != want {
			t.Errorf("%s: %+v, %v", fields, p, err)
		}
	}
}

func TestNoteNamesItsChannel(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]string{`"channel":{"id":"c1","name":" Tea room "},`: "Tea room", `"channel":null,`: "", `"channel":7,`: "", ``: ""} {
		if got := read(t, noted("n1", ada, fields)).Channel; got != want {
			t.Errorf("%s: %q", fields, got)
		}
	}
}
