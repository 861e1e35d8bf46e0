package saved

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

var now = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// broken are records of which a change fails from a number on.
type broken struct {
	feeds.Records
	left int
}

var errFull = &feeds.Error{Kind: feeds.Storage, Err: cache.ErrFull}

func (b *broken) Change(ctx context.Context, pairs ...feeds.Pair) error {
	if b.left--; b.left < 0 {
		return errFull
	}
	return b.Records.Change(ctx, pairs...)
}

func open() (*Book, *cache.MemoryRecords) {
	r := cache.NewMemoryRecords()
	return Open(r, feedstest.NewTabs().Open(), "/"), r
}

func post(n int) *feeds.Post { return feedstest.Post("a.example", fmt.Sprint(n), n) }

func said(p *feeds.Post, text string) *feeds.Post {
	q := *p
	q.Body = content.ParsePlain(text, content.Options{})
	return &q
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, b *Book) string {
	t.Helper()
	keys, err := b.Keys(t.Context())
	ok(t, err)
	var all []string
	for _, k := range keys {
		all = append(all, string(k[strings.LastIndexByte(string(k), '/')+1:]))
	}
	return strings.Join(all, " ")
}

// all is everything that stands in records.
func all(t *testing.T, r feeds.Records) string {
	t.Helper()
	pairs, err := r.Range(t.Context(), "", "\x7f", 0)
	ok(t, err)
	var b strings.Builder
	for _, p := range pairs {
		fmt.Fprintf(&b, "%s=%s\n", p.Key, p.Value)
	}
	return b.String()
}

func TestWhatIsSavedStandsInTheOrderOfTime(t *testing.T) {
	b, _ := open()
	for _, n := range []int{3, 1, 12, 2} {
		ok(t, b.Save(t.Context(), post(n), now))
	}
	if got := list(t, b); got != "12 3 2 1" {
		t.Error(got)
	}
	p, err := b.Post(t.Context(), post(3).Key)
	ok(t, err)
	if p == nil || !p.At.Equal(now) || p.Post.URI != post(3).URI || len(p.Post.Sightings) == 0 || !p.Post.Published.Equal(post(3).Published) {
		t.Errorf("%+v", p)
	}
	s := post(3).Sightings[0]
	if p, err := b.At(t.Context(), s.Host, s.ID); err != nil || p == nil || p.Post.Key != post(3).Key {
		t.Errorf("%v, %v", p, err)
	}
	if p, err := b.At(t.Context(), s.Host, "none"); p != nil || err != nil {
		t.Errorf("%v, %v", p, err)
	}
}

func TestAPostThatIsSavedAgainStaysAsItWas(t *testing.T) {
	b, _ := open()
	ok(t, b.Save(t.Context(), said(post(1), "first"), now))
	ok(t, b.Label(t.Context(), post(1).Key, []string{"tea"}, "why"))
	ok(t, b.Save(t.Context(), said(post(1), "second"), now.Add(time.Hour)))
	p, _ := b.Post(t.Context(), post(1).Key)
	if content.PlainText(p.Post.Body) != "first" || !p.At.Equal(now) || len(p.Tags) != 1 || p.Note != "why" {
		t.Errorf("%+v", p)
	}
}

