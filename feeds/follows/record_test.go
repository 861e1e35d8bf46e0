package follows

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/jsontext"
)

// full has a value in every field.
func full() *Data {
	at := time.Date(2026, 11, 22, 10, 11, 12, 0, time.UTC)
	filter := Filter{
		NoBoosts: true, NoReplies: true, OnlyMedia: true, Languages: []string{"de", "en"}, Warnings: WarningsOpen,
		Rules: []Rule{{Cause: OfWord, Text: "Fußball", Fold: true, Until: at.AddDate(0, 0, 7)}, {Cause: OfServer, Text: "b.example"}},
	}
	return &Data{
		Follows: []Follow{
			{
				Address: "#/t/a.example/go", Kind: Hashtag, Title: "#go", Host: "a.example", Software: "mastodon", Handle: "go@a.example", ID: "42", URL: "https://a.example/tags/go", Tag: "go",
				Hosts: []string{"b.example"}, Tags: Tags{Any: []string{"golang"}, All: []string{"code"}, None: []string{"game"}}, Added: at, Lists: []string{"town"}, Filter: filter, Muted: true,
			},
			{Address: "#/@ada@a.example", Kind: Profile, Added: at},
		},
		Lists:  []List{{ID: "town", Name: "Town", Filter: Filter{NoBoosts: true}}, {ID: "x", Name: "X"}},
		Filter: Filter{Warnings: WarningsClosed, Rules: []Rule{{Cause: OfThread, Text: "https://a.example/1"}}},
	}
}

// The records as version 1 wrote them. They stay as they are, whatever later versions write.
const (
	followsV1 = `{"follows":[{"address":"#/t/a.example/go","kind":"hashtag","title":"#go","host":"a.example","software":"mastodon","handle":"go@a.example","id":"42","url":"https://a.example/tags/go","tag":"go","hosts":["b.example"],"tags":{"any":["golang"],"all":["code"],"none":["game"]},"added":"2026-11-22T10:11:12Z","lists":["town"],"filter":{"noBoosts":true,"noReplies":true,"onlyMedia":true,"languages":["de","en"],"warnings":"open","rules":[{"cause":"word","text":"Fußball","fold":true,"until":"2026-11-29T10:11:12Z"},{"cause":"server","text":"b.example"}]},"muted":true},{"address":"#/@ada@a.example","kind":"profile","added":"2026-11-22T10:11:12Z"}],"lists":[{"id":"town","name":"Town","filter":{"noBoosts":true}},{"id":"x","name":"X"}],"filter":{"warnings":"closed","rules":[{"cause":"thread","text":"https://a.example/1"}]}}`
	learnedV1 = `{"sources":{"#/@ada@a.example":{"asked":"2026-11-22T12:00:00Z","lastPost":"2026-11-22T11:00:00Z","perWeek":3.5,"failsSince":"2026-11-21T12:00:00Z","failKind":"Gone","moved":"#/@ada@b.example","movedHandle":"ada@b.example"}}}`
	linesV1   = `{"feeds":{"home":{"at":"2026-11-22T12:00:00Z","key":"https://a.example/1"},"town":{"at":"2026-11-20T00:00:00Z"}}}`
)

func learnedOfAda() map[Address]Learned {
	return map[Address]Learned{"#/@ada@a.example": {
		Asked: now(), LastPost: now().Add(-time.Hour), PerWeek: 3.5, FailsSince: now().Add(-day), FailKind: feeds.Gone, Moved: "#/@ada@b.example", MovedName: "ada@b.example",
	}}
}

