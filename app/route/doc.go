// Package route is the addresses of views: the fragments of the one page, as "#/@user@host/media". Plain Go.
package route
