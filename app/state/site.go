package state

import (
	"vitrine/feeds/exchange"
	"vitrine/feeds/jsontext"
)

// Site is what the person who put the site up has configured. build/site writes it, the loader hands it over.
type Site struct {
	Title   string       `json:"title"`
	Contact string       `json:"contact"`
	Source  string       `json:"source"`
	Demo    bool         `json:"demo"`
	Speaks  []SiteSpeech `json:"speaks"`
	Blocked []string     `json:"blocked"` // what the site doesn't open (feeds/blocklist)
	Pages   []SitePage   `json:"pages"`
	Servers []SiteServer `json:"servers"`
	Lists   []SiteList   `json:"lists"`
	Feeds   []SiteFeed   `json:"feeds"`
}

// SiteSpeech is a language of the interface.
type SiteSpeech struct {
	Tag  string `json:"tag"`
	Name string `json:"name"` // in the language itself
}

// SiteFeed is an official feed, which other websites can show.
type SiteFeed struct {
	Name      string   `json:"name"` // of its folder below feeds/
	Title     string   `json:"title"`
	Language  string   `json:"language"`
	Addresses []string `json:"addresses"` // whose posts it has
}

// SiteList is a starter list: what the site's owner suggests to follow.
type SiteList struct {
	Name      string   `json:"name"`
	Text      string   `json:"text"` // "" for none
	TextDe    string   `json:"textDe"`
	Addresses []string `json:"addresses"` // as people write them, see package address
}

// TextIn returns what the list is, in a language where that is written, else in English.
func (l SiteList) TextIn(lang string) string { return inGerman(lang, l.TextDe, l.Text) }

// Link is the address of the view that offers to follow the list; "" where an address in it is none.
func (l SiteList) Link() string {
	link, err := exchange.EncodeLink(exchange.Link{Name: l.Name, Addresses: l.Addresses})
	if err != nil {
		return ""
	}
	return link
}

// inGerman returns the German text to readers of German where there is one, else the other.
func inGerman(lang, german, other string) string {
	if lang == "de" && german != "" {
		return german
	}
	return other
}

// SitePage is a static page beside the app.
type SitePage struct {
	Name  string            `json:"name"`  // "about", "help", "privacy", "imprint"
	Href  string            `json:"href"`  // in the site's language
	Hrefs map[string]string `json:"hrefs"` // by language
}

// In returns the page's address in a language where there is one, else in the site's.
func (p SitePage) In(lang string) string {
	if href := p.Hrefs[lang]; href != "" {
		return href
	}
	return p.Href
}

// SiteServer is a server worth a look.
type SiteServer struct {
	Host      string   `json:"host"`
	Topic     string   `json:"topic"`
	Languages []string `json:"languages"`
	Software  string   `json:"software"`
	Feed      string   `json:"feed"` // URL of the web feed that it is read by; "" for a server
	Text      string   `json:"text"`
	TextDe    string   `json:"textDe"`
	Active    int      `json:"active"` // accounts that were active in a month; 0 for unknown
	Guests    string   `json:"guests"` // what guests may see there: "all", "part" or "none"; "" for unknown
	Seen      string   `json:"seen"`   // the day when Active and Guests were so, "2026-05-24"; "" for never
}

// TextIn returns what the server is, in a language where that is written, else in English.
func (s SiteServer) TextIn(lang string) string { return inGerman(lang, s.TextDe, s.Text) }

// ReadSite reads what build/site wrote. What can't be read is a site with the usual title and nothing else.
func ReadSite(data []byte) Site {
	site := Site{Title: "Vitrine"}
	if err := jsontext.Unmarshal(data, &site); err != nil {
		return Site{Title: "Vitrine"} // a site without its list still opens every address
	}
	return site
}
