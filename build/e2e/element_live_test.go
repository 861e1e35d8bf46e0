package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const townAccount = `{"id":"4711","username":"town","acct":"town","display_name":"Stadt Norderau","url":"https://social.example/@town"}`

func townStatus(id, at, content string) string {
	quoted, _ := json.Marshal(content)
	return fmt.Sprintf(`{"id":%[1]q,"uri":"https://social.example/%[1]s","url":"https://social.example/@town/%[1]s","created_at":%[2]q,"content":%[3]s,"spoiler_text":"","language":"de","media_attachments":[{"type":"image"},{"type":"image"}],"account":%[4]s}`, id, at, quoted, townAccount)
}

func elementLive(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	boost := `{"id":"99","uri":"https://social.example/99","created_at":"2026-11-23T11:00:00Z","account":` + townAccount + `,"reblog":` + townStatus("98", "2026-11-01T10:00:00Z", "<p>From the library</p>") + `}`
	server := newTownServer(t, answerWith("application/json", townAccount), answerWith("application/json", "["+strings.Join([]string{
		boost,
		strings.Replace(townStatus("5", "2026-11-23T10:00:00.000Z", "<p>Behind the warning</p>"), `"spoiler_text":""`, `"spoiler_text":"Flood"`, 1),
		townStatus("4", "2026-11-23T09:00:00.000Z", "<p>One &amp; two<br>three</p><p>4 &lt; 5</p>"),
		townStatus("1", "2026-11-23T08:00:00.000Z", "<p>In the copy already</p>"),
		townStatus("hidden", "2026-11-20T08:00:00.000Z", "<p>Left out of the copy</p>"),
	}, ",")+"]"))
	policy := strings.Replace(strictPolicy, "connect-src", "connect-src http://"+server.host, 1)
	p := newTab(t, browser)
	p.open(w.setPage(policy, `<vitrine-feed src="/feeds/town/" live="@town@`+server.host+`">`+fallback+`</vitrine-feed>`))
	p.waitForPosts(6)
	got := eval[[]string](p, `[...`+inShadow("[data-part=content]")+`].map((c) => [...c.children].map((l) => l.textContent).join("|"))`)
	if !slices.Equal(got, []string{"From the library", "Flood", "One & two|three|4 < 5", "Drawn post 1", "Drawn post 2", "Drawn post 3"}) {
		t.Errorf("posts: %q", got)
	}
	if got := eval[string](p, inShadow("article")+"[0].innerText"); !strings.Contains(got, "Stadt Norderau teilte") || !strings.Contains(got, "2 Anhänge") || !strings.Contains(got, "1. Nov. 2026") {
		t.Errorf("the boost is written %q", got)
	}
	if got := server.log(); !slices.Equal(got, []string{"/api/v1/accounts/lookup?acct=town", "/api/v1/accounts/4711/statuses?limit=20&exclude_replies=true"}) {
		t.Errorf("the server was asked %q", got)
	}
	p.checkNothingLogged()
	p.checkNoErrors()
	p.screenshot("element-live")

	p = newTab(t, browser)
	p.open(w.setPage(policy, `<vitrine-feed live="@town@`+server.host+`" limit="4"></vitrine-feed>`))
	p.waitForPosts(4)
	if got := eval[string](p, inShadow("section")+"[0].innerText"); !strings.Contains(got, "@town@"+server.host) || !strings.Contains(got, "Stand: ") {
		t.Errorf("the feed is written %q", got)
	}
	p.checkNothingLogged()
	p.checkNoErrors()
	p.screenshot("element-live-alone")

	asked := len(server.log())
	w.answer("/feeds/town/tree.json", failing(500))
	p = newTab(t, browser)
	p.open(w.setPage(policy, `<vitrine-feed src="/feeds/town/" live="@town@`+server.host+`">`+fallback+`</vitrine-feed>`))
	p.waitForEvent("ServerError")
	if !eval[bool](p, `document.querySelector("#kept").checkVisibility()`) || len(server.log()) != asked {
		t.Error("without the copy, which says what is left out, live posts are shown")
	}
}

