package misskey

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestProfile(t *testing.T) {
	t.Parallel()
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

func TestWhoIsAskedFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ domain, want string }{
		{"", `/api/users/show {"host":null,"username":"ada"}`},
		{"MK.example", `/api/users/show {"host":null,"username":"ada"}`},
		{"Far.example", `/api/users/show {"host":"far.example","username":"ada"}`},
	} {
		s, n := serve(map[string]feedstest.Answered{"/api/users/show": {Body: bo}})
		if _, err := s.Profile(context.Background(), "ada", c.domain); err != nil || n.Asked() != c.want {
			t.Errorf("%q: %v", c.domain, err)
		}
	}
}

func TestProfileOfAnotherServer(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/users/show": {Body: `{"id":"u2","username":"bo","host":"far.example","uri":"https://far.example/users/2","url":"https://far.example/@bo",
		"description":"with @ada :star:","avatarUrl":"https://mk.example/proxy/avatar.webp?url=x&avatar=1","bannerUrl":"/static-assets/transparent.png","createdAt":"2024-01-02T03:04:05.678Z",
		"ffVisibility":"private","followersCount":0,"followingCount":0,"notesCount":9,"isDeleted":true,"isIndexable":false,"noindex":true,
		"emojis":[{"name":"star","url":"https://far.example/star.png"}],"fields":[{"name":"","value":""},{"name":"Star","value":":star: **5**"},7],"roles":[{"name":" "},{"name":"Quiet","isPublic":false}]}`}})
	a, err := s.Profile(context.Background(), "bo", "far.example")
	if err != nil {
		t.Fatal(err)
	}
	if a.Handle() != "bo@far.example" || a.URL != "https://far.example/@bo" || a.URI != "https://far.example/users/2" || a.ID != "u2" || a.Host != host {
		t.Errorf("%+v", a)
	}
	if a.AvatarSt != a.Avatar+"&static=1" || a.Header != "" || !a.Joined.Equal(time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", a)
	}
	if a.Counts != (feeds.AuthorCounts{Posts: 9, Followers: -1, Following: -1}) || a.Gone != feeds.Gone || len(a.Roles) != 0 {
		t.Errorf("%+v", a)
	}
	if a.Wishes != (feeds.Wishes{NoIndex: true, NotIndexable: true}) {
		t.Errorf("%+v", a.Wishes)
	}
	if len(a.Fields) != 1 || a.Fields[0].Value.Blocks[0].Children[0].Kind != content.Emoji || !a.Fields[0].Verified.IsZero() {
		t.Errorf("%+v", a.Fields)
	}
	if m := a.Bio.Blocks[0].Children[1]; m.Kind != content.Mention || m.Href != "https://far.example/@ada" {
		t.Errorf("a mention without a host is one of another server: %+v", m)
	}
	if err := feedstest.CheckAuthors(host, a); err != nil {
		t.Error(err)
	}
}

func TestWhoMovedIsLookedUp(t *testing.T) {
	t.Parallel()
	who := func(to string) string { return `{"id":"u1","username":"ada","movedTo":` + to + `}` }
	for to, want := range map[string]string{`"u2"`: "bo@far.example", `"u1"`: "", `"u7"`: "", `null`: "", `"https://far.example/@cy"`: "cy@far.example", `"https://far.example/users/9abcdefghi"`: "", `"javascript:alert(1)"`: "", `{"id":"u2"}`: ""} {
		s, _ := serve(map[string]feedstest.Answered{
			`/api/users/show {"host":null,"username":"ada"}`: {Body: who(to)},
			`/api/users/show {"userId":"u2"}`:                {Body: bo},
			`/api/users/show`:                                {Status: 404, Body: refusal("NO_SUCH_USER")},
		})
		a, err := s.Profile(context.Background(), "ada", "")
		if err != nil || (a.Moved == nil) != (want == "") || a.Moved != nil && a.Moved.Handle() != want {
			t.Errorf("%s: %+v, %v", to, a, err)
		}
	}
}

func TestAuthorReadElsewhereIsLookedUpHere(t *testing.T) {
	t.Parallel()
	shy := `{"id":"u3","username":"cy","host":"far.example","requireSigninToViewContents":true}`
	s, n := serve(map[string]feedstest.Answered{
		`/api/users/show {"host":"far.example","username":"bo"}`: {Body: bo},
		`/api/users/show {"host":"far.example","username":"cy"}`: {Body: shy},
		`/api/users/show`:  {Status: 404, Body: refusal("NO_SUCH_USER")},
		`/api/users/notes`: {Body: "[]"},
	})
	elsewhere := func(user string) *feeds.Author {
		return &feeds.Author{Host: "other.example", ID: "77", User: user, Domain: "far.example"}
	}
	if _, err := s.ProfilePosts(context.Background(), elsewhere("bo"), feeds.ProfileFilter{Replies: true, NoBoosts: true}, ""); err != nil {
		t.Error(err)
	}
	if asked := n.Asked(); !strings.HasSuffix(asked, `/api/users/notes {"includeMyRenotes":false,"includeReplies":true,"limit":20,"userId":"u2","withRenotes":false,"withReplies":true}`) {
		t.Errorf("asked %s", asked)
	}
	if _, err := s.ProfilePosts(context.Background(), elsewhere("cy"), feeds.ProfileFilter{}, ""); feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("who wants only members to read: %v", err)
	}
	if _, err := s.ProfilePosts(context.Background(), elsewhere("dee"), feeds.ProfileFilter{}, ""); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("who isn't known here: %v", err)
	}
	if _, err := s.ProfilePosts(context.Background(), &feeds.Author{Host: host, ID: "../x"}, feeds.ProfileFilter{}, ""); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("an id that is none: %v", err)
	}
	if _, err := s.ProfilePosts(context.Background(), elsewhere("bo"), feeds.ProfileFilter{Tag: "tea"}, ""); feeds.KindOf(err) != feeds.Unsupported {
		t.Errorf("a tag: %v", err)
	}
}

func TestWhatModeratorsDecidedIsTold(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]feeds.Author{
		`"isSilenced":true`:                   {Limited: true},
		`"isSuspended":true`:                  {Gone: feeds.Refused},
		`"isSuspended":true,"isDeleted":true`: {Gone: feeds.Gone},
		`"isLocked":true,"isSilenced":"no"`:   {Locked: true},
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/users/show": {Body: `{"id":"u1","username":"ada",` + fields + `}`}})
		a, err := s.Profile(context.Background(), "ada", host)
		if err != nil || a.Limited != want.Limited || a.Gone != want.Gone || a.Locked != want.Locked {
			t.Errorf("%s: %+v, %v", fields, a, err)
		}
	}
	s, _ := serve(map[string]feedstest.Answered{"/api/users/show": {Status: 403, Body: refusal("USER_SUSPENDED")}})
	if _, err := s.Profile(context.Background(), "ada", host); !errors.Is(err, feeds.ErrSuspended) || feeds.KindOf(err) != feeds.Refused {
		t.Errorf("a refusal that names the suspension: %v", err)
	}
}
