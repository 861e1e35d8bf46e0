package wire

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestScalarsTakeWhatServersSend(t *testing.T) {
	var v struct {
		A Text
		B Number
		C Bool
		D List[struct{ N Number }]
		E Object[struct{ S Text }]
	}
	for body, want := range map[string]string{
		`{"A":7,"B":"3","C":"true","D":[{"n":1},null,7,{"n":"2"}],"E":{"s":"x"}}`: "7 3 yes 2 x",
		`{"A":null,"B":[],"C":{},"D":{"n":5},"E":[]}`:                             " -1 unset 1 ",
		`{"A":{},"B":-4,"C":0,"D":[],"E":7}`:                                      " -1 no 0 ",
		`{"B":1e400,"D":"x"}`:                                                     " -1 unset 0 ",
	} {
		v.A, v.B, v.C, v.D, v.E.Value = "", Number{}, Unset, nil, nil
		if err := Decode([]byte(body), &v); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		s := ""
		if v.E.Value != nil {
			s = string(v.E.Value.S)
		}
		data, _ := json.Marshal(v.B.Count())
		if got := string(v.A) + " " + string(data) + " " + map[Bool]string{Unset: "unset", No: "no", Yes: "yes"}[v.C] + " " + string('0'+rune(len(v.D))) + " " + s; got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	if Decode([]byte(`{"A":`), &v) == nil || DecodeObject([]byte(` [{"A":1}]`), &v) == nil {
		t.Error("what is cut off, or a list, was taken for an object")
	}
}

func TestTimesAreUTC(t *testing.T) {
	want := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	for _, s := range []string{"2026-11-20T10:00:00Z", "2026-11-20T11:00:00+01:00", "2026-11-20T10:00:00", " 2026-11-20 10:00:00 ", "2026-11-20T11:00:00+0100", "2026-11-20T10:00Z"} {
		if got := Time(s); !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%q: %v", s, got)
		}
	}
	for _, s := range []string{"", "yesterday", "0001-01-01T00:00:00Z", "99999-01-01T00:00:00Z", "1700000000"} {
		if got := Time(s); !got.IsZero() {
			t.Errorf("%q: %v", s, got)
		}
	}
	if got := Day("2026-11-20T23:59:00Z"); got.Hour() != 0 || got.Day() != 20 || !Day("x").IsZero() {
		t.Errorf("%v", got)
	}
}

func TestAskSaysWhatWentWrong(t *testing.T) {
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{
		"/api/ok": {Body: `{"a":1}`}, "/api/page": {Body: "<html>"}, "/api/empty": {Body: " "}, "/api/cut": {Body: `{"a":`}, "/api/word": {Body: "nope"},
		"/api/closed": {Status: 400, Body: `{"code":"CLOSED"}`}, "/api/none": {Status: 204}, `/api/post {"a":1,"b":2}`: {Body: `{"a":2}`},
	}}
	s := &Server{Fetcher: n, Clock: feedstest.NewClock(), Host: "a.example", Explain: func(e *feeds.Error, _ string, body []byte) {
		if string(body) == `{"code":"CLOSED"}` {
			e.Kind, e.Err = feeds.NeedsLogin, errors.New("CLOSED")
		}
	}}
	var v struct{ A int }
	for path, want := range map[string]feeds.Kind{
		"/api/ok": "", "/api/none": "", "/api/page": feeds.BadData, "/api/empty": feeds.BadData, "/api/cut": feeds.BadData, "/api/word": feeds.BadData,
		"/api/closed": feeds.NeedsLogin, "/api/nothing": feeds.NotFound, "/api/../x": feeds.NotFound, "/api//x": feeds.NotFound, "api": feeds.NotFound,
	} {
		_, err := s.Get(context.Background(), path, nil, &v)
		if feeds.KindOf(err) != want || err != nil && feeds.AsError(err).Host != "a.example" {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := s.Post(context.Background(), "/api/post", map[string]any{"b": 2, "a": 1}, &v); err != nil || v.A != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	if s.Link("/x.png") != "https://a.example/x.png" || s.Link("javascript:1") != "" || s.Link(" ") != "" {
		t.Error("links")
	}
}

func TestLanguageTags(t *testing.T) {
	for s, want := range map[string]string{"de": "de", "pt_BR": "pt-BR", "": "", "x": "", "-de": "", "de!": "", "zh-Hant-TW": "zh-Hant-TW"} {
		if got := LanguageTag(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}
