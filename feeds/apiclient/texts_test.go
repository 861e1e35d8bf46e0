package apiclient

import (
	"reflect"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

func TestLinksToPagesOfTheirOwnServerAreMarked(t *testing.T) {
	for link, want := range map[string]string{
		"/c/town": content.OwnPage, "/c/town@b.example": content.OwnPage, "/u/ada": content.OwnPage, "/post/12": content.OwnPage, "/comment/34": content.OwnPage,
		"/post/12/34": content.OwnPage, "/m/town": content.OwnPage, "/m/town/t/12/the-title": content.OwnPage, "/c/town/p/12/the-title": content.OwnPage, "/tag/tea": "",
		"/pictrs/image/x.png": "", "/": "", "/modlog": "", "https://b.example/c/town": "", "https://a.example:8443/c/town": "",
	} {
		d := OwnPages(content.ParseMarkdown("*see* **[this]("+link+")**", content.Options{BaseURL: "https://a.example/"}), "a.example")
		var got []string
		var walk func([]content.Node)
		walk = func(nodes []content.Node) {
			for _, n := range nodes {
				if n.Kind == content.Link {
					got = append(got, n.Name)
				}
				walk(n.Children)
			}
		}
		walk(d.Blocks)
		if !reflect.DeepEqual(got, []string{want}) {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
	}
}

func TestPicturesOfATextHangOnItsPostOnce(t *testing.T) {
	own := []feeds.Media{{Kind: feeds.Image, URL: "https://a.example/1.png", Alt: "One"}}
	got := WithPictures(own, []content.Picture{{URL: "https://a.example/1.png"}, {URL: "https://a.example/2", Alt: "Two", Width: 3, Height: 4}, {URL: "https://a.example/3.mp4"}})
	want := []feeds.Media{own[0], {Kind: feeds.Image, URL: "https://a.example/2", Alt: "Two", Width: 3, Height: 4}, {Kind: feeds.Video, URL: "https://a.example/3.mp4"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestFilesByTheirNames(t *testing.T) {
	for link, want := range map[string]feeds.MediaKind{
		"https://a.example/x.JPG": feeds.Image, "https://a.example/x.webm?y=.png": feeds.Video, "https://a.example/x.opus": feeds.Audio,
		"https://a.example/x.html": "", "https://a.example/": "", "https://[": "",
	} {
		if got := FileKind(link); got != want {
			t.Errorf("%s: %q", link, got)
		}
	}
}
