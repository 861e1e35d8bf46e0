package activitypub

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const host = "a.example"

func serve(replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	n := &feedstest.Network{Replies: replies}
	return New(n, feedstest.NewClock(), host, Quirks{Software: "mobilizon"}), n
}

func note(id, by, fields string) string {
	return `{"id":"` + id + `","type":"Note","attributedTo":"` + by + `","published":"2026-11-20T10:00:00Z","to":"as:Public","content":"` + id + `",` + fields + `"x":1}`
}

const (
	adaID  = "https://a.example/users/ada"
	adaDoc = `{"id":"` + adaID + `","type":"Person","preferredUsername":"ada","name":"Ada","inbox":"` + adaID + `/inbox","outbox":"` + adaID + `/outbox"}`
)

func world() map[string]feedstest.Answered {
	return map[string]feedstest.Answered{
		"/.well-known/webfinger": {Body: `{"links":[{"rel":"self","type":"text/html","href":"x"},{"rel":"self","type":"application/activity+json","href":"` + adaID + `"}]}`},
		adaID:                    {Body: adaDoc},
		adaID + "/outbox":        {Body: `{"id":"` + adaID + `/outbox","type":"OrderedCollection","totalItems":3,"first":"` + adaID + `/outbox?page=1"}`},
		"/users/ada/outbox?page=1": {Body: `{"id":"` + adaID + `/outbox?page=1","type":"OrderedCollectionPage","next":"` + adaID + `/outbox?page=2","orderedItems":[` + strings.Join([]string{
			`{"type":"Create","id":"https://a.example/c/1","actor":"` + adaID + `","published":"2026-11-20T10:00:00Z","object":` + note("https://a.example/n/1", adaID, "") + `}`,
			`{"type":"Announce","id":"https://a.example/b/1","actor":"` + adaID + `","published":"2026-11-21T10:00:00Z","object":"https://b.example/n/9"}`,
			`{"type":"Like","id":"https://a.example/l/1","object":"https://b.example/n/9"}`,
			`{"type":"Create","id":"https://a.example/c/2","object":` + note("https://b.example/n/forged", "https://b.example/bo", "") + `}`,
			`"https://a.example/n/2"`, `7`,
		}, ",") + `]}`},
		"https://a.example/n/1":      {Body: note("https://a.example/n/1", adaID, `"replies":{"type":"Collection","first":{"type":"CollectionPage","items":["https://b.example/r/1"]}},`)},
		"https://a.example/n/2":      {Body: note("https://a.example/n/2", adaID, `"inReplyTo":"https://a.example/n/1",`)},
		"https://b.example/n/9":      {Body: note("https://b.example/n/9", "https://b.example/bo", "")},
		"https://b.example/r/1":      {Body: note("https://b.example/r/1", "https://b.example/bo", `"inReplyTo":"https://a.example/n/1",`)},
		"https://b.example/bo":       {Body: `{"id":"https://b.example/bo","type":"Person","preferredUsername":"bo","name":"Bo"}`},
		"https://a.example/gone":     {Status: 410, Body: "{}"},
		"https://a.example/page":     {Body: "<html>"},
		"https://a.example/imposter": {Body: note("https://b.example/n/none", adaID, "")},
	}
}

func TestProfileIsFoundByWebFingerAndItsOutboxRead(t *testing.T) {
	t.Parallel()
	s, _ := serve(world())
	a, err := s.Profile(context.Background(), "ada", host)
	if err != nil || a.Name != "Ada" || a.Handle() != "ada@a.example" || a.Host != host || a.Counts.Posts != 3 {
		t.Fatalf("%+v, %v", a, err)
	}
	page, err := s.ProfilePosts(context.Background(), a, feeds.ProfileFilter{Replies: true}, "")
	if err != nil || len(page.Entries) != 3 || page.Older != feeds.Cursor(adaID+"/outbox?page=2") {
		t.Fatalf("%+v, %v", page, err)
	}
	if page.Entries[0].Key != "https://a.example/n/1" || page.Posts[0].Author.Name != "Ada" || page.Posts[0].Sightings[0].ID != "/n/1" {
		t.Errorf("%+v", page.Posts[0])
	}
	if b := page.Entries[1]; b.BoostedBy == nil || b.Key != "https://b.example/n/9" || b.At.Day() != 21 || page.Posts[1].Author.Name != "Bo" || page.Posts[1].Sightings[0].ID != "https://b.example/n/9" {
		t.Errorf("%+v", b)
	}
	if page, err := s.ProfilePosts(context.Background(), a, feeds.ProfileFilter{NoBoosts: true}, ""); err != nil || len(page.Entries) != 1 {
		t.Errorf("%+v, %v", page, err)
	}
	if _, err := s.ProfilePosts(context.Background(), a, feeds.ProfileFilter{}, "https://evil.example/outbox"); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("a cursor of another server: %v", err)
	}
}

