package crowd

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

type object = map[string]any

type server struct {
	site
	world func() *world
	index int
	mux   *http.ServeMux
}

// ServeHTTP allows all origins (CORS), as the softwares do.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	if r.Method == http.MethodOptions {
		w.Header().Set("Access-Control-Allow-Headers", "Content-Type, Accept")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.mux.ServeHTTP(w, r)
}

func (s *server) get(path string, answer func(r *http.Request) any) { s.handle("GET "+path, answer) }

func (s *server) handle(pattern string, answer func(r *http.Request) any) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		body, status := answer(r), http.StatusOK
		if body == nil {
			body, status = object{"error": object{"code": "NO_SUCH_NOTE", "message": "not found"}}, http.StatusNotFound
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body) // fails only when the client has disconnected
	})
}

// The limits of a conversation for guests of Mastodon.
// Source: https://docs.joinmastodon.org/methods/statuses/#context
const (
	mostAncestors   = 40
	mostDescendants = 60
	deepest         = 20
)

func (s *server) mastodon() {
	s.get("/api/v2/instance", func(*http.Request) any {
		return object{"domain": s.host(s.index), "title": s.label, "version": s.version, "description": "A part of the square.", "languages": []string{"en"}, "rules": []object{}}
	})
	s.get("/api/v1/timelines/public", func(*http.Request) any { return []object{s.status(s.world().all[0])} })
	s.get("/api/v1/statuses/{id}", func(r *http.Request) any {
		if x := s.find(r.PathValue("id")); x != nil {
			return s.status(x)
		}
		return nil
	})
	s.get("/api/v1/statuses/{id}/context", func(r *http.Request) any {
		x := s.find(r.PathValue("id"))
		if x == nil {
			return nil
		}
		above, below := []object{}, []object{}
		for up := s.parentHere(x); up != nil && len(above) < mostAncestors; up = s.parentHere(up) {
			above = append(above, s.status(up))
		}
		slices.Reverse(above)
		for _, c := range s.below(x, deepest) {
			if below = append(below, s.status(c)); len(below) == mostDescendants {
				break
			}
		}
		return object{"ancestors": above, "descendants": below}
	})
}

func (s *server) status(x *saying) object {
	name := user(x)
	acct := name
	if x.home != s.index {
		acct += "@" + s.host(x.home)
	}
	out := object{
		"id": idAt(s.index, x), "uri": s.uri(x), "url": s.page(x), "created_at": s.time(x), "content": "<p>" + text(x) + "</p>", "visibility": "public", "sensitive": false,
		"spoiler_text": "", "language": "en", "replies_count": len(s.children(x)), "reblogs_count": 0, "favourites_count": x.number % 5, "media_attachments": []object{},
		"mentions": []object{}, "tags": []object{}, "emojis": []object{}, "in_reply_to_id": nil,
		"account": object{"id": strconv.Itoa(x.home*100 + len(name)), "username": name, "acct": acct, "display_name": strings.ToUpper(name[:1]) + name[1:], "url": s.origin(x.home) + "/@" + name,
			"uri": s.origin(x.home) + "/users/" + name, "avatar": "", "avatar_static": "", "note": "", "fields": []object{}, "emojis": []object{}, "created_at": "2024-01-02T00:00:00.000Z"},
	}
	if up := s.parentHere(x); up != nil {
		out["in_reply_to_id"] = idAt(s.index, up)
	}
	return out
}

