package apiclient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const host = "a.example"

func TestKindsOfCauses(t *testing.T) {
	t.Parallel()
	for cause, want := range map[error]feeds.Kind{
		ErrHidden: feeds.NeedsLogin, ErrClosed: feeds.NeedsLogin, ErrDeleted: feeds.Gone, ErrLocked: feeds.Refused, ErrBlocked: feeds.Refused,
		ErrNoSuchID: feeds.NotFound, ErrNoSuchPage: feeds.NotFound, ErrNoSuchList: feeds.NotFound, ErrNotOffered: feeds.Unsupported,
		ErrNoID: feeds.BadData, ErrNoTime: feeds.BadData, ErrNoAuthor: feeds.BadData, ErrNoName: feeds.BadData, ErrNoList: feeds.BadData,
		ErrNoObject: feeds.BadData, ErrWebPage: feeds.BadData, errors.New("anything"): feeds.BadData,
	} {
		if got := KindOf(fmt.Errorf("wrapped: %w", cause)); got != want {
			t.Errorf("%v: %s, want %s", cause, got, want)
		}
		leftOut := cause == ErrHidden || cause == ErrClosed || cause == ErrDeleted || cause == ErrLocked || cause == ErrBlocked
		if IsLeftOut(cause) != leftOut {
			t.Errorf("%v left out: %v", cause, !leftOut)
		}
	}
}

func TestAnswersThatAreErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply feedstest.Answered
		want  feeds.Kind
		cause string
	}{
		"a good one":                {feedstest.Answered{Body: `{"a":1}`}, "", ""},
		"a byte order mark":         {feedstest.Answered{Body: "\xef\xbb\xbf" + `{"a":1}`}, "", ""},
		"no content":                {feedstest.Answered{Status: 204}, "", ""},
		"PHP's empty object":        {feedstest.Answered{Body: "[ ]"}, "", ""},
		"an empty text for error":   {feedstest.Answered{Body: `{"a":1,"error":""}`}, "", ""},
		"another value for error":   {feedstest.Answered{Body: `{"a":1,"error":{"code":1}}`}, "", ""},
		"a web page":                {feedstest.Answered{Body: " <html>"}, feeds.BadData, "a web page"},
		"nothing":                   {feedstest.Answered{Body: " \n"}, feeds.BadData, "an empty answer"},
		"cut off":                   {feedstest.Answered{Body: `{"a":`}, feeds.BadData, "unexpected end"},
		"words":                     {feedstest.Answered{Body: "nope"}, feeds.BadData, "neither"},
		"null":                      {feedstest.Answered{Body: "null"}, feeds.BadData, "neither"},
		"a list":                    {feedstest.Answered{Body: `[{"a":1}]`}, feeds.BadData, "a list"},
		"an error with status 200":  {feedstest.Answered{Body: `{"error":"no","error_description":"why"}`}, feeds.BadData, "no: why"},
		"its code with status 200":  {feedstest.Answered{Body: `{"error":{"code":"CLOSED","message":"why"}}`}, feeds.NeedsLogin, "CLOSED why"},
		"401":                       {feedstest.Answered{Status: 401}, feeds.NeedsLogin, ""},
		"403 with a web page":       {feedstest.Answered{Status: 403, Body: "<html>"}, feeds.Refused, ""},
		"404 of RFC 9457":           {feedstest.Answered{Status: 404, Body: `{"title":"Not Found","detail":"no video"}`}, feeds.NotFound, "no video"},
		"404 with a title alone":    {feedstest.Answered{Status: 404, Body: `{"title":"Not Found","status":404}`}, feeds.NotFound, "Not Found"},
		"410 with a message":        {feedstest.Answered{Status: 410, Body: `{"code":410,"message":"gone"}`}, feeds.Gone, "gone"},
		"400 with a code":           {feedstest.Answered{Status: 400, Body: `{"code":"CLOSED"}`}, feeds.NeedsLogin, "CLOSED"},
		"429":                       {feedstest.Answered{Status: 429, Header: map[string]string{"retry-after": "300"}}, feeds.RateLimited, ""},
		"400 that means 429":        {feedstest.Answered{Status: 400, Body: `{"error":"too_many"}`}, feeds.RateLimited, "too_many"},
		"400 with a very long body": {feedstest.Answered{Status: 400, Body: `{"code":"CLOSED","message":"` + strings.Repeat("x", maxProblem) + `"}`}, feeds.BadData, ""},
		"503":                       {feedstest.Answered{Status: 503, Body: "<html>"}, feeds.ServerError, ""},
	} {
		t.Run(name, func(t *testing.T) {
			n := &feedstest.Network{Replies: map[string]feedstest.Answered{"/api/x": c.reply, "/api/x {}": c.reply}}
			client := New(n, feedstest.NewClock(), host, func(e *feeds.Error, p Problem) {
				switch {
				case p.Code == "CLOSED" && p.Path == "/api/x":
					e.Kind = feeds.NeedsLogin
				case p.Message == "too_many":
					e.Kind = feeds.RateLimited
				}
			})
			var v struct {
				A int `json:"a"`
			}
			_, got := client.Get(context.Background(), "/api/x", nil, &v)
			_, posted := client.Post(context.Background(), "/api/x", nil, &v)
			status := c.reply.Status
			if status == 0 {
				status = 200
			}
			for op, err := range map[string]error{"GET /api/x": got, "POST /api/x": posted} {
				e := feeds.AsError(err)
				switch {
				case feeds.KindOf(err) != c.want:
					t.Fatalf("%v, want %s", err, c.want)
				case err == nil:
				case e.Host != host || e.Op != op || e.Status != status || !strings.Contains(e.Error(), c.cause):
					t.Errorf("%+v, want %s with status %d: %s", e, op, status, c.cause)
				case (e.Kind == feeds.RateLimited) == e.RetryAt.IsZero():
					t.Errorf("%s is to be asked again at %v", e.Kind, e.RetryAt)
				}
			}
		})
	}
}

