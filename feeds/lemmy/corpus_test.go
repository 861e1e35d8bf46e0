package lemmy

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/feeds"
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

// TestCorpus reads every recorded answer of the two softwares' APIs. The recordings aren't part of the repository.
func TestCorpus(t *testing.T) {
	root := corpusRoot(t)
	for software, dialect := range map[string]Dialect{"lemmy": Lemmy, "piefed": PieFed} {
		read, excepted := 0, 0
		for kind, check := range corpusChecks {
			for _, file := range bodies(t, filepath.Join(root, software, kind)) {
				name := software + "/" + kind + "/" + filepath.Base(file)
				body, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				err = check(dialect, string(body))
				if reason := exceptions[name]; reason != "" {
					if excepted++; err == nil {
						t.Errorf("%s can be read, though %s", name, reason)
					}
					continue
				}
				if read++; err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		t.Logf("%s: %d recorded answers, and %d exceptions", software, read, excepted)
	}
}

// corpusRoot is $CORPUS, or the folder shared/corpus beside the module's.
func corpusRoot(t testing.TB) string {
	root := os.Getenv("CORPUS")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(root); err != nil {
		t.Skip("no recorded answers here")
	}
	return root
}

// bodies lists the recorded answers in a folder, without the headers beside them.
func bodies(t testing.TB, dir string) []string {
	var files []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil // not every software has every kind
		}
		if err == nil && strings.HasSuffix(path, ".json") && !strings.HasSuffix(path, ".headers.json") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

type complaint string

func (c complaint) Error() string { return string(c) }

func base(d Dialect) string {
	if d == PieFed {
		return "/api/alpha"
	}
	return "/api/v3"
}

func recorded(d Dialect, route, body string) *Source {
	s, _ := serveQuirks(Quirks{Dialect: d, Version: "0.19.1"}, map[string]reply{base(d) + route: {body: body}})
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
		return complaint("posts are missing")
	}
	return checkPosts(page.Posts)
}

func readPost(d Dialect, body string) error {
	p, err := recorded(d, "/post", body).Post(context.Background(), "1")
	if err != nil {
		return err
	}
	return checkPosts([]*feeds.Post{p})
}

func readComments(d Dialect, body string) error {
	_, below, err := recorded(d, "/comment/list", body).Context(context.Background(), "1")
	if err != nil {
		return err
	}
	if len(below) != elements(body, "comments") {
		return complaint("comments are missing")
	}
	return checkPosts(below)
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
		return complaint("posts are missing")
	}
	return checkPosts(page.Posts)
}

func readSite(d Dialect, body string) error {
	i, err := recorded(d, "/site", body).Describe(context.Background())
	if err != nil {
		return err
	}
	if i.Title == "" || i.Domain == "" || i.Version == "" || i.Contact == nil || i.Users <= 0 || len(i.Description.Blocks) == 0 {
		return complaint("a server without a name")
	}
	return nil
}

func readOther(d Dialect, body string) error {
	author, err := recorded(d, "/community", body).Profile(context.Background(), "!asklemmy", host)
	if err != nil {
		return err
	}
	if !author.Group || author.Counts.Followers <= 0 || author.Header == "" {
		return complaint("a community that is none")
	}
	return nil
}

// checkPosts checks what every post promises.
func checkPosts(posts []*feeds.Post) error {
	for _, p := range posts {
		switch {
		case p.Key == "":
			return complaint("a post without a key")
		case p.Published.IsZero():
			return complaint("a post without a time")
		case p.Author == nil || p.Author.User == "" || p.Author.Domain == "":
			return complaint("a post without an author")
		case len(p.Sightings) != 1 || p.Sightings[0].ID == "" || p.Sightings[0].Host != host:
			return complaint("a post that was seen nowhere")
		case p.Visibility != feeds.Public && p.Visibility != feeds.Unlisted:
			return complaint("a post that isn't public")
		case p.Deleted && len(p.Body.Blocks) > 0:
			return complaint("a deleted post with its text")
		}
	}
	return nil
}
