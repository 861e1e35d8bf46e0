package apiclient

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
)

// OwnPages marks the links of a text that lead to pages of the server that it was written on: of people, communities, posts and playlists.
// host is that server.
func OwnPages(d content.Doc, host string) content.Doc {
	markOwnPages(d.Blocks, host)
	return d
}

// markOwnPages changes nodes that were just parsed, and that nobody else has yet.
func markOwnPages(nodes []content.Node, host string) {
	for i := range nodes {
		if n := &nodes[i]; n.Kind == content.Link && HostOf(n.Href) == host {
			a, err := address.Parse(n.Href)
			if err == nil && slices.Contains([]address.Kind{address.Profile, address.Community, address.Post, address.Playlist}, a.Kind) {
				n.Name = content.OwnPage
			}
		}
		markOwnPages(nodes[i].Children, host)
	}
}

// WithPictures hangs the pictures that stood in a text on its post, behind its other media, unless they are there already. A film or a sound that a
// text shows as a picture is known by the ending of its name.
func WithPictures(media []feeds.Media, found []content.Picture) []feeds.Media {
	for _, p := range found {
		if slices.ContainsFunc(media, func(m feeds.Media) bool { return p.URL == m.URL || p.URL == m.Original || p.URL == m.Preview }) {
			continue
		}
		kind := cmp.Or(feeds.MediaKind(p.Medium), FileKind(p.URL), feeds.Image)
		media = append(media, feeds.Media{Kind: kind, URL: p.URL, Preview: p.Poster, Alt: p.Alt, Width: p.Width, Height: p.Height})
	}
	return media
}

// FileKind is what a file is by the ending of its name; "" for a page.
func FileKind(link string) feeds.MediaKind {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".jxl":
		return feeds.Image
	case ".mp4", ".webm", ".mov", ".m4v", ".ogv":
		return feeds.Video
	case ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".flac", ".wav":
		return feeds.Audio
	}
	return ""
}
