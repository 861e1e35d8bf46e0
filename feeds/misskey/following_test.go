package misskey

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestWhomSomebodyFollowsGoesOnByTheIdsOfTheList(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/users/show": {Body: ada},
		`/api/users/following {"limit":80,"userId":"u1"}`:                {Body: `[{"id":"f2","followeeId":"u2","followee":` + bo + `},{"id":"f1"}]`},
		`/api/users/following {"limit":80,"untilId":"f1","userId":"u1"}`: {Body: `[]`},
	})
	a := &feeds.Author{Host: "far.example", User: "ada", Domain: host}
	people, next, err := s.Following(context.Background(), a, "")
	if err != nil || len(people) != 1 || people[0].Handle() != "bo@far.example" || next != "f1" {
		t.Errorf("%v, %q, %v", people, next, err)
	}
	if people, next, err = s.Following(context.Background(), a, next); err != nil || len(people) != 0 || next != "" {
		t.Errorf("%v, %q, %v", people, next, err)
	}
}

func TestAListThatIsNotForEverybodyIsRefused(t *testing.T) {
	t.Parallel()
	for want, reply := range map[feeds.Kind]feedstest.Answered{
		feeds.Refused:    {Status: 400, Body: refusal("FORBIDDEN")},
		feeds.NeedsLogin: {Status: 401, Body: refusal("CREDENTIAL_REQUIRED")},
		feeds.NotFound:   {Status: 400, Body: refusal("NO_SUCH_USER")},
		feeds.BadData:    {Body: `[{"id":"f1"},{"id":"f2"}]`},
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/users/following": reply})
		if people, next, err := s.Following(context.Background(), &feeds.Author{Host: host, ID: "u1"}, ""); feeds.KindOf(err) != want || len(people) > 0 || next != "" {
			t.Errorf("%s: %v, %q, %v", want, people, next, err)
		}
	}
}