func elementHostileLive(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	const bad = `<img src=x onerror=hit()><script>hit()</script>`
	account := map[string]any{"id": "1/../../evil?x=", "username": bad, "acct": bad, "display_name": bad, "url": "javascript:hit()"}
	post := func(change map[string]any) map[string]any {
		s := map[string]any{"id": "1", "uri": "javascript:hit()", "url": "javascript:hit()", "created_at": time.Now().UTC().Format(time.RFC3339), "content": "x", "account": account, "language": bad, "media_attachments": bad}
		for k, v := range change {
			s[k] = v
		}
		return s
	}
	image := []any{"img", map[string]any{"src": "http://evil.localhost/x.png"}}
	statuses := []any{
		post(map[string]any{"content": "&lt;script&gt;hit()&lt;/script&gt;<scr<b>ipt>hit()</script>&#60;img src=x onerror=hit()&#x3e;&#99999999999;"}),
		post(map[string]any{"uri": "2", "spoiler_text": bad}),
		post(map[string]any{"uri": "3", "content": image, "spoiler_text": image, "url": image}),
		post(map[string]any{"uri": "4", "created_at": "no time at all"}),
		post(map[string]any{"uri": image, "account": map[string]any{"display_name": image, "username": image, "url": image}}),
	}
	answer := func(v any) http.HandlerFunc {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return answerWith("application/json", string(b))
	}
	server := newTownServer(t, answer(account), answer(statuses))
	policy := strings.NewReplacer("connect-src", "connect-src http://"+server.host).Replace(strictPolicy)
	p := newTab(t, browser, injectScript("window.hit = () => { window.pwned = true; };"))
	p.open(w.setPage(policy, `<vitrine-feed live="@town@`+server.host+`"></vitrine-feed>`))
	p.waitForPosts(4)
	p.run(chromedp.Evaluate(`for (const a of `+inShadow("a:not([href])")+`) a.click()`, nil))
	if n := eval[int](p, inShadow("img, script, a[href^=javascript]")+".length"); n > 0 {
		t.Errorf("%d things were drawn from text", n)
	}
	text := eval[string](p, inShadow("section")+"[0].textContent")
	if !strings.Contains(text, bad) || !strings.Contains(text, "<script>hit()</script>") {
		t.Errorf("the text is not literal: %q", text)
	}
	for _, u := range server.log() {
		if !strings.HasPrefix(u, "/api/v1/accounts/lookup?acct=town") && !strings.HasPrefix(u, "/api/v1/accounts/1%2F..%2F..%2Fevil%3Fx%3D/statuses?limit=") {
			t.Errorf("the server was asked %s", u)
		}
	}
	if eval[bool](p, "Boolean(window.pwned)") {
		t.Error("a script ran")
	}
	p.checkNothingLogged()
	p.checkNoErrors()

	asked := len(server.log())
	for _, handle := range []string{"town", "@town@" + server.host + "/x?", "@to/wn@" + server.host, "javascript:hit()"} {
		p := newTab(t, browser)
		p.open(w.setPage(policy, `<vitrine-feed live="`+handle+`">`+fallback+`</vitrine-feed>`))
		p.waitForEvent("Unsupported")
	}
	if len(server.log()) != asked {
		t.Error("somebody was asked for what is no handle")
	}
}

// A server that asks to wait is not asked before that time, and once more at most.
func elementRateLimit(t *testing.T, browser context.Context) {
	in := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(time.RFC3339Nano) }
	server := newTownServer(t, func(w http.ResponseWriter, r *http.Request) {
		failing(429, "X-RateLimit-Reset", in(2*time.Minute))(w, r)
	}, http.NotFound)
	w := newTownHall(t)
	p := newTab(t, browser, injectScript(fakeClock))
	p.open(w.setPage(strings.Replace(strictPolicy, "connect-src", "connect-src http://"+server.host, 1), `<vitrine-feed live="@town@`+server.host+`">`+fallback+`</vitrine-feed>`))
	p.waitForEvent("RateLimited")
	p.run(chromedp.Evaluate(`later(110000)`, nil))
	if n := len(server.log()); n != 1 {
		t.Errorf("asked %d times before the limit's end", n)
	}
	p.run(chromedp.Evaluate(`reported.length = 0, later(15000)`, nil))
	p.waitForEvent("RateLimited")
	p.run(chromedp.Evaluate(`later(360000000)`, nil))
	if n := len(server.log()); n != 2 {
		t.Errorf("asked %d times", n)
	}
	if !eval[bool](p, `document.querySelector("#kept").checkVisibility()`) {
		t.Error("what the page had is gone")
	}
	p.checkNoErrors()
}
