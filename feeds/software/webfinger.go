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
)

// HomeOf implements feeds.Resolver: it asks domain by WebFinger where the account is. Without an ActivityPub account of that
// name it is NotFound; an answer that leads nowhere we would go is BadData; a domain that isn't to be asked is Refused.
// Source: RFC 7033; https://docs.joinmastodon.org/spec/webfinger/
func (r *Resolver) HomeOf(ctx context.Context, user, domain string) (string, error) {
	user = strings.TrimPrefix(user, "!")
	domain, err := r.allowed(domain)
	if err != nil {
		return "", err
	}
	resp, err := get(ctx, r.fetcher, feeds.Request{
		URL:    address.Origin(domain) + "/.well-known/webfinger?resource=" + url.QueryEscape("acct:"+user+"@"+domain),
		Accept: "application/jrd+json, application/json",
	})
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
