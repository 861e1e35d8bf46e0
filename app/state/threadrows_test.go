package state

import (
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/reader"
)

// conversationOf makes posts of one server, "id<parent by who", written so many days apart as their place says.
func conversationOf(days map[string]int, specs ...string) *reader.Tree {
	var all []*feeds.Post
	for i, spec := range specs {
		ids, who, _ := strings.Cut(spec, " ")
		id, parent, _ := strings.Cut(ids, "<")
		p := feedstest.Post("a.example", id, i)
		if parent != "" {
			p = feedstest.Reply("a.example", id, parent, i)
		}
		if who != "" {
			p.Author = feedstest.Author(who, "a.example")
		}
		p.Published = p.Published.Add(time.Duration(days[id]) * 24 * time.Hour)
		all = append(all, p)
	}
	return reader.BuildTree(all[0], nil, all[1:])
}

// rowsOf writes each row with how far it is indented, its depth, how many are below it, and how many months later it was written.
func rowsOf(rows []ThreadReply) string {
	var all []string
	for _, r := range rows {
		word := strings.Repeat(">", r.Step)
		if r.Post == nil {
			all = append(all, word+"?")
			continue
		}
		word += r.Post.Sightings[0].ID + "." + string(rune('0'+r.Depth))
		if r.Below > 0 {
			word += "+" + string(rune('0'+r.Below))
		}
		if r.Folded {
			word += "-"
		}
		if r.Later > 0 {
			word += "@" + string(rune('0'+int(r.Later.Hours()/24/30)))
		}
		all = append(all, word)
	}
	return strings.Join(all, " ")
}

func TestRepliesAreArranged(t *testing.T) {
	t.Parallel()
	tree := []string{"1", "2<1 bob", "3<2 cy", "4<1 dan", "5<3 eve", "6<2 bob", "9<8 bob"}
	chain := []string{"1", "2<1", "3<1 bob", "4<2 cy", "5<4 dan"}
	for _, c := range []struct {
		name   string
		specs  []string
		days   map[string]int
		order  ThreadOrder
		folded string
		want   string
	}{
		{"as a tree", tree, nil, TreeOrder, "", "2.1+3 >3.2+1 >>5.3 >6.2 4.1 ?+1 >9.2"},
		{"what is below a folded one isn't there", tree, nil, TreeOrder, "2", "2.1+3- 4.1 ?+1 >9.2"},
		{"a branch of a branch is folded", tree, nil, TreeOrder, "3", "2.1+3 >3.2+1- >6.2 4.1 ?+1 >9.2"},
		{"what has nothing below it isn't folded", tree, nil, TreeOrder, "4", "2.1+3 >3.2+1 >>5.3 >6.2 4.1 ?+1 >9.2"},
		{"the oldest first, each with its depth", tree, nil, OldestFirst, "2", "2.1 3.2 4.1 5.3 6.2 9.2 ?"},
		{"the newest first", tree, nil, NewestFirst, "", "9.2 6.2 5.3 4.1 3.2 2.1 ?"},
		{"the author's chain stays on top", chain, nil, NewestFirst, "", "2.1 5.3 4.2 3.1"},
		{"a reply to a later part isn't below one to an earlier part", chain, nil, TreeOrder, "3", "2.1 3.1 4.2+1 >5.3"},
		{"far times in a tree", tree, map[string]int{"5": 250}, TreeOrder, "", "2.1+3 >3.2+1 >>5.3@8 >6.2 4.1 ?+1 >9.2"},
		{"far times, the oldest first", tree, map[string]int{"5": 250, "6": 251}, OldestFirst, "", "2.1 3.2 4.1 9.2 5.3@8 6.2 ?"},
		{"far times, the newest first", tree, map[string]int{"5": 250}, NewestFirst, "", "5.3 9.2@8 6.2 4.1 3.2 2.1 ?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			folded := map[feeds.Key]bool{}
			if c.folded != "" {
				folded[feedstest.Post("a.example", c.folded, 0).Key] = true
			}
			want := strings.ReplaceAll(c.want, "?+1", "?")
			if got := rowsOf(arrange(conversationOf(c.days, c.specs...), c.order, folded)); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}
