package demo

import (
	"bytes"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// everyStatus is what a guest of the server can find: timelines and all accounts, each post once.
func everyStatus(t *testing.T, d *Demo, host string) []status {
	t.Helper()
	var all []status
	seen := map[string]bool{}
	for _, a := range get[[]account](t, d, host, "/api/v1/directory?limit=80") {
		posts, _ := follow(t, d, host, "/api/v1/accounts/"+a.ID+"/statuses?limit=40")
		for _, s := range posts {
			if !seen[s.URI] {
				seen[s.URI] = true
				all = append(all, s)
			}
		}
	}
	return all
}

func TestEveryKindOfPostIsThere(t *testing.T) {
	d := start(t)
	all := everyStatus(t, d, local)
	if len(all) < 300 {
		t.Errorf("only %d posts", len(all))
	}
	media := func(kind string) func(status) bool {
		return func(s status) bool { return slices.ContainsFunc(s.Media, func(m media) bool { return m.Type == kind }) }
	}
	pictures := func(n int) func(status) bool {
		return func(s status) bool { return len(s.Media) == n && media("image")(s) }
	}
	holds := func(html string) func(status) bool {
		return func(s status) bool { return strings.Contains(s.Content, html) }
	}
	quote := func(state string) func(status) bool {
		return func(s status) bool {
			q, ok := s.Quote.(map[string]any)
			return ok && q["state"] == state
		}
	}
	for kind, is := range map[string]func(status) bool{
		"content warning":     func(s status) bool { return s.SpoilerText != "" && len(s.Media) == 0 },
		"warning and picture": func(s status) bool { return s.SpoilerText != "" && len(s.Media) > 0 },
		"sensitive media":     func(s status) bool { return s.Sensitive && s.SpoilerText == "" && len(s.Media) > 0 },
		"edited":              func(s status) bool { return s.EditedAt != nil },
		"long":                func(s status) bool { return len(s.Content) > 1500 },
		"one picture":         pictures(1), "two pictures": pictures(2), "three pictures": pictures(3), "four pictures": pictures(4), "six pictures": pictures(6),
		"picture without alt": func(s status) bool { return media("image")(s) && s.Media[0].Description == nil },
		"focus":               func(s status) bool { return len(s.Media) > 0 && s.Media[0].Meta.Focus != nil },
		"portrait format": func(s status) bool {
			return media("image")(s) && s.Media[0].Meta.Original.Height > s.Media[0].Meta.Original.Width
		},
		"video": media("video"), "gifv": media("gifv"), "audio": media("audio"), "unknown media": media("unknown"),
		"film among pictures": func(s status) bool { return media("video")(s) && media("image")(s) },
		"open poll":           func(s status) bool { return s.Poll != nil && !s.Poll.Expired && s.Poll.ExpiresAt != nil },
		"closed poll":         func(s status) bool { return s.Poll != nil && s.Poll.Expired },
		"endless poll":        func(s status) bool { return s.Poll != nil && s.Poll.ExpiresAt == nil },
		"multiple choice": func(s status) bool {
			return s.Poll != nil && s.Poll.Multiple && *s.Poll.VotersCount < s.Poll.VotesCount
		},
		"hidden results":       func(s status) bool { return s.Poll != nil && s.Poll.Options[0].VotesCount == nil },
		"emoji in a poll":      func(s status) bool { return s.Poll != nil && len(s.Poll.Emojis) > 0 },
		"card with picture":    func(s status) bool { return s.Card != nil && s.Card.Image != nil && s.Card.Type == "link" },
		"card without picture": func(s status) bool { return s.Card != nil && s.Card.Image == nil },
		"video card":           func(s status) bool { return s.Card != nil && s.Card.Type == "video" && s.Card.HTML != "" },
		"accepted quote":       quote("accepted"), "pending quote": quote("pending"), "rejected quote": quote("rejected"), "revoked quote": quote("revoked"),
		"deleted quote": quote("deleted"), "unauthorized quote": quote("unauthorized"), "blocked quote": quote("blocked_account"),
		"boost of a local post": func(s status) bool { return s.Reblog != nil && !strings.Contains(s.Reblog.Account.Acct, "@") },
		"boost of a far post":   func(s status) bool { return s.Reblog != nil && strings.Contains(s.Reblog.Account.Acct, "@") },
		"boost of one's own":    func(s status) bool { return s.Reblog != nil && s.Reblog.Account.ID == s.Account.ID },
		"boost by a group":      func(s status) bool { return s.Reblog != nil && s.Account.Group },
		"reply":                 func(s status) bool { return s.InReplyToID != nil },
		"answer to oneself":     func(s status) bool { return s.InReplyToID != nil && *s.InReplyToAccountID == s.Account.ID },
		"emoji that moves": func(s status) bool {
			return slices.ContainsFunc(s.Emojis, func(e customEmoji) bool { return e.URL != e.StaticURL })
		},
		"emoji in a warning":   func(s status) bool { return strings.Contains(s.SpoilerText, ":check:") && len(s.Emojis) > 0 },
		"no language":          func(s status) bool { return s.Language == nil && s.Reblog == nil },
		"application":          func(s status) bool { return s.Application != nil && s.Application.Website != nil },
		"application, no site": func(s status) bool { return s.Application != nil && s.Application.Website == nil },
		"unlisted":             func(s status) bool { return s.Visibility == "unlisted" },
		"code":                 holds("<code>"), "pre": holds("<pre>"), "blockquote": holds("<blockquote>"), "list": holds("<ul><li>"), "numbers": holds("<ol>"), "ruby": holds("<ruby>"),
		"emphasis": holds("<em>"), "strike": holds("<del>"), "mention": holds(`class="u-url mention"`), "hashtag": holds(`class="mention hashtag"`),
		"shortened address": holds(`class="ellipsis"`), "line break": holds("<br />"), "quote fallback": holds(`class="quote-inline"`),
		"right to left": func(s status) bool { return s.Language != nil && *s.Language == "ar" },
		"by a bot":      func(s status) bool { return s.Account.Bot },
	} {
		if !slices.ContainsFunc(all, is) {
			t.Errorf("no post is: %s", kind)
		}
	}
	languages := map[string]bool{}
	for _, s := range all {
		if s.Language != nil {
			languages[*s.Language] = true
		}
	}
	if len(languages) < 9 {
		t.Errorf("languages: %v", languages)
	}
}

func TestEveryKindOfAccountIsThere(t *testing.T) {
	d := start(t)
	statuses := func(host string, a account, query string) []status {
		return get[[]status](t, d, host, "/api/v1/accounts/"+a.ID+"/statuses?limit=40"+query)
	}
	if a := lookup(t, d, far, "marta_alt"); a.Moved == nil || a.Moved.Acct != "marta@"+local+d.port() {
		t.Errorf("moved: %+v", a.Moved)
	}
	if a := lookup(t, d, local, "superdeals"); !a.Suspended || a.DisplayName != "" || len(statuses(local, a, "")) != 0 {
		t.Errorf("suspended: %+v", a)
	}
	if a := lookup(t, d, local, "ahlers"); !a.Memorial {
		t.Error("no memorial")
	}
	if a := lookup(t, d, far, "stille"); !a.Locked || a.FollowersCount != -1 || !a.HideCollection || !*a.NoIndex || *a.Discoverable || !strings.Contains(a.Note, "nobot") {
		t.Errorf("shy account: %+v", a)
	}
	if a := lookup(t, d, local, "neuland"); len(statuses(local, a, "")) != 0 || a.DisplayName != "" || a.LastStatusAt != nil {
		t.Errorf("account without posts: %+v", a)
	}
	if a := lookup(t, d, local, "ahlers"); len(statuses(local, a, "&only_media=true")) != 0 {
		t.Error("account with posts but no media: has media")
	}
	if people := get[[]account](t, d, local, "/api/v1/accounts/"+lookup(t, d, local, "marta").ID+"/endorsements"); len(people) != 3 || people[0].Username != "jo" {
		t.Errorf("recommended: %+v", people)
	}
	if months := statuses(local, lookup(t, d, local, "lumen"), "&limit=40&max_id="+snowflake(d.now().AddDate(-4, 0, 0), "", "")); len(months) < 20 {
		t.Errorf("%d posts of several years", len(months))
	}
	if a := lookup(t, d, far, "balkongarten"); !a.Group {
		t.Error("no group")
	}
	if a := lookup(t, d, local, "marta"); len(a.Emojis) < 2 || a.Fields[0].VerifiedAt == nil || a.Fields[1].VerifiedAt != nil {
		t.Errorf("emoji and fields: %+v %+v", a.Emojis, a.Fields)
	}
	pinned := statuses(local, lookup(t, d, local, "marta"), "&pinned=true")
	if len(pinned) != 1 || !strings.Contains(pinned[0].Content, "night porter") {
		t.Errorf("%d pinned posts", len(pinned))
	}
	if tags := get[[]featuredTag](t, d, far, "/api/v1/accounts/"+lookup(t, d, far, "bibliothek").ID+"/featured_tags"); len(tags) != 3 || tags[2].StatusesCount != "38" {
		t.Errorf("featured tags: %+v", tags)
	}
	tagged := statuses(local, lookup(t, d, local, "jo"), "&tagged=geese")
	if len(tagged) < 3 || slices.ContainsFunc(tagged, func(s status) bool { return !strings.Contains(s.Content, "geese") }) {
		t.Errorf("%d tagged posts", len(tagged))
	}
	for _, s := range statuses(local, lookup(t, d, local, "hafenamt@"+far+d.port()), "&exclude_replies=true&exclude_reblogs=true") {
		if s.Reblog != nil || s.InReplyToID != nil && *s.InReplyToAccountID != s.Account.ID {
			t.Errorf("%s should have been left out", s.URI)
		}
	}
}

func TestTheLargeThreadIsCutAndHasHoles(t *testing.T) {
	d := start(t)
	focus := find(t, d, far, "lesesaal", "1/7")
	thread := get[threadEntity](t, d, far, "/api/v1/statuses/"+focus.ID+"/context")
	if len(thread.Descendants) > 60 || len(thread.Descendants) < 55 {
		t.Errorf("%d descendants for a guest", len(thread.Descendants))
	}
	if len(thread.Ancestors) != 1 || focus.InReplyToID == nil || thread.Ancestors[0].ID == *focus.InReplyToID {
		t.Error("no ancestor is missing")
	}
	if *thread.Descendants[0].InReplyToAccountID != thread.Descendants[0].Account.ID {
		t.Error("the author's chain does not come first")
	}
	known, elsewhere := 0, 0
	for _, p := range d.world.posts {
		if !below(p, d.world.byKey["reading-room-1"]) || !p.open() {
			continue
		}
		switch {
		case d.world.knows(norderau, p):
			known++
		case d.world.knows(teich, p):
			elsewhere++
		}
	}
	if known < 80 || elsewhere < 2 {
		t.Errorf("%d replies, %d more on another server only", known, elsewhere)
	}
	if depth := deepestOf(thread.Descendants, focus.ID); depth < 8 {
		t.Errorf("nested to depth %d only", depth)
	}
}

func below(p, root *post) bool {
	return p.parent != nil && (p.parent == root || below(p.parent, root))
}

func deepestOf(posts []status, root string) int {
	depth, most := map[string]int{root: 0}, 0
	for range 10 {
		for _, s := range posts {
			if up, found := depth[*s.InReplyToID]; found {
				depth[s.ID] = up + 1
				most = max(most, up+1)
			}
		}
	}
	return most
}

// find returns the post under a hashtag whose content has text in it.
func find(t *testing.T, d *Demo, host, tag, text string) status {
	t.Helper()
	for _, s := range get[[]status](t, d, host, "/api/v1/timelines/tag/"+tag+"?limit=40") {
		if strings.Contains(s.Content, text) {
			return s
		}
	}
	t.Fatalf("no post under #%s has %q", tag, text)
	return status{}
}

func TestAQuoteWithinAQuoteIsShallow(t *testing.T) {
	d := start(t)
	for _, s := range everyStatus(t, d, local) {
		q, _ := s.Quote.(map[string]any)
		inner, _ := q["quoted_status"].(map[string]any)
		deeper, _ := inner["quote"].(map[string]any)
		if deeper == nil {
			continue
		}
		if deeper["quoted_status_id"] == nil || deeper["quoted_status"] != nil {
			t.Errorf("%v", deeper)
		}
		return
	}
	t.Error("no quote of a quote")
}

func TestHistoryHasBothVersions(t *testing.T) {
	d := start(t)
	for _, s := range everyStatus(t, d, far) {
		if s.EditedAt == nil || s.Reblog != nil {
			continue
		}
		versions := get[[]edit](t, d, far, "/api/v1/statuses/"+s.ID+"/history")
		if len(versions) != 2 || versions[0].Content == versions[1].Content || versions[1].Content != s.Content || versions[1].CreatedAt != *s.EditedAt {
			t.Errorf("%+v", versions)
		}
		return
	}
	t.Error("no edited post")
}

func TestEveryFileCanBeFetched(t *testing.T) {
	d := start(t)
	kinds := map[string]string{}
	add := func(kind string, urls ...*string) {
		for _, u := range urls {
			if u != nil {
				kinds[*u] = kind
			}
		}
	}
	for _, s := range everyStatus(t, d, local) {
		add("image", &s.Account.Avatar, &s.Account.Header)
		for _, m := range s.Media {
			add(m.Type, m.URL, m.RemoteURL)
			add("image", m.PreviewURL)
		}
		for _, e := range s.Emojis {
			add("image", &e.URL, &e.StaticURL)
		}
		if s.Card != nil {
			add("image", s.Card.Image)
		}
	}
	starts := map[string]string{"video": "\x1aE\xdf\xa3", "gifv": "\x1aE\xdf\xa3", "audio": "RIFF", "unknown": "1931"}
	pixels := 0
	for address, kind := range kinds {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		res, body := ask(t, d, u.Hostname(), u.Path)
		if res.StatusCode != 200 {
			t.Fatalf("%s: %s", address, res.Status)
		}
		if kind != "image" {
			if !bytes.HasPrefix(body, []byte(starts[kind])) {
				t.Errorf("%s is no %s: %.20q", address, kind, body)
			}
			continue
		}
		m, _, err := image.Decode(bytes.NewReader(body))
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		pixels += m.Bounds().Dx() * m.Bounds().Dy()
	}
	if pixels < 50_000_000 {
		t.Errorf("only %d pixels in %d files", pixels, len(kinds))
	}
	res, body := ask(t, d, local, "/system/media_attachments/clips/harbour.webm", "Range", "bytes=4-9")
	if res.StatusCode != 206 || len(body) != 6 {
		t.Errorf("a player's range: %s, %d bytes", res.Status, len(body))
	}
}

func TestTwoDemosOfTheSameMomentAreTheSame(t *testing.T) {
	a, b := start(t), start(t)
	hosts := regexp.MustCompile(`localhost(:|%3A)\d+`)
	for _, target := range []string{"/api/v1/timelines/public?limit=40", "/api/v1/trends/statuses", "/api/v1/trends/tags", "/api/v1/directory?limit=80", "/api/v2/instance"} {
		_, x := ask(t, a, local, target)
		_, y := ask(t, b, local, target)
		if !bytes.Equal(hosts.ReplaceAll(x, nil), hosts.ReplaceAll(y, nil)) {
			t.Errorf("%s differs", target)
		}
	}
}

func TestTheWorldKeepsItsShapeAtAnyTime(t *testing.T) {
	for _, now := range []string{"2026-01-01T00:00:00Z", "2026-03-29T02:59:59+02:00", "2032-02-29T12:00:00.5Z"} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		w, err := newWorld(at, ":1")
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]string{}
		for _, p := range w.posts {
			if p.at.After(at) || p.parent != nil && p.at.Before(p.parent.at) {
				t.Errorf("%s: %s is out of time", now, p.key)
			}
			for _, label := range []string{hafenlicht, norderau, teich} {
				id := label + postID(label, p)
				if other, taken := ids[id]; taken {
					t.Errorf("%s: %s and %s share an id", now, p.key, other)
				}
				ids[id] = p.key
			}
		}
	}
}

func TestMarkupIsThatOfMastodon(t *testing.T) {
	w, err := newWorld(time.Unix(1_800_000_000, 0), ":81")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"a < b & c\nd\n\ne":    "<p>a &lt; b &amp; c<br />d</p><p>e</p>",
		"@marta, look":         `<p><span class="h-card" translate="no"><a href="http://hafenlicht.localhost:81/@marta" class="u-url mention">@<span>marta</span></a></span>, look</p>`,
		"@whoever":             "<p>@whoever</p>",
		"#Lesesaal.":           `<p><a href="http://teich.localhost:81/tags/lesesaal" class="mention hashtag" rel="tag">#<span>Lesesaal</span></a>.</p>`,
		"https://a.example/b.": `<p><a href="https://a.example/b" rel="nofollow noopener noreferrer" translate="no" target="_blank"><span class="invisible">https://</span><span class="">a.example/b</span><span class="invisible"></span></a>.</p>`,
	} {
		if got := w.format(text, teich).html; got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}
