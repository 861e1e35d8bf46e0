package ledger

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/reader"
)

const source = "@town@social.example"

func day(n int) time.Time { return time.Date(2026, 11, n, 12, 0, 0, 0, time.UTC) }

func item(key string, at int, change ...func(*feeds.Post, *feeds.Entry)) reader.Item {
	p := &feeds.Post{
		Key: feeds.Key(key), URI: key, Published: day(at), Author: &feeds.Author{User: "town", Domain: "social.example", Name: "Town"},
		Sightings: []feeds.Sighting{{Host: "social.example", ID: key, At: time.Now(), Origin: true}}, Counts: feeds.Counts{Boosts: int(time.Now().Unix())},
	}
	e := feeds.Entry{Key: p.Key, At: day(at)}
	for _, c := range change {
		c(p, &e)
	}
	return reader.Item{Post: p, Entry: e}
}

func boost(p *feeds.Post, e *feeds.Entry) {
	e.BoostedBy = p.Author
	p.Author = &feeds.Author{User: "library", Domain: "social.example"}
}

func keys(l *Ledger) string {
	var out []byte
	for _, k := range l.Posts {
		out = append(append(out, string(k.Post.Key)...), ' ')
		if !k.Deleted.IsZero() {
			out[len(out)-1] = '-'
		}
	}
	return string(out)
}

func TestAnAnswerWithNothingNewChangesNoByte(t *testing.T) {
	l, err := Read(nil)
	if err != nil {
		t.Fatal(err)
	}
	l.Take(Answer{Source: source, Items: []reader.Item{item("b", 2), item("a", 1, boost)}})
	first, err := l.Settle(nil, day(3))
	if err != nil || !l.Changed.Equal(day(3)) {
		t.Fatalf("%v, changed %v", err, l.Changed)
	}
	if l, err = Read(first); err != nil {
		t.Fatal(err)
	}
	l.Take(Answer{Source: source, Items: []reader.Item{item("b", 2), item("a", 1, boost)}})
	second, err := l.Settle(first, day(4))
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("%v\n%s\n%s", err, first, second)
	}
}

