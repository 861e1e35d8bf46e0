package peertube

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// exceptions are recorded bodies that don't have to give what their folder's name says, with the reason, by the beginning of the name.
var exceptions = map[string]string{
	"peertube/videos/documentation--Admin_Measure":                         "it is a statistic of Mastodon's",
	"peertube/videos/NewPipeExtractor--peertubestreamextractor-segments-3": "it is a list of storyboards, which aren't asked for",
}

// corpusChecks say by kind how a body is read, and what is wrong with the outcome. The other kinds are ActivityPub's.
var corpusChecks = map[string]func(body string) error{
	"videos":   readVideos,
	"video":    readVideo,
	"account":  readAccount,
	"comments": readComments,
	"other":    readChannels,
}

// TestCorpus reads every recorded answer of PeerTube's API.
func TestCorpus(t *testing.T) {
	t.Parallel()
	recorded := feedstest.Corpus(t, []string{"peertube"}, slices.Sorted(maps.Keys(corpusChecks))...)
	feedstest.CheckCorpus(t, recorded, exceptions, func(r feedstest.Recording) error {
		switch {
		case strings.Contains(r.Name, "whatispeertube-1."):
			return readCaptions(r.Body)
		case strings.Contains(r.Name, "playlists-0."):
			return readPlaylists(r.Body)
		}
		return corpusChecks[r.Kind](r.Body)
	})
}

func elements(body string) int {
	var list struct{ Data []json.RawMessage }
	if json.Unmarshal([]byte(body), &list) != nil {
		return 0
	}
	return len(list.Data)
}

func readVideos(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos": {Body: body}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		return err
	}
	if len(page.Posts) != elements(body) {
		return errors.New("videos are missing")
	}
	for _, p := range page.Posts {
		if p.Title == "" || len(p.Media)+len(p.Body.Blocks) == 0 || p.Card == nil && p.Media[0].Preview == "" {
			return errors.New("a video without a title or a picture")
		}
	}
	return feedstest.CheckPage(host, page)
}

func readVideo(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/1": {Body: body}})
	p, err := s.Post(context.Background(), "1")
	if err != nil {
		return err
	}
	if m := p.Media; p.Title == "" || len(m) != 1 || !strings.HasSuffix(m[0].URL, ".mp4") || m[0].Duration == 0 || m[0].Preview == "" {
		return errors.New("a video that can't be played")
	}
	return feedstest.CheckPosts(host, p)
}

func readAccount(body string) error {
	list := "accounts/"
	if strings.Contains(body, `"ownerAccount"`) {
		list = "video-channels/"
	}
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/" + list + "ada": {Body: body}})
	a, err := s.Profile(context.Background(), "ada", host)
	if err != nil {
		return err
	}
	if a.User == "" || a.Domain == "" || a.Name == "" || a.Avatar == "" || a.Counts.Followers < 0 || a.Group != (list != "accounts/") {
		return errors.New("an account without a name or a picture")
	}
	return feedstest.CheckAuthors(host, a)
}

func readChannels(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/search/video-channels": {Body: body}})
	people, err := s.SearchAccounts(context.Background(), "x")
	if err == nil && len(people) != elements(body) {
		return errors.New("channels are missing")
	}
	return err
}

// readComments reads a list of threads, or one of them.
func readComments(body string) error {
	const threads = "/api/v1/videos/short1/comment-threads"
	shown := strings.Count(body, `"isDeleted"`) - strings.Count(strings.ReplaceAll(body, " ", ""), `"isDeleted":true`)
	var found struct {
		Comment *struct{ ThreadID json.Number }
	}
	if err := json.Unmarshal([]byte(body), &found); err != nil {
		return err
	}
	list := body
	replies := map[string]feedstest.Answered{"/api/v1/videos/short1": {Body: film(1, "")}}
	if found.Comment != nil {
		thread := found.Comment.ThreadID.String()
		list = listOf(1, `{"id":`+thread+`,"threadId":`+thread+`,"totalReplies":1}`)
		replies[threads+"/"+thread] = feedstest.Answered{Body: body}
	}
	replies[threads] = feedstest.Answered{Body: list}
	s, _ := serve(replies)
	_, below, err := s.Context(context.Background(), "short1")
	if err != nil {
		return err
	}
	if len(below) != shown {
		return errors.New("comments are missing")
	}
	for _, p := range below {
		if len(p.Body.Blocks) == 0 && !strings.Contains(body, "<img") {
			return errors.New("a comment without a text")
		}
	}
	return feedstest.CheckPosts(host, below...)
}

func readCaptions(body string) error {
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v1/videos/1":          {Body: film(1, `"files":[`+webFile("web", 720, "")+`]`)},
		"/api/v1/videos/1/captions": {Body: body},
	})
	p, err := s.Post(context.Background(), "1")
	if err != nil {
		return err
	}
	if got := p.Media[0].Film.Captions; len(got) != elements(body) || len(got) == 0 {
		return errors.New("captions are missing")
	}
	return feedstest.CheckPosts(host, p)
}

func readPlaylists(body string) error {
	var found struct{ Data []json.RawMessage }
	if err := json.Unmarshal([]byte(body), &found); err != nil {
		return err
	}
	for _, list := range found.Data {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/video-playlists/1": {Body: string(list)}})
		if p, err := s.Playlist(context.Background(), "1"); err != nil || p.Name == "" {
			return errors.New("a playlist can't be read")
		}
	}
	return nil
}
