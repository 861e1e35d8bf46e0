package config

import "slices"

// Site is what the owner of a site has configured.
type Site struct {
	Title     string   `toml:"title"`
	BaseURL   string   `toml:"base_url"`  // where the site will stand; "" is unknown
	Languages []string `toml:"languages"` // BCP 47 tags; the first is the site's
	Timezone  string   `toml:"timezone"`  // an IANA name
	Contact   string   `toml:"contact"`   // Markdown's idea of plain text: addresses in it become links
	Source    string   `toml:"source"`    // URL of the source code, "" where it is unknown
	Blocked   []string `toml:"blocked"`   // hosts, handles and URLs that this site doesn't open
	Servers   []Server `toml:"server"`    // replaces the built-in list when there are any
	Lists     []List   `toml:"list"`
	Feeds     []Feed   `toml:"feed"`
}

// Server is a server worth a look.
type Server struct {
	Host      string   `toml:"host"`
	Topic     string   `toml:"topic"`     // a word, or a name as people read it
	Languages []string `toml:"languages"` // of most posts there; "mul" for many
	Software  string   `toml:"software"`  // as nodeinfo names it
	Feed      string   `toml:"feed"`      // URL of the web feed that it is read by; "" for a server with an API
	Text      string   `toml:"text"`      // one sentence
	TextDe    string   `toml:"text_de"`   // the same in German
	Active    int      `toml:"active"`    // accounts that were active in a month; 0 for unknown
	Guests    string   `toml:"guests"`    // what guests may see there: "all", "part" or "none"; "" for unknown
	Seen      string   `toml:"seen"`      // the day when Active and Guests were so: "2026-05-24"; "" for never
}

// List is a starter list: what the site's owner suggests to follow.
type List struct {
	Name      string   `toml:"name"`    // as people read it
	Text      string   `toml:"text"`    // one sentence; "" for none
	TextDe    string   `toml:"text_de"` // the same in German
	Addresses []string `toml:"addresses"`
}

// Feed is an official feed: a static copy that other pages embed.
type Feed struct {
	Name       string   `toml:"name"` // of its folder
	Title      string   `toml:"title"`
	List       string   `toml:"list"`      // name of a [[list]] whose addresses it has too; "" for none
	Addresses  []string `toml:"addresses"` // those of the list first, each once
	Limit      int      `toml:"limit"`
	Replies    bool     `toml:"replies"`
	Boosts     bool     `toml:"boosts"`
	OnlyMedia  bool     `toml:"only_media"`
	Media      string   `toml:"media"`    // "mirror", "link", "none"
	Warnings   string   `toml:"warnings"` // "fold", "hide", "show"
	Words      []string `toml:"words"`
	Hide       []string `toml:"hide"`
	Deletions  string   `toml:"deletions"` // "mirror", "record"
	MaxFile    int      `toml:"max_file"`  // megabytes: larger films and sounds are linked, not mirrored
	Language   string   `toml:"language"`
	configured int      // line of its header
}

// Line is where the feed stands in its file.
func (f Feed) Line() int { return f.configured }

// Default is a site whose owner has said nothing.
func Default() Site {
	return Site{Title: "Vitrine", Languages: []string{"en"}, Timezone: "UTC"}
}

// Parse reads a site's configuration. name is the file's, for reports. The error is a Mistakes.
func Parse(name string, data []byte) (Site, error) {
	site := Default()
	doc, mistakes := decode(name, data, &site)
	if len(mistakes) > 0 {
		return Site{}, mistakes
	}
	for i := range site.Feeds {
		site.Feeds[i].complete(doc, i, site.Languages)
	}
	v := validator{doc: doc}
	v.site(site)
	v.servers(site.Servers)
	v.lists(site.Lists)
	v.feeds(site)
	if len(v.found) > 0 {
		return Site{}, v.found.sorted()
	}
	for i := range site.Feeds {
		site.Feeds[i].join(site.Lists)
	}
	return site, nil
}

// ParseServers reads a list of [[server]] alone.
func ParseServers(name string, data []byte) ([]Server, error) {
	var list struct {
		Servers []Server `toml:"server"`
	}
	doc, mistakes := decode(name, data, &list)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	v := validator{doc: doc}
	v.servers(list.Servers)
	if len(v.found) > 0 {
		return nil, v.found.sorted()
	}
	return list.Servers, nil
}

// complete fills in the defaults of what isn't said.
func (f *Feed) complete(doc *document, i int, languages []string) {
	f.configured = doc.line(at("feed", i))
	said := func(key string) bool { return doc.has(at("feed", i, key)) }
	if !said("limit") {
		f.Limit = 20
	}
	if !said("max_file") {
		f.MaxFile = 20
	}
	if !said("boosts") {
		f.Boosts = true
	}
	if f.Language == "" && len(languages) > 0 {
		f.Language = languages[0]
	}
	for key, to := range map[string]*string{"media": &f.Media, "deletions": &f.Deletions} {
		if !said(key) {
			*to = "mirror"
		}
	}
	if !said("warnings") {
		f.Warnings = "fold"
	}
}

// join adds what the feed takes from its list.
func (f *Feed) join(lists []List) {
	for _, l := range lists {
		if f.List == "" || l.Name != f.List {
			continue
		}
		own := f.Addresses
		f.Addresses = slices.Clone(l.Addresses)
		for _, a := range own {
			if !slices.Contains(f.Addresses, a) {
				f.Addresses = append(f.Addresses, a)
			}
		}
		if f.Title == "" {
			f.Title = l.Name
		}
	}
}
