package markup

import (
	"net/url"
	"strconv"
	"strings"

	"vitrine/feeds"
)

// playlistType is that of a film in pieces. Source: RFC 8216, section 10.
const playlistType = "application/vnd.apple.mpegurl"

// Playable reports that all browsers play the file itself: a playlist of pieces (HLS) needs a script in most of them (web/js/stream.js).
func Playable(src string) bool {
	u, err := url.Parse(src)
	return err == nil && !strings.HasSuffix(strings.ToLower(u.Path), ".m3u8")
}

// film draws a video. Nothing plays by itself but a short silent one whose reader wants that.
func (d *Drawing) film(r Row, index int, m feeds.Media, src string) Node {
	attrs := Attrs{}
	auto := m.Kind == feeds.Gifv && d.Settings.Autoplay && !d.Settings.DataSaver
	if m.Kind == feeds.Gifv {
		attrs = At("muted", "", "loop", "").When(auto, "autoplay", "")
	}
	attrs = attrs.When(!auto, "controls", "").When(!auto, "preload", "none")
	attrs = d.seen(attrs, index, m, src)
	var said []Node
	if !r.Open.Plain.Has(index) {
		said = d.tracks(m.Film)
	}
	if len(said) > 0 {
		attrs = append(attrs, Attr{"crossorigin", "anonymous"}) // a file of another server's isn't shown as captions otherwise
	}
	return El("figure", At("class", "media "+filmRatio(m)), El("video", attrs, said...))
}

// stream draws a film in pieces that was started: by the browser itself, or else by a script that knows the address by its source.
func (d *Drawing) stream(r Row, index int, m feeds.Media, src string) Node {
	attrs := d.seen(At("controls", ""), index, m, "")
	children := []Node{El("source", At("src", src, "type", playlistType))}
	if said := d.tracks(m.Film); !r.Open.Plain.Has(index) && len(said) > 0 {
		attrs, children = append(attrs, Attr{"crossorigin", "anonymous"}), append(children, said...)
	}
	return El("figure", At("class", "media "+filmRatio(m)), El("video", attrs, children...))
}

// seen adds to a player's attributes what it looks like, and which medium it plays. src is "" where its sources are elements of their own.
func (d *Drawing) seen(attrs Attrs, index int, m feeds.Media, src string) Attrs {
	if !d.Settings.DataSaver {
		attrs = attrs.Filled("poster", first(m.Preview))
	}
	attrs = append(attrs, Attr{"playsinline", ""}).Filled("src", src)
	attrs = append(attrs, Attr{"aria-label", d.name(m, "media.video")})
	return sized(attrs, m).When(d.Actions, "data-index", strconv.Itoa(index))
}

func filmRatio(m feeds.Media) string {
	if m.Width <= 0 || m.Height <= 0 {
		return "ratio-169"
	}
	return ratio(m)
}

// unstarted stands for a film in pieces until it is started; its link leads to the post's own page.
func (d *Drawing) unstarted(p *feeds.Post, index int, m feeds.Media) Node {
	attrs := At("data-action", "stream", "data-index", strconv.Itoa(index), "data-key", string(p.Key))
	page := first(p.URL, m.URL, m.Original)
	return d.waiting(m, func(children ...Node) Node { return outside(page, attrs, children...) })
}

// waiting is a film that begins with a tap: its picture, or words where that isn't loaded.
func (d *Drawing) waiting(m feeds.Media, lead func(children ...Node) Node) Node {
	label, length := d.Words.T("media.play"), Node{}
	if m.Duration > 0 {
		label += d.Words.T("list.comma") + d.Words.SpokenDuration(m.Duration)
		length = El("span", At("class", "alt end", "aria-hidden", "true"), Text(d.Words.Duration(m.Duration)))
	}
	if first(m.Preview) == "" || d.Settings.DataSaver {
		if m.Alt != "" {
			label += ": " + m.Alt
		}
		return El("p", At("class", "file"), d.small("play"), lead(Text(label)))
	}
	still := m
	still.URL, still.Original = "", ""
	return El("figure", At("class", "media ratio-169"), lead(image(still), El("span", At("class", "playmark"), d.icon("play")), Hidden(label)), length)
}

// unplayable leads to a file that isn't what it says, or in no form that the browser knows; of a film in pieces, to where it can be watched.
func (d *Drawing) unplayable(p *feeds.Post, m feeds.Media, src string) []Node {
	way, page := d.file(src), first(p.URL)
	if !Playable(src) && page != "" {
		way = El("p", At("class", "file"), d.small("link"), outside(page, nil, Text(d.Words.T("media.watch", host(page)))))
	}
	return []Node{El("p", At("class", "quiet", "data-part", "unplayable"), Text(d.Words.T("media.unplayable"))), way, quietParagraph(m.Alt)}
}

// sound draws a player with the picture that stands for the sound.
func (d *Drawing) sound(index int, m feeds.Media, src string) []Node {
	length, cover := Node{}, d.icon("sound")
	if m.Duration > 0 {
		length = El("span", At("class", "quiet"), Text(d.Words.Duration(m.Duration)))
	}
	if picture := first(m.Preview); picture != "" && !d.Settings.DataSaver {
		cover = El("img", At("class", "cover", "src", picture, "alt", "", "width", "64", "height", "64", "loading", "lazy", "decoding", "async", "referrerpolicy", "no-referrer"))
	}
	attrs := At("controls", "", "preload", "none", "src", src, "aria-label", d.name(m, "media.audio")).When(d.Actions, "data-index", strconv.Itoa(index))
	return []Node{El("div", At("class", "audio"), cover, El("audio", attrs), length), quietParagraph(m.Alt)}
}

// live says that a broadcast is one, and how far it is.
func (d *Drawing) live(f *feeds.Film) Node {
	if f.Live == "" {
		return Node{}
	}
	said := []Node{d.small("clock"), Text(" " + d.Words.T("media.live."+string(f.Live)))}
	if f.Live == feeds.LiveWaiting && !f.Begins.IsZero() {
		said = append(said, Text(". "))
		said = append(said, d.sentence("media.live.begins", El("time", At("datetime", rfc3339(f.Begins)), Text(d.Words.Full(d.local(f.Begins)))))...)
	}
	return El("p", At("class", "quiet live", "data-part", "live"), said...)
}

// speeds are those at which people listen, in tenths.
const speeds = "5 8 10 12 15 18 20"

// steering is how a film or sound is played beside what its player offers everywhere: faster or slower, or above other windows.
func (d *Drawing) steering(r Row, index int, m feeds.Media) Node {
	if !d.Actions || m.Kind == feeds.Gifv || r.quoted {
		return Node{}
	}
	of := At("data-key", string(r.Post.Key), "data-index", strconv.Itoa(index))
	var options []Node
	for _, tenths := range strings.Fields(speeds) {
		n, _ := strconv.Atoi(tenths)
		options = append(options, El("option", At("value", tenths+"0").When(n == 10, "selected", ""), Text(d.Words.Tenths(n)+"\u00a0×")))
	}
	float := Node{}
	if d.Floats && m.Kind == feeds.Video {
		float = d.button("b plain", "float", of, Text(d.Words.T("media.float")))
	}
	choice := El("select", append(At("data-action", "speed"), of...), options...)
	return El("p", At("class", "row-b", "data-part", "steering"), El("label", nil, Text(d.Words.T("media.speed")+" "), choice), float)
}
