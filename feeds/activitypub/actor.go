package activitypub

import (
	"cmp"
	"errors"
	"net/url"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

var errNoActor = errors.New("no actor")

// ActorOf reads a document that describes somebody. The error is an *feeds.Error of kind BadData, Gone, or NotFound for what
// describes nobody.
func ActorOf(body []byte, url string, at time.Time) (*feeds.Author, error) {
	n, err := decode(body)
	if err != nil {
		return nil, apiclient.FailureAt(feeds.BadData, "", err)
	}
	if n.is("Tombstone") {
		return nil, apiclient.FailureAt(feeds.Gone, n.id(), apiclient.ErrDeleted)
	}
	a := actor(placed(n, url), apiclient.HostOf(n.id()), at)
	if a == nil {
		return nil, apiclient.FailureAt(feeds.NotFound, n.id(), errNoActor)
	}
	return a, nil
}

func isActor(n node) bool {
	return n.is("Person", "Service", "Application", "Group", "Organization", "PodcastActor", "Feed") || n["inbox"] != nil && n["outbox"] != nil
}

// actor adapts an actor that host showed; nil for what is none.
func actor(n node, host string, at time.Time) *feeds.Author {
	id := n.id()
	user := strings.TrimPrefix(n.text("preferredUsername"), "@")
	if user == "" || strings.ContainsAny(user, "@/ ") {
		user = nameIn(id)
	}
	if id == "" || !isActor(n) || user == "" || strings.ContainsAny(user, "@/ ") {
		return nil
	}
	name, _ := n.localized("name")
	bio, _ := n.localized("summary")
	a := &feeds.Author{
		URI: id, URL: cmp.Or(n.page(), id), Host: host, ID: id, User: user, Domain: apiclient.HostOf(id), Name: strings.TrimSpace(name), Emoji: emojiOf(n),
		Bot: n.is("Service", "Application"), Group: n.is("Group", "Organization"), Locked: n.isTrue("manuallyApprovesFollowers"),
		Memorial: n.isTrue("memorial"), Joined: apiclient.Time(n.text("published")), Counts: feeds.AuthorCounts{Posts: -1, Followers: -1, Following: -1},
	}
	if _, domain, ok := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(n.text("webfinger"), "acct:"), "@"), "@"); ok && domain != "" && !strings.ContainsAny(domain, "/@ ") {
		a.Domain = strings.ToLower(domain)
	}
	o := content.Options{Emoji: a.Emoji, BaseURL: id}
	a.Bio = content.ParseHTML(bio, o)
	if bio == "" {
		if source := n.first("source"); source != nil && !source.isBare() && source.text("mediaType") == "text/markdown" {
			a.Bio = content.ParseMarkdown(source.text("content"), o)
		}
	}
	if icon := n.first("icon"); icon != nil {
		a.Avatar = icon.href()
	}
	if image := n.first("image"); image != nil {
		a.Header = image.href()
	}
	a.AvatarSt, a.HeaderSt = a.Avatar, a.Header
	for _, f := range n.nodes("attachment") {
		if f.is("PropertyValue", "schema:PropertyValue") {
			a.Fields = append(a.Fields, feeds.Field{Name: strings.TrimSpace(f.text("name")), Value: content.ParseHTML(f.text("value"), o)})
		}
	}
	a.Wishes = feeds.BioWishes(a.Bio)
	a.Wishes.NotDiscoverable = n.isFalse("discoverable")
	a.Wishes.NotIndexable = n.isFalse("indexable")
	a.Wishes.SignInToView = n.isTrue("_misskey_requireSigninToViewContents")
	a.ModsOnly = n.isTrue("postingRestrictedToMods") // Lemmy, Mbin, PieFed
	if n.isTrue("suspended") {
		a.Gone = feeds.Refused
	}
	return a
}

// movedTo is the address of the actor that somebody became; "" for who is still here.
// Source: https://docs.joinmastodon.org/spec/activitypub/#as
func movedTo(n node) string {
	for _, key := range [...]string{"movedTo", "as:movedTo"} {
		if to := n.first(key); to != nil && to.id() != n.id() {
			return to.id()
		}
	}
	return ""
}

// named is somebody of whom only the address is known.
func named(id string) *feeds.Author {
	host, user := apiclient.HostOf(id), nameIn(id)
	if host == "" {
		return nil
	}
	return &feeds.Author{URI: id, URL: id, Host: host, ID: id, User: cmp.Or(user, "unknown"), Domain: host, Counts: feeds.AuthorCounts{Posts: -1, Followers: -1, Following: -1}}
}

// somebodyOf is who wrote what names nobody: its server.
func somebodyOf(host string) *feeds.Author {
	bare, _, _ := strings.Cut(host, ":")
	return &feeds.Author{URL: "https://" + host + "/", Host: host, User: bare, Domain: host, Counts: feeds.AuthorCounts{Posts: -1, Followers: -1, Following: -1}}
}

// nameIn is the last part of an address' path that may be a name.
func nameIn(id string) string {
	u, err := url.Parse(id)
	if err != nil {
		return ""
	}
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	for i := len(parts) - 1; i >= 0; i-- {
		if name := strings.TrimLeft(parts[i], "@~"); name != "" && !strings.ContainsAny(name, "@ ") {
			return name
		}
	}
	return ""
}
