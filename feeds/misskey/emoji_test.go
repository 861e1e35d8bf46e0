package misskey

import (
	"context"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestEmojiComeInThreeShapes(t *testing.T) {
	t.Parallel()
	for shape, fields := range map[string]string{
		"a list":            `"text":":lamp:","emojis":[{"name":"lamp","url":"https://mk.example/old.png"}],`,
		"an object":         `"text":":lamp:","emojis":{"lamp":"https://mk.example/old.png"},`,
		"the server's":      `"text":":lamp:",`,
		"none that is safe": `"text":":bad:",`,
	} {
		p := read(t, noted("n1", `{"id":"u1","username":"ada"}`, fields))
		got := p.Body.Blocks[0].Children[0]
		if strings.HasPrefix(shape, "none") != (got.Kind == content.Text) {
			t.Errorf("%s: %+v", shape, got)
		}
	}
}

func TestOwnEmojiAreAskedForOnceAndOnlyWhenNamed(t *testing.T) {
	t.Parallel()
	const lists = "/api/emojis"
	plain := "[" + noted("n1", `{"id":"u1","username":"ada"}`, `"text":"at 12:30:45 :no such",`) + "," + noted("n2", bo, `"text":":star: :unknown:",`) + "]"
	named := "[" + noted("n3", ada, "") + "]"
	s, n := serve(map[string]feedstest.Answered{
		"/api/notes/local-timeline":  {Body: plain},
		"/api/notes/global-timeline": {Body: named},
		lists:                        {Body: `{"emojis":[{"name":"lamp","url":"/lamp.png"}]}`},
	})
	page := func(scope feeds.Scope) *feeds.Page {
		p, err := s.ServerPosts(context.Background(), scope, "")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	page(feeds.Local)
	if asked := n.Asked(); strings.Contains(asked, lists) {
		t.Errorf("asked for emoji that nobody named: %s", asked)
	}
	for range 2 {
		if p := page(feeds.Federated); len(p.Posts[0].Author.Emoji) != 1 || p.Posts[0].Author.Emoji[0].URL != "https://mk.example/lamp.png" {
			t.Errorf("%+v", p.Posts[0].Author)
		}
	}
	if asked := n.Asked(); strings.Count(asked, lists) != 1 {
		t.Errorf("asked %s", asked)
	}
}

func TestWithoutTheListShortcodesStayText(t *testing.T) {
	t.Parallel()
	for _, answer := range []feedstest.Answered{{Status: 404}, {Body: "<html>"}, {Body: "[]"}, {Body: `{"emojis":7}`}, {Err: &feeds.Error{Kind: feeds.TooLarge}}} {
		s, n := serve(map[string]feedstest.Answered{"/api/emojis": answer, "/api/notes/show": {Body: noted("n1", ada, `"text":":lamp:","reactions":{":lamp@.:":1},`)}})
		for range 2 {
			p, err := s.Post(context.Background(), "n1")
			if err != nil || content.PlainText(p.Body) != ":lamp:" || len(p.Emoji) != 0 || p.Reactions[0] != (feeds.Reaction{Name: ":lamp:", Count: 1}) {
				t.Errorf("%+v: %+v, %v", answer, p, err)
			}
		}
		if asked := n.Asked(); strings.Count(asked, "/api/emojis") != 1 {
			t.Errorf("%+v: asked %s", answer, asked)
		}
	}
}

// cancelling ends ctx while the list of emoji is asked for.
type cancelling struct {
	*feedstest.Network
	cancel context.CancelFunc
}

func (c cancelling) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	if strings.HasSuffix(r.URL, "/api/emojis") {
		c.cancel()
	}
	return c.Network.Fetch(ctx, r)
}

func TestWhoLeavesDoesNotTakeTheEmojiAlong(t *testing.T) {
	t.Parallel()
	net := &feedstest.Network{Replies: map[string]feedstest.Answered{
		"/api/emojis": {Body: `{"emojis":[{"name":"lamp","url":"/lamp.png"}]}`}, "/api/notes/show": {Body: noted("n1", ada, "")},
	}}
	ctx, cancel := context.WithCancel(context.Background())
	s := New(cancelling{net, cancel}, feedstest.NewClock(), host, Quirks{})
	if p, err := s.Post(ctx, "n1"); err != nil || len(p.Author.Emoji) != 0 {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err := s.Post(context.Background(), "n1"); err != nil || len(p.Author.Emoji) != 1 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestEarly13NamesNoAddresses(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/emojis": {Body: `{"emojis":[{"name":""},{"name":"lamp","category":"light"}]}`}, "/api/notes/show": {Body: noted("n1", ada, "")}})
	p, err := s.Post(context.Background(), "n1")
	if err != nil || len(p.Author.Emoji) != 1 || p.Author.Emoji[0].URL != "https://mk.example/emoji/lamp.webp" {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestEmojiAndReactionsHaveAFormThatStandsStill(t *testing.T) {
	t.Parallel()
	p := read(t, noted("n1", ada, `"text":"b :b:","emojis":{"b":"https://far.example/b.png?x=1&y"},"reactions":{":wave@far.example:":1},"reactionEmojis":{"wave@far.example":"/w.gif"},`))
	const still = "https://mk.example/proxy/static.webp?emoji=1&static=1&url="
	if got := p.Emoji[0].Static; got != still+"https%3A%2F%2Ffar.example%2Fb.png%3Fx%3D1%26y" {
		t.Errorf("emoji: %s", got)
	}
	if got := p.Reactions[0]; got.URL != "https://mk.example/w.gif" || got.Static != still+"https%3A%2F%2Fmk.example%2Fw.gif" {
		t.Errorf("reaction: %+v", got)
	}
}

func TestEveryTextOfANoteHasItsEmoji(t *testing.T) {
	t.Parallel()
	p := read(t, noted("n1", ada, `"text":"b :b:","cw":":c:","poll":{"choices":[{"text":":d: :b:"}]},"emojis":{"b":"/b.png","c":"/c.png","d":"/d.png","e":"/e.png"},`))
	var names []string
	for _, e := range p.Emoji {
		names = append(names, e.Shortcode)
	}
	if strings.Join(names, " ") != "b c d" || len(p.Poll.Emoji) != 3 {
		t.Errorf("%v, %+v", names, p.Poll)
	}
}

func TestShortcodes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                     "",
		":a:":                  "a",
		":a::b_2:-:c+:":        "a b_2 c+",
		"12:30:45":             "",
		"at 12:30: :a:":        "30 a",
		":a:b:":                "b",
		"::":                   "",
		": a: :é: :a":          "",
		"https://a.example:80": "",
		":a:\n:B-:":            "a B-",
	} {
		if got := strings.Join(slices.Collect(shortcodes(text)), " "); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
