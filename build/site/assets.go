package site

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"github.com/evanw/esbuild/pkg/api"

	"vitrine/app/words"
	"vitrine/build/config"
	"vitrine/build/script"
)

// Server is a server worth a look, as the program reads it (app/state, SiteServer).
type Server struct {
	Host      string   `json:"host"`
	Topic     string   `json:"topic"`
	Languages []string `json:"languages"`
	Software  string   `json:"software,omitempty"`
	Feed      string   `json:"feed,omitempty"`
	Text      string   `json:"text"`
	TextDe    string   `json:"textDe,omitempty"`
	Active    int      `json:"active,omitempty"`
	Guests    string   `json:"guests,omitempty"`
	Seen      string   `json:"seen,omitempty"`
}

// about is the description of the site that the program reads (app/state, Site).
type about struct {
	Title     string      `json:"title"`
	Contact   string      `json:"contact"`
	Languages []string    `json:"languages"`
	Speaks    []speech    `json:"speaks"`
	Source    string      `json:"source"`
	Demo      bool        `json:"demo"`
	Blocked   []string    `json:"blocked,omitempty"`
	Pages     []aboutPage `json:"pages"`
	Servers   []Server    `json:"servers"`
	Lists     []List      `json:"lists,omitempty"`
	Feeds     []Feed      `json:"feeds,omitempty"`
}

// List is a starter list, as the program reads it (app/state, SiteList).
type List struct {
	Name      string   `json:"name"`
	Text      string   `json:"text,omitempty"`
	TextDe    string   `json:"textDe,omitempty"`
	Addresses []string `json:"addresses"`
}

// Feed is an official feed, as the program reads it (app/state, SiteFeed).
type Feed struct {
	Name      string   `json:"name"`
	Title     string   `json:"title"`
	Language  string   `json:"language"`
	Addresses []string `json:"addresses"`
}

// speech is a language of the interface, as the program reads it (app/state, SiteSpeech).
type speech struct {
	Tag  string `json:"tag"`
	Name string `json:"name"`
}

type aboutPage struct {
	Name  string            `json:"name"`
	Href  string            `json:"href"`  // in the site's language
	Hrefs map[string]string `json:"hrefs"` // by language
}

// links are what every page links to.
type links struct {
	Base, Version, Title, Source        string
	First, Later                        string // styles: what first screens need, and the rest
	Icons, Favicon, TouchIcon, Manifest string
}

// assets adds what all pages share: styles and icons.
func (r *renderer) assets() error {
	first, err := r.style("css/tokens.css", "css/look.css", "css/post.css", "css/views.css", "css/app.css")
	if err != nil {
		return err
	}
	later, err := r.style("css/later.css")
	if err != nil {
		return err
	}
	r.first = first
	signs, err := r.read("icons/icons.svg")
	if err != nil {
		return err
	}
	icons, err := appIcons(signs)
	if err != nil {
		return err
	}
	r.links = links{
		Base: r.Base, Title: r.Config.Title, Source: r.Config.Source, Manifest: r.Base + "manifest.webmanifest",
		First: r.asset("first.css", first), Later: r.asset("later.css", later), Icons: r.asset("icons.svg", signs),
		Favicon: r.asset("favicon.svg", icons.favicon), TouchIcon: r.asset("touch.png", icons.touch),
	}
	return r.manifest(icons)
}

// style makes one short style of some.
func (r *renderer) style(names ...string) ([]byte, error) {
	style, err := r.read(names...)
	if err != nil {
		return nil, err
	}
	return script.Minify(names[len(names)-1], style, api.LoaderCSS)
}

// shot is a picture of the app, as systems show it before it is installed.
// Source: https://www.w3.org/TR/manifest-app-info/#screenshots-member
type shot struct {
	Src   string `json:"src"`
	Sizes string `json:"sizes"`
	Type  string `json:"type"`
	Form  string `json:"form_factor"`
}

// shots adds the pictures that `make screenshot` makes.
func (r *renderer) shots() (all []shot, err error) {
	for _, s := range []shot{{"narrow", "412x732", "image/webp", "narrow"}, {"wide", "1280x800", "image/webp", "wide"}} {
		data, err := r.read("shots/" + s.Src + ".webp")
		if err != nil {
			return nil, err
		}
		s.Src = r.asset("shot-"+s.Src+".webp", data)
		all = append(all, s)
	}
	return all, nil
}

