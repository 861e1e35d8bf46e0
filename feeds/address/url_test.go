package address

import "testing"

func TestPagesOfServers(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"https://a.example", server("a.example", "")},
		{"https://a.example/", server("a.example", "")},
		{"HTTPS://A.Example/", server("a.example", "")},
		{"http://a.example:80/", server("a.example", "")},
		{"http://a.localhost:8081/", server("a.localhost:8081", "")},
		{"http://[::1]:8081/", server("[::1]:8081", "")},
		{"a.example/", server("a.example", "")},
		{"https://a.example/web", server("a.example", "")},
		{"https://a.example/about", server("a.example", "about")},
		{"https://a.example/about/more", server("a.example", "about")},
		{"https://a.example/?utm_source=x&lang=de", server("a.example", "")},
		{"https://a.example/explore", server("a.example", "trending")},
		{"https://a.example/explore/tags", server("a.example", "trending")},
		{"https://a.example/public", server("a.example", "federated")},
		{"https://a.example/public/remote", server("a.example", "federated")},
		{"https://a.example/public/local", server("a.example", "")},
		{"https://a.example/web/timelines/public/local", server("a.example", "")},
		{"https://a.example/web/timelines/public", server("a.example", "federated")},
		{"https://a.example/deck/public", server("a.example", "federated")},
		{"https://a.example/timeline/local", server("a.example", "")},
		{"https://a.example/timeline/global", server("a.example", "federated")},
		{"https://a.example/main/public", server("a.example", "")},
		{"https://a.example/main/all", server("a.example", "federated")},
	})
}

func TestPagesOfPeople(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"https://a.example/@ada", person("ada", "a.example", "")},
		{"https://a.example/@ada/", person("ada", "a.example", "")},
		{"a.example/@ada", person("ada", "a.example", "")},
		{"localhost:8081/@ada", person("ada", "localhost:8081", "")},
		{"https://a.example/@ada?x=1#y", person("ada", "a.example", "")},
		{"https://a.example/%40ada", person("ada", "a.example", "")},
		{"https://a.example/@ada@b.example", person("ada", "b.example", "")},
		{"https://a.example/@ada@b.example:8443/media", person("ada", "b.example:8443", "media")},
		{"https://a.example/@ada/with_replies", person("ada", "a.example", "replies")},
		{"https://a.example/@ada/media", person("ada", "a.example", "media")},
		{"https://a.example/@ada/about", person("ada", "a.example", "about")},
		{"https://a.example/@ada/tagged/tea", person("ada", "a.example", "")},
		{"https://a.example/@ada/followers", person("ada", "a.example", "")},
		{"https://a.example/users/ada", person("ada", "a.example", "")},
		{"https://a.example/users/ada/outbox", person("ada", "a.example", "")},
		{"https://a.example/users/ada/collections/featured", person("ada", "a.example", "")},
		{"https://a.example/web/@ada", person("ada", "a.example", "")},
		{"https://a.example/deck/@ada@b.example/with_replies", person("ada", "b.example", "replies")},
		{"https://a.example/profile/ada", person("ada", "a.example", "")},
		{"https://a.example/u/ada@b.example", person("ada", "b.example", "")},
		{"https://a.example/c/cats", community("cats", "a.example")},
		{"https://a.example/c/cats@b.example", community("cats", "b.example")},
		{"https://a.example/m/cats", community("cats", "a.example")},
		{"web+ap://a.example/@ada", person("ada", "a.example", "")},
		{"web+activitypub:a.example/@ada", person("ada", "a.example", "")},
		{"WEB+AP:https://a.example/users/ada", person("ada", "a.example", "")},
		{"web+ap://@ada@a.example", person("ada", "a.example", "")},
		{"https://b.example/authorize_interaction?uri=acct%3Aada%40a.example", person("ada", "a.example", "")},
		{"https://b.example/authorize_interaction?uri=https://a.example/@ada", person("ada", "a.example", "")},
	})
}

