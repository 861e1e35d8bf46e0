package mbin

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestAnEntryIsReadWithAllThatBelongsToIt(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/entry/1": {Body: entry("1", "12:00:00", `,"body":"Look at *this*","url":"https://news.example/cats",
		"type":"link","image":{"storageUrl":"https://mbin.example/media/t.webp","width":300,"height":200,"blurHash":"abc","altText":"a cat"},
		"tags":["cats","#dogs"],"isAdult":true,"editedAt":"2026-11-20T14:00:00+01:00",
		"crosspostedEntries":[`+entry("2", "11:00:00", "")+`,`+entry("1", "12:00:00", "")+`]`)}})
	p, err := s.Post(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/entry/1")
	feedstest.Equal(t, "the title", p.Title, "Entry 1")
	feedstest.Equal(t, "the key", p.Key, "https://mbin.example/m/cats/t/1")
	feedstest.Equal(t, "the page", p.URL, "https://mbin.example/m/cats/t/1")
	feedstest.Equal(t, "the time", p.Published, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	feedstest.Equal(t, "the edit", p.Edited, time.Date(2026, 11, 20, 13, 0, 0, 0, time.UTC))
	feedstest.Equal(t, "the language", p.Language, "en")
	feedstest.Equal(t, "its sensitivity", p.Sensitive, true)
	feedstest.Equal(t, "the author", p.Author.Handle()+" "+p.Author.ID+" "+p.Author.URL, "ada@mbin.example u:3 https://mbin.example/u/ada")
	feedstest.Equal(t, "the author's wishes", p.Author.Wishes, feeds.Wishes{NoBot: true, NotDiscoverable: true})
	feedstest.Equal(t, "the group", p.Group.Handle()+" "+p.Group.ID+" "+p.Group.Name, "cats@mbin.example c:7 All the cats")
	feedstest.Equal(t, "the score", *p.Counts.Score, -2)
	p.Counts.Score = nil
	feedstest.Equal(t, "the counts", p.Counts, feeds.Counts{Replies: 5, Boosts: 2, Favourites: 1, Quotes: -1, AllBelow: true})
	feedstest.Equal(t, "the card", *p.Card, feeds.Card{URL: "https://news.example/cats", Image: "https://mbin.example/media/t.webp", ImageAlt: "a cat",
		Width: 300, Height: 200, Blurhash: "abc"})
	feedstest.Equal(t, "the tags", p.Tags[1], feeds.Tag{Name: "dogs", URL: "https://mbin.example/tag/dogs"})
	feedstest.Equal(t, "the origin", p.Sightings[0].Origin, true)
	feedstest.Equal(t, "the other posts", len(p.CrossPosts), 1)
	feedstest.Equal(t, "the other post", p.CrossPosts[0], feeds.CrossPost{ID: "2", URL: "https://mbin.example/m/cats/t/2", Title: "Entry 2", Group: "cats@mbin.example", Replies: 5})
}

func TestFourKindsHaveIdsOfTheirOwn(t *testing.T) {
	t.Parallel()
	answer := strings.Replace(remark("6", "null", "null", ""), `"entryId":1`, `"postId":5`, 1)
	s, srv := serve(map[string]feedstest.Answered{
		"/api/entry/12":        {Body: entry("12", "12:00:00", "")},
		"/api/comments/34":     {Body: remark("34", "20", "10", "")},
		"/api/post/5":          {Body: micro("5", "12:00:00", "")},
		"/api/post-comments/6": {Body: answer},
	})
	for id, want := range map[string]struct{ asked, parent, handle string }{
		"12":             {"/api/entry/12", "", "ada@mbin.example"},
		"comment:34":     {"/api/comments/34?d=0", "comment:20", "bob@far.example"},
		"post:5":         {"/api/post/5", "", "bob@far.example"},
		"post-comment:6": {"/api/post-comments/6?d=0", "post:5", "bob@far.example"},
	} {
		p, err := s.Post(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		feedstest.Equal(t, "the question", srv.Asked(), want.asked)
		feedstest.Equal(t, "the id", p.Sightings[0].ID, id)
		feedstest.Equal(t, "the parent", p.Sightings[0].ParentID, want.parent)
		feedstest.Equal(t, "the author", p.Author.Handle(), want.handle)
	}
	for _, id := range []string{"", "x", "comment:", "comment:1/2", "post:../1", "other:1", ".."} {
		_, err := s.Post(context.Background(), id)
		feedstest.Kind(t, err, host, feeds.NotFound)
		_, _, err = s.Context(context.Background(), id)
		feedstest.Kind(t, err, host, feeds.NotFound)
	}
	feedstest.Equal(t, "the questions", srv.Asked(), "")
}

func TestACommentNamesTheMentioned(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/comments/34": {Body: remark("34", "null", "null", "")}})
	p, err := s.Post(context.Background(), "comment:34")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the mentions", p.Mentions[0].Handle+" "+p.Mentions[1].Handle, "ada@mbin.example eve@far.example")
	feedstest.Equal(t, "what it answers", *p.ReplyTo, feeds.ReplyTo{ID: "1"})
	feedstest.Equal(t, "the text", text(p), "Remark 34")
	feedstest.Equal(t, "the key", p.Key, "https://far.example/comment/934")
}

func TestNamesWithoutAHostAreOfThisServer(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/comments/34": {Body: strings.Replace(remark("34", "null", "null", ""), "Remark 34", "@ada in !cats and m/dogs", 1)}})
	p, err := s.Post(context.Background(), "comment:34")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range p.Body.Blocks[0].Children {
		if n.Kind == content.Mention {
			got = append(got, n.Name+" "+n.Href)
		}
	}
	feedstest.Equal(t, "the mentions", strings.Join(got, ", "), "ada@mbin.example https://mbin.example/u/ada, !cats@mbin.example https://mbin.example/m/cats, !dogs@mbin.example https://mbin.example/m/dogs")
}

func TestWhatWasWrittenHereHasAnAddressMadeOfItsMagazine(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		strings.Replace(entry("1", "12:00:00", ""), cats, farCats, 1):                                                               "https://mbin.example/m/cats@far.example/t/1",
		strings.Replace(micro("5", "12:00:00", ""), `"https://far.example/p/5"`, `null`, 1):                                         "https://mbin.example/m/cats/p/5",
		strings.Replace(remark("34", "null", "null", ""), `"https://far.example/comment/934"`, `null`, 1):                           "https://mbin.example/m/cats/t/1/-/comment/34",
		strings.NewReplacer(`"https://far.example/comment/96"`, `null`, `"entryId"`, `"postId"`).Replace(remark("6", "2", "2", "")): "https://mbin.example/m/cats/p/1/-/reply/6",
		`{"entryId":1,"user":` + ada + `,"createdAt":"2026-11-20T12:00:00+00:00"}`:                                                  "",
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/entry/1": {Body: body}})
		p, err := s.Post(context.Background(), "1")
		if err != nil {
			t.Fatal(err)
		}
		feedstest.Equal(t, "the address", p.URI, want)
	}
}

func TestALinkToAFileIsMediaAndAnyOtherACard(t *testing.T) {
	t.Parallel()
	const picture = `"image":{"storageUrl":"https://mbin.example/media/t.webp","sourceUrl":"https://far.example/t.png"}`
	for name, c := range map[string]struct{ more, kind, url, from string }{
		"a picture that is kept":    {`,"url":"https://far.example/t.png",` + picture, "image", "https://mbin.example/media/t.webp", "https://far.example/t.png"},
		"a picture that isn't":      {`,"url":"https://far.example/t.png"`, "image", "https://far.example/t.png", ""},
		"an uploaded picture":       {`,"type":"image",` + picture, "image", "https://mbin.example/media/t.webp", "https://far.example/t.png"},
		"a picture without a file":  {`,"image":{"sourceUrl":"https://far.example/t.png"}`, "image", "https://far.example/t.png", ""},
		"a film":                    {`,"url":"https://far.example/t.mp4",` + picture, "video", "https://far.example/t.mp4", ""},
		"a page":                    {`,"url":"https://far.example/t",` + picture, "", "https://far.example/t", ""},
		"an address that isn't one": {`,"url":"javascript:alert(1)","image":{"storageUrl":"data:x"}`, "none", "", ""},
		"a film's page":             {`,"type":"video","url":"https://far.example/watch"`, "player", "https://far.example/watch", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serve(map[string]feedstest.Answered{"/api/entry/1": {Body: entry("1", "12:00:00", c.more)}})
			p, err := s.Post(context.Background(), "1")
			if err != nil {
				t.Fatal(err)
			}
			switch c.kind {
			case "none":
				feedstest.Equal(t, "having any", p.Card != nil || len(p.Media) > 0, false)
			case "", "player":
				if p.Card == nil || len(p.Media) > 0 {
					t.Fatalf("%+v, %+v", p.Media, p.Card)
				}
				feedstest.Equal(t, "the card", p.Card.URL, c.url)
				feedstest.Equal(t, "being a film", p.Card.Player, c.kind == "player")
			default:
				if p.Card != nil || len(p.Media) != 1 {
					t.Fatalf("%+v, %+v", p.Media, p.Card)
				}
				feedstest.Equal(t, "the file", string(p.Media[0].Kind)+" "+p.Media[0].URL+" "+p.Media[0].Original, c.kind+" "+c.url+" "+c.from)
			}
		})
	}
}

func TestAnErrorHasTheKindThatItMeans(t *testing.T) {
	t.Parallel()
	soon := feedstest.Epoch().Add(30 * time.Second)
	for name, c := range map[string]struct {
		answer feedstest.Answered
		kind   feeds.Kind
	}{
		"nothing":                 {feedstest.Answered{Status: 404, Body: `{"title":"An error occurred","status":404,"detail":"Not Found"}`}, feeds.NotFound},
		"no API":                  {feedstest.Answered{Status: 404, Body: `<html>`}, feeds.NotFound},
		"too often":               {feedstest.Answered{Status: 429, Header: map[string]string{"x-ratelimit-retry-after": fmt.Sprint(soon.Unix())}}, feeds.RateLimited},
		"for members":             {feedstest.Answered{Status: 401}, feeds.NeedsLogin},
		"refused":                 {feedstest.Answered{Status: 403}, feeds.Refused},
		"broken":                  {feedstest.Answered{Status: 500, Body: `<html>`}, feeds.ServerError},
		"a page":                  {feedstest.Answered{Body: `<!doctype html>`}, feeds.BadData},
		"empty":                   {feedstest.Answered{}, feeds.BadData},
		"a list":                  {feedstest.Answered{Body: `[]`}, feeds.BadData},
		"a number":                {feedstest.Answered{Body: `7`}, feeds.BadData},
		"half of it":              {feedstest.Answered{Body: `{"entryId":1`}, feeds.BadData},
		"an object of nothing":    {feedstest.Answered{Body: `{}`}, feeds.BadData},
		"deleted":                 {feedstest.Answered{Body: strings.Replace(entry("1", "12:00:00", ""), `"visible"`, `"soft_deleted"`, 1)}, feeds.Gone},
		"removed":                 {feedstest.Answered{Body: strings.Replace(entry("1", "12:00:00", ""), `"visible"`, `"trashed"`, 1)}, feeds.Gone},
		"private":                 {feedstest.Answered{Body: strings.Replace(entry("1", "12:00:00", ""), `"visible"`, `"private"`, 1)}, feeds.NeedsLogin},
		"without an author":       {feedstest.Answered{Body: strings.Replace(entry("1", "12:00:00", ""), `"user":`, `"usher":`, 1)}, feeds.BadData},
		"without a time":          {feedstest.Answered{Body: strings.Replace(entry("1", "12:00:00", ""), `2026-11-20T`, `soon`, 1)}, feeds.BadData},
		"with a name that is two": {feedstest.Answered{Body: strings.Replace(entry("1", "12:00:00", ""), `"ada"`, `"ada b"`, 1)}, feeds.BadData},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serve(map[string]feedstest.Answered{"/api/entry/1": c.answer})
			_, err := s.Post(context.Background(), "1")
			feedstest.Kind(t, err, host, c.kind)
			if c.kind == feeds.RateLimited {
				feedstest.Equal(t, "when to ask again", feeds.AsError(err).RetryAt, soon)
			}
		})
	}
}
