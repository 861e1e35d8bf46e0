package servers

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

type chat struct {
	id, by, text string
	age          time.Duration
	cw           string
	reply        string
	renote       string
	reactions    object
	files        []object
	poll         object
	tags         []string
}

func (s *server) chats() []chat {
	photo := func(scene, light, seed, alt string) object {
		return object{"id": seed, "type": "image/jpeg", "name": scene + ".jpg", "url": s.picture(scene, light, seed, "1200x800"), "thumbnailUrl": s.picture(scene, light, seed, "600x400"),
			"comment": alt, "isSensitive": false, "properties": object{"width": 1200, "height": 800}}
	}
	return []chat{
		{id: "a9", by: "umi", text: "今朝の湾。**霧**が先に起きた。\n\n#湾 #朝", age: 20 * time.Minute, reactions: object{"🌊": 14, ":wave@.:": 9, "👍": 3}, files: []object{photo("harbour", "dawn", "11", "霧の中の小さな港、明かりが三つ")}, tags: []string{"湾", "朝"}},
		{id: "a8", by: "kani", text: "$[tada Sideways] is also a direction. $[ruby 蟹 kani]\n\n> walk straight, they said\n\n`left, left, left`", age: 2 * time.Hour, reactions: object{"🦀": 41, ":lamp@.:": 2}},
		{id: "a7", by: "umi", renote: "a5", age: 3 * time.Hour},
		{id: "a6", by: "kani", text: "What shall the harbour hum?", age: 5 * time.Hour, poll: object{"multiple": false, "expiresAt": s.Now().UTC().Add(2 * day).Format(time.RFC3339), "choices": []object{{"text": "E flat", "votes": 12}, {"text": "nothing", "votes": 3}, {"text": "a wave", "votes": 30}}}, reactions: object{"🎵": 5}},
		{id: "a5", by: "deniz", text: "Engines are warm, tea is too. Anyone for the far side? @umi", age: 9 * time.Hour, reactions: object{"❤️": 8}},
		{id: "a4", by: "kani", text: "The answer is under the stone.", cw: "Riddle solved", age: 26 * time.Hour, reactions: object{"🪨": 2}},
		{id: "a3", by: "umi", text: "Yes please :wave:", reply: "a5", age: 8 * time.Hour, reactions: object{}},
		{id: "a2", by: "kani", text: "I will come **sideways**.", reply: "a3", age: 7 * time.Hour, reactions: object{"😂": 3}},
		{id: "a1", by: "umi", text: "Tide table for the week, by hand: [the long list](https://norderau.example/tide)", renote: "a5", age: 40 * time.Hour, reactions: object{}},
	}
}

func (s *server) misskey() {
	s.api("meta", func(object) any {
		return object{"name": "bucht", "uri": s.origin(), "version": "2026.10.0", "description": "A small bay. <b>Please react.</b>", "langs": []string{"ja", "en"}, "maintainerName": "umi",
			"bannerUrl": s.origin() + s.picture("harbour", "dawn", "11", "1200x300"), "serverRules": []string{"Be kind.", "Waves only."}, "policies": object{"ltlAvailable": true, "gtlAvailable": true}}
	})
	s.api("stats", func(object) any { return object{"originalNotesCount": 9, "originalUsersCount": 3} })
	s.get("/api/emojis", func(*http.Request) any {
		return object{"emojis": []object{{"name": "wave", "url": s.origin() + "/system/custom_emojis/wave.png"}, {"name": "lamp", "url": s.origin() + "/system/custom_emojis/lamp.png"}}}
	})
	s.mux.HandleFunc("GET /proxy/static.webp", func(w http.ResponseWriter, r *http.Request) { // its emoji don't move
		path, own := strings.CutPrefix(r.URL.Query().Get("url"), s.origin()+"/system/custom_emojis/")
		if !own {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, "/system/custom_emojis/"+path, http.StatusFound)
	})
	for _, list := range []string{"notes/local-timeline", "notes/global-timeline", "notes/featured"} {
		s.api(list, func(q object) any { return s.notesBelow(q, func(c chat) bool { return c.reply == "" }) })
	}
	s.api("notes/search-by-tag", func(q object) any {
		return s.notesBelow(q, func(c chat) bool { return slices.Contains(c.tags, stringField(q, "tag")) })
	})
	s.api("users/notes", func(q object) any {
		return s.notesBelow(q, func(c chat) bool {
			return "u-"+c.by == stringField(q, "userId") && (c.reply == "" || q["withReplies"] == true) && (q["withFiles"] != true || len(c.files) > 0)
		})
	})
	s.api("users/show", func(q object) any {
		if who := stringField(q, "username"); who == "umi" || who == "kani" || who == "deniz" {
			return s.fullUser(who)
		}
		return nil
	})
	s.api("users", func(object) any { return []object{s.fullUser("umi"), s.fullUser("kani")} })
	s.api("users/search", func(q object) any {
		people := []object{}
		for _, who := range []string{"umi", "kani", "deniz"} {
			if says(stringField(q, "query"), who) {
				people = append(people, s.fullUser(who))
			}
		}
		return people
	})
	s.api("hashtags/search", func(q object) any {
		tags := []string{}
		for _, c := range s.chats() {
			for _, t := range c.tags {
				if says(stringField(q, "query"), t) && !slices.Contains(tags, t) {
					tags = append(tags, t)
				}
			}
		}
		return tags
	})
	s.api("notes/search", func(q object) any {
		return s.notesBelow(q, func(c chat) bool { return says(stringField(q, "query"), c.text) })
	})
	s.api("hashtags/trend", func(object) any { return []object{{"tag": "湾", "chart": []int{3, 1, 2}, "usersCount": 3}} })
	s.api("notes/show", func(q object) any {
		if c, ok := s.chat(stringField(q, "noteId")); ok {
			return s.note(c, true)
		}
		return nil
	})
	s.api("notes/conversation", func(q object) any {
		above := []object{}
		for c, ok := s.chat(stringField(q, "noteId")); ok && c.reply != ""; {
			if c, ok = s.chat(c.reply); ok {
				above = append(above, s.note(c, false))
			}
		}
		return above
	})
	s.api("notes/children", func(q object) any {
		return s.notesBelow(q, func(c chat) bool { return c.reply == stringField(q, "noteId") })
	})
}

