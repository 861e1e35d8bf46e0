package address

import (
	"net/url"
	"strings"
)

// Bridge is what an address of another network may stand for in the fediverse: copies that somebody else makes, if the author wants it.
type Bridge struct {
	Network      string // its name: "Bluesky", "Threads"
	User, Domain string // the handle of the author's copy; User is "" where only the network itself knows it
	Post         string // the address of the post's copy; "" for an address that names none, and where there is no way to tell it
	Asked        bool   // the copy's own server answers guests; else only servers that have a copy of the copy do
}

// The servers under whose names copies stand: Bridgy Fed's for Bluesky (https://fed.brid.gy/docs), Threads' own.
const (
	blueskyCopies = "bsky.brid.gy"
	threadsCopies = "threads.net"
)

// Bridged reads the address of a profile or a post of Bluesky or Threads.
func Bridged(text string) (Bridge, bool) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || len(text) > maxText {
		return Bridge{}, false
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for len(parts) < 4 {
		parts = append(parts, "")
	}
	switch strings.TrimPrefix(strings.ToLower(u.Host), "www.") {
	case "bsky.app":
		who := strings.TrimPrefix(parts[1], "@")
		if parts[0] != "profile" || !isUser(who) && !strings.HasPrefix(who, "did:") {
			return Bridge{}, false
		}
		b := Bridge{Network: "Bluesky", Domain: blueskyCopies, Asked: true}
		if isUser(who) {
			b.User = who
		}
		if parts[2] == "post" && isID(parts[3]) {
			b.Post = "https://" + blueskyCopies + "/convert/ap/at://" + who + "/app.bsky.feed.post/" + parts[3]
		}
		return b, b.User != "" || b.Post != ""
	case "threads.net", "threads.com":
		who, ok := strings.CutPrefix(parts[0], "@")
		return Bridge{Network: "Threads", User: who, Domain: threadsCopies}, ok && isUser(who)
	}
	return Bridge{}, false
}
