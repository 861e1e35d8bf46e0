package syndication

import (
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestWhoWroteAnItem(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, parts, user, domain, display string }{
		{"the site", "", "blog.example", "blog.example", "Blog"},
		{"an address with a name", "<author>ada@blog.example (Ada)</author>", "blog.example", "blog.example", "Ada"},
		{"a name with an address", "<author>Ada &lt;ada@blog.example&gt;</author>", "blog.example", "blog.example", "Ada"},
		{"an address", "<author>ada@blog.example</author>", "blog.example", "blog.example", "Blog"},
		{"a name", "<dc:creator><![CDATA[Ada &amp; Bob]]></dc:creator>", "blog.example", "blog.example", "Ada & Bob"},
		{"a podcaster", "<itunes:author>Ada</itunes:author>", "blog.example", "blog.example", "Ada"},
		{"a name, then an address", "<author>Ada (ada@blog.example)</author>", "blog.example", "blog.example", "Ada"},
		{"an address, then a name", "<author>ada@blog.example Ada</author>", "blog.example", "blog.example", "Ada"},
		{"a name in quotes", "<author>\"Ada\" ada@blog.example</author>", "blog.example", "blog.example", "Ada"},
		{"an address after its scheme", "<author>mailto:ada@blog.example</author>", "blog.example", "blog.example", "Blog"},
		{"two addresses", "<author>ada@blog.example (Ada), bob@blog.example (Bob)</author>", "blog.example", "blog.example", "Ada, Bob"},
		{"two addresses alone", "<author>ada@blog.example, bob@blog.example</author>", "blog.example", "blog.example", "Blog"},
		{"a handle", "<author>@ada@social.example</author>", "blog.example", "blog.example", "@ada@social.example"},
		{"a place", "<author>Ada @ Home (she/her)</author>", "blog.example", "blog.example", "Ada @ Home (she/her)"},
		{"a nickname", "<author>\"Ada\" Lovelace \"Byron\"</author>", "blog.example", "blog.example", "\"Ada\" Lovelace \"Byron\""},
		{"elements of Atom in no namespace", "<author><name>Ada</name><email>ada@blog.example</email><uri>https://blog.example/ada</uri></author>", "blog.example", "blog.example", "Ada"},
		{"elements of a widespread generator", "<author><email>ada@blog.example</email><link>https://blog.example/ada</link><name>Ada</name></author>", "blog.example", "blog.example", "Ada"},
		{"elements without a name", "<author><email>ada@blog.example</email></author>", "blog.example", "blog.example", "Blog"},
		{"elements of RDF", "<dc:creator><foaf:Person><foaf:name>Ada</foaf:name></foaf:Person></dc:creator>", "blog.example", "blog.example", "Ada"},
		{"two names", "<dc:creator>Ada</dc:creator><dc:creator>Bob</dc:creator><dc:creator>Ada</dc:creator>", "blog.example", "blog.example", "Ada, Bob"},
		{"a name told twice", "<dc:creator>Ada</dc:creator><itunes:author>Ada Lovelace</itunes:author>", "blog.example", "blog.example", "Ada"},
		{"the feed that it was taken from", "<source url='https://ada.example/feed'>Ada’s notes</source>", "blog.example", "blog.example", "Ada’s notes"},
		{"an author before the feed", "<source url='https://ada.example/feed'>Notes</source><author>Ada</author>", "blog.example", "blog.example", "Ada"},
		{"a profile", "<dc:creator>https://lemmy.example/u/ada</dc:creator>", "ada", "lemmy.example", ""},
		{"an account", "<guid>https://other.example/@ada/7</guid>", "ada", "other.example", ""},
	}
	for _, tt := range tests {
		a := readOne(t, "<title>x</title>"+tt.parts).Author
		if a.User != tt.user || a.Domain != tt.domain || a.Name != tt.display || a.Host != "blog.example" {
			t.Errorf("%s: %+v", tt.name, a)
		}
	}
}

func TestItemsOfAPlanetCarryTheirAuthors(t *testing.T) {
	t.Parallel()
	entry := func(id, parts string) string {
		return "<entry><id>" + id + "</id><title>x</title>" + parts + "</entry>"
	}
	_, posts := readAll(t, `<feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><updated>2026-11-20T10:00:00Z</updated>`+
		entry("urn:1", `<source><title>Notes</title><author><name>Ada</name><email>ada@ada.example</email></author><link href="https://ada.example/"/></source>`)+
		entry("urn:2", `<source><title>Bob’s notes</title><link href="https://bob.example/"/></source>`)+
		entry("urn:3", `<author><name>Cy</name></author><source><author><name>Another</name></author></source>`)+`</feed>`)
	got := map[feeds.Key]string{}
	for _, p := range posts {
		got[p.Key] = p.Author.Name
	}
	for key, want := range map[feeds.Key]string{"#urn:1": "Ada", "#urn:2": "Bob’s notes", "#urn:3": "Cy"} {
		if got[feedAddress+key] != want {
			t.Errorf("%s is by %q, want %q", key, got[feedAddress+key], want)
		}
	}
}

func TestAuthorsOfJSONFeedAreNamesObjectsOrLists(t *testing.T) {
	t.Parallel()
	for _, author := range []string{
		`"author":"Ada"`, `"author":{"name":"Ada"}`, `"authors":{"name":"Ada"}`, `"authors":["Ada"]`, `"authors":[{"name":"Ada","url":"mailto:ada@x.example"}]`,
		`"author":[{"name":"Ada"}]`, `"author":"Ada <ada@x.example>"`, `"authors":[null,7,{"name":"Ada"}]`, `"authors":[],"author":{"name":"Ada"}`,
	} {
		_, posts := readAll(t, `{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","content_text":"one",`+author+`}]}`)
		if a := posts[0].Author; a.Name != "Ada" || strings.Contains(a.URL, "ada@") {
			t.Errorf("%s: %q at %q", author, a.Name, a.URL)
		}
	}
}

func TestHandlesOfFeeds(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, feed, home, user, domain string }{
		{"a blog", "https://www.blog.example/feed", "https://www.blog.example/", "blog.example", "www.blog.example"},
		{"with a port", "http://localhost:8080/feed", "", "localhost", "localhost:8080"},
		{"a member", "https://social.example/@ada.rss", "https://social.example/@ada", "ada", "social.example"},
		{"a member whose page isn't told", "https://social.example/@ada/feed.rss", "", "ada", "social.example"},
		{"a community", "https://lemmy.example/feeds/c/town.xml?sort=New", "https://lemmy.example/c/town", "town", "lemmy.example"},
		{"a channel", "https://tube.example/feeds/videos.xml?videoChannelName=pier", "https://tube.example/video-channels/pier", "pier", "tube.example"},
		{"somebody else's page", "https://evil.example/feed", "https://social.example/@ada", "evil.example", "evil.example"},
		{"a folder", "https://blog.example/a/feed", "https://blog.example/", "blog.example", "blog.example"},
	}
	for _, tt := range tests {
		body := "<rss><channel><title>x</title><link>" + tt.home + "</link></channel></rss>"
		a, _, err := Read([]byte(body), "", tt.feed, feedstest.Epoch())
		if err != nil || a.User != tt.user || a.Domain != tt.domain || a.Host != tt.domain || a.ID != tt.feed {
			t.Errorf("%s: %+v %v", tt.name, a, err)
		}
	}
}
