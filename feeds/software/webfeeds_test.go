package software

import "testing"

func TestFeedsOfHashtagsAndLocalPostsAreKnownBySoftware(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{TagFeed("a.example", "mastodon", "café"), "https://a.example/tags/caf%C3%A9.rss"},
		{TagFeed("a.example", "akkoma", "tea"), "https://a.example/tags/tea.rss"},
		{TagFeed("a.example", "lemmy", "tea"), ""},
		{TagFeed("a.example", "", "tea"), ""},
		{LocalFeed("localhost:8081", "lemmy"), "http://localhost:8081/feeds/local.xml?sort=New"},
		{LocalFeed("a.example", "PeerTube"), "https://a.example/feeds/videos.xml?isLocal=true&sort=-publishedAt"},
		{LocalFeed("a.example", "mastodon"), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if !StandsIn("mastodon") || !StandsIn("somethingnew") || StandsIn("misskey") || StandsIn("lemmy") {
		t.Error("a closed account's feed is read where that isn't wanted, or isn't where it may be")
	}
}
