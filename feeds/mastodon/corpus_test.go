package mastodon

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

// corpusSoftwares are the softwares whose recorded answers are read. Of Mastodon's everything has to fit; of the others too, since
// this package is what reads them where nothing better does.
var corpusSoftwares = []string{
	"mastodon", "fedibird", "pleroma", "akkoma", "rebased", "gotosocial", "pixelfed", "friendica", "truthsocial", "mitra",
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

// TestCorpus reads every recorded answer of a Mastodon API.
func TestCorpus(t *testing.T) {
	t.Parallel()
	recorded := feedstest.Corpus(t, corpusSoftwares, slices.Sorted(maps.Keys(corpusChecks))...)
	feedstest.CheckCorpus(t, recorded, exceptions, func(r feedstest.Recording) error { return corpusChecks[r.Kind](r.Body) })
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
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/timelines/public": {Body: body}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		return err
	}
	if len(page.Posts) != elements(body) {
		return errors.New("posts are missing")
	}
	return feedstest.CheckPage(host, page)
}

func readStatus(body string) error {
	if strings.HasPrefix(body, "[") {
		return readPage(body)
	}
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/1": {Body: body}})
	post, err := s.Post(context.Background(), "1")
	if err != nil {
		return err
	}
	return feedstest.CheckPosts(host, post)
}

func readContext(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/1/context": {Body: body}})
	above, below, err := s.Context(context.Background(), "1")
	if err != nil {
		return err
	}
	var raw struct{ Ancestors, Descendants []json.RawMessage }
	if err := json.Unmarshal([]byte(body), &raw); err != nil {
		return err
	}
	if len(above) != len(raw.Ancestors) || len(below) != len(raw.Descendants) {
		return errors.New("posts are missing")
	}
	return feedstest.CheckPosts(host, append(above, below...)...)
}

func readAccounts(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/directory": {Body: asList(body)}})
	people, _, err := s.Directory(context.Background(), feeds.ActiveFirst, "")
	if err != nil {
		return err
	}
	if len(people) != min(elements(body), mostListed) {
		return errors.New("people are missing")
	}
	return feedstest.CheckAuthors(host, people...)
}

func readInstance(body string) error {
	path := "/api/v2/instance"
	if strings.Contains(body, `"uri"`) && !strings.Contains(body, `"domain"`) {
		path = "/api/v1/instance"
	}
	s, _ := serve(map[string]feedstest.Answered{path: {Body: body}})
	i, err := s.Describe(context.Background())
	if err != nil {
		return err
	}
	if i.Title == "" {
		return errors.New("a server without a name")
	}
	return feedstest.CheckInstance(host, i)
}

func readTags(body string) error {
	if strings.Contains(body, "provider_name") {
		return readLinks(body)
	}
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/trends/tags": {Body: asList(body)}})
	tags, err := s.TrendingTags(context.Background())
	if err != nil {
		return err
	}
	if len(tags) != elements(body) {
		return errors.New("tags are missing")
	}
	return nil
}

func readLinks(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/trends/links": {Body: body}})
	links, err := s.TrendingLinks(context.Background())
	if err == nil && len(links) != elements(body) {
		return errors.New("links are missing")
	}
	return err
}

func readPoll(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/polls/1": {Body: body}})
	p, err := s.Poll(context.Background(), "1")
	if err == nil && len(p.Options) < 2 {
		return errors.New("a poll without a choice")
	}
	return err
}

func readEmoji(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/custom_emojis": {Body: asList(body)}})
	emoji, err := s.CustomEmoji(context.Background())
	if err == nil && len(emoji) != elements(body) {
		return errors.New("emoji are missing")
	}
	return err
}

func readError(body string) error {
	for _, status := range []int{200, 401, 403, 404, 422, 500} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/1": {Status: status, Body: body}})
		if _, err := s.Post(context.Background(), "1"); err == nil {
			return errors.New("an error passed for a post")
		}
	}
	return nil
}
