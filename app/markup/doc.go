// Package markup draws a post, once: it turns a *feeds.Post into a small closed element tree that the app, static pages and
// the loader's stored fronts all show. Plain Go, without go-app.
package markup
