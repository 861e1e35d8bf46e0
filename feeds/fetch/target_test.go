package fetch

import (
	"strings"
	"testing"
)

func TestHostsAreJudgedAsTheyAreWritten(t *testing.T) {
	for want, hosts := range map[reach][]string{
		public: {
			"social.example", "SOCIAL.example.", "xn--bcher-kva.example", "localhost.example", "1.1.1.1", "8.8.8.8", "100.63.255.255", "172.32.0.1",
			"2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "0x7f.example", "127.0.0.1.example",
		},
		loopback: {"localhost", "LocalHost.", "a.localhost", "a.b.localhost", "127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"},
		local: {
			"router", "nas.local", "x.internal", "x.intranet", "x.private", "x.corp", "x.home", "x.lan", "home.arpa", "x.home.arpa",
			"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.255", "169.254.169.254", "fe80::1", "fc00::1", "fd12::1",
			"::ffff:192.168.0.1", "::ffff:a9fe:a9fe",
		},
		nowhere: {
			"", ".", "0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
			"ff02::1", "ff01::1", "fe80::1%eth0", "::1%lo", "::127.0.0.1", "fec0::1", "100::1", "4000::1", "2001:db8::1", "2002:7f00:1::", "2001::1",
			"64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "::ffff:0.0.0.0",
			// What browsers and some resolvers read as 127.0.0.1, and other numbers.
			"2130706433", "0x7f000001", "0x7f.1", "127.1", "127.0.1", "0177.0.0.1", "127.0.0.01", "017700000001", "0x", "1.2.3.4.5", "256.1.1.1", "a.1", "127.0.0.1..",
		},
	} {
		for _, host := range hosts {
			if got := reachOf(host); got != want {
				t.Errorf("reachOf(%q) = %d, want %d", host, got, want)
			}
		}
	}
}

func TestOnlyWhatMayBeAskedIsATarget(t *testing.T) {
	const never, onlyPrivate, always = 0, 1, 2
	for _, c := range []struct {
		url  string
		when int
	}{
		{"https://social.example/api/v1/x?y=1", always},
		{"https://social.example:8443/", always},
		{"https://[2606:4700:4700::1111]/", always},
		{"http://social.example/", never},
		{"http://1.1.1.1/", never},
		{"https://user@social.example/", never},
		{"https://user:secret@social.example/", never},
		{"ftp://social.example/", never},
		{"file:///etc/passwd", never},
		{"data:text/plain,x", never},
		{"javascript:alert(1)", never},
		{"social.example/x", never},
		{"//social.example/x", never},
		{"", never},
		{"https://", never},
		{"http://localhost:8080/", onlyPrivate},
		{"http://a.localhost:8080/", onlyPrivate},
		{"https://localhost/", onlyPrivate},
		{"http://127.0.0.1:8080/", onlyPrivate},
		{"http://[::1]:8080/", onlyPrivate},
		{"http://[::ffff:127.0.0.1]/", onlyPrivate},
		{"https://192.168.0.1/", onlyPrivate},
		{"https://nas.local/", onlyPrivate},
		{"https://169.254.169.254/", onlyPrivate},
		{"https://[fe80::1]/", onlyPrivate},
		{"http://169.254.169.254/latest/meta-data", never},
		{"http://192.168.0.1/", never},
		{"http://[fe80::1]/", never},
		{"https://0.0.0.0/", never},
		{"http://0.0.0.0/", never},
		{"https://[::]/", never},
	} {
		if _, err := parseTarget(c.url, false); (err == nil) != (c.when == always) {
			t.Errorf("%s: %v", c.url, err)
		}
		if _, err := parseTarget(c.url, true); (err == nil) != (c.when >= onlyPrivate) {
			t.Errorf("%s with Private: %v", c.url, err)
		}
	}
}

func TestATargetIsNamedOneWay(t *testing.T) {
	for url, want := range map[string]string{
		"https://Social.Example/a":                "social.example",
		"https://social.example:443/a":            "social.example",
		"https://social.example:8443/a":           "social.example:8443",
		"https://[2606:4700:4700::1111]:443/a":    "[2606:4700:4700::1111]",
		"https://social.example/a?secret=1#part":  "social.example",
		"https://social.example:443/a?b=c:443#:1": "social.example",
	} {
		got, err := parseTarget(url, false)
		if err != nil || got.host != want || got.op() != "GET /a" || strings.Contains(got.url, "#") {
			t.Errorf("%s: %+v, %v; want host %q", url, got, err, want)
		}
	}
}

func TestAServerMayNotSendUsIntoThePrivateNetwork(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"https://a.example/", "https://b.example/", true},
		{"https://a.example/", "http://a.example/", false},
		{"https://a.example/", "http://127.0.0.1:8080/", false},
		{"https://a.example/", "https://localhost/", false},
		{"https://a.example/", "https://192.168.0.1/", false},
		{"https://a.example/", "https://[::ffff:10.0.0.1]/", false},
		{"https://a.example/", "https://user@b.example/", false},
		{"http://127.0.0.1:8080/", "https://b.example/", true},
		{"http://127.0.0.1:8080/", "http://b.example/", false},
		{"http://127.0.0.1:8080/", "http://a.localhost:8081/", true},
		{"https://localhost/", "http://localhost/", true},
		{"https://192.168.0.1/", "http://192.168.0.1/", false},
	} {
		from, err := parseTarget(c.from, true)
		if err != nil {
			t.Fatal(err)
		}
		if err := from.redirect(c.to, true); (err == nil) != c.ok {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
	from, _ := parseTarget("http://127.0.0.1/", false)
	if from.redirect("http://127.0.0.1/", false) == nil {
		t.Error("without Private a redirect may lead to loopback")
	}
}
