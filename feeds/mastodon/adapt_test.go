package mastodon

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// adapted makes a post of toot("7") with fields added or replaced.
func adapted(t *testing.T, fields string) *feeds.Post {
	t.Helper()
	body := strings.TrimSuffix(toot("7"), "}") + "," + fields + "}" // of two fields with one name the last counts
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/7": {Body: body}})
	p, err := s.Post(context.Background(), "7")
	if err != nil {
		t.Fatalf("%s: %v", fields, err)
	}
	return p
}

func TestScalarsAreReadInEveryForm(t *testing.T) {
	t.Parallel()
	for _, fields := range []string{
		`"id":7,"sensitive":true,"replies_count":3,"in_reply_to_id":5`,
		`"id":"7","sensitive":"true","replies_count":"3","in_reply_to_id":"5"`,
		`"id":"\u0037","sensitive":1,"replies_count":3.0,"in_reply_to_id":"5"`,
	} {
		p := adapted(t, fields)
		if p.Sightings[0].ID != "7" || !p.Sensitive || p.Counts.Replies != 3 || p.ReplyTo == nil || p.ReplyTo.ID != "5" || p.Sightings[0].ParentID != "5" {
			t.Errorf("%s: %+v", fields, p)
		}
	}
}

func TestSpacesOfATextStayAsItsServerShowsThem(t *testing.T) {
	t.Parallel()
	p := adapted(t, `"content":"<p>|    |<br />   |_|</p>"`)
	if got, want := content.PlainText(p.Body), "|    |\n   |_|"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMissingAndImpossibleValuesAreUnknown(t *testing.T) {
	t.Parallel()
	for _, value := range []string{`null`, `[]`, `{}`, `""`, `"x"`, `false`, `[[]]`, `{"a":{"b":[1]}}`} {
		var fields []string
		for _, name := range []string{
			"edited_at", "sensitive", "spoiler_text", "language", "in_reply_to_id", "in_reply_to_account_id", "reblog", "quote", "quote_id",
			"media_attachments", "mentions", "tags", "emojis", "poll", "card", "application", "replies_count", "reblogs_count",
			"favourites_count", "quotes_count", "emoji_reactions", "pleroma", "akkoma", "friendica",
		} {
			if value == `"x"` && (strings.HasPrefix(name, "in_reply") || name == "quote_id" || name == "spoiler_text" || name == "language") {
				continue // for those it is a value
			}
			if value == `false` && (strings.HasPrefix(name, "in_reply") || name == "quote_id") {
				continue
			}
			fields = append(fields, fmt.Sprintf("%q:%s", name, value))
		}
		p := adapted(t, strings.Join(fields, ","))
		want := feeds.Counts{Replies: -1, Boosts: -1, Favourites: -1, Quotes: -1}
		if p.Counts != want || p.Sensitive || p.Warning != "" || p.Quote != nil || p.Poll != nil || p.Card != nil || p.Application != nil ||
			p.Media != nil || p.Tags != nil || p.Reactions != nil || p.Emoji != nil || !p.Edited.IsZero() || p.ReplyTo != nil {
			t.Errorf("%s: %+v", value, p)
		}
	}
}

func TestParseLength(t *testing.T) {
	t.Parallel()
	tests := map[string]time.Duration{
		"0:01:28.65": 88650 * time.Millisecond,
		"1:00:00":    time.Hour,
		"12.5":       12500 * time.Millisecond,
		"":           0,
		"a:b":        0,
		"-1:00":      0,
		"NaN":        0,
		"9e99:0":     0,
	}
	for s, want := range tests {
		if got := parseLength(s); got != want {
			t.Errorf("parseLength(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestReplies(t *testing.T) {
	t.Parallel()
	const eve = `"mentions":[{"id":"9","username":"ben","acct":"ben","url":""},{"id":"2","username":"eve","acct":"eve@far.example","url":""}]`
	tests := []struct {
		name, fields string
		want         *feeds.ReplyTo
	}{
		{"answers nothing", `"in_reply_to_id":null,"in_reply_to_account_id":null`, nil},
		{"to somebody mentioned", `"in_reply_to_id":"5","in_reply_to_account_id":"2",` + eve, &feeds.ReplyTo{ID: "5", Handle: "eve@far.example"}},
		{"to somebody unnamed", `"in_reply_to_id":"5","in_reply_to_account_id":"3",` + eve, &feeds.ReplyTo{ID: "5"}},
		{"to a post the server doesn't have", `"in_reply_to_id":null,"in_reply_to_account_id":"2",` + eve, &feeds.ReplyTo{Handle: "eve@far.example"}},
		{"to a deleted account's post", `"in_reply_to_id":"5","in_reply_to_account_id":null`, &feeds.ReplyTo{ID: "5"}},
		{"to oneself", `"in_reply_to_id":"5","in_reply_to_account_id":"1"`, &feeds.ReplyTo{ID: "5", Handle: "ada@social.example", Self: true}},
		{"to a post that is sent along", `"in_reply_to_id":"5","in_reply_to_status":{"id":"5","uri":"https://far.example/o/1"}`, &feeds.ReplyTo{ID: "5", Key: "https://far.example/o/1"}},
		{"to a ghost", `"in_reply_to_id":"_","akkoma":{"in_reply_to_apid":"https://far.example/o/1"}`, &feeds.ReplyTo{Key: "https://far.example/o/1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := adapted(t, tt.fields)
			if (p.ReplyTo == nil) != (tt.want == nil) || p.ReplyTo != nil && *p.ReplyTo != *tt.want {
				t.Fatalf("%+v, want %+v", p.ReplyTo, tt.want)
			}
			if tt.want != nil && p.Sightings[0].ParentID != tt.want.ID {
				t.Errorf("parent %q", p.Sightings[0].ParentID)
			}
		})
	}
}

func TestQuotes(t *testing.T) {
	t.Parallel()
	inner := toot("5")
	private := strings.Replace(inner, `"public"`, `"private"`, 1)
	nested := strings.TrimSuffix(inner, "}") + `,"quote":{"state":"accepted","quoted_status":` + toot("3") + `}}`
	tests := []struct {
		name, fields string
		state        feeds.QuoteState // "" for no quote
		id           string
		shown        bool
	}{
		{"none", `"quote":null`, "", "", false},
		{"Sharkey's none", `"quote":false`, "", "", false},
		{"accepted", `"quote":{"state":"accepted","quoted_status":` + inner + `}`, feeds.QuoteAccepted, "5", true},
		{"shallow", `"quote":{"state":"accepted","quoted_status_id":"5"}`, feeds.QuoteAccepted, "5", false},
		{"pending", `"quote":{"state":"pending","quoted_status":null}`, feeds.QuotePending, "", false},
		{"revoked, though the post is sent", `"quote":{"state":"revoked","quoted_status":` + inner + `}`, feeds.QuoteRevoked, "", false},
		{"of somebody blocked", `"quote":{"state":"blocked_domain"}`, feeds.QuoteBlocked, "", false},
		{"in a state of the future", `"quote":{"state":"translated","quoted_status":` + inner + `}`, feeds.QuoteUnauthorized, "", false},
		{"of a post for others", `"quote":{"state":"accepted","quoted_status":` + private + `}`, feeds.QuoteUnauthorized, "5", false},
		{"a fork's", `"quote_id":"5","quote":` + inner, feeds.QuoteAccepted, "5", true},
		{"a fork's that isn't sent", `"quote_id":"5","quote":null`, feeds.QuoteUnauthorized, "5", false},
		{"Pleroma's", `"pleroma":{"quote":` + inner + `}`, feeds.QuoteAccepted, "5", true},
		{"Pleroma's of something it doesn't have", `"pleroma":{"quote":null,"quote_url":"https://far.example/o/1"}`, feeds.QuoteUnauthorized, "", false},
		{"of a post that quotes", `"quote":{"state":"accepted","quoted_status":` + nested + `}`, feeds.QuoteAccepted, "5", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := adapted(t, tt.fields).Quote
			if tt.state == "" {
				if q != nil {
					t.Errorf("%+v", q)
				}
				return
			}
			if q == nil || q.State != tt.state || q.ID != tt.id || (q.Post != nil) != tt.shown {
				t.Fatalf("%+v", q)
			}
			if tt.shown && q.Post.Quote != nil && q.Post.Quote.Post != nil {
				t.Error("a quoted post shows its own quote")
			}
		})
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	tests := []struct{ fields, key, uri, url string }{
		{`"uri":"https://far.example/s/1","url":"https://far.example/@eve/1"`, "https://far.example/s/1", "https://far.example/s/1", "https://far.example/@eve/1"},
		{`"uri":"https://far.example/s/1","url":null`, "https://far.example/s/1", "https://far.example/s/1", "https://far.example/s/1"},
		{`"uri":"tag:far.example,2017:1","url":"https://far.example/@eve/1"`, "tag:far.example,2017:1", "", "https://far.example/@eve/1"},
		{`"uri":null,"url":"https://far.example/@eve/1"`, "https://far.example/@eve/1", "", "https://far.example/@eve/1"},
		{`"uri":"","url":""`, "social.example/7", "", ""},
		{`"uri":"javascript:alert(1)","url":"javascript:alert(1)"`, "javascript:alert(1)", "", ""},
	}
	for _, tt := range tests {
		fields := strings.Replace(tt.fields, `"uri":null`, `"uri":""`, 1) // null would leave the field before it
		p := adapted(t, fields)
		if string(p.Key) != tt.key || p.URI != tt.uri || p.URL != tt.url {
			t.Errorf("%s: key %q, URI %q, URL %q", tt.fields, p.Key, p.URI, p.URL)
		}
	}
}

func TestOriginIsWhereThePostWasWritten(t *testing.T) {
	t.Parallel()
	tests := []struct {
		acct, uri string
		want      bool
	}{
		{"ada", "https://social.example/s/1", true},
		{"ada", "https://example.net/s/1", true}, // the server's other name
		{"ada@other.example", "https://social.example/s/1", true},
		{"eve@far.example", "https://far.example/s/1", false},
		{"https://blog.example/feed", "https://blog.example/1", false},
	}
	for _, tt := range tests {
		p := adapted(t, fmt.Sprintf(`"uri":%q,"account":{"id":"1","username":"x","acct":%q}`, tt.uri, tt.acct))
		if got := p.Sightings[0].Origin; got != tt.want {
			t.Errorf("%s by %s: %v", tt.uri, tt.acct, got)
		}
	}
}

func TestAnEmptyWarningIsAWarning(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fields, want string
		warned       bool
	}{
		{`"spoiler_text":"","sensitive":true`, "", false}, // its media alone are sensitive
		{`"spoiler_text":null,"sensitive":true`, "", false},
		{`"spoiler_text":"  ","sensitive":true`, "", true},
		{`"spoiler_text":"\u200b","sensitive":true`, "", true}, // as Misskey federates its own
		{`"spoiler_text":"  ","sensitive":false`, "", false},
		{`"spoiler_text":" spiders ","sensitive":false`, "spiders", true},
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/1": {Body: `{"id":"1","uri":"https://social.example/1","created_at":"2026-03-02T10:00:00Z","content":"<p>x</p>",` + c.fields + `,"account":{"id":"1","username":"ada","acct":"ada"}}`}})
		p, err := s.Post(context.Background(), "1")
		if err != nil || p.Warning != c.want || p.HasWarning() != c.warned {
			t.Errorf("%s: %+v, %v", c.fields, p, err)
		}
	}
}

func TestVisibilities(t *testing.T) {
	t.Parallel()
	tests := map[string]feeds.Visibility{
		"public": feeds.Public, "": feeds.Public, "unlisted": feeds.Unlisted, "public_unlisted": feeds.Unlisted,
		"private": feeds.Limited, "direct": feeds.Direct, "login": feeds.Limited, "local": feeds.Limited, "list": feeds.Limited,
		"mutual": feeds.Limited, "limited": feeds.Limited, "group": feeds.Limited, "of the future": feeds.Limited,
	}
	for s, want := range tests {
		if got := visibilityOf(s); got != want {
			t.Errorf("%q is %s, want %s", s, got, want)
		}
	}
}

func TestBoostOfAPostForOthersIsDropped(t *testing.T) {
	t.Parallel()
	hidden := strings.Replace(boost("8", "3"), `"visibility":"public","content":"<p>hi</p>"`, `"visibility":"private","content":"<p>hi</p>"`, 1)
	s, _ := serve(map[string]feedstest.Answered{newest: {Body: "[" + hidden + "]"}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil || len(page.Posts) != 0 || len(page.Entries) != 0 {
		t.Errorf("%+v, %v", page, err)
	}
}

func TestTheLicenceOfAPostIsThatOfItsMedia(t *testing.T) {
	for fields, want := range map[string]string{
		`"media_attachments":[{"type":"image","url":"https://a.example/1.jpg","license":null}]`:                                                               "",
		`"media_attachments":[{"type":"image","url":"https://a.example/1.jpg","license":"5"}]`:                                                                "",
		`"media_attachments":[{"type":"image","license":{"id":"5","title":"Public Domain Work","url":"https://creativecommons.org/publicdomain/mark/1.0/"}}]`: "Public Domain Work https://creativecommons.org/publicdomain/mark/1.0/",
		`"media_attachments":[{},{"license":{"title":"","url":"https://creativecommons.org/licenses/by/4.0/"}}]`:                                              "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/",
	} {
		got := ""
		if l := adapted(t, fields).License; l != nil {
			got = l.Name + " " + l.URL
		}
		if got != want {
			t.Errorf("%s: %q", fields, got)
		}
	}
}

func TestURLsAreChecked(t *testing.T) {
	t.Parallel()
	const bad = `"javascript:alert(1)"`
	p := adapted(t, `"media_attachments":[{"type":"image","url":`+bad+`,"preview_url":`+bad+`,"remote_url":`+bad+`,"description":"d"}],"card":{"url":`+bad+
		`},"application":{"name":"A","website":`+bad+`},"mentions":[{"acct":"x@y.example","url":`+bad+`}],"tags":[{"name":"t","url":`+bad+`}],"emojis":[{"shortcode":"e","url":`+bad+`}]`)
	m := p.Media[0]
	if m.URL+m.Preview+m.Original+p.Application.URL+p.Mentions[0].URL+p.Tags[0].URL != "" || p.Card != nil || len(p.Emoji) != 0 {
		t.Errorf("%+v", p)
	}
	p = adapted(t, `"media_attachments":[{"type":"image","url":"/media/1.png"}]`)
	if p.Media[0].URL != "https://social.example/media/1.png" {
		t.Errorf("a relative address became %q", p.Media[0].URL)
	}
}
