package publish

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// ContentType is the media type of a file by its name. It names the characters' encoding wherever there are characters.
// Sources: https://www.rfc-editor.org/rfc/rfc4287#section-7, https://www.jsonfeed.org/version/1.1/,
// https://www.iana.org/assignments/media-types/
func ContentType(name string) string {
	if path.Base(name) == "feed.json" {
		return "application/feed+json"
	}
	types := map[string]string{
		".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".vtt": "text/vtt; charset=utf-8",
		".json": "application/json", ".map": "application/json", ".webmanifest": "application/manifest+json",
		".xml": "application/xml", ".atom": "application/atom+xml", ".wasm": "application/wasm",
		".svg": "image/svg+xml", ".webp": "image/webp", ".avif": "image/avif", ".png": "image/png", ".jpg": "image/jpeg",
		".jpeg": "image/jpeg", ".gif": "image/gif", ".ico": "image/vnd.microsoft.icon",
		".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".opus": "audio/ogg",
		".woff2": "font/woff2", ".pdf": "application/pdf",
	}
	if t := types[strings.ToLower(path.Ext(name))]; t != "" {
		return t
	}
	return "application/octet-stream"
}

// How long copies of a file may be kept. The recipes for web servers say the same.
const (
	cacheForEver = "public, max-age=31536000, immutable"
	cacheHour    = "public, max-age=3600"
	// Ten minutes more an old page may be shown while the new one is fetched: shorter than any sensible pause between runs.
	cacheMinute = "public, max-age=60, stale-while-revalidate=600"
)

var contentHash = regexp.MustCompile(`\.[0-9a-f]{12,}\.`)

// CacheControl says to caches how long a file may be kept: for ever where its name changes with its content, a minute where
// readers wait for news (pages and data), else an hour.
// Sources: https://www.rfc-editor.org/rfc/rfc8246 (immutable), https://www.rfc-editor.org/rfc/rfc5861 (stale-while-revalidate)
func CacheControl(name string) string {
	folders, base := path.Split(name)
	switch {
	case contentHash.MatchString(base), slices.Contains(strings.Split(folders, "/"), "media"):
		return cacheForEver
	case rank(name) > rankAsset:
		return cacheMinute
	}
	return cacheHour
}