func stringField(q object, name string) string { v, _ := q[name].(string); return v }

// api answers a POST of JSON; nil is Misskey's way of not finding.
func (s *server) api(endpoint string, answer func(q object) any) {
	s.mux.HandleFunc("POST /api/"+endpoint, func(w http.ResponseWriter, r *http.Request) {
		var q object
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&q); err != nil {
			send(w, http.StatusBadRequest, object{"error": object{"code": "INVALID_PARAM", "message": err.Error()}})
			return
		}
		if body := answer(q); body != nil {
			send(w, http.StatusOK, body)
			return
		}
		code := "NO_SUCH_NOTE"
		if strings.HasPrefix(endpoint, "users/") {
			code = "NO_SUCH_USER"
		}
		send(w, http.StatusBadRequest, object{"error": object{"code": code, "message": "No such thing.", "kind": "client"}})
	})
}

func (s *server) chat(id string) (chat, bool) {
	for _, c := range s.chats() {
		if c.id == id {
			return c, true
		}
	}
	return chat{}, false
}

func (s *server) notesBelow(q object, fits func(chat) bool) []object {
	out := []object{}
	for _, c := range s.chats() {
		if until := stringField(q, "untilId"); fits(c) && (until == "" || c.id < until) {
			out = append(out, s.note(c, true))
		}
	}
	return out
}

func (s *server) note(c chat, withRenote bool) object {
	replies := 0
	for _, o := range s.chats() {
		if o.reply == c.id {
			replies++
		}
	}
	n := object{"id": c.id, "createdAt": s.ago(c.age), "userId": "u-" + c.by, "user": s.lite(c.by), "text": nil, "cw": nil, "visibility": "public", "localOnly": false,
		"renoteCount": 0, "repliesCount": replies, "reactions": c.reactions, "reactionEmojis": object{}, "files": c.files, "replyId": nil, "renoteId": nil, "tags": c.tags, "poll": c.poll}
	if c.poll == nil {
		delete(n, "poll")
	}
	if c.id == "a6" {
		n["channel"] = object{"id": "hum", "name": "Sounds of the bay"}
	}
	if c.files == nil {
		n["files"] = []object{}
	}
	if c.text != "" {
		n["text"] = c.text
	}
	if c.cw != "" {
		n["cw"] = c.cw
	}
	if r, ok := s.chat(c.reply); ok {
		n["replyId"], n["reply"] = r.id, s.note(r, false)
	}
	if r, ok := s.chat(c.renote); ok {
		n["renoteId"] = r.id
		if withRenote {
			n["renote"] = s.note(r, false)
		}
	}
	return n
}

func (s *server) lite(user string) object {
	names := map[string]string{"umi": "海 umi :wave:", "kani": "Kani", "deniz": "Deniz (ferry)"}
	scenes := map[string]string{"umi": "harbour", "kani": "leaves", "deniz": "lighthouse"}
	return object{"id": "u-" + user, "username": user, "host": nil, "name": names[user], "avatarUrl": s.origin() + s.picture(scenes[user], "noon", "7", "200x200"), "isBot": false, "emojis": object{}}
}

func (s *server) fullUser(user string) object {
	u := s.lite(user)
	u["description"] = "I count **waves** and write down the even ones.\n#湾"
	u["bannerUrl"] = s.origin() + s.picture("harbour", "dusk", "8", "1200x300")
	u["createdAt"], u["notesCount"], u["followersCount"], u["followingCount"] = s.ago(700*day), 120, 88, 41
	u["fields"] = []object{{"name": "Tide", "value": "https://norderau.example/tide"}}
	u["isExplorable"], u["requireSigninToViewContents"] = true, false
	return u
}
