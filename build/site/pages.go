package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	texttemplate "text/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"vitrine/build/script"
)

// pageNames are the static pages that every page links to, in this order.
func pageNames() []string { return []string{"about", "help", "privacy", "imprint"} }

// pageFile is a page's file: "about.html" in the site's language, "about.de.html" in another.
func (r *renderer) pageFile(name, lang string) string {
	if lang == r.names[0] {
		return name + ".html"
	}
	return name + "." + lang + ".html"
}

func (r *renderer) pageURL(name, lang string) string { return r.Base + r.pageFile(name, lang) }

// translation is the same page in another language.
type translation struct{ Lang, Href, Name string }

// pages adds the static pages in all languages, and what a host shows for addresses that don't exist.
func (r *renderer) pages() error {
	theme, err := script.Bundle(r.Web, "js/theme.js")
	if err != nil {
		return err
	}
	themeURL := r.asset("theme.js", theme)
	for _, lang := range r.names {
		for _, name := range append(pageNames(), "404") {
			if err := r.page(name, lang, themeURL); err != nil {
				return fmt.Errorf("the page %s in %s: %w", name, lang, err)
			}
		}
	}
	return nil
}

func (r *renderer) page(name, lang, theme string) error {
	if name == "404" && lang != r.names[0] {
		return nil // hosts support only one error page
	}
	title, body, err := r.content(name, lang)
	if err != nil {
		return err
	}
	f, err := r.frame(lang, name)
	if err != nil {
		return err
	}
	f.Policy, f.Title = pagePolicy(), title+" · "+r.Config.Title
	var others []translation
	for _, l := range r.names {
		if l != lang && name != "404" {
			others = append(others, translation{l, r.pageURL(name, l), r.locales[l].LanguageName(l)})
		}
	}
	r.files[r.pageFile(name, lang)], err = r.draw("page.html", struct {
		frame
		Theme  string
		Body   template.HTML
		Others []translation
	}{f, theme, body, others})
	return err
}

// content reads a page's Markdown and returns its first heading and its HTML. goldmark leaves raw HTML out, so what an owner
// writes into the configuration stays text.
func (r *renderer) content(name, lang string) (title string, body template.HTML, err error) {
	data, err := r.read("content/" + name + "." + lang + ".md")
	if errors.Is(err, fs.ErrNotExist) {
		data, err = r.read("content/" + name + ".md")
	}
	if err != nil {
		return "", "", err
	}
	t, err := texttemplate.New(name).Option("missingkey=error").Parse(string(data))
	if err != nil {
		return "", "", err
	}
	var filled, html bytes.Buffer
	if err := t.Execute(&filled, struct {
		Title, Contact, Source, Base string
		Feeds                        bool // there are official feeds
	}{r.Config.Title, r.Config.Contact, r.Config.Source, r.Base, len(r.Config.Feeds) > 0}); err != nil {
		return "", "", err
	}
	if err := goldmark.New(goldmark.WithExtensions(extension.Linkify, extension.Table)).Convert(filled.Bytes(), &html); err != nil {
		return "", "", err
	}
	heading, _, _ := strings.Cut(filled.String(), "\n")
	title, ok := strings.CutPrefix(heading, "# ")
	if !ok {
		return "", "", errors.New("it does not begin with a heading")
	}
	return title, template.HTML(html.String()), nil
}
