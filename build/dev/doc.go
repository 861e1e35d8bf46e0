// Package dev serves the site while it is worked on: it builds what changed, uncompressed, and lets open pages reload.
package dev
