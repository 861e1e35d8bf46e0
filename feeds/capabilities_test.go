package feeds

import "testing"

func TestCapabilitiesWithoutOthers(t *testing.T) {
	all := Capabilities{
		Profiles: true, Replies: true, Media: true, Pinned: true, FeaturedTags: true, Local: true, Federated: true, Tags: true,
		TrendingPosts: true, TrendingTags: true, TrendingLinks: true, Directory: true, Threads: true, Search: true,
	}
	if all.Without(Capabilities{}) != all || all.Without(all) != (Capabilities{}) || (Capabilities{}).Without(all) != (Capabilities{}) {
		t.Error("all and none")
	}
	some := all.Without(Capabilities{Tags: true, Search: true})
	if some.Tags || some.Search || !some.Local || !some.Threads {
		t.Errorf("%+v", some)
	}
}
