package activitypub

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

func emojiOf(n node) []content.CustomEmoji {
	var out []content.CustomEmoji
	for _, t := range n.nodes("tag") {
		if !t.is("Emoji") && !t.is("toot:Emoji") {
			continue
		}
		icon := t.first("icon")
		if name := strings.Trim(t.text("name"), ":"); name != "" && icon != nil && icon.href() != "" {
			out = append(out, content.CustomEmoji{Shortcode: name, URL: icon.href()})
		}
	}
	return out
}

func mentionsOf(n node) []feeds.Mention {
	var out []feeds.Mention
	for _, t := range n.nodes("tag") {
		if !t.is("Mention") {
			continue
		}
		href := t.href()
		handle := strings.TrimPrefix(t.text("name"), "@")
		if href == "" {
			continue
		}
		if !strings.Contains(handle, "@") && handle != "" {
			handle += "@" + apiclient.HostOf(href)
		}
		out = append(out, feeds.Mention{Handle: handle, URL: href})
	}
	return out
}

func tagsOf(n node) []feeds.Tag {
	var out []feeds.Tag
	for _, t := range n.nodes("tag") {
		if name := strings.TrimPrefix(strings.TrimSpace(t.text("name")), "#"); name != "" && t.is("Hashtag") {
			out = append(out, feeds.Tag{Name: name, URL: t.href()})
		}
	}
	return out
}

// mediaOf are the files that hang on an object; of a Video, Audio or Image those that it is.
func mediaOf(n node) []feeds.Media {
	if n.is("Video", "Audio", "PodcastEpisode") {
		if m, ok := filmOf(n); ok {
			return []feeds.Media{m}
		}
	}
	var out []feeds.Media
	add := func(a node) {
		m := medium(a)
		if m.URL != "" && !slices.ContainsFunc(out, func(o feeds.Media) bool { return o.URL == m.URL }) {
			out = append(out, m)
		}
	}
	links := 0 // to pages; the first is the card
	for _, a := range n.nodes("attachment") {
		switch {
		case leadsToPage(a):
			if links++; links > 1 {
				add(a)
			}
		case a.is("Document", "Image", "Video", "Audio", "Link") || a.isBare():
			add(a)
		}
	}
	if n.is("Image") {
		add(n)
	}
	if links == 0 && len(out) == 0 && n.is("Article", "Page", "Event", "Note", "Review") {
		for _, i := range n.nodes("image") {
			if m := medium(i); m.URL != "" {
				m.Kind = feeds.Image
				out = append(out, m)
				break
			}
		}
	}
	return out
}

// leadsToPage reports an attachment that is no file, but a link to a page, as those of Lemmy's posts and Mobilizon's events.
func leadsToPage(a node) bool {
	mediaType := a.text("mediaType")
	return (a.is("Link") || a.isBare()) && a.href() != "" && (mediaType == "" || strings.HasPrefix(mediaType, "text/html")) &&
		kindOfFile(mediaType, a.href(), a) == feeds.UnknownMedia
}

// cardOf is the first page that is attached to an object, with the picture that the object has of it; nil for none.
func cardOf(n node) *feeds.Card {
	for _, a := range n.nodes("attachment") {
		if !leadsToPage(a) {
			continue
		}
		c := &feeds.Card{URL: a.href()}
		c.Title, c.Language = a.localized("name")
		summary, _ := a.localized("summary")
		c.Description = plainSummary(summary)
		for _, from := range [...]node{a, n} {
			if i := from.first("image"); i != nil && c.Image == "" {
				m := medium(i)
				c.Image, c.ImageAlt, c.Width, c.Height, c.Blurhash = m.URL, m.Alt, m.Width, m.Height, m.Blurhash
			}
		}
		return c
	}
	return nil
}

func medium(a node) feeds.Media {
	m := feeds.Media{URL: a.href(), Blurhash: a.text("blurhash"), Width: a.size("width"), Height: a.size("height"), Duration: duration(a.text("duration"))}
	m.Kind = kindOfFile(a.text("mediaType"), m.URL, a)
	alt, _ := a.localized("name")
	if alt == "" {
		alt, _ = a.localized("summary")
	}
	m.Alt = strings.TrimSpace(alt)
	if points := a.all("focalPoint"); len(points) == 2 {
		x, _ := points[0].(float64)
		y, _ := points[1].(float64)
		m.FocusX, m.FocusY = max(-1, min(x, 1)), max(-1, min(y, 1))
	}
	if icon := a.first("icon"); icon != nil {
		m.Preview = icon.href()
	}
	return m
}

