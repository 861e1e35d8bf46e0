package read

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode"

	"vitrine/build/command"
	"vitrine/build/demo"
	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/reader"
	"vitrine/web"
)

// town starts the demo fediverse and returns its port with a colon.
func town(t *testing.T) string {
	t.Helper()
	d, err := demo.Start(t.Context(), demo.Options{Addr: "127.0.0.1:0", Budget: 10000})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	_, port, err := net.SplitHostPort(d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	return ":" + port
}

func read(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := Command().Run(t.Context(), args, &out, &bytes.Buffer{})
	return out.String(), err
}

func TestReadPrintsEveryKindOfAddress(t *testing.T) {
	port := town(t)
	for _, address := range []string{
		"@bibliothek@norderau.localhost" + port, "http://norderau.localhost" + port + "/@bibliothek/media", "hafenlicht.localhost" + port,
		"#lesesaal@norderau.localhost" + port, "http://hafenlicht.localhost" + port + "/explore",
		"filmdose.localhost" + port, "@harbour@filmdose.localhost" + port, "http://filmdose.localhost" + port + "/w/harbourDusk1", "http://filmdose.localhost" + port + "/w/p/tinOfFilms",
		"bucht.localhost" + port, "@umi@bucht.localhost" + port, "http://bucht.localhost" + port + "/notes/a5",
		"tresen.localhost" + port, "!bikes@tresen.localhost" + port, "http://tresen.localhost" + port + "/post/1", "http://tresen.localhost" + port + "/comment/102",
		"http://funk.localhost" + port + "/@hafenfunk/feed.xml", "funk.localhost" + port,
	} {
		out, err := read(t, "-limit", "7", address)
		var feed jsonFeed
		if err != nil || json.Unmarshal([]byte(out), &feed) != nil {
			t.Errorf("%s: %v\n%.300s", address, err, out)
			continue
		}
		if feed.Version != "https://jsonfeed.org/version/1.1" || feed.Title == "" || len(feed.Items) == 0 || len(feed.Items) > 7 {
			t.Errorf("%s: %q with %d items", address, feed.Title, len(feed.Items))
		}
		for _, i := range feed.Items {
			if _, err := time.Parse(time.RFC3339, i.DatePublished); err != nil || i.ID == "" || i.URL == "" || len(i.Authors) != 1 {
				t.Errorf("%s: %+v", address, i)
			}
		}
	}
}

func TestReadAsksForTheServerOfAHashtag(t *testing.T) {
	_, err := read(t, "#geese")
	if err == nil || !strings.Contains(err.Error(), "name one, as #geese@") || strings.Contains(err.Error(), "bug") {
		t.Errorf("%v", err)
	}
}

func TestReadGoesOnToTheLimit(t *testing.T) {
	port := town(t)
	out, err := read(t, "hafenlicht.localhost"+port, "-limit", "65")
	var feed jsonFeed
	if err != nil || json.Unmarshal([]byte(out), &feed) != nil || len(feed.Items) != 65 {
		t.Fatalf("%d items, %v", len(feed.Items), err)
	}
	seen := map[string]bool{}
	for _, i := range feed.Items {
		if seen[i.ID] {
			t.Errorf("%s stands twice", i.ID)
		}
		seen[i.ID] = true
	}
}

func TestReadSaysWhyFewerPostsAreThere(t *testing.T) {
	posts := func(n int) (all []map[string]any) {
		for i := range n {
			all = append(all, map[string]any{"id": fmt.Sprint(100 - i), "created_at": feedstest.Epoch().Add(-time.Duration(i) * time.Hour), "uri": fmt.Sprintf("https://a.example/%d", i), "url": fmt.Sprintf("https://a.example/%d", i),
				"visibility": "public", "content": "<p>one</p>", "account": map[string]any{"id": "1", "username": "ann", "acct": "ann", "url": "https://a.example/@ann"}})
		}
		return all
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.URL.Path == "/.well-known/nodeinfo":
			fmt.Fprintf(w, `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"http://%s/nodeinfo"}]}`, r.Host)
		case r.URL.Path == "/nodeinfo":
			fmt.Fprint(w, `{"version":"2.0","software":{"name":"mastodon","version":"4.5.0"}}`)
		case r.URL.Path == "/api/v1/timelines/public" && r.FormValue("max_id") == "":
			_ = json.NewEncoder(w).Encode(posts(20))
		case r.URL.Path == "/api/v1/timelines/public":
			w.WriteHeader(http.StatusTooManyRequests)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	var out, stderr bytes.Buffer
	err := Command().Run(t.Context(), []string{"-limit", "50", strings.Replace(strings.TrimPrefix(s.URL, "http://"), "127.0.0.1", "localhost", 1)}, &out, &stderr)
	if said := stderr.String(); err != nil || !strings.HasPrefix(said, "20 of 50 posts are printed. Older ones could not be read: localhost:") || !strings.Contains(said, "asks for a pause") {
		t.Errorf("%v: %q", err, said)
	}
}

func TestReadSaysThatAFeedIsBroken(t *testing.T) {
	for body, want := range map[string]string{
		`<?xml version="1.0"?><Rss><Title>Posts</Title><Items><Title>One</Title></Items></Rss>`: "is broken",
		`<rss><channel><title>Posts</title><item><title>On`:                                     "is broken",
		`{"items":`: "is broken",
		`OK`:        "is broken",
		`<!doctype html><title>Posts</title><p>None`: "has no feed at this address",
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }))
		t.Cleanup(s.Close)
		if _, err := read(t, s.URL+"/feed.rss"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestReadPrintsAThreadFromItsBeginning(t *testing.T) {
	port := town(t)
	out, err := read(t, "-limit", "1", "#lesesaal@norderau.localhost"+port)
	var feed jsonFeed
	if err != nil || json.Unmarshal([]byte(out), &feed) != nil || len(feed.Items) == 0 {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err = read(t, feed.Items[0].URL)
	if err != nil || json.Unmarshal([]byte(out), &feed) != nil || len(feed.Items) == 0 {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestReadWritesAtom(t *testing.T) {
	port := town(t)
	out, err := read(t, "-format", "atom", "@bibliothek@norderau.localhost"+port)
	var feed atomFeed
	if err != nil || xml.Unmarshal([]byte(out), &feed) != nil {
		t.Fatalf("%v\n%.500s", err, out)
	}
	if feed.ID == "" || feed.Title == "" || feed.Updated == "" || feed.Author == nil || len(feed.Entries) < 10 {
		t.Errorf("%+v", feed)
	}
	for _, e := range feed.Entries {
		if e.ID == "" || e.Title == "" || e.Updated == "" || e.Author.Name == "" || e.Content.Type != "html" {
			t.Errorf("%+v", e)
		}
	}
}

func TestReadWritesText(t *testing.T) {
	port := town(t)
	out, err := read(t, "-format=text", "@bibliothek@norderau.localhost"+port)
	if err != nil || !strings.HasPrefix(out, "Stadtbibliothek Norderau") || !strings.Contains(out, "(@bibliothek@norderau.localhost"+port+")") {
		t.Errorf("%v\n%.500s", err, out)
	}
	hostile, err := read(t, "-format=text", "hostile.localhost"+port)
	if err != nil || strings.ContainsFunc(hostile, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
		t.Errorf("a terminal would obey what a server wrote: %v", err)
	}
}

func TestReadWritesWhatAPageShowsOfAFilm(t *testing.T) {
	port := town(t)
	out, err := read(t, "-format=text", "http://filmdose.localhost"+port+"/w/harbourDusk1")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"[Video", "Captions: German", "  0:00 The crane", "Hashtags: #harbour"} {
		if !strings.Contains(out, part) {
			t.Errorf("the text lacks %q:\n%.1500s", part, out)
		}
	}
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	port := town(t)
	for _, args := range [][]string{{}, {"a.example", "-limit", "0"}, {"a.example", "-format", "pdf"}, {"-what", "a.example"}} {
		_, err := read(t, args...)
		var usage *command.UsageError
		if !errors.As(err, &usage) {
			t.Errorf("%q: %v is no usage error", args, err)
		}
	}
	for _, address := range []string{"@nobody@hafenlicht.localhost" + port, "500.klippe.localhost" + port, "#tea", "nothing at all"} {
		_, err := read(t, address)
		if err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// What the tests read of JSON Feed and Atom.
type jsonFeed struct {
	Version, Title string
	Items          []struct {
		ID, URL       string
		DatePublished string `json:"date_published"`
		Authors       []any
	}
}

type atomFeed struct {
	ID      string    `xml:"id"`
	Title   string    `xml:"title"`
	Updated string    `xml:"updated"`
	Author  *struct{} `xml:"author"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Author  struct {
			Name string `xml:"name"`
		} `xml:"author"`
		Content struct {
			Type string `xml:"type,attr"`
		} `xml:"content"`
	} `xml:"entry"`
}

func TestReadSaysWhatOfAConversationIsMissing(t *testing.T) {
	t.Parallel()
	w, err := command.English(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	focus := feedstest.Reply("a.example", "20", "19", 20)
	focus.Counts.Replies = 5
	closed := &listing.Listing{Thread: reader.BuildTree(focus, nil, nil), Around: &feeds.Error{Kind: feeds.NeedsLogin, Host: "a.example"}}
	const replies = "5 replies, 0 shown. a.example shows the replies to members only. Guests can’t see what was said around this post there."
	if got := missingPosts(closed, w, true); got != replies {
		t.Errorf("%q", got)
	}
	if got := missingPosts(closed, w, false); got != "A post is missing here: a.example does not have it or does not show it. "+replies {
		t.Errorf("%q", got)
	}
	cut := &listing.Listing{Thread: reader.BuildTree(focus, nil, []*feeds.Post{feedstest.Reply("a.example", "21", "20", 21)})}
	if got := missingPosts(cut, w, true); got != "5 replies, 1 shown. The others never reached a.example, were deleted, or are not public." {
		t.Errorf("%q", got)
	}
	if got := missingPosts(&listing.Listing{Thread: reader.BuildTree(feedstest.Post("a.example", "1", 0), nil, nil)}, w, false); got != "" {
		t.Errorf("a whole conversation: %q", got)
	}
	cut.Items, cut.More = make([]reader.Item, 2), 7
	if got := missingPosts(cut, w, true); !strings.HasSuffix(got, "2 of 9 posts are printed: -limit 9 prints all.") {
		t.Errorf("%q", got)
	}
	if got := missingPosts(&listing.Listing{}, w, false); got != "" {
		t.Errorf("a list: %q", got)
	}
}

func TestReadCompletesAConversationWhenThatIsWanted(t *testing.T) {
	t.Parallel()
	port := town(t)
	film := "http://markt.localhost" + port + "/@kino/10000"
	items := func(args ...string) (n int, said string) {
		var out, stderr bytes.Buffer
		err := Command().Run(t.Context(), append(args, "-limit", "2000", film), &out, &stderr)
		var feed jsonFeed
		if err != nil || json.Unmarshal(out.Bytes(), &feed) != nil {
			t.Fatalf("%v: %s", err, stderr.String())
		}
		return len(feed.Items), stderr.String()
	}
	alone, said := items()
	if strings.Contains(said, "servers were asked") {
		t.Errorf("further servers were asked unasked: %s", said)
	}
	all, said := items("-complete")
	if all < 5*alone || !strings.Contains(said, "6 servers were asked ") || !strings.Contains(said, "replies, ") || !strings.Contains(said, "can’t be reached: ") {
		t.Errorf("%d posts, and %d completed: %s", alone, all, said)
	}
}