func TestPagesOfPosts(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"https://a.example/@ada/109302354165120279", post("a.example", "109302354165120279")},
		{"https://a.example/@ada/12", post("a.example", "12")},
		{"https://a.example/@ada/109302354165120279/embed", post("a.example", "109302354165120279")},
		{"https://a.example/@ada@b.example/109302354165", copied("a.example", "109302354165")},
		{"https://a.example/users/ada/statuses/12", post("a.example", "12")},
		{"https://a.example/users/ada/statuses/12/activity", post("a.example", "12")},
		{"https://a.example/ap/users/7/statuses/12", post("a.example", "12")},
		{"https://a.example/statuses/12", post("a.example", "12")},
		{"https://a.example/web/statuses/12", post("a.example", "12")},
		{"https://a.example/redirect/statuses/12", post("a.example", "12")},
		{"https://a.example/web/@ada/12", post("a.example", "12")},
		{"https://a.example/deck/@ada/12", post("a.example", "12")},
		{"https://a.example/deck/@ada@b.example/12", copied("a.example", "12")},
		{"https://a.example/notice/AXxyz9ABCdef12ghij", post("a.example", "AXxyz9ABCdef12ghij")},
		{"https://a.example/notice/AXxyzZABCdefGHghij", post("a.example", "AXxyzZABCdefGHghij")},
		{"https://a.example/notes/9abcdef123", post("a.example", "9abcdef123")},
		{"https://a.example/@ada/statuses/01HXYZ0123456789ABCDEFGHJK", post("a.example", "01HXYZ0123456789ABCDEFGHJK")},
		{"https://a.example/@ada/posts/12", post("a.example", "12")},
		{"https://a.example/@ada@b.example/posts/AXxyz9ABCdef12ghij", copied("a.example", "AXxyz9ABCdef12ghij")},
		{"https://a.example/@ada/0190a4c2-1111-7000-8000-1234567890ab", post("a.example", "0190a4c2-1111-7000-8000-1234567890ab")},
		{"https://a.example/@ada/01HXYZ0123456789ABCDEFGHJK", post("a.example", "01HXYZ0123456789ABCDEFGHJK")},
		{"https://a.example/@ada/AXxyz9ABCdef12ghij", post("a.example", "AXxyz9ABCdef12ghij")},
		{"https://a.example/@ada/AXxyzZABCdefGHghij", post("a.example", "AXxyzZABCdefGHghij")},
		{"https://a.example/@ada@b.example/AXxyz9ABCdef12ghij", copied("a.example", "AXxyz9ABCdef12ghij")},
		{"https://a.example/@ada/0190A4C2-1111-7000-8000-1234567890AB", post("a.example", "0190A4C2-1111-7000-8000-1234567890AB")},
		{"https://a.example/post/0190a4c2-1111-7000-8000-1234567890ab", post("a.example", "0190a4c2-1111-7000-8000-1234567890ab")},
		{"https://a.example/p/ada/12", post("a.example", "12")},
		{"https://a.example/i/web/post/12", post("a.example", "12")},
		{"http://localhost:8081/@ada/12", post("localhost:8081", "12")},
	})
}