func (s *server) misskey() {
	api := func(endpoint string, answer func(x *saying, q object) any) {
		s.handle("POST /api/"+endpoint, func(r *http.Request) any {
			var q object
			if json.NewDecoder(r.Body).Decode(&q) != nil {
				return nil
			}
			id, _ := q["noteId"].(string)
			if x := s.find(id); x != nil {
				return answer(x, q)
			}
			return nil
		})
	}
	s.handle("POST /api/meta", func(*http.Request) any {
		return object{"name": s.label, "uri": s.origin(s.index), "version": s.version}
	})
	api("notes/show", func(x *saying, _ object) any { return s.note(x) })
	api("notes/conversation", func(x *saying, q object) any {
		above := []object{}
		for up := s.parentHere(x); up != nil && len(above) < 40; up = s.parentHere(up) {
			above = append(above, s.note(up))
		}
		return above
	})
	api("notes/children", func(x *saying, q object) any {
		limit, _ := q["limit"].(float64)
		until, _ := q["untilId"].(string)
		out := []object{}
		here := s.children(x)
		slices.Reverse(here) // the newest first
		for _, c := range here {
			if id := idAt(s.index, c); (until == "" || id < until) && len(out) < max(int(limit), 10) {
				out = append(out, s.note(c))
			}
		}
		return out
	})
}

func (s *server) note(x *saying) object {
	name := user(x)
	who := object{"id": "u" + strconv.Itoa(x.home) + name, "username": name, "host": nil, "name": name, "avatarUrl": "", "emojis": object{}}
	n := object{"id": idAt(s.index, x), "createdAt": s.time(x), "userId": who["id"], "user": who, "text": text(x), "cw": nil, "visibility": "public", "localOnly": false,
		"renoteCount": 0, "repliesCount": len(s.children(x)), "reactions": object{}, "reactionEmojis": object{}, "files": []object{}, "replyId": nil, "renoteId": nil}
	if x.home != s.index {
		who["host"], n["uri"], n["url"] = s.host(x.home), s.uri(x), s.page(x)
	}
	if up := s.parentHere(x); up != nil {
		n["replyId"] = idAt(s.index, up)
	}
	return n
}

func (s *server) lemmy() {
	s.get("/api/v3/site", func(*http.Request) any {
		return object{"version": s.version, "site_view": object{"site": object{"id": 1, "name": s.label, "published": "2024-01-02T03:04:05.000000Z", "actor_id": s.origin(s.index) + "/"}}}
	})
	s.get("/api/v3/post", func(r *http.Request) any {
		if x := s.find(r.FormValue("id")); x != nil && x.number == 0 {
			return object{"post_view": s.topic(x), "cross_posts": []object{}}
		}
		return nil
	})
	s.get("/api/v3/comment", func(r *http.Request) any {
		if x := s.find(r.FormValue("id")); x != nil && x.number > 0 {
			return object{"comment_view": s.comment(x)}
		}
		return nil
	})
	s.get("/api/v3/comment/list", func(r *http.Request) any {
		of := s.find(r.FormValue("post_id") + r.FormValue("parent_id"))
		comments := []object{}
		if page := r.FormValue("page"); of == nil || page != "" && page != "1" {
			return object{"comments": comments}
		}
		depth, _ := strconv.Atoi(r.FormValue("max_depth"))
		all := s.below(of, max(depth, 1))
		for _, c := range all[:min(len(all), 300)] {
			comments = append(comments, s.comment(c))
		}
		return object{"comments": comments}
	})
}

func (s *server) person(x *saying) object {
	return object{"id": x.home*100 + len(user(x)), "name": user(x), "actor_id": s.origin(x.home) + "/u/" + user(x), "local": x.home == s.index, "published": "2024-01-02T03:04:05.000000Z"}
}

func (s *server) topic(x *saying) object {
	community := object{"id": 1, "name": "square", "title": "The square", "actor_id": s.origin(0) + "/video-channels/square", "local": false, "published": "2024-01-02T03:04:05.000000Z"}
	id, _ := strconv.Atoi(idAt(s.index, x))
	return object{"post": object{"id": id, "name": "The square, filmed", "creator_id": 1, "community_id": 1, "ap_id": s.uri(x), "local": false, "published": s.time(x), "body": text(x)},
		"creator": s.person(x), "community": community, "counts": object{"score": 1, "upvotes": 1, "downvotes": 0, "comments": len(s.below(x, 1000))}}
}

