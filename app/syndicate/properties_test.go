package syndicate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	nethtml "golang.org/x/net/html"

	"vitrine/app/markup"
	"vitrine/app/settings"
	"vitrine/app/syndicate"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/mastodon"
	"vitrine/feeds/reader"
	"vitrine/feeds/syndication"
)

// sample is an answer of a server beside the posts that were read from it.
type sample struct {
	name  string
	posts []*feeds.Post
	texts []string // what people wrote, as HTML, by post; nil where posts and texts can't be told to belong together
	raw   string   // all strings of the answer
}

// samples are recorded answers of servers, and a few of our own.
func samples(t *testing.T) []sample {
	t.Helper()
	all := []sample{statusSample(t, "own", ownStatuses)}
	for _, r := range feedstest.Corpus(t, nil, "timeline", "statuses") {
		if !slices.Contains([]string{"mastodon", "pleroma", "akkoma", "gotosocial", "friendica", "fedibird", "mitra", "pixelfed"}, r.Software) {
			continue
		}
		all = append(all, statusSample(t, r.Name, r.Body))
	}
	for _, r := range feedstest.Corpus(t, nil, "rss") {
		_, page, err := syndication.Read([]byte(r.Body), r.ContentType, "https://feed.example/feed", feedstest.Epoch())
		if err != nil {
			continue // what is no feed is the adapter's to test
		}
		all = append(all, sample{name: r.Name, posts: page.Posts, raw: html.UnescapeString(html.UnescapeString(r.Body))})
	}
	return all
}

const ownStatuses = `[{"id":"1","uri":"https://a.example/1","url":"https://a.example/@ann/1","created_at":"2026-03-02T10:00:00Z","visibility":"public",
"content":"<p>One <b>two</b> &lt;three&gt; x<sup>4</sup> <q>five</q></p><ol start=\"6\"><li>seven</li></ol><pre><code>if eight {\n\tnine\n}</code></pre><blockquote><p>ten</p></blockquote><p><a href=\"https://b.example/eleven?twelve=13\">fourteen</a></p><ruby>fifteen<rt>sixteen</rt></ruby><details><summary>seventeen</summary>eighteen</details><dl><dt>nineteen</dt><dd>twenty</dd></dl><table><tr><th>a1</th><td>b2</td></tr></table>",
"account":{"id":"1","username":"ann","acct":"ann","url":"https://a.example/@ann"}}]`

func statusSample(t *testing.T, name, body string) sample {
	t.Helper()
	network := &feedstest.Network{Replies: map[string]feedstest.Answered{"/api/v1/timelines/public": {Body: body}}}
	page, err := mastodon.New(network, feedstest.NewClock(), "social.example", mastodon.Quirks{}).ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		return sample{name: name}
	}
	var wire []struct {
		Content string
		Reblog  *struct{ Content string }
	}
	s := sample{name: name, posts: page.Posts, raw: stringsOf(t, body)}
	if json.Unmarshal([]byte(body), &wire) == nil && len(wire) == len(page.Posts) {
		for _, w := range wire {
			if w.Reblog != nil {
				w.Content = w.Reblog.Content
			}
			s.texts = append(s.texts, w.Content)
		}
	}
	return s
}

// stringsOf returns all strings in a JSON text, without HTML's escapes.
func stringsOf(t *testing.T, body string) string {
	t.Helper()
	var b strings.Builder
	for d := json.NewDecoder(strings.NewReader(body)); ; {
		token, err := d.Token()
		if err != nil {
			return html.UnescapeString(b.String())
		}
		if s, ok := token.(string); ok {
			b.WriteString(s + "\n")
		}
	}
}

// wordsIn returns the runs of letters and digits of a text.
func wordsIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
}

// wordsOfHTML returns the words that a browser would show of an HTML text.
func wordsOfHTML(text string) []string {
	var all []string
	skipped := 0
	for z := nethtml.NewTokenizer(strings.NewReader(text)); ; {
		switch z.Next() {
		case nethtml.ErrorToken:
			return all
		case nethtml.TextToken:
			if skipped == 0 {
				all = append(all, wordsIn(string(z.Text()))...)
			}
		case nethtml.StartTagToken:
			tag := z.Token()
			quoted := slices.ContainsFunc(tag.Attr, func(a nethtml.Attribute) bool { return a.Key == "class" && strings.Contains(a.Val, "quote-inline") })
			if skipped > 0 && tag.Data == "p" || tag.Data == "p" && quoted {
				skipped++ // the words that name a quoted post, which is shown itself
			}
		case nethtml.EndTagToken:
			if name, _ := z.TagName(); skipped > 0 && string(name) == "p" {
				skipped--
			}
		}
	}
}

