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

// id is what the first server that told a post calls it.
func id(p *feeds.Post) string { return p.Sightings[0].ID }

// draw writes each row with its depth as ">", and where its step is another one, that as a number.
func draw(t *Tree) string {
	var b strings.Builder
	for _, a := range t.Above {
		if a.Hole != nil {
			b.WriteString("?" + a.Hole.ID + " ")
			continue
		}
		b.WriteString(id(a.Post) + " ")
	}
	fmt.Fprintf(&b, "[%s %d/%d]", id(t.Focus), t.FocusPart, t.ChainSize)
	for _, r := range t.Replies {
		b.WriteString(" " + strings.Repeat(">", r.Depth))
		if r.Step != r.Depth-1 {
			fmt.Fprintf(&b, "(%d)", r.Step)
		}
		switch {
		case r.Hole != nil:
			b.WriteString("?" + r.Hole.ID)
		case r.Chain > 0:
			fmt.Fprintf(&b, "%s#%d", id(r.Post), r.Chain)
		default:
			b.WriteString(id(r.Post))
		}
		if r.Answers > 0 {
			fmt.Fprintf(&b, "=%d", r.Answers)
		}
		if r.Parent != nil {
			b.WriteString("<" + id(r.Parent))
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
		{"a missing ancestor leaves a hole", post("3<2 bob", 2), []*feeds.Post{post("2<1 cy", 1)}, nil, "?1 2 [3 1/1]"},
		{"what the server says is above a hole stands above it", post("20<19 bob", 20), []*feeds.Post{post("1", 1), post("18<1", 18)}, nil,
			"1 18 ?19 [20 1/1]"},
		{"above a hole the author's chain isn't counted", post("20<19", 20), []*feeds.Post{post("1", 1), post("18<1", 18)}, nil,
			"1 18 ?19 [20 1/1]"},
		{"each missing ancestor is a hole", post("9<8 bob", 9), []*feeds.Post{post("5<4 cy", 5), post("1", 1), post("2<1 dan", 2), post("7<6 eve", 7)}, nil,
			"1 2 ?4 5 ?6 7 ?8 [9 1/1]"},
		{"above a hole only what all branches share is an ancestor", post("9<8 bob", 9),
			[]*feeds.Post{post("1", 1), post("2<1 cy", 2), post("3<2 dan", 3), post("4<2 eve", 4)}, nil, "1 2 ?8 [9 1/1]"},
		{"an answer to what was read isn't above a hole", post("9<8 bob", 9), []*feeds.Post{post("10<9 cy", 10), post("1", 1)}, []*feeds.Post{post("10<9 cy", 10)},
			"1 ?8 [9 1/1] >10<9"},
		{"replies nest, oldest first", post("1", 0), nil,
			[]*feeds.Post{post("4<1 cy", 4), post("2<1 bob", 1), post("3<2 dan", 3), post("5<2 eve", 2)}, "[1 1/1] >2<1 >>5<2 >>3<2 >4<1"},
		{"the author's own chain comes first and is numbered", post("1", 0), nil,
			[]*feeds.Post{post("9<1 bob", 1), post("2<1", 2), post("3<2", 3), post("8<3 cy", 4), post("7<8 dan", 5)},
			"[1 1/3] >2#2<1 >>(0)3#3<2 >9=1<1 >>>(0)8=3<3 >>>>(1)7<8"},
		{"a chain counts what stands above", post("2<1", 1), []*feeds.Post{post("1", 0)}, []*feeds.Post{post("3<2", 2), post("4<3 bob", 3)},
			"1 [2 2/3] >3#3<2 >>(0)4=3<3"},
		{"an answer to a missing reply stands under a hole", post("1", 0), nil,
			[]*feeds.Post{post("4<3 bob", 4), post("5<4 cy", 5), post("6<3 dan", 6)}, "[1 1/1] >?3 >>4 >>>5<4 >>6"},
		{"a whole conversation is cut to what belongs", post("2<1 bob", 2), []*feeds.Post{post("1", 0), post("7<1 cy", 1)},
			[]*feeds.Post{post("3<2 dan", 3), post("7<1 cy", 1)}, "1 [2 1/1] >3<2"},
		{"a circle ends", post("1<2", 0), []*feeds.Post{post("2<1 bob", 1)}, []*feeds.Post{post("2<1 bob", 1)}, "2 [1 1/1]"},
		{"twice the same post is once", post("1", 0), nil, []*feeds.Post{post("2<1 bob", 1), post("2<1 bob", 1)}, "[1 1/1] >2<1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := draw(BuildTree(c.focus, c.above, c.below)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTreesOfBadAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		below []*feeds.Post
		want  string
	}{
		{"a reply older than its parent stands below it", []*feeds.Post{post("2<1 bob", 9), post("3<2 cy", 1)}, "[1 1/1] >2<1 >>3<2"},
		{"what answers a missing post stands under a hole, also where it is older than the post that was opened", []*feeds.Post{post("5<4 bob", -5), post("6<4 cy", 3), post("7<5 dan", -9)}, "[1 1/1] >?4 >>5 >>>7<5 >>6"},
		{"what answers nothing and isn't known to be below is left out", []*feeds.Post{post("5 bob", 5), post("6 cy", -5)}, "[1 1/1]"},
		{"posts that answer one another around the opened one are there once", []*feeds.Post{post("1<5", 0), post("5<1 bob", 5), post("6<5 cy", 6), post("5<6 bob", 5)}, "6 5 [1 1/1]"},
		{"what is its own parent stands under a hole", []*feeds.Post{post("5<5 bob", 5)}, "[1 1/1] >? >>5"},
		{"of a circle each post is there once", []*feeds.Post{post("6<7 bob", 6), post("7<6 cy", 7), post("8<7 cy", 8)}, "[1 1/1] >6 >>7<6 >>>8<7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := draw(BuildTree(post("1", 0), nil, c.below)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
