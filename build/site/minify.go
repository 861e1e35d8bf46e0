package site

import (
	"errors"
	"fmt"

	"github.com/evanw/esbuild/pkg/api"
)

// target is the oldest language version that all supported browsers (Safari 16.4 and later) run.
const target = api.ES2022

// minify writes a script or style sheet shorter. What it means stays the same; a mistake in it ends the build here.
func minify(name string, data []byte, kind api.Loader) ([]byte, error) {
	result := api.Transform(string(data), api.TransformOptions{
		Loader: kind, Target: target, Sourcefile: name, LogLevel: api.LogLevelSilent, LegalComments: api.LegalCommentsInline,
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
