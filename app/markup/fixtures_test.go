package markup

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
)

var (
	now  = time.Date(2026, 11, 22, 18, 40, 0, 0, time.UTC)
	zone = time.FixedZone("CET", 3600)
)

// testLinks are the app's addresses in short.
type testLinks struct{}

func (testLinks) Profile(a *feeds.Author) string { return "#/@" + a.Handle() }
func (testLinks) Handle(h string) string         { return "#/@" + h }
func (testLinks) Tag(host, tag string) string    { return "#/t/" + host + "/" + tag }
func (testLinks) Post(p *feeds.Post) string {
	return "#/p/" + p.Sightings[0].Host + "/" + p.Sightings[0].ID
}
func (testLinks) Page(string) string        { return "" }
func (testLinks) Server(host string) string { return "#/i/" + host }

// plainLinks are those of a static page: every view is at its origin.
type plainLinks struct{}

func (plainLinks) Profile(a *feeds.Author) string { return a.URL }
func (plainLinks) Handle(string) string           { return "" }
func (plainLinks) Tag(string, string) string      { return "" }
func (plainLinks) Post(p *feeds.Post) string      { return p.URL }
func (plainLinks) Page(string) string             { return "" }
func (plainLinks) Server(host string) string      { return "https://" + host + "/" }

func drawing(t testing.TB, lang string) *Drawing {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "web", "locales", lang+".json"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return &Drawing{
		Words: w, Now: now, Local: func(t time.Time) time.Time { return t.In(zone) }, Links: testLinks{},
		Icons: "icons.svg", Host: "hafenlicht.example", Actions: true,
	}
}

func static(t testing.TB) *Drawing {
	d := drawing(t, "de")
	d.Now, d.Actions, d.Links, d.Settings.HideCounts = time.Time{}, false, plainLinks{}, true
	return d
}

func author(user, domain, name, picture string) *feeds.Author {
	a := &feeds.Author{User: user, Domain: domain, Host: domain, ID: "1", Name: name, URL: "https://" + domain + "/@" + user,
		Counts: feeds.AuthorCounts{Posts: -1, Followers: -1, Following: -1}}
	if picture != "" {
		a.Avatar = "https://" + domain + "/img/" + picture
	}
	return a
}

func marta() *feeds.Author {
	a := author("marta", "hafenlicht.example", "Marta Lindqvist :lamp:", "a-marta.svg")
	a.Emoji = []content.CustomEmoji{{Shortcode: "lamp", URL: "https://hafenlicht.example/img/emoji-lamp.svg", Static: "https://hafenlicht.example/img/emoji-lamp-still.svg"}}
	return a
}

func library() *feeds.Author {
	return author("bibliothek", "norderau.example", "Stadtbibliothek Norderau", "a-biblio.svg")
}

// text makes a Doc of paragraphs.
func text(paragraphs ...string) content.Doc {
	var doc content.Doc
	for _, p := range paragraphs {
		doc.Blocks = append(doc.Blocks, content.Node{Kind: content.Paragraph, Children: []content.Node{{Text: p}}})
	}
	return doc
}

func words1(kind content.Kind, s string) content.Node {
	return content.Node{Kind: kind, Children: []content.Node{{Text: s}}}
}

func post(a *feeds.Author, id, lang string, minutes int, body content.Doc) *feeds.Post {
	return &feeds.Post{
		Key: feeds.Key("https://" + a.Domain + "/posts/" + id), URI: "https://" + a.Domain + "/posts/" + id, URL: a.URL + "/" + id,
		Author: a, Published: now.Add(-time.Duration(minutes) * time.Minute), Body: body, Language: lang,
		Counts:    feeds.Counts{Replies: 6, Boosts: 11, Favourites: 58},
		Sightings: []feeds.Sighting{{Host: a.Domain, ID: id, Origin: true}},
	}
}

func picture1(name, alt string, w, h int) feeds.Media {
	return feeds.Media{Kind: feeds.Image, URL: "https://pixel.example/img/" + name, Preview: "https://pixel.example/img/" + name, Alt: alt, Width: w, Height: h}
}

