package syndicate_test

import (
	"bytes"
	"html"
	"reflect"
	"strings"
	"testing"
	"time"

	"vitrine/app/markup"
	"vitrine/app/settings"
	"vitrine/app/syndicate"
	"vitrine/app/words"
	"vitrine/build/config"
	"vitrine/build/snapshot/ledger"
	"vitrine/build/snapshot/pages"
	"vitrine/feeds"
	"vitrine/feeds/reader"
	"vitrine/web"
)

// The outputs of a post.
const (
	article  = "article"   // HTML of app/markup
	front    = "front"     // its JSON
	static   = "static"    // a page of an official feed
	jsonFeed = "JSON Feed" // read
	atom     = "Atom"
	text     = "text"
)

// part is what outputs have of a field of a post.
type part struct {
	marks  []string          // each stands in all outputs
	except map[string]string // the outputs that don't have it, with the reason
	not    string            // why no output has it; no marks then
}

func shown(marks ...string) part { return part{marks: marks} }

func hidden(reason string) part { return part{not: reason} }

// but names outputs that don't have a part.
func (p part) but(reason string, outputs ...string) part {
	p.except = map[string]string{}
	for _, o := range outputs {
		p.except[o] = reason
	}
	return p
}

// Reasons that several parts have.
const (
	inText    = "text names what can be opened, and the pictures of pages can't be"
	onlyData  = "it is for programs, which read JSON Feed"
	opened    = "static pages show no post opened, as in a conversation"
	profile   = "it belongs to the author's profile"
	layout    = "it says how a picture is laid out"
	quiet     = "static pages show nothing that changes all the time"
	identity  = "it names the post among copies"
	published = "the numbers change or are shortened: readers of feeds keep an entry as it was when they read it"
)

