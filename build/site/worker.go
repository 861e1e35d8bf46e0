package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"

	"github.com/evanw/esbuild/pkg/api"
)

// worker adds the service worker, which names every file that the site needs without a network. It is made last: with any of them
// it changes itself, and that is how browsers learn of a new version. In development there is one that takes itself away.
func (r *renderer) worker() error {
	name := "sw/sw.js"
	if len(r.Scripts) > 0 {
		name = "sw/retire.js"
	}
	source, err := r.read(name)
	if err != nil {
		return err
	}
	files := r.offline()
	sum := sha256.New()
	for _, f := range files {
		of := sha256.Sum256(r.files[f])
		fmt.Fprintf(sum, "%s %x\n", f, of)
	}
	paths := make([]string, 0, len(files))
	for _, f := range files {
		if f == "index.html" {
			f = "" // some hosts send who asks for it by its name to the folder
		}
		paths = append(paths, r.Base+f)
	}
	var head []byte
	for _, c := range []struct {
		name  string
		value any
	}{{"base", r.Base}, {"version", hex.EncodeToString(sum.Sum(nil)[:6])}, {"files", paths}} {
		value, err := json.Marshal(c.value)
		if err != nil {
			return err
		}
		head = fmt.Appendf(head, "const %s = %s;\n", c.name, value)
	}
	small, err := minify(name, append(head, source...), api.LoaderJS)
	if err != nil {
		return err
	}
	r.files["sw.js"] = small
	return nil
}

// offline lists what the site needs without a network: all but what only robots and installers read.
func (r *renderer) offline() []string {
	var files []string
	for name := range r.files {
		switch {
		case name == "404.html", name == "robots.txt", path.Ext(name) == ".txt", path.Ext(name) == ".png":
		default:
			files = append(files, name)
		}
	}
	slices.Sort(files)
	return files
}
