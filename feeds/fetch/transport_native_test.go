//go:build !js

package fetch

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"vitrine/feeds"
	"vitrine/feeds/fetch/internal/fetchserver"
)

// nativeClient makes a client whose names are resolved by the given addresses alone.
func nativeClient(t *testing.T, private bool, names map[string][]string) (*Client, *native) {
	t.Helper()
	c := New(Options{Private: private})
	n := c.transport.(*native)
	n.resolver = fakeDNS(t, names)
	t.Cleanup(n.client.CloseIdleConnections)
	return c, n
}

// fakeDNS is a resolver that asks a name server of ours.
func fakeDNS(t *testing.T, names map[string][]string) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	go func() {
		packet := make([]byte, 1500)
		for {
			size, from, err := server.ReadFrom(packet)
			if err != nil {
				return
			}
			if answer, err := resolve(packet[:size], names); err == nil {
				_, _ = server.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}

// resolve answers one DNS query.
func resolve(packet []byte, names map[string][]string) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(packet); err != nil {
		return nil, err
	}
	q := m.Questions[0]
	answer := dnsmessage.Message{Header: dnsmessage.Header{ID: m.ID, Response: true, Authoritative: true}, Questions: m.Questions[:1]}
	addresses, known := names[strings.TrimSuffix(q.Name.String(), ".")]
	if !known {
		answer.RCode = dnsmessage.RCodeNameError
	}
	for _, a := range addresses {
		ip := netip.MustParseAddr(a)
		head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
		switch {
		case ip.Is4() && q.Type == dnsmessage.TypeA:
			answer.Answers = append(answer.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: ip.As4()}})
		case ip.Is6() && q.Type == dnsmessage.TypeAAAA:
			answer.Answers = append(answer.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}})
		}
	}
	return answer.Pack()
}

func TestAPublicNameWithAPrivateAddressIsRefused(t *testing.T) {
	// It listens on all of loopback, so a connection that is not refused arrives.
	var connections atomic.Int32
	server := httptest.NewUnstartedServer(fetchserver.New())
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			connections.Add(1)
		}
	}
	server.StartTLS()
	defer server.Close()
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	for name, addresses := range map[string][]string{
		"loopback":       {"127.0.0.1"},
		"loopback6":      {"::1"},
		"both":           {"::1", "127.0.0.1"},
		"lan":            {"192.168.1.1"},
		"metadata":       {"169.254.169.254"},
		"cgnat":          {"100.64.0.1"},
		"unspecified":    {"0.0.0.0", "::"},
		"mapped":         {"::ffff:127.0.0.1"},
		"nat64":          {"64:ff9b::7f00:1"},
		"linklocal6":     {"fe80::1"},
		"uniquelocal6":   {"fd00::1"},
		"multicast":      {"224.0.0.251", "ff02::fb"},
		"all-of-it-ever": {"10.0.0.1", "172.16.0.1", "::1", "fd00::2"},
	} {
		for _, private := range []bool{false, true} {
			c, _ := nativeClient(t, private, map[string][]string{name + ".example": addresses})
			_, err := c.Fetch(t.Context(), feeds.Request{URL: "https://" + name + ".example:" + port + "/json"})
			if feeds.KindOf(err) != feeds.Unreachable || !errors.Is(err, errRefusedAddress) {
				t.Errorf("%s (Private %v): %v, want it refused", name, private, err)
			}
		}
	}
	if n := connections.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
}

func TestAnAddressIsAsFarAwayAsTheHostSays(t *testing.T) {
	for _, c := range []struct {
		host    reach
		address string
		ok      bool
	}{
		{public, "1.1.1.1:443", true},
		{public, "[2606:4700:4700::1111]:443", true},
		{public, "127.0.0.1:443", false},
		{public, "[::ffff:10.0.0.1]:443", false},
		{public, "[fe80::1%eth0]:443", false},
		{loopback, "127.0.0.1:80", true},
		{loopback, "[::1]:80", true},
		{loopback, "192.168.0.1:80", false},
		{loopback, "1.1.1.1:80", false},
		{local, "192.168.0.1:443", true},
		{local, "127.0.0.1:443", true},
		{local, "1.1.1.1:443", true},
		{local, "0.0.0.0:443", false},
		{local, "[ff02::1]:443", false},
		{public, "no address", false},
	} {
		if err := checkAddress(c.host, c.address); (err == nil) != c.ok {
			t.Errorf("%d at %s: %v", c.host, c.address, err)
		}
	}
}

func TestNamesBelowLocalhostAreThisMachineWhateverDNSSays(t *testing.T) {
	server := httptest.NewServer(fetchserver.New())
	defer server.Close()
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	c, _ := nativeClient(t, true, map[string][]string{"localhost": {"203.0.113.9"}, "one.localhost": {"203.0.113.9"}})
	for _, host := range []string{"localhost", "one.localhost", "two.of.localhost", "LOCALHOST"} {
		u := "http://" + host + ":" + port + "/json"
		if res, err := c.Fetch(t.Context(), feeds.Request{URL: u}); err != nil || res.Status != 200 {
			t.Errorf("%s: %+v, %v", u, res, err)
		}
	}
}

