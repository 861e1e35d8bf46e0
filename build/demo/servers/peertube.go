package servers

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

type film struct {
	id                 int
	short, name        string
	text               string
	clip               string
	scene, light, seed string
	age                time.Duration
	tags               []string
	views, likes       int
	comments           []videoComment
	stream             bool          // it comes in pieces only
	begins             time.Duration // it is a broadcast that begins so much later; 0 for none
}

type videoComment struct {
	id, parent int
	by, text   string
	age        time.Duration
}

const day = 24 * time.Hour

func films() []film {
	return []film{
		{1, "harbourDusk1", "The harbour at dusk, without a word", "A slow pan from the crane to the terminal. The lamps come on **one by one**; number four has opinions.\n\nFilmed from the engine room hatch.", "harbour", "harbour", "dusk", "5", 3 * time.Hour, []string{"harbour", "lamps"}, 214, 31, []videoComment{
			{11, 0, "marta", "I can see my window! The one with the light **off**, I was awake.", 2 * time.Hour},
			{12, 11, "jo", "We all saw the window.", 100 * time.Minute},
			{13, 11, "marta", "Then you saw the cardamom.", 90 * time.Minute},
			{14, 0, "tilda", "Wind at the end of the pier: 3 m/s. It shows.", time.Hour},
		}, false, 0},
		{2, "geeseQueue22", "They queue, nobody taught them to queue", "Five geese, one tram stop, no tickets.\n\nMusic: none. Applause: earned.", "geese", "geese", "autumn", "6", 2*day + time.Hour, []string{"geese", "line14"}, 1890, 402, []videoComment{{21, 0, "jo", "For the record, they let me through.", 2 * day}}, false, 0},
		{3, "crane000003x", "Why the crane is still the crane", "Twelve minutes that became three seconds. The long version is in the archive of the [harbour office](https://norderau.example/hafenamt).", "harbour", "harbour", "storm", "9", 9 * day, []string{"harbour", "history"}, 88, 9, nil, true, 0},
		{4, "nightbus0004", "Line 14, front seat, first run of the day", "No commentary. Mind the goose at **0:02**.", "geese", "street", "dawn", "3", 23 * day, []string{"line14"}, 640, 77, nil, false, 0},
		{5, "breakfast005", "Breakfast on the pier, live", "Bring your own cup. The gull brings itself.", "harbour", "harbour", "dawn", "8", 25 * day, []string{"harbour"}, 3, 2, nil, false, 2*day + 9*time.Hour},
	}
}

