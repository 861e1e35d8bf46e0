// Package pages makes the files of official feeds: pages to read, to frame and to include, the tree that the custom element draws,
// Atom and JSON Feed, and the report of what a visitor's browser loads. What it makes depends on what it is given alone: neither on
// the clock nor on the network.
package pages

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/words"
	"vitrine/build/config"
	"vitrine/build/embedding"
	app "vitrine/build/site"
	"vitrine/build/snapshot/ledger"
)

// Site is what all feeds of a site share.
type Site struct {
	Title   string
	BaseURL string // where it stands, with a slash at its end; "" is unknown
	Base    string // its path, with slashes around
	web     fs.FS
	zone    *time.Location
	icons   icons
	icon    []byte // of tabs
	assets  *embedding.Assets
	words   map[string]*words.Words
	first   string // the site's language
}

// New prepares the making of pages. web is package web's Files.
func New(web fs.FS, c config.Site, base string) (*Site, error) {
	s := &Site{Title: c.Title, Base: base, web: web, words: map[string]*words.Words{}}
	if c.BaseURL != "" {
		s.BaseURL = strings.TrimSuffix(c.BaseURL, "/") + "/"
	}
	var err error
	if s.zone, err = time.LoadLocation(c.Timezone); err != nil {
		return nil, err
	}
	if s.assets, err = embedding.Make(web); err != nil {
		return nil, err
	}
	IconFile, err := fs.ReadFile(web, "icons/icons.svg")
	if err != nil {
		return nil, err
	}
	if s.icons, err = readIcons(IconFile); err != nil {
		return nil, err
	}
	if s.icon, err = app.Favicon(IconFile); err != nil {
		return nil, err
	}
	found, err := fs.Glob(web, "locales/static/*.json")
	if err != nil {
		return nil, err
	}
	for _, file := range found {
		own, err := fs.ReadFile(web, file)
		if err != nil {
			return nil, err
		}
		all, err := fs.ReadFile(web, strings.Replace(file, "static/", "", 1))
		if err != nil {
			return nil, err
		}
		w, err := words.Load(all, own)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		s.words[w.Lang()] = w
	}
	s.first = s.wordsFor(append(c.Languages, "en")...).Lang()
	return s, nil
}

// wordsFor returns the sentences of the first language that there are sentences in.
func (s *Site) wordsFor(languages ...string) *words.Words {
	for _, l := range append(languages, s.first) {
		primary, _, _ := strings.Cut(l, "-")
		if w := s.words[primary]; w != nil {
			return w
		}
	}
	return s.words["en"]
}

// IconFile is the icon that all pages of feeds name: browsers ask for one at the site's root else, which nobody may have put there.
const IconFile = "feeds/icon.svg"

// Assets are what pages that show a feed load beside it.
func (s *Site) Assets() map[string][]byte {
	files := s.assets.Files()
	files[IconFile] = s.icon
	return files
}

func (s *Site) local(t time.Time) time.Time { return t.In(s.zone) }

// Feed is one feed as it is to be shown.
type Feed struct {
	config.Feed
	Ledger  *ledger.Ledger
	Posts   []ledger.Item // what is shown, in the order of time, newest first
	Order   Order
	NoIndex bool // somebody whose posts are shown wants to be in no search engine
}

// Order is how posts follow each other on a page.
type Order uint8

// The orders: a conversation is read from its beginning.
const (
	NewestFirst Order = iota
	OldestFirst
)

// file is how a template names an asset of feeds.
type file struct{ Href, Integrity string }

func (s *Site) assetFile(p embedding.Asset, up string) file {
	return file{up + p.Hashed.Name, p.Hashed.Integrity}
}

// shell is what all templates draw with.
type shell struct {
	Lang, Dir string
	Policy    string
	SiteTitle string
	Title     string // of the feed
	PageTitle string
	Style     file
	Icon      string
	words     *words.Words
}

// T returns a sentence; a template that asks for one that is nowhere ends the build.
func (f shell) T(key string) (string, error) {
	if said := f.words.T(key); said != key {
		return said, nil
	}
	return "", fmt.Errorf("the locale %q has no %q", f.words.Lang(), key)
}

func (s *Site) draw(name string, data any) ([]byte, error) {
	t, err := template.ParseFS(s.web, "shell/feed/"+name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// renderHTML writes a tree for a template. It comes from app/markup, which writes nothing that is outside its closed set.
func renderHTML(n markup.Node) (template.HTML, error) {
	var b strings.Builder
	if err := markup.HTML(&b, n); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}