// sample is one kind of post, drawn in one way.
type sample struct {
	name string
	draw func(d *Drawing) // changes how it is drawn; nil for the usual way
	row  func() Row
}

func inFeed(p *feeds.Post) Row { return Row{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}} }

func samples() []sample {
	return append(append(append(append(plainSamples(), attachedSamples()...), threadSamples()...), settingsSamples()...), familySamples()...)
}

func plainSamples() []sample {
	return []sample{
		{name: "picture", row: func() Row {
			p := post(marta(), "1001", "en", 14, text("First ferry with the deck lights on before four o’clock. The whole quay smells of rain and cardamom."))
			p.Media = []feeds.Media{picture1("photo-harbour.svg", "Dusk over a harbour: warehouses with lit windows on the left.", 800, 533)}
			return inFeed(p)
		}},
		{name: "boosted-card", row: func() Row {
			p := post(author("imprimerie", "papier.example", "La Petite Imprimerie", "a-papier.svg"), "1002", "fr", 42, content.Doc{Blocks: []content.Node{
				{Kind: content.Paragraph, Children: []content.Node{{Text: "Nous avons retrouvé une casse entière de Garamond corps 12 dans le grenier."}}},
				{Kind: content.Paragraph, Children: []content.Node{
					{Kind: content.Hashtag, Name: "typographie", Href: "https://papier.example/tags/typographie", Children: []content.Node{{Text: "#typographie"}}}, {Text: " "},
					{Kind: content.Mention, Name: "marta@hafenlicht.example", Href: "https://hafenlicht.example/@marta", Children: []content.Node{{Text: "@marta"}}},
				}},
			}})
			p.Card = &feeds.Card{URL: "https://papier.example/carnet/grenier", Title: "Ce que disait le grenier : carnet d’un sauvetage",
				Description: "Comment trier quarante kilos de plomb sans perdre patience.", Image: "https://papier.example/img/type.svg", Width: 400, Height: 300, Language: "fr"}
			r := inFeed(p)
			r.Entry.BoostedBy = marta()
			return r
		}},
		{name: "arabic", row: func() Row {
			p := post(author("yusuf", "almaqha.example", "مقهى الضفة", "a-yusuf.svg"), "1003", "ar", 69, text("مساء الخير من المقهى. الليلة نقرأ بصوتٍ عالٍ فصلًا من رواية لم تُنشر بعد."))
			return inFeed(p)
		}},
		{name: "warning", row: func() Row {
			p := post(author("jo", "slowpost.example", "Jo Okonedo", ""), "1006", "en", 172, text("Two hours, four injections, one very kind hygienist."))
			p.Warning, p.Sensitive, p.Counts.Boosts = "Dentist, needles", true, 0
			p.Media = []feeds.Media{picture1("wheel.svg", "A chair.", 800, 600)}
			return inFeed(p)
		}},
		{name: "rich-text", row: func() Row {
			p := post(author("otto.wetterwarte", "hafenlicht.example", "Otto from the weather station", "a-otto.svg"), "1021", "en", 40, richText())
			p.Author.Bot, p.Edited = true, now.Add(-10*time.Minute)
			return inFeed(p)
		}},
		{name: "community", row: func() Row {
			p := post(author("petersilie", "beet.example", "petersilie", "a-petersilie.svg"), "1008", "en", 366, text("South wall, fourth floor, two layers of fleece at night."))
			p.Title, p.Counts = "Still picking tomatoes on 22 November. Is this allowed?", feeds.Counts{Replies: 63, Boosts: -1, Favourites: 214}
			r := inFeed(p)
			r.Entry.BoostedBy = author("balkongarten", "beet.example", "balkongarten", "a-garten.svg")
			r.Entry.BoostedBy.Group = true
			return r
		}},
		{name: "long", row: func() Row {
			var paragraphs []string
			for range 12 {
				paragraphs = append(paragraphs, "The tide table of the old harbour was printed by hand until 1974, and somebody still checks it against the quay with a pole, every morning, also on Sundays, also in fog.")
			}
			return inFeed(post(marta(), "1040", "en", 3000, text(paragraphs...)))
		}},
		{name: "answer", row: func() Row {
			p := post(marta(), "1041", "", 5, text("Yes."))
			p.ReplyTo = &feeds.ReplyTo{ID: "9", Handle: "jo@slowpost.example"}
			p.Counts = feeds.Counts{Replies: 0, Boosts: 0, Favourites: 0}
			return inFeed(p)
		}},
		{name: "pinned", row: func() Row {
			p := post(library(), "1016", "de", 29381, text("Ab sofort sonntags geöffnet: 11 bis 17 Uhr, ohne Ausleihe, mit Heizung."))
			p.Reactions = []feeds.Reaction{{Name: "🎉", Count: 12}, {Name: "book", Count: 3, URL: "https://norderau.example/img/emoji-book.svg", Static: "https://norderau.example/img/emoji-book-still.svg"}}
			return Row{Post: p, Entry: feeds.Entry{Key: p.Key, Pinned: true}, Place: Place{Kind: Pinned}}
		}},
	}
}

