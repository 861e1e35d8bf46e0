package reader

import (
	"fmt"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// everywhere is a filter with one rule.
func everywhere(r follows.Rule) *follows.Matcher {
	return follows.Compile(follows.Everywhere, follows.Filter{Rules: []follows.Rule{r}})
}

// talk is a post, an answer that its server names by id alone, and the answer to that.
func talk() (first, second, third *feeds.Post) {
	first, second, third = feedstest.Post("a.example", "1", 1), feedstest.Post("a.example", "2", 2), feedstest.Post("a.example", "3", 3)
	second.ReplyTo, third.ReplyTo = &feeds.ReplyTo{ID: "1"}, &feeds.ReplyTo{ID: "2"}
	return first, second, third
}

func TestAConversationIsTakenAwayFromAListWithAllThatAnswersIt(t *testing.T) {
	first, second, third := talk()
	servers := []*feedstest.Source{following("a.example", nil, feedstest.Post("a.example", "4", 4), third, second, first)}
	muted := everywhere(follows.Rule{Cause: follows.OfThread, Text: string(first.Key)})
	var shown []string
	emit := func(s *Snapshot) { shown = append(shown, fmt.Sprint(written(s), " ", len(s.Hidden))) }
	q := readerOf(cache.NewMemory(), blocklist.List{}, servers[0]).Merge([]Source{{Place: at("a.example"), Filter: muted}}, emit)
	q.Open(t.Context(), nil)
	for _, s := range shown {
		if s != " 0" && s != "4 3" {
			t.Errorf("shown: %q", s)
		}
	}
	if got := shown[len(shown)-1]; got != "4 3" {
		t.Error(got)
	}
}

func TestAConversationIsTakenAwayWhileItsListIsOpen(t *testing.T) {
	first, second, third := talk()
	servers := []*feedstest.Source{following("a.example", nil, third, second, first)}
	q, last := opened(t, servers, []Source{{Place: at("a.example")}}, 0)
	_, show := q.SetSources([]Source{{Place: at("a.example"), Filter: everywhere(follows.Rule{Cause: follows.OfThread, Text: string(first.Key)})}})
	show(t.Context(), false)
	if got := written(last()); got != "" || len(last().Hidden) != 3 {
		t.Errorf("%q, %+v", got, last().Hidden)
	}
	q.Reveal(true)
	if got := last().Items; len(got) != 3 || got[0].Folded.Cause != follows.OfThread || len(last().Hidden) != 0 {
		t.Errorf("%+v", got)
	}
	if root := q.r.Root(t.Context(), third); root != first.Key {
		t.Errorf("the conversation begins with %q", root)
	}
	if root := q.r.Root(t.Context(), first); root != first.Key {
		t.Errorf("the conversation begins with %q", root)
	}
	lost := feedstest.Post("a.example", "9", 9)
	if lost.ReplyTo = (&feeds.ReplyTo{ID: "8", Key: "https://b.example/8"}); q.r.Root(t.Context(), lost) != "https://b.example/8" {
		t.Error("what is answered isn't stored, but its key is known")
	}
}

func TestAFilterThatRanOutIsJudgedAnew(t *testing.T) {
	servers := []*feedstest.Source{following("a.example", nil, feedstest.Post("a.example", "1", 1))}
	source := func(until time.Time) []Source {
		return []Source{{Place: at("a.example"), Filter: everywhere(follows.Rule{Cause: follows.OfPerson, Text: "ada@a.example", Until: until})}}
	}
	q, last := opened(t, servers, source(time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)), 0)
	if got := written(last()); got != "" || len(last().Hidden) != 1 {
		t.Errorf("%q, %+v", got, last().Hidden)
	}
	_, show := q.SetSources(source(time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)))
	show(t.Context(), false)
	if got := written(last()); got != "1" || len(last().Hidden) != 0 {
		t.Errorf("%q, %+v", got, last().Hidden)
	}
}

func TestWarningsStandAsTheFilterOfTheSourceSays(t *testing.T) {
	servers := []*feedstest.Source{following("a.example", nil, feedstest.Post("a.example", "1", 1)), following("b.example", nil, feedstest.Post("b.example", "2", 2))}
	open := follows.Compile(follows.Everywhere, follows.Filter{Warnings: follows.WarningsOpen})
	_, last := opened(t, servers, []Source{{Place: at("a.example"), Filter: open}, {Place: at("b.example")}}, 0)
	if i := last().Items; i[0].Warnings != follows.WarningsAsSet || i[1].Warnings != follows.WarningsOpen {
		t.Errorf("%+v", i)
	}
}