func TestPathsThatWouldBeOthersAreNotAsked(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{}
	client := New(n, feedstest.NewClock(), host, nil)
	for _, path := range []string{"", "api", "/", "/api/", "/api//x", "/api/./x", "/api/../x", "/.."} {
		_, err := client.Get(context.Background(), path, nil, &struct{}{})
		if e := feeds.AsError(err); e == nil || e.Kind != feeds.NotFound || !errors.Is(err, ErrNoSuchID) || e.Op != "GET "+path {
			t.Errorf("%q: %v", path, err)
		}
	}
	if asked := n.Asked(); asked != "" {
		t.Errorf("asked %s", asked)
	}
}

func TestWhatTheFetcherSaysStays(t *testing.T) {
	t.Parallel()
	for _, want := range []error{&feeds.Error{Kind: feeds.Offline}, context.Canceled} {
		client := New(&feedstest.Network{Replies: map[string]feedstest.Answered{"/x": {Err: want}}}, feedstest.NewClock(), host, nil)
		if _, err := client.Get(context.Background(), "/x", nil, &struct{}{}); err != want {
			t.Errorf("%v became %v", want, err)
		}
	}
}

func TestQuestionsAreEqualInWhateverOrderTheyArePut(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{`/api/post {"a":1,"b":2}`: {Body: `{"a":2}`}}}
	var v struct {
		A int `json:"a"`
	}
	if _, err := New(n, feedstest.NewClock(), host, nil).Post(context.Background(), "/api/post", map[string]any{"b": 2, "a": 1}, &v); err != nil || v.A != 2 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	type thing struct {
		N Number `json:"n"`
	}
	for body, want := range map[string]string{
		`[{"n":1},null,7,{"n":"2"},"x"]`:        "1 2",
		` [ {"n":1} , {"n":"[,]\"{"} ] `:        "1 -1",
		`{"10":{"n":3},"2":{"n":2}}`:            "2 3", // PHP's array with holes
		`{"n":5}`:                               "5",   // a list of one
		`[]`:                                    "",
		`[{"n":1},{"n":`:                        "error",
		`[1,2]`:                                 "error",
		`{}`:                                    "error",
		`7`:                                     "error",
		`[[{"n":1}],{"n":[1,{"a":2}]},{"n":9}]`: "-1 9",
		`[{"n":1,"other":["a","b"],"deep":[[1]]}]`: "1",
	} {
		var l List[thing]
		got := "error"
		if err := decodeAnswer(trimmed([]byte(body)), &l); err == nil {
			var counts []string
			for _, one := range l {
				counts = append(counts, fmt.Sprint(one.N.Count()))
			}
			got = strings.Join(counts, " ")
		}
		if got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}

