package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"vitrine/build/script"
)

// workerFile is the service worker's. Its name must stay, browsers ask for it again; and it must lie at the base path, since it
// may answer only for what lies below it.
const workerFile = "sw.js"

// workerSite is the description of the site in the service worker.
type workerSite struct {
	Base    string   `json:"base"`
	Version string   `json:"version"`
	Shell   string   `json:"shell"`          // the version in the start page of this build
	Exec    string   `json:"exec,omitempty"` // Go's own script
	Files   []string `json:"files"`          // below Base, "" for the start page
	// Later are the files that are kept once they were loaded.
	Later []string `json:"later"`
	// Languages are the further files of each language but the site's own: they are kept for who reads it.
	Languages map[string][]string `json:"languages"`
}

// worker adds the service worker. It comes last: its version is a hash over all other files, so that browsers find a new one
// whenever any of them changed.
func (r *renderer) worker() error {
	source := "sw/sw.js"
	if r.NoWorker {
		source = "sw/unregister.js"
	}
	code, err := r.read(source)
	if err != nil {
		return err
	}
	t := workerSite{Base: r.Base, Shell: r.links.Version, Files: []string{}, Later: []string{}, Languages: map[string][]string{}}
	sum := sha256.New()
	sum.Write(code)
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		content := sha256.Sum256(r.files[name])
		fmt.Fprintf(sum, "%s %x\n", name, content)
		if name == "index.html" {
			t.Files = append(t.Files, "")
		} else if lazy(name) {
			t.Later = append(t.Later, name)
		} else if lang := r.languageOf(name); lang != "" && usedOffline(name) {
			t.Languages[lang] = append(t.Languages[lang], name)
		} else if usedOffline(name) {
			t.Files = append(t.Files, name)
		}
		if strings.HasPrefix(name, "assets/wasm_exec.") && strings.HasSuffix(name, ".js") {
			t.Exec = name
		}
	}
	t.Version = hex.EncodeToString(sum.Sum(nil)[:6])
	constant, err := json.Marshal(t)
	if err != nil {
		return err
	}
	small, err := script.Minify(source, code, api.LoaderJS)
	r.files[workerFile] = fmt.Appendf(nil, "\"use strict\";\nconst site = %s;\n%s", constant, small)
	return err
}

// languageOf returns the language that a file is in: "" for the site's own, and for files that have none.
func (r *renderer) languageOf(name string) string {
	for _, lang := range r.names[1:] {
		if base := path.Base(name); strings.HasPrefix(base, "words."+lang+".") || strings.HasPrefix(base, "first."+lang+".") || strings.HasSuffix(base, "."+lang+".html") {
			return lang
		}
	}
	return ""
}

// usedOffline reports files that a reader without a network needs. Files for crawlers, the error page, what other sites embed and pictures for
// who installs the app are not among them.
func usedOffline(name string) bool {
	base := path.Base(name)
	return base != "robots.txt" && base != "404.html" && !strings.HasPrefix(base, "embed") && !strings.HasPrefix(base, "shot-") && !strings.HasPrefix(name, "feeds/")
}
