package exchange

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest/golden"
	"vitrine/feeds/jsontext"
)

// collection is what somebody follows, of every kind.
func collection() (entries []Entry, lists []string) {
	return []Entry{
		{Address: "@ada@a.example", Title: "Ada <\"&'> 1", Lists: []string{"Town, hall", "Sea"}, FeedURL: "https://a.example/@ada.rss", Boosts: Hide, Languages: []string{"de", "en"}},
		{Address: "@bob@b.example:8443", Lists: []string{"Sea"}, Replies: Show},
		{Address: "@zoë@xn--bcher-kva.example", Title: "Zoë", FeedURL: "https://xn--bcher-kva.example/feed/zoe"},
		{Address: "!cats@lemmy.example", Title: "Cats", FeedURL: "https://lemmy.example/feeds/c/cats.xml", Lists: []string{"\"Fur\""}},
		{Address: "#Café@a.example", FeedURL: "https://a.example/tags/Caf%C3%A9.rss"},
		{Address: "a.example", Title: "A"},
		{Address: "https://a.example/public"},
		{Address: "https://news.example/feed.xml?a=1&b=2", Title: "News", Lists: []string{"Sea"}},
		{Address: "https://a.example/@eve.rss", Title: "Eve, as a web feed"},
		{Address: "feed:https://odd.example/x"},
		{Address: "https://video.example/w/p/abc-1", Title: "A playlist"},
		{Address: "https://blog.example/about-me", Ask: true},
		{Address: "@dan@localhost:8081"},
	}, []string{"Sea", "Empty", "Town, hall"}
}

// sorted returns entries for comparison, without what a form can't hold.
func sorted(entries []Entry, without func(e *Entry)) []Entry {
	all := slices.Clone(entries)
	for i := range all {
		all[i].Line = 0
		all[i].Lists = slices.Sorted(slices.Values(all[i].Lists))
		if without != nil {
			without(&all[i])
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.Address, b.Address) })
	return all
}

func checkSame(t *testing.T, file []byte, got Result, err error, want []Entry, lists []string) {
	t.Helper()
	if err != nil || len(got.Unread) > 0 {
		t.Fatalf("%v, %+v of\n%s", err, got.Unread, file)
	}
	if have := sorted(got.Entries, nil); !reflect.DeepEqual(have, want) {
		t.Errorf("got\n%+v\nwant\n%+v\nof\n%s", have, want, file)
	}
	if !slices.Equal(got.Lists, lists) {
		t.Errorf("lists %q, want %q", got.Lists, lists)
	}
}

func TestOPMLIsReadBack(t *testing.T) {
	t.Parallel()
	entries, lists := collection()
	file := WriteOPML("What I read & follow", entries, lists)
	golden.Compare(t, "testdata/written/follows.opml", file)
	result, err := read(file)
	want := sorted(entries, func(e *Entry) { e.Boosts, e.Replies, e.Languages = "", "", nil })
	checkSame(t, file, result, err, want, []string{"Sea", "Empty", "Town, hall", "\"Fur\""})
}

func TestVitrinesFileIsReadBack(t *testing.T) {
	t.Parallel()
	entries, lists := collection()
	follows, names := WriteSections(entries, lists)
	at := time.Date(2026, 5, 4, 10, 0, 0, 5, time.FixedZone("", 7200))
	file, err := EncodeFile(File{Exported: at, Follows: follows, Lists: names, Settings: jsontext.Raw(`{"theme":"dark"}`), Lines: jsontext.Raw(`{"home":1}`)})
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/written/vitrine.json", file)
	result, err := read(file)
	checkSame(t, file, result, err, sorted(entries, nil), []string{"Sea", "Empty", "Town, hall", "\"Fur\""})
	if !slices.EqualFunc(result.Entries, entries, func(a, b Entry) bool { return a.Address == b.Address }) {
		t.Error("the order has changed")
	}
	f := result.File
	if f == nil || !strings.Contains(string(f.Settings), `"dark"`) || f.Saved != nil || !f.Exported.Equal(at.Truncate(time.Second)) {
		t.Errorf("%+v", f)
	}
	if again, err := EncodeFile(*f); err != nil || !bytes.Equal(again, file) {
		t.Errorf("%v\n%s", err, again)
	}
}

func TestASectionThatIsNoJSONIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := EncodeFile(File{Saved: jsontext.Raw(`{"x":`)}); feeds.KindOf(err) != feeds.Internal {
		t.Error(err)
	}
}

