// Package script makes scripts and styles ready for browsers: modules become one script, and everything is written shorter.
package script

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/evanw/esbuild/pkg/api"
)

// target is the oldest language version that all supported browsers (Safari 16.4 and later) run.
const target = api.ES2022

// Bundle makes one classic script of a module and what it imports, all from the same folder tree. It leaves nothing behind in the
// global scope, and loads nothing later. entry is a path in it, "js/boot.js". A mistake is an error with its file and line.
func Bundle(files fs.FS, entry string) ([]byte, error) {
	const space = "web" // keeps esbuild from looking on the disk
	read := func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		data, err := fs.ReadFile(files, args.Path)
		text := string(data)
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, err
	}
	resolve := func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		if args.Kind == api.ResolveEntryPoint {
			return api.OnResolveResult{Path: args.Path, Namespace: space}, nil
		}
		return api.OnResolveResult{Path: path.Join(path.Dir(args.Importer), args.Path), Namespace: space}, nil
	}
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entry}, Bundle: true, Format: api.FormatIIFE, Target: target, LogLevel: api.LogLevelSilent, LegalComments: api.LegalCommentsInline,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Banner: map[string]string{"js": `"use strict";`}, // modules always are
		Plugins: []api.Plugin{{Name: "files", Setup: func(b api.PluginBuild) {
			b.OnResolve(api.OnResolveOptions{Filter: ".*"}, resolve)
			b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: space}, read)
		}}},
	})
	if err := failure(result.Errors, entry); err != nil {
		return nil, err
	}
	return result.OutputFiles[0].Contents, nil
}

// Minify writes a classic script or a style sheet shorter. What it means stays the same, the names in its global scope too. A
// mistake is an error with its line.
func Minify(name string, data []byte, kind api.Loader) ([]byte, error) {
	result := api.Transform(string(data), api.TransformOptions{
		Loader: kind, Target: target, Sourcefile: name, LogLevel: api.LogLevelSilent, LegalComments: api.LegalCommentsInline,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
	})
	return result.Code, failure(result.Errors, name)
}

// failure joins esbuild's messages; those without a place are said to be of name.
func failure(messages []api.Message, name string) error {
	var failed error
	for _, m := range messages {
		file, line := name, 0
		if m.Location != nil {
			file, line = m.Location.File, m.Location.Line
		}
		failed = errors.Join(failed, fmt.Errorf("%s, line %d: %s", file, line, m.Text))
	}
	return failed
}
