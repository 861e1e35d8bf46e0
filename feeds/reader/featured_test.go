package reader

import (
	"testing"

	"vitrine/feeds/blocklist"
)

func TestRecommendedAccountsAreThoseThatTheSiteOpens(t *testing.T) {
	blocked, err := blocklist.New([]string{"blocked.example"})
	if err != nil {
		t.Fatal(err)
	}
	s := newProfileFixture(blocked)
	s.answers(named("Ada"), nil)
	s.profile(ProfileRequest{Tags: true}).Open(t.Context())
	if p := s.last(); len(p.Featured) != 1 || p.Featured[0].Handle() != "bo@"+host || len(p.Tags) != 1 {
		t.Errorf("%+v", p)
	}
	s.profile(ProfileRequest{}).Open(t.Context())
	if p := s.last(); len(p.Featured)+len(p.Tags) != 0 {
		t.Errorf("without being asked for: %+v", p)
	}
}