func TestMastodonsFollowsAreReadBack(t *testing.T) {
	t.Parallel()
	entries, _ := collection()
	file, left := WriteFollowingCSV(entries)
	golden.Compare(t, "testdata/written/following.csv", file)
	var accounts []Entry
	for _, e := range entries {
		if strings.HasPrefix(e.Address, "@") {
			accounts = append(accounts, e)
		}
	}
	if left != len(entries)-len(accounts) {
		t.Errorf("%d were left out", left)
	}
	result, err := read(file)
	checkSame(t, file, result, err, sorted(accounts, func(e *Entry) { e.Title, e.Lists, e.FeedURL, e.Replies = "", nil, "", "" }), nil)
}

func TestMastodonsListsAreReadBack(t *testing.T) {
	t.Parallel()
	entries, lists := collection()
	file, left := WriteListsCSV(entries, lists)
	golden.Compare(t, "testdata/written/lists.csv", file)
	if left != 2 { // a community and a web feed
		t.Errorf("%d were left out", left)
	}
	result, err := read(file)
	want := sorted(entries[:2], func(e *Entry) {
		*e = Entry{Address: e.Address, Lists: e.Lists}
	})
	checkSame(t, file, result, err, want, []string{"Sea", "Town, hall"})
}

func TestNothingIsWrittenAndReadBack(t *testing.T) {
	t.Parallel()
	follows, names := WriteSections(nil, nil)
	own, err := EncodeFile(File{Follows: follows, Lists: names})
	if err != nil {
		t.Fatal(err)
	}
	csv, _ := WriteFollowingCSV(nil)
	for _, file := range [][]byte{WriteOPML("", nil, nil), own, csv} {
		if r, err := read(file); err != nil || len(r.Entries)+len(r.Unread) > 0 {
			t.Errorf("%s: %+v, %v", file, r, err)
		}
	}
}

func TestLinksAreReadBack(t *testing.T) {
	t.Parallel()
	entries, _ := collection()
	var addresses []string
	for _, e := range entries {
		addresses = append(addresses, e.Address)
	}
	addresses = slices.Insert(addresses, 1, "@eve@a.example", "@~a_b-c.d@a.example")
	for _, name := range []string{"", "Town", "Tøwn & ~sea~. 100%/@#"} {
		want := Link{name, addresses}
		link, err := EncodeLink(want)
		if err != nil {
			t.Fatal(err)
		}
		_, payload, _ := strings.Cut(link, "#/following?add=")
		if strings.ContainsFunc(payload, func(r rune) bool { return r >= 0x80 || !isUnreserved(byte(r)) && r != '~' }) {
			t.Errorf("%s has to be escaped", payload)
		}
		for _, text := range []string{link, payload, "https://v.example/x/" + link + "&via=b.example", strings.ReplaceAll(link, "~", "%7E")} {
			if got, err := DecodeLink(text); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s\n got %+v, %v\nwant %+v", text, got, err, want)
			}
		}
	}
}

func TestALinkIsShort(t *testing.T) {
	t.Parallel()
	link, err := EncodeLink(Link{"Town", []string{"#/@ada@A.example", "@bob@a.example", "@cat@c.example", "#tea@a.example"}})
	if want := "#/following?add=~1d28d1599Town~.ada~-a.example~.bob~.cat~-c.example~.~~~23tea~-a.example"; err != nil || link != want {
		t.Errorf("%s, %v", link, err)
	}
	var many []string
	for i := range MaxLinkAddresses {
		many = append(many, fmt.Sprintf("@name%d@s%d.example", i, i))
	}
	if link, err := EncodeLink(Link{"Town", many}); err != nil || len(link) > MaxLink {
		t.Errorf("%d, %v", len(link), err)
	}
}

func TestLinksByHandAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"#/following?add=@ada@a.example":                              {"@ada@a.example"},
		"#/following?x=1&add=%40ada%40a.example%2C%23tea%40b.example": {"@ada@a.example", "#tea@b.example"},
		"@ada@a.example, ADA@a.example https://b.example/@bob":        {"@ada@a.example", "@bob@b.example"},
	} {
		if got, err := DecodeLink(text); err != nil || got.Name != "" || !slices.Equal(got.Addresses, want) {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}

func TestBadLinksAreBadData(t *testing.T) {
	t.Parallel()
	whole, err := EncodeLink(Link{"Town", []string{"@ada@a.example", "@bob@b.example"}})
	if err != nil {
		t.Fatal(err)
	}
	coded := func(code string) string { return linkMark + checksum([]byte(code)) + code }
	bad := []string{
		"", "#/following", "#/following?", "#/following?add=", "#/following?add=%zz", "#/following?add=%ff", "#/following?bad=@ada@a.example", "x", "@ada", "\xff",
		"javascript:alert(1)", "@ada@a.example,nobody", "https://a.example/@ada/12", "@ada\u202e@a.example", "~1", "~1abc", strings.Replace(whole, "~1", "~2", 1),
		coded(""), coded("Town"), coded("~.ada"), coded("~.ada~-"), coded("~.~"), coded("~.~4"), coded("~.~4g"), coded("~.ada~-a.example~00"), coded("~.ada@a.example"),
		coded("~.~~javascript~3aalert~281~29"), coded("~.~ff"), coded("~ff~.ada~-a.example"), coded("~.ada~-a.example~.~~"),
		strings.Repeat("a", MaxLink+1), "#/following?add=" + strings.Repeat("a", MaxLink+1),
		strings.Repeat("@a@b.example,", MaxLinkAddresses+1), coded("~.a~-b.example" + strings.Repeat("~.a", MaxLinkAddresses)),
	}
	for i := len("#/following?add="); i < len(whole); i++ {
		bad = append(bad, whole[:i])
	}
	for _, text := range bad {
		if l, err := DecodeLink(text); feeds.KindOf(err) != feeds.BadData || l.Addresses != nil {
			t.Errorf("%.80q: %+v, %v", text, l, err)
		}
	}
}

func TestWhatNoLinkCanHoldIsAnError(t *testing.T) {
	t.Parallel()
	many := make([]string, MaxLinkAddresses+1)
	for i := range many {
		many[i] = fmt.Sprintf("@u%d@a.example", i)
	}
	long := make([]string, 100)
	for i := range long {
		long[i] = fmt.Sprintf("https://a.example/%s/%d.xml", strings.Repeat("x", 100), i)
	}
	for name, g := range map[string]struct {
		addresses []string
		want      feeds.Kind
	}{
		"many": {many, feeds.TooLarge}, "long": {long, feeds.TooLarge}, "none": {nil, feeds.BadData}, "bad": {[]string{"x"}, feeds.BadData},
	} {
		if link, err := EncodeLink(Link{"", g.addresses}); feeds.KindOf(err) != g.want || link != "" {
			t.Errorf("%s: %s, %v", name, link, err)
		}
	}
}

func TestTablesAreReadBack(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"a", "b"}, {`"`, `""`, ",", "a\nb", "\r\n", " c "}, {"", "x"}, {"ü;", "\t"}}
	var w strings.Builder
	for _, row := range rows {
		writeRow(&w, row...)
	}
	table := newTable(w.String(), ',')
	for _, row := range rows {
		if got, ok := table.next(); !ok || !slices.Equal(got.cells, row) {
			t.Errorf("%q, want %q", got.cells, row)
		}
	}
	if r, ok := table.next(); ok {
		t.Errorf("%+v", r)
	}
}

func TestUnusualTablesAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a,b\r\n\r\nc":                   `1["a" "b"] 3["c"]`,
		"a\rb":                           `1["a"] 2["b"]`,
		"\"a\nb\",c\nd":                  `1["a\nb" "c"] 3["d"]`,
		`a"b,"c"d,"e""f"`:                `1["a\"b" "cd" "e\"f"]`,
		"\"a\n\"b\",\"c\n":               `1["a\nb\"" "\"c"]`,
		"x,\"open\ny,z":                  `1["x" "\"open"] 2["y" "z"]`,
		",,\n , \na":                     `3["a"]`,
		"\"\",\"a\"":                     `1["" "a"]`,
		strings.Repeat(",", 500) + "\nb": `2["b"]`,
	} {
		var got []string
		for table := newTable(text, ','); ; {
			r, ok := table.next()
			if !ok {
				break
			}
			got = append(got, fmt.Sprintf("%d%q", r.line, r.cells))
		}
		if all := strings.Join(got, " "); all != want {
			t.Errorf("%q\n got %s\nwant %s", text, all, want)
		}
	}
}
