package pages

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/words"
	"vitrine/build/snapshot/ledger"
	"vitrine/build/snapshot/mirror"
)

// Feed makes the files of a feed's folder, by name.
func (s *Site) Feed(f *Feed) (map[string][]byte, error) {
	m := &feedBuilder{s: s, f: f, w: s.wordsFor(f.Language), files: map[string][]byte{}, hosts: map[string]bool{}, root: s.Base + "feeds/" + f.Name + "/"}
	hosts(s.section(f, m.w, postList{posts: f.Posts, level: 2}), m.hosts)
	if len(m.hosts) > 0 && mirror.Mode(f.Media) != mirror.Linked {
		return nil, fmt.Errorf("feed %s: its pages would contact %v", f.Name, slices.Sorted(maps.Keys(m.hosts)))
	}
	shown := f.Posts[:min(len(f.Posts), f.Limit)]
	if f.Order == OldestFirst {
		shown = slices.Clone(shown)
		slices.Reverse(shown)
	}
	for _, step := range []func([]ledger.Item) error{m.page, m.years, m.embed, m.fragment, m.tree, m.syndicate, m.report} {
		if err := step(shown); err != nil {
			return nil, err
		}
	}
	return m.files, nil
}

// feedBuilder makes the files of one feed.
type feedBuilder struct {
	s     *Site
	f     *Feed
	w     *words.Words
	files map[string][]byte
	hosts map[string]bool // that a reader's browser contacts
	root  string          // path of the folder
}

// year is a page of the archive.
type year struct {
	Name, Href, Count string
	Current           bool
}

func (m *feedBuilder) shell(title string) shell {
	return shell{
		Lang: m.w.Lang(), Dir: words.Direction(m.w.Lang()), SiteTitle: m.s.Title, Title: m.f.title(), PageTitle: title,
		Style: m.s.assetFile(m.s.assets.Style, "../../"), Icon: "../" + path.Base(IconFile), words: m.w,
	}
}

// page makes the full page.
func (m *feedBuilder) page(shown []ledger.Item) error {
	return m.fullPage("index.html", m.f.title(), shown, 0)
}

// years makes a page of each year.
func (m *feedBuilder) years([]ledger.Item) error {
	byYear := m.byYear()
	for _, y := range slices.Sorted(maps.Keys(byYear)) {
		name := strconv.Itoa(y)
		if err := m.fullPage(name+".html", m.w.T("static.year", m.f.title(), name), byYear[y], y); err != nil {
			return err
		}
	}
	return nil
}

func (m *feedBuilder) byYear() map[int][]ledger.Item {
	out := map[int][]ledger.Item{}
	for _, k := range m.f.Posts {
		out[m.s.year(k)] = append(out[m.s.year(k)], k)
	}
	return out
}

func (m *feedBuilder) fullPage(name, title string, posts []ledger.Item, of int) error {
	section := m.s.section(m.f, m.w, postList{posts: posts, title: title, level: 1, home: true, anchors: of > 0})
	body, err := renderHTML(section)
	if err != nil {
		return err
	}
	page := struct {
		shell
		NoIndex     bool
		Description string
		Locale      string
		Canonical   string
		Image       string
		Me          []string
		LinkedData  any
		Up          string
		Section     template.HTML
		Years       []year
		Note        string
	}{
		shell: m.shell(title), NoIndex: m.f.NoIndex, Description: m.description(), Locale: strings.ReplaceAll(m.f.Language, "-", "_"),
		Canonical: m.absolute(name), LinkedData: m.linkedData(posts, name), Up: "../index.html", Section: body,
	}
	page.Policy = m.policies().Page
	for _, src := range m.f.sources() {
		if src.Author != nil && src.Author.URL != "" {
			page.Me = append(page.Me, src.Author.URL)
		}
	}
	if of == 0 && page.Canonical != "" {
		page.Canonical = strings.TrimSuffix(page.Canonical, "index.html")
	}
	page.Image = m.image(posts)
	byYear := m.byYear()
	for _, y := range slices.Backward(slices.Sorted(maps.Keys(byYear))) {
		n := strconv.Itoa(y)
		page.Years = append(page.Years, year{Name: n, Href: n + ".html", Count: m.w.N("static.posts", len(byYear[y])), Current: y == of})
	}
	if len(m.f.Posts) <= m.f.Limit && of == 0 {
		page.Years = nil // all of them stand here
	}
	m.files[name], err = m.s.draw("page.html", page)
	return err
}

// embed makes the page that other pages frame.
func (m *feedBuilder) embed(shown []ledger.Item) error {
	body, err := renderHTML(m.s.section(m.f, m.w, postList{posts: shown, title: m.f.title(), level: 1})) // in its frame it is a page
	if err != nil {
		return err
	}
	page := struct {
		shell
		Height  file
		Section template.HTML
	}{m.shell(m.f.title()), m.s.assetFile(m.s.assets.Height, "../../"), body}
	page.Policy = m.policies().Embed
	m.files["embed.html"], err = m.s.draw("embed.html", page)
	return err
}

// fragment makes what is included into other pages: its addresses hold wherever that is.
func (m *feedBuilder) fragment(shown []ledger.Item) error {
	var b bytes.Buffer
	err := markup.HTML(&b, m.s.section(m.f, m.w, postList{posts: shown, title: m.f.title(), level: 2, prefix: m.root, guest: true}))
	b.WriteByte('\n')
	m.files["fragment.html"] = b.Bytes()
	return err
}

// tree makes what the custom element draws.
func (m *feedBuilder) tree(shown []ledger.Item) error {
	node, err := markup.JSON(m.s.section(m.f, m.w, postList{posts: shown, title: m.f.title(), level: 2, guest: true}))
	if err != nil {
		return err
	}
	data, err := json.Marshal(struct {
		Version int             `json:"version"`
		Title   string          `json:"title"`
		Lang    string          `json:"lang"`
		Dir     string          `json:"dir"`
		AsOf    time.Time       `json:"asOf,omitzero"`
		Page    string          `json:"page"`
		Tree    json.RawMessage `json:"tree"`
	}{1, m.f.title(), m.w.Lang(), words.Direction(m.w.Lang()), m.f.Ledger.Changed.UTC(), "index.html", node})
	m.files["tree.json"] = append(data, '\n')
	return err
}

// handles are the feed's accounts, as a sentence names them.
func (m *feedBuilder) handles() string {
	var out []string
	for _, src := range m.f.sources() {
		if label := handle(src.Author); label != "" {
			out = append(out, label)
		} else if src.Title != "" {
			out = append(out, src.Title)
		}
	}
	if len(out) == 0 {
		return m.f.title()
	}
	return strings.Join(out, ", ")
}

func (m *feedBuilder) description() string {
	if mirror.Mode(m.f.Media) == mirror.Linked {
		return m.w.T("static.description.plain", m.handles())
	}
	return m.w.T("static.description", m.handles())
}

// absolute is the address of a file of the feed; "" where the site doesn't know where it stands.
func (m *feedBuilder) absolute(name string) string {
	if m.s.BaseURL == "" {
		return ""
	}
	return m.s.BaseURL + "feeds/" + m.f.Name + "/" + name
}
