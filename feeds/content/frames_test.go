package content

import (
	"slices"
	"testing"
)

func TestWhatIsEmbeddedIsALinkInItsPlace(t *testing.T) {
	t.Parallel()
	link := func(href, label string) string {
		return `<p><a href="` + href + `" rel="nofollow noopener noreferrer">` + label + `</a></p>`
	}
	for _, tt := range []struct{ name, in, want string }{
		{"a frame with a title", `<iframe width="560" src="https://player.example/embed/abc" title="The ferry at dusk"></iframe>`, link("https://player.example/embed/abc", "The ferry at dusk")},
		{"among text", `<p>Watch this:</p><iframe src="https://www.player.example/embed/def">old</iframe><p>And tell us.</p>`,
			"<p>Watch this:</p>" + link("https://www.player.example/embed/def", "player.example") + "<p>And tell us.</p>"},
		{"within a paragraph", `<p>Watch <iframe src="https://player.example/1"></iframe> this</p>`, "<p>Watch</p>" + link("https://player.example/1", "player.example") + "<p>this</p>"},
		{"closed as in XHTML", `<iframe src="https://player.example/1"/><p>And tell us.</p>`, link("https://player.example/1", "player.example") + "<p>And tell us.</p>"},
		{"loaded lazily", `<iframe src="about:blank" data-src="https://player.example/1"></iframe>`, link("https://player.example/1", "player.example")},
		{"a relative address", `<iframe src="/embed/1"></iframe>`, link("https://blog.example/embed/1", "blog.example")},
		{"a counter of readers", `<iframe src="https://player.example/1" width="1" height="1"></iframe><iframe src="https://player.example/2" style="display: none"></iframe>x`, "<p>x</p>"},
		{"a script", `<iframe src="javascript:alert(1)" title="x"></iframe><embed src="data:text/html,x"><object data="javascript:1"></object>`, ""},
		{"an object with a text", `<object data="/plan.pdf"><a href="/plan.pdf">The plan as PDF</a></object>`, link("https://blog.example/plan.pdf", "The plan as PDF")},
		{"an object without one", `<object data="/plan.pdf" title="The plan"></object><p>x</p>`, link("https://blog.example/plan.pdf", "The plan") + "<p>x</p>"},
		{"an object that never ends", `<object data="/plan.pdf">`, link("https://blog.example/plan.pdf", "blog.example")},
		{"a player in Flash", `<object><param name="movie" value="https://player.example/v/1"></object>`, link("https://player.example/v/1", "player.example")},
		{"the same with embed", `<object><param name="movie" value="https://player.example/v/1"><embed src="https://player.example/v/1"></object>`, link("https://player.example/v/1", "player.example")},
		{"embed alone", `<embed src="/tune.mid" type="audio/midi">`, link("https://blog.example/tune.mid", "blog.example")},
		{"a film", `<p>Look:</p><video src="/film.mp4" title="The ferry" controls><track src="/en.vtt">Your browser is old.</video><p>x</p>`,
			"<p>Look:</p>" + link("https://blog.example/film.mp4", "The ferry") + "<p>x</p>"},
		{"a film in several formats", `<video poster="/p.jpg"><source src="/film.webm"><source src="/film.mp4"></video>x`, link("https://blog.example/film.webm", "film.webm") + "<p>x</p>"},
		{"a sound", `<p>Listen <audio src="/a%20tune.ogg"></audio> now</p>`, "<p>Listen</p>" + link("https://blog.example/a%20tune.ogg", "a tune.ogg") + "<p>now</p>"},
		{"a sound named for those who can't see", `<audio aria-label="A tune" src="/t.ogg"></audio>`, link("https://blog.example/t.ogg", "A tune")},
		{"a film with a link for those that play none", `<video><a href="/film.mp4">Get it</a></video>`, link("https://blog.example/film.mp4", "film.mp4")},
		{"a film without a file", `<video title="x">old</video><p>x</p>`, "<p>x</p>"},
		{"a film that is a script", `<video src="javascript:x"></video><p>x</p>`, "<p>x</p>"},
		{"a film closed as in XHTML", `<video src="/film.mp4" title="T"/><p>x</p>`, link("https://blog.example/film.mp4", "T") + "<p>x</p>"},
	} {
		if got := HTML(ParseHTML(tt.in, Options{BaseURL: "https://blog.example/1"})); got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestFilmsAreTakenFromATextWithItsPictures(t *testing.T) {
	t.Parallel()
	var found []Picture
	d := ParseHTML(`<p>a</p><video poster="/p.jpg" width="640" height="360" title="The ferry"><source src="/get?id=5"></video><audio src="/t.ogg"></audio><video src="/f.mp4" poster="/f.mp4"></video><details><summary>More</summary><video src="/end.mp4" title="The end"></video></details>`,
		Options{BaseURL: "https://blog.example/1", Pictures: &found})
	want := []Picture{
		{URL: "https://blog.example/get?id=5", Alt: "The ferry", Width: 640, Height: 360, Medium: "video", Poster: "https://blog.example/p.jpg"},
		{URL: "https://blog.example/t.ogg", Medium: "audio"},
		{URL: "https://blog.example/f.mp4", Medium: "video"},
	}
	if got := PlainText(d); got != "a\n\nMore\n  The end" || !slices.Equal(found, want) {
		t.Errorf("%q with %+v", got, found)
	}
}

func TestFilmsAreLinksWhereTheSourceShowsThemSo(t *testing.T) {
	t.Parallel()
	var found []Picture
	d := ParseHTML(`<p>a</p><img src="/p.jpg" alt="A pier"><video src="/f.mp4" poster="/p.jpg" title="The ferry"></video>`, Options{BaseURL: "https://blog.example/1", Pictures: &found, FilmLinks: true})
	if got := HTML(d); got != `<p>a</p><p><a href="https://blog.example/f.mp4" rel="nofollow noopener noreferrer">The ferry</a></p>` || len(found) != 1 || found[0].Alt != "A pier" {
		t.Errorf("%s with %+v", got, found)
	}
}
