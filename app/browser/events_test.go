package browser

import "testing"

func TestAttributesMeanWhatTheirActionSays(t *testing.T) {
	a := attributes{key: "k", part: "p", index: 3}
	for action, want := range map[string]Click{
		"more":     {Post: "k", Index: 3},
		"view":     {Post: "k", Index: 3},
		"chapter":  {Post: "k", Second: 3},
		"fill":     {Cursor: "k"},
		"forget":   {Host: "k"},
		"stop-job": {Job: "k"},
		"close":    {Dialog: "p"},
		"share":    {Text: "p"},
		"clip":     {Text: "p"},
		"heading":  {Text: "p"},

		"follow-options": {Key: "k"}, "unfollow": {Key: "k"}, "take-move": {Key: "k"},
		"list-up": {Key: "k"}, "list-down": {Key: "k"}, "list-merge": {Key: "k"}, "list-delete": {Key: "k"}, "list-code": {Key: "k"},
		"filter-edit": {Key: "k"}, "rule-remove": {Key: "k"}, "order": {Key: "k"},
	} {
		a.action = action
		want.Action = action
		if got := a.click(); got != want {
			t.Errorf("%s: %+v", action, got)
		}
	}
	if got := a.toggle(true); got != (Toggle{Post: "k", Part: "p", Open: true}) {
		t.Errorf("%+v", got)
	}
}

func TestControlsAreSettingsOrFilters(t *testing.T) {
	for action, want := range map[string]Event{
		"set":    SettingChange{Name: "theme", Value: "dark", On: true},
		"choose": FilterChange{Name: "theme", Value: "dark"},
		"other":  nil,
	} {
		if got := (attributes{action: action}).change("theme", "dark", true); got != want {
			t.Errorf("%s: %#v", action, got)
		}
	}
}

func TestChunksAreNamedByListAndNumber(t *testing.T) {
	if got, ok := chunkMove("feed:2", true, 900); !ok || got != (ChunkMove{List: "feed", Chunk: 2, Near: true, Height: 900}) {
		t.Errorf("%+v, %v", got, ok)
	}
	for _, name := range []string{"", "feed", "feed:", "feed:x", "feed:-1", "feed:1:2"} {
		if _, ok := chunkMove(name, true, 0); ok {
			t.Errorf("%q is taken for a chunk", name)
		}
	}
}
