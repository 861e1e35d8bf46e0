package misskey

import (
	"context"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

const host = "mk.example"

func serve(replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	n := &feedstest.Network{Replies: replies}
	return New(n, feedstest.NewClock(), host, Quirks{}), n
}

const (
	ada = `{"id":"u1","username":"ada","host":null,"name":"Ada :lamp:","avatarUrl":"/avatar/ada.webp","isBot":false,"emojis":{}}`
	bo  = `{"id":"u2","username":"bo","host":"Far.example","name":null,"avatarUrl":null,"emojis":{"star":"https://far.example/star.png"},"uri":"https://far.example/users/2"}`
)

// noted is a note with fields added; of two of one name the last counts.
func noted(id, by, fields string) string {
	return `{"id":"` + id + `","createdAt":"2026-11-20T10:00:00.000Z","user":` + by + `,"text":"Hello **you**","cw":null,"visibility":"public","renoteCount":2,"repliesCount":1,"reactions":{},"files":[],` + fields + `"x":1}`
}

func read(t *testing.T, body string) *feeds.Post {
	t.Helper()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/notes/show": {Body: body},
		"/api/emojis":     {Body: `{"emojis":[{"name":"lamp","url":"https://mk.example/lamp.png"},{"name":"bad","url":"javascript:1"}]}`},
	})
	p, err := s.Post(context.Background(), "n1")
	if err != nil {
		t.Fatalf("%s\n%v", body, err)
	}
	return p
}

func TestNoteIsAPost(t *testing.T) {
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
	want := []feeds.Reaction{{Name: "lamp", Count: 3, URL: "https://mk.example/lamp.png"}, {Name: "👍", Count: 2}, {Name: ":gone:", Count: 1}, {Name: "star", Count: 1, URL: "https://far.example/star.png"}}
	if len(p.Reactions) != 4 || p.Reactions[0] != want[0] || p.Reactions[1] != want[1] || p.Reactions[2] != want[2] || p.Reactions[3] != want[3] {
		t.Errorf("%+v", p.Reactions)
	}
	if s := p.Sightings[0]; s.ID != "n1" || s.Host != host || !s.Origin {
		t.Errorf("%+v", s)
	}
}

