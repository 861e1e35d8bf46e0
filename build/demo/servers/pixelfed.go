package servers

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

type photograph struct {
	id          int
	by, caption string // "" as photographers leave it
	frames      []frame
	age         time.Duration
	likes       int
	tags        []string
}

type frame struct{ scene, light, seed, alt string }

func shots() []photograph {
	return []photograph{
		{7, "kamera", "A whole roll, in order. Frame nine is a thumb.", roll(), 5 * time.Hour, 57, nil},
		{6, "lumen", "Four minutes of good light. #harbour", []frame{{"harbour", "dusk", "21", "The harbour at dusk, one crane, no wind"}}, 2 * time.Hour, 88, []string{"harbour"}},
		{5, "kamera", "", []frame{{"hills", "autumn", "4", ""}}, 9 * time.Hour, 12, nil},
		{4, "lumen", "Night, thrice.", []frame{{"stars", "night", "5", "Stars over the breakwater"}, {"lighthouse", "night", "6", "The lighthouse, turning"}, {"street", "night", "7", "A wet street with one lamp"}}, day, 140, []string{"night"}},
		{3, "kamera", "Leaves, sorted by nobody.", []frame{{"leaves", "autumn", "8", "Yellow and brown leaves on a pavement"}}, 3 * day, 31, nil},
		{2, "lumen", "The train that wasn’t late.", []frame{{"train", "winter", "9", "A red train in snow"}}, 8 * day, 64, []string{"line14"}},
		{1, "kamera", "First frame of a new roll. #harbour", []frame{{"harbour", "dawn", "3", "A pale harbour before sunrise"}}, 20 * day, 9, []string{"harbour"}},
	}
}

// roll is sixteen pictures, as many as a post there may have.
func roll() []frame {
	frames := make([]frame, 0, 16)
	for _, light := range [...]string{"dawn", "noon", "dusk", "night"} {
		for _, scene := range [...]string{"harbour", "hills", "street", "lighthouse"} {
			frames = append(frames, frame{scene, light, strconv.Itoa(40 + len(frames)), "Frame " + strconv.Itoa(len(frames)+1) + ": the " + scene + ", by the light of " + light})
		}
	}
	return frames
}

// pixelfed answers as Pixelfed does where it lets guests in: Mastodon's API, with photographs.
func (s *server) pixelfed() {
	s.get("/api/v2/instance", func(*http.Request) any {
		return object{"domain": s.host, "title": "Lichtbild", "version": "3.5.3 (compatible; Pixelfed 0.12.5)", "description": "Photographs, and people who wait for light.",
			"thumbnail": object{"url": s.origin() + s.picture("harbour", "dusk", "21", "1200x300")}, "languages": []string{"en"}, "rules": []object{{"id": "1", "text": "Describe your pictures."}},
			"usage": object{"users": object{"active_month": 2}}, "configuration": object{}, "contact": object{"email": ""}}
	})
	s.get("/api/v1/timelines/public", func(r *http.Request) any { return s.shotsBelow(r, func(photograph) bool { return true }) })
	s.get("/api/v1/timelines/tag/{tag}", func(r *http.Request) any {
		return s.shotsBelow(r, func(p photograph) bool { return strings.Contains(strings.Join(p.tags, " "), r.PathValue("tag")) })
	})
	s.get("/api/v1/accounts/lookup", func(r *http.Request) any {
		if user := r.FormValue("acct"); user == "lumen" || user == "kamera" {
			return s.photographer(user)
		}
		return nil
	})
	s.get("/api/v1/accounts/{id}/statuses", func(r *http.Request) any {
		if r.FormValue("pinned") == "true" {
			return []object{}
		}
		return s.shotsBelow(r, func(p photograph) bool { return "id-"+p.by == r.PathValue("id") })
	})
	s.get("/api/v1/statuses/{id}", func(r *http.Request) any {
		for _, p := range shots() {
			if strconv.Itoa(p.id) == r.PathValue("id") {
				return s.shot(p)
			}
		}
		return nil
	})
	s.get("/api/v1/statuses/{id}/context", func(*http.Request) any { return object{"ancestors": []object{}, "descendants": []object{}} })
	for _, list := range []string{"trends/statuses", "trends/tags", "trends/links", "directory"} {
		s.get("/api/v1/"+list, func(*http.Request) any { return []object{} })
	}
	s.get("/api/v1/accounts/{id}/featured_tags", func(*http.Request) any { return []object{} })
}

func (s *server) shotsBelow(r *http.Request, fits func(photograph) bool) []object {
	below, err := strconv.Atoi(r.FormValue("max_id"))
	out := []object{}
	for _, p := range shots() {
		if fits(p) && (err != nil || p.id < below) && (r.FormValue("local") != "false") {
			out = append(out, s.shot(p))
		}
	}
	return out
}

func (s *server) photographer(user string) object {
	names := map[string]string{"lumen": "Lumen", "kamera": "Kamera (analogue)"}
	return object{"id": "id-" + user, "username": user, "acct": user, "display_name": names[user], "locked": false, "note": "<p>One photograph a day, rarely two.</p>", "url": s.origin() + "/" + user,
		"avatar": s.origin() + s.picture("lighthouse", "dusk", "3", "200x200"), "header": "", "followers_count": 120, "following_count": 8, "statuses_count": len(shots()) / 2, "created_at": s.ago(400 * day), "fields": []object{}, "emojis": []object{}}
}

func (s *server) shot(p photograph) object {
	var files []object
	for i, f := range p.frames {
		var alt any
		if f.alt != "" {
			alt = f.alt
		}
		files = append(files, object{"id": strconv.Itoa(p.id*10 + i), "type": "image", "url": s.origin() + s.picture(f.scene, f.light, f.seed, "1200x1200"), "preview_url": s.origin() + s.picture(f.scene, f.light, f.seed, "640x640"),
			"remote_url": nil, "description": alt, "meta": object{"original": object{"width": 1200, "height": 1200}}, "blurhash": nil})
	}
	var content any
	if p.caption != "" {
		content = "<p>" + p.caption + "</p>"
	}
	var tags []object
	for _, t := range p.tags {
		tags = append(tags, object{"name": t, "url": s.origin() + "/discover/tags/" + t})
	}
	page := s.origin() + "/p/" + p.by + "/" + strconv.Itoa(p.id)
	return object{"id": strconv.Itoa(p.id), "uri": page, "url": page, "created_at": s.ago(p.age), "content": content, "account": s.photographer(p.by), "media_attachments": files, "visibility": "public", "sensitive": false,
		"spoiler_text": "", "language": nil, "favourites_count": p.likes, "reblogs_count": 0, "replies_count": 0, "tags": tags, "mentions": []object{}, "emojis": []object{}, "pf_type": "photo"}
}
