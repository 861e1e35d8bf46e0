package syndication

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"vitrine/feeds/jsontext"
)

// The types below have what is read of JSON Feed 1.0 and 1.1. Source: https://www.jsonfeed.org/version/1.1/
type jsonFeed struct {
	Version     word       `json:"version"`
	Title       word       `json:"title"`
	Home        word       `json:"home_page_url"`
	Description word       `json:"description"`
	Next        word       `json:"next_url"`
	Icon        word       `json:"icon"`
	Favicon     word       `json:"favicon"`
	Language    word       `json:"language"`
	Author      jsonPeople `json:"author"` // 1.0
	Authors     jsonPeople `json:"authors"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID          word       `json:"id"`
	URL         word       `json:"url"`
	External    word       `json:"external_url"`
	Title       word       `json:"title"`
	HTML        word       `json:"content_html"`
	Text        word       `json:"content_text"`
	Summary     word       `json:"summary"`
	Image       word       `json:"image"`
	Banner      word       `json:"banner_image"`
	Published   word       `json:"date_published"`
	Modified    word       `json:"date_modified"`
	Author      jsonPeople `json:"author"`
	Authors     jsonPeople `json:"authors"`
	Tags        []word     `json:"tags"`
	Language    word       `json:"language"`
	Attachments []jsonFile `json:"attachments"`
}

type jsonFile struct {
	URL      word `json:"url"`
	MIME     word `json:"mime_type"`
	Title    word `json:"title"`
	Bytes    word `json:"size_in_bytes"`
	Duration word `json:"duration_in_seconds"`
}

// word is a string, or a number or boolean as it is written; anything else is one that is missing.
type word string

func (w *word) ReadJSON(r *jsontext.Reader) bool {
	switch r.Peek() {
	case 'n', '{', '[':
		r.Skip()
	case '"':
		text, _ := r.Text()
		*w = word(strings.TrimSpace(text))
	default:
		*w = word(r.Raw())
	}
	return true
}

func (w word) float() float64 {
	f, err := strconv.ParseFloat(string(w), 64)
	if err != nil {
		return 0
	}
	return f
}

func readJSON(body []byte, feedURL string) (*channel, error) {
	var w jsonFeed
	if err := jsontext.Unmarshal(body, &w); err != nil && !errors.Is(err, jsontext.ErrMismatch) {
		return nil, errCut
	}
	if body[0] != '{' {
		return nil, errOther
	}
	if !strings.Contains(string(w.Version), "jsonfeed.org") && (w.Items == nil || w.Title == "") {
		return nil, errOther
	}
	c := &channel{
		base:     feedURL,
		title:    text{value: string(w.Title), form: plain},
		about:    text{value: string(w.Description), form: plain},
		home:     string(w.Home),
		icon:     string(cmp.Or(w.Icon, w.Favicon)),
		by:       person(cmp.Or(w.Authors, w.Author)),
		language: string(w.Language),
		next:     resolved(string(w.Next), feedURL),
	}
	for i := range w.Items[:min(len(w.Items), maxItems)] {
		c.items = append(c.items, w.Items[i].item(feedURL))
	}
	return c, nil
}

func (w *jsonItem) item(base string) *item {
	r := itemReader{base: base, item: &item{
		id:        string(w.ID),
		permalink: true,
		link:      string(cmp.Or(w.URL, w.External)),
		title:     text{value: string(w.Title), form: plain},
		content:   text{value: string(w.HTML), form: markup},
		summary:   text{value: string(w.Summary), form: plain},
		published: parseTime(string(w.Published)),
		updated:   parseTime(string(w.Modified)),
		by:        person(cmp.Or(w.Authors, w.Author)),
		language:  string(w.Language),
		replies:   -1,
	}}
	if w.URL != "" && w.External != "" {
		r.external = string(w.External)
	}
	if w.HTML == "" {
		r.content = text{value: string(w.Text), form: plain}
	}
	for _, tag := range w.Tags[:min(len(w.Tags), maxTags)] {
		if name := oneLine(string(tag)); name != "" {
			r.tags = append(r.tags, name)
		}
	}
	for _, a := range w.Attachments {
		r.add(&file{
			url: resolved(string(a.URL), base), mime: string(a.MIME), alt: oneLine(string(a.Title)),
			bytes: int64(max(0, min(a.Bytes.float(), 1<<53))), length: secondsLong(a.Duration.float()), enclosed: true,
		})
	}
	r.picture(resolved(string(w.Image), base))
	r.picture(resolved(string(w.Banner), base))
	r.shown = true
	return r.item
}