func TestLoopbackWrittenAsIPv6IsDialledAsSuch(t *testing.T) {
	_, n := nativeClient(t, true, nil)
	server, err := net.Listen("tcp", "[::1]:0")
	if err != nil { // this machine has no IPv6
		if conn, err := n.dial(t.Context(), "tcp", "[::1]:1"); err == nil || !strings.Contains(err.Error(), "[::1]:1") {
			t.Errorf("dialled %v, %v", conn, err)
		}
		return
	}
	defer server.Close()
	conn, err := n.dial(t.Context(), "tcp", server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

func TestTheDialerRefusesByItself(t *testing.T) {
	n := New(Options{}).transport.(*native)
	for _, addr := range []string{"127.0.0.1:80", "localhost:80", "a.localhost:80", "[::1]:80", "192.168.0.1:443", "0.0.0.0:80", "2130706433:80", "router:443"} {
		conn, err := n.dial(t.Context(), "tcp", addr)
		if !errors.Is(err, errRefusedAddress) {
			t.Errorf("%s: %v", addr, err)
		}
		if conn != nil {
			conn.Close()
		}
	}
}

// roundTrips stands in for the network below http.Client.
type roundTrips func(*http.Request) *http.Response

func (f roundTrips) RoundTrip(r *http.Request) (*http.Response, error) { return f(r), nil }

func TestAPublicServersRedirectToAPrivateOneIsNotFollowed(t *testing.T) {
	for _, to := range []string{
		"http://127.0.0.1:8080/", "http://localhost/", "https://10.0.0.1/", "https://[::1]/", "http://social.example/", "https://169.254.169.254/latest",
		"https://user@social.example/", "file:///etc/passwd",
	} {
		for _, private := range []bool{false, true} {
			c, n := nativeClient(t, private, nil)
			var asked []string
			n.client.Transport = roundTrips(func(r *http.Request) *http.Response {
				asked = append(asked, r.URL.String())
				return &http.Response{StatusCode: 302, Header: http.Header{"Location": {to}}, Body: http.NoBody, Request: r}
			})
			u := "https://social.example/"
			if _, err := c.Fetch(t.Context(), feeds.Request{URL: u}); feeds.KindOf(err) != feeds.Unreachable {
				t.Errorf("to %s: %v", to, err)
			}
			if len(asked) != 1 {
				t.Errorf("asked %q", asked)
			}
		}
	}
}

func TestFiveRedirectsAreFollowed(t *testing.T) {
	server := httptest.NewServer(fetchserver.New())
	defer server.Close()
	c, _ := nativeClient(t, true, nil)
	if _, err := c.Fetch(t.Context(), feeds.Request{URL: server.URL + "/hops/5"}); err != nil {
		t.Error(err)
	}
	if _, err := c.Fetch(t.Context(), feeds.Request{URL: server.URL + "/hops/6"}); feeds.KindOf(err) != feeds.Unreachable {
		t.Errorf("six redirects: %v", err)
	}
}

func TestWeSayWhoWeAre(t *testing.T) {
	server := httptest.NewServer(fetchserver.New())
	defer server.Close()
	for option, want := range map[string]string{"": "Vitrine", "Vitrine/1 (https://site.example)": "Vitrine/1 (https://site.example)"} {
		res, err := New(Options{Private: true, UserAgent: option}).Fetch(t.Context(), feeds.Request{URL: server.URL + "/echo"})
		if err != nil {
			t.Fatal(err)
		}
		var header http.Header
		if err := json.Unmarshal(res.Body, &header); err != nil || header.Get("User-Agent") != want {
			t.Errorf("User-Agent %q, want %q (%v)", header.Get("User-Agent"), want, err)
		}
	}
}

func TestWhatFailsBeforeAnAnswerIsUnreachable(t *testing.T) {
	tls := httptest.NewUnstartedServer(fetchserver.New())
	tls.Config.ErrorLog = log.New(io.Discard, "", 0)
	tls.StartTLS()
	defer tls.Close()
	c, n := nativeClient(t, true, nil)
	n.online = func() bool { return true }
	for name, u := range map[string]string{
		"a name that does not exist": "https://nowhere.example/",
		"an untrusted certificate":   tls.URL + "/json",
	} {
		if _, err := c.Fetch(t.Context(), feeds.Request{URL: u}); feeds.KindOf(err) != feeds.Unreachable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOnlyAMachineWithoutNetworkIsOffline(t *testing.T) {
	c, n := nativeClient(t, true, map[string][]string{"rebound.example": {"127.0.0.1"}})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	n.online = func() bool { return false }
	for u, want := range map[string]feeds.Kind{
		"https://nowhere.example/":          feeds.Offline,
		"https://rebound.example/":          feeds.Unreachable, // refused by us
		"http://" + l.Addr().String() + "/": feeds.Unreachable, // loopback needs no network
	} {
		if _, err := c.Fetch(t.Context(), feeds.Request{URL: u}); feeds.KindOf(err) != want {
			t.Errorf("%s: %v, want %s", u, err, want)
		}
	}
}

func TestNothingStaysBehind(t *testing.T) {
	server := httptest.NewServer(fetchserver.New())
	before := runtime.NumGoroutine()
	c := New(Options{Private: true, MaxBody: 1 << 16, Deadline: 50 * time.Millisecond})
	for _, path := range []string{"/json", "/hang", "/stall", "/cut", "/stream/1000000", "/bytes/1000000", "/hops/9", "/nosuch"} {
		_, _ = c.Fetch(t.Context(), feeds.Request{URL: server.URL + path})
	}
	c.transport.(*native).client.CloseIdleConnections()
	server.CloseClientConnections()
	server.Close()
	for limit := time.After(10 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		select {
		case <-limit:
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		default:
		}
	}
	if len(c.flights.byKey) != 0 {
		t.Errorf("%d flights are still known", len(c.flights.byKey))
	}
	if h := c.pace.(*limiter).host(strings.TrimPrefix(server.URL, "http://")); len(h.places) != 0 {
		t.Errorf("%d places are still taken", len(h.places))
	}
}