// table says of every field what becomes of it. Fields of the post itself are named "Post.X", of what it holds by their type.
func table() map[string]part {
	html := []string{article, front, static, atom, text}
	return map[string]part{
		"Post.Key":         hidden(identity + "; it is the entry's id"),
		"Post.URI":         hidden(identity + "; pages have it as data-uri"),
		"Post.URL":         shown("https://a.example/@ada/1").but("the app leads to its own view", article, front),
		"Post.Author":      shown("Ada Author"),
		"Post.Published":   shown("2026"),
		"Post.Undated":     hidden("TestTheTimeOfSightIsNeverToldAsTheTimeOfWriting shows it: a post has a time of writing or none"),
		"Post.Edited":      shown("11:31").but("Atom's updated holds it in UTC; static pages in their own zone", static, atom, jsonFeed),
		"Post.Title":       shown("The title"),
		"Post.Body":        shown("The body"),
		"Post.Warning":     shown("The warning"),
		"Post.Warned":      hidden("the warning stands for it, or a word of ours where it says nothing"),
		"Post.Sensitive":   shown("The picture"), // behind a veil, or a link
		"Post.Language":    shown("de").but("it is a word there", article, front, static, text),
		"Post.Media":       shown("media.example/picture.png"),
		"Post.Poll":        shown("Option one"),
		"Post.Card":        shown("The card"),
		"Post.Quote":       shown("The quoted words"),
		"Post.ReplyTo":     shown("jo@answered.example"),
		"Post.Mentions":    shown("named@mention.example").but("mentions are links in the text", html...),
		"Post.Tags":        shown("outsidethetext").but("hashtags of pages are links in the text", article, front, static),
		"Post.Emoji":       hidden("it draws Title and Warning, whose text has the shortcode"),
		"Post.Reactions":   shown("reactionname").but(quiet, static),
		"Post.Counts":      shown("4711").but(published, atom, static, article, front, text),
		"Post.Group":       shown("bikes"),
		"Post.Channel":     shown("The room"),
		"Post.CrossPosts":  shown("The cross-post"),
		"Post.Event":       shown("The place"),
		"Post.Deleted":     shown("Deleted by its author"),
		"Post.Partial":     hidden("it says what is still to be asked for"),
		"Post.Visibility":  shown("unlisted").but("whoever reads a public post sees that it can be read", html...),
		"Post.Application": shown("The program").but(opened, static),
		"Post.License":     shown("The licence"),
		"Post.Sightings":   hidden(identity),

		"Media.Kind":     hidden("it chooses the way in which a medium is shown"),
		"Media.URL":      shown("media.example/sound.mp3", "media.example/file.zip"),
		"Media.Preview":  shown("media.example/still.png").but(inText, text),
		"Media.Original": shown("origin.example/picture.png").but("another address of the same file", html...),
		"Media.Alt":      shown("The picture", "The file"),
		"Media.Width":    hidden(layout), "Media.Height": hidden(layout), "Media.FocusX": hidden(layout), "Media.FocusY": hidden(layout), "Media.Blurhash": hidden(layout),
		"Media.Duration": shown("1:01"),
		"Media.Film":     shown("Signs and songs"),

		"Film.Files":    shown("media.example/small.mp4"),
		"Film.Stream":   shown("media.example/stream.m3u8").but("a browser and most readers of feeds can't play it", html...),
		"Film.Captions": shown("media.example/de.vtt"),
		"Film.Chapters": shown("Chapter one"),
		"Film.Player":   shown("media.example/player").but("a page without a program and a terminal can't frame it; the app names its server", article, front, static, text),
		"Film.Live":     shown("has ended"),
		"Film.Begins":   hidden("it is of a broadcast that waits"),
		"Film.Index":    hidden("a file of chapters that the app asks for when they are wanted, and JSON Feed names"),

		"File.URL": shown("media.example/small.mp4"), "File.Width": hidden("the shorter side names a size"),
		"File.Height":      shown("480p"),
		"File.Bytes":       shown("9 MB"),
		"Caption.URL":      shown("media.example/de.vtt"),
		"Caption.Language": shown("German"),
		"Caption.Label":    shown("Signs and songs"),
		"Caption.Type":     hidden("it says how the file is read"),
		"Chapter.Start":    shown("0:30"),
		"Chapter.Title":    shown("Chapter one"),

		"Poll.ID": hidden(identity), "Poll.Options": shown("Option one", "Option two"), "Poll.Votes": shown("12 votes"),
		"Poll.Voters": hidden("it is the whole of which shares are parts, where several answers may be chosen"), "Poll.Multiple": hidden("it chooses what shares are parts of"),
		"Poll.Ends":    shown("closed"),
		"Poll.Expired": shown("closed"), "Poll.Emoji": hidden("it draws options, whose text has the shortcode"),
		"PollOption.Title": shown("Option one"), "PollOption.Votes": shown("75"),

		"Card.URL": shown("https://card.example/"), "Card.Title": shown("The card"), "Card.Description": shown("About the card"), "Card.Provider": shown("The paper"),
		"Card.AuthorName":   shown("A columnist"),
		"Card.AuthorHandle": shown("columnist@card.example").but("the name stands for it", atom, text),
		"Card.Image":        shown("card.example/image.png").but(inText, text),
		"Card.ImageAlt":     shown("The image of the card").but(inText, text),
		"Card.Width":        hidden(layout), "Card.Height": hidden(layout), "Card.Blurhash": hidden(layout), "Card.Language": hidden("it marks the text"),
		"Card.Published": shown("2025").but("pages show one line", article, front, static),
		"Card.Player":    hidden("pages say that it plays there, in place of the provider"),

		"Quote.State": hidden("its sentence stands where there is no post"), "Quote.Post": shown("The quoted words"), "Quote.ID": hidden(identity), "Quote.URL": hidden("the post has it"),
		"ReplyTo.ID": hidden(identity), "ReplyTo.Key": hidden(identity), "ReplyTo.Handle": shown("jo@answered.example"), "ReplyTo.Self": hidden("it says so in place of the handle"),
		"Mention.Handle": shown("named@mention.example").but("mentions are links in the text", html...), "Mention.URL": shown("https://mention.example/").but("mentions are links in the text", html...),
		"Tag.Name": shown("outsidethetext").but("hashtags of pages are links in the text", article, front, static),
		"Tag.URL":  shown("https://a.example/tags/").but("a link of pages' text; a name in text", article, front, static, text), "Tag.Uses": hidden("of featured hashtags only"),
		"Reaction.Name": shown("reactionname").but(quiet, static), "Reaction.Count": shown("4321").but("it is shortened or grouped", static, article, front, text, atom),
		"Reaction.Static": shown("https://a.example/still.png").but("its name stands for it", static, text, atom),
		"Reaction.URL":    shown("https://a.example/reaction.png").but("its name stands for it", static, text, atom),
		"Counts.Replies":  shown("4711").but(published, atom, static, article, front, text), "Counts.Boosts": shown("321").but(published, atom, static, article, front),
		"Counts.Favourites": hidden("the score stands in its place where there is one"), "Counts.Quotes": shown("7 quotes").but(published, atom, static, jsonFeed),
		"Counts.AllBelow": hidden("it says how replies are counted"),
		"Counts.Score":    shown("score").but(published, atom, static),
		"CrossPost.ID":    hidden(identity),
		"CrossPost.URL":   shown("https://b.example/post/9").but("the app leads to its own view", article, front), "CrossPost.Title": shown("The cross-post"),
		"CrossPost.Group": shown("!bells@b.example"), "CrossPost.Replies": shown("23 replies").but(published, static, jsonFeed),
		"Event.Starts": shown("2027"), "Event.Ends": shown("2028"), "Event.Place": shown("The place"), "Event.Online": shown("https://meet.example/tea"), "Event.Status": shown("Cancelled"),
		"Application.Name": shown("The program").but(opened, static), "Application.URL": shown("https://program.example/").but(opened+"; text has names", static, text),
		"License.Name": shown("The licence"), "License.URL": shown("https://licence.example/").but("text has names", text),
		"Entry.BoostedBy": shown("Bob Booster"), "Entry.Pinned": shown("inned").but("feeds have no place for it", atom, static),
		"Entry.Undated": hidden("the post says it"),
		"Entry.Key":     hidden(identity), "Entry.At": hidden("it is the place in the list"), "Entry.WrapperID": hidden(identity), "Entry.Next": hidden("it asks for what is older"),
	}
}

