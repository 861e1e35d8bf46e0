package captions

import (
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// maxChapters is how many chapters are read.
const maxChapters = 500

// Chapters reads a podcast's file of chapters, in the order of their beginning. One without a title, or that isn't to be listed, is left out;
// a file without any is a feeds.BadData.
// Source: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
func Chapters(data []byte) ([]feeds.Chapter, error) {
	var wire struct {
		Chapters []struct {
			Start  float64 `json:"startTime"`
			Title  string  `json:"title"`
			Listed *bool   `json:"toc"`
		} `json:"chapters"`
	}
	err := jsontext.Unmarshal(data, &wire)
	var out []feeds.Chapter
	for _, c := range wire.Chapters {
		start, ok := length(c.Start)
		title := strings.Join(strings.Fields(c.Title), " ")
		if !ok || title == "" || c.Listed != nil && !*c.Listed || len(out) == maxChapters {
			continue
		}
		at := len(out)
		for at > 0 && out[at-1].Start > start {
			at--
		}
		out = append(out, feeds.Chapter{})
		copy(out[at+1:], out[at:])
		out[at] = feeds.Chapter{Start: start, Title: title}
	}
	if len(out) == 0 {
		return nil, &feeds.Error{Kind: feeds.BadData, Err: err}
	}
	return out, nil
}
