package state

import (
	"testing"

	"vitrine/feeds/cache"
)

// items are a browser's local storage.
type items struct {
	Storage
	by map[string]string
}

func (i items) LocalItem(key string) string { return i.by[key] }

func (i items) SetLocalItem(key, value string) bool {
	i.by[key] = value
	return true
}

func TestTheLoaderLearnsWhatTheSitesListSaysOfServers(t *testing.T) {
	t.Parallel()
	local := items{by: map[string]string{}}
	m := NewHostMemory(cache.NewMemory(), local, "/")
	m.list([]SiteServer{{Host: "film.example", Software: "peertube"}, {Host: "town.example", Software: "mastodon"}, {Host: "new.example"}})
	for host, want := range map[string]string{"film.example": "peertube", "town.example": "mastodon", "new.example": "", "far.example": ""} {
		if info, known := m.Recall(t.Context(), host); info.Software != want || known != (want != "") {
			t.Errorf("%s: %+v, %v", host, info, known)
		}
	}
	if got := local.by["vitrine:/:others"]; got != "film.example" {
		t.Errorf("not asked in Mastodon's way: %q", got)
	}
}