func (s *server) peertube() {
	s.streams()
	s.get("/api/v1/config", func(*http.Request) any {
		return object{"instance": object{"name": "Filmdose", "shortDescription": "Short films of a harbour town, made by those who wait there.",
			"banners": []object{{"width": 1920, "path": s.picture("harbour", "dusk", "5", "1200x300")}}}, "serverVersion": "7.2.1"}
	})
	s.get("/api/v1/config/about", func(*http.Request) any {
		return object{"instance": object{"name": "Filmdose", "description": "A tin of films. Open it with **care**, close it after use.\n\n- no advertising\n- no autoplay\n- no ranking", "codeOfConduct": "- Be kind.\n- Rewind.", "languages": []string{"en", "de"}}}
	})
	s.get("/api/v1/server/stats", func(*http.Request) any {
		return object{"totalUsers": 7, "totalMonthlyActiveUsers": 3, "totalLocalVideos": len(films())}
	})
	s.get("/api/v1/videos", func(r *http.Request) any {
		list := films()
		if tag := r.FormValue("tagsOneOf"); tag != "" {
			list = slices.DeleteFunc(list, func(f film) bool { return !slices.Contains(f.tags, tag) })
		}
		if r.FormValue("sort") == "-trending" {
			slices.SortFunc(list, func(a, b film) int { return b.views - a.views })
		}
		return s.page(r, list)
	})
	for _, list := range []string{"video-channels/harbour", "accounts/deniz"} {
		s.get("/api/v1/"+list+"/videos", func(r *http.Request) any { return s.page(r, films()) })
	}
	s.get("/api/v1/video-channels/harbour", func(*http.Request) any { return s.channel() })
	s.get("/api/v1/accounts/deniz", func(*http.Request) any { return s.person("deniz", "Deniz") })
	s.get("/api/v1/videos/{id}", func(r *http.Request) any {
		for _, f := range films() {
			if r.PathValue("id") == f.short || r.PathValue("id") == strconv.Itoa(f.id) {
				return s.film(f, true)
			}
		}
		return nil
	})
	s.get("/api/v1/videos/{id}/captions", func(*http.Request) any {
		return object{"total": 2, "data": []object{
			{"language": object{"id": "en", "label": "English"}, "captionPath": "/lazy-static/video-captions/en.vtt"},
			{"language": object{"id": "de", "label": "German"}, "captionPath": "/lazy-static/video-captions/de.vtt"}}}
	})
	s.get("/api/v1/videos/{id}/chapters", func(*http.Request) any {
		return object{"chapters": []object{{"timecode": 0, "title": "The crane"}, {"timecode": 1, "title": "The lamps"}, {"timecode": 2, "title": "Marta’s window"}}}
	})
	s.mux.HandleFunc("GET /lazy-static/video-captions/{file}", func(w http.ResponseWriter, r *http.Request) {
		words := map[string]string{"en.vtt": "The lamps come on.", "de.vtt": "Die Lampen gehen an."}[r.PathValue("file")]
		w.Header().Set("Content-Type", "text/vtt")
		fmt.Fprintf(w, "WEBVTT\n\n00:00.500 --> 00:02.500\n%s\n", words)
	})
	s.get("/api/v1/videos/{id}/comment-threads", func(r *http.Request) any { return s.threads(r.PathValue("id")) })
	s.get("/api/v1/videos/{id}/comment-threads/{thread}", func(r *http.Request) any {
		f := filmOf(r.PathValue("id"))
		for _, c := range f.comments {
			if strconv.Itoa(c.id) == r.PathValue("thread") {
				return s.tree(f, c, c.id)
			}
		}
		return nil
	})
	s.get("/api/v1/search/video-channels", func(r *http.Request) any {
		c := s.channel()
		if !says(r.FormValue("search"), fmt.Sprint(c["name"]), fmt.Sprint(c["displayName"])) {
			return object{"total": 0, "data": []object{}}
		}
		return object{"total": 1, "data": []object{c}}
	})
	s.get("/api/v1/search/videos", func(r *http.Request) any {
		return s.page(r, slices.DeleteFunc(films(), func(f film) bool { return !says(r.FormValue("search"), f.name, f.text) }))
	})
	s.get("/api/v1/video-channels", func(*http.Request) any { return object{"total": 1, "data": []object{s.channel()}} })
	for _, maker := range []string{"video-channels/harbour", "accounts/deniz"} {
		s.get("/api/v1/"+maker+"/video-playlists", func(*http.Request) any { return object{"total": 1, "data": []object{s.playlist()}} })
	}
	s.get("/api/v1/video-playlists/"+playlistID, func(*http.Request) any { return s.playlist() })
	s.get("/api/v1/video-playlists/"+playlistID+"/videos", func(r *http.Request) any {
		var data []object
		for i, f := range []film{films()[2], {}, films()[1], films()[0]} { // an order of its own; one was deleted
			element := object{"position": i + 1, "type": 1, "video": nil}
			if f.id > 0 {
				element["type"], element["video"] = 0, s.film(f, false)
			}
			data = append(data, element)
		}
		start, _ := strconv.Atoi(r.FormValue("start"))
		return object{"total": len(data), "data": data[min(max(start, 0), len(data)):]}
	})
	s.mux.HandleFunc("GET /videos/embed/{id}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>Filmdose</title><video controls width="100%%" src="%s/clips/harbour.webm"></video>`, s.Files)
	})
}

func filmOf(id string) film {
	for _, f := range films() {
		if f.short == id || strconv.Itoa(f.id) == id {
			return f
		}
	}
	return film{}
}

// page is the part of a list that start and count name. Broadcasts that wait are in none.
func (s *server) page(r *http.Request, list []film) any {
	list = slices.DeleteFunc(list, func(f film) bool { return f.begins > 0 })
	start, _ := strconv.Atoi(r.FormValue("start"))
	count, err := strconv.Atoi(r.FormValue("count"))
	if err != nil {
		count = 15
	}
	data := []object{}
	for _, f := range list[min(max(start, 0), len(list)):min(max(start+count, 0), len(list))] {
		data = append(data, s.film(f, false))
	}
	return object{"total": len(list), "data": data}
}

func (s *server) person(user, name string) object {
	return object{"id": 3, "name": user, "host": s.host, "url": s.origin() + "/accounts/" + user, "displayName": name, "description": "Holds the camera *still*.",
		"followersCount": 12, "followingCount": 1, "createdAt": s.ago(900 * day)}
}

