package markup

import "vitrine/feeds"

// event is when and where something happens that a post announces.
func (d *Drawing) event(r Row) Node {
	e := r.Post.Event
	w := d.Words
	when := []Node{El("time", At("datetime", rfc3339(e.Starts)), Text(w.Full(d.local(e.Starts))))}
	if e.Ends.After(e.Starts) {
		begins, ends := d.local(e.Starts), d.local(e.Ends)
		until := w.Full(ends)
		if begins.Year() == ends.Year() && begins.YearDay() == ends.YearDay() {
			until = w.Clock(ends)
		}
		when = append(when, Text(" – "), El("time", At("datetime", rfc3339(e.Ends)), Text(until)))
	}
	var rows []Node
	if e.Status != "" {
		rows = append(rows, El("li", At("class", "line"), d.icon("warn"), El("strong", nil, Text(w.T("event."+string(e.Status))))))
	}
	rows = append(rows, El("li", At("class", "line"), d.icon("clock"), El("span", nil, when...)))
	if e.Place != "" {
		rows = append(rows, El("li", At("class", "line"), d.icon("world"), El("span", At("dir", "auto"), Text(e.Place))))
	}
	if href := first(e.Online); href != "" {
		rows = append(rows, El("li", At("class", "line"), d.icon("link"), El("span", nil, outside(href, nil, Text(w.T("event.online", host(href)))))))
	}
	if d.Actions && !r.quoted {
		rows = append(rows, El("li", At("class", "line"), d.button("b", "calendar", At("data-key", string(r.Post.Key)), d.small("keep"), Text(w.T("event.file")))))
	}
	return El("ul", At("class", "lines", "data-part", "event"), rows...)
}

// crossPosts leads to where else the same link is talked about: ids are those of the host that the post was read from.
func (d *Drawing) crossPosts(host string, list []feeds.CrossPost) Node {
	rows := make([]Node, 0, len(list))
	for _, c := range list {
		there := &feeds.Post{URI: c.URL, URL: c.URL, Sightings: []feeds.Sighting{{Host: host, ID: c.ID}}}
		line := []Node{link(d.Links.Post(there), nil, El("bdi", nil, Text(c.Title)))}
		if c.Group != "" {
			line = append(line, Text(" "), El("span", At("class", "quiet"), El("bdi", nil, Text("!"+c.Group))))
		}
		if c.Replies >= 0 && !d.Settings.HideCounts {
			line = append(line, Text(" "), El("span", At("class", "quiet"), Text(d.Words.N("thread.replies", c.Replies))))
		}
		rows = append(rows, El("li", nil, line...))
	}
	return El("section", At("class", "also", "data-part", "crossposts"), El("p", At("class", "quiet"), Text(d.Words.T("post.crossposts"))), El("ul", At("class", "plain"), rows...))
}