func TestRemoteNoteKeepsItsOrigin(t *testing.T) {
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

func TestEmojiComeInThreeShapes(t *testing.T) {
	for shape, fields := range map[string]string{
		"a list":            `"text":":lamp:","emojis":[{"name":"lamp","url":"https://mk.example/old.png"}],`,
		"an object":         `"text":":lamp:","emojis":{"lamp":"https://mk.example/old.png"},`,
		"the server's":      `"text":":lamp:",`,
		"none that is safe": `"text":":bad:",`,
	} {
		p := read(t, noted("n1", `{"id":"u1","username":"ada"}`, fields))
		got := p.Body.Blocks[0].Children[0]
		if strings.HasPrefix(shape, "none") != (got.Kind == content.Text) {
			t.Errorf("%s: %+v", shape, got)
		}
	}
}

func TestPollQuoteAndReply(t *testing.T) {
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

func TestListHasBoostsAndLeavesOutWhatIsNotForGuests(t *testing.T) {
	list := "[" + strings.Join([]string{
		noted("n5", ada, ""), noted("n4", bo, `"text":"","renoteId":"n1","createdAt":"2026-11-20T11:00:00Z","renote":`+noted("n1", ada, "")+`,`),
		noted("n3", ada, `"isHidden":true,`), noted("n2", ada, `"visibility":"followers",`), `{"id":"n1","user":7}`, `7`, noted("n0", ada, `"visibility":"specified",`),
	}, ",") + "]"
	s, n := serve(map[string]feedstest.Answered{"/api/notes/local-timeline": {Body: list}, "/api/emojis": {Status: 404}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil || len(page.Entries) != 2 || page.Older != "n0" {
		t.Fatalf("%+v, %v", page, err)
	}
	if e := page.Entries[1]; e.BoostedBy == nil || e.BoostedBy.User != "bo" || e.WrapperID != "n4" || e.At.Hour() != 11 || e.Key != "https://mk.example/notes/n1" {
		t.Errorf("%+v", e)
	}
	if asked := n.Asked(); !strings.HasPrefix(asked, `/api/notes/local-timeline {"limit":20}`) {
		t.Errorf("asked %s", asked)
	}
	if _, err := s.ServerPosts(context.Background(), feeds.Local, "n0"); err != nil || n.Asked() != `/api/notes/local-timeline {"limit":40,"untilId":"n0"}` {
		t.Errorf("%v", err)
	}
}

func TestThreadIsReadLevelByLevel(t *testing.T) {
	s, _ := serve(map[string]feedstest.Answered{
		"/api/notes/conversation":                                   {Body: "[" + noted("n2", ada, "") + "," + noted("n1", bo, "") + "]"},
		`/api/notes/children {"limit":100,"noteId":"n3"}`: {Body: "[" + noted("n4", ada, `"replyId":"n3",`) + "," + noted("q", ada, `"renoteId":"n3",`) + "]"},
		`/api/notes/children {"limit":100,"noteId":"n4"}`: {Body: "[" + noted("n5", ada, `"replyId":"n4","repliesCount":0,"createdAt":"2026-11-21T10:00:00Z",`) + "," + noted("n4", ada, `"replyId":"n3",`) + "]"},
		"/api/emojis": {Body: "{}"},
	})
	above, below, err := s.Context(context.Background(), "n3")
	if err != nil || len(above) != 2 || above[0].Sightings[0].ID != "n1" || len(below) != 2 || below[1].Sightings[0].ParentID != "n4" {
		t.Errorf("%d above, %d below, %v", len(above), len(below), err)
	}
}

func TestProfile(t *testing.T) {
	who := `{"id":"u1","username":"ada","host":null,"name":"Ada","description":"I *like* tea #nobot","bannerUrl":"https://mk.example/b.png","fields":[{"name":"Web","value":"https://ada.example"}],
		"verifiedLinks":["https://ada.example"],"isLocked":true,"isExplorable":false,"noCrawle":true,"notesCount":5,"followersCount":6,"followersVisibility":"private","followingCount":7,
		"createdAt":"2024-01-02T00:00:00Z","roles":[{"name":"Helper"}],"pinnedNotes":[` + noted("n1", ada, "") + `]}`
	s, n := serve(map[string]feedstest.Answered{"/api/users/show": {Body: who}, "/api/users/notes": {Body: "[]"}, "/api/emojis": {Body: "{}"}})
	a, err := s.Profile(context.Background(), "ada", host)
	if err != nil || a.Handle() != "ada@mk.example" || a.Counts != (feeds.AuthorCounts{Posts: 5, Followers: -1, Following: 7}) || a.Fields[0].Verified.IsZero() || a.Roles[0] != "Helper" {
		t.Errorf("%+v, %v", a, err)
	}
	if want := (feeds.Wishes{NoIndex: true, NotDiscoverable: true, NoBot: true}); a.Wishes != want || !a.Locked {
		t.Errorf("%+v", a.Wishes)
	}
	if asked := n.Asked(); asked != `/api/users/show {"host":null,"username":"ada"}` {
		t.Errorf("asked %s", asked)
	}
	pins, err := s.Pinned(context.Background(), a)
	if err != nil || len(pins.Entries) != 1 || !pins.Entries[0].Pinned {
		t.Errorf("%+v, %v", pins, err)
	}
	if _, err := s.ProfilePosts(context.Background(), a, feeds.ProfileFilter{OnlyMedia: true}, "n9"); err != nil || !strings.Contains(n.Asked(), `"untilId":"n9","userId":"u1","withFiles":true,"withRenotes":true}`) {
		t.Errorf("%v", err)
	}
	shy := *a
	shy.Wishes.SignInToView = true
	if _, err := s.ProfilePosts(context.Background(), &shy, feeds.ProfileFilter{}, ""); feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("who wants only members to read: %v", err)
	}
}

func TestErrors(t *testing.T) {
	for code, want := range map[string]feeds.Kind{
		"NO_SUCH_NOTE": feeds.NotFound, "SIGNIN_REQUIRED": feeds.NeedsLogin, "LTL_DISABLED": feeds.NeedsLogin, "USER_SUSPENDED": feeds.Refused,
		"RATE_LIMIT_EXCEEDED": feeds.RateLimited, "INTERNAL_ERROR": feeds.ServerError, "INVALID_PARAM": feeds.NotFound, "ANYTHING": feeds.BadData,
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Status: 400, Body: `{"error":{"code":"` + code + `","message":"no"}}`}})
		if _, err := s.Post(context.Background(), "x"); feeds.KindOf(err) != want || feeds.AsError(err).Host != host {
			t.Errorf("%s: %v", code, err)
		}
	}
	for body, want := range map[string]feeds.Kind{"<!doctype html>": feeds.BadData, "[": feeds.BadData, "": feeds.BadData, "{}": feeds.BadData, `{"id":"x"}`: feeds.BadData, "null": feeds.BadData} {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Body: body}, "/api/notes/local-timeline": {Body: body}})
		if _, err := s.Post(context.Background(), "x"); feeds.KindOf(err) != want {
			t.Errorf("%q: %v", body, err)
		}
		if _, err := s.ServerPosts(context.Background(), feeds.Local, ""); body != `{"id":"x"}` && body != "{}" && feeds.KindOf(err) != want {
			t.Errorf("%q as a list: %v", body, err)
		}
	}
	s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Body: noted("x", ada, `"isHidden":true,`)}})
	if _, err := s.Post(context.Background(), "x"); feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("hidden: %v", err)
	}
}

