//go:build !js

package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"vitrine/feeds"
)

// maxRedirects is fewer than a browser follows; no software needs more than two.
const maxRedirects = 5

// native asks through net/http. It keeps no cookies and uses no proxy: behind one, nobody could check which address is dialled.
type native struct {
	client    *http.Client
	resolver  *net.Resolver
	online    func() bool
	userAgent string
	origin    string
	maxBody   int64
	private   bool
	answers   Answers // nil for none
}

func newTransport(o Options) asker {
	n := &native{
		resolver:  net.DefaultResolver,
		online:    hasNetwork,
		userAgent: o.UserAgent,
		origin:    o.Origin,
		maxBody:   o.MaxBody,
		private:   o.Private,
		answers:   o.Answers,
	}
	n.client = &http.Client{
		CheckRedirect: n.checkRedirect,
		Transport: &http.Transport{
			DialContext:            n.dial,
			ForceAttemptHTTP2:      true,
			MaxIdleConnsPerHost:    maxUnderWay,
			MaxIdleConns:           64,
			IdleConnTimeout:        30 * time.Second,
			MaxResponseHeaderBytes: 256 << 10,
		},
	}
	return n
}

// canonicalURL is for browsers, whose reading of a URL differs from net/url's. Here one reading serves all.
func canonicalURL(raw string) (string, error) { return raw, nil }

func (n *native) ask(ctx context.Context, t target, accept string) (*feeds.Response, error) {
	req, err := http.NewRequestWithContext(ctx, t.method(), t.url, strings.NewReader(t.body))
	if err != nil {
		return nil, &feeds.Error{Kind: feeds.Unreachable, Err: err}
	}
	req.Header.Set("Accept", accept)
	req.Header.Set("User-Agent", n.userAgent)
	if n.origin != "" {
		req.Header.Set("Origin", n.origin)
	}
	if t.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	key, kept := accept+" "+t.url, Answer{}
	if n.answers != nil && t.body == "" {
		kept, _ = n.answers.Answer(key)
		for name, value := range map[string]string{"If-None-Match": kept.ETag, "If-Modified-Since": kept.Modified} {
			if value != "" {
				req.Header.Set(name, value)
			}
		}
	}
	res, err := n.client.Do(req)
	if err != nil {
		return nil, &feeds.Error{Kind: n.failureKind(t, err), Err: err}
	}
	defer res.Body.Close()
	if n.origin != "" {
		closeBehindRedirects(res)
	}
	body, err := n.read(res)
	if err != nil {
		return nil, err
	}
	answer := &feeds.Response{Status: res.StatusCode, URL: res.Request.URL.String(), Header: flatten(res.Header), Body: body}
	if n.answers != nil && t.body == "" {
		n.remember(key, kept, answer)
	}
	return answer, nil
}

// closeBehindRedirects takes the permission of CORS from an answer to which a redirect without one led: no page gets past that.
// Source: https://fetch.spec.whatwg.org/#http-fetch, step 5.
func closeBehindRedirects(res *http.Response) {
	const permission = "Access-Control-Allow-Origin"
	for hop := res.Request.Response; hop != nil; hop = hop.Request.Response {
		if hop.Header.Get(permission) == "" {
			res.Header.Del(permission)
		}
	}
}

// remember makes the whole answer of one that says that the kept one still holds, and keeps a new one that can be asked for in
// this way.
func (n *native) remember(key string, kept Answer, r *feeds.Response) {
	if r.Status == http.StatusNotModified && kept.Body != nil {
		header := maps.Clone(kept.Header)
		maps.Copy(header, r.Header) // how much may be asked is as of now
		r.Status, r.URL, r.Header, r.Body = http.StatusOK, kept.URL, header, kept.Body
		return
	}
	etag, modified := r.Header["etag"], r.Header["last-modified"]
	if r.Status == http.StatusOK && (etag != "" || modified != "") {
		n.answers.Keep(key, Answer{URL: r.URL, ETag: etag, Modified: modified, Header: r.Header, Body: r.Body})
	}
}

// read returns the decoded body. What is over the cap is not read to its end: closing the body ends the connection.
func (n *native) read(res *http.Response) ([]byte, error) {
	if res.ContentLength > n.maxBody {
		return nil, tooLarge(n.maxBody)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, n.maxBody+1))
	switch {
	case err != nil:
		return nil, &feeds.Error{Kind: feeds.Unreachable, Err: err}
	case int64(len(body)) > n.maxBody:
		return nil, tooLarge(n.maxBody)
	}
	return body, nil
}

// failureKind distinguishes a machine without a network from a server that can't be reached, when that is certain.
func (n *native) failureKind(t target, err error) feeds.Kind {
	var dns *net.DNSError
	var op *net.OpError
	dialled := errors.As(err, &dns) || errors.As(err, &op) && op.Op == "dial"
	if dialled && t.reach != loopback && !errors.Is(err, errRefusedAddress) && !n.online() {
		return feeds.Offline
	}
	return feeds.Unreachable
}

// hasNetwork reports whether this machine has any address that reaches beyond its own link.
func hasNetwork() bool {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return true // not known
	}
	for _, a := range addrs {
		if ipNet, ok := a.(*net.IPNet); ok && ipNet.IP.IsGlobalUnicast() {
			return true
		}
	}
	return false
}

func (n *native) checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return fmt.Errorf("more than %d redirects", maxRedirects)
	}
	req.Header.Del("Referer") // http.Client has just set it
	from, err := parseTarget(via[len(via)-1].URL.String(), n.private)
	if err != nil {
		return err
	}
	return from.redirect(req.URL.String(), n.private)
}

// errRefusedAddress is why a name was not dialled at an address that it resolves to.
var errRefusedAddress = errors.New("the address is not public")

// dial connects to a host at an address that is as far away as the host's name says. The check stands where the address is
// used, after DNS, so a name can't be bound to another address in between.
func (n *native) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	far := reachOf(host)
	if far == nowhere || far != public && !n.private {
		return nil, fmt.Errorf("dial %s: %w", addr, errRefusedAddress)
	}
	if _, err := netip.ParseAddr(host); err != nil && far == loopback {
		addr = net.JoinHostPort("127.0.0.1", port) // localhost and all names below it, whatever DNS says
	}
	d := net.Dialer{
		Resolver: n.resolver,
		Control:  func(_, address string, _ syscall.RawConn) error { return checkAddress(far, address) },
	}
	return d.DialContext(ctx, network, addr)
}

// checkAddress checks an address, IP and port, about to be dialled for a host of the given reach. A name of the local network
// may also stand for a public address.
func checkAddress(host reach, address string) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	switch ip := reachOfIP(a.Addr()); {
	case ip == host, host == local && ip != nowhere:
		return nil
	default:
		return fmt.Errorf("%s: %w", a, errRefusedAddress)
	}
}

// flatten gives headers the form in which a browser shows them.
func flatten(h http.Header) map[string]string {
	flat := make(map[string]string, len(h))
	for name, values := range h {
		if name != "Set-Cookie" {
			flat[strings.ToLower(name)] = strings.Join(values, ", ")
		}
	}
	return flat
}
