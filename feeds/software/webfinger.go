package software

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// HomeOf implements feeds.Resolver: it asks domain by WebFinger where the account is, or who it is that answers WebFinger for the domain
// (host-meta). Without an ActivityPub account of that name it is NotFound; an answer that leads nowhere we would go is BadData; a domain
// that isn't to be asked is Refused.
// Source: RFC 7033; RFC 6415; https://docs.joinmastodon.org/spec/webfinger/
func (r *Resolver) HomeOf(ctx context.Context, user, domain string) (string, error) {
	user = strings.TrimPrefix(user, "!")
	domain, err := r.allowed(domain)
	if err != nil {
		return "", err
	}
	resource := url.QueryEscape("acct:" + user + "@" + domain)
	usual := address.Origin(domain) + "/.well-known/webfinger?resource=" + resource
	home, err := r.finger(ctx, domain, usual)
	switch feeds.KindOf(err) {
	case feeds.NotFound, feeds.BadData, feeds.Unreachable, feeds.Refused:
		if named := r.hostMeta(ctx, domain, resource); named != "" && named != usual {
			return r.finger(ctx, domain, named)
		}
	}
	return home, err
}

// finger asks one address by WebFinger for the host of an account of domain.
func (r *Resolver) finger(ctx context.Context, domain, at string) (string, error) {
	resp, err := get(ctx, r.fetcher, feeds.Request{URL: at, Accept: "application/jrd+json, application/json"})
	if err != nil {
		return "", err
	}
	actor, err := decodeWebFinger(resp.Body)
	if err != nil {
		return "", badData(resp, err)
	}
	if actor == "" {
		return "", &feeds.Error{Kind: feeds.NotFound, Host: domain, Op: "GET /.well-known/webfinger", Err: errors.New("no ActivityPub account")}
	}
	home, err := homeOf(actor, domain)
	if err != nil {
		return "", badData(resp, err)
	}
	return home, nil
}

// hostMeta returns the address at which domain has WebFinger answered for an escaped resource, "" where it names none.
// Source: RFC 6415, sections 2 and 3.1.1.
func (r *Resolver) hostMeta(ctx context.Context, domain, resource string) string {
	resp, err := get(ctx, r.fetcher, feeds.Request{URL: address.Origin(domain) + "/.well-known/host-meta", Accept: "application/xrd+xml, application/json"})
	if err != nil {
		return ""
	}
	template := lrddTemplate(resp.Body)
	if !strings.Contains(template, "{uri}") {
		return ""
	}
	at, err := follow(resp, domain, strings.ReplaceAll(template, "{uri}", resource))
	if err != nil {
		return ""
	}
	return at
}

// lrddTemplate returns the template of a host-meta document's link to WebFinger, in XML or JSON; "" for none.
func lrddTemplate(body []byte) string {
	var doc struct {
		Links links `json:"links"`
	}
	if apiclient.DecodeObject(body, &doc) == nil {
		for _, l := range doc.Links {
			if l.Rel == "lrdd" && l.Template != "" {
				return string(l.Template)
			}
		}
		return ""
	}
	rest, found := string(body), true
	for found {
		var tag string
		if _, rest, found = strings.Cut(rest, "Link"); !found {
			break
		}
		tag, _, _ = strings.Cut(rest, ">")
		if attribute(tag, "rel") == "lrdd" {
			return attribute(tag, "template")
		}
	}
	return ""
}

// attribute returns the value of an attribute in the inside of an XML tag, "" for none.
func attribute(tag, name string) string {
	for _, quote := range []string{`"`, "'"} {
		for _, space := range []string{" ", "\n", "\t"} {
			if _, after, ok := strings.Cut(tag, space+name+"="+quote); ok {
				value, _, _ := strings.Cut(after, quote)
				return content.Unescape(value)
			}
		}
	}
	return ""
}

// decodeWebFinger returns the address of the ActivityPub actor in a JSON Resource Descriptor, "" where it names none.
func decodeWebFinger(body []byte) (actor string, err error) {
	var doc struct {
		Links links `json:"links"`
	}
	if err := apiclient.DecodeObject(body, &doc); err != nil {
		return "", err
	}
	for _, l := range doc.Links {
		if l.Rel == "self" && isActivity(string(l.Type)) {
			return string(l.Href), nil
		}
	}
	return "", nil
}

// isActivity reports the two types of an ActivityPub object. Source: https://www.w3.org/TR/activitypub/#retrieving-objects
func isActivity(contentType string) bool {
	name, params, _ := strings.Cut(strings.ToLower(contentType), ";")
	switch strings.TrimSpace(name) {
	case "application/activity+json":
		return true
	case "application/ld+json":
		return strings.Contains(params, "activitystreams")
	}
	return false
}

// homeOf returns the host of an actor whom domain named.
func homeOf(actor, domain string) (string, error) {
	u, err := url.Parse(actor)
	if err != nil {
		return "", err
	}
	host, ok := address.CleanHost(u.Host)
	switch {
	case !ok || u.User != nil:
		return "", fmt.Errorf("the account is at %q", actor)
	case u.Scheme+"://"+host != address.Origin(host):
		return "", fmt.Errorf("the account is at %q: the wrong scheme", actor)
	case address.IsPrivate(host) && !address.IsPrivate(domain):
		return "", fmt.Errorf("the account is at %s, a private network", host)
	}
	return host, nil
}
