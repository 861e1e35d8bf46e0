package servers

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

type topic struct {
	id              int
	community, by   string
	name, url, body string
	up, down        int
	age             time.Duration
	comments        []reply
}

type reply struct {
	id      int
	path    string // ids from the top
	by      string
	text    string
	up      int
	age     time.Duration
	deleted bool
}

func (s *server) topics() []topic {
	return []topic{
		{1, "bikes", "kettenblatt", "Which bell for cobblestones?", "", "The old one fell off near the town hall.\n\nI need something that\n\n- is loud\n- but *polite*\n\n::: spoiler What I tried\nShouting. It works, once.\n:::\n\n| bell | price |\n|---|---|\n| brass | 12 |\n| steel | 9 |", 41, 3, 4 * time.Hour, []reply{
			{101, "0.101", "jo", "A goose. It needs no mounting.", 33, 3 * time.Hour, false},
			{102, "0.101.102", "kettenblatt", "Does it come in brass?", 21, 170 * time.Minute, false},
			{103, "0.101.102.103", "jo", "Only in **grey**.", 25, 160 * time.Minute, false},
			{104, "0.104", "x", "", 1, 150 * time.Minute, true},
			{105, "0.104.105", "tilda", "Seconded, whatever it said.", 4, 140 * time.Minute, false},
			{106, "0.106", "rathaus", "There is a by-law, see !townhall@" + s.host + ".", 2, 2 * time.Hour, false},
		}},
		{2, "bread", "backstube", "Brunhilde turns nine", s.origin() + s.picture("bread", "dawn", "2", "1200x800"), "The sourdough, not the neighbour.", 120, 2, 26 * time.Hour, []reply{{201, "0.201", "marta", "May she rise.", 30, 25 * time.Hour, false}}},
		{3, "bikes", "jo", "Tram tracks and thin tyres, a map", "https://norderau.example/karte/schienen", "", 60, 1, 3 * day, nil},
		{4, "townhall", "rathaus", "Minutes of the meeting about the bell", "", "Item 1: the bell.\n\nItem 2: see item 1. ~~Item 3~~ was withdrawn.", 9, 4, 6 * day, nil},
	}
}

func (s *server) lemmy() {
	s.get("/api/v3/site", func(*http.Request) any {
		return object{"version": "0.19.11", "site_view": object{
			"site":       object{"id": 1, "name": "Tresen", "sidebar": "The counter of the town. **Lean on it**, but gently.\n\n1. Stay on topic.\n2. The goose is always on topic.", "description": "A forum for a harbour town", "published": "2024-01-02T03:04:05.000000Z", "actor_id": s.origin() + "/", "banner": s.origin() + s.picture("street", "dusk", "4", "1200x300")},
			"local_site": object{"private_instance": false}, "counts": object{"users": 77, "posts": 4, "comments": 7, "communities": 3, "users_active_month": 21}},
			"admins": []object{{"person": s.member("rathaus")}}, "all_languages": []object{}, "discussion_languages": []int{}}
	})
	s.get("/api/v3/post/list", func(r *http.Request) any {
		posts := []object{}
		if page := r.FormValue("page"); (page == "" || page == "1") && r.FormValue("page_cursor") == "" {
			for _, t := range s.topics() {
				if id := r.FormValue("community_id"); id != "" && id != strconv.Itoa(communityID(t.community)) {
					continue
				}
				if name := r.FormValue("community_name"); name != "" && name != t.community {
					continue
				}
				posts = append(posts, s.topic(t))
			}
		}
		return object{"posts": posts}
	})
	s.get("/api/v3/post", func(r *http.Request) any {
		for _, t := range s.topics() {
			if strconv.Itoa(t.id) == r.FormValue("id") {
				return object{"post_view": s.topic(t), "community_view": s.community(t.community), "moderators": []object{}, "cross_posts": []object{}}
			}
		}
		return nil
	})
	s.get("/api/v3/comment/list", func(r *http.Request) any {
		comments := []object{}
		if page := r.FormValue("page"); page != "" && page != "1" {
			return object{"comments": comments}
		}
		for _, t := range s.topics() {
			for _, c := range t.comments {
				if id := r.FormValue("post_id"); id != "" && id != strconv.Itoa(t.id) {
					continue
				}
				if parent := r.FormValue("parent_id"); parent != "" && !slices.Contains(strings.Split(c.path, "."), parent) {
					continue
				}
				comments = append(comments, s.reply(t, c))
			}
		}
		return object{"comments": comments}
	})
	s.get("/api/v3/comment", func(r *http.Request) any {
		for _, t := range s.topics() {
			for _, c := range t.comments {
				if strconv.Itoa(c.id) == r.FormValue("id") {
					return object{"comment_view": s.reply(t, c)}
				}
			}
		}
		return nil
	})
	s.get("/api/v3/community", func(r *http.Request) any {
		if name := r.FormValue("name"); communityID(name) > 0 {
			return object{"community_view": s.community(name), "moderators": []object{}, "discussion_languages": []int{}}
		}
		return nil
	})
	s.get("/api/v3/community/list", func(*http.Request) any {
		return object{"communities": []object{s.community("bikes"), s.community("bread"), s.community("townhall")}}
	})
	s.get("/api/v3/user", func(r *http.Request) any {
		who := r.FormValue("username")
		if id, err := strconv.Atoi(r.FormValue("person_id")); err == nil && id > 0 && id < len(members()) {
			who = members()[id]
		}
		posts, comments := []object{}, []object{}
		for _, t := range s.topics() {
			if t.by == who {
				posts = append(posts, s.topic(t))
			}
			for _, c := range t.comments {
				if c.by == who {
					comments = append(comments, s.reply(t, c))
				}
			}
		}
		if len(posts)+len(comments) == 0 {
			return nil
		}
		if page := r.FormValue("page"); page != "" && page != "1" {
			posts, comments = []object{}, []object{}
		}
		return object{"person_view": object{"person": s.member(who), "counts": object{"post_count": len(posts), "comment_count": len(comments)}}, "posts": posts, "comments": comments}
	})
	s.get("/api/v3/search", func(r *http.Request) any { return s.search(r) })
}