func TestWhatAServerClosesToGuestsIsNotAsked(t *testing.T) {
	for body, want := range map[string]feeds.Access{
		`{"version":"2026.1","policies":{"ltlAvailable":true,"gtlAvailable":false}}`:                                  {Local: feeds.Open, Federated: feeds.Members},
		`{"version":"12.1","disableLocalTimeline":true,"disableGlobalTimeline":false}`:                                {Local: feeds.Members, Federated: feeds.Open},
		`{"version":"2026.1","policies":{"ltlAvailable":true,"gtlAvailable":true},"ugcVisibilityForVisitor":"local"}`: {Local: feeds.Open, Federated: feeds.Members},
		`{"version":"2026.1","policies":{"ltlAvailable":true,"gtlAvailable":true},"ugcVisibilityForVisitor":"none"}`:  {Local: feeds.Members, Federated: feeds.Members},
		`{"version":"11"}`: {},
	} {
		s, n := serve(map[string]feedstest.Answered{"/api/meta": {Body: body}})
		i, err := s.Describe(context.Background())
		if err != nil || i.Access != want {
			t.Errorf("%s: %+v, %v", body, i, err)
			continue
		}
		n.Asked()
		if _, err := s.ServerPosts(context.Background(), feeds.Federated, ""); i.Access.Federated.Closed() && (feeds.KindOf(err) != feeds.NeedsLogin || n.Asked() != "") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestTrendsAndPeople(t *testing.T) {
	s, _ := serve(map[string]feedstest.Answered{
		"/api/hashtags/trend":  {Body: `[{"tag":"tea","chart":[3,2],"usersCount":4},{"tag":""}]`},
		"/api/hashtags/search": {Body: `["tea","teapot"]`},
		"/api/users":           {Body: `[` + ada + `,{"id":"x","username":"shy","isExplorable":false}]`},
	})
	tags, err := s.TrendingTags(context.Background())
	if err != nil || len(tags) != 1 || tags[0].History[0].Uses != 5 || tags[0].History[0].People != 4 {
		t.Errorf("%+v, %v", tags, err)
	}
	if found, err := s.SearchTags(context.Background(), "#te"); err != nil || len(found) != 2 {
		t.Errorf("%+v, %v", found, err)
	}
	if people, _, err := s.Directory(context.Background(), ""); err != nil || len(people) != 1 {
		t.Errorf("%+v, %v", people, err)
	}
}
