package saved

import (
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/follows"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/search"
)

// version is that of the form of a Post and a Talk. A later one is left as it is.
const version = 1

const (
	// MostTags is how many tags a post has at most, and mostTag how many characters each.
	MostTags = 20
	mostTag  = 60
	// mostNote is how many characters a note has at most.
	mostNote = 20_000
	// mostVersions is how many later versions are kept beside the first.
	mostVersions = 20
)

// Post is a saved post. It isn't changed but in Book.Change.
type Post struct {
	Version int         `json:"v"`
	Post    *feeds.Post `json:"post"` // as it was when it was saved
	At      time.Time   `json:"at"`   // when that was
	Tags    []string    `json:"tags,omitempty"`
	Note    string      `json:"note,omitempty"`
	Later   []Version   `json:"later,omitempty"`  // what became of it since, the oldest first
	Gone    *Gone       `json:"gone,omitzero"`    // nil while it is there
	Fetched time.Time   `json:"fetched,omitzero"` // when its media and its conversation were last asked for; zero for never
	Failed  []Failed    `json:"failed,omitempty"` // media that couldn't be kept, the last time that was tried
}

// Version is a post as it was read at a time.
type Version struct {
	Post *feeds.Post `json:"post"`
	At   time.Time   `json:"at"`
}

// Gone says that the server where a post was written doesn't have it any more.
type Gone struct {
	At   time.Time  `json:"at"`   // when that was learned
	Kind feeds.Kind `json:"kind"` // Gone or NotFound
}

// Failed is a file that couldn't be kept.
type Failed struct {
	URL  string     `json:"url"`
	Kind feeds.Kind `json:"kind"` // why
}

// Talk is the conversation around a saved post, as it was when it was kept.
type Talk struct {
	Version int           `json:"v"`
	At      time.Time     `json:"at"`
	Above   []*feeds.Post `json:"above,omitempty"` // from the first one on
	Below   []*feeds.Post `json:"below,omitempty"`
}

// Now is the post as it was last read.
func (p *Post) Now() *feeds.Post {
	if n := len(p.Later); n > 0 {
		return p.Later[n-1].Post
	}
	return p.Post
}

// clone returns a copy that may be changed.
func (p *Post) clone() *Post {
	c := *p
	c.Tags, c.Later, c.Failed = slices.Clone(p.Tags), slices.Clone(p.Later), slices.Clone(p.Failed)
	return &c
}

// see takes over a copy that was read now, and reports that it differs from the last one.
func (p *Post) see(q *feeds.Post, now time.Time) bool {
	switch {
	case q.Deleted, q.Partial, Newer(q, p.Now()): // an older copy comes late
		return false
	case p.Post.Partial && len(p.Later) == 0 && !Newer(p.Post, q): // its list said less of it than there is
		p.Post = q
		return true
	case sameText(p.Now(), q):
		return false
	}
	p.Later = append(p.Later, Version{Post: q, At: now})
	if n := len(p.Later); n > mostVersions {
		p.Later = append(p.Later[:1:1], p.Later[n-mostVersions+1:]...)
	}
	return true
}

// sameText reports that two copies say the same: a server counts on, and hands out other addresses of the same picture.
func sameText(p, q *feeds.Post) bool {
	if p.Title != q.Title || p.Warning != q.Warning || p.Sensitive != q.Sensitive || len(p.Media) != len(q.Media) {
		return false
	}
	if content.PlainText(p.Body) != content.PlainText(q.Body) {
		return false
	}
	for i := range p.Media {
		if p.Media[i].Alt != q.Media[i].Alt || p.Media[i].Kind != q.Media[i].Kind {
			return false
		}
	}
	return true
}

// Newer reports that a copy may be another version of a post than the one known: it was edited later.
func Newer(known, read *feeds.Post) bool { return read.Edited.After(known.Edited) }

// CleanTags brings tags into their form: without spaces around, each once whatever its letters' case, in the order in which they came.
func CleanTags(tags []string) (clean []string) {
	for _, t := range tags {
		t = cut(strings.Join(strings.Fields(strings.TrimPrefix(strings.TrimSpace(t), "#")), " "), mostTag)
		if t == "" || len(clean) == MostTags || slices.ContainsFunc(clean, func(o string) bool { return sameTag(o, t) }) {
			continue
		}
		clean = append(clean, t)
	}
	return clean
}

// SplitTags reads tags as a reader writes them, with commas between.
func SplitTags(text string) []string {
	return CleanTags(strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '،' || r == '、' || r == ';' || r == '\n' }))
}

func sameTag(a, b string) bool { return follows.Folded(a) == follows.Folded(b) }

// cut returns at most n characters of a text.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// words are what a post is found by, folded: what it says (search.Texts), and what its reader says of it.
func (p *Post) words() []byte {
	q := p.Now()
	texts := slices.Concat(search.Texts(q), []string{p.Note}, p.Tags)
	if q.Author != nil {
		texts = append(texts, "@"+q.Author.Handle())
	}
	return []byte(follows.Folded(strings.Join(texts, "\n")))
}

// decode reads a saved post; nil for what isn't one, or was written by a later version.
func decode(data []byte) *Post {
	p := new(Post)
	if data == nil || jsontext.Unmarshal(data, p) != nil || !readable(p) {
		return nil
	}
	return p
}
