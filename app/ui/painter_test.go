package ui

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"vitrine/app/markup"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

type links struct{}

func (links) Profile(a *feeds.Author) string { return "#/@" + a.Handle() }
func (links) Handle(handle string) string    { return "#/@" + handle }
func (links) Tag(host, tag string) string    { return "#/t/" + host + "/" + tag }
func (links) Post(*feeds.Post) string        { return "#/p/x/1" }
func (links) Page(string) string             { return "" }
func (links) Server(host string) string      { return "#/i/" + host }

func drawing(t *testing.T) *markup.Drawing {
	t.Helper()
	data, err := os.ReadFile("../../web/locales/en.json")
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return &markup.Drawing{Words: w, Now: feedstest.Epoch(), Links: links{}, Icons: "/icons.svg", Host: "a.example", Actions: true}
}

// page is what draws messages: a stand-in for web/js/draw.js.
type page struct {
	keyed map[string][]any
	sent  int // keyed pieces that came with their trees in the last message
}

// draw returns what stands on the page after a message.
func (p *page) draw(t *testing.T, message []byte) []any {
	t.Helper()
	var m struct {
		T    []any
		Gone []string
	}
	if err := json.Unmarshal(message, &m); err != nil {
		t.Fatalf("%v in %s", err, message)
	}
	p.sent = 0
	out := p.settle(t, m.T)
	for _, key := range m.Gone {
		if p.keyed[key] == nil {
			t.Errorf("%q goes, which wasn't there", key)
		}
		delete(p.keyed, key)
	}
	return out
}

func (p *page) settle(t *testing.T, parts []any) []any {
	t.Helper()
	var out []any
	for _, part := range parts {
		switch part := part.(type) {
		case []any:
			out = append(out, append(append([]any{}, part[:2]...), p.settle(t, part[2:])...))
		case map[string]any:
			key := part["k"].(string)
			if tree, ok := part["t"].([]any); ok {
				p.sent++
				p.keyed[key] = p.settle(t, []any{tree})[0].([]any)
			}
			if p.keyed[key] == nil {
				t.Fatalf("%q comes by its name and isn't known", key)
			}
			out = append(out, p.keyed[key])
		default:
			out = append(out, part)
		}
	}
	return out
}

// whole is what a page should be: its pieces as trees, all rows drawn that aren't folded away.
func whole(t *testing.T, pieces []Piece) []any {
	t.Helper()
	out, _ := paint(t, NewPainter(most), &page{keyed: map[string][]any{}}, pieces)
	return out
}

// most is how many posts a message draws here.
const most = 8

// paint draws pieces until they are whole. It returns what then stands on the page, and the messages.
func paint(t *testing.T, p *Painter, on *page, pieces []Piece) (out []any, messages string) {
	t.Helper()
	sent := 0
	for range 100 {
		message, whole := p.Paint(pieces)
		if n := strings.Count(string(message), `["article"`); n > p.most {
			t.Fatalf("%d posts in one message", n)
		}
		out = on.draw(t, message)
		sent += on.sent
		messages += string(message) + "\n"
		if whole {
			on.sent = sent
			return out, messages
		}
	}
	t.Fatal("it never becomes whole")
	return nil, ""
}

func text(key, s string) Piece {
	return Piece{Key: key, Node: markup.El("p", nil, markup.Text(s))}
}

func posts(from, to int) []*Row {
	var rows []*Row
	for i := from; i < to; i++ {
		rows = append(rows, &Row{Post: markup.Row{Post: feedstest.Post("a.example", fmt.Sprint(i), -i)}})
	}
	return rows
}

func TestWhatIsUnchangedComesByItsNameAlone(t *testing.T) {
	p, on := NewPainter(100), &page{keyed: map[string][]any{}}
	l := &List{Drawing: drawing(t), Visit: "v", ID: "feed", Feed: true, Label: "Posts", Size: 20, Rows: posts(0, 45)}
	pieces := []Piece{text("head", "a"), {Node: markup.El("main", nil), Pieces: []Piece{text("x", "b"), {List: l}}}}
	paint(t, p, on, pieces)
	if on.sent != 2+1+3+45 {
		t.Errorf("%d pieces at first", on.sent)
	}
	if _, m := paint(t, p, on, pieces); m != `{"t":[{"k":"head"},["main",0,{"k":"x"},{"k":"v feed list"}]],"gone":[]}`+"\n" {
		t.Errorf("%s", m)
	}
	next := *l
	next.Rows = append([]*Row{}, l.Rows...)
	changed := *l.Rows[30].Post.Post
	changed.Counts.Replies = 7
	next.Rows[30] = &Row{Post: markup.Row{Post: &changed}}
	pieces[1].Pieces[1].List = &next
	paint(t, p, on, pieces)
	if on.sent != 3 { // the post, its chunk and its list
		t.Errorf("%d pieces for one changed post", on.sent)
	}
	same := *next.Drawing // a minute later, on a page of absolute dates
	next.Drawing = &same
	if paint(t, p, on, pieces); on.sent != 0 {
		t.Errorf("%d pieces that look as they did", on.sent)
	}
}