// outputsOf writes a post in every format.
func outputsOf(t *testing.T, p *feeds.Post, how syndicate.Warnings) map[string]string {
	t.Helper()
	w := sentences(t)
	feed := &syndicate.Feed{ID: "https://feed.example/", Title: "Feed", Words: w,
		Items: []reader.Item{{Entry: feeds.Entry{Key: p.Key, At: p.Published, WrapperID: "1"}, Post: p}},
		Entry: func(i reader.Item) syndicate.Entry { return syndicate.Entry{URL: p.URL, Title: p.Title, Warnings: how} },
	}
	written := map[string]string{}
	for name, write := range map[string]func(io.Writer, *syndicate.Feed) error{jsonFeed: syndicate.JSONFeed, atom: syndicate.Atom, text: syndicate.Text} {
		var b bytes.Buffer
		if err := write(&b, feed); err != nil {
			t.Fatal(err)
		}
		written[name] = b.String()
	}
	var b bytes.Buffer
	d := &markup.Drawing{Words: w, Links: appLinks{}, Settings: settings.Settings{OpenWarnings: true}}
	if err := markup.HTML(&b, markup.Article(d, markup.Row{Post: p, Place: markup.Place{Kind: markup.Focused}})); err != nil {
		t.Fatal(err)
	}
	written[article] = b.String()
	return written
}

// plain undoes the escapes of an output, and the signs that text has for what stands high.
func plain(output string) string {
	return html.UnescapeString(html.UnescapeString(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\"`, `"`, `\n`, "\n", `\t`, "\t", "⁴", "4").Replace(output)))
}

func TestNoWordOfATextIsLostBetweenServerAndOutput(t *testing.T) {
	compared := 0
	for _, s := range samples(t) {
		if len(s.texts) != len(s.posts) {
			continue
		}
		for i, p := range s.posts {
			for name, output := range outputsOf(t, p, syndicate.WarningsFolded) {
				there := map[string]bool{}
				for _, word := range wordsIn(plain(output)) {
					there[word] = true
				}
				joined := strings.Join(wordsIn(plain(output)), "")
				for _, word := range wordsOfHTML(s.texts[i]) {
					compared++
					if !there[word] && !strings.Contains(joined, word) {
						t.Errorf("%s, %s: %q of %s is not in\n%.1500s", s.name, name, word, s.texts[i], output)
						break
					}
				}
			}
		}
	}
}

var addressPattern = regexp.MustCompile(`https?://[^\s"'<>()\\]+`)

// titlePattern finds titles, where the first words of a text may be cut in the middle of an address.
var titlePattern = regexp.MustCompile(`(?s)<title[^>]*>.*?</title>|"title": ".*?[^\\\\]"`)

func addressesIn(text string) []string {
	found := addressPattern.FindAllString(text, -1)
	for i, a := range found {
		found[i] = withoutPunctuation(a)
	}
	return found
}

func withoutPunctuation(a string) string { return strings.TrimRight(a, ".,;:!?*_…]/") }

// resolvedFrom reports that an address may have been made of a relative one in the answer: of a path, or of a part of a page that the
// answer names.
func resolvedFrom(raw string, known map[string]bool, a string) bool {
	if page, fragment, ok := strings.Cut(a, "#"); ok && known[page] && strings.Contains(raw, `"#`+fragment+`"`) {
		return true
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(a, "https://"), "http://"), "/")
	return path == "" || strings.Contains(raw, path[strings.LastIndexByte(path, '/')+1:])
}

func TestNoAddressChangesButByResolution(t *testing.T) {
	own := []string{"https://social.example", "https://feed.example", "https://jsonfeed.org", "http://www.w3.org", "https://github.com"}
	for _, s := range samples(t) {
		known := map[string]bool{}
		for _, a := range addressesIn(s.raw) {
			known[a] = true
			if safe, ok := content.SafeURL(a, ""); ok {
				known[withoutPunctuation(safe)] = true
			}
		}
		for _, p := range s.posts {
			for name, output := range outputsOf(t, p, syndicate.WarningsFolded) {
				for _, a := range addressesIn(plain(titlePattern.ReplaceAllString(output, ""))) {
					if !known[a] && !(s.texts == nil && resolvedFrom(s.raw, known, a)) && !slices.ContainsFunc(own, func(prefix string) bool { return strings.HasPrefix(a, prefix) }) {
						t.Errorf("%s, %s: %s stands nowhere in the answer", s.name, name, a)
					}
				}
			}
		}
	}
}

func TestNoDateIsLaterThanTheAnswerThatBroughtIt(t *testing.T) {
	for _, s := range samples(t) {
		for _, p := range s.posts {
			for _, at := range []time.Time{p.Published, p.Edited} {
				if at.After(feedstest.Epoch()) {
					t.Errorf("%s: %s is of %s", s.name, p.Key, at)
				}
			}
		}
	}
}

func TestNothingBehindAWarningIsShownWhereWarningsAreLinked(t *testing.T) {
	for _, s := range samples(t) {
		for _, p := range s.posts {
			covered := *p
			covered.Title, covered.Warning, covered.Tags, covered.ReplyTo, covered.Group = "", "covered", nil, nil, nil
			empty := covered
			empty.Body, empty.Media, empty.Poll, empty.Card, empty.Quote, empty.Event = content.Doc{}, nil, nil, nil, nil, nil
			secret, without := wordsIn(content.PlainText(p.Body)), outputsOf(t, &empty, syndicate.WarningsLinked)
			for name, output := range outputsOf(t, &covered, syndicate.WarningsLinked) {
				if name == article {
					continue // it is the page that is linked to
				}
				beside := wordsIn(plain(without[name]))
				for _, word := range wordsIn(plain(output)) {
					if slices.Contains(secret, word) && !slices.Contains(beside, word) {
						t.Errorf("%s, %s: %q of what stands behind the warning is in\n%.800s", s.name, name, word, output)
						break
					}
				}
			}
		}
	}
}