// kindOfFile goes by the media type, by what the object says it is, or by the end of its name.
func kindOfFile(mediaType, address string, a node) feeds.MediaKind {
	main, sub, _ := strings.Cut(mediaType, "/")
	switch {
	case main == "image" || mediaType == "" && a.is("Image"):
		return feeds.Image
	case main == "video" || mediaType == "" && a.is("Video"):
		return feeds.Video
	case main == "audio" || mediaType == "" && a.is("Audio"):
		return feeds.Audio
	case mediaType != "" && sub != "octet-stream":
		return feeds.UnknownMedia
	}
	name, _, _ := strings.Cut(address, "?")
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif":
		return feeds.Image
	case ".mp4", ".webm", ".ogv", ".mov":
		return feeds.Video
	case ".mp3", ".ogg", ".oga", ".opus", ".wav", ".flac", ".m4a":
		return feeds.Audio
	}
	return feeds.UnknownMedia
}

// enough is the height, in pixels, that a film in a page is played in.
const enough = 720

// filmOf is what a Video or Audio object plays: its links are files in several sizes, and playlists that have more of them.
func filmOf(n node) (feeds.Media, bool) {
	film := &feeds.Film{}
	m := feeds.Media{Kind: feeds.Video, Duration: duration(n.text("duration")), Film: film}
	if n.is("Audio", "PodcastEpisode") {
		m.Kind = feeds.Audio
	}
	var look func(links []node, depth int)
	look = func(links []node, depth int) {
		for _, l := range links {
			address, mediaType := l.href(), l.text("mediaType")
			kind := kindOfFile(mediaType, address, l)
			if l.isBare() { // the object itself may say of what type its file is
				kind = kindOfFile(n.text("mediaType"), address, l)
			}
			switch {
			case kind == feeds.Video || kind == feeds.Audio:
				film.Files = append(film.Files, feeds.File{URL: address, Height: l.size("height"), Width: l.size("width"), Bytes: int64(l.size("size"))})
			case strings.EqualFold(mediaType, "application/x-mpegURL"):
				film.Stream = cmp.Or(film.Stream, address)
			}
			if depth < 2 {
				look(l.nodes("tag"), depth+1)
			}
		}
	}
	look(n.nodes("url"), 0)
	look(n.nodes("audio"), 1) // Castopod's
	for _, a := range n.nodes("attachment") {
		if a.is("Audio", "Video") || strings.HasPrefix(a.text("mediaType"), "audio/") || strings.HasPrefix(a.text("mediaType"), "video/") {
			look([]node{a}, 1)
		}
	}
	film.Files = slices.DeleteFunc(film.Files, func(f feeds.File) bool { return f.URL == "" })
	apiclient.SortStable(film.Files, func(a, b feeds.File) int { return cmp.Compare(b.Height, a.Height) })
	for _, f := range film.Files {
		if m.URL == "" || f.Height >= 1 && m.Height > enough {
			m.URL, m.Width, m.Height = f.URL, f.Width, f.Height
		}
	}
	m.URL = cmp.Or(m.URL, film.Stream)
	for _, key := range [...]string{"icon", "image"} {
		for _, i := range n.nodes(key) {
			m.Preview = cmp.Or(m.Preview, i.href())
		}
	}
	return m, m.URL != "" || m.Preview != ""
}

// duration reads ISO 8601 as far as films need it: PT1H2M3.5S; or seconds.
func duration(s string) time.Duration {
	rest, ok := strings.CutPrefix(strings.ToUpper(s), "P")
	if !ok {
		seconds, err := strconv.ParseFloat(s, 64)
		if err != nil || !(seconds >= 0 && seconds <= 1e7) {
			return 0
		}
		return time.Duration(seconds * float64(time.Second))
	}
	days, clock, _ := strings.Cut(rest, "T")
	total := 0.0
	if d, err := strconv.ParseFloat(strings.TrimSuffix(days, "D"), 64); err == nil {
		total += d * 86400
	}
	for _, unit := range [...]struct {
		sign    string
		seconds float64
	}{{"H", 3600}, {"M", 60}, {"S", 1}} {
		value, after, found := strings.Cut(clock, unit.sign)
		if !found {
			continue
		}
		if f, err := strconv.ParseFloat(value, 64); err == nil {
			total += f * unit.seconds
		}
		clock = after
	}
	if !(total >= 0 && total <= 1e7) {
		return 0
	}
	return time.Duration(total * float64(time.Second))
}

