package peertube

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// exceptions are recorded bodies that don't have to give what their folder's name says, with the reason, by a part of the name.
var exceptions = map[string]string{
	"videos/documentation--Admin_Measure":                         "it is a statistic of Mastodon's",
	"videos/NewPipeExtractor--peertubestreamextractor-segments-3": "it is a list of storyboards, which aren't asked for",
}

// corpusChecks say by kind how a body is read, and what is wrong with the outcome. The other kinds are ActivityPub's.
var corpusChecks = map[string]func(body string) error{
	"videos":   readVideos,
	"video":    readVideo,
	"account":  readAccount,
	"comments": readComments,
	"other":    readChannels,
}

// TestCorpus reads every recorded answer of PeerTube's API. The recordings aren't part of the repository.
func TestCorpus(t *testing.T) {
	root := corpusRoot(t)
	read := 0
	for kind, check := range corpusChecks {
		for _, file := range bodies(t, filepath.Join(root, "peertube", kind)) {
			name := kind + "/" + filepath.Base(file)
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case strings.Contains(name, "whatispeertube-1."):
				err = readCaptions(string(body))
			case strings.Contains(name, "playlists-0."):
				err = readPlaylists(string(body))
			default:
				err = check(string(body))
			}
			if reason := exceptionOf(name); reason != "" {
				if err == nil {
					t.Errorf("%s can be read, though %s", name, reason)
				}
				continue
			}
			read++
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	t.Logf("%d recorded answers", read)
}

func exceptionOf(name string) string {
	for part, reason := range exceptions {
		if strings.HasPrefix(name, part) {
			return reason
		}
	}
	return ""
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
			return nil
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

func elements(body string) int {
	var list struct{ Data []json.RawMessage }
	if json.Unmarshal([]byte(body), &list) != nil {
		return 0
	}
	return len(list.Data)
}

func readVideos(body string) error {
	s, _ := serve(map[string]reply{"/api/v1/videos": {body: body}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		return err
	}
	if len(page.Posts) != elements(body) {
		return complaint("videos are missing")
	}
	for _, p := range page.Posts {
		if p.Title == "" || len(p.Media)+len(p.Body.Blocks) == 0 || p.Card == nil && p.Media[0].Preview == "" {
			return complaint("a video without a title or a picture")
		}
	}
	return checkPosts(page.Posts)
}

func readVideo(body string) error {
	s, _ := serve(map[string]reply{"/api/v1/videos/1": {body: body}})
	p, err := s.Post(context.Background(), "1")
	if err != nil {
		return err
	}
	if m := p.Media; p.Title == "" || len(m) != 1 || !strings.HasSuffix(m[0].URL, ".mp4") || m[0].Duration == 0 || m[0].Preview == "" {
		return complaint("a video that can't be played")
	}
	return checkPosts([]*feeds.Post{p})
}

func readAccount(body string) error {
	list := "accounts/"
	if strings.Contains(body, `"ownerAccount"`) {
		list = "video-channels/"
	}
	s, _ := serve(map[string]reply{"/api/v1/" + list + "ada": {body: body}})
	a, err := s.Profile(context.Background(), "ada", host)
	if err != nil {
		return err
	}
	if a.User == "" || a.Domain == "" || a.Name == "" || a.Avatar == "" || a.Counts.Followers < 0 || a.Group != (list != "accounts/") {
		return complaint("an account without a name or a picture")
	}
	return nil
}

func readChannels(body string) error {
	s, _ := serve(map[string]reply{"/api/v1/search/video-channels": {body: body}})
	people, err := s.SearchAccounts(context.Background(), "x")
	if err == nil && len(people) != elements(body) {
		return complaint("channels are missing")
	}
	return err
}

// readComments reads a list of threads, or one of them.
func readComments(body string) error {
	const threads = "/api/v1/videos/short1/comment-threads"
	shown := strings.Count(body, `"isDeleted"`) - strings.Count(strings.ReplaceAll(body, " ", ""), `"isDeleted":true`)
	var found tree
	if err := apiclient.Decode([]byte(body), &found); err != nil {
		return err
	}
	list := body
	replies := map[string]reply{"/api/v1/videos/short1": {body: film(1, "")}}
	if found.Comment != nil {
		list = listOf(1, `{"id":`+string(found.Comment.ThreadID)+`,"threadId":`+string(found.Comment.ThreadID)+`,"totalReplies":1}`)
		replies[threads+"/"+string(found.Comment.ThreadID)] = reply{body: body}
	}
	replies[threads] = reply{body: list}
	s, _ := serve(replies)
	_, below, err := s.Context(context.Background(), "short1")
	if err != nil {
		return err
	}
	if len(below) != shown {
		return complaint("comments are missing")
	}
	for _, p := range below {
		if len(p.Body.Blocks) == 0 && !strings.Contains(body, "<img") {
			return complaint("a comment without a text")
		}
	}
	return checkPosts(below)
}

func readCaptions(body string) error {
	s, _ := serve(nil)
	var found captions
	if err := apiclient.DecodeObject([]byte(body), &found); err != nil {
		return err
	}
	if got := s.captionsOf(found); len(got) != len(found.Data) || len(got) == 0 {
		return complaint("captions are missing")
	}
	return nil
}

func readPlaylists(body string) error {
	var found struct{ Data []json.RawMessage }
	if err := json.Unmarshal([]byte(body), &found); err != nil {
		return err
	}
	for _, list := range found.Data {
		s, _ := serve(map[string]reply{"/api/v1/video-playlists/1": {body: string(list)}})
		if p, err := s.Post(context.Background(), "playlist:1"); err != nil || p.Title == "" {
			return complaint("a playlist can't be read")
		}
	}
	return nil
}
