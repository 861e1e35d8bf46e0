package config

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	_ "time/tzdata" // so that a time zone is known on machines without a database of them

	"vitrine/feeds/address"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/exchange"
)

// validator collects what is wrong with values of the right type.
type validator struct {
	doc   *document
	found Mistakes
}

func (v *validator) mistake(path, text, suggestion string) {
	v.found = append(v.found, Mistake{File: v.doc.name, Line: v.doc.line(path), Key: path, Text: text, Suggestion: suggestion})
}

func (v *validator) site(s Site) {
	if strings.TrimSpace(s.Title) == "" {
		v.mistake("title", "is empty", "")
	}
	v.webURL("base_url", s.BaseURL)
	v.webURL("source", s.Source)
	if len(s.Languages) == 0 {
		v.mistake("languages", "is empty", `the first is the site's, "en"`)
	}
	v.languages("languages", s.Languages)
	if _, err := time.LoadLocation(s.Timezone); err != nil || s.Timezone == "" || s.Timezone == "Local" {
		v.mistake("timezone", "is not the name of a time zone", `such as "Europe/Berlin"`)
	}
	for i, b := range s.Blocked {
		v.blocked(at("blocked", i), b)
	}
}

func (v *validator) servers(list []Server) {
	seen := map[string]bool{}
	for i, s := range list {
		path := func(key string) string { return at("server", i, key) }
		a, err := address.Parse(s.Host)
		switch {
		case s.Host == "":
			v.mistake(path("host"), "is missing", "")
		case err != nil || a.Kind != address.Server || a.Host != s.Host:
			v.mistake(path("host"), "is not the name of a server", `such as "mastodon.example", in small letters`)
		case seen[s.Host]:
			v.mistake(path("host"), "stands twice", "")
		}
		seen[s.Host] = true
		if strings.TrimSpace(s.Topic) == "" {
			v.mistake(path("topic"), "is missing", `a word, such as "science"`)
		}
		if strings.TrimSpace(s.Text) == "" {
			v.mistake(path("text"), "is missing", "what the server is, in a sentence")
		}
		v.languages(path("languages"), s.Languages)
		v.facts(path, s)
	}
}

// facts are what `doctor -all -write` notes of a server.
func (v *validator) facts(path func(string) string, s Server) {
	switch s.Guests {
	case "", "all", "part", "none":
	default:
		v.mistake(path("guests"), "is unknown", `"all", "part" or "none"`)
	}
	if s.Active < 0 {
		v.mistake(path("active"), "is negative", "how many accounts are active in a month")
	}
	if _, err := time.Parse(time.DateOnly, s.Seen); s.Seen != "" && err != nil {
		v.mistake(path("seen"), "is not a day", `such as "2026-05-24"`)
	}
	if s.Seen == "" && (s.Guests != "" || s.Active != 0) {
		v.mistake(path("seen"), "is missing", "the day when the server was asked")
	}
}

func (v *validator) lists(list []List) {
	seen := map[string]bool{}
	for i, l := range list {
		path := func(key string) string { return at("list", i, key) }
		switch {
		case strings.TrimSpace(l.Name) == "":
			v.mistake(path("name"), "is missing", `such as "Town halls"`)
		case seen[l.Name]:
			v.mistake(path("name"), "stands twice", "")
		}
		seen[l.Name] = true
		if len(l.Addresses) == 0 {
			v.mistake(path("addresses"), "is missing", addressesExample)
		}
		for j, a := range l.Addresses {
			v.followable(at("list", i, "addresses", j), a, l.Addresses[:j])
		}
	}
}

// followable takes an address of something that a reader can follow.
func (v *validator) followable(path, given string, before []string) {
	known := len(v.found)
	if v.source(path, given, before); len(v.found) > known {
		return
	}
	key, ok := exchange.Key(given)
	if !ok {
		v.mistake(path, "is nothing that can be followed", "a person, hashtag, community, server or web feed")
		return
	}
	for _, b := range before {
		if other, ok := exchange.Key(b); ok && other == key {
			v.mistake(path, "stands twice", "it is the same as "+b)
			return
		}
	}
}

