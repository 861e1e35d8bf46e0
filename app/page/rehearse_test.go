package page

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/fetch"
	"vitrine/feeds/software"
)

// unlimited is a network whose hosts say nothing of limits.
type unlimited struct{ *feedstest.Network }

func (unlimited) Budget(string) (feeds.Budget, bool) { return feeds.Budget{}, false }

// rehearsalServer answers as web/js/rehearsal.js does.
func rehearsalServer(t *testing.T) unlimited {
	t.Helper()
	script, err := os.ReadFile("../../web/js/sample.js")
	if err != nil {
		t.Fatal(err)
	}
	_, data, _ := strings.Cut(strings.TrimSuffix(string(script), ";\n"), "export default ")
	var sample struct {
		Account, Instance, Nodeinfo json.RawMessage
		Posts                       []map[string]any
	}
	if err := json.Unmarshal([]byte(data), &sample); err != nil {
		t.Fatal(err)
	}
	for i, p := range sample.Posts {
		id := strconv.Itoa(1000 - i)
		maps.Copy(p, map[string]any{
			"id": id, "uri": "https://rehearsal.invalid/users/ada/statuses/" + id, "url": "https://rehearsal.invalid/@ada/" + id,
			"created_at": "2026-02-03T04:05:06.000Z", "visibility": "public", "account": sample.Account,
		})
	}
	posts, err := json.Marshal(sample.Posts)
	if err != nil {
		t.Fatal(err)
	}
	return unlimited{&feedstest.Network{Otherwise: feedstest.Answered{Status: 404}, Replies: map[string]feedstest.Answered{
		"/api/v1/timelines/public": {Body: string(posts)},
		"/api/v2/instance":         {Body: string(sample.Instance)},
		"/.well-known/nodeinfo":    {Body: `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"https://rehearsal.invalid/nodeinfo/2.0"}]}`},
		"/nodeinfo/2.0":            {Body: string(sample.Nodeinfo)},
	}}}
}

func TestARehearsalReadsStoresAndDrawsItsPosts(t *testing.T) {
	table := english(t)
	synctest.Test(t, func(t *testing.T) {
		server, store, clock := rehearsalServer(t), cache.NewMemory(), fetch.SystemClock()
		var stages []state.Browser
		err := Rehearse(t.Context(), func(b state.Browser) state.Deps {
			stages = append(stages, b)
			return state.Deps{
				Kept:    cache.NewMemoryRecords(),
				Browser: b, Config: browser.Config{Base: "/", Words: table, Icons: "/icons.svg"}, Clock: clock, Store: store, Upkeep: store,
				Resolver: software.New(server, clock, software.Options{Browser: true}), Fetcher: server, Hosts: state.NewHostMemory(store, b, "/"),
				Shelf: cache.NewMemoryShelf(),
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		drawn := string(stages[0].(*stage).drawn)
		for _, want := range []string{`"data-view":"#/i/rehearsal.invalid"`, `"role":"feed"`, `["video"`, `["progress"`, `["details"`, "A page", `"lang":"de"`} {
			if !strings.Contains(drawn, want) {
				t.Errorf("%s isn't drawn: %s", want, drawn)
			}
		}
		usage, err := store.Usage(context.Background())
		if err != nil || len(usage) != 1 || usage[0].Posts != 4 {
			t.Errorf("stored: %+v, %v", usage, err)
		}
		for _, r := range server.Requests() {
			if !strings.HasPrefix(r.URL, "https://rehearsal.invalid/") {
				t.Errorf("%s was asked", r.URL)
			}
		}
	})
}

func TestARehearsalThatGetsNothingEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := Rehearse(ctx, func(state.Browser) state.Deps { return state.Deps{Config: browser.Config{Words: "x"}} }); err == nil {
			t.Error("no error")
		}
		synctest.Wait()
	})
}
