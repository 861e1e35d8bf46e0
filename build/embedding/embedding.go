// Package embedding builds the assets that a page loads to show an official feed: the custom element, the script that gives frames
// their height, and the style sheet. They are published at the root of the site.
package embedding

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

// File is one published file.
type File struct {
	Name      string // below the site's root
	Data      []byte // read-only
	Integrity string // for the attribute of that name (https://www.w3.org/TR/sri/)
}

// Asset is a file under two names. Stable always has the newest content; the content of Hashed, "embed.HASH.js", never changes, so that
// pages can load it with its Integrity.
type Asset struct{ Stable, Hashed File }

// Assets are all files.
type Assets struct {
	Element Asset // embed.js, which defines <vitrine-feed>. It loads the style by its stable name
	Height  Asset // embed-height.js, for iframe[data-vitrine] and in it
	Style   Asset // embed.css
}

// Make builds the assets from the folder web/. A syntax error in a script or in the style is returned with its file and line.
func Make(web fs.FS) (*Assets, error) {
	assets := &Assets{}
	for _, part := range []struct {
		file string
		make func(fs.FS, string) ([]byte, error)
		to   *Asset
	}{
		{"embed.js", script.Bundle, &assets.Element},
		{"embed-height.js", script.Bundle, &assets.Height},
		{"css/embed.css", style, &assets.Style},
	} {
		data, err := part.make(web, part.file)
		if err != nil {
			return nil, err
		}
		*part.to = pair(path.Base(part.file), data)
	}
	return assets, nil
}

// Files returns all files by their names below the site's root.
func (a *Assets) Files() map[string][]byte {
	files := map[string][]byte{}
	for _, p := range []Asset{a.Element, a.Height, a.Style} {
		files[p.Stable.Name], files[p.Hashed.Name] = p.Stable.Data, p.Hashed.Data
	}
	return files
}

// style returns a minified style sheet.
func style(web fs.FS, file string) ([]byte, error) {
	data, err := fs.ReadFile(web, file)
	if err != nil {
		return nil, err
	}
	return script.Minify(file, data, api.LoaderCSS)
}

func pair(name string, data []byte) Asset {
	short, long := sha256.Sum256(data), sha512.Sum384(data)
	ext := path.Ext(name)
	integrity := "sha384-" + base64.StdEncoding.EncodeToString(long[:])
	named := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(short[:6]) + ext // the naming of build/site
	return Asset{File{name, data, integrity}, File{named, data, integrity}}
}
