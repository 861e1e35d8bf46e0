package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"vitrine/app/words"
	"vitrine/build/config"
	"vitrine/build/embedding"
)

// Files are the files of a site by path, "assets/app.0123456789ab.wasm".
type Files map[string][]byte

// Options say what site is to be made.
type Options struct {
	Web     fs.FS  // package web's Files, or the same folder on disk
	Base    string // path of the site, with slashes around: "/" or "/reader/"
	Config  config.Site
	Program Program

	Demo     []Server          // shown before all others; the start says that they are a demo
	Loopback bool              // servers on this machine may be read: for development and tests
	Scripts  map[string][]byte // more scripts of the shell, by file name: for development
	NoWorker bool              // the site has no service worker, and an installed one is removed: for development
}

// renderer makes the files of one site.
type renderer struct {
	Options
	links   links
	first   []byte // the styles of first screens
	files   Files
	locales map[string]*locale // by language
	names   []string           // languages, the site's first
}

// locale is one language of the site.
type locale struct {
	*words.Words
	first []byte // JSON: what the loader says before it has all sentences (words.First)
	hash  string // in the names of its files
}

// Render makes all files but the compressed ones. It reads nothing but Options.Web.
func Render(o Options) (Files, error) {
	if !strings.HasPrefix(o.Base, "/") || !strings.HasSuffix(o.Base, "/") {
		return nil, fmt.Errorf("the base path %q does not begin and end with a slash", o.Base)
	}
	r := &renderer{Options: o, files: Files{}, locales: map[string]*locale{}}
	for _, step := range []func() error{r.localeFiles, r.assets, r.shell, r.pages} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	assets, err := embedding.Make(o.Web)
	if err != nil {
		return nil, err
	}
	for name, data := range assets.Files() { // other websites load it, and so does a feed that is only live
		r.files[name] = data
	}
	r.files["robots.txt"] = []byte("User-agent: *\nAllow: /\n")
	others, err := r.borrowed()
	if err != nil {
		return nil, err
	}
	r.files["THIRD-PARTY-LICENSES.txt"] = append(slices.Clip(o.Program.Notices), others...)
	return r.files, r.worker()
}

// asset adds a file whose name changes with its content, so that browsers may keep it for ever, and returns its URL path.
// "app.wasm" becomes "assets/app.HASH.wasm".
func (r *renderer) asset(name string, data []byte) string {
	ext := path.Ext(name)
	file := "assets/" + strings.TrimSuffix(name, ext) + "." + hash(data) + ext
	r.files[file] = data
	return r.Base + file
}

// hash is what stands in the name of a file with such content.
func hash(parts ...[]byte) string {
	sum := sha256.New()
	for _, part := range parts {
		sum.Write(part)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// read returns files of Options.Web, one after the other.
func (r *renderer) read(names ...string) ([]byte, error) {
	var all []byte
	for _, name := range names {
		data, err := fs.ReadFile(r.Web, name)
		if err != nil {
			return nil, err
		}
		all = append(all, data...)
	}
	return all, nil
}

// localeFiles adds the files of each language, assets/words.LANG.HASH.txt with all sentences and assets/first.LANG.HASH.json with those of the
// loader, and orders the languages: the site's first, the others by name.
func (r *renderer) localeFiles() error {
	found, err := fs.Glob(r.Web, "locales/*.json")
	if err != nil {
		return err
	}
	for _, file := range found {
		data, err := r.read(file)
		if err != nil {
			return err
		}
		w, err := words.Load(data)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		first, err := json.Marshal(w.First())
		if err != nil {
			return err
		}
		table := []byte(w.Table())
		l := &locale{w, first, hash(table, first)}
		r.files["assets/words."+w.Lang()+"."+l.hash+".txt"] = table
		r.files["assets/first."+w.Lang()+"."+l.hash+".json"] = first
		r.locales[w.Lang()] = l
		r.names = append(r.names, w.Lang())
	}
	slices.Sort(r.names)
	for _, wanted := range r.Config.Languages {
		if i := slices.Index(r.names, wanted); i >= 0 {
			first := r.names[i]
			r.names = append([]string{first}, slices.Delete(r.names, i, i+1)...)
			return nil
		}
	}
	if i := slices.Index(r.names, "en"); i >= 0 {
		r.names[0], r.names[i] = r.names[i], r.names[0]
		return nil
	}
	return fmt.Errorf("there are no sentences in any of the languages %v", r.Config.Languages)
}

// version names this state of the whole site; inline is what stands in the shell itself.
func (r *renderer) version(inline ...[]byte) string {
	names := make([]string, 0, len(r.files))
	for name := range r.files {
		names = append(names, name)
	}
	slices.Sort(names)
	return hash(append([][]byte{[]byte(strings.Join(names, "\n"))}, inline...)...) // assets' names hold their content
}
