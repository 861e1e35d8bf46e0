package page

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// drawn is what a compound selector may ask of an element.
type drawn struct {
	tag   string // "" for one of the loader's, of which only possible classes are known
	attrs map[string]string
}

// compound is a selector without combinators and pseudo-classes: a tag, classes, an id, attributes.
var compound = regexp.MustCompile(`^([a-z][a-z0-9]*)?((?:[.#][\w-]+|\[[\w-]+(?:="[^"]*")?\])*)$`)

func (e drawn) matches(t *testing.T, selector string) bool {
	t.Helper()
	m := compound.FindStringSubmatch(selector)
	if m == nil {
		t.Fatalf("this test doesn't know selectors like %q", selector)
	}
	if m[1] != "" && m[1] != e.tag && (e.tag != "" || m[2] == "") {
		return false
	}
	for _, part := range regexp.MustCompile(`[.#][\w-]+|\[[^\]]*\]`).FindAllString(m[2], -1) {
		switch name := part[1:]; part[0] {
		case '.':
			if !slices.Contains(strings.Fields(e.attrs["class"]), name) {
				return false
			}
		case '#':
			if e.attrs["id"] != name {
				return false
			}
		default:
			name, value, valued := strings.Cut(strings.Trim(part, "[]"), "=")
			if has, ok := e.attrs[name]; !ok || valued && has != strings.Trim(value, `"`) {
				return false
			}
		}
	}
	return true
}

// inTree adds the elements of a tree in the loader's form.
func inTree(all []drawn, tree any) []drawn {
	node, ok := tree.([]any)
	if !ok {
		return all
	}
	e := drawn{tag: node[0].(string), attrs: map[string]string{}}
	if attrs, ok := node[1].(map[string]any); ok {
		for name, value := range attrs {
			e.attrs[name], _ = value.(string)
		}
	}
	all = append(all, e)
	for _, child := range node[2:] {
		all = inTree(all, child)
	}
	return all
}

// frontElements are the elements that a front of any view, the drawing of any post, or the loader has.
func frontElements(t *testing.T) (all []drawn) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 8)
		s.Can.Pinned, s.Can.Replies = true, true
		s.PinnedPosts = []*feeds.Post{feedstest.Post("a.example", "99", 1)}
		for _, hash := range []string{"#/", "#/i/a.example", "#/i/a.example/trending", "#/i/a.example/about", "#/@ada@a.example", "#/@ada@a.example/about", "#/t/a.example/tea", "#/p/a.example/5"} {
			d.Visit(hash)
			var tree any
			if err := json.Unmarshal([]byte(front(d.App)), &tree); err != nil {
				t.Fatalf("%s: %v", hash, err)
			}
			all = inTree(all, tree)
		}
	})
	drawings, err := filepath.Glob("../markup/testdata/*.golden.html")
	if err != nil || len(drawings) < 50 {
		t.Fatalf("%d drawings of posts: %v", len(drawings), err)
	}
	for _, name := range drawings {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(file)
		_ = file.Close() // it was only read
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			e := drawn{tag: n.Data, attrs: map[string]string{}}
			for _, a := range n.Attr {
				e.attrs[a.Key] = a.Val
			}
			all = append(all, e)
		}
	}
	text, class := regexp.MustCompile("[\"'`]([^\"'`\n]*)[\"'`]"), regexp.MustCompile(` class="([^"]*)"`)
	for name, classes := range map[string]*regexp.Regexp{"js/plain.js": text, "js/heads.js": text, "js/boot.js": text, "shell/app.html": class, "shell/parts.html": class} {
		source, err := os.ReadFile("../../web/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range classes.FindAllSubmatch(source, -1) {
			all = append(all, drawn{attrs: map[string]string{"class": string(text[1])}})
		}
	}
	return all
}