func TestWhoMovedNamesWhomTheyBecame(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]string{
		`"https://b.example/bo"`:        "bo@b.example",
		`{"id":"https://b.example/bo"}`: "bo@b.example",
		`"https://c.example/users/cy"`:  "cy@c.example", // which doesn't answer
		`"` + adaID + `"`:               "",
		`null`:                          "", `""`: "", `"javascript:alert(1)"`: "",
	} {
		replies := world()
		replies[adaID] = feedstest.Answered{Body: strings.Replace(adaDoc, `"name"`, `"movedTo":`+to+`,"memorial":true,"postingRestrictedToMods":true,"name"`, 1)}
		s, _ := serve(replies)
		a, err := s.Profile(context.Background(), "ada", host)
		if err != nil || (a.Moved == nil) != (want == "") || a.Moved != nil && a.Moved.Handle() != want || !a.Memorial || !a.ModsOnly {
			t.Errorf("%s: %+v, %v", to, a, err)
		}
		found, err := s.Look(context.Background(), adaID)
		if err != nil || found.Author == nil || (found.Author.Moved == nil) != (want == "") {
			t.Errorf("%s by its address: %+v, %v", to, found.Author, err)
		}
	}
}

func TestAProfileCountsWhatItsOutboxCounts(t *testing.T) {
	t.Parallel()
	for outbox, want := range map[string]int{
		`{"id":"` + adaID + `/outbox","type":"OrderedCollection","totalItems":500,"orderedItems":[]}`: 500,
		`{"id":"` + adaID + `/outbox","type":"OrderedCollection"}`:                                    -1,
		`<html>`: -1,
	} {
		replies := world()
		replies[adaID+"/outbox"] = feedstest.Answered{Body: outbox}
		s, _ := serve(replies)
		if a, err := s.Profile(context.Background(), "ada", host); err != nil || a.Counts.Posts != want {
			t.Errorf("%s: %+v, %v", outbox, a, err)
		}
	}
}

func TestAnOutboxIsReadOnWhereAPageHasNothingForGuests(t *testing.T) {
	t.Parallel()
	page := func(number, next, items string) feedstest.Answered {
		return feedstest.Answered{Body: `{"id":"` + adaID + `/outbox?page=` + number + `","type":"OrderedCollectionPage","next":"` + adaID + `/outbox?page=` + next + `","orderedItems":[` + items + `]}`}
	}
	replies := world()
	replies["/users/ada/outbox?page=1"] = page("1", "2", "")
	replies["/users/ada/outbox?page=2"] = page("2", "3", `{"type":"Like","id":"https://a.example/l/1","object":"https://b.example/n/9"}`)
	replies["/users/ada/outbox?page=3"] = page("3", "4", `"https://a.example/n/1"`)
	s, _ := serve(replies)
	got, err := s.ProfilePosts(context.Background(), &feeds.Author{URI: adaID}, feeds.ProfileFilter{Replies: true}, "")
	if err != nil || len(got.Entries) != 1 || got.Older != feeds.Cursor(adaID+"/outbox?page=4") {
		t.Errorf("%+v, %v", got, err)
	}

	replies["/users/ada/outbox?page=2"] = page("2", "1", "") // the two name each other
	s, network := serve(replies)
	got, err = s.ProfilePosts(context.Background(), &feeds.Author{URI: adaID}, feeds.ProfileFilter{Replies: true}, "")
	if err != nil || len(got.Entries) != 0 || got.Older != "" || len(network.Requests()) > 12 {
		t.Errorf("%+v, %v, asked %d times", got, err, len(network.Requests()))
	}
}

func TestThreadGoesUpAndDown(t *testing.T) {
	t.Parallel()
	s, _ := serve(world())
	p, err := s.Post(context.Background(), "/n/2")
	if err != nil || p.ReplyTo.ID != "/n/1" || p.Author.Name != "Ada" {
		t.Fatalf("%+v, %v", p, err)
	}
	above, below, err := s.Context(context.Background(), "/n/2")
	if err != nil || len(above) != 1 || above[0].Key != "https://a.example/n/1" || len(below) != 0 {
		t.Errorf("%d above, %d below, %v", len(above), len(below), err)
	}
	_, below, err = s.Context(context.Background(), "/n/1")
	if err != nil || len(below) != 1 || below[0].Sightings[0].ParentID != "/n/1" {
		t.Errorf("%+v, %v", below, err)
	}
}

func TestCollectionHasItsPosts(t *testing.T) {
	t.Parallel()
	s, _ := serve(world())
	for _, at := range []string{adaID + "/outbox", adaID + "/outbox?page=1"} {
		if found, err := s.Look(context.Background(), at); err != nil || len(found.Posts) != 3 {
			t.Errorf("%s: %d posts, %v", at, len(found.Posts), err)
		}
	}
}

