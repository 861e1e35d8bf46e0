package reader

import (
	"fmt"
	"sync/atomic"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

// once fails for a post that stands in a conversation twice.
func once(t *testing.T, tree *Tree) {
	t.Helper()
	seen := map[feeds.Key]bool{}
	for _, p := range tree.Posts() {
		if seen[p.Key] {
			t.Errorf("%s is there twice", p.Key)
		}
		seen[p.Key] = true
	}
}

// completed is the conversation of newTwo, whose second server answers so.
func completed(t *testing.T, below func(id string) []*feeds.Post) (*two, *ThreadSnapshot) {
	t.Helper()
	f := newTwo()
	f.b.OnContext = func(id string) ([]*feeds.Post, []*feeds.Post, error) {
		f.asked.Add(1)
		return nil, below(id), nil
	}
	_, last := f.open(t.Context(), cache.NewMemory(), blocklist.List{})
	s := last.Load()
	once(t, s.Tree)
	if s.Search.Busy || !s.Search.Done || s.Search.Requests > requestsInAll {
		t.Errorf("%+v", s.Search)
	}
	return f, s
}

func TestAServerThatInventsRepliesWithoutEndIsAskedAsOftenAsIsRight(t *testing.T) {
	t.Parallel()
	var made atomic.Int32
	f, s := completed(t, func(id string) []*feeds.Post {
		p := feedstest.Reply("b.example", fmt.Sprint(100+made.Add(1)), id, int(made.Load()))
		p.Counts.Replies = 1_000_000
		return []*feeds.Post{p}
	})
	if n := f.asked.Load(); n > requestsPerHost+1 || s.Tree.Shown < 2 {
		t.Errorf("asked %d times: %d replies", n, s.Tree.Shown)
	}
}

func TestAServerThatAnswersWithAnotherConversationBringsNothing(t *testing.T) {
	t.Parallel()
	_, s := completed(t, func(string) []*feeds.Post {
		return []*feeds.Post{feedstest.Post("b.example", "50", 5), feedstest.Reply("b.example", "51", "50", 6)}
	})
	if s.Tree.Shown != 1 || s.Search.Servers[1].Err == nil || s.Search.Servers[1].Err.Kind != feeds.BadData {
		t.Errorf("%d replies, %+v", s.Tree.Shown, s.Search.Servers)
	}
}

func TestServersThatContradictEachOtherLeaveEachPostOnce(t *testing.T) {
	t.Parallel()
	_, s := completed(t, func(string) []*feeds.Post { // the first server says that 2 answers 1; this one turns it round, in a circle
		return []*feeds.Post{
			feedstest.Reply("b.example", "2", "3", 1), feedstest.Reply("b.example", "3", "2", 2), feedstest.Reply("b.example", "1", "2", 0),
			feedstest.Reply("b.example", "4", "4", 3), feedstest.Reply("b.example", "5", "1", -9),
		}
	})
	if s.Tree.Focus == nil || len(s.Tree.Posts()) > 5 {
		t.Errorf("%d posts", len(s.Tree.Posts()))
	}
}

func TestTenThousandRepliesOfOneServerAreBounded(t *testing.T) {
	t.Parallel()
	var below []*feeds.Post
	for i := range 10_000 {
		p := feedstest.Reply("b.example", fmt.Sprint(10+i), fmt.Sprint(1+i*(i%2)), i)
		p.Author = feedstest.Author("bob", "b.example")
		below = append(below, p)
	}
	_, s := completed(t, func(string) []*feeds.Post { return below })
	if s.Tree.Shown < 5_000 || s.Tree.Shown > 6_000 {
		t.Errorf("%d replies", s.Tree.Shown)
	}
}

func TestLongCirclesAndLongWaysToOtherConversationsEndSoon(t *testing.T) {
	t.Parallel()
	const n = 5_000
	row := func(first, last string, reverse bool) []*feeds.Post { // n posts, each a reply to the one before, the first one to another
		var all []*feeds.Post
		for i := range n {
			parent := fmt.Sprint(100 + i - 1)
			if i == 0 {
				parent = first
			}
			minutes := i
			if reverse {
				minutes = n - i
			}
			all = append(all, post(fmt.Sprintf("%d<%s bob", 100+i, parent), minutes))
		}
		if last != "" {
			all = append(all, post(last, 0))
		}
		return all
	}
	for _, reverse := range []bool{false, true} {
		circle := BuildTree(post("1", 0), nil, row(fmt.Sprint(100+n-1), "", reverse))
		tail := BuildTree(post("1", 0), nil, append(row("98", "98<99 cy", reverse), post("99<98 cy", 1)))
		elsewhere := BuildTree(post("1", 0), nil, row("99", "99 cy", reverse))
		above := BuildTree(post("9999<9998 bob", n), row("1", "1", reverse), nil)
		for name, got := range map[string]*Tree{"a circle": circle, "a way into one": tail, "a way elsewhere": elsewhere, "above": above} {
			once(t, got)
			if want := map[string]int{"a circle": n, "a way into one": n + 2}[name]; got.Shown != want {
				t.Errorf("%s, reverse %v: %d replies, want %d", name, reverse, got.Shown, want)
			}
		}
		if !reverse && len(above.Above) < n { // times that are wrong may cost some of so many
			t.Errorf("reverse %v: %d above", reverse, len(above.Above))
		}
	}
}