// TestNoFirstScreenNeedsTheRestOfTheStyles holds that what comes after the first paint changes nothing that was painted: each selector of
// later.css names something that no front, no post and nothing of the loader's has.
func TestNoFirstScreenNeedsTheRestOfTheStyles(t *testing.T) {
	data, err := os.ReadFile("../../web/css/later.css")
	if err != nil {
		t.Fatal(err)
	}
	sheet := regexp.MustCompile(`(?s)/\*.*?\*/|@media[^{]*\{`).ReplaceAllString(string(data), "")
	comparing := regexp.MustCompile(`\s*[>+~]\s*|\s+`)
	pseudo := regexp.MustCompile(`::?[\w-]+(?:\([^()]*\))?`)
	elements := frontElements(t)
	needed := map[string]bool{} // compound selectors that something of a first screen matches
	rules := 0
	for _, rule := range regexp.MustCompile(`([^{}]*[^{}\s])\s*\{`).FindAllStringSubmatch(sheet, -1) {
		for _, selector := range strings.Split(pseudo.ReplaceAllString(strings.TrimSpace(rule[1]), ""), ",") {
			rules++
			outside := false
			for _, part := range comparing.Split(strings.TrimSpace(strings.ReplaceAll(selector, "*", "")), -1) {
				if part == "" {
					continue
				}
				if _, known := needed[part]; !known {
					needed[part] = slices.ContainsFunc(elements, func(e drawn) bool { return e.matches(t, part) })
				}
				outside = outside || !needed[part]
			}
			if !outside {
				t.Errorf("a first screen may have what %q means", strings.TrimSpace(selector))
			}
		}
	}
	if rules < 60 {
		t.Errorf("only %d selectors were read", rules)
	}
	if found := slices.Sorted(maps.Keys(needed)); !needed[".quiet"] || !needed[".sees"] || needed["dialog"] {
		t.Errorf("of %q first screens are said to have %v", found, needed)
	}
}

// A page from right to left is the other one's mirror: lengths belong to where lines begin and end, not to sides of the screen.
func TestStylesKnowNoSides(t *testing.T) {
	files, err := filepath.Glob("../../web/css/*.css")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	rule := regexp.MustCompile(`[^{}]*\{[^{}]*\}`)
	side := regexp.MustCompile(`[{;\s](?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)|left|right|float:\s*(?:left|right)|text-align:\s*(?:left|right))\b`)
	box := regexp.MustCompile(`[{;\s](padding|margin|inset|border-radius):\s*([^;}]+)`)
	value := regexp.MustCompile(`[^\s()]+(?:\((?:[^()]|\([^()]*\))*\))?`)
	meant := []string{".table .left", ".table .right", "[dir=\"rtl\"] ", "unicode-bidi: plaintext"} // what an author chose, and names in the direction of their script
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sheet := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(data), "")
		for _, r := range rule.FindAllString(sheet, -1) {
			r = strings.TrimSpace(r)
			if slices.ContainsFunc(meant, func(s string) bool { return strings.Contains(r, s) }) {
				continue
			}
			if m := side.FindString(r[strings.Index(r, "{"):]); m != "" {
				t.Errorf("%s: %q in %s", filepath.Base(file), m, r)
			}
			for _, m := range box.FindAllStringSubmatch(r, -1) {
				v := value.FindAllString(m[2], -1)
				if len(v) == 4 && (m[1] == "border-radius" && (v[0] != v[1] || v[2] != v[3]) || m[1] != "border-radius" && v[1] != v[3]) {
					t.Errorf("%s: %s has two sides in %s", filepath.Base(file), strings.TrimSpace(m[0]), r)
				}
			}
		}
	}
}

// Signs that point to where text goes on are mirrored where it goes on to the left.
func TestSignsThatPointAreMirrored(t *testing.T) {
	plain := regexp.MustCompile(`(?:small|icon)\("(?:back|forward|next)"\)|icon\([^()]*, "(?:back|forward|next)", "[is ]*"\)|Sign\([^()]*, "(?:back|forward|next)", "[is ]*"\)`)
	for _, pattern := range []string{"*.go", "../markup/*.go", "../../build/snapshot/pages/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if m := plain.Find(data); m != nil && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s: %s", file, m)
			}
		}
	}
}