// search finds communities, members and posts by a word; guests may.
func (s *server) search(r *http.Request) any {
	kind, found := r.FormValue("type_"), object{"type_": r.FormValue("type_"), "comments": []object{}, "posts": []object{}, "communities": []object{}, "users": []object{}}
	add := func(list string, o object) { found[list] = append(found[list].([]object), o) }
	if page := r.FormValue("page"); page != "" && page != "1" {
		return found
	}
	if kind == "Communities" {
		for _, name := range []string{"bikes", "bread", "townhall"} {
			if g := s.group(name); says(r.FormValue("q"), name, g["title"].(string)) {
				add("communities", s.community(name))
			}
		}
	}
	if kind == "Users" {
		for _, name := range members()[1:] {
			if name != "x" && says(r.FormValue("q"), name) {
				add("users", object{"person": s.member(name), "counts": object{"post_count": 1}})
			}
		}
	}
	if kind == "Posts" {
		for _, t := range s.topics() {
			if says(r.FormValue("q"), t.name, t.body) {
				add("posts", s.topic(t))
			}
		}
	}
	return found
}

// says reports that one of the texts has a word in it.
func says(word string, texts ...string) bool {
	return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(strings.ToLower(t), strings.ToLower(word)) })
}

func communityID(name string) int {
	return slices.Index([]string{"", "bikes", "bread", "townhall"}, name)
}

func members() []string {
	return []string{"", "kettenblatt", "jo", "tilda", "rathaus", "backstube", "marta", "x"}
}

func (s *server) member(user string) object {
	return object{"id": slices.Index(members(), user), "name": user, "display_name": strings.ToUpper(user[:1]) + user[1:], "actor_id": s.origin() + "/u/" + user, "local": true, "banned": false, "deleted": false, "bot_account": false,
		"published": "2024-01-02T03:04:05.000000Z", "bio": "Leans on the counter."}
}

func (s *server) group(name string) object {
	titles := map[string]string{"bikes": "Bicycles of Norderau", "bread": "Bread and patience", "townhall": "Town hall"}
	return object{"id": communityID(name), "name": name, "title": titles[name], "description": "Everything about **" + name + "**.", "actor_id": s.origin() + "/c/" + name, "local": true, "nsfw": false, "hidden": false, "deleted": false, "removed": false,
		"published": "2024-02-02T03:04:05.000000Z", "icon": s.origin() + s.picture("wheel", "noon", strconv.Itoa(communityID(name)), "200x200")}
}

func (s *server) community(name string) object {
	return object{"community": s.group(name), "counts": object{"subscribers": 55, "posts": 2, "comments": 6}, "subscribed": "NotSubscribed"}
}

func (s *server) topic(t topic) object {
	post := object{"id": t.id, "name": t.name, "creator_id": 1, "community_id": communityID(t.community), "ap_id": fmt.Sprintf("%s/post/%d", s.origin(), t.id), "local": true,
		"published": strings.TrimSuffix(s.ago(t.age), "Z"), "deleted": false, "removed": false, "nsfw": false, "locked": false, "language_id": 37} // without a zone, as 0.18 writes it
	if t.body != "" {
		post["body"] = t.body
	}
	if t.url != "" {
		post["url"] = t.url
		if strings.HasSuffix(t.url, ".jpg") {
			post["url_content_type"], post["alt_text"], post["thumbnail_url"] = "image/jpeg", "A round loaf on a wooden board", t.url
		} else {
			post["embed_title"], post["embed_description"] = "Rails and tyres", "A map of all places where they meet"
		}
	}
	return object{"post": post, "creator": s.member(t.by), "community": s.group(t.community), "counts": object{"score": t.up - t.down, "upvotes": t.up, "downvotes": t.down, "comments": len(t.comments)}}
}

func (s *server) reply(t topic, c reply) object {
	return object{
		"comment": object{"id": c.id, "post_id": t.id, "content": c.text, "path": c.path, "ap_id": fmt.Sprintf("%s/comment/%d", s.origin(), c.id), "local": true, "published": s.ago(c.age), "deleted": c.deleted, "removed": false, "language_id": 37},
		"creator": s.member(c.by), "post": s.topic(t)["post"], "community": s.group(t.community), "counts": object{"score": c.up, "upvotes": c.up, "downvotes": 0, "child_count": 0}}
}
