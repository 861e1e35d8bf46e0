package site

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"vitrine/app/words"
	"vitrine/build/script"
	"vitrine/feeds/blocklist"
)

// frame is what the templates of web/shell draw with: one page in one language.
type frame struct {
	Site        links
	Lang, Dir   string
	Policy      string // Content-Security-Policy
	Title       string
	Description string
	Pages       []pageLink
	words       *words.Words
}

type pageLink struct {
	Name, Href, Title string
	Current           bool
}

// T returns a sentence; one that doesn't exist is an error of the template, which ends the build.
func (f frame) T(key string) (string, error) { return sentence(f.words, key) }

// Icon names a sign of icons.svg.
func (f frame) Icon(name string, classes ...string) struct{ Class, URL string } {
	return struct{ Class, URL string }{strings.Join(append([]string{"i"}, classes...), " "), f.Site.Icons + "#" + name}
}

func sentence(w *words.Words, key string) (string, error) {
	s := w.T(key)
	if s == key {
		return "", fmt.Errorf("the locale %q has no %q", w.Lang(), key)
	}
	return s, nil
}

// frame begins a page. current is the static page that it is, "" for the app.
func (r *renderer) frame(lang, current string) (frame, error) {
	w := r.locales[lang].Words
	description, err := sentence(w, "start.lead")
	if err != nil {
		return frame{}, err
	}
	f := frame{Site: r.links, Lang: lang, Dir: words.Direction(lang), Title: r.Config.Title, Description: description, words: w}
	for _, name := range pageNames() {
		title, err := sentence(w, "page."+name)
		if err != nil {
			return frame{}, err
		}
		f.Pages = append(f.Pages, pageLink{Name: name, Href: r.pageURL(name, lang), Title: title, Current: name == current})
	}
	return f, nil
}

// boot is the configuration of the loader.
type boot struct {
	Script     string
	Later      string // the styles that no first screen needs
	Exec       string
	Program    string
	Site       string
	Draw       string // what draws the program's page
	QR         string // what makes QR codes
	Speak      string // what turns the page into another language
	Extras     string // gestures, and what pictures do by themselves
	Background string // the worker that compiles the program, rehearses it and stays
	Worker     string // what registers the service worker; "" in development
	Hosts      string // what shows hosts in their own script
	Locales    string // "LANG.HASH" of each language, as in the names of its files (localeFiles); the page's own first
	Said       string // JSON: what the loader says, in the page's language (web/js/lang.js)
	Blocked    string // what the site doesn't open, separated by spaces (feeds/blocklist, Keys)
	Extra      []string
}

// shell adds index.html and all that it starts.
func (r *renderer) shell() error {
	loader, err := script.Bundle(r.Web, "js/boot.js")
	if err != nil {
		return err
	}
	inline, err := script.Bundle(r.Web, "js/shell.js")
	if err != nil {
		return err
	}
	if err := mayStandInline(inline, r.first); err != nil {
		return err
	}
	b := boot{Script: r.asset("boot.js", loader), Later: r.links.Later, Exec: r.asset("wasm_exec.js", r.Program.Exec), Program: r.asset("app.wasm", r.Program.Wasm)}
	draw, err := script.Bundle(r.Web, "js/draw.js")
	if err != nil {
		return err
	}
	wanted, err := r.scripts()
	if err != nil {
		return err
	}
	b.Draw = r.asset("draw.js", append(wanted, draw...))
	qr, err := script.Bundle(r.Web, "js/qr.js")
	if err != nil {
		return err
	}
	b.QR = r.asset("qr.js", qr)
	speak, err := script.Bundle(r.Web, "js/speak.js")
	if err != nil {
		return err
	}
	b.Speak = r.asset("speak.js", speak)
	extras, err := script.Bundle(r.Web, "js/extras.js")
	if err != nil {
		return err
	}
	b.Extras = r.asset("extras.js", extras)
	background, err := script.Bundle(r.Web, "js/background.js")
	if err != nil {
		return err
	}
	b.Background = r.asset("background.js", background)
	if !r.NoWorker {
		worker, err := script.Bundle(r.Web, "js/worker.js")
		if err != nil {
			return err
		}
		b.Worker = r.asset("worker.js", worker)
	}
	hosts, err := script.Bundle(r.Web, "js/hosts.js")
	if err != nil {
		return err
	}
	b.Hosts = r.asset("hosts.js", hosts)
	if b.Site, err = r.aboutFile(); err != nil {
		return err
	}
	blocked, err := blocklist.New(r.Config.Blocked)
	if err != nil {
		return err
	}
	b.Blocked = strings.Join(blocked.Keys(), " ")
	b.Said = string(r.locales[r.names[0]].first)
	locales := make([]string, 0, len(r.names))
	for _, lang := range r.names {
		locales = append(locales, lang+"."+r.locales[lang].hash)
	}
	b.Locales = strings.Join(locales, " ")
	for name, data := range r.Scripts {
		b.Extra = append(b.Extra, r.asset(name, data))
	}
	slices.Sort(b.Extra)
	r.links.Version = r.version(inline)
	f, err := r.frame(r.names[0], "")
	if err != nil {
		return err
	}
	f.Policy = AppPolicy(r.Loopback, inline, r.first)
	r.files["index.html"], err = r.draw("app.html", struct {
		frame
		Boot   boot
		Inline template.JS
		First  template.CSS
		Bones  []bool // one per placeholder: whether it has a picture, as app/markup draws them
	}{f, b, template.JS(inline), template.CSS(r.first), []bool{true, false, true}})
	return err
}

// mayStandInline refuses what would end its element early, or be read as something else than it is hashed as.
// Source: https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
func mayStandInline(parts ...[]byte) error {
	for _, data := range parts {
		for _, never := range []string{"</script", "<script", "<!--", "</style", "\r", "\x00"} {
			if bytes.Contains(bytes.ToLower(data), []byte(never)) {
				return fmt.Errorf("a script or style of the shell contains %q", never)
			}
		}
	}
	return nil
}

// draw executes a template of web/shell.
func (r *renderer) draw(name string, data any) ([]byte, error) {
	t, err := template.ParseFS(r.Web, "shell/parts.html", "shell/"+name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
