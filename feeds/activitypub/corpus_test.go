package activitypub

import (
	"errors"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/feedstest"
)

// exceptions are recorded bodies that give nothing, with the reason, by a part of the name.
var exceptions = map[string]string{}

// TestCorpus reads every recorded document of every software.
func TestCorpus(t *testing.T) {
	posts, actors, none := map[string]int{}, map[string]int{}, 0
	for _, software := range softwares(t) {
		feedstest.Corpus(t, software, "activitypub-object", func(name, body string) {
			p, err := Object([]byte(body), "https://recorded.example/"+software, feedstest.Epoch())
			if err != nil {
				if _, aerr := ActorOf([]byte(body), "https://recorded.example/"+software, feedstest.Epoch()); aerr == nil {
					actors[software]++
					return
				}
			}
			switch reason := exceptionOf(name); {
			case reason != "" && err == nil:
				t.Errorf("%s can be read, though %s", name, reason)
			case reason != "":
			case IsNoPost(err), errors.Is(err, apiclient.ErrHidden), errors.Is(err, apiclient.ErrDeleted):
				none++
			case err != nil:
				t.Errorf("%s: %v", name, err)
			case p.Key == "" || p.Author == nil || p.Author.User == "" || p.Published.IsZero():
				t.Errorf("%s: %+v", name, p)
			default:
				posts[software]++
			}
		})
		feedstest.Corpus(t, software, "activitypub-actor", func(name, body string) {
			a, err := ActorOf([]byte(body), "https://recorded.example/"+software, feedstest.Epoch())
			switch reason := exceptionOf(name); {
			case reason != "" && err == nil:
				t.Errorf("%s can be read, though %s", name, reason)
			case reason != "":
			case feeds.KindOf(err) == feeds.Gone:
				none++
			case err != nil:
				t.Errorf("%s: %v", name, err)
			case a.User == "" || a.Domain == "":
				t.Errorf("%s: %+v", name, a)
			default:
				actors[software]++
			}
		})
	}
	t.Logf("posts %v\nactors %v\n%d documents are neither", posts, actors, none)
}

func exceptionOf(name string) string {
	for part, reason := range exceptions {
		if strings.Contains(name, part) {
			return reason
		}
	}
	return ""
}

func softwares(t testing.TB) []string {
	t.Helper()
	root := os.Getenv("CORPUS")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Skip("no recorded answers here")
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	sort.Strings(names)
	return names
}