func (s *server) channel() object {
	return object{"id": 7, "name": "harbour", "host": s.host, "url": s.origin() + "/video-channels/harbour", "displayName": "The harbour, filmed",
		"description": "Whatever moves between the crane and the breakwater.", "support": "A jar of cardamom.", "followersCount": 331, "followingCount": 0, "isLocal": true,
		"createdAt": s.ago(800 * day), "ownerAccount": s.person("deniz", "Deniz"),
		"avatars": []object{{"width": 120, "path": s.picture("lighthouse", "dusk", "3", "120x120")}},
		"banners": []object{{"width": 1920, "path": s.picture("harbour", "noon", "2", "1200x300")}}}
}

func (s *server) film(f film, whole bool) object {
	still := s.picture(f.scene, f.light, f.seed, "640x360")
	text := f.text
	if f.stream {
		text += "\n\nThe next one is [live](" + s.origin() + "/w/breakfast005)."
	}
	if !whole && len(text) > 60 {
		text = text[:60] + "..."
	}
	v := object{
		"id": f.id, "uuid": fmt.Sprintf("00000000-0000-4000-8000-%012d", f.id), "shortUUID": f.short, "url": s.origin() + "/videos/watch/" + f.short, "name": f.name,
		"category": object{"id": 16, "label": "Travels"}, "licence": object{"id": 2, "label": "Attribution - Share Alike"}, "language": object{"id": "en", "label": "English"},
		"privacy": object{"id": 1, "label": "Public"}, "nsfw": false, "description": text, "truncatedDescription": text, "isLocal": true, "isLive": false,
		"duration": 3, "aspectRatio": 1.6, "views": f.views, "likes": f.likes, "dislikes": 0, "comments": len(f.comments), "thumbnailPath": still, "previewPath": still,
		"embedPath": "/videos/embed/" + f.short, "createdAt": s.ago(f.age), "updatedAt": s.ago(0), "publishedAt": s.ago(f.age), "account": s.person("deniz", "Deniz"), "channel": s.channel(),
	}
	if f.begins > 0 {
		v["isLive"], v["duration"], v["liveSchedules"] = true, 0, []object{{"startAt": s.ago(-f.begins)}}
	}
	if whole {
		file := func(side, size int) object {
			return object{"resolution": object{"id": side, "label": fmt.Sprintf("%dp", side)}, "width": side * 16 / 10, "height": side, "size": size, "fileUrl": s.origin() + s.Files + "/clips/" + f.clip + ".webm", "hasAudio": true, "hasVideo": true}
		}
		v["files"], v["streamingPlaylists"] = []object{file(480, 41000), file(240, 19000)}, []object{}
		if f.stream {
			v["files"], v["streamingPlaylists"] = []object{}, s.streamed()
		}
		v["support"], v["tags"], v["state"] = "Bring cardamom to the night porter.", f.tags, object{"id": 1}
		if f.begins > 0 {
			v["files"], v["streamingPlaylists"], v["state"] = []object{}, []object{}, object{"id": 4, "label": "Waiting for livestream"}
		}
	}
	return v
}

func (s *server) threads(id string) any {
	f := filmOf(id)
	data := []object{}
	for _, c := range f.comments {
		if c.parent == 0 {
			data = append(data, s.comment(f, c, c.id))
		}
	}
	return object{"total": len(data), "data": data}
}

func (s *server) comment(f film, c videoComment, thread int) object {
	below := 0
	for _, o := range f.comments {
		if o.parent == c.id {
			below++
		}
	}
	var parent any
	if c.parent != 0 {
		parent = c.parent
	}
	return object{"id": c.id, "url": fmt.Sprintf("%s/videos/watch/%s/comments/%d", s.origin(), f.short, c.id), "text": c.text, "threadId": thread, "inReplyToCommentId": parent,
		"createdAt": s.ago(c.age), "isDeleted": false, "totalReplies": below, "account": s.person(c.by, strings.ToUpper(c.by[:1])+c.by[1:])}
}

func (s *server) tree(f film, c videoComment, thread int) object {
	children := []object{}
	for _, o := range f.comments {
		if o.parent == c.id {
			children = append(children, s.tree(f, o, thread))
		}
	}
	return object{"comment": s.comment(f, c, thread), "children": children}
}

const playlistID = "tinOfFilms"

func (s *server) playlist() object {
	return object{"id": 1, "uuid": "00000000-0000-4000-8000-0000000000aa", "shortUUID": playlistID, "url": s.origin() + "/video-playlists/" + playlistID, "displayName": "A tin of three",
		"description": "For a *rainy* quarter of a minute.", "privacy": object{"id": 1}, "thumbnailPath": s.picture("rain", "night", "4", "640x360"), "videosLength": 4, "isLocal": true,
		"createdAt": s.ago(3 * day), "ownerAccount": s.person("deniz", "Deniz"), "videoChannel": s.channel()}
}
