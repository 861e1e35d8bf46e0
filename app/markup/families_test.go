package markup

import (
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// familySamples are what other softwares than Mastodon send.
func familySamples() []sample {
	focused := func(p *feeds.Post) Row {
		return Row{Post: p, Entry: feeds.Entry{Key: p.Key}, Place: Place{Kind: Focused}}
	}
	score := -2
	return []sample{
		{name: "film", row: func() Row {
			p := post(author("harbour", "film.example", "The harbour", ""), "3001", "en", 90, text("A slow pan."))
			p.Title = "Dusk"
			p.Media = []feeds.Media{{Kind: feeds.Video, URL: "https://film.example/720.mp4", Preview: "https://film.example/still.jpg", Width: 1280, Height: 720, Duration: 61 * time.Second, Film: &feeds.Film{
				Files:    []feeds.File{{URL: "https://film.example/1080.mp4", Width: 1920, Height: 1080, Bytes: 9_000_000}, {URL: "https://film.example/720.mp4", Width: 1280, Height: 720}},
				Captions: []feeds.Caption{{URL: "https://film.example/de.vtt", Language: "de", Label: "German"}, {URL: "javascript:1", Label: "Bad"}},
				Chapters: []feeds.Chapter{{Title: "<b>Crane</b>"}, {Start: 30 * time.Second, Title: "Lamps"}},
				Player:   "https://film.example/embed/1?p2p=0", Live: feeds.LiveEnded,
			}}}
			return focused(p)
		}},
		{name: "film-in-a-list", row: func() Row {
			p := post(author("harbour", "film.example", "The harbour", ""), "3002", "en", 90, text("A slow..."))
			p.Title, p.Partial = "Dusk", true
			p.Media = []feeds.Media{{Kind: feeds.Video, Preview: "https://film.example/still.jpg", Duration: 61 * time.Second}}
			return inFeed(p)
		}},
		{name: "discussion", row: func() Row {
			p := post(author("jo", "forum.example", "Jo", ""), "3003", "en", 90, content.Doc{Blocks: []content.Node{
				{Kind: content.Fold, Name: "The end", Children: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: "They live."}}}}},
				{Kind: content.Fold, Children: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: "Untitled."}}}}},
			}})
			p.Title, p.Counts = "Which bell?", feeds.Counts{Replies: 3, Boosts: -1, Favourites: 1, Quotes: -1, Score: &score}
			p.Group = &feeds.Author{User: "bikes", Domain: "forum.example", Group: true, Community: true}
			p.CrossPosts = []feeds.CrossPost{{ID: "9", URL: "https://forum.example/post/9", Title: "Which <b>bell</b>?", Group: "bells@forum.example", Replies: 2}}
			return focused(p)
		}},
		{name: "taken-back", row: func() Row {
			p := post(author("x", "forum.example", "X", ""), "3004", "", 90, content.Doc{})
			p.Deleted = true
			return Row{Post: p, Entry: feeds.Entry{Key: p.Key}, Place: Place{Kind: Reply, Depth: 1}}
		}},
		{name: "event", row: func() Row {
			p := post(author("pier", "events.example", "The pier", ""), "3005", "en", 90, text("Bring a cup."))
			p.Title = "Tea"
			p.Event = &feeds.Event{Starts: now.Add(48 * time.Hour), Ends: now.Add(50 * time.Hour), Place: "The pier, Norderau", Online: "https://meet.example/tea"}
			return inFeed(p)
		}},
	}
}