func TestScalarsTakeWhatServersSend(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"A":7,"B":"3","C":"true","D":[{"n":1},null,7,{"n":"2"}],"E":{"s":"x"}}`: "7 3 yes 2 x",
		`{"A":null,"B":[],"C":{},"D":{"n":5},"E":[]}`:                             " -1 unset 1 ",
		`{"A":{},"B":-4,"C":0,"D":[],"E":7}`:                                      " -1 no 0 ",
		`{"A":"\u00e9 \"q\"","B":1e400,"C":"maybe","D":"x"}`:                      `é "q" -1 unset 0 `,
		`{"A":"grün","C":false,"D":{}}`:                                           "grün -1 no 0 ",
	} {
		var v struct {
			A Text
			B Number
			C Bool
			D List[struct {
				N Number `json:"n"`
			}]
			E Object[struct {
				S Text `json:"s"`
			}]
		}
		if err := Decode([]byte(body), &v); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		s := ""
		if v.E.Value != nil {
			s = string(v.E.Value.S)
		}
		got := fmt.Sprintf("%s %d %s %d %s", v.A, v.B.Count(), map[Bool]string{Unset: "unset", No: "no", Yes: "yes"}[v.C], len(v.D), s)
		if got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

func TestNumerals(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"1": true, "0123": true, "": false, "-1": false, "1a": false, "1.5": false, strings.Repeat("1", 21): false} {
		if IsNumeral(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestTimesAreUTC(t *testing.T) {
	t.Parallel()
	utc := func(h, m, s, ns int) time.Time { return time.Date(2026, 11, 20, h, m, s, ns, time.UTC) }
	for s, want := range map[string]time.Time{
		"2026-11-20T10:11:12Z":                utc(10, 11, 12, 0),
		"2026-11-20T10:11:12.345Z":            utc(10, 11, 12, 345e6),
		"2026-11-20T10:11:12.345678Z":         utc(10, 11, 12, 345678e3),
		"2026-11-20T10:11:12+02:00":           utc(8, 11, 12, 0),
		"2026-11-20T10:11:12-0130":            utc(11, 41, 12, 0),
		"2026-11-20T10:11:12.25+0100":         utc(9, 11, 12, 25e7),
		"2026-11-20T10:11:12":                 utc(10, 11, 12, 0),
		"2026-11-20T10:11:12.5":               utc(10, 11, 12, 5e8),
		"2026-11-20T10:11Z":                   utc(10, 11, 0, 0),
		"2026-11-20 10:11:12":                 utc(10, 11, 12, 0),
		"2026-11-20 10:11:12.5":               utc(10, 11, 12, 5e8),
		"2026-11-20 10:11:12+01:00":           utc(9, 11, 12, 0),
		"2026-11-20 10:11:12 UTC":             utc(10, 11, 12, 0),
		"2026-11-20 10:11:12 +0100":           utc(9, 11, 12, 0),
		"2026-11-20":                          utc(0, 0, 0, 0),
		" 2026-11-20 ":                        utc(0, 0, 0, 0),
		"":                                    {},
		"yesterday":                           {},
		"2026-13-01":                          {},
		"1700000000":                          {},
		"99999-01-01T00:00:00Z":               {},
		"9999-12-31T23:59:59-10:00":           {}, // JSON couldn't hold it in UTC
		"0001-01-01T00:00:00+10:00":           {},
		"2026-11-20T10:11:12Z and then some.": {},
	} {
		for name, read := range map[string]func(string) time.Time{"Time": Time, "AnyTime": AnyTime} {
			if got := read(s); !got.Equal(want) || got.Location() != time.UTC {
				t.Errorf("%s(%q) = %v, want %v", name, s, got, want)
			}
		}
	}
	if got := Day("2026-11-20T23:59:00Z"); !got.Equal(utc(0, 0, 0, 0)) || !Day("x").IsZero() {
		t.Errorf("%v", got)
	}
}

func TestYearsBefore1970AreForOldArticlesAlone(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"1912-04-15T08:00:00Z", "1969-12-31", "0002-01-01"} {
		if AnyTime(s).IsZero() || !Time(s).IsZero() || !Day(s).IsZero() {
			t.Errorf("%q: %v, %v, %v", s, AnyTime(s), Time(s), Day(s))
		}
	}
	if Time("1970-01-01T00:00:00Z").IsZero() {
		t.Error("the first of them is gone")
	}
}

func TestLanguageTags(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"de": "de", " de ": "de", "pt_BR": "pt-BR", "zh-Hant-TW": "zh-Hant-TW", "es-419": "es-419", "de-CH-1996": "de-CH-1996", "nds": "nds",
		"": "", "x": "", "-de": "", "de-": "", "de--CH": "", "de!": "", "d3": "", "de CH": "", `de"onload="x`: "", "verylonglanguage": "",
		"und": "", "zxx": "", strings.Repeat("de-", 12) + "de": "",
	} {
		if got := LanguageTag(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestPositions(t *testing.T) {
	t.Parallel()
	for c, want := range map[feeds.Cursor]int{"": 7, "1": 1, "40": 40} {
		if got, err := Position(c, 7); got != want || err != nil {
			t.Errorf("%q: %d, %v", c, got, err)
		}
	}
	for _, c := range []feeds.Cursor{"0", "-1", "x", "1,2", " 1"} {
		if _, err := Position(c, 0); !errors.Is(err, ErrNoSuchPage) {
			t.Errorf("%q: %v", c, err)
		}
	}
	if CursorAt(40) != "40" {
		t.Error(CursorAt(40))
	}
}

func TestOneBrokenElementCostsNoOther(t *testing.T) {
	t.Parallel()
	a := &Answer{host: host, op: "GET /x", Status: 200}
	for name, c := range map[string]struct {
		causes []error
		values int
		want   feeds.Kind
	}{
		"none":                      {nil, 0, ""},
		"a broken one":              {[]error{nil, ErrNoID}, 1, ""},
		"those that are left out":   {[]error{ErrHidden, ErrDeleted, ErrBlocked}, 0, ""},
		"all broken":                {[]error{ErrNoID, ErrNoTime}, 0, feeds.BadData},
		"all broken or not for all": {[]error{ErrNoID, ErrHidden}, 0, feeds.BadData},
	} {
		values, err := Each(a, c.causes, func(cause *error) (int, error) { return 1, *cause })
		if len(values) != c.values || feeds.KindOf(err) != c.want || err != nil && feeds.AsError(err).Op != "GET /x" {
			t.Errorf("%s: %v, %v", name, values, err)
		}
	}
}

func TestAuthorsOfAnAnswerAreShared(t *testing.T) {
	t.Parallel()
	a := &Answer{}
	made := 0
	adapt := func() (*feeds.Author, error) {
		made++
		return &feeds.Author{User: "ada"}, nil
	}
	first, _ := a.Author("1", adapt)
	again, _ := a.Author("1", adapt)
	if other, _ := a.Author("2", adapt); first != again || other == first || made != 2 {
		t.Errorf("%d were made", made)
	}
	if _, err := a.Author("3", func() (*feeds.Author, error) { return nil, ErrNoName }); err != ErrNoName {
		t.Error(err)
	}
	if _, err := a.Author("3", adapt); err != nil {
		t.Errorf("an error was kept: %v", err)
	}
	a.ForgetAuthors()
	if anew, _ := a.Author("1", adapt); anew == first {
		t.Error("nobody was forgotten")
	}
}

func TestServersByTheirOwnNames(t *testing.T) {
	t.Parallel()
	c := New(nil, nil, "localhost:8081", nil)
	for written, want := range map[string]string{
		"Example.net": "example.net", "https://example.net/": "example.net", "": "localhost:8081", "not a host": "localhost:8081", "localhost": "localhost:8081",
	} {
		if got := c.DomainOf(written); got != want {
			t.Errorf("%q: %q, want %q", written, got, want)
		}
	}
	if c.Domain() != "localhost:8081" || c.Access() != (feeds.Access{}) || c.IsHere("example.net") {
		t.Error("it was known before it was told")
	}
	c.Remember(&feeds.Instance{Domain: "example.net", Access: feeds.Access{Local: feeds.Open}})
	if c.Domain() != "example.net" || c.Access().Local != feeds.Open || !c.IsHere("example.net") || !c.IsHere("") || !c.IsHere("localhost:8081") || c.IsHere("far.example") {
		t.Error("what was remembered is not known")
	}
	if c.Link("/x.png") != "http://localhost:8081/x.png" || c.Link("javascript:1") != "" || c.Link(" ") != "" {
		t.Error("links")
	}
	for link, want := range map[string]string{"https://A.example:81/x": "a.example:81", "x": "", "": "", "https://[": ""} {
		if got := HostOf(link); got != want {
			t.Errorf("%q: %q", link, got)
		}
	}
}

func TestFetchNamesWhatItAsked(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{"/feed": {Status: 404}}}
	_, err := Fetch(context.Background(), n, feedstest.NewClock(), feeds.Request{URL: "https://a.example/feed"})
	if e := feeds.AsError(err); e == nil || e.Kind != feeds.NotFound || e.Host != host || e.Op != "GET /feed" {
		t.Errorf("%v", err)
	}
	if e := FailureAt(feeds.Gone, "https://a.example/x?y=z", ErrDeleted); e.Host != host || e.Op != "GET /x" || !errors.Is(e, ErrDeleted) {
		t.Errorf("%v", e)
	}
}
