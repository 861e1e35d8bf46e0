package site

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// workerIn returns the description of the site in its service worker, and the worker's code.
func workerIn(t *testing.T, files Files) (workerSite, string) {
	t.Helper()
	text := strings.TrimPrefix(string(files[workerFile]), "\"use strict\";\nconst site = ")
	head, code, _ := strings.Cut(text, ";\n")
	var w workerSite
	if err := json.Unmarshal([]byte(head), &w); err != nil {
		t.Fatalf("%v in %q", err, head)
	}
	return w, code
}

func TestTheWorkerListsFilesThatExist(t *testing.T) {
	for _, base := range []string{"/", "/reader/", "/a/b/"} {
		files := render(t, options(base))
		w, _ := workerIn(t, files)
		if w.Base != base || len(w.Version) != 12 {
			t.Errorf("%s: %+v", base, w)
		}
		all := append(slices.Concat(slices.Collect(maps.Values(w.Languages))...), slices.Concat(w.Files, w.Later)...)
		for _, name := range all {
			if name == "" {
				name = "index.html"
			}
			if files[name] == nil {
				t.Errorf("%s: it keeps %q, which isn't there", base, name)
			}
		}
		// Whatever a page may ask for without a network.
		for name := range files {
			if (strings.HasPrefix(name, "assets/") && !strings.HasPrefix(name, "assets/shot-") || slices.Contains([]string{"about.html", "privacy.de.html", "manifest.webmanifest"}, name)) && !slices.Contains(all, name) {
				t.Errorf("%s: it does not keep %s", base, name)
			}
		}
		for _, name := range all {
			if slices.Contains([]string{"robots.txt", "404.html", "index.html", workerFile}, name) || strings.HasPrefix(name, "assets/shot-") {
				t.Errorf("%s: it keeps %s", base, name)
			}
		}
		for lang, names := range w.Languages {
			if lang == "en" || len(names) != len(pageNames())+2 {
				t.Errorf("%s: %s has %v", base, lang, names)
			}
		}
		if len(w.Later) != 2 || !strings.HasPrefix(w.Later[0], "assets/math.") || !strings.HasPrefix(w.Later[1], "assets/stream.") {
			t.Errorf("%s: it keeps %v once they were loaded", base, w.Later)
		}
		if !bytes.Contains(files["index.html"], []byte(`"`+w.Shell+`"`)) || w.Shell == "" {
			t.Errorf("%s: the start page is not known by %q", base, w.Shell)
		}
	}
}

func TestTheWorkerChangesWithAnyFile(t *testing.T) {
	versions := map[string]string{}
	for name, change := range map[string]func(*Options){
		"nothing":     func(*Options) {},
		"the program": func(o *Options) { o.Program.Wasm = []byte("\x00asm2") },
		"the notices": func(o *Options) { o.Program.Notices = []byte("other licences\n") },
		"the title":   func(o *Options) { o.Config.Title = "Fenster" },
		"a page":      func(o *Options) { o.Config.Contact = "ada@example.org" },
		"the path":    func(o *Options) { o.Base = "/reader/" },
	} {
		o := options("/")
		change(&o)
		w, _ := workerIn(t, render(t, o))
		if other, twice := versions[w.Version]; twice {
			t.Errorf("after a change of %s it is the same as after one of %s", name, other)
		}
		versions[w.Version] = name
	}
}

func TestTheDevelopmentSiteHasNoWorker(t *testing.T) {
	o := options("/")
	o.NoWorker = true
	files := render(t, o)
	if _, code := workerIn(t, files); code == "" || !strings.Contains(code, "unregister()") || strings.Contains(code, `addEventListener("fetch"`) {
		t.Error("the worker doesn't take itself away")
	}
	for name, data := range files {
		if strings.HasPrefix(name, "assets/boot.") && bytes.Contains(data, []byte(".register(")) {
			t.Error("the loader registers a worker")
		}
	}
}

func TestScriptsComeWithoutTheirComments(t *testing.T) {
	for name, data := range render(t, options("/")) {
		shell := name == "index.html"
		if !shell && !strings.HasPrefix(name, "assets/boot.") && name != workerFile {
			continue
		}
		if bytes.Contains(data, []byte("\n//")) || bytes.Contains(data, []byte("\n  //")) {
			t.Errorf("comments are left in %s", name)
		}
		if shell && !bytes.Contains(data, []byte(`"https://"`)) {
			t.Error("text that looks like a comment is gone")
		}
	}
}
