// Package config reads web/site.toml, the one file that a site owner edits, and the built-in list of servers. It reports every
// mistake at once, with file, line, key and what was perhaps meant.
package config
