package lemmy

import (
	"context"
	"errors"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestAPostIsReadWithAllThatBelongsToIt(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v3/post": {Body: `{"post_view":` + link("1", "12:00:00", `,"body":"Look at *this*",
		"url":"https://news.example/cats","embed_title":"Cats","embed_description":"About cats",
		"thumbnail_url":"https://lemmy.example/pictrs/image/t.png","nsfw":true,"updated":"2026-11-20T13:00:00.1"`) + `,
		"cross_posts":[` + link("1", "12:00:00", "") + `,` + link("2", "11:00:00", "") + `]}`}})
	p, err := s.Post(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/v3/post?id=1")
	feedstest.Equal(t, "the title", p.Title, "Post 1")
	feedstest.Equal(t, "the key", p.Key, "https://lemmy.example/post/1")
	feedstest.Equal(t, "the time", p.Published, time.Date(2026, 11, 20, 12, 0, 0, 123456000, time.UTC))
	feedstest.Equal(t, "the edit", p.Edited, time.Date(2026, 11, 20, 13, 0, 0, 100000000, time.UTC))
	feedstest.Equal(t, "its sensitivity", p.Sensitive, true)
	feedstest.Equal(t, "the author", p.Author.Handle()+" "+p.Author.Name+" "+p.Author.ID, "ada@lemmy.example Ada L. u:3")
	feedstest.Equal(t, "the group", p.Group.Handle()+" "+p.Group.Name+" "+p.Group.ID, "cats@lemmy.example All the cats c:7")
	feedstest.Equal(t, "being a group", p.Group.Group, true)
	feedstest.Equal(t, "the group's banner", p.Group.Header, "")
	feedstest.Equal(t, "the author's wish", p.Author.Wishes.NoBot, true)
	feedstest.Equal(t, "the score", *p.Counts.Score, -2)
	p.Counts.Score = nil
	feedstest.Equal(t, "the counts", p.Counts, feeds.Counts{Replies: 5, Boosts: -1, Favourites: 1, Quotes: -1, AllBelow: true})
	feedstest.Equal(t, "the card", *p.Card, feeds.Card{URL: "https://news.example/cats", Title: "Cats", Description: "About cats",
		Image: "https://lemmy.example/pictrs/image/t.png"})
	feedstest.Equal(t, "the sighting", p.Sightings[0].ID, "1")
	feedstest.Equal(t, "the origin", p.Sightings[0].Origin, true)
	if len(p.CrossPosts) != 1 {
		t.Fatalf("other posts of the link: %+v", p.CrossPosts)
	}
	feedstest.Equal(t, "the other post", p.CrossPosts[0], feeds.CrossPost{ID: "2", URL: "https://lemmy.example/post/2", Title: "Post 2",
		Group: "cats@lemmy.example", Replies: 5})
}

func TestPicturesInTextsHangOnTheirPosts(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v3/post/list": posts(link("1", "12:00:00", `,"body":"Before\n\n![A map](/map.png)\n\nAfter","url":"https://far.example/cat.png"`)),
		"/api/v3/post":      {Body: `{"post_view":` + link("1", "12:00:00", `,"body":"Before\n\n![A map](/map.png)\n\nAfter [town](/c/town)","url":"https://far.example/cat.png"`) + `}`},
		"/api/v3/comment":   {Body: `{"comment_view":` + remark("0.5", "13:00:00", `,"content":"![The ferry](https://lemmy.example/api/v3/image_proxy?url=https%3A%2F%2Ffar.example%2Fferry.mp4)"`) + `}`},
	})
	p, err := s.Post(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the text", text(p), "Before\n\nAfter town")
	feedstest.Equal(t, "the link to a community", p.Body.Blocks[1].Children[1].Name, content.OwnPage)
	if len(p.Media) != 2 {
		t.Fatalf("%+v", p.Media)
	}
	feedstest.Equal(t, "the picture", p.Media[1], feeds.Media{Kind: feeds.Image, URL: "https://lemmy.example/map.png", Alt: "A map"})
	p, err = s.Post(context.Background(), "comment:5")
	if err != nil || len(p.Media) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	feedstest.Equal(t, "the film of the comment", p.Media[0], feeds.Media{Kind: feeds.Video, Alt: "The ferry", Original: "https://far.example/ferry.mp4",
		URL: "https://lemmy.example/api/v3/image_proxy?url=https%3A%2F%2Ffar.example%2Fferry.mp4"})
}

func TestALinkToAFileIsMediaAndAnyOtherACard(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		more string
		kind feeds.MediaKind
		url  string // of the file or the card
		from string
	}{
		"an ending":                 {`,"url":"https://far.example/cat.JPEG?x=1","alt_text":"a cat"`, feeds.Image, "https://far.example/cat.JPEG?x=1", ""},
		"a type":                    {`,"url":"https://far.example/cat","url_content_type":"video/mp4"`, feeds.Video, "https://far.example/cat", ""},
		"a page with an ending":     {`,"url":"https://far.example/File:cat.jpg","url_content_type":"text/html"`, "", "https://far.example/File:cat.jpg", ""},
		"a page":                    {`,"url":"https://far.example/cat"`, "", "https://far.example/cat", ""},
		"a picture that is proxied": {`,"url":"https://lemmy.example/api/v3/image_proxy?url=https%3A%2F%2Ffar.example%2Fcat.png"`, feeds.Image, "https://lemmy.example/api/v3/image_proxy?url=https%3A%2F%2Ffar.example%2Fcat.png", "https://far.example/cat.png"},
		"a sound":                   {`,"url":"https://far.example/cat.opus"`, feeds.Audio, "https://far.example/cat.opus", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serve(map[string]feedstest.Answered{"/api/v3/post": {Body: `{"post_view":` + link("1", "12:00:00", c.more) + `}`}})
			p, err := s.Post(context.Background(), "1")
			if err != nil {
				t.Fatal(err)
			}
			if c.kind == "" {
				if p.Card == nil || len(p.Media) > 0 {
					t.Fatalf("%+v, %+v", p.Media, p.Card)
				}
				feedstest.Equal(t, "the card's address", p.Card.URL, c.url)
				return
			}
			if p.Card != nil || len(p.Media) != 1 {
				t.Fatalf("%+v, %+v", p.Media, p.Card)
			}
			m := p.Media[0]
			feedstest.Equal(t, "the kind", m.Kind, c.kind)
			feedstest.Equal(t, "the file", m.URL, c.url)
			feedstest.Equal(t, "where it comes from", m.Original, c.from)
		})
	}
}

func TestAnAddressThatIsNotOneIsLeftOut(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"javascript:alert(1)", "magnet:?xt=urn", "data:text/html,x", "mailto:a@b.example", " "} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v3/post": {Body: `{"post_view":` + link("1", "12:00:00", `,"url":"`+bad+`","thumbnail_url":"`+bad+`"`) + `}`}})
		p, err := s.Post(context.Background(), "1")
		if err != nil {
			t.Fatal(err)
		}
		if p.Card != nil || p.Media != nil {
			t.Errorf("%q became %+v, %+v", bad, p.Media, p.Card)
		}
	}
}

func TestACommentNamesWhatItAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		comment string
		want    feeds.ReplyTo
	}{
		"a post":             {remark("0.34", "12:00:00", ""), feeds.ReplyTo{ID: "1", Key: "https://lemmy.example/post/1"}},
		"a comment":          {remark("0.20.34", "12:00:00", ""), feeds.ReplyTo{ID: "comment:20"}},
		"no path":            {remark("x.34", "12:00:00", ""), feeds.ReplyTo{ID: "1", Key: "https://lemmy.example/post/1"}},
		"itself in its path": {remark("0.34.34", "12:00:00", ""), feeds.ReplyTo{ID: "1", Key: "https://lemmy.example/post/1"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, srv := serve(map[string]feedstest.Answered{"/api/v3/comment": {Body: `{"comment_view":` + c.comment + `}`}})
			p, err := s.Post(context.Background(), "comment:34")
			if err != nil {
				t.Fatal(err)
			}
			feedstest.Equal(t, "the question", srv.Asked(), "/api/v3/comment?id=34")
			feedstest.Equal(t, "the reply", *p.ReplyTo, c.want)
			feedstest.Equal(t, "the parent", p.Sightings[0].ParentID, c.want.ID)
			feedstest.Equal(t, "the id", p.Sightings[0].ID, "comment:34")
			feedstest.Equal(t, "the origin", p.Sightings[0].Origin, false)
			feedstest.Equal(t, "the text", text(p), "Remark 34")
			feedstest.Equal(t, "the author", p.Author.Handle(), "bob@far.example")
			feedstest.Equal(t, "the bot", p.Author.Bot, true)
			feedstest.Equal(t, "the replies", p.Counts.Replies, 2)
			feedstest.Equal(t, "the votes", p.Counts.Favourites, 5)
		})
	}
}

func TestWhoTookAPostAwayIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id      string
		answer  feedstest.Answered
		removed bool
	}{
		"its author":           {"1", feedstest.Answered{Body: `{"post_view":` + link("1", "12:00:00", `,"deleted":true`) + `}`}, false},
		"a moderator":          {"1", feedstest.Answered{Body: `{"post_view":` + link("1", "12:00:00", `,"removed":true`) + `}`}, true},
		"both":                 {"1", feedstest.Answered{Body: `{"post_view":` + link("1", "12:00:00", `,"removed":true,"deleted":true`) + `}`}, true},
		"a comment":            {"comment:2", feedstest.Answered{Body: `{"comment_view":` + remark("0.2", "12:00:00", `,"removed":true`) + `}`}, true},
		"a comment's author":   {"comment:2", feedstest.Answered{Body: `{"comment_view":` + remark("0.2", "12:00:00", `,"deleted":true`) + `}`}, false},
		"a refusal that tells": {"1", feedstest.Answered{Status: 400, Body: `{"error":"post_removed"}`}, true},
		"one that tells less":  {"1", feedstest.Answered{Status: 400, Body: `{"error":"deleted"}`}, false},
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v3/post": c.answer, "/api/v3/comment": c.answer})
		_, err := s.Post(context.Background(), c.id)
		if feeds.KindOf(err) != feeds.Gone || errors.Is(err, feeds.ErrRemoved) != c.removed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsDeletedOrClosedSaysSo(t *testing.T) {
	t.Parallel()
	closed := func(visibility string) string {
		return `{"post_view":{"post":{"id":1,"name":"x","published":"2026-11-20T12:00:00Z"},"creator":` + ada + `,
			"community":{"id":7,"name":"cats","local":true,` + visibility + `}}}`
	}
	for name, c := range map[string]struct {
		id, body string
		kind     feeds.Kind
	}{
		"a deleted post":           {"1", `{"post_view":` + link("1", "12:00:00", `,"deleted":true`) + `}`, feeds.Gone},
		"a removed post":           {"1", `{"post_view":` + link("1", "12:00:00", `,"removed":true`) + `}`, feeds.Gone},
		"a deleted comment":        {"comment:2", `{"comment_view":` + remark("0.2", "12:00:00", `,"deleted":true`) + `}`, feeds.Gone},
		"a removed community":      {"1", closed(`"removed":true`), feeds.Gone},
		"a community of members":   {"1", closed(`"visibility":"LocalOnlyPrivate"`), feeds.NeedsLogin},
		"the same in 0.19":         {"1", closed(`"visibility":"LocalOnly"`), feeds.NeedsLogin},
		"the same in 1.0":          {"1", closed(`"visibility":"local_only_private"`), feeds.NeedsLogin},
		"a private community":      {"1", closed(`"visibility":"private"`), feeds.NeedsLogin},
		"one of a later version":   {"1", closed(`"visibility":"secret"`), feeds.NeedsLogin},
		"an unlisted community":    {"1", closed(`"visibility":"unlisted"`), ""},
		"one that isn't federated": {"1", closed(`"visibility":"LocalOnlyPublic"`), ""},
		"a hidden community":       {"1", closed(`"hidden":true`), ""},
		"nothing":                  {"1", `{}`, feeds.BadData},
		"a post without a time":    {"1", `{"post_view":{"post":{"id":1},"creator":` + ada + `}}`, feeds.BadData},
		"a post without an author": {"1", `{"post_view":{"post":{"id":1,"published":"2026-11-20T12:00:00Z"}}}`, feeds.BadData},
		"an id that is a path":     {"../site", `{}`, feeds.NotFound},
		"a comment without an id":  {"comment:", `{}`, feeds.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serve(map[string]feedstest.Answered{"/api/v3/post": {Body: c.body}, "/api/v3/comment": {Body: c.body}})
			p, err := s.Post(context.Background(), c.id)
			feedstest.Kind(t, err, host, c.kind)
			if c.kind == "" {
				feedstest.Equal(t, "the visibility", p.Visibility, feeds.Unlisted)
			}
		})
	}
}

func TestAFieldOfAWrongTypeCostsNothingElse(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/v3/post": {Body: `{"post_view":{"post":{"id":"1","name":["x"],"url":7,"body":{"a":1},
		"published":"2026-11-20 12:00:00","nsfw":"true","poll":[],"event":7,"gallery":"x","emoji_reactions":{"a":1},"ap_id":4},
		"creator":` + ada + `,"community":"none","counts":[1],"image_details":9},"cross_posts":{"a":1}}`}})
	p, err := s.Post(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the key", p.Key, feeds.Key("lemmy.example/1"))
	feedstest.Equal(t, "the page", p.URL, "https://lemmy.example/post/1")
	feedstest.Equal(t, "the sensitivity", p.Sensitive, true)
	feedstest.Equal(t, "the replies", p.Counts.Replies, -1)
	feedstest.Equal(t, "the score", p.Counts.Score, nil)
}

func TestPieFedHasNamesOfItsOwn(t *testing.T) {
	t.Parallel()
	s, srv := serveQuirks(Quirks{Dialect: PieFed}, map[string]feedstest.Answered{"/api/alpha/post": {Body: `{"post_view":{
		"post":{"id":9,"title":"A picnic","user_id":5,"community_id":7,"published":"2026-11-20T12:00:00.000000Z","local":true,
			"ap_id":"https://lemmy.example/post/9","sticky":false,"post_type":"Event","tags":"#food, park","body":"Come!",
			"emoji_reactions":[{"token":"❤️","count":2,"authors":["a"]},{"token":":blob:","url":"https://lemmy.example/b.png","count":1},{"token":"x","count":0}],
			"event":{"start":"2026-12-01T10:00:00.000000Z","end":"2026-12-01T12:00:00.000000Z","location":{"address":"Park 1","city":"Ulm"},"online_link":"https://meet.example/1"},
			"poll":{"mode":"multiple","end_poll":"2026-11-21T12:00:00.000000Z","choices":[{"choice_text":"Tea","num_votes":2},{"choice_text":"Coffee","num_votes":1}]}},
		"creator":{"id":5,"user_name":"eve","title":"Eve","actor_id":"https://pie.example/u/eve","local":false,"bot":true,
			"extra_fields":[{"label":"Pronouns","text":"she/her"}]},
		"community":` + cats + `,"counts":{"comments":1,"score":3,"upvotes":3,"downvotes":0}}}`}})
	p, err := s.Post(context.Background(), "9")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/alpha/post?id=9")
	feedstest.Equal(t, "the title", p.Title, "A picnic")
	feedstest.Equal(t, "the author", p.Author.Handle()+" "+p.Author.Name, "eve@pie.example Eve")
	feedstest.Equal(t, "the bot", p.Author.Bot, true)
	feedstest.Equal(t, "the field", p.Author.Fields[0].Name, "Pronouns")
	feedstest.Equal(t, "the tags", p.Tags[0].Name+" "+p.Tags[1].Name, "food park")
	feedstest.Equal(t, "the reactions", len(p.Reactions), 2)
	feedstest.Equal(t, "the reaction", p.Reactions[1], feeds.Reaction{Name: "blob", Count: 1, URL: "https://lemmy.example/b.png"})
	feedstest.Equal(t, "the place", p.Event.Place, "Park 1, Ulm")
	feedstest.Equal(t, "the votes", p.Poll.Votes, 3)
	feedstest.Equal(t, "the poll's end", p.Poll.Expired && p.Poll.Multiple, true)
}

func TestVersion1HasItsCountsInThings(t *testing.T) {
	t.Parallel()
	s, srv := serveQuirks(Quirks{Version: "1.0.0"}, map[string]feedstest.Answered{"/api/v4/post": {Body: `{"post_view":{
		"post":{"id":9,"name":"New","creator_id":3,"published_at":"2026-11-20T12:00:00.123456Z","updated_at":"2026-11-20T12:30:00Z",
			"ap_id":"https://lemmy.example/post/9","local":true,"comments":4,"score":7,"upvotes":8,"downvotes":1},
		"creator":{"id":3,"name":"ada","ap_id":"https://lemmy.example/u/ada","local":true,"published_at":"2023-06-12T10:00:00Z","post_count":12},
		"community":{"id":7,"name":"cats","ap_id":"https://lemmy.example/c/cats","sidebar":"Long","description":"Short","subscribers":99,"posts":3,"visibility":"public","published_at":"2023-06-12T10:00:00Z"},
		"tags":[{"id":1}]}}`}})
	p, err := s.Post(context.Background(), "9")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/v4/post?id=9")
	feedstest.Equal(t, "the score", *p.Counts.Score, 7)
	feedstest.Equal(t, "the replies", p.Counts.Replies, 4)
	feedstest.Equal(t, "the edit", p.Edited.IsZero(), false)
	feedstest.Equal(t, "the author's posts", p.Author.Counts.Posts, 12)
	feedstest.Equal(t, "the followers", p.Group.Counts.Followers, 99)
	feedstest.Equal(t, "the day", p.Group.Joined, time.Date(2023, 6, 12, 0, 0, 0, 0, time.UTC))
}
