package lemmy

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// exceptions are recorded bodies that don't have to give what their folder's name says, with the reason.
var exceptions = map[string]string{
	"lemmy/comments/lemmy-client--GetCommentsResponseJson.json":  "it is of the API v1 of 2020, which no server has any more",
	"lemmy/other/lemmy-client--GetSiteResponseJson.json":         "it is of the API v1 of 2020, which no server has any more",
	"lemmy/other/lemmy-client--ListCommunitiesResponseJson.json": "it is of the API v1 of 2020, which no server has any more",
	"lemmy/post/lemmy-client--GetPostResponseJson.json":          "it is of the API v1 of 2020, which no server has any more",
	"lemmy/posts/lemmy-client--GetPostsResponseJson.json":        "it is of the API v1 of 2020, which no server has any more",
	"lemmy/posts/lemmy-client--UserDetailsResponseJson.json":     "it is of the API v1 of 2020, which no server has any more",
}

// corpusChecks say by kind how a body is read, and what is wrong with the outcome. The other kinds are ActivityPub's, NodeInfo's
// and web feeds.
var corpusChecks = map[string]func(d Dialect, body string) error{
	"posts":    readPosts,
	"post":     readPost,
	"comments": readComments,
	"account":  readPerson,
	"instance": readSite,
	"other":    readOther,
}

// TestCorpus reads every recorded answer of the two softwares' APIs.
func TestCorpus(t *testing.T) {
	t.Parallel()
	recorded := feedstest.Corpus(t, []string{"lemmy", "piefed"}, slices.Sorted(maps.Keys(corpusChecks))...)
	feedstest.CheckCorpus(t, recorded, exceptions, func(r feedstest.Recording) error {
		return corpusChecks[r.Kind](map[string]Dialect{"lemmy": Lemmy, "piefed": PieFed}[r.Software], r.Body)
	})
}

func base(d Dialect) string {
	if d == PieFed {
		return "/api/alpha"
	}
	return "/api/v3"
}

func recorded(d Dialect, route, body string) *Source {
	s, _ := serveQuirks(Quirks{Dialect: d, Version: "0.19.1"}, map[string]feedstest.Answered{base(d) + route: {Body: body}})
	return s
}

// elements counts what a body lists under a name.
func elements(body, name string) int {
	var lists map[string]json.RawMessage
	var list []json.RawMessage
	_ = json.Unmarshal([]byte(body), &lists)
	_ = json.Unmarshal(lists[name], &list)
	return len(list)
}

func readPosts(d Dialect, body string) error {
	page, err := recorded(d, "/post/list", body).ServerPosts(context.Background(), feeds.Federated, "")
	if err != nil {
		return err
	}
	if len(page.Posts) == 0 || len(page.Posts) != elements(body, "posts") {
		return errors.New("posts are missing")
	}
	return feedstest.CheckPage(host, page)
}

func readPost(d Dialect, body string) error {
	p, err := recorded(d, "/post", body).Post(context.Background(), "1")
	if err != nil {
		return err
	}
	return feedstest.CheckPosts(host, p)
}

func readComments(d Dialect, body string) error {
	_, below, err := recorded(d, "/comment/list", body).Context(context.Background(), "1")
	if err != nil {
		return err
	}
	if len(below) != elements(body, "comments") {
		return errors.New("comments are missing")
	}
	return feedstest.CheckPosts(host, below...)
}

func readPerson(d Dialect, body string) error {
	s := recorded(d, "/user", body)
	author, err := s.Profile(context.Background(), "kzhe", "lemmy.zip")
	if err != nil {
		return err
	}
	page, err := s.ProfilePosts(context.Background(), author, feeds.ProfileFilter{Replies: true}, "")
	if err != nil {
		return err
	}
	if len(page.Posts) != elements(body, "posts")+elements(body, "comments") {
		return errors.New("posts are missing")
	}
	return feedstest.CheckPage(host, page)
}

func readSite(d Dialect, body string) error {
	i, err := recorded(d, "/site", body).Describe(context.Background())
	if err != nil {
		return err
	}
	if i.Title == "" || i.Domain == "" || i.Version == "" || i.Contact == nil || i.Users <= 0 || len(i.Description.Blocks) == 0 {
		return errors.New("a server without a name")
	}
	return feedstest.CheckInstance(host, i)
}

func readOther(d Dialect, body string) error {
	author, err := recorded(d, "/community", body).Profile(context.Background(), "!asklemmy", host)
	if err != nil {
		return err
	}
	if !author.Group || author.Counts.Followers <= 0 || author.Header == "" {
		return errors.New("a community that is none")
	}
	return feedstest.CheckAuthors(host, author)
}
