package reader

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const host = "a.example"

// post writes "id<parent by who": post("3<1 bob", 5).
func post(spec string, minutes int) *feeds.Post {
	var who string
	ids, who, _ := strings.Cut(spec, " ")
	id, parent, _ := strings.Cut(ids, "<")
	p := feedstest.Post(host, id, minutes)
	if parent != "" {
		p = feedstest.Reply(host, id, parent, minutes)
	}
	if who != "" {
		p.Author = feedstest.Author(who, host)
	}
	return p
}

func draw(t *Tree) string {
	var b strings.Builder
	if t.AboveHole != nil {
		b.WriteString("? ")
	}
	for _, p := range t.Above {
		b.WriteString(id(p) + " ")
	}
	fmt.Fprintf(&b, "[%s %d/%d]", id(t.Focus), t.FocusPart, t.ChainSize)
	for _, r := range t.Replies {
		b.WriteString(" " + strings.Repeat(">", r.Depth))
		switch {
		case r.Hole != nil:
			b.WriteString("?" + r.Hole.ID)
		case r.Chain > 0:
			fmt.Fprintf(&b, "%s#%d", id(r.Post), r.Chain)
		default:
			b.WriteString(id(r.Post))
		}
	}
	return b.String()
}

func TestBuildTree(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		focus        *feeds.Post
		above, below []*feeds.Post
		want         string
	}{
		{"a post alone", post("1", 0), nil, nil, "[1 1/1]"},
		{"ancestors in any order", post("3<2 bob", 2), []*feeds.Post{post("2<1 cy", 1), post("1", 0)}, nil, "1 2 [3 1/1]"},
		{"a missing ancestor leaves a hole", post("3<2 bob", 2), []*feeds.Post{post("2<1 cy", 1)}, nil, "? 2 [3 1/1]"},
		{"replies nest, oldest first", post("1", 0), nil,
			[]*feeds.Post{post("4<1 cy", 4), post("2<1 bob", 1), post("3<2 dan", 3), post("5<2 eve", 2)}, "[1 1/1] 2 >5 >3 4"},
		{"the author's own chain comes first and is numbered", post("1", 0), nil,
			[]*feeds.Post{post("9<1 bob", 1), post("2<1", 2), post("3<2", 3), post("8<3 cy", 4)}, "[1 1/3] 2#2 3#3 9 8"},
		{"a chain counts what stands above", post("2<1", 1), []*feeds.Post{post("1", 0)}, []*feeds.Post{post("3<2", 2)}, "1 [2 2/3] 3#3"},
		{"an answer to a missing reply stands under a hole", post("1", 0), nil,
			[]*feeds.Post{post("4<3 bob", 4), post("5<4 cy", 5), post("6<3 dan", 6)}, "[1 1/1] ?3 >4 >>5 >6"},
		{"a whole conversation is cut to what belongs", post("2<1 bob", 2), []*feeds.Post{post("1", 0), post("7<1 cy", 1)},
			[]*feeds.Post{post("3<2 dan", 3), post("7<1 cy", 1)}, "1 [2 1/1] 3"},
		{"a circle ends", post("1<2", 0), []*feeds.Post{post("2<1 bob", 1)}, []*feeds.Post{post("2<1 bob", 1)}, "2 [1 1/1]"},
		{"twice the same post is once", post("1", 0), nil, []*feeds.Post{post("2<1 bob", 1), post("2<1 bob", 1)}, "[1 1/1] 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := draw(BuildTree(c.focus, c.above, c.below)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