// richText has every kind of node.
func richText() content.Doc {
	return content.Doc{Blocks: []content.Node{
		{Kind: content.Heading, Level: 1, Children: []content.Node{{Text: "Quay station"}}},
		{Kind: content.Heading, Level: 4, Children: []content.Node{{Text: "18:00"}}},
		{Kind: content.Paragraph, Children: []content.Node{
			words1(content.Emphasis, "4.1 °C"), {Text: ", "}, words1(content.Strong, "gusts 9"), {Kind: content.Break}, words1(content.Strike, "rising"), {Text: " "}, words1(content.Underline, "falling"),
			{Text: " H"}, words1(content.Sub, "2"), {Text: "O m"}, words1(content.Sup, "3"), {Text: " "}, {Kind: content.Code, Text: "a < b && c"},
			{Text: " "}, {Kind: content.Ruby, Text: "とうきょう", Children: []content.Node{{Text: "東京"}}},
			{Text: " "}, {Kind: content.Emoji, Name: "buoy", Href: "https://hafenlicht.example/img/buoy.gif"},
		}},
		{Kind: content.Paragraph, Children: []content.Node{{Kind: content.Link, Href: "https://hafenlicht.example/tide?day=1&week=2", Children: []content.Node{
			words1(content.Invisible, "https://"), words1(content.Ellipsis, "hafenlicht.example/tide"), words1(content.Invisible, "?day=1&week=2"),
		}}}},
		{Kind: content.Quote, Children: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: "Who left the gate open?"}}}}},
		{Kind: content.List, Ordered: true, Children: []content.Node{
			{Kind: content.ListItem, Children: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: "wind"}}}}},
			{Kind: content.ListItem, Children: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: "water"}}}, {Kind: content.List, Children: []content.Node{
				{Kind: content.ListItem, Children: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: "high"}}}}}}}}},
		}},
		{Kind: content.Rule},
		{Kind: content.CodeBlock, Name: "go", Text: "\nif a < b {\n\treturn &c\n}"},
	}}
}