// shout makes an item, and notes that it did.
type shout struct {
	said string
	made *int
}

func (s shout) Make() markup.Node {
	*s.made++
	return markup.El("li", nil, markup.Text(s.said))
}

func TestWhatEqualMakersMakeIsMadeOnceAndManyComeInSeveralMessages(t *testing.T) {
	p, on, made := NewPainter(1), &page{keyed: map[string][]any{}}, 0
	items := func(first string, n int) []Piece {
		list := Piece{Key: "list", Node: markup.El("ul", nil), Pieces: []Piece{{Key: "0", Maker: shout{first, &made}}}}
		for i := 1; i < n; i++ {
			list.Pieces = append(list.Pieces, Piece{Key: fmt.Sprint(i), Maker: shout{"same", &made}})
		}
		return []Piece{list}
	}
	many := items("a", 2*madeForPost+1)
	if p.InOne(many) {
		t.Error("one message holds them all")
	}
	out, messages := paint(t, p, on, many)
	if n := strings.Count(messages, "\n"); n != 3 || made != 2*madeForPost+1 || len(out[0].([]any)) != 2+2*madeForPost+1 {
		t.Errorf("%d made in %d messages: %v", made, n, out)
	}
	if _, again := paint(t, p, on, items("a", 2*madeForPost+1)); made != 2*madeForPost+1 || again != `{"t":[{"k":"list"}],"gone":[]}`+"\n" {
		t.Errorf("%d made in the end: %s", made, again)
	}
	changed := items("b", 2*madeForPost+1)
	if !p.InOne(changed) {
		t.Error("one message doesn't hold the one that is new")
	}
	if out, _ := paint(t, p, on, changed); made != 2*madeForPost+2 || on.sent != 2 || out[0].([]any)[2].([]any)[2] != "b" {
		t.Errorf("%d made, %d sent when one is another: %v", made, on.sent, out)
	}
	front := Piece{Pieces: many, Node: markup.El("main", nil)}.Tree(1)
	if n := len(front.Children[0].Children); n != 2*madeForPost+1 {
		t.Errorf("%d in a front", n)
	}
}

func TestRowsFarFromTheScreenAreAnEmptyBox(t *testing.T) {
	p, on := NewPainter(100), &page{keyed: map[string][]any{}}
	l := &List{Drawing: drawing(t), Visit: "v", ID: "feed", Feed: true, Label: "Posts", Size: 20, Rows: posts(0, 45), Heights: []int{0, 900}}
	_, first := paint(t, p, on, []Piece{{List: l}})
	if n := strings.Count(first, `["article"`); n != 25 {
		t.Errorf("%d posts are drawn, want the first 20 and the last 5", n)
	}
	if !strings.Contains(first, `{"k":"v feed feed:1","c":"feed:1","h":900,"t":["div",{"class":"chunk"}]}`) {
		t.Errorf("%s", first)
	}
	unfolded := *l
	unfolded.Heights = nil
	if paint(t, p, on, []Piece{{List: &unfolded}}); on.sent != 22 {
		t.Errorf("%d pieces when a chunk is drawn", on.sent)
	}
	_, again := paint(t, p, on, []Piece{{List: l}})
	if len(on.keyed) != 1+3+25 || !strings.Contains(again, `"gone":["`) {
		t.Errorf("%d pieces are remembered after it was folded away", len(on.keyed))
	}
}

func TestRowsWhosePostsAreReadAgainStayAsHighAsTheyWere(t *testing.T) {
	p, on := NewPainter(most), &page{keyed: map[string][]any{}}
	l := &List{Drawing: drawing(t), Visit: "v", ID: "feed", Feed: true, Label: "Posts", Size: 20, Rows: posts(0, 60), Last: []int{0, 900}}
	whole := l.Rows
	l.Rows = append([]*Row{}, whole...)
	l.Rows[25], l.Rows[59] = &Row{}, nil
	_, first := paint(t, p, on, []Piece{{List: l}})
	if n := strings.Count(first, `["article"`); n != 20 || !strings.Contains(first, `"c":"feed:1","h":900`) || !strings.Contains(first, `"c":"feed:2","h":4000`) {
		t.Errorf("%d posts in %s", n, first)
	}
	again := *l
	again.Rows = whole
	_, next := paint(t, p, on, []Piece{{List: &again}})
	if n := strings.Count(next, `["article"`); n != 40 || !strings.Contains(next, `"c":"feed:1","h":0`) {
		t.Errorf("%d posts are drawn when they are there", n)
	}
	if front := string(markup.AppendJSON(nil, Piece{List: l}.Tree(40))); strings.Count(front, `["article"`) != 25 {
		t.Errorf("a front goes on below a post that isn't there: %s", front)
	}
}

