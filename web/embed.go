// Package web holds what the site is made of beside the program: the configuration, pages, styles, scripts, icons and
// sentences. The build command reads it from here; the program in the browser fetches what it needs and never imports it.
package web

import "embed"

// Files is this folder. It is never written to.
//
//go:embed site.toml shell css icons shots js sw content locales embed embed.js embed-height.js
var Files embed.FS
