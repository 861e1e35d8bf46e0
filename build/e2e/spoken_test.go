package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"vitrine/feeds/feedstest/golden"
)

// testSpoken compares what Chromium tells screen readers of a list, a thread and a dialog with what was looked at once: of a post its author, its
// text, its time, its warning and its place among the replies; of a dialog its name, that it is modal, and what can be done.
func testSpoken(t *testing.T, s *fixture) {
	host := spokenServer(t)
	p := s.tab(t, emulation.SetTimezoneOverride("UTC"))
	var said strings.Builder
	say := func(what, role string) {
		fmt.Fprintf(&said, "# %s\n%s\n", what, strings.ReplaceAll(p.spoken(role), host, "spoken.example"))
	}
	p.open(s.site + "#/i/" + host)
	p.waitForView("#/i/" + host)
	say("A list", "feed")
	p.goTo("#/p/" + host + "/1")
	p.wait("four answers", `document.querySelectorAll("main article.r").length === 4 && document.querySelector("[data-part=replies][aria-busy=false]")`)
	say("A thread", "main")
	p.click("main article.r [data-action=more]")
	p.wait("the menu", `document.querySelector("#menu[open]")`)
	say("A dialog", "dialog")
	golden.Compare(t, "testdata/spoken.golden.txt", []byte(said.String()))
}

// spoken writes what Chromium tells of the first element of a role: a line for each thing, below what it stands in.
func (p *tab) spoken(role string) string {
	p.t.Helper()
	var tree struct {
		Nodes []*axNode `json:"nodes"`
	}
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		return cdp.Execute(ctx, "Accessibility.getFullAXTree", nil, &tree) // the library's own call fails with properties that are newer
	}))
	nodes := map[string]*axNode{}
	for _, n := range tree.Nodes {
		nodes[n.ID] = n
	}
	var b strings.Builder
	var write func(id string, depth int)
	write = func(id string, depth int) {
		n := nodes[id]
		if n == nil {
			return
		}
		kind, name := n.Role.text(), n.Name.text()
		switch kind {
		case "InlineTextBox", "LineBreak":
			return
		case "StaticText":
			if strings.HasPrefix(name, "Updated ") { // it says the time of the test
				return
			}
		case "DisclosureTriangle":
			kind = "summary"
		}
		bare := name == "" && n.Description.text() == "" || kind == "time" || kind == "figure" // what only holds others; releases of Chromium name it in different ways
		if !n.Ignored && (!bare || kind == role) {
			line := strings.Repeat("  ", depth) + kind
			if name != "" {
				line += fmt.Sprintf(" %q", name)
			}
			if d := n.Description.text(); d != "" && d != name {
				line += fmt.Sprintf(", described as %q", d)
			}
			for _, x := range n.Properties {
				switch v := x.Value.text(); x.Name {
				case "level", "expanded", "pressed", "busy", "modal", "disabled", "checked", "posinset", "setsize":
					if v != "" && v != "false" || x.Name == "expanded" || x.Name == "pressed" {
						line += fmt.Sprintf(", %s %s", x.Name, v)
					}
				}
			}
			b.WriteString(line + "\n")
			depth++
			switch kind {
			case "link", "button", "heading", "summary", "image": // its words are its name
				return
			}
		}
		for _, child := range n.Children {
			write(child, depth)
		}
	}
	for _, n := range tree.Nodes {
		if !n.Ignored && n.Role.text() == role {
			write(n.ID, 0)
			return b.String()
		}
	}
	p.t.Fatalf("nothing on the page is a %s", role)
	return ""
}

// axNode is what Chromium tells of a thing on the page (https://chromedevtools.github.io/devtools-protocol/tot/Accessibility/).
type axNode struct {
	ID          string   `json:"nodeId"`
	Children    []string `json:"childIds"`
	Ignored     bool     `json:"ignored"`
	Role        axValue  `json:"role"`
	Name        axValue  `json:"name"`
	Description axValue  `json:"description"`
	Properties  []struct {
		Name  string  `json:"name"`
		Value axValue `json:"value"`
	} `json:"properties"`
}

// axValue is a value in the accessibility tree.
type axValue struct {
	Value any `json:"value"`
}

func (v axValue) text() string {
	if v.Value == nil {
		return ""
	}
	return fmt.Sprint(v.Value)
}

// spokenServer is a server with a conversation of a day that has passed, in the shape of a Mastodon server's answers. It returns its host.
func spokenServer(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	type object = map[string]any
	host := fmt.Sprintf("spoken.localhost:%d", l.Addr().(*net.TCPAddr).Port)
	status := func(id int, name, text string, more object) object {
		s := longStatus(host, id, 9)
		user := strings.ToLower(name)
		s["created_at"], s["content"], s["tags"] = fmt.Sprintf("2024-05-01T10:%02d:00.000Z", id), "<p>"+text+"</p>", []any{}
		s["replies_count"], s["reblogs_count"], s["favourites_count"] = 0, 2, 3
		s["account"] = object{"id": user, "username": user, "acct": user, "display_name": name, "url": "http://" + host + "/@" + user, "note": "", "avatar": "", "emojis": []any{}, "fields": []any{}, "created_at": "2024-01-01T00:00:00.000Z"}
		for k, v := range more {
			s[k] = v
		}
		return s
	}
	first := status(1, "Ada", `The ferry is back. The timetable hangs at <a href="https://pier.example/timetable">the pier</a>.`, object{"replies_count": 3})
	warned := status(4, "Cleo", "It sank last time.", object{"in_reply_to_id": "1", "spoiler_text": "The old accident", "sensitive": true})
	pictured := status(5, "Dora", "Here it comes.", object{"in_reply_to_id": "1", "media_attachments": []any{object{"id": "1", "type": "image", "url": "http://" + host + "/ferry.png", "preview_url": "http://" + host + "/ferry.png", "description": "A white ferry before the pier", "meta": object{"original": object{"width": 640, "height": 480}}}}})
	replies := []any{
		status(2, "Bo", "At last!", object{"in_reply_to_id": "1", "replies_count": 1}),
		status(3, "Ada", "Since this morning.", object{"in_reply_to_id": "2"}), warned, pictured,
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ferry.png", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		if err := png.Encode(w, image.NewGray(image.Rect(0, 0, 640, 480))); err != nil {
			t.Log(err)
		}
	})
	for path, v := range map[string]any{
		"/api/v2/instance":         object{"domain": host, "title": "Spoken", "version": "4.4.0", "description": "", "usage": object{}, "languages": []string{"en"}, "rules": []any{}},
		"/api/v1/timelines/public": []any{pictured, warned, first}, "/api/v1/statuses/1": first, "/api/v1/statuses/1/context": object{"ancestors": []any{}, "descendants": replies},
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			answer := v
			if r.FormValue("max_id") != "" {
				answer = []any{}
			}
			if err := json.NewEncoder(w).Encode(answer); err != nil {
				t.Log(err)
			}
		})
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return host
}