func TestAFeedOfWhichNothingIsDrawnIsBusy(t *testing.T) {
	l := &List{Drawing: drawing(t), Visit: "v", ID: "feed", Feed: true, Label: "Posts", Size: 20, Rows: posts(0, 40)}
	for _, c := range []struct {
		heights []int
		want    string
	}{{nil, "false"}, {[]int{900, 900}, "true"}, {[]int{900}, "false"}} {
		l.Heights = c.heights
		p, on := NewPainter(100), &page{keyed: map[string][]any{}}
		if _, m := paint(t, p, on, []Piece{{List: l}}); !strings.Contains(m, `"aria-busy":"`+c.want+`"`) {
			t.Errorf("%v: %s", c.heights, m)
		}
	}
}

func TestThePageIsWhatWasSaidWhateverCameBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	d := drawing(t)
	all := posts(0, 60)
	p, on := NewPainter(most), &page{keyed: map[string][]any{}}
	for range 200 {
		l := &List{Drawing: d, Visit: fmt.Sprint("v", r.IntN(2)), ID: "feed", Feed: true, Label: "Posts", Busy: r.IntN(2) == 0, Size: 5}
		for range r.IntN(30) {
			copied := *all[r.IntN(len(all))]
			row := &copied
			row.Post.Open.Whole = r.IntN(2) == 0
			if r.IntN(10) == 0 {
				gap := markup.El("p", nil, markup.Text(fmt.Sprint("gap", r.IntN(3))))
				row = &Row{Node: &gap}
			}
			if i := len(l.Rows); row.Node != nil || !has(l.Rows, row) {
				l.Rows = append(l.Rows[:i:i], row)
			}
		}
		for range l.chunks() {
			l.Heights = append(l.Heights, r.IntN(2)*300)
		}
		pieces := []Piece{text("a", fmt.Sprint(r.IntN(2))), {Node: markup.El("main", nil), Pieces: []Piece{text("", fmt.Sprint(r.IntN(3))), {List: l}}}}
		if r.IntN(3) == 0 {
			pieces = append(pieces, text("b", "there"))
		}
		drawn, _ := paint(t, p, on, pieces)
		got, want := fmt.Sprint(drawn), fmt.Sprint(whole(t, pieces))
		if got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	}
}

// has reports a row for the same post.
func has(rows []*Row, row *Row) bool {
	for _, r := range rows {
		if r.Node == nil && r.Post.Post == row.Post.Post {
			return true
		}
	}
	return false
}

func TestAFrontIsTheSameTreeWithNothingOpened(t *testing.T) {
	d := drawing(t)
	p := feedstest.Post("a.example", "1", 0)
	p.Warning, p.Body = "Careful", content.ParseHTML("<p>Hidden</p>", content.Options{})
	l := &List{Drawing: d, Visit: "v", ID: "feed", Feed: true, Label: "Posts", Size: 20, Rows: append([]*Row{{Post: markup.Row{Post: p, Open: markup.Opened{Warning: markup.Open}}}}, posts(2, 40)...)}
	x := Piece{Node: markup.El("main", nil, markup.Text("first")), Pieces: []Piece{text("x", "b"), {List: l}}}
	front := string(markup.AppendJSON(nil, x.Tree(20)))
	if strings.Count(front, `["article"`) != 20 || strings.Contains(front, `"open"`) {
		t.Errorf("%s", front)
	}
	l.Rows = l.Rows[1:21]
	plain, err := json.Marshal(whole(t, []Piece{x})[0])
	if err != nil {
		t.Fatal(err)
	}
	var want any
	if err := json.Unmarshal(markup.AppendJSON(nil, x.Tree(20)), &want); err != nil {
		t.Fatal(err)
	}
	if got, _ := json.Marshal(want); string(got) != string(plain) {
		t.Errorf("the front is\n%s\nthe page\n%s", got, plain)
	}
}

func TestARowStaysWhenItsIDAtTheServerBecomesKnown(t *testing.T) {
	post := feedstest.Post("a.example", "1", 0)
	booster := &feeds.Author{User: "b", Domain: "b.example"}
	key := func(e feeds.Entry) string { return rowKey(&Row{Post: markup.Row{Post: post, Entry: e}}, 0) }
	if stored, read := key(feeds.Entry{Pinned: true}), key(feeds.Entry{Pinned: true, WrapperID: "17"}); stored != read {
		t.Errorf("the row is %q as it was stored, and %q as it was read", stored, read)
	}
	names := map[string]bool{
		key(feeds.Entry{}): true,
		key(feeds.Entry{BoostedBy: booster, At: feedstest.Epoch()}):                                       true,
		key(feeds.Entry{BoostedBy: booster, At: feedstest.Epoch().Add(time.Minute)}):                      true,
		key(feeds.Entry{BoostedBy: &feeds.Author{User: "c", Domain: "b.example"}, At: feedstest.Epoch()}): true,
	}
	if len(names) != 4 {
		t.Errorf("a post and three boosts of it have the names %v", names)
	}
}
