package activitypub

import (
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// object reads an object of a type with fields.
func object(t *testing.T, kind, fields string) *feeds.Post {
	t.Helper()
	p, err := Object([]byte(`{"id":"https://a.example/o/1","type":"`+kind+`","attributedTo":"https://a.example/users/ada","published":"2026-11-20T10:00:00Z","to":"as:Public",`+fields+`"x":1}`), "https://a.example/o/1", feedstest.Epoch())
	if err != nil {
		t.Fatalf("%s: %v", fields, err)
	}
	return p
}

func TestFieldsComeInManyForms(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ fields, text, url string }{
		"plain":                   {`"content":"<p>Hello</p>","url":"https://a.example/1",`, "Hello", "https://a.example/1"},
		"a text by language":      {`"contentMap":{"de":"<p>Hallo</p>"},`, "Hallo", "https://a.example/o/1"},
		"links of several kinds":  {`"content":"x","url":[{"type":"Link","mediaType":"video/mp4","href":"https://a.example/1.mp4"},{"type":"Link","mediaType":"text/html","href":"https://a.example/page"}],`, "x", "https://a.example/page"},
		"a link object":           {`"content":"x","url":{"type":"Link","href":"https://a.example/2"},`, "x", "https://a.example/2"},
		"Markdown as its source":  {`"source":{"content":"Hello **you**","mediaType":"text/markdown"},`, "Hello you", "https://a.example/o/1"},
		"Markdown as its content": {`"content":"Hello *you*","mediaType":"text/markdown",`, "Hello you", "https://a.example/o/1"},
		"an address of no use":    {`"content":"x","url":"javascript:alert(1)",`, "x", "https://a.example/o/1"},
		"authors as a list":       {`"content":"x","attributedTo":["https://a.example/users/ada",{"type":"Group","id":"https://a.example/c/tea","preferredUsername":"tea"}],`, "x", "https://a.example/o/1"},
		"recipients as an object": {`"content":"x","to":["https://www.w3.org/ns/activitystreams#Public"],`, "x", "https://a.example/o/1"},
	} {
		p := object(t, "Note", c.fields)
		if got := content.PlainText(p.Body); got != c.text || p.URL != c.url || p.Author.Handle() != "ada@a.example" || p.Key != "https://a.example/o/1" {
			t.Errorf("%s: %q at %s by %s", name, got, p.URL, p.Author.Handle())
		}
	}
}