func TestADocumentIsBelievedOnlyByItsOwnServer(t *testing.T) {
	t.Parallel()
	s, n := serve(world())
	if _, err := s.Post(context.Background(), "/imposter"); err == nil {
		t.Error("what a.example says b.example wrote was believed")
	}
	if asked := n.Asked(); !strings.Contains(asked, "/n/none") {
		t.Errorf("b.example wasn't asked:\n%s", asked)
	}
	for id, want := range map[string]feeds.Kind{"/gone": feeds.Gone, "/page": feeds.BadData, "/nowhere": feeds.NotFound, "ftp://x": feeds.NotFound} {
		if _, err := s.Post(context.Background(), id); feeds.KindOf(err) != want {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// BenchmarkPage40 reads a page of an outbox with 40 notes.
func BenchmarkPage40(b *testing.B) {
	replies := world()
	var items []string
	for i := range 40 {
		items = append(items, fmt.Sprintf(`{"type":"Create","id":"https://a.example/c/%d","published":"2026-11-20T10:00:00Z","object":%s}`, i,
			note(fmt.Sprintf("https://a.example/n/%d", i), adaID, `"contentMap":{"en":"<p>Some <em>words</em> with a <a href=\"https://b.example/\">link</a> and <a href=\"https://a.example/tags/tea\" rel=\"tag\">#tea</a></p>"},"tag":[{"type":"Hashtag","name":"#tea"}],"attachment":[{"type":"Document","mediaType":"image/png","url":"https://a.example/a.png","name":"A lamp"}],`)))
	}
	replies["/users/ada/outbox?page=1"] = feedstest.Answered{Body: `{"id":"` + adaID + `/outbox?page=1","type":"OrderedCollectionPage","orderedItems":[` + strings.Join(items, ",") + `]}`}
	s, n := serve(replies)
	a, err := s.Profile(context.Background(), "ada", host)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if page, err := s.ProfilePosts(context.Background(), a, feeds.ProfileFilter{}, ""); err != nil || len(page.Posts) != 40 {
			b.Fatal(err, len(page.Posts))
		}
		n.Asked()
	}
}

func TestPostsWithoutADateStandWhereTheirOutboxHasThem(t *testing.T) {
	t.Parallel()
	undated := func(id, more string) string {
		return `{"id":"https://a.example/n/` + id + `","type":"Note","attributedTo":"` + adaID + `","to":"as:Public",` + more + `"content":"x"}`
	}
	items := strings.Join([]string{
		undated("u1", ""),
		undated("d1", `"published":"2026-11-20T10:00:00Z",`),
		undated("u2", `"published":"when it rained",`),
		undated("d2", `"updated":"2026-11-19T10:00:00Z",`),
		`{"type":"Create","id":"https://a.example/c/3","published":"2026-11-18T10:00:00Z","object":"https://a.example/n/d3"}`,
		`{"type":"Announce","id":"https://a.example/b/4","object":"https://a.example/n/d1"}`,
	}, ",")
	for cursor, first := range map[feeds.Cursor]string{"": feedstest.Epoch().UTC().Format(time.RFC3339Nano), feeds.Cursor(adaID + "/outbox?page=2"): "2026-11-20T10:00:00.001Z"} {
		replies := world()
		for _, page := range []string{"1", "2"} {
			replies["/users/ada/outbox?page="+page] = feedstest.Answered{Body: `{"id":"` + adaID + `/outbox?page=` + page + `","type":"OrderedCollectionPage","orderedItems":[` + items + `]}`}
		}
		replies["https://a.example/n/d3"] = feedstest.Answered{Body: undated("d3", "")}
		replies["https://a.example/n/d1"] = feedstest.Answered{Body: undated("d1", `"published":"2026-11-20T10:00:00Z",`)}
		s, _ := serve(replies)
		got, err := s.ProfilePosts(context.Background(), &feeds.Author{URI: adaID}, feeds.ProfileFilter{Replies: true}, cursor)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, e := range got.Entries {
			all = append(all, fmt.Sprint(e.Key[len("https://a.example/n/"):], " ", e.At.Format(time.RFC3339Nano), " ", e.Undated))
		}
		feedstest.Equal(t, "the list", strings.Join(all, "\n"), strings.Join([]string{
			"u1 " + first + " true",
			"d1 2026-11-20T10:00:00Z false",
			"u2 2026-11-20T09:59:59.999Z true",
			"d2 2026-11-19T10:00:00Z false",
			"d3 2026-11-18T10:00:00Z false",
			"d1 2026-11-18T09:59:59.999Z true",
		}, "\n"))
		if p := got.Posts[2]; !p.Undated || p.Published.Before(feedstest.Epoch()) {
			t.Errorf("%+v", p)
		}
	}
}

func TestWhoWantsOnlyMembersToReadIsNotShown(t *testing.T) {
	t.Parallel()
	replies := world()
	replies[adaID] = feedstest.Answered{Body: strings.Replace(adaDoc, `"name"`, `"_misskey_requireSigninToViewContents":true,"toot:indexable":false,"as:manuallyApprovesFollowers":true,"name"`, 1)}
	s, _ := serve(replies)
	a, err := s.Profile(context.Background(), "ada", host)
	if err != nil || !a.Wishes.SignInToView || !a.Wishes.NotIndexable || !a.Locked {
		t.Fatalf("%+v, %v", a, err)
	}
	if _, err := s.ProfilePosts(context.Background(), a, feeds.ProfileFilter{}, ""); feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("the list: %v", err)
	}
	if _, err := s.Post(context.Background(), "/n/1"); feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("a post: %v", err)
	}
}
