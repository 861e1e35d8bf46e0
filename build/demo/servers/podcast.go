package servers

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

func (s *server) podcast() {
	s.mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><title>Hafenfunk</title><link rel="alternate" type="application/rss+xml" href="/@hafenfunk/feed.xml"><h1>Hafenfunk</h1>`)
	})
	s.mux.HandleFunc("GET /@hafenfunk/feed.xml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
		fmt.Fprint(w, s.podcastFeed())
	})
	s.get("/chapters/{file}", func(*http.Request) any {
		return object{"version": "1.2.0", "chapters": []object{{"startTime": 3, "title": "The accordion"}, {"startTime": 0, "title": "Bells"}, {"startTime": 1, "title": "The pier, asleep"}}}
	})
	s.mux.HandleFunc("GET /transcripts/{file}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/vtt")
		fmt.Fprint(w, "WEBVTT\n\n00:00.000 --> 00:04.000\n(bells)\n\n00:04.000 --> 00:08.000\n<v Tilda>The first ferry has left without the last passenger.\n")
	})
}

func (s *server) podcastFeed() string {
	var items strings.Builder
	for i, e := range []struct {
		title, text string
		age         time.Duration
		seconds     int
	}{
		{"Episode 3: The last passenger", "<p>He was asleep on an accordion. <em>We</em> were not.</p><p>With bells.</p>", 2 * day, 8},
		{"Episode 2: A gull reads the anemometer", "<p>An interview in which only one side speaks.</p>", 9 * day, 6},
		{"Episode 1: Thirty-one steps", "<p>From the terminal to the boat, counted by somebody who has counted them before.</p>", 16 * day, 4},
	} {
		// The newest has its chapters in a file, the others in the feed.
		chapters := `<podcast:chapters url="` + s.origin() + `/chapters/3.json" type="application/json+chapters"/>`
		if i > 0 {
			chapters = `<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters"><psc:chapter start="00:00:00" title="Bells"/><psc:chapter start="00:00:02" title="The story"/></psc:chapters>`
		}
		fmt.Fprintf(&items, `<item><title>%s</title><link>%s/@hafenfunk/episodes/%d</link><guid isPermaLink="false">hafenfunk-%d</guid><pubDate>%s</pubDate><description><![CDATA[%s]]></description>`+
			`<enclosure url="%s%s/tones/%d.wav" length="%d" type="audio/wav"/><itunes:duration>%d</itunes:duration><itunes:image href="%s%s"/>`+
			`<podcast:transcript url="%s/transcripts/%d.vtt" type="text/vtt" language="en"/>%s</item>`,
			e.title, s.origin(), 3-i, 3-i, s.Now().UTC().Add(-e.age).Format(time.RFC1123Z), e.text,
			s.origin(), s.Files, e.seconds, e.seconds*44100, e.seconds, s.origin(), s.picture("rain", "night", fmt.Sprint(i+1), "600x600"), s.origin(), 3-i, chapters)
	}
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>` +
		`<title>Hafenfunk</title><link>` + s.origin() + `/</link><description>A podcast from the end of the pier.</description><language>en</language><itunes:author>Tilda &amp; the gull</itunes:author>` +
		`<itunes:image href="` + s.origin() + s.picture("lighthouse", "storm", "43", "600x600") + `"/>` + items.String() + `</channel></rss>`
}
