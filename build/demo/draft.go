package demo

import (
	"time"

	"vitrine/build/demo/pictures"
)

// The servers, by the first part of their names.
const (
	hafenlicht = "hafenlicht"
	norderau   = "norderau"
	teich      = "teich"
	klippe     = "klippe"
)

const (
	minute = time.Minute
	hour   = time.Hour
	day    = 24 * time.Hour
)

// draft is a post as the world's files write it: people and other posts are given by name, times as ages.
type draft struct {
	post
	by        string
	ago       time.Duration
	editedAgo time.Duration
	answers   string // keys
	boosts    string
	quotes    string
	links     string
}

// note writes a draft; see markup.go for what may stand in the text.
func note(by string, ago time.Duration, lang, text string, more ...func(*draft)) draft {
	d := draft{by: by, ago: ago, post: post{lang: lang, text: text}}
	for _, change := range more {
		change(&d)
	}
	return d
}

// boost is a boost of a post.
func boost(by string, ago time.Duration, key string) draft {
	return draft{by: by, ago: ago, boosts: key}
}

func key(k string) func(*draft)     { return func(d *draft) { d.key = k } }
func answers(k string) func(*draft) { return func(d *draft) { d.answers = k } }
func warn(text string) func(*draft) { return func(d *draft) { d.warning, d.sensitive = text, true } }
func counts(boosts, favourites int) func(*draft) {
	return func(d *draft) { d.post.boosts, d.favourites = boosts, favourites }
}
func rich(content string) func(*draft) { return func(d *draft) { d.html = content } }
func sensitive(d *draft)               { d.sensitive = true }
func pinned(d *draft)                  { d.pinned = true }
func unlisted(d *draft)                { d.visibility = "unlisted" }
func followersOnly(d *draft)           { d.visibility = "private" }

func edited(ago time.Duration, earlier string) func(*draft) {
	return func(d *draft) { d.editedAgo, d.earlier = ago, earlier }
}

func via(name, website string) func(*draft) {
	return func(d *draft) { d.application = &application{Name: name, Website: optional(website)} }
}

// quotes sets a post into another, in one of the API's states.
func quotes(k, state string) func(*draft) {
	return func(d *draft) { d.quotes, d.quote = k, &quotation{state: state} }
}

// links ends the text with the address of another post.
func links(k string) func(*draft) { return func(d *draft) { d.links = k } }

func votes(b ballot) func(*draft) { return func(d *draft) { d.poll = &b } }

func card(c linkCard) func(*draft) {
	if c.kind == "" {
		c.kind = "link"
	}
	return func(d *draft) { d.card = &c }
}

func picture(name pictures.Scene, light pictures.Palette, seed uint64) *scene {
	return &scene{name, light, seed}
}

func attach(a attachment) func(*draft) { return func(d *draft) { d.media = append(d.media, a) } }

// photo is a picture of 1200 by 800 pixels.
func photo(name pictures.Scene, light pictures.Palette, seed uint64, alt string) func(*draft) {
	return sized(1200, 800, name, light, seed, alt)
}

func sized(width, height int, name pictures.Scene, light pictures.Palette, seed uint64, alt string) func(*draft) {
	return attach(attachment{
		kind: "image", scene: scene{name, light, seed}, width: width, height: height, alt: alt, noAlt: alt == "",
	})
}

// focus names the point of the last picture that cropping keeps.
func focus(x, y float64) func(*draft) {
	return func(d *draft) {
		last := &d.media[len(d.media)-1]
		last.focusX, last.focusY, last.hasFocus = x, y, true
	}
}

// film is a video or, with the kind "gifv", a silent loop.
func film(kind, clip string, name pictures.Scene, light pictures.Palette, seed uint64, alt string) func(*draft) {
	return attach(attachment{
		kind: kind, clip: clip, scene: scene{name, light, seed}, width: clipWidth, height: clipHeight, seconds: 3, alt: alt,
	})
}

func sound(seconds float64, name pictures.Scene, light pictures.Palette, seed uint64, alt string) func(*draft) {
	return attach(attachment{kind: "audio", seconds: seconds, scene: scene{name, light, seed}, alt: alt})
}

// drafts is all posts of the world, in no order.
func drafts(now time.Time) []draft {
	var all []draft
	for _, part := range [][]draft{
		harbourPosts(), quayPosts(), ferryPosts(), townPosts(), gardenPosts(), pondPosts(), farPosts(), kindPosts(), longPosts(),
		readingRoom(), lostAndFound(), weatherReports(now), contactSheets(now), nightTrains(), failurePosts(),
	} {
		all = append(all, part...)
	}
	return all
}
