package mastodon

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

// speakers are the softwares whose recorded answers are read. Of Mastodon's everything has to fit; of the others too, since
// this package is what reads them where nothing better does.
var speakers = []string{
	"mastodon", "fedibird", "pleroma", "akkoma", "rebased", "gotosocial", "pixelfed", "friendica", "truthsocial", "mitra",
	"wildebeest", "smithereen", "neodb", "vernissage",
}

// exceptions are recorded bodies that don't have to give what their folder's name says, with the reason.
var exceptions = map[string]string{
	"mastodon/statuses/bigbone--status_edit_history.json":               "it is a post's history, whose versions have no ids",
	"gotosocial/statuses/gotosocial--internaltofrontend_test-22.json":   "it is a post's history, whose versions have no ids",
	"gotosocial/statuses/gotosocial--statushistory_test-1.json":         "it is a post's history, whose versions have no ids",
	"mastodon/instance/soapbox--rules.dup2.json":                        "it is the answer of /api/v1/instance/rules, which isn't asked",
	"mastodon/instance/soapbox--rules.json":                             "it is the answer of /api/v1/instance/rules, which isn't asked",
	"truthsocial/status/soapbox--truthsocial-status-in-moderation.json": "it is for its author alone",
	"truthsocial/status/truthsocial--statuses-115622124123085049.json":  "it is for a group",
	"truthsocial/status/truthsocial--statuses-115737662783453518.json":  "it is for a group",
	"mitra/context/soapbox--mitra-context.json":                         "it is a flat list, as only early versions of Mitra gave",
}

// TestCorpus reads every recorded answer of a Mastodon API. The recordings aren't part of the repository.
func TestCorpus(t *testing.T) {
	root := corpusRoot(t)
	read := 0
	for _, software := range speakers {
		for kind, check := range corpusChecks {
			for _, file := range bodies(t, filepath.Join(root, software, kind)) {
				name := software + "/" + kind + "/" + filepath.Base(file)
				body, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				read++
				err = check(string(body))
				if reason, excepted := exceptions[name]; excepted {
					if err == nil {
						t.Errorf("%s can be read, though %s", name, reason)
					}
					continue
				}
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
	t.Logf("%d recorded answers", read)
}

// corpusRoot is $CORPUS, or the folder shared/corpus beside the module's.
func corpusRoot(t *testing.T) string {
	root := os.Getenv("CORPUS")
	if root == "" {
		root = filepath.Join(moduleRoot(t), "..", "shared", "corpus")
	}
	if _, err := os.Stat(root); err != nil {
		t.Skip("no recorded answers here")
	}
	return root
}

func moduleRoot(t *testing.T) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above this folder")
		}
		dir = parent
	}
}

// bodies lists the recorded answers in a folder, without the headers beside them.
func bodies(t *testing.T, dir string) []string {
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
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

// corpusChecks say by kind how a body is read, and what is wrong with the outcome.
var corpusChecks = map[string]func(body string) error{
	"timeline": readPage,
	"statuses": readPage,
	"status":   readStatus,
	"account":  readAccounts,
	"context":  readContext,
	"instance": readInstance,
	"trends":   readTags,
	"poll":     readPoll,
	"emojis":   readEmoji,
	"error":    readError,
}

type complaint string

func (c complaint) Error() string { return string(c) }

// elements counts what a body lists: the elements of a list, 1 for an object.
func elements(body string) int {
	var list []json.RawMessage
	if json.Unmarshal([]byte(body), &list) == nil {
		return len(list)
	}
	return 1
}

// asList makes a list of a body that may be one of its elements.
func asList(body string) string {
	if strings.HasPrefix(strings.TrimSpace(body), "{") {
		return "[" + body + "]"
	}
	return body
}

func readPage(body string) error {
	s, _ := serve(map[string]reply{"/api/v1/timelines/public": {body: body}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		return err
	}
	if len(page.Posts) != elements(body) {
		return complaint("posts are missing")
	}
	return checkPosts(page.Posts)
}

func readStatus(body string) error {
	if strings.HasPrefix(body, "[") {
		return readPage(body)
	}
	s, _ := serve(map[string]reply{"/api/v1/statuses/1": {body: body}})
	post, err := s.Post(context.Background(), "1")
	if err != nil {
		return err
	}
	return checkPosts([]*feeds.Post{post})
}

func readContext(body string) error {
	s, _ := serve(map[string]reply{"/api/v1/statuses/1/context": {body: body}})
	above, below, err := s.Context(context.Background(), "1")
	if err != nil {
		return err
	}
	var raw struct{ Ancestors, Descendants []json.RawMessage }
	if err := json.Unmarshal([]byte(body), &raw); err != nil {
		return err
	}
	if len(above) != len(raw.Ancestors) || len(below) != len(raw.Descendants) {
		return complaint("posts are missing")
	}
	return checkPosts(append(above, below...))
}

func readAccounts(body string) error {
	s, _ := serve(map[string]reply{"/api/v1/directory": {body: asList(body)}})
	people, _, err := s.Directory(context.Background(), "")
	if err != nil {
		return err
	}
	if len(people) != elements(body) {
		return complaint("people are missing")
	}
	for _, a := range people {
		if a.User == "" || a.Domain == "" || a.Host != host {
			return complaint("an account without a handle")
		}
	}
	return nil
}

func readInstance(body string) error {
	path := "/api/v2/instance"
	if strings.Contains(body, `"uri"`) && !strings.Contains(body, `"domain"`) {
		path = "/api/v1/instance"
	}
	s, _ := serve(map[string]reply{path: {body: body}})
	i, err := s.Describe(context.Background())
	if err != nil {
		return err
	}
	if i.Title == "" || i.Domain == "" {
		return complaint("a server without a name")
	}
	return nil
}

func readTags(body string) error {
	if strings.Contains(body, "provider_name") {
		return readLinks(body)
	}
	s, _ := serve(map[string]reply{"/api/v1/trends/tags": {body: asList(body)}})
	tags, err := s.TrendingTags(context.Background())
	if err != nil {
		return err
	}
	if len(tags) != elements(body) {
		return complaint("tags are missing")
	}
	return nil
}

func readLinks(body string) error {
	s, _ := serve(map[string]reply{"/api/v1/trends/links": {body: body}})
	links, err := s.TrendingLinks(context.Background())
	if err == nil && len(links) != elements(body) {
		return complaint("links are missing")
	}
	return err
}

func readPoll(body string) error {
	s, _ := serve(map[string]reply{"/api/v1/polls/1": {body: body}})
	p, err := s.Poll(context.Background(), "1")
	if err == nil && len(p.Options) < 2 {
		return complaint("a poll without a choice")
	}
	return err
}

func readEmoji(body string) error {
	s, _ := serve(map[string]reply{"/api/v1/custom_emojis": {body: asList(body)}})
	emoji, err := s.CustomEmoji(context.Background())
	if err == nil && len(emoji) != elements(body) {
		return complaint("emoji are missing")
	}
	return err
}

func readError(body string) error {
	for _, status := range []int{200, 401, 403, 404, 422, 500} {
		s, _ := serve(map[string]reply{"/api/v1/statuses/1": {status: status, body: body}})
		if _, err := s.Post(context.Background(), "1"); err == nil {
			return complaint("an error passed for a post")
		}
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
		case !isOpen(p.Visibility):
			return complaint("a post that isn't public")
		}
	}
	return nil
}