// licenseOf reads PeerTube's licence, a constant with its name, and schema.org's license, an address or what stands for it.
// Source: https://docs.joinpeertube.org/api/activitypub#video
func licenseOf(n node) *feeds.License {
	name, license := n.first("licence").text("name"), n.text("license")
	at := link(license)
	if at == "" && !strings.Contains(license, ":") {
		name = cmp.Or(name, license)
	}
	return feeds.LicenseOf(name, at)
}

func pollOf(n node, at time.Time) *feeds.Poll {
	key := "oneOf"
	if len(n.all("anyOf")) > 0 {
		key = "anyOf"
	}
	p := &feeds.Poll{Voters: n.count("votersCount"), Multiple: key == "anyOf", Ends: apiclient.Time(cmp.Or(n.text("endTime"), n.text("closed"))), Emoji: emojiOf(n)}
	for _, o := range n.nodes(key) {
		votes := -1
		if r := o.first("replies"); r != nil {
			votes = r.count("totalItems")
		}
		title, _ := o.localized("name")
		p.Options = append(p.Options, feeds.PollOption{Title: title, Votes: votes})
		p.Votes += max(votes, 0)
	}
	if len(p.Options) == 0 || !n.is("Question") {
		return nil
	}
	p.Expired = n["closed"] != nil || !p.Ends.IsZero() && p.Ends.Before(at)
	return p
}

// eventStatus reads what Mobilizon ("ical:status": "CANCELLED") and schema.org ("eventStatus": "https://schema.org/EventCancelled") say.
func eventStatus(n node) feeds.EventStatus {
	for _, key := range [...]string{"ical:status", "eventStatus", "status"} {
		switch status := strings.ToLower(n.text(key)); {
		case strings.HasSuffix(status, "cancelled"), strings.HasSuffix(status, "canceled"):
			return feeds.EventCancelled
		case strings.HasSuffix(status, "tentative"):
			return feeds.EventTentative
		}
	}
	return ""
}

func eventOf(n node) *feeds.Event {
	starts := apiclient.Time(n.text("startTime"))
	if !n.is("Event") || starts.IsZero() {
		return nil
	}
	e := &feeds.Event{Starts: starts, Ends: apiclient.Time(n.text("endTime")), Status: eventStatus(n)}
	for _, l := range n.nodes("location") {
		if l.is("VirtualLocation") {
			e.Online = cmp.Or(e.Online, l.href())
			continue
		}
		name, _ := l.localized("name")
		parts := []string{strings.TrimSpace(name)}
		if address := l.first("address"); address != nil && !address.isBare() {
			for _, key := range [...]string{"streetAddress", "postalCode", "addressLocality", "addressCountry"} {
				parts = append(parts, strings.TrimSpace(address.text(key)))
			}
		} else {
			parts = append(parts, strings.TrimSpace(l.text("address")))
		}
		parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
		e.Place = cmp.Or(e.Place, strings.Join(slices.Compact(parts), ", "))
	}
	return e
}

// quoteOf names a quoted post. What it says is not in the document, and only its author's server says whether it may be shown.
func quoteOf(n node) *feeds.Quote {
	for _, key := range [...]string{"quoteUrl", "quoteUri", "_misskey_quote", "quoteURL"} {
		if l := link(n.text(key)); l != "" {
			return &feeds.Quote{State: feeds.QuotePending, URL: l}
		}
	}
	if q := n.first("quote"); q != nil && q.id() != "" {
		return &feeds.Quote{State: feeds.QuotePending, URL: q.id()}
	}
	for _, t := range n.nodes("tag") {
		if mediaType := t.text("mediaType"); t.is("Link") && (strings.Contains(mediaType, "activitystreams") || mediaType == "application/activity+json") {
			if l := t.href(); l != "" {
				return &feeds.Quote{State: feeds.QuotePending, URL: l}
			}
		}
	}
	return nil
}