// manifest makes the site installable.
// Source: https://www.w3.org/TR/appmanifest/
func (r *renderer) manifest(icons appIconSet) error {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
	}
	type file struct {
		Name   string   `json:"name"`
		Accept []string `json:"accept"`
	}
	type params struct {
		Title string `json:"title"`
		Text  string `json:"text"`
		URL   string `json:"url"`
		Files []file `json:"files"`
	}
	type share struct { // https://w3c.github.io/web-share-target/; the service worker reads what comes
		Action  string `json:"action"`
		Method  string `json:"method"`
		Enctype string `json:"enctype"`
		Params  params `json:"params"`
	}
	type opener struct { // https://wicg.github.io/manifest-incubations/#file_handlers-member; web/js/brought.js reads the files
		Action string              `json:"action"`
		Accept map[string][]string `json:"accept"`
	}
	type shortcut struct { // https://www.w3.org/TR/appmanifest/#shortcuts-member
		Name  string `json:"name"`
		URL   string `json:"url"`
		Icons []icon `json:"icons"`
	}
	type link struct { // https://wicg.github.io/manifest-incubations/#protocol_handlers-member
		Protocol string `json:"protocol"`
		URL      string `json:"url"`
	}
	png := func(name, size, purpose string, data []byte) icon {
		return icon{r.asset(name, data), size, "image/png", purpose}
	}
	first := r.locales[r.names[0]]
	description, err := sentence(first.Words, "start.lead")
	if err != nil {
		return err
	}
	var shortcuts []shortcut
	for _, view := range []string{"home", "saved", "search"} { // each has the name of its sign, of its sentence and of its address
		name, err := sentence(first.Words, "nav."+view)
		if err != nil {
			return err
		}
		shortcuts = append(shortcuts, shortcut{name, r.Base + "#/" + view, []icon{png("shortcut-"+view+".png", "96x96", "any", icons.shortcuts[view])}})
	}
	shots, err := r.shots()
	if err != nil {
		return err
	}
	// What holds lists of what can be followed (app/state, isList). Systems name their types differently, so that the endings stand beside them.
	// Archives of accounts and JSON Feeds are read too.
	lists := map[string][]string{"text/x-opml": {".opml"}, "text/csv": {".csv"}, "application/json": {".json"}, "application/zip": {".zip"}, "application/gzip": {".gz", ".tgz"}}
	var accepted []string
	for _, kind := range slices.Sorted(maps.Keys(lists)) {
		accepted = append(append(accepted, kind), lists[kind]...)
	}
	data, err := json.MarshalIndent(struct {
		ID          string     `json:"id"`
		Name        string     `json:"name"`
		ShortName   string     `json:"short_name"`
		Description string     `json:"description"`
		Lang        string     `json:"lang"`
		Dir         string     `json:"dir"`
		StartURL    string     `json:"start_url"`
		Scope       string     `json:"scope"`
		Display     string     `json:"display"`
		Background  string     `json:"background_color"`
		Theme       string     `json:"theme_color"`
		Icons       []icon     `json:"icons"`
		Screenshots []shot     `json:"screenshots"`
		Shortcuts   []shortcut `json:"shortcuts"`
		Share       share      `json:"share_target"`
		Files       []opener   `json:"file_handlers"`
		Protocols   []link     `json:"protocol_handlers"`
	}{
		ID: r.Base, Name: r.Config.Title, ShortName: r.Config.Title, Description: description, Lang: first.Lang(), Dir: words.Direction(first.Lang()),
		StartURL: r.Base, Scope: r.Base, Display: "standalone", Background: "#fcfbf8", Theme: "#0b5a49",
		Icons: []icon{
			{r.links.Favicon, "any", "image/svg+xml", "any"},
			png("icon-192.png", "192x192", "any", icons.small), png("icon-512.png", "512x512", "any", icons.large),
			png("icon-maskable.png", "512x512", "maskable", icons.maskable),
		},
		Screenshots: shots,
		Shortcuts:   shortcuts,
		Share:       share{r.Base, "POST", "multipart/form-data", params{"title", "text", "url", []file{{"files", accepted}}}},
		Files:       []opener{{r.Base, lists}},
		Protocols:   []link{{"web+ap", r.Base + "?u=%s"}, {"web+activitypub", r.Base + "?u=%s"}}, // FEP-07d7
	}, "", "  ")
	r.files["manifest.webmanifest"] = data
	return err
}

// aboutFile adds the description of the site for the program and returns its URL path.
func (r *renderer) aboutFile() (string, error) {
	c := r.Config
	a := about{Title: c.Title, Contact: c.Contact, Languages: c.Languages, Source: c.Source, Demo: len(r.Demo) > 0, Blocked: c.Blocked, Servers: slices.Clone(r.Demo)}
	for _, name := range pageNames() {
		p := aboutPage{Name: name, Href: r.pageURL(name, r.names[0]), Hrefs: map[string]string{}}
		for _, lang := range r.names {
			p.Hrefs[lang] = r.pageURL(name, lang)
		}
		a.Pages = append(a.Pages, p)
	}
	for _, lang := range slices.Sorted(maps.Keys(r.locales)) {
		a.Speaks = append(a.Speaks, speech{lang, r.locales[lang].LanguageName(lang)})
	}
	servers, err := r.servers()
	if err != nil {
		return "", err
	}
	for _, s := range servers {
		a.Servers = append(a.Servers, Server(s))
	}
	for _, l := range c.Lists {
		a.Lists = append(a.Lists, List(l))
	}
	for _, f := range c.Feeds {
		a.Feeds = append(a.Feeds, Feed{Name: f.Name, Title: cmp.Or(f.Title, f.Name), Language: f.Language, Addresses: f.Addresses})
	}
	data, err := json.Marshal(a)
	if err != nil {
		return "", err
	}
	return r.asset("site.json", data), nil
}

// servers are the owner's, or the built-in ones.
func (r *renderer) servers() ([]config.Server, error) {
	if len(r.Config.Servers) > 0 {
		return r.Config.Servers, nil
	}
	const file = "content/servers.toml"
	data, err := r.read(file)
	if err != nil {
		return nil, err
	}
	return config.ParseServers("web/"+file, data)
}
