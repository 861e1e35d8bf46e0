package syndication

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/feedstest"
)

// exceptions are recorded bodies that are no feeds, with the reason.
var exceptions = map[string]string{
	"castopod/rss/podcast-namespace--podcast-example.xml": "it is a list of the namespace's elements",
}

// TestCorpus reads every recorded feed. The recordings aren't part of the repository.
func TestCorpus(t *testing.T) {
	read, posts := map[string]int{}, 0
	for name, body := range corpus(t) {
		software, _, _ := strings.Cut(name, "/")
		read[software]++
		author, page, err := Read(body, contentTypes(t)[name], corpusAddress(body), feedstest.Epoch())
		if reason, excepted := exceptions[name]; excepted {
			if err == nil {
				t.Errorf("%s can be read, though %s", name, reason)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(page.Posts) == 0 {
			t.Errorf("%s: no posts", name)
		}
		posts += len(page.Posts)
		if err := checkFeed(author, page); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Logf("recorded feeds: %v, with %d posts", read, posts)
}

// corpusAddress is an address for a recorded feed at the host that it names first, as the recordings don't tell it.
func corpusAddress(body []byte) string {
	_, after, _ := strings.Cut(strings.ReplaceAll(string(body), "http://www.w3.org", ""), "<link>")
	link, _, _ := strings.Cut(after, "<")
	if host := apiclient.HostOf(resolved(link, "")); host != "" {
		return "https://" + host + "/feed"
	}
	return feedAddress
}

// corpus is $CORPUS, or the folder shared/corpus beside the module's: its feeds by their names.
func corpus(t testing.TB) map[string][]byte {
	root := corpusRoot(t)
	files, err := filepath.Glob(filepath.Join(root, "*", "rss", "*.xml"))
	if err != nil || len(files) == 0 {
		t.Skip("no recorded feeds here")
	}
	bodies := map[string][]byte{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		bodies[filepath.ToSlash(name)] = body
	}
	return bodies
}

// contentTypes are the types that answers declared, where their headers were recorded.
func contentTypes(t testing.TB) map[string]string {
	root := corpusRoot(t)
	types := map[string]string{}
	files, _ := filepath.Glob(filepath.Join(root, "*", "rss", "*.headers.json"))
	for _, file := range files {
		var recorded struct {
			Headers map[string]string `json:"headers"`
		}
		if raw, err := os.ReadFile(file); err != nil || json.Unmarshal(raw, &recorded) != nil {
			t.Fatal(file, err)
		}
		name, _ := filepath.Rel(root, strings.TrimSuffix(file, ".headers.json")+".xml")
		types[filepath.ToSlash(name)] = recorded.Headers["Content-Type"]
	}
	return types
}

func corpusRoot(t testing.TB) string {
	if root := os.Getenv("CORPUS"); root != "" {
		return root
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "..", "shared", "corpus")
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above this folder")
		}
		dir = parent
	}
}

// checkFeed checks what every feed promises.
func checkFeed(author *feeds.Author, page *feeds.Page) error {
	if author.User == "" || author.Domain == "" || author.Host == "" || author.ID == "" || author.URL == "" {
		return errors.New("an author without a handle")
	}
	if len(page.Entries) != len(page.Posts) {
		return errors.New("entries without posts")
	}
	keys := map[feeds.Key]bool{}
	for i, p := range page.Posts {
		switch {
		case p.Key == "" || keys[p.Key]:
			return errors.New("a key that isn't one")
		case p.Published.IsZero():
			return errors.New("a post without a time")
		case p.Author == nil || p.Author.User == "" || p.Author.Domain == "":
			return errors.New("a post without an author")
		case len(p.Sightings) != 1 || p.Sightings[0].ID == "" || p.Sightings[0].Host != author.Host:
			return errors.New("a post that was seen nowhere")
		case p.Visibility != feeds.Public:
			return errors.New("a post that isn't public")
		case page.Entries[i].Key != p.Key || page.Entries[i].WrapperID == "" || !page.Entries[i].At.Equal(p.Published):
			return errors.New("an entry that isn't the post's")
		case i > 0 && p.Published.After(page.Posts[i-1].Published):
			return errors.New("a post below an older one")
		case p.Title != oneLine(p.Title):
			return errors.New("a title of several lines")
		}
		keys[p.Key] = true
		for _, m := range p.Media {
			if m.URL == "" && (m.Film == nil || m.Film.Stream == "") {
				return errors.New("media without a file")
			}
		}
	}
	return nil
}
