package forum

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
)

// at is a post of an hour of a day.
func at(id string, hour int) *feeds.Post {
	return &feeds.Post{Key: feeds.Key(id), Published: time.Date(2026, 11, 20, hour, 0, 0, 0, time.UTC), Sightings: []feeds.Sighting{{ID: id}}, Author: &feeds.Author{User: id, Domain: "a.example"}}
}

func ids(posts []*feeds.Post) string {
	var all []string
	for _, p := range posts {
		all = append(all, string(p.Key))
	}
	return strings.Join(all, " ")
}

func TestWhatIsKeptOnTopStandsAtItsTimeOrNotAtAll(t *testing.T) {
	posts := []*feeds.Post{at("old", 1), at("recent", 11), at("3", 12), at("4", 10)}
	onTop := func(p *feeds.Post) bool { return slices.Contains([]feeds.Key{"old", "recent"}, p.Key) }
	if got := ids(Chronological(posts, onTop)); got != "3 recent 4" {
		t.Error(got)
	}
	if got := ids(Chronological([]*feeds.Post{at("old", 1), at("recent", 11)}, onTop)); got != "recent old" {
		t.Errorf("nothing but posts on top: %s", got)
	}
}

func TestParentsAreNamedWhereTheyAreThere(t *testing.T) {
	first, answer, lost, self := at("1", 1), at("2", 2), at("3", 3), at("4", 4)
	answer.ReplyTo, lost.ReplyTo, self.ReplyTo = &feeds.ReplyTo{ID: "1"}, &feeds.ReplyTo{ID: "9"}, &feeds.ReplyTo{ID: "2"}
	self.Author = answer.Author
	NameParents([]*feeds.Post{first, answer, lost, self})
	if *answer.ReplyTo != (feeds.ReplyTo{ID: "1", Key: "1", Handle: "1@a.example"}) || *lost.ReplyTo != (feeds.ReplyTo{ID: "9"}) || !self.ReplyTo.Self {
		t.Errorf("%+v, %+v, %+v", answer.ReplyTo, lost.ReplyTo, self.ReplyTo)
	}
}

func TestAHandleWithoutAMarkIsAPersonsOrACommunitys(t *testing.T) {
	missing := &feeds.Error{Kind: feeds.NotFound}
	find := func(who string, err error) func(string) (*feeds.Author, error) {
		return func(name string) (*feeds.Author, error) {
			if err != nil {
				return nil, err
			}
			return &feeds.Author{User: name, ID: who}, nil
		}
	}
	for name, c := range map[string]struct {
		user              string
		community, person error
		want              string
	}{
		"a mark":            {"!cats", nil, nil, "community"},
		"a person":          {"cats", nil, nil, "person"},
		"nobody":            {"cats", nil, missing, "community"},
		"neither":           {"cats", missing, missing, "NotFound"},
		"a closed server":   {"cats", nil, &feeds.Error{Kind: feeds.NeedsLogin}, "NeedsLogin"},
		"a mark of nothing": {"!cats", missing, nil, "NotFound"},
	} {
		a, err := Find(c.user, find("community", c.community), find("person", c.person))
		got := string(feeds.KindOf(err))
		if err == nil {
			got = a.ID
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// server knows everybody by the same id.
type server struct{ asked string }

func (s *server) Host() string { return "a.example" }

func (s *server) Profile(_ context.Context, user, domain string) (*feeds.Author, error) {
	s.asked = user + "@" + domain
	return &feeds.Author{ID: "c:7"}, nil
}

func TestIdsOfAnotherServerAreLookedUp(t *testing.T) {
	for name, c := range map[string]struct {
		author    feeds.Author
		id, asked string
	}{
		"known here":         {feeds.Author{Host: "a.example", ID: "u:3"}, "u:3", ""},
		"read elsewhere":     {feeds.Author{Host: "b.example", ID: "u:3", User: "ada", Domain: "a.example"}, "c:7", "ada@a.example"},
		"a group elsewhere":  {feeds.Author{Host: "b.example", ID: "9", User: "cats", Domain: "a.example", Group: true}, "c:7", "!cats@a.example"},
		"no id of this kind": {feeds.Author{Host: "a.example", ID: "u:x", User: "ada", Domain: "a.example"}, "c:7", "ada@a.example"},
	} {
		s := &server{}
		if id, err := AuthorID(context.Background(), s, &c.author); err != nil || id != c.id || s.asked != c.asked {
			t.Errorf("%s: %s, %v, asked %q", name, id, err, s.asked)
		}
	}
}
