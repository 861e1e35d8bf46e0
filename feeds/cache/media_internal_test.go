package cache

import "context"

// Held is how many files there are, noted or not.
func Held(m *Media) int {
	urls, _ := m.files.urls(context.Background())
	return len(urls)
}

// Lose removes a file without its note.
func Lose(m *Media, url string) { _ = m.files.remove(context.Background(), []string{url}) }
