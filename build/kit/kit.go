// Package kit makes the files that pages which show a feed load beside it: the custom element, the script that gives frames
// their height, and the style. They stand at the root of the site.
package kit

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"vitrine/build/script"
)

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
		make func(fs.FS, string) ([]byte, error)
		to   *Pair
	}{
		{"embed.js", script.Bundle, &k.Element},
		{"embed-height.js", script.Bundle, &k.Height},
		{"css/embed.css", style, &k.Style},
	} {
		data, err := part.make(web, part.file)
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

// style is a style sheet, written shorter.
func style(web fs.FS, file string) ([]byte, error) {
	data, err := fs.ReadFile(web, file)
	if err != nil {
		return nil, err
	}
	return script.Minify(file, data, api.LoaderCSS)
}

func pair(name string, data []byte) Pair {
	short, long := sha256.Sum256(data), sha512.Sum384(data)
	ext := path.Ext(name)
	integrity := "sha384-" + base64.StdEncoding.EncodeToString(long[:])
	named := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(short[:6]) + ext // as build/site names what it makes
	return Pair{File{name, data, integrity}, File{named, data, integrity}}
}