func attachedSamples() []sample {
	return []sample{
		{name: "poll", row: func() Row {
			p := post(author("rathaus", "norderau.example", "Stadt Norderau", "a-rathaus.svg"), "1004", "de", 105, text("Wie soll der neue Platz am Alten Hafen heißen?"))
			p.Poll = &feeds.Poll{Votes: 2318, Voters: 2318, Expired: true, Ends: time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC), Options: []feeds.PollOption{
				{Title: "Lotsenplatz", Votes: 1113}, {Title: "Platz der Hafenarbeiterinnen", Votes: 765}, {Title: "Am Speicher", Votes: 325}, {Title: "Mir egal, Hauptsache Bänke", Votes: 115}}}
			return inFeed(p)
		}},
		{name: "poll-hidden", row: func() Row {
			p := post(library(), "1042", "en", 60, text("Which evenings?"))
			p.Poll = &feeds.Poll{Votes: 90, Voters: 41, Multiple: true, Ends: now.Add(26 * time.Hour), Options: []feeds.PollOption{{Title: "Tuesday", Votes: -1}, {Title: "Friday :book:", Votes: -1}},
				Emoji: []content.CustomEmoji{{Shortcode: "book", URL: "https://norderau.example/img/emoji-book.svg"}}}
			return inFeed(p)
		}},
		{name: "gallery", row: func() Row {
			p := post(author("lumen", "pixel.example", "Lumen", "a-lumen.svg"), "1005", "en", 140, text("Rooms where people read today."))
			for _, m := range []struct{ file, alt string }{{"shelf.svg", "Three full bookshelves lit from above."}, {"train.svg", "A coffee cup on a sill."}, {"bread.svg", ""}, {"hills.svg", "Snowy hills."}, {"wheel.svg", "A wheel."}, {"stars.svg", "Stars."}} {
				p.Media = append(p.Media, picture1(m.file, m.alt, 800, 600))
			}
			r := inFeed(p)
			r.Open.Alt = 2
			return r
		}},
		{name: "sensitive", row: func() Row {
			p := post(author("lumen", "pixel.example", "Lumen", "a-lumen.svg"), "1012", "en", 685, text("Fox, road, this morning."))
			p.Sensitive = true
			p.Media = []feeds.Media{picture1("hills.svg", "A dead fox at the edge of a country road.", 600, 800)}
			p.Media[0].FocusX, p.Media[0].FocusY, p.Media[0].Blurhash = -0.6, 0.5, "LEHV6nWB2yk8pyo0adR*.7kCMdnj"
			return inFeed(p)
		}},
		{name: "video", row: func() Row {
			p := post(author("kettenblatt", "film.example", "Radwerkstatt Kettenblatt", "a-werk.svg"), "1007", "en", 215, text("No stand, no gauge."))
			p.Title = "Truing a wheel in nine minutes, with a zip tie"
			p.Media = []feeds.Media{{Kind: feeds.Video, URL: "https://film.example/v/7.m3u8", Preview: "https://film.example/img/wheel.svg", Duration: 552 * time.Second, Width: 1280, Height: 720},
				{Kind: feeds.Video, URL: "https://film.example/v/7.mp4", Preview: "https://film.example/img/wheel.svg", Alt: "A wheel turns.", Width: 1280, Height: 720},
				{Kind: feeds.Gifv, URL: "https://film.example/v/8.mp4"}}
			return inFeed(p)
		}},
		{name: "audio", row: func() Row {
			p := post(author("umland", "ton.example", "Umland, a podcast", "a-umland.svg"), "1009", "en", 460, text("Episode 41: the last lock keeper."))
			p.Media = []feeds.Media{{Kind: feeds.Audio, URL: "https://ton.example/41.mp3", Alt: "An hour by the canal.", Duration: 3520 * time.Second},
				{Kind: feeds.UnknownMedia, URL: "https://ton.example/41.pdf"}, {Kind: feeds.Image}}
			return inFeed(p)
		}},
		{name: "quote", row: func() Row {
			p := post(author("ines", "maresia.example", "Inês Tavares", "a-ines.svg"), "1011", "pt", 600, text("É isto.", "RE: https://norderau.example/posts/77"))
			at := 1
			p.Body.QuoteFallback = &at
			q := post(library(), "77", "de", 1538, text("Ein Lesesaal ist der letzte Ort in der Stadt, an dem niemand etwas von Ihnen will."))
			q.Media, q.Sensitive = []feeds.Media{picture1("shelf.svg", "Regale.", 800, 600)}, true
			q.Quote = &feeds.Quote{State: feeds.QuoteAccepted, ID: "12"}
			p.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: q, URL: q.URL}
			return inFeed(p)
		}},
		{name: "quote-pending", row: func() Row {
			p := post(marta(), "1043", "en", 600, text("Look at this."))
			p.Quote = &feeds.Quote{State: feeds.QuotePending, URL: "https://norderau.example/@bibliothek/78"}
			return inFeed(p)
		}},
		{name: "card-without-picture", row: func() Row {
			p := post(marta(), "1044", "en", 600, content.Doc{})
			p.Card = &feeds.Card{URL: "https://www.film.example/watch/7", Title: "Truing a wheel", Provider: "Film", Player: true}
			return inFeed(p)
		}},
	}
}

