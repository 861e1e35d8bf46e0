package demo

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// start runs a demo as of a fixed moment.
func start(t *testing.T, change ...func(*Options)) *Demo {
	t.Helper()
	o := Options{Now: func() time.Time { return time.Date(2026, 11, 22, 19, 30, 0, 0, time.UTC) }, Budget: 100_000}
	for _, c := range change {
		c(&o)
	}
	d, err := Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// port of the demo, with its colon.
func (d *Demo) port() string { return d.addr[strings.LastIndexByte(d.addr, ':'):] }

// browser asks as a page on another origin does; every *.localhost is dialled on the demo.
func browser(d *Demo) *http.Client {
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, d.addr)
		}},
	}
}

// ask sends one GET, cross-origin, to a host without port.
func ask(t *testing.T, d *Demo, host, target string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, "http://"+host+d.port()+target, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "http://localhost:8080")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := browser(d).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, body
}

// get reads an entity, which has to be there.
func get[T any](t *testing.T, d *Demo, host, target string) T {
	t.Helper()
	var out T
	res, body := ask(t, d, host, target)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s%s: %s %s", host, target, res.Status, body)
	}
	if err := json.Unmarshal(body, &out); err != nil {
		t.Fatalf("GET %s%s: %v in %.200s", host, target, err, body)
	}
	return out
}

// follow reads a list to its end by its Link header.
func follow(t *testing.T, d *Demo, host, target string) (all []status, requests int) {
	t.Helper()
	for target != "" {
		requests++
		if requests > 100 {
			t.Fatal("the list has no end")
		}
		res, body := ask(t, d, host, target)
		var page []status
		if err := json.Unmarshal(body, &page); err != nil {
			t.Fatalf("GET %s%s: %v", host, target, err)
		}
		all = append(all, page...)
		target = nextOf(res.Header.Get("Link"))
	}
	return all, requests
}

// nextOf returns path and query of a Link header's next page.
func nextOf(link string) string {
	for _, part := range strings.Split(link, ", ") {
		target, found := strings.CutSuffix(part, `>; rel="next"`)
		if !found {
			continue
		}
		target = strings.TrimPrefix(target, "<http://")
		return target[strings.IndexByte(target, '/'):]
	}
	return ""
}

func lookup(t *testing.T, d *Demo, host, acct string) account {
	t.Helper()
	return get[account](t, d, host, "/api/v1/accounts/lookup?acct="+acct)
}

// local and far are the two full servers.
const (
	local = "hafenlicht.localhost"
	far   = "norderau.localhost"
	pond  = "teich.localhost"
	cliff = "klippe.localhost"
)
