package syndicate_test

import (
	"time"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 11, 31, 0, 0, time.UTC) }

// fullPost is a post with every part.
func fullPost() *feeds.Post {
	score := 88
	author := func(name, user string) *feeds.Author {
		return &feeds.Author{User: user, Domain: "a.example", Name: name, URL: "https://a.example/@" + user, URI: "https://a.example/users/" + user}
	}
	group := author("Bikes", "bikes")
	group.Group, group.Community = true, true
	p := &feeds.Post{
		Key: "https://a.example/1", URI: "https://a.example/1", URL: "https://a.example/@ada/1", Author: author("Ada Author", "ada"),
		Published: day(2026, 1, 2), Edited: day(2026, 1, 3), Title: "The title", Body: content.ParsePlain("The body", content.Options{}), Warning: "The warning",
		Sensitive: true, Language: "de", Emoji: []content.CustomEmoji{{Shortcode: "x", URL: "https://a.example/x.png"}},
		Media: []feeds.Media{
			{Kind: feeds.Image, URL: "https://media.example/picture.png", Original: "https://origin.example/picture.png", Alt: "The picture", Width: 4, Height: 3, FocusX: 0.5, FocusY: 0.5, Blurhash: "LEHV6nWB2yk8pyo0adR*.7kCMdnj"},
			{Kind: feeds.Video, Preview: "https://media.example/still.png", URL: "https://media.example/film.mp4", Alt: "The film", Duration: 61 * time.Second, Film: &feeds.Film{
				Files:    []feeds.File{{URL: "https://media.example/film.mp4", Width: 1920, Height: 1080, Bytes: 9e7}, {URL: "https://media.example/small.mp4", Width: 854, Height: 480, Bytes: 9e6}},
				Stream:   "https://media.example/stream.m3u8",
				Captions: []feeds.Caption{{URL: "https://media.example/de.vtt", Language: "de", Label: "Allemand"}, {URL: "https://media.example/all.vtt", Label: "Signs and songs"}},
				Chapters: []feeds.Chapter{{Start: 30 * time.Second, Title: "Chapter one"}}, Player: "https://media.example/player", Live: feeds.LiveEnded,
			}},
			{Kind: feeds.Audio, URL: "https://media.example/sound.mp3", Alt: "The sound", Duration: 61 * time.Second},
			{Kind: feeds.UnknownMedia, URL: "https://media.example/file.zip", Alt: "The file"},
		},
		Poll: &feeds.Poll{ID: "1", Options: []feeds.PollOption{{Title: "Option one", Votes: 9}, {Title: "Option two", Votes: 3}}, Votes: 12, Voters: 12, Ends: day(2026, 1, 4), Expired: true,
			Emoji: []content.CustomEmoji{{Shortcode: "x", URL: "https://a.example/x.png"}}},
		Card: &feeds.Card{URL: "https://card.example/", Title: "The card", Description: "About the card", Provider: "The paper", AuthorName: "A columnist", AuthorHandle: "columnist@card.example", Image: "https://card.example/image.png",
			ImageAlt: "The image of the card", Width: 4, Height: 3, Blurhash: "LEHV6nWB2yk8pyo0adR*.7kCMdnj", Language: "en", Published: day(2025, 1, 1)},
		Quote: &feeds.Quote{State: feeds.QuoteAccepted, ID: "2", URL: "https://a.example/@ada/2", Post: &feeds.Post{
			Key: "https://a.example/2", URL: "https://a.example/@ada/2", Author: author("Quinn Quoted", "quinn"), Published: day(2026, 1, 1), Body: content.ParsePlain("The quoted words", content.Options{}),
			Counts: feeds.Counts{Replies: -1, Boosts: -1, Favourites: -1, Quotes: -1},
		}},
		ReplyTo: &feeds.ReplyTo{ID: "7", Key: "https://answered.example/7", Handle: "jo@answered.example"}, Mentions: []feeds.Mention{{Handle: "named@mention.example", URL: "https://mention.example/"}},
		Tags:      []feeds.Tag{{Name: "outsidethetext", URL: "https://a.example/tags/outsidethetext", Uses: 3}},
		Reactions: []feeds.Reaction{{Name: "reactionname", Count: 4321, URL: "https://a.example/reaction.png", Static: "https://a.example/still.png"}},
		Counts:    feeds.Counts{Replies: 4711, Boosts: 321, Favourites: 90, Quotes: 7, Score: &score}, Group: group, Channel: "The room",
		CrossPosts: []feeds.CrossPost{{ID: "9", URL: "https://b.example/post/9", Title: "The cross-post", Group: "bells@b.example", Replies: 23}},
		Event:      &feeds.Event{Starts: day(2027, 1, 1), Ends: day(2028, 1, 1), Place: "The place", Online: "https://meet.example/tea", Status: feeds.EventCancelled}, Deleted: true, Partial: true,
		Visibility: feeds.Unlisted, Application: &feeds.Application{Name: "The program", URL: "https://program.example/"},
		License:   &feeds.License{Name: "The licence", URL: "https://licence.example/"},
		Sightings: []feeds.Sighting{{Host: "a.example", ID: "1", ParentID: "7", At: day(2026, 1, 5), Origin: true}},
	}
	return p
}

// variants are the post where each reason to stand in a list is the one that is named: boosted, posted in a group, in a room.
func variants() []reader.Item {
	boosted, grouped, roomed := fullPost(), fullPost(), fullPost()
	grouped.Key, grouped.ReplyTo = "https://a.example/1b", nil
	roomed.Key, roomed.Group, roomed.Sensitive = "https://a.example/1c", nil, false // its pictures are shown where links stand for sensitive ones
	by := &feeds.Author{User: "bob", Domain: "a.example", Name: "Bob Booster", URL: "https://a.example/@bob"}
	at := func(p *feeds.Post, by *feeds.Author) reader.Item {
		return reader.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published, WrapperID: "w", BoostedBy: by, Pinned: true}}
	}
	return []reader.Item{at(boosted, by), at(grouped, nil), at(roomed, nil)}
}