// listed takes the name of a list.
func (v *validator) listed(path, given string, lists []List) {
	var names []string
	for _, l := range lists {
		if l.Name == given {
			return
		}
		names = append(names, strconv.Quote(l.Name))
	}
	if len(names) == 0 {
		v.mistake(path, "is the name of no list", "there is no [[list]]")
		return
	}
	v.mistake(path, "is the name of no list", "known are "+strings.Join(names, ", "))
}

const addressesExample = `such as ["@town@social.example"]`

func (v *validator) feeds(site Site) {
	seen := map[string]bool{}
	name := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for i, f := range site.Feeds {
		path := func(key string) string { return at("feed", i, key) }
		switch {
		case f.Name == "":
			v.mistake(path("name"), "is missing", "it becomes the folder feeds/NAME/")
		case !name.MatchString(f.Name):
			v.mistake(path("name"), "can't name a folder", "small letters, digits and - between them")
		case seen[f.Name]:
			v.mistake(path("name"), "stands twice", "")
		}
		seen[f.Name] = true
		if f.List != "" {
			v.listed(path("list"), f.List, site.Lists)
		} else if len(f.Addresses) == 0 {
			v.mistake(path("addresses"), "is missing", addressesExample)
		}
		for j, a := range f.Addresses {
			v.source(at("feed", i, "addresses", j), a, f.Addresses[:j])
		}
		if f.Limit < 1 || f.Limit > 200 {
			v.mistake(path("limit"), "is not between 1 and 200", "")
		}
		if f.MaxFile < 0 || f.MaxFile > 500 {
			v.mistake(path("max_file"), "is not between 0 and 500", "megabytes")
		}
		v.oneOf(path("media"), f.Media, "mirror", "link", "none")
		v.oneOf(path("warnings"), f.Warnings, "fold", "hide", "show")
		v.oneOf(path("deletions"), f.Deletions, "mirror", "record")
		v.languages(path("language"), []string{f.Language})
		for j, uri := range f.Hide {
			v.webURL(at("feed", i, "hide", j), uri)
		}
	}
}

// source takes an address that a feed can be made of.
func (v *validator) source(path, given string, before []string) {
	a, err := address.Parse(given)
	switch {
	case slices.Contains(before, given):
		v.mistake(path, "stands twice", "")
	case err == nil && a.Kind == address.Tag && a.Host == "":
		v.mistake(path, "is a hashtag, which each server knows differently", `name one, as "#`+a.Tag+`@social.example"`)
	default:
		v.address(path, given)
	}
}

// blocked takes what can be blocked, which is less than can be opened: a hashtag belongs to nobody.
func (v *validator) blocked(path, given string) {
	if _, err := blocklist.New([]string{given}); err == nil {
		return
	}
	known := len(v.found)
	if v.address(path, given); len(v.found) == known {
		v.mistake(path, "is no server, account or post", `such as "social.example", "*.social.example" or "@somebody@social.example"`)
	}
}

// address takes what the address box takes. A page of a server that we can't name may still turn out to be a post.
func (v *validator) address(path, given string) {
	_, err := address.Parse(given)
	var e *address.Error
	if err == nil || errors.As(err, &e) && e.Reason == address.UnknownPath {
		return
	}
	suggestion := `such as "@town@social.example"`
	if e != nil && e.Reason == address.NoServer {
		suggestion = "the whole name of the server is missing"
	}
	v.mistake(path, "is not an address", suggestion)
}

func (v *validator) webURL(path, given string) {
	if given == "" {
		return
	}
	u, err := url.Parse(given)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		v.mistake(path, "is not the address of a page", `such as "https://www.example.org/"`)
		return
	}
	if path == "base_url" && (u.RawQuery != "" || u.Fragment != "" || u.User != nil) {
		v.mistake(path, "has more than a host and a path", "")
	}
}

func (v *validator) languages(path string, tags []string) {
	tag := regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	for i, t := range tags {
		where := path
		if len(tags) > 1 {
			where = at(path, i)
		}
		if !tag.MatchString(t) {
			v.mistake(where, "is not the tag of a language", `such as "en" or "pt-BR"`)
		}
	}
}

func (v *validator) oneOf(path, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		v.mistake(path, "is not known", `known are "`+strings.Join(allowed, `", "`)+`"`)
	}
}
