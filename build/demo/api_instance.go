package demo

import (
	"net/http"
	"slices"
	"strconv"
)

const instanceSeconds = 300

type object map[string]any

// Source of these: https://docs.joinmastodon.org/methods/instance/

func (s *server) instanceV2(v view, _ *http.Request) answer {
	thumbnail := v.base() + "/system/site_uploads/files" + s.thumbnail.file(1200, 630)
	remote := s.access()
	if s.feedsClosed {
		remote = "disabled"
	}
	open := object{"local": "public", "remote": "public"}
	return answer{seconds: instanceSeconds, body: object{
		"domain": v.host(v.label), "title": s.title, "version": s.version, "source_url": "https://github.com/mastodon/mastodon", "description": s.summary,
		"usage":     object{"users": object{"active_month": s.active}},
		"thumbnail": object{"url": thumbnail, "blurhash": v.hashes.of(s.thumbnail), "versions": object{"@1x": thumbnail}, "description": ""},
		"icon":      []object{{"src": v.base() + "/system/accounts/avatars/" + s.contact + ".png", "size": "200x200"}},
		"languages": s.languages,
		"configuration": object{
			"urls":               object{"streaming": "ws://" + v.host(v.label), "status": nil, "about": v.base() + "/about", "privacy_policy": v.base() + "/privacy-policy", "terms_of_service": nil},
			"vapid":              object{"public_key": ""},
			"accounts":           object{"max_featured_tags": 10, "max_pinned_statuses": 5, "max_display_name_length": 30, "max_note_length": 500, "max_profile_fields": 4, "profile_field_name_limit": 255, "profile_field_value_limit": 255},
			"statuses":           object{"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23},
			"media_attachments":  object{"description_limit": 1500, "supported_mime_types": []string{"image/jpeg", "image/png", "image/gif", "video/webm", "audio/wav"}, "image_size_limit": 16777216, "image_matrix_limit": 33177600, "video_size_limit": 103809024, "video_frame_rate_limit": 120, "video_matrix_limit": 8294400},
			"polls":              object{"max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2629746},
			"translation":        object{"enabled": false},
			"timelines_access":   object{"live_feeds": object{"local": s.access(), "remote": remote}, "hashtag_feeds": open, "trending_link_feeds": open},
			"limited_federation": false,
		},
		"registrations": object{"enabled": false, "approval_required": false, "reason_required": false, "message": nil, "min_age": nil, "url": nil},
		"api_versions":  object{"mastodon": s.api},
		"contact":       object{"email": "hallo@" + s.label + ".example", "account": v.account(v.people[s.contact])},
		"rules":         s.ruleList(),
	}}
}

func (s *server) instanceV1(v view, _ *http.Request) answer {
	return answer{seconds: instanceSeconds, body: object{
		"uri": v.host(v.label), "title": s.title, "short_description": s.summary, "description": v.format(s.about, s.label).html,
		"email": "hallo@" + s.label + ".example", "version": s.version, "urls": object{"streaming_api": "ws://" + v.host(v.label)},
		"stats":     object{"user_count": s.users, "status_count": v.localPosts(), "domain_count": len(s.peerList(v))},
		"thumbnail": v.base() + "/system/site_uploads/files" + s.thumbnail.file(1200, 630),
		"languages": s.languages, "registrations": false, "approval_required": false, "invites_enabled": false,
		"configuration":   object{"accounts": object{"max_featured_tags": 10}, "statuses": object{"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23}},
		"contact_account": v.account(v.people[s.contact]), "rules": s.ruleList(),
	}}
}

func (v view) localPosts() int {
	n := 0
	for _, p := range v.people {
		if p.home == v.label {
			written, _ := v.written(p)
			n += written
		}
	}
	return n
}

func (s *server) ruleList() []object {
	out := []object{}
	for i, r := range s.site.rules {
		out = append(out, object{"id": strconv.Itoa(i + 1), "text": r.text, "hint": r.hint, "translations": object{}})
	}
	return out
}

func (s *server) rules(view, *http.Request) answer {
	return answer{body: s.ruleList(), seconds: instanceSeconds}
}

func (s *server) extendedDescription(v view, _ *http.Request) answer {
	return answer{seconds: instanceSeconds, body: object{"updated_at": stamp(v.now.AddDate(0, -2, 0)), "content": v.format(s.about, s.label).html}}
}

func (s *server) privacyPolicy(v view, _ *http.Request) answer {
	return answer{seconds: instanceSeconds, body: object{"updated_at": stamp(v.now.AddDate(0, -2, 0)), "content": "<p>We keep what you write until you take it back. The geese keep nothing.</p>"}}
}

func (s *server) peers(v view, _ *http.Request) answer {
	return answer{seconds: instanceSeconds, body: s.peerList(v)}
}

func (s *server) peerList(v view) []string {
	out := []string{}
	for _, label := range []string{hafenlicht, norderau, teich} {
		if label != s.label && federates(s.label) {
			out = append(out, v.host(label))
		}
	}
	slices.Sort(out)
	return out
}

func (s *server) languageList(view, *http.Request) answer {
	out := []object{}
	for _, l := range s.site.languages {
		out = append(out, object{"code": l, "name": l})
	}
	return answer{body: out, seconds: instanceSeconds}
}
