package fetch

import (
	"net/url"
	"testing"
	"time"
)

// FuzzTarget checks that without Private nothing but a public host is asked, and over https alone, however it is written.
func FuzzTarget(f *testing.F) {
	for _, seed := range []string{
		"https://social.example/api?x=1#y", "http://localhost:8080/", "https://[::ffff:127.0.0.1]:443/", `https:\\127.0.0.1\`, "https://１２７.0.0.1/",
		"https://0x7f.1/", "https://a.example:80:80/", "https://a.example@127.0.0.1/", "https://[fe80::1%25eth0]/", "https://%6cocalhost/", "https://a.example./",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := parseTarget(raw, false)
		if err != nil {
			return
		}
		u, err := url.Parse(got.url)
		if err != nil || u.Scheme != "https" || u.User != nil || u.Fragment != "" {
			t.Fatalf("%q became %q (%v)", raw, got.url, err)
		}
		if got.reach != public || reachOf(u.Hostname()) != public || got.host != hostKey(u) {
			t.Errorf("%q became %+v", raw, got)
		}
	})
}

// FuzzLearn checks that no answer, however odd, stops a host for longer than the longest pause or leaves an impossible budget.
func FuzzLearn(f *testing.F) {
	for _, seed := range [][3]string{
		{"300", "0", "2026-11-22T12:05:00.000Z"}, {"-1", "-1", "-1"}, {"x", "9999999999999999999", "1e300"}, {"1", "1", "NaN"}, {"0", "0", "9e18"}, {"", "5", ""},
	} {
		f.Add(200, seed[0], seed[1], seed[2])
		f.Add(429, seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, status int, limit, remaining, reset string) {
		l := newTestLimiter()
		a := answerWith(status, limit, remaining, reset)
		l.learn(a)
		b, _ := l.Budget(host)
		if b.Limit < 0 || b.Remaining < 0 || b.Reset.After(a.At.Add(maxPause)) {
			t.Errorf("budget %+v", b)
		}
		if until := l.host(host).pausedUntil(time.Now()); until.After(a.At.Add(maxPause)) {
			t.Errorf("paused until %v", until)
		}
	})
}
