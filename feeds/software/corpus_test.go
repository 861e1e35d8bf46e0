package software

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/feeds"
)

// TestCorpus reads every recorded answer: it is understood, or refused as BadData. They aren't part of the repository.
func TestCorpus(t *testing.T) {
	for _, file := range corpusFiles(t, "nodeinfo") {
		body := string(load(t, file))
		for name, replies := range map[string]map[string]reply{
			"discovery": {wellKnown: {body: body}},
			"document":  {wellKnown: {body: `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/n"}]}`}, "https://a.example/n": {body: body}},
		} {
			info, err := Probe(t.Context(), &network{replies: replies}, "a.example")
			if !isUnderstood(err) || err == nil && info.Software != canonicalName(info.Software) {
				t.Errorf("%s as %s: %+v, %v", file, name, info, err)
			}
		}
	}
	for _, file := range corpusFiles(t, "webfinger") {
		actor, err := decodeWebFinger(load(t, file))
		if err != nil {
			continue
		}
		_, isException := withoutActor[filepath.Base(file)]
		if (actor == "") != (isException || strings.HasSuffix(file, ".headers.json")) {
			t.Errorf("%s: actor %q", file, actor)
		}
	}
}

// isUnderstood reports how reading may end. NotFound comes from what a discovery leads to, which wasn't recorded.
func isUnderstood(err error) bool {
	switch feeds.KindOf(err) {
	case "", feeds.BadData, feeds.NotFound:
		return true
	}
	return false
}

// withoutActor are recorded descriptors of WebFinger that name no ActivityPub actor, with the reason.
var withoutActor = map[string]string{
	"fedify--actor-1.json":                                  "made up for a test of avatars",
	"rebased--winterdienst_webfinger.json":                  "OStatus only",
	"mastodon--spec-webfinger-hacker1.json":                 "OStatus only",
	"mastodon--spec-webfinger-hacker2.json":                 "OStatus only",
	"mastodon--spec-webfinger-hacker3.json":                 "OStatus only",
	"application-activitypub--webfinger.json":               "made up, its types and relations are exchanged",
	"application-activitypub--webfinger_unknown_field.json": "made up, its types and relations are exchanged",
}

// corpusFiles returns the recordings of a kind, of all softwares, below $CORPUS or shared/corpus beside the module's folder.
func corpusFiles(t *testing.T, kind string) []string {
	t.Helper()
	root := os.Getenv("CORPUS")
	if root == "" {
		root = filepath.Join(moduleRoot(t), "..", "shared", "corpus")
	}
	files, err := filepath.Glob(filepath.Join(root, "*", kind, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("no recorded answers in " + root)
	}
	return files
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		_, err := os.Stat(filepath.Join(dir, "go.mod"))
		if err == nil {
			return dir
		}
		if parent := filepath.Dir(dir); errors.Is(err, os.ErrNotExist) && parent != dir {
			dir = parent
			continue
		}
		t.Fatal("no go.mod above the test")
	}
}

func load(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