func TestPagesOfVideoServersForumsAndPhotoServers(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"https://v.example/w/kkGMgK9ZtnKfYAgnEtQxbv", post("v.example", "kkGMgK9ZtnKfYAgnEtQxbv")},
		{"https://v.example/w/kkGMgK9ZtnKfYAgnEtQxbv?start=10s", post("v.example", "kkGMgK9ZtnKfYAgnEtQxbv")},
		{"https://v.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d", post("v.example", "9c9de5e8-0a1e-484a-b099-e80766180a6d")},
		{"https://v.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d/comments/12", post("v.example", "9c9de5e8-0a1e-484a-b099-e80766180a6d")},
		{"https://v.example/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv", post("v.example", "kkGMgK9ZtnKfYAgnEtQxbv")},
		{"https://v.example/w/p/3QCDSEFDDaUMGbfELJqd7V", playlist("v.example", "3QCDSEFDDaUMGbfELJqd7V")},
		{"https://v.example/videos/watch/playlist/16fc9105-6fc6-4841-a6a7-69f8672c6da1", playlist("v.example", "16fc9105-6fc6-4841-a6a7-69f8672c6da1")},
		{"https://v.example/w/p/3QCDSEFDDaUMGbfELJqd7V?playlistPosition=2", playlist("v.example", "3QCDSEFDDaUMGbfELJqd7V")},
		{"https://v.example:8443/video-playlists/16fc9105-6fc6-4841-a6a7-69f8672c6da1", playlist("v.example:8443", "16fc9105-6fc6-4841-a6a7-69f8672c6da1")},
		{"https://v.example/video-playlists/embed/3QCDSEFDDaUMGbfELJqd7V", playlist("v.example", "3QCDSEFDDaUMGbfELJqd7V")},
		{"#/l/v.example/3QCDSEFDDaUMGbfELJqd7V", playlist("v.example", "3QCDSEFDDaUMGbfELJqd7V")},
		{"https://vitrine.example/#/l/v.example/3QCDSEFDDaUMGbfELJqd7V?via=b.example", playlist("v.example", "3QCDSEFDDaUMGbfELJqd7V")},
		{"#/p/v.example/playlist:12", playlist("v.example", "12")},
		{"https://v.example/video-channels/town@b.example/videos", person("town", "b.example", "")},
		{"https://v.example/accounts/ada", person("ada", "v.example", "")},
		{"https://v.example/a/ada/video-channels", person("ada", "v.example", "")},
		{"https://v.example/c/town/videos", person("town", "v.example", "")},
		{"https://v.example/c/town", community("town", "v.example")},
		{"https://v.example/videos/local", server("v.example", "")},
		{"https://v.example/videos/trending", server("v.example", "trending")},
		{"https://f.example/post/12", post("f.example", "12")},
		{"https://f.example/post/12/34", post("f.example", "comment:34")},
		{"https://f.example/comment/34", post("f.example", "comment:34")},
		{"https://f.example/c/tea@b.example", community("tea", "b.example")},
		{"https://f.example/c/tea/p/12/a-title", post("f.example", "12")},
		{"https://m.example/m/tea/t/12/A-title", post("m.example", "12")},
		{"https://m.example/m/tea/t/12/-/comment/34", post("m.example", "comment:34")},
		{"https://m.example/m/tea/p/5/hello", post("m.example", "post:5")},
		{"https://m.example/m/tea/p/5/-/reply/6", post("m.example", "post-comment:6")},
		{"https://h.example/channel/ada", person("ada", "h.example", "")},
		{"https://o.example/federation/user/live", person("live", "o.example", "")},
		{"https://w.example/author/ada/", person("ada", "w.example", "")},
	})
}

func somePage(host, url string) Address { return Address{Kind: Page, Host: host, URL: url} }

func TestAPageWhosePathTellsNothingHasToBeAskedFor(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"https://a.example/some/page", somePage("a.example", "https://a.example/some/page")},
		{"http://a.example:80/2026/11/an-article/?x=1#part", somePage("a.example", "https://a.example/2026/11/an-article/?x=1")},
		{"https://a.example/@ada/an-article-of-2026", somePage("a.example", "https://a.example/@ada/an-article-of-2026")},
		{"https://a.example/@ada/video/7123456789012345678", somePage("a.example", "https://a.example/@ada/video/7123456789012345678")},
		{"https://a.example/events/0190a4c2-1111-7000-8000-1234567890ab", somePage("a.example", "https://a.example/events/0190a4c2-1111-7000-8000-1234567890ab")},
		{"https://a.example/objects/0190a4c2-1111-7000-8000-1234567890ab", somePage("a.example", "https://a.example/objects/0190a4c2-1111-7000-8000-1234567890ab")},
		{"https://a.example/display/12ab", somePage("a.example", "https://a.example/display/12ab")},
		{"https://a.example/user/ada/review/12", somePage("a.example", "https://a.example/user/ada/review/12")},
		{"https://a.example/convert/ap/at://did:plc:x/app.bsky.feed.post/1", somePage("a.example", "https://a.example/convert/ap/at://did:plc:x/app.bsky.feed.post/1")},
		{"https://a.example/@pod/episodes/one", somePage("a.example", "https://a.example/@pod/episodes/one")},
	})
}