func TestRecordsStayAsTheyWere(t *testing.T) {
	t.Parallel()
	wantLines := map[string]Line{Home: {At: now(), Key: "https://a.example/1"}, "town": {At: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}}
	shelf := feedstest.NewShelf()
	for name, text := range map[Record]string{RecordFollows: followsV1, RecordLearned: learnedV1, RecordLines: linesV1} {
		if err := shelf.SaveRecord(t.Context(), string(name), []byte(text), 1); err != nil {
			t.Fatal(err)
		}
	}
	b := Open(shelf, feedstest.NewTabs().Open(), "/")
	if d, err := b.Load(t.Context()); err != nil || !reflect.DeepEqual(d, full()) {
		t.Errorf("%v\n%+v\nwant\n%+v", err, d, full())
	}
	if l, err := b.Learned(t.Context()); err != nil || !reflect.DeepEqual(l, learnedOfAda()) {
		t.Errorf("%+v, %v", l, err)
	}
	if l, err := b.Lines(t.Context()); err != nil || !reflect.DeepEqual(l, wantLines) {
		t.Errorf("%+v, %v", l, err)
	}
	for want, value := range map[string]any{followsV1: full(), learnedV1: &learned{Sources: learnedOfAda()}, linesV1: &lines{Feeds: wantLines}} {
		if text, err := jsontext.Marshal(value); err != nil || string(text) != want {
			t.Errorf("%v\n%s\nwant\n%s", err, text, want)
		}
	}
}

func TestEveryFieldIsStored(t *testing.T) {
	t.Parallel()
	var zero []string
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch {
		case v.Type() == reflect.TypeFor[time.Time](), v.Kind() != reflect.Struct:
			if v.IsZero() {
				zero = append(zero, path)
			}
		default:
			for i := range v.NumField() {
				walk(v.Field(i), path+"."+v.Type().Field(i).Name)
			}
		}
	}
	d := full()
	walk(reflect.ValueOf(d.Follows[0]), "Follow")
	walk(reflect.ValueOf(d.Follows[0].Filter.Rules[0]), "Rule")
	walk(reflect.ValueOf(d.Lists[0].ID), "List")
	walk(reflect.ValueOf(learnedOfAda()["#/@ada@a.example"]), "Learned")
	if len(zero) > 0 {
		t.Errorf("the fixture has nothing in %v", zero)
	}
	text, err := Encode(d)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Decode(text); err != nil || !reflect.DeepEqual(again, d) {
		t.Errorf("%v\n%+v\nwant\n%+v", err, again, d)
	}
}

func TestWhatIsNoDataIsNotDecoded(t *testing.T) {
	t.Parallel()
	for text, kind := range map[string]feeds.Kind{
		"": feeds.BadData, "{": feeds.BadData, "[]": feeds.BadData, `{"follows":3}`: feeds.BadData, `{"follows":[{"address":7}]}`: feeds.BadData, `{}`: "", `{"unknown":[1],"lists":null}`: "",
		`{"follows":[` + strings.TrimSuffix(strings.Repeat("{},", maxFollows+1), ",") + `]}`: feeds.TooLarge,
	} {
		if d, err := Decode([]byte(text)); feeds.KindOf(err) != kind || (d == nil) != (err != nil) {
			t.Errorf("%.40s: %+v, %v", text, d, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	text, _ := Encode(some())
	for _, s := range []string{followsV1, string(text), "", "{}", "[]", `{"follows":[{"address":"a","lists":["x","x"]},{"address":"a"}],"lists":[{"id":"x"},{"id":"x"}]}`, `{"filter":{"rules":[{"text":" "}],"languages":[""]}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Decode(text)
		if err != nil {
			return
		}
		first, err := Encode(d)
		if err != nil || !json.Valid(first) {
			t.Fatalf("%v\n%s", err, first)
		}
		again, err := Decode(first)
		if err != nil || !undoOf(d, again).Empty() {
			t.Fatalf("%v\n%+v\n%+v", err, d, again)
		}
		if second, err := Encode(again); err != nil || !bytes.Equal(first, second) {
			t.Errorf("%v\n%s\n%s", err, first, second)
		}
		Compile(Everywhere, d.Filter).Match(post("x"), Place{}, now())
	})
}
