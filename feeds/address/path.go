package address

import "strings"

// page is a form of path that names something. Its parts are words, and:
//
//	USER    a name, with "@host" when it is somebody from elsewhere; @USER the same after "@"
//	ID      a post's or playlist's id as softwares make them; NUMBER, UUID only those; WORDID one that no title in an address looks like
//	ANYID   whatever else may be one
//	TAG     a hashtag
//	PREFIX: before one of the ids, "comment:NUMBER", says that the id begins so where the server has several kinds of posts
//	*       anything
//	...     anything or nothing, to the end
type page struct {
	path string
	kind Kind
	tab  string
}

// pages are tried from the top. "web/" (Mastodon before 4.0) and "deck/" (its advanced interface) before any are left out.
// Ids of accounts aren't here: they name nobody outside of their server's API.
var pages = []page{
	{"", Server, ""},
	{"about", Server, "about"},
	{"about/more", Server, "about"},
	{"videos/local", Server, ""}, // PeerTube
	{"videos/recently-added", Server, ""},
	{"videos/browse", Server, ""},
	{"videos/trending", Server, "trending"},
	{"videos/overview", Server, ""},
	{"explore", Server, "trending"},
	{"explore/tags", Server, "trending"},
	{"explore/links", Server, "trending"},
	{"explore/suggestions", Server, "trending"},
	{"public/local", Server, ""},
	{"public/local/media", Server, ""},
	{"public", Server, "federated"},
	{"public/media", Server, "federated"},
	{"public/remote", Server, "federated"},
	{"public/remote/media", Server, "federated"},
	{"timelines/public/local/...", Server, ""}, // Mastodon before 4.0
	{"timelines/public/...", Server, "federated"},
	{"timeline/local", Server, ""}, // Soapbox
	{"timeline/global", Server, "federated"},
	{"main/public", Server, ""}, // Pleroma, Akkoma
	{"main/all", Server, "federated"},

	{"tags/TAG", Tag, ""},
	{"tag/TAG", Tag, ""},           // Pleroma, Akkoma
	{"timelines/tag/TAG", Tag, ""}, // Mastodon before 4.0
	{"discover/tags/TAG", Tag, ""}, // Pixelfed

	{"@USER", Profile, ""},
	{"@USER/with_replies", Profile, "replies"},
	{"@USER/media", Profile, "media"},
	{"@USER/about", Profile, "about"},
	{"@USER/featured", Profile, ""},
	{"@USER/followers", Profile, ""},
	{"@USER/following", Profile, ""},
	{"@USER/tagged/TAG", Profile, ""},
	{"users/USER", Profile, ""},
	{"users/USER/with_replies", Profile, "replies"},
	{"users/USER/media", Profile, "media"},
	{"users/USER/followers", Profile, ""},
	{"users/USER/following", Profile, ""},
	{"users/USER/outbox", Profile, ""},
	{"users/USER/collections/...", Profile, ""},
	{"profile/USER", Profile, ""}, // Friendica
	{"u/USER", Profile, ""},       // Lemmy, PieFed, Mbin

	{"post/NUMBER/comment:NUMBER", Post, ""}, // Lemmy, PieFed
	{"post/NUMBER", Post, ""},
	{"post/UUID", Post, ""}, // Mitra
	{"comment/comment:NUMBER", Post, ""},
	{"c/USER/p/NUMBER/...", Post, ""},                     // PieFed
	{"m/USER/t/*/*/comment/comment:NUMBER/...", Post, ""}, // Mbin
	{"m/USER/t/NUMBER/...", Post, ""},
	{"m/USER/p/*/*/reply/post-comment:NUMBER/...", Post, ""},
	{"m/USER/p/post:NUMBER/...", Post, ""},

	{"w/p/ANYID", Playlist, ""}, // PeerTube
	{"w/ANYID", Post, ""},
	{"videos/watch/playlist/ANYID", Playlist, ""},
	{"videos/watch/ANYID/...", Post, ""},
	{"videos/embed/ANYID", Post, ""},
	{"video-playlists/ANYID", Playlist, ""},
	{"video-playlists/embed/ANYID", Playlist, ""},
	{"video-channels/USER/...", Profile, ""},
	{"accounts/USER/...", Profile, ""},
	{"a/USER/...", Profile, ""},
	{"c/USER/videos", Profile, ""},
	{"c/USER/video-playlists", Profile, ""},

	{"c/USER/...", Community, ""}, // Lemmy, PieFed; a channel of PeerTube
	{"m/USER/...", Community, ""}, // Mbin

	// A post below somebody from elsewhere is the copy that the URL's host holds, under the id it has there.
	{"@USER/NUMBER/...", Post, ""},
	{"@USER/UUID/...", Post, ""},        // Hollo, Mitra
	{"@USER/WORDID/...", Post, ""},      // ULIDs, Pleroma's flakes and whatever else a server with Mastodon's API has
	{"@USER/statuses/ID/...", Post, ""}, // GoToSocial
	{"@USER/posts/ID/...", Post, ""},    // Soapbox, Takahe
	{"users/USER/statuses/ID/...", Post, ""},
	{"ap/users/NUMBER/statuses/ID/...", Post, ""}, // Mastodon from 4.5
	{"redirect/statuses/ID", Post, ""},
	{"statuses/ANYID/...", Post, ""},
	{"notice/ID", Post, ""},     // Pleroma, Akkoma
	{"notes/ID", Post, ""},      // Misskey and its forks
	{"p/USER/NUMBER", Post, ""}, // Pixelfed
	{"i/web/post/NUMBER", Post, ""},

	{"channel/USER", Profile, ""},         // Hubzilla
	{"federation/user/USER", Profile, ""}, // Owncast
	{"author/USER", Profile, ""},          // WordPress
}