func TestAnAddressThatSaysMoreThanItsServerIsAPage(t *testing.T) {
	t.Parallel()
	var all []parseCase
	for _, path := range []string{
		"/?p=12", "/?author=1", "/?page_id=3&lang=de", "/about?page=2", "/about/news", "/about/news/?x=1", "/explore/places", "/public/minutes/2026", "/explore?id=5",
		"/users/au4bj7vlixvz0003", "/@ada.json", "/users/ada.json", "/notes/9abcdef123.json", "/@ada/12.json",
	} {
		all = append(all, parseCase{"https://a.example" + path, somePage("a.example", "https://a.example"+path)})
	}
	checkAll(t, all)
	checkAll(t, []parseCase{{"a.example?p=12", somePage("a.example", "https://a.example/?p=12")}})
}

// What an address means when nobody knows what its form says, and the other way round.
func TestTheFormOfAnAddressIsAHintAndNoProof(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Address{
		"https://a.example/@ada":                       somePage("a.example", "https://a.example/@ada"),
		"https://a.example/tag/rain/":                  somePage("a.example", "https://a.example/tag/rain/"),
		"http://a.example:80/@ada/12?x=1#y":            somePage("a.example", "https://a.example/@ada/12?x=1"),
		"https://a.example/c/news":                     somePage("a.example", "https://a.example/c/news"),
		"https://a.example/notes/2026-03-02":           somePage("a.example", "https://a.example/notes/2026-03-02"),
		"https://a.example/?p=12":                      server("a.example", ""),
		"https://a.example/about/news":                 server("a.example", "about"),
		"https://a.example/explore?id=5":               server("a.example", "trending"),
		"https://a.example/public/minutes":             server("a.example", "federated"),
		"https://a.example/users/au4bj7vlixvz0003":     person("au4bj7vlixvz0003", "a.example", ""),
		"https://a.example/@ada.json":                  person("ada", "a.example", ""),
		"https://a.example/@ada/odd_id":                post("a.example", "odd_id"),
		"https://a.example/@ada/12.json":               post("a.example", "12"),
		"https://b.example/@ada@a.example":             {},
		"https://elk.zone/a.example/@ada":              {},
		"https://v.example/#/@ada@a.example":           {},
		"https://a.example/authorize_interaction?uri=": {},
		"https://a.example/some/page":                  {},
		"https://a.example/":                           {},
		"https://a.example/feed.xml":                   {},
		"@ada@a.example":                               {},
		"#tea@a.example":                               {},
	} {
		a, _ := Parse(text)
		got, ok := a.Otherwise()
		if got = withoutGiven(got); got != want && ok || ok != (want != Address{}) {
			t.Errorf("%s: %+v, %v, want %+v", text, got, ok, want)
		}
	}
}

func TestPagesOfHashtags(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"https://a.example/tags/tea", hashtag("a.example", "tea")},
		{"https://a.example/tags/%D9%82%D8%B1%D8%A7%D8%A1%D8%A9", hashtag("a.example", "قراءة")},
		{"https://a.example/tags/feed", hashtag("a.example", "feed")},
		{"https://a.example/tag/tea", hashtag("a.example", "tea")},
		{"https://a.example/web/timelines/tag/tea", hashtag("a.example", "tea")},
		{"https://a.example/discover/tags/tea", hashtag("a.example", "tea")},
	})
}