func TestLicencesAreNamedOrHaveAnAddress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fields string
		want   *feeds.License
	}{
		"none":                   {"", nil},
		"PeerTube's":             {`"licence":{"identifier":"2","name":"Attribution - Share Alike"},`, &feeds.License{Name: "Attribution - Share Alike"}},
		"an address":             {`"license":"https://creativecommons.org/licenses/by-nd/4.0/",`, &feeds.License{Name: "CC BY-ND 4.0", URL: "https://creativecommons.org/licenses/by-nd/4.0/"}},
		"a name for its address": {`"license":"CC-BY-NC-SA",`, &feeds.License{Name: "CC-BY-NC-SA"}},
		"an address of no use":   {`"license":"javascript:alert(1)",`, nil},
		"of another type":        {`"licence":7,"license":{"a":1},`, nil},
	} {
		if got := object(t, "Video", c.fields).License; (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestSummaryIsAWarningOnWhatIsShort(t *testing.T) {
	t.Parallel()
	note := object(t, "Note", `"content":"x","summary":"Spiders","sensitive":true,`)
	article := object(t, "Article", `"name":"On <b>spiders</b>","summary":"<p>Short</p>",`)
	if note.Warning != "Spiders" || !note.Sensitive || article.Warning != "" || article.Title != "On <b>spiders</b>" || content.PlainText(article.Body) != "Short" {
		t.Errorf("%+v\n%+v", note, article)
	}
}

func TestSummaryIsAWarningOnWhateverIsSensitive(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"Article", "Page", "Video", "Event", "Audio", "Image", "Document", "Review", "Note"} {
		p := object(t, kind, `"name":"The end","content":"The gardener did it.","summary":"<p>Spoilers &amp; all</p>","sensitive":true,`)
		if p.Warning != "Spoilers & all" || !p.HasWarning() || content.PlainText(p.Body) != "The gardener did it." {
			t.Errorf("%s: %q, %q", kind, p.Warning, content.PlainText(p.Body))
		}
		p = object(t, kind, `"name":"The end","content":"The gardener did it.","summary":"\u200b","sensitive":true,`)
		if p.Warning != "" || !p.HasWarning() {
			t.Errorf("%s with an empty warning: %q, %v", kind, p.Warning, p.HasWarning())
		}
		p = object(t, kind, `"name":"The end","summary":"Spoilers","sensitive":true,`)
		if strings.Contains(content.PlainText(p.Body), "Spoilers") || p.Warning != "Spoilers" {
			t.Errorf("%s without a text: %q, %q", kind, p.Warning, content.PlainText(p.Body))
		}
	}
	if p := object(t, "Article", `"name":"The end","content":"x","summary":"An excerpt","sensitive":false,`); p.HasWarning() {
		t.Errorf("an excerpt became the warning %q", p.Warning)
	}
}

func TestPlainTextFieldsStayLiteral(t *testing.T) {
	t.Parallel()
	const literal = "26 <b> &amp; &lt;so>"
	p := object(t, "Event", `"name":"`+literal+`","startTime":"2026-12-01T18:00:00Z","location":{"type":"Place","name":"`+literal+`"},
		"attachment":{"type":"Document","mediaType":"image/png","url":"https://a.example/a.png","name":"`+literal+`"},`)
	if p.Title != literal || p.Event.Place != literal || p.Media[0].Alt != literal {
		t.Errorf("title %q, place %q, alt %q", p.Title, p.Event.Place, p.Media[0].Alt)
	}
	a, err := ActorOf([]byte(`{"id":"https://a.example/ada","type":"Person","name":"`+literal+`","attachment":{"type":"PropertyValue","name":"`+literal+`","value":"x"}}`), "", feedstest.Epoch())
	if err != nil || a.Name != literal || a.Fields[0].Name != literal {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestSpacesStayInWhatIsShort(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{"Note": "a   b\n  c", "Article": "a b\nc"} {
		if got := content.PlainText(object(t, kind, `"content":"<p>a   b<br>  c</p>",`).Body); got != want {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
}

func TestFilesPollsEventsAndQuotes(t *testing.T) {
	t.Parallel()
	p := object(t, "Note", `"attachment":[{"type":"Document","mediaType":"image/png","url":"https://a.example/a.png","name":"A lamp","blurhash":"x","width":4,"height":3,"focalPoint":[0.5,-7]},
		{"type":"Image","url":[{"href":"https://a.example/b.jpg"}]},"https://a.example/c.mp3",{"type":"PropertyValue","name":"n"},{"type":"Document","url":"javascript:1"}],
		"tag":[{"type":"Hashtag","name":"#tea","href":"https://a.example/tags/tea"},{"type":"Mention","name":"@bo","href":"https://b.example/@bo"},{"type":"Emoji","name":":lamp:","icon":{"url":"https://a.example/lamp.png"}},7],
		"content":"<p>:lamp: <a href=\"https://b.example/@bo\" class=\"mention\">@bo</a></p>","quoteUri":"https://b.example/q","inReplyTo":{"id":"https://b.example/r"},"replies":{"totalItems":3},"likes":{"totalItems":2},`)
	if len(p.Media) != 3 || p.Media[0].Alt != "A lamp" || p.Media[0].FocusY != -1 || p.Media[1].Kind != feeds.Image || p.Media[2].Kind != feeds.Audio {
		t.Errorf("%+v", p.Media)
	}
	if p.Tags[0].Name != "tea" || p.Mentions[0].Handle != "bo@b.example" || p.Body.Blocks[0].Children[0].Kind != content.Emoji || p.Body.Blocks[0].Children[2].Name != "bo@b.example" {
		t.Errorf("%+v %+v %+v", p.Tags, p.Mentions, p.Body)
	}
	if p.Quote == nil || p.Quote.URL != "https://b.example/q" || p.Quote.Post != nil || p.ReplyTo.ID != "https://b.example/r" || p.Counts.Replies != 3 || p.Counts.Favourites != 2 || p.Counts.Boosts != -1 {
		t.Errorf("%+v %+v %+v", p.Quote, p.ReplyTo, p.Counts)
	}
	q := object(t, "Question", `"content":"?","oneOf":[{"name":"a","replies":{"totalItems":2}},{"name":"<b>","replies":{"totalItems":3}}],"endTime":"2020-01-01T00:00:00Z","votersCount":4,`)
	if q.Poll == nil || q.Poll.Votes != 5 || q.Poll.Voters != 4 || !q.Poll.Expired || q.Poll.Multiple || q.Poll.Options[1].Title != "<b>" {
		t.Errorf("%+v", q.Poll)
	}
	for status, want := range map[string]feeds.EventStatus{
		`"ical:status":"CANCELLED"`: feeds.EventCancelled, `"ical:status":"TENTATIVE"`: feeds.EventTentative, `"ical:status":"CONFIRMED"`: "",
		`"eventStatus":"https://schema.org/EventCancelled"`: feeds.EventCancelled, `"status":["x",{}]`: "", `"ical:status":5`: "",
	} {
		if got := object(t, "Event", `"startTime":"2026-12-01T18:00:00Z",`+status+`,`); got.Event == nil || got.Event.Status != want {
			t.Errorf("%s: %+v", status, got.Event)
		}
	}
	e := object(t, "Event", `"name":"Tea","startTime":"2026-12-01T18:00:00Z","endTime":"2026-12-01T20:00:00Z","location":[{"type":"Place","name":"The pier","address":{"addressLocality":"Norderau"}},{"type":"VirtualLocation","url":"https://meet.example/x"}],`)
	if e.Event == nil || e.Event.Place != "The pier, Norderau" || e.Event.Online != "https://meet.example/x" || e.Event.Starts.Hour() != 18 {
		t.Errorf("%+v", e.Event)
	}
}

func TestVideoHasItsFilesInAllSizes(t *testing.T) {
	t.Parallel()
	p := object(t, "Video", `"name":"Dusk","duration":"PT1M1.5S","icon":[{"type":"Image","url":"https://a.example/still.jpg"}],"content":"By **day**","mediaType":"text/markdown",
		"url":[{"type":"Link","mediaType":"text/html","href":"https://a.example/w/1"},{"type":"Link","mediaType":"video/mp4","href":"https://a.example/1080.mp4","height":1080,"size":9},
		{"type":"Link","mediaType":"application/x-mpegURL","href":"https://a.example/m.m3u8","tag":[{"type":"Link","mediaType":"video/mp4","href":"https://a.example/480.mp4","height":480}]}],`)
	m := p.Media[0]
	if m.URL != "https://a.example/480.mp4" || m.Film.Stream != "https://a.example/m.m3u8" || len(m.Film.Files) != 2 || m.Duration != 61500*time.Millisecond || m.Preview != "https://a.example/still.jpg" || p.URL != "https://a.example/w/1" {
		t.Errorf("%+v %+v", m, m.Film)
	}
}

func TestAttachedPagesAreCardsAndAttachedFilesLinks(t *testing.T) {
	t.Parallel()
	page := object(t, "Page", `"name":"Worth reading","image":{"type":"Image","url":"https://a.example/thumb.png","name":"The pier"},
		"attachment":[{"type":"Link","href":"https://elsewhere.example/article"},{"type":"Link","href":"https://elsewhere.example/more","mediaType":"text/html","name":"A <b> second"}],`)
	if c := page.Card; c == nil || c.URL != "https://elsewhere.example/article" || c.Title != "" || c.Image != "https://a.example/thumb.png" || c.ImageAlt != "The pier" {
		t.Errorf("%+v", page.Card)
	}
	if len(page.Media) != 1 || page.Media[0].URL != "https://elsewhere.example/more" || page.Media[0].Kind != feeds.UnknownMedia {
		t.Errorf("%+v", page.Media)
	}
	event := object(t, "Event", `"name":"Tea","startTime":"2026-12-01T18:00:00Z","attachment":[{"type":"Link","mediaType":"text/html","name":"Web <site>","href":"https://tea.example/"}],`)
	if c := event.Card; c == nil || c.URL != "https://tea.example/" || c.Title != "Web <site>" {
		t.Errorf("%+v", event.Card)
	}
	note := object(t, "Note", `"content":"x","attachment":[{"type":"Document","mediaType":"application/pdf","url":"https://a.example/plan.pdf","name":"The plan"},
		{"type":"Link","mediaType":"image/png","href":"https://a.example/a.png"},"https://elsewhere.example/page"],`)
	if len(note.Media) != 2 || note.Media[0].Kind != feeds.UnknownMedia || note.Media[0].Alt != "The plan" || note.Media[1].Kind != feeds.Image {
		t.Errorf("%+v", note.Media)
	}
	if note.Card == nil || note.Card.URL != "https://elsewhere.example/page" {
		t.Errorf("%+v", note.Card)
	}
}

func TestTheAddressOfASoundOrFilmMayBeItsFile(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]string{
		`"url":"https://a.example/song.mp3",`:                                                                    "https://a.example/song.mp3",
		`"url":"https://a.example/song","mediaType":"audio/ogg",`:                                                "https://a.example/song",
		`"url":{"type":"Link","href":"https://a.example/song.ogg"},`:                                             "https://a.example/song.ogg",
		`"url":["https://a.example/page",{"type":"Link","href":"https://a.example/x","mediaType":"audio/mp4"}],`: "https://a.example/x",
	} {
		p := object(t, "Audio", fields)
		if len(p.Media) != 1 || p.Media[0].URL != want || p.Media[0].Kind != feeds.Audio || p.URL == want {
			t.Errorf("%s: %+v at %s", fields, p.Media, p.URL)
		}
	}
	episode := object(t, "PodcastEpisode", `"name":"One","url":"https://a.example/@pod/one","audio":{"type":"Audio","url":{"type":"Link","href":"https://a.example/one.mp3","mediaType":"audio/mpeg"}},`)
	if len(episode.Media) != 1 || episode.Media[0].URL != "https://a.example/one.mp3" || episode.Media[0].Kind != feeds.Audio || episode.URL != "https://a.example/@pod/one" {
		t.Errorf("%+v at %s", episode.Media, episode.URL)
	}
	film := object(t, "Video", `"url":"https://a.example/film.webm",`)
	if len(film.Media) != 1 || film.Media[0].URL != "https://a.example/film.webm" || film.Media[0].Kind != feeds.Video || film.URL != "https://a.example/o/1" {
		t.Errorf("%+v at %s", film.Media, film.URL)
	}
	picture := object(t, "Image", `"url":"https://a.example/a.png",`)
	if len(picture.Media) != 1 || picture.Media[0].Kind != feeds.Image || picture.URL != "https://a.example/o/1" {
		t.Errorf("%+v at %s", picture.Media, picture.URL)
	}
}

func TestWhatIsNotForEverybodyIsNotRead(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]feeds.Kind{
		`"type":"Note","id":"https://a.example/1","to":["https://a.example/followers"]`:                       feeds.NeedsLogin,
		`"type":"Note","id":"https://a.example/1","to":[],"cc":["as:Public"]`:                                 "",
		`"type":"Note","id":"https://a.example/1"`:                                                            "",
		`"type":"Tombstone","id":"https://a.example/1"`:                                                       feeds.Gone,
		`"type":"Like","id":"https://a.example/1"`:                                                            feeds.NotFound,
		`"type":"Create","actor":"https://a.example/ada","object":{"type":"Note","id":"https://a.example/1"}`: "",
	} {
		_, err := Object([]byte("{"+fields+"}"), "", feedstest.Epoch())
		if feeds.KindOf(err) != want {
			t.Errorf("%s: %v", fields, err)
		}
	}
	for _, body := range []string{"", "[]", "null", "<html>", "{", `"x"`} {
		if _, err := Object([]byte(body), "", feedstest.Epoch()); feeds.KindOf(err) != feeds.BadData {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestActor(t *testing.T) {
	t.Parallel()
	a, err := ActorOf([]byte(`{"id":"https://a.example/users/ada","type":["Person"],"preferredUsername":"ada","name":"Ada &amp; Co","summary":"<p>Tea #nobot</p>","icon":[{"url":"https://a.example/i.png"}],
		"image":"https://a.example/b.png","attachment":[{"type":"PropertyValue","name":"Web","value":"<a href=\"https://ada.example\">x</a>"}],"discoverable":false,"indexable":false,"manuallyApprovesFollowers":true,
		"published":"2024-01-02T00:00:00Z","webfinger":"ada@example.org","url":"https://a.example/@ada","tag":{"type":"Emoji","name":":x:","icon":{"url":"javascript:1"}}}`), "", feedstest.Epoch())
	if err != nil || a.Handle() != "ada@example.org" || a.Name != "Ada &amp; Co" || a.Avatar != "https://a.example/i.png" || a.Header != "https://a.example/b.png" || len(a.Fields) != 1 || !a.Locked {
		t.Errorf("%+v, %v", a, err)
	}
	if want := (feeds.Wishes{NotDiscoverable: true, NotIndexable: true, NoBot: true}); a.Wishes != want || len(a.Emoji) != 0 {
		t.Errorf("%+v", a.Wishes)
	}
	if _, err := ActorOf([]byte(`{"type":"Note","id":"https://a.example/1"}`), "", feedstest.Epoch()); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("a note: %v", err)
	}
}

func TestDurations(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]time.Duration{"PT1H2M3S": time.Hour + 2*time.Minute + 3*time.Second, "P1DT1S": 24*time.Hour + time.Second, "90": 90 * time.Second, "PT": 0, "x": 0, "PT-5S": 0, "PT1e300S": 0, "NaN": 0} {
		if got := duration(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}
