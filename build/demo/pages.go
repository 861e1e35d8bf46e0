package demo

import (
	"encoding/xml"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"
)

// pageTemplate is the plain page that a profile, a post or the index has for people.
var pageTemplate = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Title}}</title>
{{with .Feed}}<link rel="alternate" type="application/rss+xml" href="{{.}}">{{end}}
<style>body{font:17px/1.5 Georgia,serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color:#1d2320;background:#fcfbf8}a{color:#0b5a49}</style>
<h1>{{.Title}}</h1>
{{with .Body}}<div>{{.}}</div>{{end}}
{{with .Links}}<ul>{{range .}}<li><a href="{{.URL}}">{{.Text}}</a>{{with .Note}}: {{.}}{{end}}</li>{{end}}</ul>{{end}}
<p><small>{{.Foot}}</small></p>
</html>
`))

type pageData struct {
	Title, Feed, Foot string
	Body              template.HTML // of this world's own making
	Links             []pageLink
}

type pageLink struct{ URL, Text, Note string }

func writePage(w http.ResponseWriter, code int, data pageData) {
	var out strings.Builder
	if err := pageTemplate.Execute(&out, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	page(w, code, out.String())
}

func lostPage(w http.ResponseWriter) {
	writePage(w, http.StatusNotFound, pageData{Title: "Nothing here", Foot: "The page you are looking for isn’t here."})
}

// profilePage is /@user and, with the ending ".rss", its feed. Pages have no CORS: a browser can't read them.
func (s *server) profilePage(w http.ResponseWriter, r *http.Request) {
	handle, rss := strings.CutSuffix(r.PathValue("handle"), ".rss")
	user, found := strings.CutPrefix(handle, "@")
	if !found {
		lostPage(w)
		return
	}
	d := s.demo
	d.mu.RLock()
	defer d.mu.RUnlock()
	v := s.view()
	p := v.resolvable(user)
	if p == nil || p.suspended {
		lostPage(w)
		return
	}
	if rss {
		s.writeRSS(w, r, v, p)
		return
	}
	writePage(w, http.StatusOK, pageData{
		Title: firstOf(p.name, p.user), Body: template.HTML(v.account(p).Note), Feed: v.profileURL(p) + ".rss",
		Foot: "@" + p.user + "@" + v.host(p.home),
	})
}

func (s *server) postPage(w http.ResponseWriter, r *http.Request) {
	s.demo.mu.RLock()
	defer s.demo.mu.RUnlock()
	v := s.view()
	p := v.postByID(r.PathValue("id"))
	if p == nil || !strings.EqualFold(r.PathValue("handle"), "@"+v.handle(p.author, v.label)) {
		lostPage(w)
		return
	}
	shown := v.status(p)
	writePage(w, http.StatusOK, pageData{
		Title: firstOf(p.author.name, p.author.user), Body: template.HTML(shown.Content),
		Links: []pageLink{{URL: v.profileURL(p.author), Text: "All posts"}}, Foot: p.at.Format(time.RFC1123),
	})
}

type rssFeed struct {
	XMLName xml.Name  `xml:"rss"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"channel>title"`
	About   string    `xml:"channel>description"`
	Link    string    `xml:"channel>link"`
	Items   []rssItem `xml:"channel>item"`
}

type rssItem struct {
	GUID        rssGUID `xml:"guid"`
	Link        string  `xml:"link"`
	Published   string  `xml:"pubDate"`
	Description string  `xml:"description"`
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	URL       string `xml:",chardata"`
}

// writeRSS sends a profile's last posts as Mastodon's feed has them: no titles, no replies, no boosts.
func (s *server) writeRSS(w http.ResponseWriter, r *http.Request, v view, author *person) {
	feed := rssFeed{Version: "2.0", Title: firstOf(author.name, author.user), About: "Public posts from @" + author.user + "@" + v.host(author.home), Link: v.profileURL(author)}
	for _, p := range slices.Backward(v.posts) {
		if p.author != author || !p.open() || p.boostOf != nil || p.parent != nil || len(feed.Items) == timelineLimit {
			continue
		}
		url := v.postURL(p)
		feed.Items = append(feed.Items, rssItem{GUID: rssGUID{true, url}, Link: url, Published: p.at.Format(time.RFC1123Z), Description: v.plain(p).Content})
	}
	out, err := xml.MarshalIndent(feed, "", "  ")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	allowAnyOrigin(w.Header(), r)
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	w.Header().Set("Cache-Control", "max-age=60, public")
	_, _ = w.Write(append([]byte(xml.Header), out...))
}

// frontPage is a server's root for people.
func (s *server) frontPage(w http.ResponseWriter, _ *http.Request) {
	writePage(w, http.StatusOK, pageData{Title: s.title, Body: template.HTML(template.HTMLEscapeString(s.summary)), Foot: s.text})
}

// indexPage lists the servers, for whoever opens the port without a name.
func (d *Demo) indexPage(w http.ResponseWriter, _ *http.Request) {
	data := pageData{Title: "The demo fediverse", Foot: "Everybody here is made up. Nothing leaves this machine."}
	for _, h := range d.Hosts() {
		data.Links = append(data.Links, pageLink{"http://" + h.Name + "/", h.Name, h.Text})
	}
	writePage(w, http.StatusOK, data)
}