func TestWhatIsMissingInTheStretchThatWasReadIsAskedFor(t *testing.T) {
	for _, c := range []struct {
		name    string
		answer  Answer
		missing string
	}{
		{"in the stretch", Answer{Items: []reader.Item{item("d", 4), item("b", 2)}}, "c"},
		{"below it", Answer{Items: []reader.Item{item("d", 4)}}, ""},
		{"at the end of the list", Answer{Items: []reader.Item{item("d", 4)}, End: true}, "c b a"},
		{"of an incomplete list", Answer{Items: []reader.Item{item("d", 4), item("a", 1)}, Incomplete: true}, ""},
		{"of a list of nothing", Answer{}, ""},
	} {
		l, _ := Read(nil)
		l.Take(Answer{Source: source, Items: []reader.Item{item("d", 4), item("c", 3), item("b", 2), item("a", 1)}})
		l.Sort()
		c.answer.Source = source
		var missing []string
		for _, k := range l.Take(c.answer) {
			missing = append(missing, string(k.Post.Key))
		}
		if got := string(bytes.Join(toBytes(missing), []byte(" "))); got != c.missing {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func toBytes(s []string) (out [][]byte) {
	for _, one := range s {
		out = append(out, []byte(one))
	}
	return out
}

func TestABoostThatWasTakenBackGoes(t *testing.T) {
	l, _ := Read(nil)
	l.Take(Answer{Source: source, Items: []reader.Item{item("c", 3), item("b", 2, boost), item("a", 1)}})
	if missing := l.Take(Answer{Source: source, Items: []reader.Item{item("c", 3), item("a", 1)}}); len(missing) > 0 || keys(l) != "c a " {
		t.Errorf("%q, asks for %d", keys(l), len(missing))
	}
}

func TestAnEditReplacesAndADeletionFollowsThePolicy(t *testing.T) {
	l, _ := Read(nil)
	l.Take(Answer{Source: source, Items: []reader.Item{item("b", 2), item("a", 1)}})
	l.Take(Answer{Source: source, Items: []reader.Item{item("b", 2, func(p *feeds.Post, _ *feeds.Entry) { p.Title = "new" })}})
	if i := l.Index("b"); l.Posts[i].Post.Title != "new" {
		t.Error("the edit was not taken")
	}
	l.Gone("b", true, day(5))
	if keys(l) != "b-a " {
		t.Errorf("recorded: %q", keys(l))
	}
	l.Gone("a", false, day(5))
	if keys(l) != "b-" {
		t.Errorf("mirrored: %q", keys(l))
	}
	l.Replace(item("b", 2).Post)
	if keys(l) != "b " {
		t.Errorf("it came back: %q", keys(l))
	}
}

func TestAListNeverTakesAwayWhatWasReadWhole(t *testing.T) {
	l, _ := Read(nil)
	l.Take(Answer{Source: source, Items: []reader.Item{item("a", 1, func(p *feeds.Post, _ *feeds.Entry) { p.Title = "whole" })}})
	l.Take(Answer{Source: source, Items: []reader.Item{item("a", 1, func(p *feeds.Post, _ *feeds.Entry) { p.Partial = true })}})
	if l.Posts[0].Post.Title != "whole" {
		t.Error("it was replaced by a part of it")
	}
}

func TestAPostOfTwoSourcesStandsOnce(t *testing.T) {
	l, _ := Read(nil)
	l.Take(Answer{Source: source, Items: []reader.Item{item("a", 1)}})
	l.Take(Answer{Source: "@library@social.example", Items: []reader.Item{item("a", 1)}})
	if len(l.Posts) != 1 || l.Posts[0].Source != source {
		t.Errorf("%+v", l.Posts)
	}
}

func TestADamagedLedgerIsAnErrorAndAnotherVersionToo(t *testing.T) {
	for _, data := range []string{"{", `{"version":99}`, "[]"} {
		if _, err := Read([]byte(data)); err == nil {
			t.Errorf("%s was read", data)
		}
	}
	l, err := Read([]byte(`{"version":1,"posts":[{"source":"x"},{"post":{}}]}`))
	if err != nil || len(l.Posts) != 0 {
		t.Errorf("%v %v", l, err)
	}
}

func TestPostsStandInTheOrderOfTime(t *testing.T) {
	l, _ := Read(nil)
	l.Take(Answer{Source: source, Items: []reader.Item{item("a", 1), item("c", 3), item("b", 2)}})
	l.Sort()
	if !slices.IsSortedFunc(l.Posts, func(a, b Item) int { return a.Entry.Compare(b.Entry) }) {
		t.Error(keys(l))
	}
}

func TestABoostBetweenShownPostsIsGoneAndOneBelowThemIsAsked(t *testing.T) {
	l, err := Read(nil)
	if err != nil {
		t.Fatal(err)
	}
	l.Take(Answer{Source: source, Items: []reader.Item{item("d", 4), item("c", 3, boost), item("b", 2), item("a", 1, boost)}})
	missing := l.Take(Answer{Source: source, Items: []reader.Item{item("d", 4), item("b", 2)}, End: true})
	if len(missing) != 1 || missing[0].Post.Key != "a" || keys(l) != "d b a " {
		t.Errorf("missing %v, kept %q", missing, keys(l))
	}
	missing = l.Take(Answer{Source: source, End: true})
	if len(missing) != 3 || keys(l) != "d b a " {
		t.Errorf("of an empty list: missing %d, kept %q", len(missing), keys(l))
	}
}

func TestWhatItsAuthorListsIsNoBoostAnyMore(t *testing.T) {
	const library = "@library@social.example"
	l, err := Read(nil)
	if err != nil {
		t.Fatal(err)
	}
	l.Take(Answer{Source: source, Items: []reader.Item{item("a", 2, boost)}})
	l.Take(Answer{Source: library, Items: []reader.Item{item("a", 1)}})
	l.Take(Answer{Source: source, Items: []reader.Item{item("a", 2, boost)}})
	if k := l.Posts[0]; len(l.Posts) != 1 || k.Source != library || k.Entry.BoostedBy != nil || !k.Entry.At.Equal(day(1)) {
		t.Errorf("%+v", l.Posts)
	}
	l.Take(Answer{Source: source, End: true})
	if keys(l) != "a " {
		t.Error("its author's post went with the boost")
	}
}

func TestAPostWithoutADateKeepsItsFirstSight(t *testing.T) {
	undated := func(p *feeds.Post, e *feeds.Entry) { p.Undated, e.Undated = true, true }
	l, err := Read(nil)
	if err != nil {
		t.Fatal(err)
	}
	l.Take(Answer{Source: source, Items: []reader.Item{item("b", 3, undated), item("a", 1)}})
	first, err := l.Settle(nil, day(3))
	if err != nil {
		t.Fatal(err)
	}
	if l, err = Read(first); err != nil {
		t.Fatal(err)
	}
	l.Take(Answer{Source: source, Items: []reader.Item{item("b", 9, undated), item("a", 1)}})
	second, err := l.Settle(first, day(9))
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("%v\n%s\n%s", err, first, second)
	}
	l.Replace(item("b", 10, undated).Post)
	l.Take(Answer{Source: source, Items: []reader.Item{item("c", 10, undated), item("b", 10, undated), item("a", 1)}})
	if l.Sort(); keys(l) != "c b a " || !l.Posts[1].Post.Published.Equal(day(3)) {
		t.Errorf("%q, seen %s", keys(l), l.Posts[1].Post.Published)
	}
	l.Take(Answer{Source: source, Items: []reader.Item{item("b", 2)}})
	if k := l.Posts[l.Index("b")]; k.Post.Undated || k.Entry.Undated || !k.Entry.At.Equal(day(2)) {
		t.Errorf("a date that comes: %+v", k.Entry)
	}
}