func (s *server) comment(x *saying) object {
	path := []string{}
	for up := x; up != nil && up.number > 0; up = s.parentHere(up) {
		path = append(path, idAt(s.index, up))
	}
	path = append(path, "0")
	slices.Reverse(path)
	id, _ := strconv.Atoi(idAt(s.index, x))
	topic := s.topic(s.world().all[0])
	post, _ := topic["post"].(object)
	return object{"comment": object{"id": id, "post_id": post["id"], "content": text(x), "path": strings.Join(path, "."), "ap_id": s.uri(x), "local": x.home == s.index, "published": s.time(x)},
		"creator": s.person(x), "post": post, "community": topic["community"], "counts": object{"score": 1, "upvotes": 1, "downvotes": 0, "child_count": len(s.below(x, 1000))}}
}

func (s *server) peertube() {
	film := func() object {
		x := s.world().all[0]
		return object{"id": 1, "uuid": "00000000-0000-4000-8000-00000000c0de", "shortUUID": Film, "url": s.uri(x), "name": "The square, filmed", "description": text(x), "privacy": object{"id": 1},
			"nsfw": false, "isLocal": true, "isLive": false, "duration": 3, "aspectRatio": 1.6, "views": 900, "likes": 12, "dislikes": 0, "comments": len(s.below(x, 1000)),
			"createdAt": s.time(x), "publishedAt": s.time(x), "account": s.account(x), "channel": object{"id": 7, "name": "square", "host": s.host(0), "url": s.origin(0) + "/video-channels/square", "displayName": "The square"},
			"files": []object{}, "streamingPlaylists": []object{}, "tags": []string{}, "state": object{"id": 1}, "truncatedDescription": text(x)}
	}
	s.get("/api/v1/videos/{id}", func(r *http.Request) any {
		if r.PathValue("id") != Film {
			return nil
		}
		return film()
	})
	for _, part := range []string{"captions", "chapters"} {
		s.get("/api/v1/videos/{id}/"+part, func(*http.Request) any { return object{"total": 0, "data": []object{}, "chapters": []object{}} })
	}
	s.get("/api/v1/videos/{id}/comment-threads", func(r *http.Request) any {
		here := s.children(s.world().all[0])
		slices.Reverse(here) // the newest first
		count, _ := strconv.Atoi(r.FormValue("count"))
		data := []object{}
		for _, c := range here[:min(len(here), max(count, 15))] {
			data = append(data, s.remark(c, c))
		}
		return object{"total": len(here), "data": data}
	})
	s.get("/api/v1/videos/{id}/comment-threads/{thread}", func(r *http.Request) any {
		x := s.find(r.PathValue("thread"))
		if x == nil || x.number == 0 {
			return nil
		}
		return s.tree(x, x)
	})
}

func (s *server) account(x *saying) object {
	return object{"id": x.home*100 + len(user(x)), "name": user(x), "host": s.host(x.home), "url": s.origin(x.home) + "/accounts/" + user(x), "displayName": user(x)}
}

// remark is a comment of the film in the thread that begins with first.
func (s *server) remark(x, first *saying) object {
	out := object{"id": json.Number(idAt(0, x)), "url": s.uri(x), "text": text(x), "threadId": json.Number(idAt(0, first)), "inReplyToCommentId": nil, "createdAt": s.time(x), "isDeleted": false,
		"totalReplies": len(s.below(x, 1000)), "account": s.account(x)}
	if up := s.parentHere(x); up != nil && up.number > 0 {
		out["inReplyToCommentId"] = json.Number(idAt(0, up))
	}
	return out
}

func (s *server) tree(x, first *saying) object {
	children := []object{}
	for _, c := range s.children(x) {
		children = append(children, s.tree(c, first))
	}
	return object{"comment": s.remark(x, first), "children": children}
}