type appLinks struct{}

func (appLinks) Profile(a *feeds.Author) string { return "#/@" + a.Handle() }

func (appLinks) Handle(h string) string { return "#/@" + h }

func (appLinks) Tag(host, tag string) string { return "#/t/" + host + "/" + tag }

func (appLinks) Post(*feeds.Post) string { return "#/p/a.example/1" }

func (appLinks) Page(string) string { return "" }

func (appLinks) Server(host string) string { return "#/i/" + host }

func outputs(t *testing.T) map[string]string {
	t.Helper()
	return outputsWith(t, variants()...)
}

func outputsWith(t *testing.T, items ...reader.Item) map[string]string {
	t.Helper()
	w := sentences(t)
	out := map[string]string{}
	d := &markup.Drawing{Words: w, Links: appLinks{}, Actions: true, Settings: settings.Settings{OpenWarnings: true}}
	var kept []ledger.Item
	for _, i := range items {
		for _, kind := range []markup.PlaceKind{markup.InFeed, markup.Pinned, markup.Focused} {
			n := markup.Article(d, markup.Row{Post: i.Post, Entry: i.Entry, Place: markup.Place{Kind: kind}})
			var b strings.Builder
			if err := markup.HTML(&b, n); err != nil {
				t.Fatal(err)
			}
			data, err := markup.JSON(n)
			if err != nil {
				t.Fatal(err)
			}
			out[article] += b.String()
			out[front] += string(data)
		}
		kept = append(kept, ledger.Item{Post: i.Post, Entry: i.Entry, Source: "@ada@a.example"})
	}
	feed := &syndicate.Feed{Title: "All", Home: "https://a.example/", Items: items, Words: w}
	for name, write := range map[string]func(*bytes.Buffer) error{
		jsonFeed: func(b *bytes.Buffer) error { return syndicate.JSONFeed(b, feed) },
		atom:     func(b *bytes.Buffer) error { return syndicate.Atom(b, feed) },
		text:     func(b *bytes.Buffer) error { return syndicate.Text(b, feed) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.String()
	}
	s, err := pages.New(web.Files, config.Default(), "/")
	if err != nil {
		t.Fatal(err)
	}
	files, err := s.Feed(&pages.Feed{Feed: config.Feed{Name: "all", Limit: 9, Media: "link", Warnings: "show", Language: "en"}, Ledger: &ledger.Ledger{}, Posts: kept})
	if err != nil {
		t.Fatal(err)
	}
	out[static] = string(files["index.html"])
	for name, s := range out { // what is escaped, twice in Atom, is read as it is meant
		out[name] = strings.ReplaceAll(html.UnescapeString(html.UnescapeString(s)), "\u00a0", " ")
	}
	return out
}

func sentences(t *testing.T) *words.Words {
	t.Helper()
	var files [][]byte
	for _, name := range []string{"locales/en.json", "locales/static/en.json"} {
		data, err := web.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, data)
	}
	w, err := words.Load(files[0], files[1])
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestEveryOutputHasEveryPartOfAPost(t *testing.T) {
	all := outputs(t)
	for name, p := range table() {
		for output, said := range all {
			if _, missing := p.except[output]; missing {
				continue
			}
			for _, mark := range p.marks {
				if !strings.Contains(said, mark) {
					t.Errorf("%s lacks %s (%q)", output, name, mark)
				}
			}
		}
		if len(p.marks) == 0 && p.not == "" {
			t.Errorf("%s is neither shown nor is there a reason", name)
		}
	}
}

// A field that is added to a post fails here until the table says what becomes of it, and the sample has it.
func TestTheTableOfPartsNamesEveryField(t *testing.T) {
	rows, seen := table(), map[string]bool{}
	var visit func(v []reflect.Value, of reflect.Type)
	visit = func(values []reflect.Value, of reflect.Type) {
		if of.PkgPath() != "vitrine/feeds" || of.Name() == "Author" || of.Name() == "Sighting" || seen[of.Name()] {
			return // a profile is read in its own view; sightings name copies
		}
		seen[of.Name()] = true
		for i := range of.NumField() {
			name := of.Name() + "." + of.Field(i).Name
			row, there := rows[name]
			if !there {
				t.Errorf("no output says what it does with %s", name)
				continue
			}
			delete(rows, name)
			var inner []reflect.Value
			full := false
			for _, v := range values {
				f := v.Field(i)
				full = full || !f.IsZero()
				inner = append(inner, elements(f)...)
			}
			if !full && row.not == "" {
				t.Errorf("the sample has no %s", name)
			}
			if len(inner) > 0 && inner[0].Kind() == reflect.Struct {
				visit(inner, inner[0].Type())
			}
		}
	}
	p := variants()[0]
	visit([]reflect.Value{reflect.ValueOf(*p.Post)}, reflect.TypeFor[feeds.Post]())
	visit([]reflect.Value{reflect.ValueOf(p.Entry)}, reflect.TypeFor[feeds.Entry]())
	for name := range rows {
		t.Errorf("the table names %s, which is no field", name)
	}
}

// elements are the values in a field: of a list each, of a pointer what it points to.
func elements(f reflect.Value) []reflect.Value {
	switch f.Kind() {
	case reflect.Pointer:
		if f.IsNil() {
			return nil
		}
		return []reflect.Value{f.Elem()}
	case reflect.Slice:
		out := make([]reflect.Value, 0, f.Len())
		for i := range f.Len() {
			out = append(out, f.Index(i))
		}
		return out
	case reflect.Struct:
		return []reflect.Value{f}
	}
	return nil
}

func TestTheTimeOfSightIsNeverToldAsTheTimeOfWriting(t *testing.T) {
	undated := func() *feeds.Post {
		return &feeds.Post{Key: "https://a.example/1", URL: "https://a.example/1", Author: &feeds.Author{Name: "Ada", User: "ada", Domain: "a.example"}, Published: time.Date(2026, 1, 2, 11, 30, 0, 0, time.UTC), Undated: true, Visibility: feeds.Public}
	}
	p := undated()
	p.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: undated()}
	for output, said := range outputsWith(t, reader.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published, Undated: true}}) {
		if strings.Contains(said, "date_published") || strings.Contains(said, "<published>") || strings.Contains(said, "datePublished") || strings.Contains(said, `"published"`) {
			t.Errorf("%s claims a time of writing: %s", output, said)
		}
		if n := strings.Count(strings.ToLower(said), "seen"); n < 1 || n < 2 && output != static && output != atom {
			t.Errorf("%s doesn't say that it was seen then: %s", output, said)
		}
		if (output == article || output == static) && !strings.Contains(said, `<time`) {
			t.Errorf("%s has no time: %s", output, said)
		}
		if output == atom && !strings.Contains(said, "<updated>2026-01-02") {
			t.Errorf("%s has no updated: %s", output, said)
		}
	}
}