func TestWhatIsLetGoLeavesNothingAndComesBackWhole(t *testing.T) {
	b, r := open()
	ok(t, b.Save(t.Context(), post(1), now))
	ok(t, b.Label(t.Context(), post(1).Key, []string{"tea", "Über uns"}, "why"))
	ok(t, b.KeepTalk(t.Context(), post(1).Key, Talk{At: now, Below: []*feeds.Post{post(2)}}))
	before := all(t, r)
	gone, err := b.Remove(t.Context(), post(1).Key, now)
	ok(t, err)
	if got := all(t, r); !strings.HasPrefix(got, "saved/"+looseKeys) || strings.Count(got, "\n") != 1 {
		t.Errorf("left: %s", got)
	}
	if loose, err := b.Loose(t.Context(), now); err != nil || len(loose) != 0 {
		t.Errorf("%v, %v", loose, err)
	}
	if loose, err := b.Loose(t.Context(), now.Add(time.Second)); err != nil || len(loose) != 1 || loose[0] != post(1).Key {
		t.Errorf("%v, %v", loose, err)
	}
	ok(t, b.Restore(t.Context(), gone))
	if got := all(t, r); got != before {
		t.Errorf("it was\n%s\nand is\n%s", before, got)
	}
	if again, err := b.Remove(t.Context(), "none", now); err != nil || again.Key != "" {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestAChangeThatCannotBeStoredChangesNothing(t *testing.T) {
	r := cache.NewMemoryRecords()
	full := &broken{Records: r, left: 1}
	b := Open(full, feedstest.NewTabs().Open(), "/")
	ok(t, b.Save(t.Context(), post(1), now))
	before := all(t, r)
	_, removed := b.Remove(t.Context(), post(1).Key, now)
	_, added := b.Add(t.Context(), []*Post{{Post: post(2), At: now}, {Post: post(3), At: now}})
	for i, err := range []error{
		b.Save(t.Context(), post(2), now), b.Label(t.Context(), post(1).Key, []string{"x"}, "y"), b.KeepTalk(t.Context(), post(1).Key, Talk{}),
		b.Lost(t.Context(), post(1).Key, feeds.Gone, now), removed, added,
	} {
		if !errors.Is(err, cache.ErrFull) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if got := all(t, r); got != before {
		t.Errorf("%s\nbecame\n%s", before, got)
	}
}

func TestEditsStandBesideTheFirstVersion(t *testing.T) {
	b, _ := open()
	ok(t, b.Save(t.Context(), said(post(1), "one"), now))
	see := func(text string) {
		q := said(post(1), text)
		ok(t, b.See(t.Context(), q, now.Add(time.Hour)))
	}
	see("one")
	see("two")
	see("two")
	see("three")
	p, _ := b.Post(t.Context(), post(1).Key)
	if len(p.Later) != 2 || content.PlainText(p.Post.Body) != "one" || content.PlainText(p.Now().Body) != "three" {
		t.Errorf("%+v", p)
	}
	for n := range 40 {
		see(fmt.Sprint(n))
	}
	p, _ = b.Post(t.Context(), post(1).Key)
	if len(p.Later) != mostVersions || content.PlainText(p.Later[0].Post.Body) != "two" || content.PlainText(p.Now().Body) != "39" {
		t.Errorf("%d versions, %s", len(p.Later), content.PlainText(p.Now().Body))
	}
}

func TestACopyFromBeforeAnEditIsNoVersion(t *testing.T) {
	b, _ := open()
	ok(t, b.Save(t.Context(), said(post(1), "one"), now))
	edited := said(post(1), "two")
	edited.Edited = now
	ok(t, b.See(t.Context(), edited, now))
	ok(t, b.See(t.Context(), said(post(1), "one"), now))
	if p, _ := b.Post(t.Context(), post(1).Key); len(p.Later) != 1 || content.PlainText(p.Now().Body) != "two" {
		t.Errorf("%+v", p)
	}
}

func TestAPostWithoutAllItsPartsIsCompleted(t *testing.T) {
	b, _ := open()
	short := said(post(1), "short")
	short.Partial = true
	ok(t, b.Save(t.Context(), short, now))
	ok(t, b.See(t.Context(), said(post(1), "long"), now))
	p, _ := b.Post(t.Context(), post(1).Key)
	if len(p.Later) != 0 || content.PlainText(p.Post.Body) != "long" {
		t.Errorf("%+v", p)
	}
}

func TestAPostThatIsGoneStaysWithAMarkUntilItIsSeenAgain(t *testing.T) {
	b, _ := open()
	ok(t, b.Save(t.Context(), post(1), now))
	ok(t, b.Lost(t.Context(), post(1).Key, feeds.Gone, now))
	ok(t, b.Lost(t.Context(), post(1).Key, feeds.NotFound, now.Add(time.Hour)))
	p, _ := b.Post(t.Context(), post(1).Key)
	if p.Gone == nil || p.Gone.Kind != feeds.Gone || !p.Gone.At.Equal(now) {
		t.Errorf("%+v", p.Gone)
	}
	ok(t, b.See(t.Context(), post(1), now))
	if p, _ = b.Post(t.Context(), post(1).Key); p.Gone != nil || len(p.Later) != 0 {
		t.Errorf("%+v", p)
	}
}

func TestTagsAreOneWhateverTheirCase(t *testing.T) {
	b, _ := open()
	for n, tags := range []string{"tea, Tea, #ships", "Têa", "", "ships"} {
		ok(t, b.Save(t.Context(), post(n), now))
		ok(t, b.Label(t.Context(), post(n).Key, SplitTags(tags), ""))
	}
	tags, err := b.Tags(t.Context())
	ok(t, err)
	if got := fmt.Sprint(tags); got != "[{ships 2} {Têa 2}]" && got != "[{ships 2} {tea 2}]" {
		t.Error(got)
	}
	found, err := b.Tagged(t.Context(), "TEA")
	ok(t, err)
	if len(found) != 2 || !found[post(0).Key] || !found[post(1).Key] {
		t.Error(found)
	}
	ok(t, b.Label(t.Context(), post(0).Key, nil, ""))
	if found, _ = b.Tagged(t.Context(), "ships"); len(found) != 1 {
		t.Error(found)
	}
	if got := SplitTags(strings.Repeat("x", 500) + "," + strings.Repeat("a,b,c,", 30)); len(got) != 4 || len(got[0]) != mostTag {
		t.Errorf("%q", got)
	}
}

func TestWordsAreFoundInTextNoteAndTags(t *testing.T) {
	b, _ := open()
	for n := range 450 {
		ok(t, b.Save(t.Context(), said(post(n), fmt.Sprintf("Fähre number %d", n)), now))
	}
	ok(t, b.Label(t.Context(), post(7).Key, []string{"Harbour"}, "read again"))
	for text, want := range map[string]int{"": 450, "faehre": 0, "FAHRE": 450, "fahre number 449": 1, "harbour": 1, "again fähre": 1, "again nothing": 0, "example": 450} {
		found, err := b.Find(t.Context(), text)
		ok(t, err)
		if len(found) != want {
			t.Errorf("%q: %d", text, len(found))
		}
	}
}

func TestOtherTabsHearWhatChanges(t *testing.T) {
	r, tabs := cache.NewMemoryRecords(), feedstest.NewTabs()
	here, there := Open(r, tabs.Open(), "/"), Open(r, tabs.Open(), "/")
	var heard []string
	there.Watch(func(k feeds.Key) { heard = append(heard, string(k)) })
	ok(t, here.Save(t.Context(), post(1), now))
	ok(t, here.Label(t.Context(), post(1).Key, nil, "n"))
	gone, err := here.Remove(t.Context(), post(1).Key, now)
	ok(t, err)
	ok(t, here.Restore(t.Context(), gone))
	if n := len(heard); n != 4 || slices.ContainsFunc(heard, func(s string) bool { return s != string(post(1).Key) }) {
		t.Errorf("%q", heard)
	}
}

func TestOtherTabsHearWhenAllThatWasWantedWasAskedFor(t *testing.T) {
	records, tabs := cache.NewMemoryRecords(), feedstest.NewTabs()
	here, there := Open(records, tabs.Open(), "/"), Open(records, tabs.Open(), "/")
	heard := 0
	there.Watch(func(feeds.Key) { heard++ })
	links := []Link{{URL: "https://a.example/@ada/1"}, {URL: "https://a.example/@ada/2"}}
	ok(t, here.Want(t.Context(), links))
	for i, want := range []int{0, 1} {
		ok(t, here.Asked(t.Context(), links[i], true))
		if heard != want {
			t.Errorf("after %d it heard %d times, want %d", i+1, heard, want)
		}
	}
	ok(t, here.WantNothing(t.Context()))
	if heard != 2 {
		t.Errorf("what was said of it is gone, and it heard %d times", heard)
	}
}

func TestWhatALaterVersionWroteIsLeftAlone(t *testing.T) {
	b, r := open()
	for n, text := range []string{`{"v":2,"post":{"Key":"x"}}`, `{"v":1`, ``, `[]`, `{"v":1,"post":null}`, `{"v":1,"post":{"Key":"x"}}`} {
		ok(t, r.Change(t.Context(), feeds.Pair{Key: b.postKey(post(n).Key), Value: []byte(text)}))
		if p, err := b.Post(t.Context(), post(n).Key); p != nil || err != nil {
			t.Errorf("%s: %v, %v", text, p, err)
		}
		before := all(t, r)
		ok(t, b.Save(t.Context(), post(n), now))
		ok(t, b.Label(t.Context(), post(n).Key, nil, "n"))
		if _, err := b.Remove(t.Context(), post(n).Key, now); err == nil {
			t.Errorf("%s was removed", text)
		}
		if all(t, r) != before {
			t.Errorf("%s was changed", text)
		}
	}
}

func TestConversationsAreKeptWithSavedPostsAlone(t *testing.T) {
	b, r := open()
	ok(t, b.KeepTalk(t.Context(), post(1).Key, Talk{At: now, Below: []*feeds.Post{post(2)}}))
	if got := all(t, r); got != "" {
		t.Error(got)
	}
	ok(t, b.Save(t.Context(), post(1), now))
	if talk, err := b.Talk(t.Context(), post(1).Key); talk != nil || err != nil {
		t.Errorf("%v, %v", talk, err)
	}
	ok(t, b.KeepTalk(t.Context(), post(1).Key, Talk{At: now, Above: []*feeds.Post{post(0)}, Below: []*feeds.Post{post(2), post(3)}}))
	talk, err := b.Talk(t.Context(), post(1).Key)
	ok(t, err)
	if talk == nil || len(talk.Above) != 1 || len(talk.Below) != 2 || talk.Below[1].Key != post(3).Key {
		t.Errorf("%+v", talk)
	}
}

func TestAllIsReadOneByOne(t *testing.T) {
	b, _ := open()
	for n := range 450 {
		ok(t, b.Save(t.Context(), post(n), now))
	}
	n := 0
	ok(t, b.Each(t.Context(), func(p *Post) bool { n++; return n < 300 }))
	if n != 300 {
		t.Error(n)
	}
}

func TestWhatIsSavedIsCarriedAwayAndJoined(t *testing.T) {
	b, _ := open()
	for n := range 3 {
		ok(t, b.Save(t.Context(), post(n), now))
	}
	ok(t, b.Label(t.Context(), post(1).Key, []string{"tea"}, "why"))
	ok(t, b.KeepTalk(t.Context(), post(1).Key, Talk{At: now, Below: []*feeds.Post{post(9)}}))
	ok(t, b.See(t.Context(), said(post(2), "other"), now))
	text, err := b.Encode(t.Context())
	ok(t, err)
	there, _ := open()
	ok(t, there.Save(t.Context(), post(1), now.Add(time.Hour)))
	ok(t, there.Label(t.Context(), post(1).Key, []string{"ships"}, "mine"))
	taken, err := there.Decode(t.Context(), text)
	ok(t, err)
	if len(taken.New) != 2 || taken.Known != 1 || taken.Unreadable != 0 || list(t, there) != "2 1 0" {
		t.Errorf("%+v: %s", taken, list(t, there))
	}
	p, _ := there.Post(t.Context(), post(1).Key)
	if strings.Join(p.Tags, " ") != "ships tea" || p.Note != "mine\nwhy" || !p.At.Equal(now.Add(time.Hour)) {
		t.Errorf("%+v", p)
	}
	if p, _ = there.Post(t.Context(), post(2).Key); len(p.Later) != 1 {
		t.Errorf("%+v", p)
	}
	fresh, r := open()
	_, err = fresh.Decode(t.Context(), text)
	ok(t, err)
	if talk, _ := fresh.Talk(t.Context(), post(1).Key); talk == nil || len(talk.Below) != 1 {
		t.Errorf("%+v", talk)
	}
	before := all(t, r)
	again, err := fresh.Decode(t.Context(), text)
	ok(t, err)
	if len(again.New) != 0 || again.Known != 3 || all(t, r) != before {
		t.Errorf("%+v", again)
	}
	if none, err := func() ([]byte, error) { b, _ := open(); return b.Encode(t.Context()) }(); none != nil || err != nil {
		t.Errorf("%s, %v", none, err)
	}
}

func TestAFileThatIsBrokenBringsWhatCanBeRead(t *testing.T) {
	b, _ := open()
	one, err := func() ([]byte, error) {
		b, _ := open()
		ok(t, b.Save(t.Context(), post(1), now))
		return b.Encode(t.Context())
	}()
	ok(t, err)
	text := `[null,1,"x",{},{"post":{}},{"v":9,"post":{"Key":"k","Author":{"Domain":"d"}}},{"post":{"Key":"k","Author":null}},{"post":{"Key":"k","Author":{"Domain":"d"}},"later":[{"post":null}]},` + string(one[1:])
	taken, err := b.Decode(t.Context(), []byte(text))
	ok(t, err)
	if len(taken.New) != 1 || taken.Unreadable != 8 {
		t.Errorf("%+v", taken)
	}
	for _, text := range []string{"", "{}", "[{", "7"} {
		if _, err := b.Decode(t.Context(), []byte(text)); feeds.KindOf(err) != feeds.BadData {
			t.Errorf("%q: %v", text, err)
		}
	}
}
