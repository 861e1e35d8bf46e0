package state_test

import (
	"strings"
	"testing"

	"vitrine/app/browser"
	"vitrine/app/browser/browsertest"
	"vitrine/app/markup"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// foreignPost is a post in a language that its server names.
func foreignPost(language string) *feeds.Post {
	p := feedstest.Post("a.example", "1", 1)
	p.Language, p.Title, p.Warning = language, "Das Licht", "Wetter"
	p.Body = content.ParseHTML(`<p>Guten <a href="https://a.example/x">Abend</a> <a class="hashtag" href="https://a.example/t">#tee</a></p><pre>kein Wort</pre>`, content.Options{})
	p.Poll = &feeds.Poll{Options: []feeds.PollOption{{Title: "Ja"}}}
	p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://a.example/1.png", Alt: "Ein Kran"}}
	return p
}

// drawnPost draws the post of a thread as its page does.
func drawnPost(t *testing.T, d *statetest.Driver, p *feeds.Post) string {
	t.Helper()
	var b strings.Builder
	if err := markup.HTML(&b, markup.Article(d.Drawing(""), markup.Row{Post: p, Open: d.Opened(p.Key)})); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// openPost opens the thread of a post in a browser that translates from some languages.
func openPost(d *statetest.Driver, p *feeds.Post, from ...string) {
	d.Window.Set(func(w *browsertest.Window) {
		w.Tongues = map[string]func(string) string{}
		for _, tag := range from {
			w.Tongues[tag] = strings.ToUpper
		}
	})
	s, _ := d.Host("a.example", 1)
	s.OnPost = func(string) (*feeds.Post, error) { return p, nil }
	s.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) { return nil, nil, nil }
	d.Visit("#/p/a.example/1")
}

func TestAPostIsTranslatedInPlaceAndTheOriginalComesBack(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		p := foreignPost("de")
		openPost(d, p, "de")
		press := browser.Click{Action: "translate", Post: p.Key}
		drawnPost(t, d, p)
		d.Pass(0)
		offered := drawnPost(t, d, p)
		if !strings.Contains(offered, `data-action="translate">Translate (German)</button>`) {
			t.Fatal(offered)
		}
		d.Do(press)
		d.Pass(0)
		said := drawnPost(t, d, p)
		for _, want := range []string{`data-part="content" lang="en"`, "GUTEN ", ">ABEND</a>", `href="https://a.example/x"`, "#tee</a>", "kein Wort", ">DAS LICHT<", ">WETTER<", ">JA<", `alt="EIN KRAN"`,
			"Translated by the browser. Original: German", `data-action="translate">Show the original</button>`} {
			if !strings.Contains(said, want) {
				t.Errorf("no %s in\n%s", want, said)
			}
		}
		d.Do(press)
		if back := drawnPost(t, d, p); back != offered {
			t.Errorf("the original is\n%s\nand was\n%s", back, offered)
		}
	})
}

func TestATranslationIsOfferedWhereTheBrowserHasOne(t *testing.T) {
	for name, c := range map[string]struct {
		language string
		from     []string
		offered  bool
	}{
		"another language":    {"de", []string{"de"}, true},
		"with its region":     {"de-AT", []string{"de-AT"}, true},
		"the reader's own":    {"en-GB", []string{"en-GB"}, false},
		"none is named":       {"", []string{""}, false},
		"no language":         {"zxx", []string{"zxx"}, false},
		"which it can't read": {"tlh", []string{"de"}, false},
		"no tag":              {"d<e", []string{"d<e"}, false},
	} {
		statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			p := foreignPost(c.language)
			openPost(d, p, c.from...)
			drawnPost(t, d, p)
			d.Pass(0)
			if got := drawnPost(t, d, p); strings.Contains(got, `data-action="translate"`) != c.offered {
				t.Errorf("%s: %s", name, got)
			}
			asked := strings.Count(d.Window.Calls(), "can ")
			drawnPost(t, d, p)
			d.Pass(0)
			if strings.Contains(d.Window.Calls(), "can ") || asked > 1 {
				t.Errorf("%s: the browser is asked again", name)
			}
		})
	}
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		if d.Drawing("a.example").Translates != nil {
			t.Error("translations are offered without a translator")
		}
	})
}

func TestATranslationSaysHowFarItIsAndCanBeStopped(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		p := foreignPost("de")
		openPost(d, p, "de")
		hold := make(chan struct{})
		d.Window.Set(func(w *browsertest.Window) { w.Hold = hold })
		press := browser.Click{Action: "translate", Post: p.Key}
		d.Do(press)
		d.Pass(0)
		if got := drawnPost(t, d, p); !strings.Contains(got, `<progress aria-label="The browser is translating…" max="100" value="50">`) || !strings.Contains(got, "Abend") || !strings.Contains(got, `data-action="translate">Stop</button>`) {
			t.Error(got)
		}
		d.Do(press)
		close(hold)
		d.Pass(0)
		if got := drawnPost(t, d, p); strings.Contains(got, "ABEND") || strings.Contains(got, "translat") && !strings.Contains(got, "Translate (German)") {
			t.Errorf("it goes on: %s", got)
		}
		if !strings.Contains(d.Window.Calls(), "stopped") {
			t.Error("the browser goes on translating")
		}
	})
}

func TestATranslationThatFailsSaysSoAndCanBeAskedForAgain(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		p := foreignPost("de")
		openPost(d, p)
		press := browser.Click{Action: "translate", Post: p.Key}
		d.Do(press)
		d.Pass(0)
		if got := drawnPost(t, d, p); !strings.Contains(got, `translate this now.</p>`) || !strings.Contains(got, "Abend") {
			t.Error(got)
		}
		d.Window.Set(func(w *browsertest.Window) { w.Tongues["de"] = strings.ToUpper })
		d.Do(press)
		d.Pass(0)
		if got := drawnPost(t, d, p); !strings.Contains(got, "ABEND") {
			t.Error(got)
		}
		d.Do(browser.Click{Action: "translate", Post: "https://nobody.example/1"})
	})
}

func TestAPostWhoseLanguageNobodySaysIsTranslatedFromItsMenu(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		p := foreignPost("")
		openPost(d, p, "ja")
		if d.Detects(p) || strings.Contains(drawnPost(t, d, p), `data-action="translate"`) {
			t.Error("it is offered where the browser can't find out the language")
		}
		d.Window.Set(func(w *browsertest.Window) { w.Detected = "ja" })
		if !d.Detects(p) || d.Detects(foreignPost("de")) || d.Detects(&feeds.Post{}) {
			t.Error("the menu offers it for the wrong posts")
		}
		d.Do(browser.Click{Action: "more", Post: p.Key})
		d.Window.Calls()
		press := browser.Click{Action: "translate", Post: p.Key}
		d.Do(press)
		d.Pass(0)
		if got := drawnPost(t, d, p); !strings.Contains(got, "ABEND") || !strings.Contains(got, "Original: Japanese") || !strings.Contains(d.Window.Calls(), "close menu") {
			t.Error(got)
		}
		d.Do(press)
		d.Window.Set(func(w *browsertest.Window) { w.Detected = "tlh" })
		d.Do(press)
		d.Pass(0)
		if got := drawnPost(t, d, p); !strings.Contains(got, `data-action="translate">Try again</button>`) || !strings.Contains(got, "Abend") {
			t.Errorf("one that isn't known: %s", got)
		}
	})
}
