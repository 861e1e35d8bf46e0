// Package kit makes the files that pages which show a feed load beside it: the custom element, the script that gives frames
// their height, and the style. They stand at the root of the site.
package kit

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// target is the oldest language version that all supported browsers (Safari 16.4 and later) run.
const target = api.ES2022

// File is one file of the kit.
type File struct {
	Name      string // below the site's root
	Data      []byte // never written to
	Integrity string // for the attribute of that name (https://www.w3.org/TR/sri/)
}

// Pair is a file under two names. The stable one is for pages that want what is newest; the one with its hash, "embed.HASH.js",
// always has the same bytes, so that pages can name their Integrity.
type Pair struct{ Stable, Named File }

// Kit is all files.
type Kit struct {
	Element Pair // embed.js, which defines <vitrine-feed>. It loads the style by its stable name
	Height  Pair // embed-height.js, for iframe[data-vitrine] and in it
	Style   Pair // embed.css
}

// Make makes the files from the folder web/. A mistake in a script or in the style is an error with its file and line.
func Make(web fs.FS) (*Kit, error) {
	k := &Kit{}
	for _, part := range []struct {
		file string
		kind api.Loader
		to   *Pair
	}{
		{"embed.js", api.LoaderJS, &k.Element},
		{"embed-height.js", api.LoaderJS, &k.Height},
		{"css/embed.css", api.LoaderCSS, &k.Style},
	} {
		source, err := fs.ReadFile(web, part.file)
		if err != nil {
			return nil, err
		}
		data, err := minify(part.file, source, part.kind)
		if err != nil {
			return nil, err
		}
		*part.to = pair(path.Base(part.file), data)
	}
	return k, nil
}

// Files returns all files by their names below the site's root.
func (k *Kit) Files() map[string][]byte {
	files := map[string][]byte{}
	for _, p := range []Pair{k.Element, k.Height, k.Style} {
		files[p.Stable.Name], files[p.Named.Name] = p.Stable.Data, p.Named.Data
	}
	return files
}

func pair(name string, data []byte) Pair {
	short, long := sha256.Sum256(data), sha512.Sum384(data)
	ext := path.Ext(name)
	integrity := "sha384-" + base64.StdEncoding.EncodeToString(long[:])
	named := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(short[:6]) + ext // as build/site names what it makes
	return Pair{File{name, data, integrity}, File{named, data, integrity}}
}

// minify writes a script or a style shorter, as build/site does with its own.
func minify(name string, data []byte, kind api.Loader) ([]byte, error) {
	result := api.Transform(string(data), api.TransformOptions{
		Loader: kind, Target: target, Sourcefile: name, LogLevel: api.LogLevelSilent,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
	})
	var failed error
	for _, m := range result.Errors {
		line := 0
		if m.Location != nil {
			line = m.Location.Line
		}
		failed = errors.Join(failed, fmt.Errorf("%s, line %d: %s", name, line, m.Text))
	}
	return result.Code, failed
}