func TestFeeds(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"https://a.example/@ada.rss", feed("a.example", "https://a.example/@ada.rss")},
		{"https://a.example/tags/tea.rss", feed("a.example", "https://a.example/tags/tea.rss")},
		{"https://a.example/@ada/feed.rss", feed("a.example", "https://a.example/@ada/feed.rss")},
		{"https://a.example/users/ada.atom", feed("a.example", "https://a.example/users/ada.atom")},
		{"https://a.example/feeds/videos.xml?videoChannelName=tea", feed("a.example", "https://a.example/feeds/videos.xml?videoChannelName=tea")},
		{"http://Blog.example:80/feed/#top", feed("blog.example", "https://blog.example/feed/")},
		{"blog.example/rss", feed("blog.example", "https://blog.example/rss")},
		{"https://blog.example/index.XML", feed("blog.example", "https://blog.example/index.XML")},
		{"https://blog.example/feed.json", feed("blog.example", "https://blog.example/feed.json")},
		{"https://blog.example/feed/json", feed("blog.example", "https://blog.example/feed/json")},
		{"https://blog.example/de/some?feed=rss2", feed("blog.example", "https://blog.example/de/some?feed=rss2")},
		{"https://blog.example/?feed=rss2", feed("blog.example", "https://blog.example/?feed=rss2")},
		{"https://blog.example/?cat=3&feed=rss2", feed("blog.example", "https://blog.example/?cat=3&feed=rss2")},
		{"https://town.example/?format=feed&type=rss", feed("town.example", "https://town.example/?format=feed&type=rss")},
		{"https://town.example/about?format=feed&type=atom", feed("town.example", "https://town.example/about?format=feed&type=atom")},
		{"https://blog.example/author/ada/?feed=atom", feed("blog.example", "https://blog.example/author/ada/?feed=atom")},
		{"https://blog.example/explore/rss", feed("blog.example", "https://blog.example/explore/rss")},
		{"https://blog.example/about/feed/", feed("blog.example", "https://blog.example/about/feed/")},
		{"http://localhost:8081/atom", feed("localhost:8081", "http://localhost:8081/atom")},
		{"feed:https://blog.example/news", feed("blog.example", "https://blog.example/news")},
		{"feed://blog.example/@ada", feed("blog.example", "https://blog.example/@ada")},
	})
}

func TestPagesOfWebClients(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"https://elk.zone/a.example", server("a.example", "")},
		{"https://elk.zone/a.example/@ada@b.example", person("ada", "b.example", "")},
		{"https://elk.zone/a.example/@ada", person("ada", "a.example", "")},
		{"https://elk.zone/a.example/@ada/12", post("a.example", "12")},
		{"https://main.elk.zone/a.example/@ada@b.example/12", copied("a.example", "12")},
		{"https://client.example/a.example/@ada/12", post("a.example", "12")},
		{"https://elk.zone/a.example/tags/tea", hashtag("a.example", "tea")},
		{"https://elk.zone/a.example/public/local", server("a.example", "")},
		{"https://elk.zone/a.example/public", server("a.example", "federated")},
		{"https://elk.zone/a.example/explore", server("a.example", "trending")},
		{"https://elk.zone/https://a.example/@ada/12", post("a.example", "12")},
		{"https://archive.example/2026/http://a.example/@ada", person("ada", "a.example", "")},
		{"https://phanpy.social/#/a.example/s/12", post("a.example", "12")},
		{"https://phanpy.social/#/a.example/t/tea", hashtag("a.example", "tea")},
		{"https://phanpy.social/#/a.example/p/l", server("a.example", "")},
		{"https://phanpy.social/#/a.example/p", server("a.example", "federated")},
		{"https://phanpy.social/#/a.example/trending", server("a.example", "trending")},
		{"https://phanpy.social/#/https://a.example/@ada/12", post("a.example", "12")},
	})
}

func TestAddressesOfVitrineItself(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"https://v.example/app/#/@ada@a.example/media", person("ada", "a.example", "media")},
		{"https://v.example/#/@ada@localhost:8081?via=b.example", person("ada", "localhost:8081", "")},
		{"https://v.example/#/!cats@a.example", community("cats", "a.example")},
		{"https://v.example/#/i/a.example", server("a.example", "")},
		{"https://v.example/#/i/a.example/trending", server("a.example", "trending")},
		{"https://v.example/#/t/a.example/tea", hashtag("a.example", "tea")},
		{"https://v.example/#/t/a.example/%D9%82", hashtag("a.example", "ق")},
		{"https://v.example/#/p/a.example/12?via=b.example", post("a.example", "12")},
		{"https://v.example/#/p/a.example/comment:12", post("a.example", "comment:12")},
		{"https://v.example/#/p/a.example/a%2Fb%3Fc", post("a.example", "a/b?c")},
		{"https://v.example/#/f/https%3A%2F%2Fblog.example%2Fnews", feed("blog.example", "https://blog.example/news")},
		{"https://v.example/#/open?u=%40ada%40a.example", person("ada", "a.example", "")},
		{"https://v.example/#/", server("v.example", "")},
		{"#/@ada@a.example", person("ada", "a.example", "")},
		{"#/i/a.example", server("a.example", "")},
	})
}