// fromPath reads the path of a page on host.
func fromPath(host string, path []string) (Address, bool) {
	if len(path) > 0 && (path[0] == "web" || path[0] == "deck") {
		path = path[1:]
		if len(path) > 0 && path[0] == "accounts" {
			return Address{}, false
		}
	}
	for _, p := range pages {
		if a, ok := p.read(host, path); ok {
			return a, true
		}
	}
	return Address{}, false
}

func (p page) read(host string, path []string) (Address, bool) {
	if forms := strings.Count(p.path, "/") + 1; forms != len(path) && len(path) > 0 && !strings.HasSuffix(p.path, "/") && !strings.HasSuffix(p.path, "...") {
		return Address{}, false // most of the forms by far
	}
	a := Address{Kind: p.kind, Host: host, Tab: p.tab}
	for form := range strings.SplitSeq(p.path, "/") {
		if form == "..." {
			path = nil
			break
		}
		if form == "" && len(path) == 0 {
			break
		}
		if len(path) == 0 || !a.readPart(form, path[0]) {
			return Address{}, false
		}
		path = path[1:]
	}
	if len(path) > 0 {
		return Address{}, false
	}
	switch p.kind {
	case Profile, Community:
		a.Host, a.Tag = a.Domain, ""
	case Post:
		a.Copy = a.Domain != "" && a.Domain != a.Host
		a.User, a.Domain = "", ""
	}
	return a, true
}

// readPart takes one part of a path into the address, if it has the given form.
func (a *Address) readPart(form, part string) bool {
	switch form {
	case "*":
		return true
	case "@USER":
		name, ok := strings.CutPrefix(part, "@")
		return ok && a.readUser(name)
	case "USER":
		return a.readUser(part)
	case "TAG":
		a.Tag = part
		return isTag(part)
	}
	prefix, id, prefixed := strings.Cut(form, ":")
	if !prefixed {
		prefix, id = "", form
	}
	if id != "ID" && id != "ANYID" && id != "NUMBER" && id != "UUID" && id != "WORDID" {
		return form == part
	}
	a.ID = part
	if prefixed {
		a.ID = prefix + ":" + part
	}
	return isIDOf(id, part)
}

func isIDOf(form, part string) bool {
	switch form {
	case "NUMBER":
		return isNumber(part)
	case "UUID":
		return isUUID(part)
	case "ID":
		return isOwnID(part)
	case "WORDID":
		return isWordID(part)
	}
	return isID(part)
}

// readUser takes somebody whom a page of a.Host shows: at home there, or wherever their handle says.
func (a *Address) readUser(name string) bool {
	if !strings.Contains(name, "@") {
		a.User, a.Domain = name, a.Host
		return isUser(name)
	}
	var ok bool
	a.User, a.Domain, ok = SplitHandle(name)
	return ok
}
