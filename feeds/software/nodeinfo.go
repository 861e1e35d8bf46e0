package software

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/apiclient"
)

// Nodeinfo is what a server says it is.
// Source: https://nodeinfo.diaspora.software/protocol and the schemas 1.0 to 2.1.
type Nodeinfo struct {
	Software string // lower case, without spaces: "mastodon"; never empty where a server said it
	Version  string // as the server writes it; "" when it doesn't
	Name     string // the server's own name, plain text; "" for none

	// Documents says that the software isn't known and the server's ActivityPub documents can be read. Only a Memory has it.
	Documents bool `json:",omitempty"`
}

// nodeinfoPath is where discovery begins. Source: the protocol, and RFC 8615.
const nodeinfoPath = "/.well-known/nodeinfo"

// Probe asks host (with its port) what software it runs, in two requests. The error is an *feeds.Error of any kind a Fetcher
// or an answer's status may give; BadData when what came is no NodeInfo. It is never Unsupported.
func Probe(ctx context.Context, f feeds.Fetcher, host string) (Nodeinfo, error) {
	resp, err := get(ctx, f, feeds.Request{URL: address.Origin(host) + nodeinfoPath})
	if err != nil {
		return Nodeinfo{}, err
	}
	href, err := decodeDiscovery(resp.Body)
	if err != nil {
		return Nodeinfo{}, badData(resp, err)
	}
	target, err := follow(resp, host, href)
	if err != nil {
		return Nodeinfo{}, badData(resp, err)
	}
	resp, err = get(ctx, f, feeds.Request{URL: target})
	if err != nil {
		return Nodeinfo{}, err
	}
	info, err := decodeNodeinfo(resp.Body)
	if err != nil {
		return Nodeinfo{}, badData(resp, err)
	}
	return info, nil
}

// decodeDiscovery returns the address of the newest schema that we know.
func decodeDiscovery(body []byte) (href string, err error) {
	var byKey map[string]links
	if err := apiclient.DecodeObject(body, &byKey); err != nil {
		return "", err
	}
	// Some servers have lost an array's brackets: {"links": {…}, "0": {…}}. So whatever is a link is looked at.
	for _, schema := range []string{"/2.1", "/2.0", "/1.1", "/1.0"} {
		for _, key := range sortedKeys(byKey) {
			for _, l := range byKey[key] {
				if strings.HasSuffix(string(l.Rel), "nodeinfo.diaspora.software/ns/schema"+schema) && l.Href != "" {
					return string(l.Href), nil
				}
			}
		}
	}
	return "", errors.New("no schema that we know")
}

// follow returns the URL that href, found in resp, leads to. It may be relative, plain http, or on another host, but a public
// server doesn't send us into the reader's own network.
func follow(resp *feeds.Response, host, href string) (string, error) {
	base, err := url.Parse(resp.URL)
	if err != nil {
		return "", err
	}
	u, err := base.Parse(href)
	if err != nil {
		return "", err
	}
	if u.Scheme == "http" { // written behind a proxy, or on loopback: Origin decides
		u.Host = strings.TrimSuffix(u.Host, ":80")
	}
	to, ok := address.CleanHost(u.Host)
	if !ok || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return "", fmt.Errorf("it leads to %q", href)
	}
	if address.IsPrivate(to) && !address.IsPrivate(host) {
		return "", fmt.Errorf("it leads to %s, a private network", to)
	}
	target := address.Origin(to) + u.EscapedPath()
	if u.RawQuery != "" {
		target += "?" + u.RawQuery
	}
	return target, nil
}

// decodeNodeinfo reads a document of any schema.
func decodeNodeinfo(body []byte) (Nodeinfo, error) {
	var doc struct {
		Software struct {
			Name    apiclient.Text `json:"name"`
			Version apiclient.Text `json:"version"`
		} `json:"software"`
		Metadata struct {
			NodeName apiclient.Text `json:"nodeName"`
		} `json:"metadata"`
	}
	if err := apiclient.DecodeObject(body, &doc); err != nil {
		return Nodeinfo{}, err
	}
	info := Nodeinfo{
		Software: canonicalName(string(doc.Software.Name)),
		Version:  strings.TrimSpace(string(doc.Software.Version)),
		Name:     strings.TrimSpace(string(doc.Metadata.NodeName)),
	}
	if info.Software == "" {
		return Nodeinfo{}, errors.New("it names no software")
	}
	return info, nil
}

// canonicalName is a software's name as the schema wants it, though several write "GNU social" or "Lemmy".
func canonicalName(name string) string {
	return strings.Join(strings.Fields(strings.ToLower(name)), "")
}

// link leads from a discovery document to another. Source: RFC 7033, section 4.4.4.
type link struct {
	Rel  apiclient.Text `json:"rel"`
	Type apiclient.Text `json:"type"`
	Href apiclient.Text `json:"href"`

	Template apiclient.Text `json:"template"` // RFC 6415, section 3.1.1
}

// links are what a discovery document leads to.
type links = apiclient.List[link]

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