func threadSamples() []sample {
	return []sample{
		{name: "ancestor", row: func() Row {
			r := inFeed(post(author("jo", "slowpost.example", "Jo Okonedo", "a-jo.svg"), "1024", "en", 578, text("Does anyone still go to a library?")))
			r.Place.Kind = Ancestor
			return r
		}},
		{name: "focused", row: func() Row {
			p := post(library(), "1025", "de", 540, text("Ja. Heute früh: sieben Menschen, vierzehn Zeitungen, eine Thermoskanne, null Gespräche."))
			p.Title, p.Application, p.Edited = "Ein Rundgang", &feeds.Application{Name: "Tusky", URL: "https://tusky.example"}, now.Add(-500*time.Minute)
			p.Media = []feeds.Media{picture1("shelf.svg", "Drei volle Bücherregale, von oben beleuchtet.", 800, 600)}
			p.Counts = feeds.Counts{Replies: 83, Boosts: 142, Favourites: 1517, Quotes: 2}
			r := inFeed(p)
			r.Place = Place{Kind: Focused, Part: 1, Parts: 7}
			return r
		}},
		{name: "chain", row: func() Row {
			r := inFeed(post(library(), "1026", "de", 536, text("Tisch 1: die Frau mit dem Lineal.")))
			r.Place = Place{Kind: Chain, Part: 2, Parts: 7}
			return r
		}},
		{name: "reply", row: func() Row {
			p := post(library(), "1029", "de", 516, text("Das Kardamom steht inzwischen im Inventar."))
			p.Counts.Replies, p.Counts.Boosts = 0, 0
			r := inFeed(p)
			r.Place = Place{Kind: Reply, Depth: 2, Step: 1, Parent: "https://hafenlicht.example/posts/1", ByAuthor: true}
			return r
		}},
		{name: "deep-reply", row: func() Row {
			r := inFeed(post(marta(), "1030", "en", 500, text("Booked.")))
			r.Place = Place{Kind: Reply, Depth: 9, Step: 8, ReplyTo: "ines@maresia.example"}
			return r
		}},
		{name: "orphan", row: func() Row {
			r := inFeed(post(marta(), "1034", "en", 468, text("Twenty opinions is a quorum.")))
			r.Place = Place{Kind: Reply, Depth: 2, Step: 1, MissingParent: true}
			return r
		}},
	}
}

// again draws a sample in another way.
func again(name, of string, draw func(*Drawing), open Opened) sample {
	return sample{name: name, draw: draw, row: func() Row {
		for _, s := range append(plainSamples(), attachedSamples()...) {
			if s.name == of {
				r := s.row()
				r.Open = open
				return r
			}
		}
		return Row{}
	}}
}

func settingsSamples() []sample {
	saver := func(d *Drawing) { d.Settings.DataSaver = true }
	return []sample{
		again("warning-opened", "warning", nil, Opened{Warning: Open}),
		again("warning-by-settings", "warning", func(d *Drawing) { d.Settings.OpenWarnings = true }, Opened{}),
		again("sensitive-by-settings", "sensitive", func(d *Drawing) { d.Settings.ShowSensitive = true }, Opened{}),
		again("sensitive-closed-again", "sensitive", func(d *Drawing) { d.Settings.ShowSensitive = true }, Opened{Veil: Shut}),
		again("long-opened", "long", nil, Opened{Whole: true}),
		again("data-saver", "gallery", saver, Opened{}),
		again("data-saver-loaded", "gallery", saver, Opened{Media: true}),
		again("data-saver-quote", "quote", saver, Opened{}),
		again("no-counts", "picture", func(d *Drawing) { d.Settings.HideCounts = true }, Opened{}),
		again("autoplay", "video", func(d *Drawing) { d.Settings.Autoplay = true }, Opened{}),
	}
}
