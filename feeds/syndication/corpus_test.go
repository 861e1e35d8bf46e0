package syndication

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/fetch"
)

// exceptions are recorded bodies that are no feeds, with the reason.
var exceptions = map[string]string{
	"castopod/rss/podcast-namespace--podcast-example.xml": "it is a list of the namespace's elements",
}

// TestCorpus reads every recorded feed.
func TestCorpus(t *testing.T) {
	t.Parallel()
	feedstest.CheckCorpus(t, feedstest.Corpus(t, nil, "rss"), exceptions, func(r feedstest.Recording) error {
		author, page, err := read([]byte(r.Body), r.ContentType, corpusAddress(r.Body), feedstest.Epoch(), fetch.Charsets{})
		if err != nil {
			return err
		}
		if len(page.Posts) == 0 {
			return errors.New("no posts")
		}
		return checkFeed(author, page)
	})
}

// corpusAddress is an address for a recorded feed at the host that it names first, as the recordings don't tell it.
func corpusAddress(body string) string {
	_, after, _ := strings.Cut(strings.ReplaceAll(body, "http://www.w3.org", ""), "<link>")
	link, _, _ := strings.Cut(after, "<")
	if host := apiclient.HostOf(resolved(link, "")); host != "" {
		return "https://" + host + "/feed"
	}
	return feedAddress
}

// checkFeed checks what every feed promises.
func checkFeed(author *feeds.Author, page *feeds.Page) error {
	if err := feedstest.CheckAuthors(author.Host, author); err != nil || author.URL == "" {
		return fmt.Errorf("a publisher without an address: %w", err)
	}
	if len(page.Entries) != len(page.Posts) {
		return errors.New("entries without posts")
	}
	if page.Older != "" {
		if checked, ok := content.SafeURL(string(page.Older), ""); !ok || checked != string(page.Older) {
			return fmt.Errorf("the archive is at %q", page.Older)
		}
	}
	keys := map[feeds.Key]bool{}
	for i, p := range page.Posts {
		switch {
		case keys[p.Key]:
			return errors.New("a key that isn't one")
		case p.Visibility != feeds.Public:
			return errors.New("a post that isn't public")
		case page.Entries[i].Key != p.Key || !page.Entries[i].At.Equal(p.Published):
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
	return feedstest.CheckPage(author.Host, page)
}
